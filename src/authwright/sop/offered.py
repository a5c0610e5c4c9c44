"""Options that are only listed: "Read the status: Paid, Denied or Pending." names what may be seen there."""

from authwright.sop.clauses import verb_at
from authwright.sop.context import Context
from authwright.sop.edges import separator_at
from authwright.sop.operands import scan_operand
from authwright.sop.tokens import Kind, Tokens
from authwright.sop.verbs import Verb

_TAKES_ONE = frozenset({Verb.SELECT, Verb.READ, Verb.CLICK, Verb.VERIFY, Verb.REVIEW})


def without_options(tokens: Tokens, ctx: Context) -> Tokens:
    """The sentence up to the colon when an or-list of names ends it, and its object stands before."""
    colon = next((i for i, t in enumerate(tokens) if t.text == ":" and t.kind is Kind.PUNCT), None)
    verb = verb_at(tokens, 0, first=True)
    if colon is None or verb is None or verb.verb not in _TAKES_ONE:
        return tokens
    found = scan_operand(tokens[:colon], verb.length) if verb.length < colon else None
    if found is None or found[1] != colon or not (found[0].text and found[0].det):
        return tokens
    if not _is_or_list(tokens[colon + 1 :]):
        return tokens
    ctx.pass_over(tokens[colon:])
    return tokens[:colon]


def _is_or_list(tokens: Tokens) -> bool:
    """Names with commas between them and "or" before the last."""
    i, joints = 0, []
    while i < len(tokens):
        if joint := separator_at(tokens, i):
            joints.append(joint)
            i += 1
            continue
        found = scan_operand(tokens, i)
        if found is None or not (found[0].is_label or found[0].path or tokens[i].capital):
            return False
        i = found[1]
    return bool(joints) and "or" in joints and joints[-1] == "or" and {"and", "then"}.isdisjoint(joints)
