"""Labels longer than their first capitals: "Append Message to Internal Note", "Orders and Results".

One idea in several places: small words that the act has no other use for are part of the label, as long as
they stand between its names. What could be two labels is an error.
"""

from dataclasses import replace
from itertools import pairwise

from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.errors import two_readings
from authwright.sop.operands import Item, Operand
from authwright.sop.tokens import words_of


def lengthened(label: Operand, small: str, more: Operand) -> Operand:
    """The label with the small words and the name behind it, and that one's control noun."""
    return replace(label, text=f"{label.text} {small} {more.text}", noun=more.noun, kind=more.kind, path=None)


def goes_on(label: Operand, more: Operand) -> bool:
    """ "In Reason for Visit, ...": the words go on with the label."""
    return label.shape == more.shape == "named" and not (label.noun or more.noun or more.det)


def whole_label(item: Item) -> Item:
    """ "Append Message to Internal Note": a click has no use for "to" or "as", so they are the label's."""
    head = item.head
    if head is None or head.shape != "named" or head.det or head.noun or not item.preps:
        return item
    name, operand = item.preps[0]
    one = operand.det in ("a", "an") and not operand.noun and name in ("to", "for", "on", "of")
    one = one or (operand.det == "the" and name == "to" and not operand.noun)
    joint = name in ("to", "as", "for", "by", "of") and not operand.det
    if not (joint or one) or operand.shape != "named":
        return item
    label = lengthened(head, f"{name} {operand.det}".strip(), operand)
    return whole_label(replace(item, head=label, preps=item.preps[1:]))


def joined_labels(items: list[Item]) -> list[Item]:
    """ "Click Eligibility and Benefits Inquiry", "the Orders and Results tab": one label, as far as can be
    told; with verbs ("Save and Close") it could be two."""
    out: list[Item] = []
    for item in items:
        before = out[-1].head if out else None
        if before is None or item.head is None or not _one_label(out[-1], before, item, item.head):
            out.append(item)
            continue
        head = lengthened(before, "and", item.head)
        out[-1] = replace(item, head=head, joined=out[-1].joined, at=out[-1].at)
    return out


def _one_label(first: Item, a: Operand, second: Item, b: Operand) -> bool:
    if second.joined != "and" or first.preps or a.noun or b.det or a.shape != "named" or b.shape != "named":
        return False
    if b.noun and not b.noun.endswith("s"):
        return True
    acts = verbs.BUTTON_VERBS | verbs.ACTS | {"sign", "import", "back", "resub"}
    return not a.det and not any(x.text.split(" ")[0].lower() in acts for x in (a, b))


def no_joined_labels(items: list[Item]) -> None:
    """ "Click Save and Close" is one label or two; "Click A, B and C" are three."""
    if len(items) > 2 and all(i.joined == "," for i in items[1:-1]):
        return
    for before, item in pairwise(items):
        a, b = before.head, item.head
        if item.joined in ("and", ",") and a and b and not (a.shape == b.shape == "quoted"):
            raise two_readings(
                b.at,
                f'"{a.text} {item.joined} {b.text}" is one label or two',
                f'"{a.text} {item.joined} {b.text}" in quotation marks',
                f'click "{a.text}", then "{b.text}"',
            )


def whole_entry(items: list[Item], clause: Clause) -> list[Item]:
    """In a menu the rest of the clause is the entry: "choose Pre-service for out of area members"."""
    head = items[0].head
    inside = any(n in w.INSIDE or op.is_label for n, op in items[0].preps)
    if len(items) > 1 or not items[0].preps or head is None or head.shape != "named" or head.det or inside:
        return items
    label = words_of(clause.rest)
    return [replace(items[0], head=replace(head, text=label, path=None), preps=())]


_IN_TARGETS = frozenset({"to", "of", "by", "for"})


def whole_target(item: Item) -> Item:
    """ "in Relationship to Policyholder", "in Reason for Visit": the words go on with the field's name."""
    for i in range(len(item.preps) - 1):
        (name, field), (joint, rest) = item.preps[i : i + 2]
        named = field.shape == rest.shape == "named" and not (field.noun or rest.det)
        if name in ("in", "into") and joint in _IN_TARGETS and named:
            label = lengthened(field, joint, rest)
            return whole_target(replace(item, preps=(*item.preps[:i], (name, label), *item.preps[i + 2 :])))
    return item


def whole_field(item: Item) -> Item:
    """ "Enter the Max Units for Auth/Period": where no data is called so, the words are the field's name."""
    head = item.head
    if head is None or head.shape != "named" or not head.det or head.path or len(item.preps) != 1:
        return item
    name, more = item.preps[0]
    return (
        replace(item, head=lengthened(head, name, more), preps=())
        if name == "for" and goes_on(head, more)
        else item
    )


def whole_option(item: Item) -> Item:
    """ "Choose Faxed by mail as the method": what is chosen goes on with "by"."""
    if item.head is None or item.head.shape != "named" or item.head.det or not item.preps:
        return item
    name, by = item.preps[0]
    if name != "by" or by.det or by.noun or by.path or not item.prep("as", "in", "for"):
        return item
    return replace(item, head=lengthened(item.head, "by", by), preps=item.preps[1:])
