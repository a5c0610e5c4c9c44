"""What the interpreter asks of whoever drives the page. Each ask names what it is answered with.

The interpreter is a generator: it yields an ask and is sent the answer. It touches nothing itself, so
a test can answer from a list of pages and the browser side from Chromium.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from authwright.core.person import QuestionKind
from authwright.core.run import StepRecord
from authwright.runner.bindings import Binding
from authwright.runner.page import Control, Page


@dataclass(frozen=True, slots=True)
class Look:
    """Wait until the page is quiet and say what is on it. Answer: Page.

    With `after`, first wait until the page's version differs from it, at most `within` seconds.
    """

    after: str = ""
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Goto:
    """Open an address. Answer: Acted."""

    url: str


@dataclass(frozen=True, slots=True)
class Fill:
    """Put text into a field in place of what is there and leave the field; `slowly` key by key.
    Answer: Acted, its value what the field then shows. `stay` keeps the focus (for suggestions)."""

    control: Control
    text: str
    slowly: bool = False
    stay: bool = False


@dataclass(frozen=True, slots=True)
class Click:
    """Click the control or text with this id. Answer: Acted. `trial` only finds out whether it could
    be clicked: there, still, and nothing over it."""

    id: str
    trial: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose the option at `index` of a native drop-down. Answer: Acted, its value what it shows."""

    control: Control
    index: int


@dataclass(frozen=True, slots=True)
class Tick:
    """Set a check box or radio button. Answer: Acted, its value "on" or "off"."""

    control: Control
    on: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """Give files to a file field, or to the chooser that a button opens. Answer: Acted, its value the names
    that it holds, `; ` between; "" when the button opened no chooser."""

    control: Control
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """Click and keep the file that comes. Answer: Acted, its value the content hash."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press a key, in the control `on` or where the focus is. Answer: Acted. `meant` Enter may send a
    form, unless the form holds what sends to the payer."""

    key: str
    on: str = ""
    meant: bool = False


@dataclass(frozen=True, slots=True)
class FileSizes:
    """Bytes of each file, -1 for one that isn't there. Answer: Sizes."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What tells the case's own rows from others': the id of the row that was matched, the member ID,
    the patient's last and first name, the payer's numbers. "" and () where that isn't known."""

    row: str = ""
    member: str = ""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Take a picture of the page into the evidence, rows of others hidden. Answer: Kept."""

    name: str
    whole_page: bool = False
    note: str = ""
    own: Own = Own()


@dataclass(frozen=True, slots=True)
class KeepText:
    """Keep a page's text as evidence, rows of others hidden. Answer: Kept."""

    name: str
    text: str
    own: Own = Own()


@dataclass(frozen=True, slots=True)
class RecordIntent:
    """Write down durably that the sending step comes next, then check the lease. Answer: Acted."""

    line: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Resolve:
    """Write down what came of the open intent. Answer: Acted."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Open the guard for the sending step, or close it again. Answer: Acted."""

    open: bool


@dataclass(frozen=True, slots=True)
class RefuseWrites:
    """From here on let only GET requests out (rehearsal). Answer: Acted."""


@dataclass(frozen=True, slots=True)
class ExpectCode:
    """The portal may be about to send a one-time code by email: what is in the mailbox now isn't it.
    Answer: Acted."""


@dataclass(frozen=True, slots=True)
class NextCode:
    """A one-time code that was never given out before. Answer: Acted, its value the code. `by_email` is
    what the page says of its way, None when it says nothing; a mail is waited for `within` seconds."""

    by_email: bool | None = None
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class AskPerson:
    """Wait for a person to answer the CAPTCHA that stands at `mark` (the page when ""), or what the SOP
    asks. Answer: Acted, its value what the person read or said; not ok when nobody answered, and `why`
    says so."""

    kind: QuestionKind
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sleep:
    """Let time pass because the SOP says so. Answer: Acted."""

    seconds: float


@dataclass(frozen=True, slots=True)
class KeepBindings:
    """What the controls were found to be in this good run, by step. Answer: Acted."""

    bindings: Mapping[str, Binding]


@dataclass(frozen=True, slots=True)
class StepDone:
    """Tell whoever watches that a step was done. Answer: Acted."""

    record: StepRecord


class GoneError(Exception):
    """Thrown into the interpreter in place of an answer: the page or the browser is gone."""


Ask = (
    Look
    | Goto
    | Fill
    | Click
    | Choose
    | Tick
    | Upload
    | Download
    | Press
    | FileSizes
    | Picture
    | KeepText
    | RecordIntent
    | Resolve
    | Guard
    | RefuseWrites
    | ExpectCode
    | NextCode
    | AskPerson
    | Sleep
    | KeepBindings
    | StepDone
)


@dataclass(frozen=True, slots=True)
class Acted:
    """`ok` False: it could not be done, and `why` says so in plain words. `lost` marks a lease that
    has passed to another run, `gone` that the control was taken off the page before anything was done
    to it. `by` is who answered a question: "person" or "solver"."""

    ok: bool = True
    value: str = ""
    why: str = ""
    lost: bool = False
    gone: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """`hash` is the content's SHA-256 in hex."""

    hash: str


@dataclass(frozen=True, slots=True)
class Sizes:
    sizes: tuple[int, ...]


Answer = Page | Acted | Kept | Sizes

T = TypeVar("T")
Walk = Generator[Ask, Answer, T]


def act(ask: Ask) -> Walk[Acted]:
    answer = yield ask
    if not isinstance(answer, Acted):
        raise TypeError(f"{type(ask).__name__} was answered with {type(answer).__name__}")
    return answer


def see(ask: Look) -> Walk[Page]:
    answer = yield ask
    if not isinstance(answer, Page):
        raise TypeError(f"Look was answered with {type(answer).__name__}")
    return answer


def keep(ask: Picture | KeepText) -> Walk[str]:
    """The content's hash, "" when it could not be taken: a page that is just changing gives no picture,
    and the step's own check says whether it took."""
    answer = yield ask
    if isinstance(answer, Acted) and not answer.ok:
        return ""
    if not isinstance(answer, Kept):
        raise TypeError(f"{type(ask).__name__} was answered with {type(answer).__name__}")
    return answer.hash


def measure(paths: tuple[str, ...]) -> Walk[tuple[int, ...]]:
    answer = yield FileSizes(paths)
    if not isinstance(answer, Sizes):
        raise TypeError(f"FileSizes was answered with {type(answer).__name__}")
    return answer.sizes
