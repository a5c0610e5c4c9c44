"""What a person is told of something that waits for them: a title in plain words, and what to do next."""

from collections.abc import Mapping

from authwright.core.run import HaltReason, RunResult
from authwright.engine.services import WorkKind
from authwright.store.worklist import Guide

_CORRECT_SOP = (
    "Look at the picture. If the portal has changed, correct the SOP at that line, then approve and rehearse "
    "it; else send the case by hand."
)
_CORRECT_CASE = "Correct the order in the practice's system, import it again, then `authwright submit`."
_BY_HAND = "Look for the request in the portal, then adopt its number or say that it was not sent."

HALTS: Mapping[HaltReason, tuple[str, str]] = {
    HaltReason.NOT_FOUND: ("The page lacks what the SOP names", _CORRECT_SOP),
    HaltReason.AMBIGUOUS: ("The page has several things of the name in the SOP", _CORRECT_SOP),
    HaltReason.VALUE_DIFFERS: (
        "A field doesn't keep what was typed",
        "Look at the picture for what the field wants. Correct the order, or the SOP if it types the "
        "wrong thing.",
    ),
    HaltReason.REVIEW_DIFFERS: (
        "The portal shows another value than was entered",
        "Compare the picture with the order. Nothing was sent; send the case by hand if the portal is right.",
    ),
    HaltReason.OPTION_MISSING: (
        "The portal doesn't offer this code or choice",
        "Look at the picture for what it offers. Correct the order, or add the portal's word to the SOP.",
    ),
    HaltReason.DATA_MISSING: ("The order lacks something that the portal wants", _CORRECT_CASE),
    HaltReason.DATA_AMBIGUOUS: ("The order has several values where the portal wants one", _CORRECT_CASE),
    HaltReason.CHECK_FAILED: (
        "The portal doesn't say what the SOP expects here",
        "Read in the picture what it says instead (a member it doesn't know, a code it refuses). Correct the "
        "order, or the SOP.",
    ),
    HaltReason.NOT_READ: (
        "The portal's answer could not be read",
        "Look at the picture and at the portal: record by hand what the payer answered, or correct the SOP.",
    ),
    HaltReason.REQUIRED_UNANSWERED: (
        "The portal asks something that has no answer yet",
        "The portal's own words are above. Whoever may answer it (a clinical question: a clinician) decides; "
        "put the answer into the order or the SOP. It is never guessed.",
    ),
    HaltReason.PAGE_ERROR: (
        "The portal refuses what was entered",
        "Read its message, correct the order, import it again, then `authwright submit`.",
    ),
    HaltReason.SIGN_IN_REFUSED: (
        "The portal refused the user name or password",
        "Sign in by hand once to see which; then set it anew with `authwright vault put`. It isn't tried "
        "again before that: portals lock accounts.",
    ),
    HaltReason.CREDENTIAL_REFUSED: (
        "The portal has refused this password or code before",
        "Set it anew with `authwright vault put`, then `authwright submit`.",
    ),
    HaltReason.LOCK_OUT: (
        "The portal account is locked, or nearly",
        "Unlock it as the portal says, or call its help desk. No further try is made.",
    ),
    HaltReason.PASSWORD_EXPIRED: (
        "The portal wants a new password",
        "The account's owner chooses one in the portal, then sets it with `authwright vault put`.",
    ),
    HaltReason.CERTIFICATE: (
        "The portal's certificate is not to be trusted",
        "Open the portal in a browser of your own, and call its help desk. Nothing was typed into its pages.",
    ),
    HaltReason.NO_CODE: (
        "No one-time code could be had",
        "Look whether the mailbox gets the portal's message, and whether the vault's mailbox or "
        "authenticator secret is right; then `authwright submit`.",
    ),
    HaltReason.CAPTCHA: (
        "Nobody answered the portal's CAPTCHA in time",
        "Send the case again (`authwright submit`) when somebody is there to answer, or send it by hand.",
    ),
    HaltReason.ASKED_PERSON: (
        "The SOP asks for a person here",
        "Do what the SOP's sentence says, or decide what it asks.",
    ),
    HaltReason.TIMED_OUT: (
        "The portal didn't get there in time",
        "Look at the picture. If the portal was slow, `authwright submit` tries again; it looks first where "
        "something may have been sent.",
    ),
    HaltReason.LEASE_LOST: (
        "Another run had the portal account",
        "Nothing: the case is taken up again. If it comes back, see that nobody else uses the account.",
    ),
    HaltReason.GUARD: (
        "Something was about to be sent that must not be",
        'Nothing was sent. Look at the picture: the SOP clicks something that sends without saying "once".',
    ),
    HaltReason.JUMP_LIMIT: ("The SOP went round in a circle", _CORRECT_SOP),
    HaltReason.PORTAL_DOWN: (
        "The portal can't be reached",
        "Look whether it is up and whether this machine has a connection; then `authwright submit`.",
    ),
    HaltReason.UNSUPPORTED: (
        "The SOP can't be followed",
        "Correct it at that line (`authwright sop check`), then approve and rehearse it.",
    ),
    HaltReason.DOCUMENT: (
        "A document doesn't pass",
        "It is missing, too large, of a kind that the portal refuses, or its download didn't end: what was "
        "found says which. Put the right file into the order, import it again, then `authwright submit`.",
    ),
    HaltReason.TOO_EARLY: (
        "It is too early to say whether the payer has the request",
        "Nothing: it is looked for again later.",
    ),
    HaltReason.IN_DOUBT: ("The request may be at the payer, and that could not be told", _BY_HAND),
    HaltReason.INTERRUPTED: ("The SOP says that the payer has to be asked what came of it", _BY_HAND),
}
_CODE_REFUSED = (
    "The portal refused the one-time code",
    "Look whether this machine's clock is right and whether the authenticator secret in the vault is this "
    "account's; set it anew with `authwright vault put`.",
)

KINDS: Mapping[WorkKind, tuple[str, str]] = {
    WorkKind.HALTED: ("A run stopped", "Read why, and look at its picture."),
    WorkKind.IN_DOUBT: HALTS[HaltReason.IN_DOUBT],
    WorkKind.PORTAL_DOWN: HALTS[HaltReason.PORTAL_DOWN],
    WorkKind.CAPTCHA: (
        "The portal asks whether a person is there",
        "The run waits. Look at the picture and answer: `authwright worklist answer ITEM LETTERS`.",
    ),
    WorkKind.QUESTION: (
        "The SOP asks for a person's yes",
        "The run waits. Look at the picture and answer: `authwright worklist answer ITEM yes`, or no.",
    ),
    WorkKind.SOP_NOT_APPROVED: (
        "The SOP may not be used yet",
        "Do what is said above, then `authwright submit`.",
    ),
    WorkKind.STATUS_UNCLEAR: ("The payer's answer isn't understood", "Record what it means."),
    WorkKind.APPROVAL_TO_RECORD: (
        "An approval waits to be recorded",
        "Record it as the payer gave it: `authwright certifications add`.",
    ),
    WorkKind.HANDED_OVER: ("The SOP hands the case over", "Take it from here by hand."),
    WorkKind.ADVERSE: ("The payer did not certify it", "Decide what to do before the deadline."),
    WorkKind.DUPLICATE: ("The payer has this request already", "Find out who sent it."),
    WorkKind.MISSING: ("The order lacks something", _CORRECT_CASE),
    WorkKind.INSURANCE: (
        "An insurance name isn't known",
        "Add it to the insurance map, and import the orders again.",
    ),
    WorkKind.REQUIREMENT: ("No rule says whether it needs an approval", "Ask the payer."),
    WorkKind.PACKET: ("A packet is ready for whoever has to send it", "Hand it over."),
    WorkKind.NO_PORTAL: (
        "No portal is set for this payer",
        "Add it under [filing], or send the case by hand.",
    ),
    WorkKind.ORDER_CHANGED: (
        "The order changed after its request was begun",
        "Decide whether the payer must know.",
    ),
    WorkKind.PROGRAM_ERROR: (
        "A run broke off on a mistake of the program",
        "Report it. `authwright submit` takes the case up again, and looks first for what may be at the "
        "payer.",
    ),
}


def of_kind(kind: str) -> Guide:
    """What to tell of an item that says nothing of its own."""
    return Guide(*KINDS[WorkKind(kind)]) if kind in KINDS else Guide(kind.replace("-", " "))


def of_run(result: RunResult) -> Guide:
    """What to tell of a run that did not reach its end."""
    if result.halt is None:
        title, todo = KINDS[WorkKind.IN_DOUBT if result.lookup else WorkKind.HALTED]
        return Guide(title, todo, picture=result.picture)
    code = result.halt.reason is HaltReason.SIGN_IN_REFUSED and result.refused == "code"
    title, todo = _CODE_REFUSED if code else HALTS[result.halt.reason]
    return Guide(title, todo, result.halt.step, result.picture)


def halted_in_words(result: RunResult) -> str:
    """What a person needs to know of a run that did not reach its end."""
    if result.halt is None and result.lookup and result.lookup.saw:
        return f"Found neither the request at the payer nor proof that it isn't there: {result.lookup.saw}."
    if result.halt is None:
        return "The run ended without an answer."
    halt = result.halt
    line = f"Line {halt.line} of the SOP: " if halt.line else ""
    found = f"; found {halt.found}" if halt.found else ""
    return f"{line}expected {halt.expected}{found} ({halt.reason})."
