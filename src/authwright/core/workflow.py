"""The compiled form of an SOP: what the compiler (sop) makes and the interpreter (runner) walks.

Plain data. JSON by msgspec (`to_json`, `from_json`), so that the published schema, the file and
these classes cannot disagree.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

FORMAT_VERSION = 1


class Action(StrEnum):
    CLICK = "click"
    FILL = "fill"
    SELECT = "select"
    CHECK = "check"
    UNCHECK = "uncheck"
    UPLOAD = "upload"
    DOWNLOAD = "download"
    CAPTURE = "capture"
    READ = "read"
    VERIFY = "verify"
    WAIT = "wait"
    REPEAT = "repeat"
    CONDITION = "condition"
    ENTER_CODE = "enter_code"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    PRESS_KEY = "press_key"
    NAVIGATE = "navigate"
    HUMAN = "human"
    NOTE = "note"
    STOP = "stop"
    GO_TO = "go_to"
    USE = "use"
    KEEP = "keep"
    ASSIGN = "assign"


class TargetKind(StrEnum):
    FIELD = "field"
    BUTTON = "button"
    MENU = "menu"
    DROPDOWN = "dropdown"
    LINK = "link"
    TAB = "tab"
    CHECKBOX = "checkbox"
    RADIO = "radio"
    TABLE_ROW = "table_row"
    FILE = "file"
    DIALOG = "dialog"
    PAGE = "page"


class Purpose(StrEnum):
    SIGN_IN = "sign-in"
    SUBMIT = "submit"
    STATUS = "status"
    FIND = "find"
    LOOKUP = "lookup"
    ELIGIBILITY = "eligibility"
    RESPOND = "respond"
    UPDATE = "update"
    EXTEND = "extend"
    CANCEL = "cancel"
    ATTEST = "attest"
    APPEAL = "appeal"
    DOWNLOAD = "download"
    OTHER = "other"


LEAVES_A_MARK = frozenset(
    {
        Purpose.SUBMIT,
        Purpose.RESPOND,
        Purpose.UPDATE,
        Purpose.EXTEND,
        Purpose.CANCEL,
        Purpose.ATTEST,
        Purpose.APPEAL,
    }
)


class SectionRole(StrEnum):
    """What a section of the SOP is for. `otherwise` is "When something else happens"."""

    BEFORE = "before"
    SIGN_IN = "sign-in"
    TASK = "task"
    IF_INTERRUPTED = "if-interrupted"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column in the SOP, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Value:
    """What goes into a control or is looked for: a literal, or a reference to the case's data.

    Exactly one of `literal` and `ref` is set. `ref` is a path of core.data_names, such as
    `coverage.member_id`, or for a name that the table doesn't hold the author's words in
    snake_case; `words` are the author's words for it. `every` means each item of a list
    ("each procedure code"). `read` means that it refers to something read earlier in the run. `index`
    is which element of a list, from 1 ("the second procedure code"), of a path that leads through one.
    """

    literal: str | None = None
    ref: str | None = None
    words: str | None = None
    every: bool = False
    read: bool = False
    index: int | None = None


class Match(StrEnum):
    """How an option, a suggestion or a text is compared with the value."""

    EXACT = "exact"
    STARTS_WITH = "starts-with"
    CONTAINS = "contains"


class ConditionKind(StrEnum):
    """What a condition looks at, and what its `subject` and `values` then hold.

    case
        present       subject: data path; values: none, or one whose index says which element
                                                             "if the service line has a modifier"
        equals        subject: data path, values: one or more "if the place of service is office"
        less, more    subject: data path, values: one        "when the patient is under 18"
                      (for dates an ISO date, "today", or "today" with a signed ISO 8601 duration:
                      "today-P90D"; of a list itself its length: "more than 5 service lines")
        starts-with   subject: data path, values: one or more "if the code starts with J"
    loop
        first, last                                          "unless it is the last"
    page
        shows         subject: text on the page              'if the page says "No requests match"'
        dialog        subject: title, may be ""              'if a pop-up titled "X" appears'
        asks-for      subject: what is asked for             "if the portal asks for a code"
        row           values: what the row must hold         "if a row has the procedure code and ..."
                      `without`: what it must not hold       "... and its status is not "Draft""
        rows          subject: "none", "one" or "several"; values: what the rows must hold, none:
                      the rows of the last search            "if more than one row fits"
        field         subject: label, values: what it holds, "" for empty
                                                             "if Fax is empty", "if it is not right"
        checked       subject: label of a box                "if Urgent is already ticked"
        status        values: status words                   "if the status is Pended"
        offers        subject: label of a control            "if there is a Continue button"
        enabled       subject: label of a control            "until Next is enabled"
        gone          subject: text or label                 "until the spinner disappears"
        loaded                                               "wait for the page to load"
    read
        equals        subject: name of what was read, values "if the number read is empty"
    time
        passed        subject: ISO 8601 duration             "wait a minute"
    unclear
        said          only the words are known; a person decides
    """

    PRESENT = "case.present"
    EQUALS = "case.equals"
    LESS = "case.less"
    MORE = "case.more"
    STARTS_WITH = "case.starts-with"
    FIRST = "loop.first"
    LAST = "loop.last"
    SHOWS = "page.shows"
    DIALOG = "page.dialog"
    ASKS_FOR = "page.asks-for"
    ROW = "page.row"
    ROWS = "page.rows"
    FIELD = "page.field"
    CHECKED = "page.checked"
    STATUS = "page.status"
    OFFERS = "page.offers"
    ENABLED = "page.enabled"
    GONE = "page.gone"
    LOADED = "page.loaded"
    READ_EQUALS = "read.equals"
    PASSED = "time.passed"
    SAID = "unclear.said"


@dataclass(frozen=True, slots=True)
class Condition:
    kind: ConditionKind
    words: str
    subject: str | None = None
    values: tuple[Value, ...] = ()
    negated: bool = False
    all_of: tuple["Condition", ...] = ()
    """Further conditions that must hold too ("and")."""
    any_of: tuple["Condition", ...] = ()
    """Further conditions of which one is enough ("or"); this one or any of these, then `all_of`."""
    prefer: "Prefer | None" = None
    """ROW: which of several fitting rows is meant."""
    without: tuple[Value, ...] = ()
    """ROW: what the row must not hold."""


class Order(StrEnum):
    LATEST = "latest"
    EARLIEST = "earliest"


@dataclass(frozen=True, slots=True)
class Prefer:
    """Which of several fitting rows is meant: the latest or earliest by the column `by`; without it by
    the only column that holds a date in every fitting row."""

    order: Order
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """The page's word for a value of ours: `shown` is chosen when `condition` holds of the case."""

    shown: str
    condition: Condition


THAT_ROW = "that row"
"""As a step's `beside`: the row that the condition around it found."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    `target` is the visible label and nothing more, a tuple for a menu path. `section` is the
    heading that the target stands under ("Under Rendering Provider"). `value` is what goes in or is
    looked for. CONDITION: `condition`, `body` when it holds, `otherwise` when not. REPEAT: `each`
    (a list's path) or `condition` (until), and `body`. WAIT: `condition` is what is awaited. READ
    and CAPTURE: `save_as` names what was read. KEEP: `value`, read before in this run or the case's,
    is kept on the case under `save_as`. `once` marks the step that leaves a mark at the payer.
    STOP: `outcome`. ASSIGN: the case gets `outcome` ("mark the case denied") or goes to the worklist
    `queue` ("hand it over to the eligibility team"); the run goes on. GO_TO: `target` is `step N`,
    counting the steps of its own section from 1, or a section's title; the run goes on from there.
    USE: `target` is the SOP's id; `section` when only that section of it is meant.
    HUMAN: `target` is what a person is asked to do; `queue` when it is said whose work it is.
    UPLOAD: `value` is the document list, `document_kind` and `max_bytes` filter it. `limit` bounds
    repeats and jumps, and how often a CONDITION under "When something else happens" is acted on. `beside`
    is the text or control that the target stands next to.

    FILL with `suggest`: after typing, the suggestion that compares by `match` is picked. FILL with
    `search`: the value is searched for, in `target` or in the page's search field, and the search
    is started (no step for its button follows). CLICK on a TABLE_ROW: `value` is what the row
    holds. CLICK without `target`: `value` is the text of what is clicked. READ with TABLE_ROW: from
    the row that the condition around it found.
    """

    action: Action
    position: Position
    words: str
    in_words: str
    target: str | tuple[str, ...] | None = None
    target_kind: TargetKind | None = None
    section: str | None = None
    beside: str | None = None
    value: Value | None = None
    match: Match = Match.EXACT
    condition: Condition | None = None
    each: str | None = None
    limit: int | None = None
    body: tuple["Step", ...] = ()
    otherwise: tuple["Step", ...] = ()
    save_as: str | None = None
    once: bool = False
    outcome: str | None = None
    document_kind: str | None = None
    max_bytes: int | None = None
    suggest: bool = False
    search: bool = False
    queue: str | None = None
    prefer: Prefer | None = None
    options: tuple[Option, ...] = ()
    format: str | None = None
    """FILL: a form of a date (MM/DD/YYYY), or "without dashes"; see core.marks."""
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    role: SectionRole
    position: Position
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Workflow:
    """`source_hash` is of the SOP's text, `meaning_hash` of what it does (see `meaning_hash()`)."""

    id: str
    title: str
    purpose: Purpose
    portal: str
    sections: tuple[Section, ...] = ()
    effective: date | None = None
    approved: Approval | None = None
    draft: bool = False
    source_hash: str = ""
    meaning_hash: str = ""
    format: int = FORMAT_VERSION
    data_used: tuple[str, ...] = field(default=())

    def steps_in(self, role: SectionRole) -> tuple[Step, ...]:
        """The steps of every section with this role, in order."""
        return tuple(step for section in self.sections if section.role is role for step in section.steps)


def to_json(workflow: Workflow) -> bytes:
    """Readable JSON, two spaces deep, the same bytes for the same workflow."""
    return msgspec.json.format(msgspec.json.encode(_pruned(msgspec.to_builtins(workflow))), indent=2) + b"\n"


def _pruned(node: Any) -> Any:
    """Without what is absent anyway: a reader sees only what a step says."""
    if isinstance(node, dict):
        return {
            k: _pruned(v) for k, v in node.items() if v is not None and v is not False and v != [] and v != ()
        }
    if isinstance(node, (list, tuple)):
        return [_pruned(item) for item in node]
    return node


def from_json(data: bytes) -> Workflow:
    """Raises msgspec.ValidationError, which names the path, on anything that is no workflow."""
    return msgspec.json.decode(data, type=Workflow)


def json_schema() -> dict[str, Any]:
    return msgspec.json.schema(Workflow)


_NOT_MEANING = frozenset({"position", "words", "in_words", "title"})


def meaning_hash(workflow: Workflow) -> str:
    """SHA-256 over what the workflow does: steps without positions, wording or versions.

    An approval binds to it: an SOP that is reworded without changing what is done keeps it. What a
    step leaves out doesn't count, so that a field that is new in this format changes no hash.
    """
    jumps = set(_jump_targets(workflow.sections))
    sections = [
        {
            "role": section.role,
            "steps": _meaning(_pruned(msgspec.to_builtins(section.steps))),
            **({"name": section.title} if section.title in jumps else {}),
        }
        for section in workflow.sections
        if section.role is not SectionRole.BEFORE
    ]
    content = {"purpose": workflow.purpose, "portal": workflow.portal, "sections": sections}
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def own_meaning(step: Step) -> bytes:
    """What a step does by itself, without its body: the same bytes for the same meaning."""
    alone = replace(step, body=(), otherwise=())
    return msgspec.json.encode(_meaning(_pruned(msgspec.to_builtins(alone))), order="sorted")


def _jump_targets(within: Iterable[Section | Step]) -> Iterator[object]:
    """A section's title is a mere heading unless a jump names it."""
    for part in within:
        if isinstance(part, Section):
            yield from _jump_targets(part.steps)
            continue
        if part.action is Action.GO_TO:
            yield part.target
        yield from _jump_targets((*part.body, *part.otherwise))


def _meaning(node: Any) -> Any:
    if isinstance(node, dict):
        return {k: _meaning(v) for k, v in node.items() if k not in _NOT_MEANING}
    if isinstance(node, (list, tuple)):
        return [_meaning(item) for item in node if not _is_note(item)]
    return node


def _is_note(node: Any) -> bool:
    return isinstance(node, dict) and node.get("action") == Action.NOTE.value
