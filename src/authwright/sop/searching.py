"""Searching: what is looked for, in which field, and what only is looked at."""

from dataclasses import replace

from authwright.core.workflow import Action, Step, TargetKind, Value
from authwright.sop import verbs
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.data_words import path_of
from authwright.sop.entries import Entries
from authwright.sop.errors import ReadingError
from authwright.sop.item_checks import is_generic_place, no_or
from authwright.sop.items import read_items
from authwright.sop.operands import Item, Operand
from authwright.sop.values import value_of

Steps = list[Step]


def search(clause: Clause, ctx: Context) -> Steps:
    """ "Search for the member ID [in Search]": typed into the search field and started."""
    items = read_items(clause.rest, clause.start.start, clause.over)
    ways = [i.prep("by", "with", "using") for i in items]
    if len(items) > 1 and all(ways) and all(i.joined == "or" for i in items[1:]):
        ctx.pass_over(tuple(t for t in clause.rest if t.start >= items[1].at))
        items = items[:1]  # "by NPI or by last name": either finds it
    if by_several := _by_several(items, clause, ctx):
        return by_several
    no_or(items)
    place = items[0].head if len(items) == 1 else None
    if (
        clause.verb.words in verbs.FINDING
        and place
        and place.is_label
        and place.is_place
        and not items[0].preps
    ):
        ctx.pass_over(clause.rest)
        return [ctx.step(Action.NOTE, clause.start.start)]  # "find the Details section": looking
    heads = [i for i in items if i.head or i.prep("for", "by", "with")]
    if len(heads) != 1:
        raise ReadingError(
            "SOP016", clause.start.end, "what to search for is not said, or more than one thing", "name one"
        )
    item = heads[0]
    with_it = item.prep("with", "using")
    known = with_it if with_it and item.head is None and with_it.path and with_it.shape == "plain" else None
    what = item.prep("for") or item.head or item.prep("by") or known
    by = item.prep("by")
    if what is not None and what is by and by.is_label and by.path and not by.det and not item.prep("in"):
        item = replace(item, preps=(*item.preps, ("in", by)))  # "search by Claim ID": the field
        what = by = replace(by, shape="plain", det="the")
    if what is not None and what is by and what.shape == "plain" and not what.det:
        what, by = replace(what, det="the"), None  # "search by referral number" names data
    if what is not None and by is not None and by is not what:
        path = path_of(f"{what.text} {by.text}")
        if path is None and by.det != "its":
            raise ReadingError(
                "SOP012", by.at, f'can\'t tell what "by {by.spoken}" means here', "name the data searched for"
            )
        what = replace(what, text=f"{what.text} {by.text}", path=path, shape="plain", det=what.det or "the")
    if clause.verb.words in verbs.FINDING and what is not None and what.path == "documents" and not by:
        value = Value(ref="documents", words=what.spoken, every=what.every)
        chooser = item.prep("with", "using")
        target = chooser.text if chooser and chooser.is_label else None
        step = ctx.step(
            Action.UPLOAD, clause.start.start, target=target, target_kind=TargetKind.FILE, value=value
        )
        if target or clause.joined != "" or not clause.last:
            return [step]
    where = next((op for n, op in item.preps if n in _SEARCHED_IN and op is not what), None)
    if what is None:
        raise ReadingError(
            "SOP016", item.at, "what to search for is not said", 'write "search for the member ID"'
        )
    around = where is not None and where.is_place and where.kind is not TargetKind.FIELD
    around = around or (where is not None and where.shape == "pronoun")
    target = where.text if where and where.text and not is_generic_place(where) and not around else None
    return [
        ctx.step(
            Action.FILL,
            clause.start.start,
            target=target,
            target_kind=TargetKind.FIELD,
            value=_searched(value_of(what, ctx)),
            search=True,
            section=ctx.place,
        )
    ]


def _searched(value: Value) -> Value:
    """A document is looked for by its name."""
    return replace(value, ref="documents[].title") if value.ref == "documents" else value


def _by_several(items: list[Item], clause: Clause, ctx: Context) -> Steps:
    """ "Search by last name and date of birth, or by member ID": each into its field; the first way does."""
    first = items[0] if items else None
    if first is None or first.head is not None or [n for n, _ in first.preps] != ["by"] or ctx.label:
        return []
    way = 1
    while way < len(items) and items[way].joined != "or":
        way += 1
    fields = [first.preps[0][1], *(i.head for i in items[1:way] if i.head)]
    if (
        len(fields) < 2
        or len(fields) != way
        or any(i.preps for i in items[1:way])
        or not all(map(_searched_path, fields))
    ):
        return []
    ctx.pass_over(tuple(t for t in clause.rest if way < len(items) and t.start >= items[way].at))
    known = [
        Item(replace(f, det="the", shape="plain", path=_searched_path(f)), (), "and", f.at) for f in fields
    ]
    return Entries(Action.FILL, clause, ctx).steps(known)


_SEARCHED_IN = frozenset({"in", "with", "using", "on", "under"})


def _searched_path(field: Operand) -> str | None:
    """One searches for the patient, unless somebody else is named."""
    return field.path or path_of(f"patient's {field.text}")
