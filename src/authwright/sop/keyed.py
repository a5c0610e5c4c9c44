"""Items of two parts: `"Message": what to do`, `Denied -> appeals desk`, `Approved - read the number`."""

from authwright.sop.tokens import Kind, Tokens

_DASHES = frozenset({"-", "\u2013", "\u2014", "=", "--", "means"})


def split_key(
    tokens: Tokens, *, dashes: bool = True, arrows: bool = False
) -> tuple[Tokens, Tokens, str] | None:
    """(key, rest, separator) at the first arrow, colon, equals sign or free-standing dash.

    The separator is ">" for every arrow; `arrows`: a mere ">" is one as well. None when there is none, or
    nothing before it.
    """
    depth = 0
    for i, token in enumerate(tokens):
        if token.kind is Kind.QUOTED:
            continue
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth or not i:
            continue
        drawn = token.end - token.start > 1 or arrows or tokens[i - 1].kind is Kind.QUOTED
        if token.text == ">" and token.kind is Kind.PUNCT and drawn:  # "Claims > Search" is a path
            return tokens[:i], tokens[i + 1 :], ">"
        if token.text == ":" and token.kind is Kind.PUNCT:
            rest = tokens[i + 1 :]
            return tokens[:i], rest, ":"
        if dashes and token.text in _DASHES:
            return tokens[:i], tokens[i + 1 :], "-" if token.text not in ("=", "means") else "="
    return None
