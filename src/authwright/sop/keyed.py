"""Items of two parts: `"Message": what to do`, `Denied -> appeals desk`, `Approved - read the number`."""

from authwright.sop.tokens import Kind, Tokens

_DASHES = frozenset({"-", "\u2013", "\u2014", "=", "--", "means"})


def split_key(tokens: Tokens, *, dashes: bool = True) -> tuple[Tokens, Tokens, str] | None:
    """(key, rest, separator) at the first arrow, colon, equals sign or free-standing dash.

    The separator is ">" for every arrow. None when there is none, or nothing before it.
    """
    depth = 0
    for i, token in enumerate(tokens):
        if token.kind is Kind.QUOTED:
            continue
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth or not i:
            continue
        if token.text in ("-", "=", "\u2013", "--") and i + 1 < len(tokens) and tokens[i + 1].text == ">":
            return tokens[:i], tokens[i + 2 :], ">"
        if token.text == "->":
            return tokens[:i], tokens[i + 1 :], ">"
        if token.text == ":" and token.kind is Kind.PUNCT:
            rest = tokens[i + 1 :]
            return tokens[:i], rest, ":"
        if dashes and token.text in _DASHES:
            return tokens[:i], tokens[i + 1 :], "-" if token.text not in ("=", "means") else "="
        if token.text == ">" and token.kind is Kind.PUNCT and tokens[i - 1].kind is Kind.QUOTED:
            return tokens[:i], tokens[i + 1 :], ">"
    return None
