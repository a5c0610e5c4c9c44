"""The items of an entry before they are paired: owners, two options in one, fields joined by &."""

from dataclasses import replace
from itertools import pairwise

from authwright.core.workflow import TargetKind
from authwright.sop import words as w
from authwright.sop.data_words import COMPOSITES, path_of
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.operands import Item, Operand

CHOICE_DETS = frozenset({"the", "a", "an", "your", "its"})


def names_choice(head: Operand) -> bool:
    """ "Choose the Rebill Type", "pick a Program": the field, and the case's data is chosen in it."""
    if head.shape != "named" or head.noun or head.path or head.det not in CHOICE_DETS:
        return False
    return head.det in ("a", "an") or head.text.lower().split(" ")[-1] in w.PROPERTY_NOUNS


def with_owner(items: list[Item]) -> list[Item]:
    """ "The patient's last name, first name and date of birth": all of them the patient's."""
    owner, out = "", []
    for item in items:
        head = item.head
        if head is not None and "'s " in head.text and head.shape == "plain":
            owner = head.text.partition("'s ")[0]
        elif head is not None and owner and not (head.det or head.path or head.shape == "quoted"):
            path = path_of(f"{owner}'s {head.text}") or path_of(f"{owner} {head.text}")
            item = replace(item, head=replace(head, path=path)) if path else item
        out.append(item)
    return out


def refuse_two_options(items: list[Item]) -> None:
    """ "Choose Eligibility and Benefits" is one option or two."""
    for before, item in pairwise(items):
        a, b = before.head, item.head
        bare = all(x is not None and x.shape == "named" and not (x.det or x.noun or x.path) for x in (a, b))
        if a and b and bare and item.joined == "and" and not (before.preps or item.preps):
            raise two_readings(
                b.at, f'"{a.text} and {b.text}" is one option or two',
                f'choose "{a.text} and {b.text}"', f'choose "{a.text}", then choose "{b.text}"',
            )  # fmt: skip


def apart(item: Item) -> tuple[Item, ...]:
    """ "Visits Authorized & Visits Used" are two fields; "Date & Time" could be one."""
    head = item.head
    if head is None or head.shape != "named" or " & " not in head.text:
        return (item,)
    parts = head.text.split(" & ")
    if item.preps or any(len(part.split(" ")) < 2 for part in parts):
        raise _and_sign(head)
    return tuple(replace(item, head=replace(head, text=part, path=path_of(part))) for part in parts)


def _and_sign(head: Operand) -> ReadingError:
    first, _, second = head.text.partition(" & ")
    return two_readings(
        head.at,
        f'"{head.text}" is one label or two',
        f'"{head.text}" in quotation marks',
        f'"{first}" and "{second}"',
    )


def fields_together(items: list[Item]) -> list[Item]:
    """ "Select the Case, Payer and Provider": with "the" over all of them, each is a field."""
    heads = [item.head for item in items]
    named = all(h is not None and h.shape == "named" and not h.noun for h in heads)
    first = heads[0] if heads else None
    if len(items) < 2 or not named or first is None or first.det not in ("the", "your"):
        return items
    if any(i.preps or i.joined == "then" for i in items):
        return items
    return [
        replace(i, head=replace(i.head, det="the", kind=TargetKind.DROPDOWN)) if i.head else i for i in items
    ]


def range_in_two(items: list[Item]) -> list[Item]:
    """ "Enter a date range in From and To": its start in the first field, its end in the second."""
    if len(items) != 2 or items[0].head is None or items[1].head is None:
        return items
    (first, second), target = items, items[0].prep("in", "into")
    ranged = items[0].head.text.lower() in _RANGES | COMPOSITES.keys()
    if not ranged or not (target and target.is_label and items[1].head.is_label) or items[1].preps:
        return items
    halves: list[Item] = []
    for label, date in ((target, "start date"), (items[1].head, "end date")):
        value = Operand(date, "plain", first.head.at if first.head else first.at, "the", path=path_of(date))
        halves.append(Item(value, (("in", label),), second.joined if halves else first.joined, label.at))
    return halves


_RANGES = frozenset(
    {"date range", "dates", "range", "range of dates", "service dates", "time span", "time frame"}
)
