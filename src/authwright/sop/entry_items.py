"""The items of an entry before they are paired: owners, two options in one, fields joined by &; and the
words that tell a field from a value."""

import re
from dataclasses import replace
from itertools import pairwise

from authwright.core.workflow import Action, Match, TargetKind, Value
from authwright.sop import words as w
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import COMPOSITES, path_of, snake
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.operands import Item, Operand

CHOICE_DETS = frozenset({"the", "a", "an", "your", "its"})


def names_choice(head: Operand) -> bool:
    """ "Choose the Rebill Type", "pick a Program": the field, and the case's data is chosen in it."""
    if not head.is_label or head.noun or head.path or head.det not in CHOICE_DETS:
        return False
    if head.shape == "quoted" and head.det in ("a", "an"):
        return False
    return head.det in ("a", "an") or head.text.lower().split(" ")[-1] in w.PROPERTY_NOUNS


def with_owner(items: list[Item]) -> list[Item]:
    """ "The patient's last name, first name and date of birth": all of them the patient's."""
    owner, out = "", []
    items = _owner_behind(items)
    for item in items:
        head = item.head
        if head is not None and "'s " in head.text and head.shape == "plain":
            owner = head.text.partition("'s ")[0]
        elif (
            head is not None
            and owner
            and not head.det
            and head.shape != "quoted"
            and head.text not in _PEOPLE
        ):
            item = replace(item, head=_owned_by(owner, head))
        out.append(item)
    return out


_BEHIND = re.compile(r" (?:of|for) the (?P<owner>[\w ]+)$")


def _owner_behind(items: list[Item]) -> list[Item]:
    """ "The name, phone and fax of the contact": all of them the contact's."""
    last = items[-1].head if items else None
    found = _BEHIND.search(last.text) if last and last.path and len(items) > 1 else None
    if found is None or any(i.preps for i in items[:-1]):
        return items
    out = []
    for item in items[:-1]:
        text = f"{found['owner']}'s {item.head.text}" if item.head else ""
        plain = item.head and item.head.shape == "plain"
        if item.head and plain and path_of(text):
            item = replace(item, head=replace(item.head, text=text, path=path_of(text), det="the"))
        out.append(item)
    return [*out, items[-1]]


_PEOPLE = w.words_set(
    "prescriber physician doctor provider pharmacy payer insurer plan facility practitioner"
)


def _owned_by(owner: str, head: Operand) -> Operand:
    """A label keeps its text; a plain name that the table doesn't have, or has as the patient's, becomes
    the owner's."""
    text = f"{owner}'s {head.text}"
    path = path_of(text) or path_of(f"{owner} {head.text}")
    if path == head.path and path_of(text) is None:
        path = None
    if path and not head.path:
        return replace(head, path=path)
    named = head.shape != "plain" or head.text.lower().startswith(owner.lower().split(" ")[-1])
    others = (head.path or "").startswith("patient.") and path != head.path
    if others or not (head.path or named):
        return replace(head, text=text, path=path, shape="plain", det="the")
    return head


_OWNERS = w.words_set(
    "provider patient member subscriber client user contact physician practitioner facility prescriber "
    "delegate"
)


def of_whom(items: list[Item]) -> list[Item]:
    """ "Enter First Name and Last Name for the provider": whose they are; "... of the claim": the case's."""
    name, owner = items[-1].preps[-1] if items and items[-1].preps else ("", None)
    if owner is None or name not in ("of", "for") or owner.shape != "plain" or owner.noun or not owner.det:
        return items
    record = owner.text.lower().removesuffix(" period") in w.RECORDS
    if any(i.preps for i in items[:-1]) or len(items[-1].preps) > 1 or not (record or owner.text in _OWNERS):
        return items
    if any(i.head is None or "'s " in i.head.text or i.head.shape == "quoted" for i in items):
        return items
    items = [*items[:-1], replace(items[-1], preps=())]
    return items if record else [_owned(i, owner.text) for i in items]


def _owned(item: Item, owner: str) -> Item:
    head = item.head
    if head is None:
        return item
    text = f"{owner}'s {head.text}"
    data = Operand(text, "plain", head.at, "the", path=path_of(text))
    return replace(item, head=data, preps=(("in", replace(head, shape="named", path=None)),))


def refuse_two_options(items: list[Item]) -> None:
    """ "Choose Eligibility and Benefits" is one option or two; "the Payer, Plan and Program" are three."""
    if len(items) > 2 and all(i.joined == "," for i in items[1:-1]):
        return
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
TARGET_PREPS = (
    "in",
    "into",
    "inside",
    "on",
    "onto",
    "at",
    "for",
    "under",
    "underneath",
    "within",
    "from",
    "below",
)


def says_which(head: Operand) -> bool:
    """ "The clinical data" names a field; "the additional information" doesn't."""
    words = head.text.lower().split(" ")
    return len(words) == 2 and bool(head.det) and words[0] not in _ANY_KIND


_ANY_KIND = w.words_set(
    "additional other required requested necessary remaining following relevant needed same missing further "
    "new all any more correct right complete full"
)
TOO_WIDE = w.words_set("information details data everything anything fields")
PARTS = w.words_set("information info details section data demographics summary profile")


def content_of(label: Operand, value: Value) -> Value:
    """ "Give a brief explanation in Reason": what is described is the data that the field is named for."""
    words = (value.words or "").lower().split(" ")
    theirs = words[0] in ("their", "its", "his", "her") and words[-1] in TOO_SHORT
    searched = label.text.lower().startswith("search")
    if not (words[0] in ("a", "an", "some") or theirs) or not label.text or searched:
        return value
    return replace(value, ref=path_of(label.text) or snake(label.text))


def first_of(items: list[Item], clause: Clause, ctx: Context) -> list[Item]:
    """ "Enter the name, the ID or the plan in Search": each will do in the one field; the first is typed."""
    heads = [i.head for i in items]
    if len(items) < 2 or items[-1].joined != "or" or any(h is None or h.shape == "quoted" for h in heads[1:]):
        return items
    targets = [n for n, _ in items[-1].preps if n in TARGET_PREPS]
    if any(i.preps for i in items[:-1]) or not (ctx.label or ctx.place or targets):
        return items
    ctx.pass_over(tuple(t for t in clause.rest if t.start >= items[1].at))
    inside = tuple(p for p in items[-1].preps if p[0] != "for")  # "for your contact"
    if ctx.place and ctx.loose and not (ctx.label or targets):
        ctx.label, ctx.place, ctx.loose = Operand(ctx.place, "named", items[0].at), None, ""
    return [replace(items[0], preps=inside)]


def is_file(head: Operand) -> bool:
    """ "Add the supporting documents": a file is attached, whatever the verb."""
    return head.shape == "plain" and bool(head.det) and head.text.split(" ")[-1] in w.FILE_WORDS


LISTS = frozenset({"service_lines", "diagnoses"})


HELD = {
    Action.FILL: frozenset({"with", "as", "to", "for", "starting", "containing", "matching"}),
    Action.SELECT: frozenset({"as", "by", "for", "with", "starting", "containing", "matching"}),
}
VAGUE = frozenset(
    {
        "rest",
        "remainder",
        "blanks",
        "sections",
        "information",
        "info",
        "details",
        "data",
        "fields",
        "questions",
        "form",
        "everything",
    }
)
TOO_SHORT = frozenset({"number", "date", "name", "id", "value", "text", "amount"})
SUGGESTIONS = frozenset({"suggestion", "match", "result", "entry", "option", "suggested entry", "one"})
MATCHES = {
    "starting": Match.STARTS_WITH,
    "containing": Match.CONTAINS,
    "matching": Match.EXACT,
    "with": Match.CONTAINS,
}
FORMATS = frozenset({"MM/DD/YYYY", "MM/DD/YY", "YYYY-MM-DD", "MMDDYYYY", "DD/MM/YYYY", "MM-DD-YYYY"})
