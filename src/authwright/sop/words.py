"""The vocabulary of instructions, as data: control nouns, prepositions, small words. Verbs are in `verbs`.

To teach the compiler another way to say something, add it here.
"""

from authwright.core.workflow import SectionRole, TargetKind


def words_set(text: str) -> frozenset[str]:
    """The words of a text, so that a table of words reads like one."""
    return frozenset(text.split())


FILE_WORDS = frozenset(
    {"file", "files", "document", "documents", "attachment", "attachments", "report", "letter"}
)

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
        TargetKind.CHECKBOX: "switch; toggle; slider; toggle switch; checkbox; check box; checkboxes; check boxes; tick box; tickbox",
        TargetKind.RADIO: "radio button; radio; option button; radio buttons",
        TargetKind.TABLE_ROW: "row; line; table row; rows",
        TargetKind.DIALOG: "pop-up; popup; pop up; pop-up box; popup box; dialog; dialog box; pop-up window; popup window; window; "
        "message box; alert; banner; notice",
        TargetKind.PAGE: "page; screen; website; web site; site; portal; dashboard; web page; home page; "
        "form; application; "
        "action bar; button bar; message bar; task bar; icon bar; command bar; status bar; top bar; title bar; "
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
LONGEST_NOUN_FROM = {
    first: max(len(n) for n in CONTROL_NOUNS if n[0] == first) for first in {n[0] for n in CONTROL_NOUNS}
} | dict.fromkeys(PLACE_NOUNS - {n[0] for n in CONTROL_NOUNS}, 1)
"""How long the control and place nouns are that begin with a word."""

DETERMINERS = words_set(
    "the a an your their its his her our this that these those each every any all both some another "
    "whichever whatever"
)
EVERY = frozenset({"each", "every", "all"})
PRONOUNS = frozenset({"it", "them", "that", "this", "one"})
POINTING = DETERMINERS | PRONOUNS
# What a field is called that one chooses or types a property into: "choose the Rebill Type".
PROPERTY_NOUNS = words_set(
    "type name date code status reason number category level method format state provider payer location "
    "facility program relationship role priority frequency class specialty gender sex plan insurance id "
    "device period title discipline branch office contract department region county language urgency"
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
    "links actions tools options resources tasks reports apps menu settings shortcuts services more"
)
SUBJECTS = words_set("you we they i you're you've they're we're you'll we've")
# What an icon without a label shows: "the search icon".
ICONS = words_set("search menu list table form options")
COLOURS = words_set("blue green red grey gray orange yellow black white purple dark light")
PLACES_OF_CARE = words_set("location place facility address state office site hospital county")
# "the status of the request", "look for the reason": what a page tells, and nobody types.
TOLD_NOUNS = words_set("status reason reasons result results decision outcome error errors message response")
# What a page says of a plan, a request or a claim.
STATES = words_set(
    "active inactive eligible ineligible open closed pending approved denied covered current verified submitted "
    "paid final expired enabled"
)
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
            *(
                f"{some} {n} {what} of"
                for some in ("the first", "at least", "at least the first")
                for n in ("two", "three", "four", "2", "3", "4")
                for what in ("letters", "characters")
            ),
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
    ("in", "your", "own", "words"),
    ("so", "far"),
    ("as", "you", "prefer"),
    ("as", "you", "like"),
    ("as", "you", "wish"),
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
    ("one", "file", "at", "a", "time"),
    ("one", "document", "at", "a", "time"),
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
        "toward",
        "towards",
    ]
)
PREPOSITIONS_FROM: dict[str, tuple[tuple[str, ...], ...]] = {
    first: tuple(sorted((p for p in PREPOSITIONS if p[0] == first), key=len, reverse=True))
    for first in {phrase[0] for phrase in PREPOSITIONS}
}
"""By their first word, the longest first."""
BESIDE = frozenset(
    {"next to", "beside", "left of", "right of", "to the left of", "to the right of", "near", "in front of",
     "opposite", "across from"}
)  # fmt: skip
INSIDE = frozenset(
    {
        "in",
        "into",
        "inside",
        "within",
        "on",
        "onto",
        "under",
        "underneath",
        "below",
        "at",
        "from",
        "toward",
        "towards",
    }
)

PLACED = INSIDE | BESIDE

# Lead-ins that tell the order and nothing else.
SEQUENCE_WORDS = words_set(
    "just simply over then next first second third finally lastly now afterwards afterward subsequently please and also "
    "last additionally later meanwhile eventually"
)
_DID = (
    r"(?:submit(?:t?ed|ting)?|sav(?:ed?|ing)|upload(?:ed|ing)?|complet(?:ed?|ing)|finish(?:ed|ing)?|send(?:ing)?|"
    r"sent|enter(?:ed|ing)?|review(?:ed|ing)?|add(?:ed|ing)?|attach(?:ed|ing)?|done|doing|made|making|"
    r"accept(?:ed|ing)?|agree(?:d|ing)?|chang(?:ed?|ing)|updat(?:ed?|ing)|confirm(?:ed|ing)?|verif(?:y|ied|ying)|fill(?:ed|ing)?(?: in| out)?)"
)
DONE_PHRASES = (
    rf"(?:(?:you|you have|you've|it is|it has been|they are|they have been) )?{_DID}"
    r"(?: (?:it|this|that|them|everything|all|(?:the|your|all|all the|these|each) (?:[\w']+ ){0,2}[\w']+)"
    r"(?: (?:to|with) (?:the|your) \w+)?)?",
    r"(?:that|this|it|these|which)",
    r"(?:the|your) (?:\w+ ){0,2}\w+ (?:completes|finishes|ends|(?:has|have) (?:completed|finished|ended))",
    r"you (?:are|have) (?:satisfied|happy|sure|certain|done|finished)(?: with (?:it|them|the \w+))?",
    r"you (?:find|found|have found|see|have|are on|reach|have reached) (?:it|them|the \w+(?: \w+)?)",
    r"(?:you(?:'re| are| have|'ve)? )?(?:done|finished|ready|complete|completed|through)",
    r"(?:everything|all|all (?:the )?(?:fields|information|data)|it|this|that|the \w+(?: \w+)?)"
    r" (?:is|are|has been|have been|was) (?:entered|complete|completed|done|finished|filled(?: in| out)?|"
    r"located|found|selected|saved|added|open|opened)(?: (?:in|on) the \w+)?",
    r"all (?:the |of the )?(?:[\w-]+ )?\w+s (?:is|are|has been|have been) (?:entered|added|listed|filled in|complete)",
    r"(?:all )?(?:your|the|these) (?:[\w-]+ )?(?:changes|entries|edits|selections|answers|information|details|data)"
    r" (?:is|are|has been|have been) (?:made|done|in|in place|complete|completed|finished|entered|ready)",
    r"the end",
    r"(?:everything|all)(?: (?:that is |that's )?(?:required|needed|necessary))? "
    r"(?:is|has been) (?:in|there|entered|filled in)",
)

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
