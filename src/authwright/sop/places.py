"""What stands before the act: "Member ID: ...", "Under Rendering Provider, ...", "From the X menu ..."."""

from dataclasses import replace
from itertools import pairwise

from authwright.core.workflow import Action, Step, TargetKind
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import Clause, is_joint, starts_clause, verb_at
from authwright.sop.context import Context
from authwright.sop.edges import preposition_at
from authwright.sop.errors import ReadingError
from authwright.sop.in_rows import labelled_row
from authwright.sop.item_checks import is_date_format, is_generic_place
from authwright.sop.leads import COMMENTS, without_lead_words
from authwright.sop.operands import Operand, scan_operand
from authwright.sop.tokens import Kind, Tokens
from authwright.sop.values import value_of
from authwright.sop.verbs import Verb
from authwright.sop.whole_labels import goes_on, lengthened


def label_before(tokens: Tokens, ctx: Context) -> Tokens:
    """ "Member ID: the member ID" and "Contact Name: enter the contact name"."""
    colon = next((i for i, t in enumerate(tokens) if t.text == ":" and t.kind is Kind.PUNCT), None)
    if not colon:
        return tokens
    if tokens[0].low in _CHOOSING and 1 < colon < len(tokens) - 1 and tokens[1].capital:
        found = scan_operand(tokens[:colon], 1)
        if found is not None and found[1] == colon and found[0].is_label:
            ctx.label = found[0]  # "Select Urgent: Yes"
            return (tokens[0], *tokens[colon + 1 :])
    if tokens[0].low in COMMENTS and colon == 1:
        return without_lead_words(tokens[2:])
    kind = colon == 1 and tokens[0].capital and tokens[0].low in w.PROPERTY_NOUNS  # "Type: the visit type"
    named = kind or (colon > 1 and all(t.capital or t.low in ("of", "the", "a") for t in tokens[:colon]))
    if starts_clause(tokens, 0) and not named and not (colon == 1 and _names_field(tokens)):
        return tokens
    found = scan_operand(tokens[:colon], 0)
    if found is None or found[1] != colon or not (found[0].is_label or found[0].path):
        return tokens
    rest = tokens[colon + 1 :]
    if found[0].kind is TargetKind.MENU or found[0].is_place:
        _stand("in", found[0], ctx)
        return rest
    ctx.label = found[0]
    if not rest:
        raise ReadingError(
            "SOP016",
            tokens[colon].start,
            f'the value of "{found[0].text}" is not said',
            "write it after the colon",
        )
    if verb_at(rest, 0, first=True):
        return rest
    if len(rest) == 1 and is_date_format(rest[0].text) and found[0].path:
        rest = (replace(rest[0], text="it", low="it"),)
    low = [t.low for t in rest]
    if "or" in low and "whichever" in low and low.index("or") < low.index("whichever"):
        ctx.pass_over(rest)  # "Primary or Secondary, whichever applies": the case says which
        select = replace(rest[0], kind=Kind.WORD, text="select", low="select")
        return (select, replace(rest[0], kind=Kind.WORD, text="it", low="it"))
    if _described(rest):
        ctx.pass_over(rest)  # "Requested Start Date: the date the stay is to begin"
        rest = (replace(rest[0], kind=Kind.WORD, text="it", low="it"),)
    chosen = found[0].text.lower().split(" ")[-1] in w.CHOSEN_KINDS or found[0].text in ("Payer", "Payor")
    verb = "select" if chosen or _is_option(found[0], rest) else "enter"
    enter = replace(rest[0], kind=Kind.WORD, text=verb, low=verb)
    return (enter, *rest)


_GENERIC = w.words_set("date day number name amount total code reason time")


def _described(rest: Tokens) -> bool:
    """What a field is for, told in a clause: the case's own data of that name are meant."""
    low = [t.low for t in rest]
    if low[:1] == ["whatever"] and len(low) > 2:
        return all(t.kind is Kind.WORD or t.text == "," for t in rest)
    if low[:1] != ["the"] or len(low) < 5 or low[1] not in _GENERIC or any(t.capital for t in rest):
        return False
    of_place = low[2] == "of" and any(
        a in ("on", "in", "from") and b in ("the", "your") for a, b in pairwise(low)
    )
    told = of_place or low[2] in w.DETERMINERS | w.SUBJECTS | {"on", "when", "that", "which", "how"}
    finite = of_place or any(x in verbs.FINITE for x in low[3:])
    return told and finite and all(t.kind is Kind.WORD for t in rest)


def _names_field(tokens: Tokens) -> bool:
    """ "Email: the provider's email address": not an act with a list behind it."""
    verb = verb_at(tokens, 0, first=True)
    return verb is not None and tokens[0].low in _CONTACTS and tokens[0].capital and len(tokens) > 2


def _is_option(label: Operand, rest: Tokens) -> bool:
    """ "Urgent: Yes", "Type of Care: Outpatient": what the field offers, and no name of data."""
    option = scan_operand(rest, 0)
    if option is None or option[1] != len(rest) or option[0].shape != "named" or option[0].det:
        return False
    kinds = set(label.text.lower().split(" ")) & w.CHOSEN_KINDS
    return option[0].text in ("Yes", "No") or (bool(kinds) and option[0].path is None)


_CHOOSING = w.words_set("select choose pick set enter")
_CONTACTS = w.words_set("email e-mail fax phone contact message")
_BEFORE_ACTS = w.PLACED | {"with", "using", "for", "by"}


def places_before(tokens: Tokens, ctx: Context) -> tuple[Tokens, list[Step]]:
    """ "Under Rendering Provider, ...", "From the X menu choose ...", "On the X tab, ..."."""
    before: list[Step] = []
    while tokens and tokens[0].kind is Kind.WORD:
        first = (replace(tokens[0], text=tokens[0].low), *tokens[1:])
        preposition = preposition_at(first, 0)
        if preposition is None or preposition[0] not in _BEFORE_ACTS:
            return tokens, before
        before_verb = tokens[: _first_verb(tokens)]
        found = scan_operand(before_verb, preposition[1])
        if found is None:
            return tokens, before
        operand, after = found
        if operand.kind is TargetKind.TABLE_ROW and (held := _row_held(before_verb, after, ctx)):
            after = held
            rest = tokens[after:]
            tokens = without_lead_words(rest[1:] if rest and rest[0].text in (",", ":") else rest)
            break
        outer_menu = False
        while after < len(tokens) and (inner := preposition_at(tokens, after)):
            outer = scan_operand(before_verb, after + inner[1])
            if outer is None:
                break
            if inner[0] == "of" and outer[0].shape == "plain" and outer[0].text in w.RECORDS:
                after = outer[1]  # "in the details of the request"
                continue
            if inner[0] in ("for", "to", "by") and goes_on(operand, outer[0]):
                operand = lengthened(operand, inner[0], outer[0])
                after = outer[1]
                continue
            outer_menu = outer_menu or _holds_commands(outer[0])
            if not outer_menu:
                before += _stand(inner[0], outer[0], ctx)
            after = outer[1]
        rest = tokens[after:]
        if rest and rest[0].text in (",", ":"):
            rest = rest[1:]
        first_name = preposition[0]
        if outer_menu and operand.text:
            operand, first_name = replace(operand, kind=TargetKind.MENU), "from"
        before += _stand(first_name, operand, ctx)
        tokens = without_lead_words(rest)
        if tokens and (verb_at(tokens, 0, first=True) or tokens[0].kind is not Kind.WORD):
            break
    return tokens, before


_BARS = w.words_set("sidebar toolbar ribbon navigation navbar")


def _holds_commands(outer: Operand) -> bool:
    """ "In the main menu", "in the left sidebar", "in the top navigation bar": its entries are clicked."""
    words = f"{outer.text} {outer.noun}".lower().split()
    bar = bool(words) and (words[-1] in _BARS or words[-2:] in (["navigation", "bar"], ["side", "bar"]))
    return outer.kind is TargetKind.MENU or outer.text.endswith("Menu") or bar


_LOOKS_IN_TABS = frozenset(
    {Verb.READ, Verb.UPLOAD, Verb.SEARCH, Verb.SET, Verb.CHECK, Verb.UNCHECK, Verb.CAPTURE, Verb.DOWNLOAD,
     Verb.VERIFY, Verb.REVIEW}
)  # fmt: skip
_IN_SECTIONS = frozenset({Verb.READ, Verb.UPLOAD, Verb.SEARCH, Verb.SET, Verb.CHECK, Verb.UNCHECK})
_SECTIONS = frozenset({"section", "panel", "pane", "card", "widget", "heading"})


def place_behind(clause: Clause, ctx: Context) -> list[Step]:
    """ "Read the status on the Claims tab", "... in the Details section": the tab is opened first, the
    section is where the act is done. Clicks and entries find their own places."""
    if clause.verb.verb not in _LOOKS_IN_TABS:
        return []
    for i in range(1, len(clause.rest)):
        found = preposition_at(clause.rest, i)
        place = scan_operand(clause.rest, i + found[1]) if found and found[0] in w.INSIDE else None
        ends = place and (place[1] == len(clause.rest) or clause.rest[place[1]].text == ",")
        if place is None or not ends or not (place[0].is_label and place[0].text):
            continue
        tab = place[0].kind is TargetKind.TAB
        section = place[0].noun in _SECTIONS and clause.verb.verb in _IN_SECTIONS
        if not (tab or section):
            continue
        clause.rest = (*clause.rest[:i], *clause.rest[place[1] :])
        if section:
            ctx.place, ctx.loose = place[0].text, ""
            return []
        return [ctx.step(Action.CLICK, clause.start.start, target=place[0].text, target_kind=TargetKind.TAB)]
    return []


def _row_held(tokens: Tokens, i: int, ctx: Context) -> int:
    """ "In the row with the reference number, ...": keeps what the row holds; the index behind it, or 0."""
    found = preposition_at(tokens, i)
    if found is None or found[0] not in ("with", "for", "of", "containing"):
        return 0
    operand = scan_operand(tokens, i + found[1])
    if operand is None:
        return 0
    ctx.in_row = value_of(operand[0], ctx)
    return operand[1]


def _stand(preposition: str, operand: Operand, ctx: Context) -> list[Step]:
    """Settle where the act takes place; a tab or an address is a step of its own."""
    at = operand.at
    field = operand.kind in (TargetKind.FIELD, TargetKind.DROPDOWN) and bool(operand.text)
    field = field and not (preposition == "in" and _is_menu(operand))
    kind_of = operand.shape == "plain" and operand.det == "the" and operand.text.split(" ")[0] in _KINDS
    if (preposition == "for" and (operand.is_label or kind_of)) or (field and preposition in _WITH_FIELD):
        ctx.label = operand
    elif operand.every and operand.text in w.RECORDS | w.CASE_NOUNS:
        return []  # "on every referral": as for each case
    elif is_generic_place(operand):
        named = f"{operand.text} {operand.noun}".split()
        ctx.listed = preposition in ("from", "in", "among") and bool(_LISTS.intersection(named))
        return []
    elif preposition not in w.PLACED:
        raise ReadingError(
            "SOP012",
            at,
            f'can\'t place "{preposition} {operand.spoken}" before the act',
            "put it after the verb",
        )
    elif labelled := labelled_row(operand):
        ctx.in_row = labelled
    elif preposition in ("in", "inside", "within") and operand.text and _is_menu(operand):
        ctx.inside, ctx.in_menu = operand.text, True
    elif operand.kind is TargetKind.MENU or (
        operand.kind in (TargetKind.BUTTON, TargetKind.LINK)
        and operand.text
        and preposition in ("from", "under")
    ):
        ctx.menu = (*ctx.menu, operand.text) if operand.text else ctx.menu
    elif operand.kind is TargetKind.TAB and operand.text:
        return [ctx.step(Action.CLICK, at, target=operand.text, target_kind=TargetKind.TAB)]
    elif "." in operand.text and " " not in operand.text:
        return [ctx.step(Action.NAVIGATE, at, target=operand.text, target_kind=TargetKind.PAGE)]
    elif preposition in w.BESIDE and not operand.is_label and operand.text:
        ctx.in_row = value_of(operand, ctx)
    elif operand.text and (operand.is_label or operand.is_place):
        ctx.place, ctx.loose = operand.text, "" if operand.is_place else preposition
    return []


def _is_menu(operand: Operand) -> bool:
    """A menu, or a list of commands: "the Actions list"."""
    commands = operand.noun == "list" and operand.text.lower().split(" ")[-1] in w.COMMANDS
    return operand.kind is TargetKind.MENU or commands


_KINDS = w.words_set("type kind status reason level category method")
_WITH_FIELD = w.INSIDE | {"with", "using"}
_LISTS = frozenset({"list", "results", "result", "matches", "table"})


def _first_verb(tokens: Tokens) -> int:
    """Index of the instruction that follows a place: after a comma or as a bare verb; else the end."""
    for i in range(2, len(tokens)):
        if tokens[i - 1].text == "," and verb_at(tokens, i, first=False):
            return i
        owned = tokens[i - 1].text.endswith(("'s", "s'"))
        bare = tokens[i - 1].low not in w.DETERMINERS and not owned and not preposition_at(tokens, i - 1)
        if bare and verb_at(tokens, i, first=False) and not is_joint(tokens[i - 1]):
            return i
    return len(tokens)
