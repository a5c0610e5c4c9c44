"""Whether a sentence without a readable instruction asks something of the reader: a note, or an error."""

import re
from itertools import pairwise

from authwright.core.diagnostics import did_you_mean
from authwright.sop import verbs
from authwright.sop import words as w
from authwright.sop.clauses import bare_verb, starts_clause
from authwright.sop.errors import ReadingError, two_readings
from authwright.sop.tokens import Kind, Tokens, words_of

VERB_HINT = "use a verb such as click, enter, select, tick, read, check that, attach, wait"


def refuse_if_addressed(tokens: Tokens) -> None:
    """Raises when a sentence without a readable instruction still asks something of the reader."""
    words = [t.low if t.kind is Kind.WORD else "" for t in tokens]
    finite = next((i for i, x in enumerate(words) if x in verbs.FINITE), None)
    if finite is None and words[0] in w.DETERMINERS:
        finite = next((i for i, x in enumerate(words) if i and _third_person(x)), None)
    if tells_by_itself(words):
        return
    if words[0] == "you" and _is_told(words[1:4]):
        return
    acts = next((i for i, x in enumerate(words[1:4], 1) if x in _PEOPLE), 0)
    if acts and words[0] in w.DETERMINERS and _third_person((*words, "")[acts + 1]):
        raise ReadingError(
            "SOP011", tokens[acts].start, f'what the {words[acts]} does can\'t be done in the portal',
            f'write: ask the {words[acts]} to ...',
        )  # fmt: skip
    opens_with = next((i for i, x in enumerate(words) if x in verbs.SHOWN_THEN), 0)
    if (
        opens_with
        and words[opens_with + 1 : opens_with + 2] in (["with"], ["by"])
        and _SYMBOLS.intersection(words)
    ):
        raise ReadingError(
            "SOP011", tokens[opens_with].start, "this tells what a control does, or it is to be clicked",
            'write: click "LABEL"',
        )  # fmt: skip
    if words[0] in verbs.GERUNDS and _CONTROLS.intersection(words):
        raise unknown_verb(tokens)  # "Printing takes the printer icon": an act is told of
    _refuse_unread_act(tokens, words)
    for i, token in enumerate(tokens):
        done_to = (i and _third_person(words[i - 1])) or words[i - 1] in _TO_YOU
        if (
            words[i] == "you"
            and not done_to
            and not _is_told(words[i + 1 : i + 4])
            and not _is_aside(words, i)
        ):
            raise ReadingError(
                "SOP011", token.start, '"you" is told something here that can\'t be read as an instruction',
                "begin with the verb: click, enter, select ...",
            )  # fmt: skip
        _refuse_late_verb(tokens, i, words)
        if words[i] == "by" and words[i + 1 : i + 2] and verbs.GERUNDS.get(words[i + 1]) in _TOUCHED:
            raise ReadingError(
                "SOP011",
                token.start,
                "this tells what a click does, or it is to be clicked",
                'write: click "LABEL"',
            )
        told = i and words[i] in verbs.TOLD_ACTS and token.text[0].islower()
        told = told or (words[i] in verbs.DONE_TO and _in_passive(words, i))
        if (words[i] in verbs.DUTY and words[i - 1] != "you") or told:
            raise ReadingError(
                "SOP011",
                token.start,
                "who does this is not said",
                "begin with the verb: click, enter, select ...",
            )
    if words[0] in verbs.COMMON_VERBS and len(words) > 1 and words[1] and not words[1].endswith("s"):
        raise unknown_verb(tokens)
    if finite is None or finite == 0:
        plural = len(tokens) > 2 and words[0] not in verbs.FIRST_WORDS and _plural_subject(words)
        if not plural:
            raise unknown_verb(tokens)


_PEOPLE = w.words_set(
    "physician doctor nurse clinician therapist biller supervisor manager administrator assistant specialist"
)
_TOUCHED = w.words_set("click press select choose tick check tap open enter type fill add upload attach")
_SYMBOLS = w.words_set("icon button link symbol arrow sign")
_CONTROLS = w.words_set("icon button link tab menu field checkbox box")


def _in_passive(words: list[str], i: int) -> bool:
    """ "can be added", "is opened from the menu": an act. "Patients are added as ..." tells what happens."""
    through = words[i + 1 : i + 2] in (["from"], ["by"], ["with"], ["through"], ["via"])
    return words[i - 1] in ("be", "been") or (words[i - 1] in ("is", "are") and through)


def _refuse_unread_act(tokens: Tokens, words: list[str]) -> None:
    """An imperative with an unknown verb, a label with its colon, a path or a button told of."""
    commands = len(tokens) > 1 and words[0] not in _OPENS_STATEMENT and not words[0].endswith("ly")
    if commands and words[0] and (words[1] in _OBJECTS or tokens[1].kind is Kind.QUOTED):
        raise unknown_verb(tokens)
    mark = next((t for t in tokens if t.kind is Kind.PUNCT and t.text in (":", ">")), None)
    if mark is not None:
        raise ReadingError(
            "SOP012", mark.start, f'can\'t read what stands around "{mark.text}"',
            'write "LABEL: the value", or begin with the verb',
        )  # fmt: skip
    named = len(tokens) > 1 and words[0] in verbs.ACTS | verbs.BUTTON_VERBS
    if named and tokens[1].capital and not _button_told_of(tokens, words):
        raise unknown_verb(tokens)
    same = next((i for i, x in enumerate(words[:-1]) if (x, words[i + 1]) in _AS_BEFORE), None)
    if same is not None:
        raise ReadingError(
            "SOP012", tokens[same].start, "what to do here is only compared with something else",
            "write the steps out",
        )  # fmt: skip
    if label := _button_told_of(tokens, words):
        raise two_readings(
            tokens[0].start, f'this tells what "{label}" does, or it is to be clicked',
            f'click "{label}"', "leave the sentence out",
        )  # fmt: skip


def _third_person(word: str) -> bool:
    """ "The system assigns a number"."""
    return word.endswith("s") and word[:-1] in verbs.ACTS


def tells_by_itself(words: list[str]) -> bool:
    """ "The rest is filled in for you", "... updates itself": told, and done by the page."""
    text = " ".join(words)
    told = _ITSELF.search(text) or (not _TOUCHED.intersection(words) and _TOLD.search(text))
    return words[0] not in verbs.ACTS and bool(told)


_BECOMES = r"\b(?:is|are|gets?|was|were|will be|has been|have been)"
_ITSELF = re.compile(
    rf"{_BECOMES} (?:\w+ ){{1,2}}(?:for you|by itself|automatically|by the (?:system|portal|page|site))$"
    rf"|{_BECOMES} (?:automatically|already) \w+(?: in| out| up)?(?: for you)?$"
    r"|\b(?:fill|populate|appear|load|update|come|show|carry)s?(?: in| up| over)? "
    r"(?:automatically|by itself|by themselves)$"
    r"|\w+s (?:itself|themselves)(?: in| out| up)?$"
)
# What the page does with the reader, what can't be, and rules of a form; an act besides is not among it.
_TOLD = re.compile(
    r"^you have \w+ (?:minutes|hours|days|weeks|months|attempts|tries)\b|"
    rf"{_BECOMES} filled(?: in| out)?(?:$| (?:from|by|with|when|as|once)\b)"
    r"|\b(?:cannot|can't|can not|won't|will not|could not) be \w+ed\b"
    r"|\byou(?:'re| are| will be| get| were)(?: then| now| automatically)? "
    r"(?:taken|brought|returned|redirected|directed|sent|led|moved|logged|signed|notified|shown|given)\b"
    r"|^you (?:won't|will not|cannot|can't|can not|are not able|aren't able|will no longer|do not need|"
    r"don't need|need not|don't have) "
    r"|^(?:at least|at most|up to|no more than|only) (?:\w+ ){1,4}"
    r"(?:has|have|must|can|may|needs?|should)(?: to)? be "
    r"|^(?:other|additional|further|more) (?:\w+ ){1,4}(?:can|may)(?: also)? be "
)
_OBJECTS = w.DETERMINERS - {"that", "another"} | w.words_set("it them whatever what whether everything")
_OPENS_STATEMENT = (
    w.DETERMINERS
    | w.PRONOUNS
    | w.ADVERBS
    | {p[0] for p in w.PREPOSITIONS}
    | w.words_set(
        "and but or so because since although though there he she we they i what who which where when while "
        "not no none nothing everything anything something somebody someone everyone few many most more "
        "both either neither such same other here how why is are was were has have does do even usually "
        "sometimes often always never soon today yes"
    )
)
_AS_BEFORE = frozenset(
    {
        ("same", "way"),
        ("same", "treatment"),
        ("same", "thing"),
        ("same", "for"),
        ("same", "with"),
        ("likewise", "for"),
    }
)


def _button_told_of(tokens: Tokens, words: list[str]) -> str:
    """ "Save & Rebill finishes it": a button's label as the subject of the sentence."""
    if tokens[0].kind is Kind.QUOTED:
        end = 1
    else:
        end = next((i for i, t in enumerate(tokens) if not t.capital and t.text != "&"), len(tokens))
    first = tokens[0].low.split(" ")[0]
    acts = (
        first in verbs.BUTTON_VERBS or first in verbs.VAGUE_VERBS or (first in verbs.FIRST_WORDS and end > 1)
    )
    told = end < len(tokens) and words[end].endswith("s") and words[end] not in ("is", "was", "has")
    return words_of(tokens[:end]).strip('"') if end and acts and told else ""


def _is_told(after: list[str]) -> bool:
    """ "You will receive a number": tells what happens, not what to do."""
    happens = [x for x in after if x not in ("then", "now", "also")]
    return (
        happens[:1] in (["will"], ["should"], ["may"]) and happens[1:2] != [] and happens[1] in verbs.HAPPENS
    )


def _is_aside(words: list[str], i: int) -> bool:
    """ "what you have answered", "how far along you are": told of the reader, who does nothing by it."""
    if words[i + 1 : i + 2] == [] or words[i - 1] in _CONTROLS:
        return False
    if words[i - 1] in _BINDS and not _TOUCHED.intersection(words[i + 1 : i + 3]):
        return True  # "... are shown unless you pick another"
    reduced = words[i + 1] in _HAS and bool(w.DETERMINERS.intersection(words[max(0, i - 4) : i]))
    tied = _TIES.intersection(words[max(0, i - 8) : i])
    return reduced or (bool(tied) and words[i + 1] not in verbs.ACTS)


_BINDS = w.words_set("unless until once when if before after while because since as")
_HAS = w.words_set("gave need want entered chose have had requested submitted sent saved gave typed")
_TIES = w.words_set("what how that which where who whom whose than")


def _refuse_late_verb(tokens: Tokens, i: int, words: list[str]) -> None:
    """ "Next week click Save": an instruction behind words that have no place."""
    late = i and (bare_verb(tokens, i) or (starts_clause(tokens, i) and words[i - 1] != "or"))
    late = late or (i > 1 and words[i - 1] == "so" and words[i] in verbs.ACTS)
    if late:
        raise ReadingError(
            "SOP012",
            tokens[0].start,
            f'can\'t place "{words_of(tokens[:i])}" before "{tokens[i].text}"',
            f'begin with the verb, "{tokens[i].text} ...", or make it a sentence of its own',
        )


_TO_YOU = w.words_set("takes brings sends returns gives tells shows asks signs leads logs moves guides puts")
_BETWEEN = w.ADVERBS | {"below", "above", "also", "usually", "always", "may", "can"}


def _plural_subject(words: list[str]) -> bool:
    """ "Matching providers show up ...": a plural noun, then a verb without s."""
    return any(
        before.endswith("s") and (after in verbs.FIRST_WORDS or after + "s" in verbs.FINITE)
        for before, after in pairwise([x for x in words[:6] if x not in _BETWEEN])
    )


def unknown_verb(tokens: Tokens) -> ReadingError:
    first = tokens[0]
    if first.kind is not Kind.WORD:
        return ReadingError("SOP011", first.start, "this sentence has no verb", VERB_HINT)
    if first.low == "right-click" or [t.low for t in tokens[:2]] == ["right", "click"]:
        return ReadingError(
            "SOP011", first.start, "a right-click is no click: its menu comes up for it alone",
            "name the button or menu of the page that does the same",
        )  # fmt: skip
    if first.low in verbs.VAGUE_VERBS:
        return ReadingError(
            "SOP011", first.start, f'"{first.text}" does not say what to do on the page', VERB_HINT
        )
    known = tuple(" ".join(phrase) for phrase in verbs.VERBS)
    suggestions = did_you_mean(first.low, known)
    return ReadingError(
        "SOP011", first.start, f'"{first.text}" is no verb known here', VERB_HINT, suggestions
    )
