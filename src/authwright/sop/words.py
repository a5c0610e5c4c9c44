"""The vocabulary of instructions, as data: verbs, control nouns, prepositions, small words.

To teach the compiler another way to say something, add it here.
"""

from enum import Enum

from authwright.core.workflow import SectionRole, TargetKind


def words_set(text: str) -> frozenset[str]:
    """The words of a text, so that a table of words reads like one."""
    return frozenset(text.split())


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
PARTICLES: dict[tuple[str, str], "Verb"] = {
    ("look", "over"): Verb.REVIEW,
    ("read", "over"): Verb.REVIEW,
    ("check", "over"): Verb.REVIEW,
    ("go", "over"): Verb.REVIEW,
    ("turn", "on"): Verb.CHECK,
    ("switch", "on"): Verb.CHECK,
    ("toggle", "on"): Verb.CHECK,
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
PURPOSES: dict[str, "Verb"] = {
    "attach": Verb.UPLOAD,
    "upload": Verb.UPLOAD,
    "download": Verb.DOWNLOAD,
    "export": Verb.DOWNLOAD,
}
FILE_WORDS = frozenset(
    {"file", "files", "document", "documents", "attachment", "attachments", "report", "letter"}
)

VERBS: dict[tuple[str, ...], Verb] = _phrases(
    click="click; click on; single click; single click on; single-click; highlight; hit; hit on; tap; tap on; push; left-click; double-click; "
    "right-click; "
    "double click; right click; right click on; double click on; press on; activate",
    fill="re-enter; reenter; retype; re-type; rekey; re-key; enter; enter in; type; type in; key in; key; put; put in; fill; fill in; fill out; input; write; "
    "complete; provide; give; add; insert; paste; supply; specify; include",
    select="select; choose; pick; pick out; take; filter; filter by; answer",
    set="set; change; switch; turn; toggle",
    open="open; open up; go to; go into; go in; navigate to; get to; visit; expand; access; proceed to; "
    "switch to; switch over to; change to; bring up; pull up; call up; jump to; move on to; go on to; "
    "continue to; return to; go back to; move to; launch; browse to; head to; head over to; start; "
    "hover; hover over; mouse over; follow; drop down; pull down",
    check="tick; check off; mark; tick off",
    uncheck="uncheck; untick; deselect; unselect",
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

CONTROL_NOUNS: dict[tuple[str, ...], TargetKind] = {
    tuple(phrase.split()): kind
    for kind, phrases in {
        TargetKind.FIELD: "field; fields; box; boxes; search field; search box; search bar; text box; text field; textbox; input; "
        "entry field; bar; text area; blank; filter",
        TargetKind.BUTTON: "button; buttons; icon; tile; column header; column heading; key; push button; sign",
        TargetKind.MENU: "menu; menus; menu item; menu option; submenu; mega menu",
        TargetKind.DROPDOWN: "drop-down; dropdown; drop-down list; drop-down menu; drop-down box; drop down; "
        "drop down list; drop down menu; drop down box; dropdown list; dropdown menu; dropdown box; list; "
        "list box; combo box; picker; drop-down menus; dropdown menus; drop-downs; dropdowns; lists",
        TargetKind.LINK: "link; hyperlink; links",
        TargetKind.TAB: "tab; tabs",
        TargetKind.CHECKBOX: "checkbox; check box; checkboxes; check boxes; tick box; tickbox",
        TargetKind.RADIO: "radio button; radio; option button; radio buttons",
        TargetKind.TABLE_ROW: "row; line; table row; rows",
        TargetKind.DIALOG: "pop-up; popup; pop up; pop-up box; popup box; dialog; dialog box; pop-up window; popup window; window; "
        "message box; alert; banner; notice",
        TargetKind.PAGE: "page; screen; website; web site; site; portal; dashboard; web page; home page; "
        "form; application; "
        "menu bar; navigation bar; nav bar; toolbar; tool bar; side bar; sidebar; ribbon",
    }.items()
    for phrase in phrases.split("; ")
}
# "For urgent requests, ...": what a case is or is about.
REQUEST_NOUNS = words_set("request requests order orders case cases")
CASE_NOUNS = REQUEST_NOUNS | words_set(
    "patient member claim authorization referral preauthorization service visit code drug procedure "
    "document image scan x-ray mri drug medication prescription invoice letter appeal "
    "admission stay test device payer plan line line item one encounter surgery treatment inpatient "
    "outpatient"
)
# "For Aetna members", "for the eviCore portal": which cases or pages are meant.
KINDS_BY_NAME = words_set(
    "portal portals site plan plans payer payers member members patient patients subscribers program programs "
    "insurers customers providers practices claims requests orders cases referrals policies residents clients"
)
# Parts of a page: they say where a label stands.
PLACE_NOUNS = words_set(
    "section panel area pane column table group heading header card widget screen page window tab form menu "
    "navigation dialog sidebar bar list folder module"
)
LONGEST_NOUN = max(map(len, CONTROL_NOUNS))

DETERMINERS = words_set(
    "the a an your their its his her our this that these those each every any all both some another "
    "whichever whatever"
)
EVERY = frozenset({"each", "every", "all"})
PRONOUNS = frozenset({"it", "them", "that", "this", "one"})
# What a field is called that one chooses or types a property into: "choose the Rebill Type".
PROPERTY_NOUNS = words_set(
    "type name date code status reason number category level method format state provider payer location "
    "facility program relationship role priority frequency class specialty gender sex plan insurance id "
    "device"
)
# Among those, what a field offers to choose from.
CHOSEN_KINDS = words_set(
    "type status level category method format relationship priority class setting frequency"
)
# What a list on the page holds one of for this case.
RECORDS = words_set(
    "request authorization auth auth. claim case referral encounter order patient member appointment "
    "prescription episode account client appeal"
)
# What else a row of a list may stand for.
LISTED = words_set(
    "check invoice remittance payment provider payer physician doctor practitioner prescriber facility "
    "medication drug visit batch subscriber dependent document prescription insurance eob era statement"
)
LISTS = words_set("list table results log grid queue worklist inbox history")
# Headings over what can be done; what stands under them is clicked, not chosen.
COMMANDS = words_set(
    "links actions tools options resources tasks reports apps menu settings shortcuts services"
)
SUBJECTS = words_set("you we they i you're you've they're we're you'll we've")
# What an icon without a label shows: "the search icon".
ICONS = words_set("search menu list table form options")
COLOURS = words_set("blue green red grey gray orange yellow black white purple dark light")
HAPPENS = words_set("receive see be get notice find hear")
SHOWN_THEN = words_set(
    "appears opens loads refreshes reloads closes disappears displays shows changes updates expands turns pops"
)
PLACES_OF_CARE = words_set("location place facility address state office site hospital county")
COMPARING = words_set("starts begins contains matches equals has shows appears says reads")
FINDING = frozenset({"find", "look for", "locate", "look up", "find out", "identify"})
# "the status of the request", "look for the reason": what a page tells, and nobody types.
TOLD_NOUNS = words_set("status reason reasons result results decision outcome error errors message response")
# Before a name, these tell how much of it; all of it is meant.
QUANTIFIERS = tuple(
    tuple(q.split())
    for q in (
        [
            "some or all of",
            "all or part of",
            "a full or partial",
            "full or partial",
            "all of",
            "some of",
            "any of",
            "one or more",
            "one or several",
            "the first few letters of",
            "the first few characters of",
            "the first letters of",
            "the beginning of",
            "at least one",
        ]
    )
)
IDIOMS = (
    ("whichever", "applies"),
    ("as", "well"),
    ("as", "applicable"),
    ("as", "appropriate"),
    ("as", "needed"),
    ("as", "required"),
    ("if", "any"),
    ("in", "question"),
    ("of", "interest"),
    ("of", "your", "choice"),
    ("one", "by", "one"),
    ("one", "at", "a", "time"),
)
FIRST_OF_IDIOMS = frozenset(idiom[0] for idiom in IDIOMS)
FILLERS = words_set(
    "valid exact hyperlinked underlined bolded highlighted linked correct right appropriate relevant applicable proper matching corresponding desired needed following "
    "required necessary full complete"
)
ADVERBS = words_set(
    "also too now again just simply automatically here there please only then instead itself themselves afterwards"
)

PREPOSITIONS: frozenset[tuple[str, ...]] = frozenset(
    tuple(p.split())
    for p in [
        "in",
        "into",
        "inside",
        "within",
        "on",
        "onto",
        "under",
        "underneath",
        "below",
        "from",
        "at",
        "with",
        "to",
        "as",
        "for",
        "by",
        "next to",
        "beside",
        "left of",
        "right of",
        "to the left of",
        "to the right of",
        "above",
        "near",
        "via",
        "through",
        "using",
        "of",
        "of kind",
        "before",
        "after",
        "against",
        "off",
        "out of",
        "against",
        "per",
        "during",
        "across",
        "across from",
        "without",
        "except",
        "instead of",
        "than",
        "like",
        "excluding",
        "including",
        "between",
        "in front of",
        "opposite",
    ]
)
LONGEST_PREPOSITION = max(map(len, PREPOSITIONS))
FIRST_OF_PREPOSITIONS = frozenset(phrase[0] for phrase in PREPOSITIONS)
BESIDE = frozenset(
    {"next to", "beside", "left of", "right of", "to the left of", "to the right of", "near", "in front of",
     "opposite", "across from"}
)  # fmt: skip
INSIDE = frozenset(
    {"in", "into", "inside", "within", "on", "onto", "under", "underneath", "below", "at", "from"}
)

# Lead-ins that tell the order and nothing else.
SEQUENCE_WORDS = words_set(
    "just simply over then next first second third finally lastly now afterwards afterward subsequently please and also "
    "last additionally later meanwhile eventually"
)
_DID = (
    r"(?:submit(?:t?ed|ting)?|sav(?:ed?|ing)|upload(?:ed|ing)?|complet(?:ed?|ing)|finish(?:ed|ing)?|send(?:ing)?|"
    r"sent|enter(?:ed|ing)?|review(?:ed|ing)?|add(?:ed|ing)?|attach(?:ed|ing)?|done|doing|made|making|"
    r"chang(?:ed?|ing)|updat(?:ed?|ing)|confirm(?:ed|ing)?|verif(?:y|ied|ying)|fill(?:ed|ing)?(?: in| out)?)"
)
DONE_PHRASES = (
    rf"(?:(?:you|you have|you've|it is|it has been|they are|they have been) )?{_DID}"
    r"(?: (?:it|this|that|them|everything|all|(?:the|your|all|all the|these|each) (?:[\w']+ ){0,2}[\w']+))?",
    r"(?:that|this|it|these|which)",
    r"(?:the|your) (?:\w+ ){0,2}\w+ (?:completes|finishes|ends|(?:has|have) (?:completed|finished|ended))",
    r"you (?:are|have) (?:satisfied|happy|sure|certain|done|finished)(?: with (?:it|them|the \w+))?",
    r"you (?:find|found|have found|see|have|are on|reach|have reached) (?:it|them|the \w+(?: \w+)?)",
    r"(?:you(?:'re| are| have|'ve)? )?(?:done|finished|ready|complete|completed)",
    r"(?:everything|all|all (?:the )?(?:fields|information|data)|it|this|that|the \w+(?: \w+)?)"
    r" (?:is|are|has been|have been|was) (?:entered|complete|completed|done|finished|filled(?: in| out)?|"
    r"located|found|selected|saved|added|open|opened)(?: in the \w+)?",
    r"the end",
    r"(?:everything|all)(?: (?:that is |that's )?(?:required|needed|necessary))? "
    r"(?:is|has been) (?:in|there|entered|filled in)",
)

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

SECTION_TITLES: dict[str, SectionRole] = {
    "sign in": SectionRole.SIGN_IN,
    "signing in": SectionRole.SIGN_IN,
    "log in": SectionRole.SIGN_IN,
    "logging in": SectionRole.SIGN_IN,
    "login": SectionRole.SIGN_IN,
    "sign on": SectionRole.SIGN_IN,
    "sign-in": SectionRole.SIGN_IN,
    "if interrupted": SectionRole.IF_INTERRUPTED,
    "when interrupted": SectionRole.IF_INTERRUPTED,
    "if it was interrupted": SectionRole.IF_INTERRUPTED,
    "if the run was interrupted": SectionRole.IF_INTERRUPTED,
    "when something else happens": SectionRole.OTHERWISE,
    "if something else happens": SectionRole.OTHERWISE,
    "if anything else happens": SectionRole.OTHERWISE,
    "when anything else happens": SectionRole.OTHERWISE,
    "something else": SectionRole.OTHERWISE,
    "anything else": SectionRole.OTHERWISE,
    "before you start": SectionRole.BEFORE,
    "before you begin": SectionRole.BEFORE,
    "before": SectionRole.BEFORE,
    "about": SectionRole.BEFORE,
    "notes": SectionRole.BEFORE,
    "background": SectionRole.BEFORE,
    "purpose": SectionRole.BEFORE,
}

WAS_SENT = (
    r"(?:the|this|our) (?:request|submission|authorization|form|message|answer|update|appeal) "
    r"(?:was|has been|is) (?:sent|submitted|received|there|already there)"
)
NOT_SENT = (
    r"(?:the|this|our) (?:request|submission|authorization|form|message|answer|update|appeal) "
    r"(?:was|has|did)(?: not|n't)(?: been)? (?:sent|submitted|received|go through|gone through)",
    r"(?:it|nothing) (?:was (?:not )?|wasn't |has not been )(?:sent|submitted|received)",
)
