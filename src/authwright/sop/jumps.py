"""Jumps: "go back to step 2", "begin again at Find the claim", "start over from the top, 3 times at most".

While reading, a jump names a step by the number that its author gave it; `resolve` turns that into the
number of the workflow's step when all sections are known.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from authwright.core.diagnostics import did_you_mean
from authwright.core.workflow import Action, Section, SectionRole, Step
from authwright.sop.addressed import VERB_HINT
from authwright.sop.amend import amend_all, flat
from authwright.sop.bounds import split_bound
from authwright.sop.clauses import Clause
from authwright.sop.context import Context
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.playback import told
from authwright.sop.tokens import Kind, Tokens, words_of
from authwright.sop.verbs import Verb

MOST_JUMPS = 2
_LEAD = r"(?:again )?(?:(?:at|with|from|to|in|on|by doing|by|straight to|right to|directly to) )?"
_TOP = re.compile(
    rf"{_LEAD}(?:the )?(?:very )?(?:top|beginning|start|first step)(?: of (?:the|this) (?:sop|procedure|page))?",
    re.IGNORECASE,
)
_STEP = re.compile(
    rf"{_LEAD}(?:(?:the )?step (?:number )?(?P<step>\d{{1,3}}(?:[a-z]|(?:\.\d+)*)?|[a-z])|(?P<bare>\d{{1,3}}[a-z]|\d+(?:\.\d+)+))"
    r"(?: (?:of|in) (?P<of>.+))?",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:the )?(?:section|part) (?P<number>\d{1,2}(?:\.\d+)*)", re.IGNORECASE)
_ONWARD = re.compile(
    r"(?:(?:below|here|there|as (?:usual|normal|before)|from here|from there|anyway|normally|with it|with this)"
    r"|(?:with |to |on to )?(?:the )?(?:next|rest|following)(?: (?:step|section|part|one|steps))?)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Marks:
    """How the steps of one section are numbered and named by their author -> the workflow's step.

    None: inside a condition or a loop, where nothing can be entered.
    """

    places: dict[str, int | None] = field(default_factory=dict)

    def add(self, name: str, index: int | None) -> None:
        """A number that is given twice ("1." on every line) names nothing."""
        if name:
            self.places[name] = None if name in self.places else index


def plain_title(text: str) -> str:
    """A title without its number, quotes, case and full stop."""
    bare = re.sub(r"^\s*(?:\d{1,2}(?:\.\d+)*[.)]?|[A-Za-z][.)])\s+(?=\S)", "", text)
    return " ".join(re.sub(r"[\"'*_`]", "", bare).lower().strip(" .:!").split())


def jump(clause: Clause, ctx: Context) -> list[Step] | None:
    """The jump that a clause asks for; None when its verb only opens a page."""
    jumping = clause.verb.verb is Verb.GO_BACK
    if not jumping and clause.verb.words not in _MAY_JUMP:
        return None
    words = words_of(clause.rest)
    if clause.verb.words.endswith("step"):
        words = f"step {words}"
    elif clause.verb.words.endswith(("section", "part")):
        words = f"{clause.verb.words.split()[-1]} {words}"
    text, limit = split_bound(words.rstrip(" ,;"))
    if clause.once:
        limit, clause.once = 1, False
    if target := _destination(text, ctx, clause):
        _refuse_page(target, clause, ctx)
        return [ctx.step(Action.GO_TO, clause.start.start, target=target, limit=limit or MOST_JUMPS)]
    if not jumping:
        return None
    if clause.verb.words in _DOING:
        raise ReadingError(
            "SOP011",
            clause.start.start,
            f'"{clause.verb.words}" does not say what to do on the page',
            VERB_HINT,
        )
    if clause.verb.words in _ONWARDS and _ONWARD.fullmatch(text):
        return [ctx.step(Action.NOTE, clause.start.start)]
    if not text and clause.verb.words in _AGAIN:
        return [_again(clause, ctx, limit)]
    raise _unknown(text, clause, ctx)


_MAY_JUMP = frozenset(
    {"go to", "go back to", "return to", "proceed to", "move on to", "go on to", "continue to", "jump to"}
)
_ONWARDS = frozenset(
    {"go on", "carry on", "continue", "go on with", "carry on with", "continue with", "proceed"}
)
_DOING = frozenset({"do", "carry out", "perform"})
_AGAIN = frozenset({"start over", "start again", "begin again", "restart"})


def _destination(text: str, ctx: Context, clause: Clause) -> str | None:
    if _TOP.fullmatch(text) and ctx.titles:
        return ctx.titles[0]
    if found := _STEP.fullmatch(text):
        mark = (found["step"] or found["bare"]).lower()
        if found["of"]:
            title = _title(found["of"], ctx, clause)
            return f"step {mark} of {title}" if title else None
        return f"step {mark}"
    return _title(text, ctx, clause)


def _title(text: str, ctx: Context, clause: Clause) -> str | None:
    bare = re.sub(rf"^{_LEAD}|(?: once)? again$", "", text, flags=re.IGNORECASE)
    if found := _SECTION.fullmatch(bare):
        number = found["number"]
        return _only([t for t in ctx.titles if re.match(rf"{re.escape(number)}[.)]?\s", t)], clause)
    names = {
        plain_title(bare),
        plain_title(re.sub(r"^(?:the )?(?:section |part )?|(?: section| part)$", "", bare)),
    }
    names |= {re.sub(r"^the ", "", n) for n in names}
    if names & {"this section", "the section", "the beginning of this section"}:
        return ctx.section
    found_titles = [
        t for t in ctx.titles if plain_title(t) in names or re.sub(r"^the ", "", plain_title(t)) in names
    ]
    if found_titles:
        return _only(found_titles, clause)
    return next((f"step {n}" for n in names if n in ctx.step_names), None)


def _only(titles: list[str], clause: Clause) -> str | None:
    if len(titles) > 1:
        raise ReadingError(
            "SOP025", clause.start.start, f'{len(titles)} sections are called "{titles[0]}"',
            "give each section a title of its own",
        )  # fmt: skip
    return titles[0] if titles else None


def _refuse_page(target: str, clause: Clause, ctx: Context) -> None:
    """ "Go to Claims", where there is a section of that name, may be a click as well."""
    page = clause.verb.words in ("go to", "jump to", "continue to", "return to") and " " not in target
    if page and target in ctx.titles:
        raise two_readings(
            clause.start.start, f'"{target}" is the section of this SOP, or a label on the page',
            f'go on with the section "{target}"', f'click "{target}"',
        )  # fmt: skip


def _again(clause: Clause, ctx: Context, limit: int | None) -> Step:
    """ "Start over" alone: from the top, or this section again; the same when there is only one."""
    if len(ctx.titles) > 1 and ctx.titles[0] != ctx.section:
        raise two_readings(
            clause.start.start, f'from the top, or "{ctx.section}" again',
            "start over from the top", f'begin again at "{ctx.section}"',
        )  # fmt: skip
    return ctx.step(
        Action.GO_TO,
        clause.start.start,
        target=ctx.titles[0] if ctx.titles else "step 1",
        limit=limit or MOST_JUMPS,
    )


def _unknown(text: str, clause: Clause, ctx: Context) -> ReadingError:
    bare = re.sub(rf"^{_LEAD}", "", text, flags=re.IGNORECASE)
    near = did_you_mean(plain_title(bare), [plain_title(t) for t in ctx.titles])
    names = tuple(t for t in ctx.titles if plain_title(t) in near)
    if not bare:
        return ReadingError(
            "SOP016", clause.start.end, "where to go on is not said", 'write "go back to step 2"'
        )
    return ReadingError(
        "SOP025", clause.start.start, f'no section or step is called "{bare}"',
        f"the sections are {', '.join(ctx.titles)}" if ctx.titles else 'write "go back to step 2"', names,
    )  # fmt: skip


def refuse_step_as_label(steps: Iterable[Step], tokens: Tokens) -> None:
    """ "None? Step 10.": a jump, or a control of that name."""
    for step in flat(steps):
        if step.action is Action.CLICK and re.fullmatch(r"[Ss]tep \d+", str(step.target)):
            if any(t.kind is Kind.QUOTED and t.text == step.target for t in tokens):
                continue
            raise two_readings(
                tokens[0].start, f'"{step.target}" is a step of this SOP, or a label on the page',
                f'"go on with {str(step.target).lower()}"', f'click "{step.target}" with its quotation marks',
            )  # fmt: skip


# After all sections are read

Report = Callable[[Step, str, str, str], None]


def resolve(sections: Iterable[Section], marks: Mapping[str, Marks], report: Report) -> tuple[Section, ...]:
    """Every jump with the number of the workflow's step. `report(step, code, message, hint)` tells what is wrong."""
    sections = tuple(sections)
    task = [s.title for s in sections if s.role in (SectionRole.TASK, SectionRole.SIGN_IN)]

    def resolved(step: Step, title: str) -> Step:
        if step.action is not Action.GO_TO or not str(step.target).startswith("step "):
            return step
        mark, _, named = str(step.target).removeprefix("step ").partition(" of ")
        for home in [named] if named else [title, *(_with(mark, task, marks))]:
            if mark in marks[home].places:
                return _at(step, marks[home].places[mark], home if home != title else None)
        where = f'"{named}"' if named else "this section"
        report(step, "SOP014", f"{where} has no step {mark}", "count its numbered steps")
        return step

    def _at(step: Step, index: int | None, home: str | None) -> Step:
        if index is None:
            why = "it is inside a loop or a condition, or there twice"
            report(
                step,
                "SOP025",
                f"{step.target} can't be entered: {why}",
                "jump to the step that it belongs to",
            )
            return step
        if home is None:
            return told(replace(step, target=f"step {index}"))
        if index == 1:
            return told(replace(step, target=home))
        why = f'{step.target} is in the middle of the section "{home}"'
        report(step, "SOP025", why, f'jump to the section: "begin again at {home}"')
        return step

    return tuple(
        replace(s, steps=amend_all(s.steps, lambda step, title=s.title: resolved(step, title)))  # type: ignore[misc]
        for s in sections
    )


def _with(mark: str, titles: Iterable[str], marks: Mapping[str, Marks]) -> list[str]:
    """The one section of the work that has such a step; none when several have."""
    having = [t for t in titles if mark in marks[t].places]
    return having if len(having) == 1 else []
