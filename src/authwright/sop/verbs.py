"""The verbs of instructions, as data: what each asks for, and how verbs that ask nothing are known.

To teach the compiler another verb, add it here.
"""

from enum import Enum

from authwright.sop.words import words_set


class Verb(Enum):
    """What a verb asks for; `actions` turns each into steps."""

    CLICK = 1
    FILL = 2
    SELECT = 3
    SET = 4
    OPEN = 5
    CHECK = 6
    UNCHECK = 7
    VERIFY = 8
    READ = 9
    REVIEW = 10
    UPLOAD = 11
    DOWNLOAD = 12
    CAPTURE = 13
    WAIT = 14
    STOP = 15
    CLOSE = 16
    SIGN_IN = 17
    SIGN_OUT = 18
    SEARCH = 19
    PRESS = 20
    USE = 21
    GO_BACK = 22
    HUMAN = 23
    NOTHING = 24
    KEEP = 25
    ASSIGN = 26
    REPEAT = 27
    CLEAR = 28
    LOOK = 29


def _phrases(**groups: str) -> dict[tuple[str, ...], Verb]:
    return {
        tuple(phrase.split()): Verb[name.upper()]
        for name, phrases in groups.items()
        for phrase in phrases.split("; ")
    }


# A particle at the end of the clause changes the verb: "look X over", "turn X on".
PARTICLES: dict[tuple[str, str], Verb] = {
    ("look", "over"): Verb.REVIEW,
    ("read", "over"): Verb.REVIEW,
    ("check", "over"): Verb.REVIEW,
    ("go", "over"): Verb.REVIEW,
    ("turn", "on"): Verb.CHECK,
    ("switch", "on"): Verb.CHECK,
    ("toggle", "on"): Verb.CHECK,
    ("set", "on"): Verb.CHECK,
    ("set", "off"): Verb.UNCHECK,
    ("flip", "on"): Verb.CHECK,
    ("flip", "off"): Verb.UNCHECK,
    ("turn", "off"): Verb.UNCHECK,
    ("switch", "off"): Verb.UNCHECK,
    ("toggle", "off"): Verb.UNCHECK,
    ("fill", "in"): Verb.FILL,
    ("fill", "out"): Verb.FILL,
    ("type", "in"): Verb.FILL,
    ("key", "in"): Verb.FILL,
    ("write", "down"): Verb.READ,
    ("note", "down"): Verb.READ,
    ("print", "out"): Verb.CAPTURE,
}
# "Use Browse to attach the file", "click X to download it": the act is the second verb, X the control.
PURPOSES: dict[str, Verb] = {
    "attach": Verb.UPLOAD,
    "upload": Verb.UPLOAD,
    "download": Verb.DOWNLOAD,
    "export": Verb.DOWNLOAD,
}

VERBS: dict[tuple[str, ...], Verb] = _phrases(
    click="click; click on; single click; single click on; single-click; highlight; hit; hit on; tap; tap on; push; left-click; double-click; "
    "double click; double click on; double-click on; press on; activate",
    fill="re-enter; reenter; retype; re-type; rekey; re-key; enter; enter in; type; type in; key in; key; put; put in; fill; fill in; fill out; input; write; "
    "complete; provide; give; add; insert; paste; supply; specify; include",
    select="select; choose; pick; pick out; take; filter; filter by; answer",
    set="set; change; switch; turn; toggle; flip; slide",
    open="open; open up; reach; go to; go into; go in; navigate to; get to; visit; expand; access; proceed to; "
    "switch to; switch over to; change to; bring up; pull up; call up; jump to; move on to; go on to; "
    "continue to; return to; go back to; move to; launch; browse to; head to; head over to; start; "
    "hover; hover over; mouse over; follow; drop down; pull down",
    check="tick; check off; mark; tick off; turn on; switch on; toggle on",
    uncheck="uncheck; untick; deselect; unselect; turn off; switch off; toggle off",
    verify="verify; verify that; check that; see that; see to it that; confirm; confirm that; make sure; "
    "make sure that; ensure; ensure that; check",
    read="read; jot down; note; note down; write down; copy; copy down; record; get; look at; read off; "
    "take down; monitor",
    review="review; look over; go over; double-check",
    upload="attach; upload; drag; drop; browse for; browse",
    download="download; export",
    capture="take a screenshot; take a screen shot; take a picture; take a screen print; take a snapshot; "
    "take a screen capture; take a print; make a screenshot; make a printout; make a copy; "
    "grab a screenshot; screenshot; capture; print; print out; print or save; "
    "save or print; print and save; "
    "save a screenshot; keep a screenshot; keep a printed copy; keep a copy; save a copy; take screenshots",
    wait="wait; allow",
    stop="stop; stop here; stop there; end; finish here; end here; do not go on; do not continue; "
    "do not proceed; don't go on; don't continue; don't proceed; go no further",
    close="close; dismiss",
    sign_in="sign in; log in; log on; sign on; login; sign-in; log into; sign into",
    sign_out="sign out; log out; log off; sign off; logout",
    search="search; search for; look up; look for; find; search through; look",
    press="press",
    use="use",
    go_back="go back; go to step; proceed to step; move on to step; jump to step; go back to step; return to step; continue with step; continue at step; "
    "go on with step; skip to step; repeat from step; start over; start again; begin again; restart; go on; "
    "go on with; carry on; carry on with; continue; continue with; continue at; continue from; resume; resume at; "
    "resume with; skip to; skip ahead to; skip forward to; jump back to; proceed; proceed with; proceed at; "
    "pick up at; pick up again at; back to; proceed to section; go to section; go back to section; redo; do; "
    "carry out; perform",
    human="call; phone; contact; check with; speak to; speak with; talk to; write to; reach out to; get in touch with; ask; notify; tell; email; e-mail; fax; mail; message; consult; register; "
    "register for; sign up; sign up for; enroll; send an email; send an e-mail; send a message; send a fax; "
    "have the; have your; have someone",
    nothing="leave; scroll; scroll to; scroll down; scroll down to; scroll up; locate; skip; ignore; "
    "do nothing; do not; don't; never",
    keep="keep; store; remember",
    assign="assign; route; hand; hand over; hand off; pass; pass on; pass along; refer; forward; transfer; "
    "escalate; turn over; send on",
    repeat="repeat; do the same; do this; do this again",
    clear="clear; empty",
    look="read whether; read if; note whether; note if; verify whether; confirm whether; "
    "check to see whether; check to see if; see; see whether; see if; see what; see which; see how; find out; find out whether; find out if; "
    "check whether; check if; check what; look whether; look if; look in; look under; look at what",
)
LONGEST_VERB = max(map(len, VERBS))
FIRST_WORDS = frozenset(phrase[0] for phrase in VERBS)
LONGEST_FROM = {first: max(len(p) for p in VERBS if p[0] == first) for first in FIRST_WORDS}


def _gerunds(verb: str) -> tuple[str, ...]:
    """ "click" -> clicking; "choose" -> choosing; "put" -> putting."""
    return (f"{verb}ing", f"{verb}{verb[-1]}ing", *([f"{verb[:-1]}ing"] if verb.endswith("e") else []))


# Verbs that people write and that say too little of what to do; named in the error.
VAGUE_VERBS = words_set(
    "save "
    "handle process adjust make narrow manage update submit send request create edit delete remove cancel "
    "approve deny renew extend register complete review filter sort run generate obtain determine identify "
    "address respond resolve begin continue proceed try see answer apply arrange prepare work let "
    "help gather collect assess consider"
)

ACTS = FIRST_WORDS | VAGUE_VERBS
"""First words of whatever asks for an act, read or not."""
GERUNDS: dict[str, str] = {
    form: verb for verb in sorted(VAGUE_VERBS) + sorted(FIRST_WORDS) for form in _gerunds(verb)
}
# Common verbs in their bare form: a sentence that begins with one is told to somebody, so it is no note.
COMMON_VERBS = words_set(
    "accept acknowledge act advise agree align allow apply ask assign assume attempt await be become bill "
    "book bring browse build calculate call cancel carry change charge circle clarify clean collect come "
    "compare compile confirm connect continue convert coordinate correct count cover cut deal decide "
    "declare define describe designate discuss distribute divide document double draw drive drop earn "
    "edit educate eliminate email employ enable encourage enroll examine exclude execute exit expect "
    "explain extract face fax file find fix flag focus forward gather give grant group grow guide handle "
    "hang have head help hold identify implement include increase indicate inform initiate inquire "
    "inspect install instruct investigate invite issue join keep know label learn let limit link list "
    "listen load log maintain manage map match measure meet mention merge mind move name negotiate obtain "
    "offer omit order organize outline pay perform plan play point post prepare present prevent proceed "
    "produce promise protect prove provide pull purchase pursue push qualify query question raise reach "
    "react realize recall receive recheck recommend reconcile reduce refer reflect refuse register "
    "release rely remain remind rename render repair rephrase replace reply report represent request "
    "require reschedule reset resolve respond restart restore restrict resubmit retain retrieve reuse "
    "reverse revise rewrite route run scan schedule scroll secure see seek send separate serve share show "
    "sign skip solve sort speak specify spend split staple start state stay submit suggest summarize "
    "supervise support suppose switch talk tap teach tell thank think track train transfer transmit treat "
    "trust try turn understand undo unlock update upgrade validate view void wait walk warn watch wear "
    "wish work wrap zoom "
)

UNREAD = VAGUE_VERBS | COMMON_VERBS

# A capitalised one of these after "and", or alone, is what to click: "..., and Submit".
BUTTON_VERBS = words_set(
    "save submit update close print send continue next edit create finish search cancel delete apply "
    "confirm proceed ok done eprescribe go add upload view clear refresh"
)

# So clear that they are clicked without a capital: "..., and save".
LONE_BUTTONS = words_set("save submit print")

# Nouns that can also be verbs need an object to be read as verbs.
INTRANSITIVE = frozenset(
    {Verb.WAIT, Verb.STOP, Verb.SIGN_IN, Verb.SIGN_OUT, Verb.CAPTURE, Verb.REVIEW, Verb.GO_BACK, Verb.REPEAT,
     Verb.SEARCH, Verb.NOTHING}
)  # fmt: skip
HAPPENS = words_set("receive see be get notice find hear")
SHOWN_THEN = words_set(
    "appears opens loads refreshes reloads closes disappears displays shows changes updates expands turns pops"
)
COMPARING = words_set("starts begins contains matches equals has shows appears says reads")
FINDING = frozenset({"find", "look for", "locate", "look up", "find out", "identify"})

FINITE = words_set(
    "is are was were will would cannot can't won't don't doesn't isn't aren't didn't has have had can could may might does did opens appears appear shows show "
    "displays takes means contains includes happens becomes remains stays lets allows needs receives goes "
    "moves move comes come returns lists works depends stands looks says loads changes expands closes sends "
    "applies starts begins ends expires refreshes reloads updates fills turns carries stores brings keeps "
    "gets gives tells asks holds covers indicates sits belongs follows reads pops shuts disappears leads "
    "confirms requires accepts saves sets leaves arrives lands finishes completes adds creates runs checks "
    "sorts calculates provides offers supports signifies refers pulls prefills defaults switches times logs locks drops resets rejects denies approves reviews decides replies "
    "answers processes handles treats counts matters applies varies differs reaches passes waits calls costs"
)
# "must be entered", "needs to be clicked": a duty that names nobody.
DUTY = frozenset({"must", "should", "shall", "needs", "need", "ought"})

# An act on the page told of somebody else, or in the passive: who does it, and is it the reader?
TOLD_ACTS = words_set(
    "click clicks clicked enter enters entered types typed selects selected chooses chosen press presses "
    "pressed ticks ticked upload uploads uploaded attach attaches attached submits submitted fills filled"
)
# In the passive these are acts too, though the same forms tell other things as well.
DONE_TO = words_set("added left set put opened completed picked answered given")
