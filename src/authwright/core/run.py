"""What came of one run of a workflow in a portal. `authwright sop run --json` prints these names."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

RECORDED = frozenset(
    {"reference_number", "decision_id", "status", "certified_start_date", "certified_end_date", "reason"}
)
"""The names in RunResult.read that go into the case: the payer's number, decision and dates. What is read
under any other name is only shown, unless the SOP uses or keeps it."""


class RunOutcome(StrEnum):
    DONE = "done"
    HALTED = "halted"
    FAILED = "failed"


class HaltReason(StrEnum):
    """Why a run stopped and asks for a person; each is explained in the reference."""

    NOT_FOUND = "control-not-found"
    AMBIGUOUS = "control-ambiguous"
    VALUE_DIFFERS = "value-differs"
    REVIEW_DIFFERS = "review-differs"
    OPTION_MISSING = "option-missing"
    DATA_MISSING = "data-missing"
    DATA_AMBIGUOUS = "data-ambiguous"
    CHECK_FAILED = "check-failed"
    NOT_READ = "not-read"
    REQUIRED_UNANSWERED = "required-unanswered"
    PAGE_ERROR = "page-error"
    SIGN_IN_REFUSED = "sign-in-refused"
    CREDENTIAL_REFUSED = "credential-refused"
    """An earlier run's password or code was refused, and nobody has set another: nothing was typed."""
    LOCK_OUT = "lock-out"
    """The sign-in page warns that the account is locked, or will be after the next wrong try."""
    PASSWORD_EXPIRED = "password-expired"
    """The portal wants a new password."""
    CERTIFICATE = "certificate"
    """The portal's certificate is not to be trusted: nothing was typed into its pages."""
    NO_CODE = "no-code"
    """No one-time code could be had: none came by email, the mailbox or the secret is unusable."""
    CAPTCHA = "captcha"
    """The portal asks whether a person is there, and no person has answered."""
    ASKED_PERSON = "asked-person"
    TIMED_OUT = "timed-out"
    LEASE_LOST = "lease-lost"
    GUARD = "guard"
    JUMP_LIMIT = "jump-limit"
    PORTAL_DOWN = "portal-down"
    UNSUPPORTED = "unsupported"
    DOCUMENT = "document"
    TOO_EARLY = "too-early"
    """The payer has no sign of the request yet, and its list may lag: to look again later."""
    IN_DOUBT = "in-doubt"
    """Neither the request was found at the payer nor proof that it isn't there."""
    INTERRUPTED = "interrupted"
    """The SOP itself says to go on at "If interrupted"."""


@dataclass(frozen=True, slots=True)
class Halt:
    """`step` is the sentence of the SOP at that line, "" where no step had begun."""

    line: int
    reason: HaltReason
    expected: str
    found: str
    step: str = ""


class Lookup(StrEnum):
    """What "If interrupted" found out about a request whose sending was cut off."""

    FOUND = "found"
    NOT_SENT = "not-sent"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class LookupFinding:
    """`words` are the page's own words for "no result"; `echoed` what of the question the result
    page repeated. Without both, "not sent" is not proved. `saw` says, of an unclear look, what was there."""

    finding: Lookup
    words: str = ""
    echoed: tuple[str, ...] = ()
    saw: str = ""


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step as it was done. `value` is masked; `picture` is a content hash of the evidence."""

    index: int
    line: int
    action: str
    in_words: str
    target: str = ""
    value: str = ""
    started_at: datetime | None = None
    milliseconds: int = 0
    picture: str = ""
    page_text_hash: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Healed:
    """A control that was found under another label: the one that the SOP wants, what it `was` called last
    time and is called `now`. `key` names what was wanted, `picture` is a content hash of the evidence."""

    line: int
    label: str
    was: str
    now: str
    key: str = ""
    picture: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaptchaAnswer:
    """One time that the portal asked whether a person is there. `by` is who answered ("person", "solver", ""
    for nobody); `outcome` is "accepted", "refused", "answered" where the portal hasn't said, else why there
    was no answer."""

    line: int
    kind: str
    words: str
    by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class RunResult:
    outcome: RunOutcome
    sent: bool = False
    read: dict[str, str] = field(default_factory=dict)
    halt: Halt | None = None
    healed: tuple[Healed, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    stopped_with: str = ""
    said: str = ""
    """What the page complained of when the SOP stopped."""
    lookup: LookupFinding | None = None
    kept: dict[str, str] = field(default_factory=dict)
    """What the SOP says to keep on the case, by name."""
    assigned_outcome: str = ""
    assigned_queue: str = ""
    """The worklist's queue whose work it is now, as the SOP calls it."""
    sent_before: bool = False
    """An earlier call sent it: this one only looked at the payer."""
    refused: str = ""
    """What the portal refused at its door: "password" or "code"."""
    captchas: tuple[CaptchaAnswer, ...] = ()
    acted_as: str = ""
    """The person whose credentials were used, with their permission; "" when that isn't known."""
    on_behalf_of: str = ""
    """The practice that it was done for."""
    notices: tuple[str, ...] = ()
    """What the portal said of the account when it was signed in to: that its password expires soon."""
    picture: str = ""
    """Where the run stopped for a person: the page's picture, a content hash of the evidence."""
    interrupted: bool = False
    """The SOP says that the payer has to be asked what came of it: the next pass is "If interrupted"."""

    @property
    def as_whom(self) -> str:
        """ "as Dana Ruiz, on behalf of Northside Clinic"; "" when neither is known."""
        said = (("as", self.acted_as), ("on behalf of", self.on_behalf_of))
        return ", ".join(f"{how} {who}" for how, who in said if who)
