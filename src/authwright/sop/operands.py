"""What a verb acts on: labels (quoted, capitalised, plain), data references, places, in a row of pieces.

An operand's edge is where the next preposition, separator, quote or control noun stands.
"""

from dataclasses import dataclass, replace

from authwright.core.data_names import answer_path
from authwright.core.workflow import TargetKind
from authwright.sop import words as w
from authwright.sop.data_words import longest_name, path_in_line, path_of
from authwright.sop.edges import (
    closing,
    dates_of,
    edge_at,
    ends_operand,
    label_run,
    noun_at,
    plain_run,
    with_small_words,
)
from authwright.sop.errors import ReadingError
from authwright.sop.tokens import Kind, Token, Tokens


@dataclass(frozen=True, slots=True)
class Operand:
    """`text` is the bare name, without determiner and control noun ("" when only those are there).

    `shape` tells how it was written: quoted, named (capitalised), plain, or pronoun. `noun` is the
    control noun as written, `kind` what it stands for. `every`: each, every or all.
    """

    text: str
    shape: str
    at: int
    det: str = ""
    noun: str = ""
    kind: TargetKind | None = None
    every: bool = False
    path: str | None = None
    aside: Tokens = ()
    """What stands in brackets after it."""

    @property
    def is_label(self) -> bool:
        return self.shape in ("quoted", "named")

    @property
    def is_place(self) -> bool:
        """A part of a page rather than a control: "the Requester section"."""
        return self.noun.split(" ")[-1] in w.PLACE_NOUNS and self.kind is not TargetKind.DROPDOWN

    @property
    def spoken_words(self) -> frozenset[str]:
        """The words of its name and its control noun, in lower case."""
        return frozenset(f"{self.text} {self.noun}".lower().split())

    @property
    def spoken(self) -> str:
        """The author's words for it as data: "the member ID"."""
        return f"{self.det} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Item:
    """One object of the verb with its prepositions; `joined` is what stands before it."""

    head: Operand | None
    preps: tuple[tuple[str, Operand], ...]
    joined: str
    at: int

    def prep(self, *names: str) -> Operand | None:
        return next((op for name, op in self.preps if name in names), None)

    def without(self, *names: str) -> "Item":
        return replace(self, preps=tuple(p for p in self.preps if p[0] not in names))


def scan_operand(tokens: Tokens, i: int) -> tuple[Operand, int] | None:
    """The operand at `i` and the index after it, or None when none stands there."""
    start = i
    dets: list[str] = []
    i = after_quantifier(tokens, i)
    if i > start:
        dets.append("the")
    while i < len(tokens) and tokens[i].kind is Kind.WORD and _stands_before(tokens, i):
        if _is_name(tokens, i):
            break
        dets.append(tokens[i].low)
        i += 1
    det = next((d for d in dets if d in w.DETERMINERS), "")
    every = bool(w.EVERY.intersection(dets))
    if (
        dets
        and i + 1 < len(tokens)
        and tokens[i].text in ("new", "different")
        and tokens[i + 1].text == "one"
    ):
        return Operand("it", "pronoun", tokens[start].start, det), i + 2
    if i < len(tokens) and tokens[i].text == "one" and dets:
        return Operand("it", "pronoun", tokens[start].start, det), i + 1
    if i >= len(tokens) or (tokens[i].kind is Kind.WORD and ends_operand(tokens, i)):
        if det in w.PRONOUNS or (dets and dets[-1] in w.PRONOUNS):
            return Operand("it", "pronoun", tokens[start].start, det), i
        return None
    token = tokens[i]
    at = token.start
    if token.text == "yours":
        return Operand("it", "pronoun", at, "your"), i + 1
    if length := _noun_before_label(tokens, i):
        found, j = _renamed(_bare_noun(tokens, i, length, det), tokens, i + length)
    elif token.kind is Kind.QUOTED:
        found, j = Operand(token.text, "quoted", at, det, every=every), i + 1
    elif token.kind is Kind.PUNCT:
        return None
    elif token.low in ("it", "them", "one") and ends_operand(tokens, i + 1):
        return Operand("it", "pronoun", at), i + 1
    else:
        found, j = _words_operand(tokens, i, det, every)
    found, j = _with_owner(found, tokens, j)
    return _with_tail(found, tokens, j)


_BEFORE_LABELS = w.COLOURS | {"new", "own"}
_BEFORE_NAMES = w.DETERMINERS | w.FILLERS


def _stands_before(tokens: Tokens, i: int) -> bool:
    """A determiner, a filler such as "right", or a colour in front of a label: "the blue Next button"."""
    if tokens[i].low in _BEFORE_NAMES:
        return True
    labelled = i + 1 < len(tokens) and (tokens[i + 1].kind is Kind.QUOTED or tokens[i + 1].capital)
    return labelled and tokens[i].text in _BEFORE_LABELS


def _noun_before_label(tokens: Tokens, i: int) -> int:
    """ "the tab Additional Requests", "the field "Fax"": the length of the noun, which stands first."""
    length = noun_at(tokens, i)
    j = i + length
    if not length or j >= len(tokens):
        return 0
    return length if tokens[j].kind is Kind.QUOTED or tokens[j].capital else 0


def _bare_noun(tokens: Tokens, i: int, length: int, det: str) -> Operand:
    phrase = tuple(t.low for t in tokens[i : i + length])
    kind = w.CONTROL_NOUNS.get(phrase)
    return Operand("", "plain", tokens[i].start, det, noun=" ".join(phrase), kind=kind)


def _with_owner(found: Operand, tokens: Tokens, j: int) -> tuple[Operand, int]:
    """ "the NPI of the rendering provider" is the rendering provider's NPI, if the table has it."""
    if j + 1 >= len(tokens) or tokens[j].text not in ("of", "for", "to") or found.shape == "quoted":
        return found, j
    if tokens[j + 1].kind is Kind.QUOTED and found.text.lower() == "answer" and found.det:
        question = tokens[j + 1].text
        answer = replace(found, text=f'answer to "{question}"', path=answer_path(question), shape="plain")
        return answer, j + 2
    if tokens[j].text == "to":
        return found, j
    if tokens[j + 1].low in w.EVERY:
        return found, j
    start = j + 2 if tokens[j + 1].low in w.DETERMINERS else j + 1
    length = longest_name(tokens, start, len(tokens)) if start < len(tokens) else 0
    owner = " ".join(t.low for t in tokens[start : start + length])
    last = found.text.lower().split(" ")[-1]
    other = owner == "person" and [t.low for t in tokens[start + 1 : start + 2]] in (
        ["who"],
        ["whom"],
        ["that"],
        ["to"],
    )
    known = _owned(owner, found.text) if length and not other else None
    described = (
        tokens[j].text == "of"
        and owner != "service line"
        and found.shape == "plain"
        and last in _OF_SOMETHING
    )
    if described and not known:
        run = plain_run(tokens, j + 1)
        whole = " ".join(t.text for t in tokens[j : j + 1 + run])
        return replace(found, text=f"{found.text} {whole}"), j + 1 + run  # "the number of visits"
    if tokens[j].text == "for" and last == "reason" and found.shape == "plain" and found.det and not known:
        run = plain_run(tokens, start)
        whole = f"{found.text} for the {' '.join(t.text for t in tokens[start : start + run])}"
        return replace(found, text=whole, path=path_of(whole) or path_of("reason")), start + run
    path = known or (
        path_in_line(f"{owner}'s {found.text}") if tokens[j].text == "of" and found.det else None
    )
    if path is None:
        return found, j
    spoken = f"{found.text} {tokens[j].text} the {owner}"
    return replace(found, text=spoken, path=path, shape="plain"), start + length


def _owned(owner: str, noun: str) -> str | None:
    return path_of(f"{owner}'s {noun}") or path_of(f"{owner} {noun}")


_OF_SOMETHING = w.PROPERTY_NOUNS | w.TOLD_NOUNS | w.words_set("kind amount level address phone total cost")


def _is_name(tokens: Tokens, i: int) -> bool:
    """A small word that is the label itself, or its beginning: "click A", "select All Claims"."""
    if not tokens[i].text[0].isupper():
        return False
    return ends_operand(tokens, i + 1) or noun_at(tokens, i + 1) > 0 or tokens[i + 1].capital


_QUANTIFIERS_FROM: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
for _phrase in w.QUANTIFIERS:
    _QUANTIFIERS_FROM.setdefault(_phrase[:2], []).append(_phrase)  # by their first two words


def after_quantifier(tokens: Tokens, i: int) -> int:
    """The index behind "some or all of", "the first three letters of"; `i` when none stands there."""
    if i + 1 >= len(tokens):
        return i
    for phrase in _QUANTIFIERS_FROM.get((tokens[i].low, tokens[i + 1].low), ()):
        if tuple(t.low for t in tokens[i : i + len(phrase)]) == phrase:
            return i + len(phrase)
    return i


def _words_operand(tokens: Tokens, i: int, det: str, every: bool) -> tuple[Operand, int]:
    name = longest_name(tokens, i, len(tokens))
    run = label_run(tokens, i) if tokens[i].capital else 0
    offers = tokens[i].capital and not det and any(t.low == "or" for t in tokens[i : i + name])
    acronym = name and i + name < len(tokens) and tokens[i + name].low in _BARE
    if name and name > run and not offers and not acronym and edge_at(tokens, i + name):
        length, shape = name, "plain"
    elif run:
        owned = tokens[i + run - 1].text.endswith(("'s", "s'"))  # "the Client's profile"
        run = run if owned else with_small_words(tokens, i, run, det)
        length, shape = run, "named"
        possessive = tokens[i + run - 1].text.endswith(("'s", "s'"))
        if possessive and not ends_operand(tokens, i + run):
            length, shape = run + plain_run(tokens, i + run), "plain"
    elif _owner(tokens[i]) and (
        run := label_run(tokens, i + 1) if i + 1 < len(tokens) and tokens[i + 1].capital else 0
    ):
        whole = " ".join(t.text for t in tokens[i : i + 1 + run])
        text = " ".join(t.text for t in tokens[i + 1 : i + 1 + run])
        shape = "plain" if text.isupper() and (path_of(whole) or text.lower() in _BARE) else "named"
        text = whole if shape == "plain" else text
        return Operand(text, shape, tokens[i].start, det, every=every, path=path_of(whole)), i + 1 + run
    else:
        length, shape = plain_run(tokens, i), "plain"
    text = " ".join(t.text for t in tokens[i : i + length])
    return Operand(text, shape, tokens[i].start, det, every=every, path=path_of(text)), i + length


# With an owner these are data, whatever their case: "the patient's ID".
_BARE = frozenset({"id", "npi", "tin", "dob", "ssn", "mrn"})


def _owner(token: Token) -> bool:
    return token.text.endswith(("'s", "s'"))


_CONTROLS = frozenset({"Tab", "Button", "Link"})
"""With "the" before it, these are no part of the label either: "the Claims Tab"."""


def _with_tail(found: Operand, tokens: Tokens, j: int) -> tuple[Operand, int]:
    """Take in the control noun, 'titled "X"', 'that reads "X"' and brackets that follow."""
    if j < len(tokens) and found.shape == "named" and dates_of(tokens, j):
        j += 1
    own, _, noun = found.text.rpartition(" ")
    if found.shape == "named" and found.det and own and noun in _CONTROLS:
        return replace(
            found, text=own, noun=noun.lower(), kind=w.CONTROL_NOUNS[(noun.lower(),)], path=path_of(own)
        ), j
    if length := noun_at(tokens, j):
        phrase = tuple(t.low for t in tokens[j : j + length])
        noun = " ".join(phrase)
        found = replace(found, noun=noun, kind=w.CONTROL_NOUNS.get(phrase))
        j += length
    if not found.text and found.noun.startswith("search "):
        found = replace(found, text=found.noun, noun="field")  # the runner knows it as the search field
    if j < len(tokens) and tokens[j].low in ("titled", "named", "labelled", "labeled", "called"):
        found, j = _renamed(found, tokens, j + 1)
    elif (
        j + 1 < len(tokens) and tokens[j].low in ("that", "which") and tokens[j + 1].low in ("reads", "says")
    ):
        found, j = _renamed(found, tokens, j + 2)
    if j < len(tokens) and tokens[j].text == "(" and tokens[j].kind is Kind.PUNCT:
        return _with_aside(found, tokens, j)
    return found, j


def _renamed(found: Operand, tokens: Tokens, j: int) -> tuple[Operand, int]:
    name = scan_operand(tokens, j)
    if name is None or not name[0].is_label:
        return found, j
    noun = found.noun or found.text.split(" ")[-1]
    kind = found.kind or w.CONTROL_NOUNS.get((noun,))
    return replace(
        found, text=name[0].text, shape=name[0].shape, at=name[0].at, noun=noun, kind=kind, path=None
    ), name[1]


_BINDING = w.words_set("if unless only when except not once until default first must should never no without")


_FILE_KINDS = w.words_set("pdf tiff tif jpg jpeg png csv xls xlsx doc docx or and , only files file")


def _refuse_binding(inner: Tokens) -> None:
    if [t.low for t in inner[:2]] == ["without", "it"]:
        return  # says what happens otherwise
    if all(t.low in _FILE_KINDS for t in inner):
        return  # "(PDF only)": what kind of file
    for token in inner:
        if token.kind is Kind.WORD and token.low in _BINDING:
            raise ReadingError(
                "SOP012",
                token.start,
                "what stands in brackets changes the instruction",
                "write it as a sentence without brackets",
            )


def after_aside(tokens: Tokens, j: int) -> int:
    """The index after the brackets at `j`, whose content says nothing that must be done."""
    close = closing(tokens, j)
    _refuse_binding(tokens[j + 1 : close])
    return close + 1


def _is_of_label(inner: Tokens, label: str) -> bool:
    """ "Authorization Request (278)", "My Referrals (Sent)"; not "PA (Prior Authorization)"."""
    if not 0 < len(inner) < 3 or not all(t.capital and t.kind is Kind.WORD for t in inner):
        return False
    first = "".join(t.text[0] for t in inner).lower()
    expands = len(inner) > 1 and label.split(" ")[-1].lower() == first
    return not expands and all(t.low not in w.DETERMINERS | w.SEQUENCE_WORDS for t in inner)


def _with_aside(found: Operand, tokens: Tokens, j: int) -> tuple[Operand, int]:
    close = closing(tokens, j)
    inner = tokens[j + 1 : close]
    _refuse_binding(inner)
    more = label_run(tokens, close + 1) if close + 1 < len(tokens) and tokens[close + 1].capital else 0
    if found.shape == "named" and more and not found.noun and len(inner) == 1:
        rest = " ".join(t.text for t in tokens[close + 1 : close + 1 + more])  # "EFT/ERA (835) Enrollment"
        whole = replace(found, text=f"{found.text} ({inner[0].text}) {rest}", path=None)
        return _with_tail(whole, tokens, close + 1 + more)
    if found.shape == "named" and _is_of_label(inner, found.text):
        said = " ".join(t.text for t in inner)
        return replace(found, text=f"{found.text} ({said})"), min(close + 1, len(tokens))
    return replace(found, aside=inner), min(close + 1, len(tokens))
