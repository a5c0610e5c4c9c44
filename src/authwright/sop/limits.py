"""How long a text or how large a file may be: checked before typing or sending, never cut to fit."""

import re
from dataclasses import dataclass, replace

from authwright.core.workflow import Action, Step, Value
from authwright.sop.amend import amend_last, flat
from authwright.sop.clauses import verb_at
from authwright.sop.data_words import path_of, reference
from authwright.sop.errors import ReadingError
from authwright.sop.openings import Reading
from authwright.sop.scene import Scene
from authwright.sop.tokens import Kind, Tokens, words_of

_BYTES = {"kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "megabytes": 1_000_000, "kilobytes": 1_000}
_N = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_CHARS = r"(?:characters|chars|char|letters)(?: long| in length)?(?:,? (?:including|with|counting) spaces| and no more)?"
_SIZE = r"(?P<unit>kb|mb|gb|megabytes|kilobytes)(?: each| in size| per file)?"
_UNIT = rf"(?:{_CHARS}|{_SIZE})"
_MOST = (
    r"(?:at most|up to|max(?:\.|imum|imal)?:?|no more than|not more than|no longer than|not longer than|limit:?|limited to|a maximum of|"
    r"no larger than|not larger than|not over|less than or equal to|maximum of|not above)"
)
_UNDER = r"(?:under|below|less than|fewer than)"
# A phrase that stands in brackets or behind a comma.
PHRASE = re.compile(
    rf"(?:(?:keep|that is|it must be|must be|this must be|they must be|it is|is|with|of)(?: (?:it|them|this))? )?"
    rf"(?:{_MOST}|(?P<under>{_UNDER})) {_N} ?{_UNIT}(?:,.*)?|{_N.replace('?P<n>', '?P<n2>')} ?"
    rf"{_UNIT.replace('?P<unit>', '?P<unit2>')} (?:max(?:imum|\.)?|at most|or less|limit)(?:,.*)?",
    re.IGNORECASE,
)
_WHAT = r"(?:(?P<what>.+?) )?"
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WHAT}(?:must|may|can|should|shall|is|are)(?: not|n't|not) (?:allowed to )?(?:be )?(?:have )?(?:longer|more|larger|bigger|greater|over|above|exceed)(?: than| the)? ?{_N} ?{_UNIT}",
        rf"{_WHAT}(?:must|may|can|should|shall)(?: not|not) exceed {_N} ?{_UNIT}",
        rf"{_WHAT}(?:must|may|can|should|has to|have to|needs to) (?:be|have|stay|hold|remain) {_MOST} {_N} ?{_UNIT}",
        rf"{_WHAT}(?:must|may|can|should|has to|have to|needs to) (?:be|have|stay|hold|remain) (?P<under>{_UNDER}) {_N} ?{_UNIT}",
        rf"{_WHAT}(?:is|are) limited to {_N} ?{_UNIT}",
        rf"{_WHAT}(?:holds?|takes?|allows?|accepts?|has room for) (?:only |{_MOST} )?{_N} ?{_UNIT}",
        rf"(?:there is )?(?:a )?(?:limit|maximum)(?: is)?(?: of)?:? {_N} ?{_UNIT}",
        rf"(?:no|every|each)(?: single)? (?P<what2>file|document|attachment)s? (?:may |can |must )?(?:be )?(?:not )?(?:larger|bigger|over|above|exceed|more)(?: than)? ?{_N} ?{_UNIT}",
        rf"no (?P<what3>file|document|attachment)s? (?:over|above|larger than|bigger than) {_N} ?{_UNIT}",
        rf"(?P<what4>files|documents|attachments) (?:over|above|larger than|bigger than) {_N} ?{_UNIT} (?:are|will be) (?:not accepted|rejected|refused)",
        rf"(?:keep|hold) (?P<what5>.+?) (?:{_MOST}|(?P<under2>{_UNDER})|to) {_N} ?{_UNIT}",
    )
)
_THEM = frozenset(
    {
        "it",
        "they",
        "this",
        "that",
        "these",
        "the text",
        "them",
        "the field",
        "the box",
        "the document",
        "the file",
    }
)


@dataclass(frozen=True, slots=True)
class Limit:
    """`length` in characters or `size` in bytes; one of them is set."""

    length: int | None = None
    size: int | None = None

    @property
    def fits(self) -> frozenset[Action]:
        return frozenset({Action.FILL}) if self.length else frozenset({Action.UPLOAD})

    def on(self, step: Step) -> Step:
        if self.length:
            return replace(step, max_length=self.length)
        return replace(step, max_bytes=self.size)


def _limit_of(found: re.Match[str]) -> Limit:
    held = found.groupdict()
    number = held.get("n") or held.get("n2") or "0"
    unit = (held.get("unit") or held.get("unit2") or "").lower()
    less = 1 if held.get("under") or held.get("under2") else 0
    plain = number.replace(",", "").rstrip(".")
    if unit:
        return Limit(size=int(float(plain) * _BYTES[unit]) - less)
    return Limit(length=max(int(float(plain)) - less, 1))


def limit_in(words: str) -> Limit | None:
    """A limit that is all these words say: "max. 2,000 characters"."""
    found = PHRASE.fullmatch(words.strip(" ."))
    return _limit_of(found) if found else None


def limit_sentence(tokens: Tokens, scene: Scene) -> Reading | None:
    """ "They must not be longer than 2,000 characters": of the field before, or of the one that is named."""
    words = words_of(tokens).strip(" .,")
    if verb_at(tokens, 0, first=True) and tokens[0].low not in ("keep", "hold", "limit"):
        return None  # "Type X into Y, which holds 2,000 characters": an act with its limit
    found = PHRASE.fullmatch(words) or next((m for p in _SENTENCES if (m := p.fullmatch(words))), None)
    if found is None:
        return None
    held = found.groupdict()
    what = next((held[k] for k in ("what", "what2", "what3", "what4", "what5") if held.get(k)), "")
    limit = _limit_of(found)
    _apply(limit, what.strip(), tokens, scene)
    return Reading((scene.ctx.step(Action.NOTE, tokens[0].start),))


def _apply(limit: Limit, what: str, tokens: Tokens, scene: Scene) -> None:
    bare = re.sub(r"^(?:the|each|every|any|your|all) ", "", what.lower()).strip('" ')
    files = limit.size is not None and bare.rstrip("s") in ("file", "document", "attachment", "single file")

    def named(step: Step) -> bool:
        said = (str(step.target or "").lower(), (step.document_kind or "").lower())
        known = step.value is not None and step.value.ref is not None and path_of(bare) == step.value.ref
        near = any(bare in s.split() or bare.rstrip("s") + "s" in s.split() or bare == s for s in said if s)
        return step.action in limit.fits and (known or near)

    def fits(step: Step) -> bool:
        return step.action in limit.fits

    if bare and bare not in _THEM and what.lower() not in _THEM and not files:
        if amend_last(scene.steps, named, limit.on):
            return
        if limit.length and path_of(bare):
            value: Value = reference(what, bare)
            scene.steps.append(
                scene.ctx.step(Action.VERIFY, tokens[0].start, value=value, max_length=limit.length)
            )
            return
        last = next((s for s in reversed(list(flat(scene.steps))) if s.action in limit.fits), None)
        if last is None or sum(fits(s) for s in flat(scene.steps[-1:])) != 1:
            raise ReadingError(
                "SOP014", tokens[0].start, f'which field or file "{what}" is, is not clear',
                "name the field by its label, or put the limit in brackets behind it",
            )  # fmt: skip
    if files or not bare or what.lower() in _THEM or bare in _THEM:
        if amend_last(scene.steps, fits, limit.on):
            return
    elif amend_last(scene.steps, fits, limit.on):
        return
    raise ReadingError(
        "SOP014",
        tokens[0].start,
        "what this limits is not clear",
        "put it behind the step that it belongs to",
    )


def without_limits(tokens: Tokens) -> tuple[Tokens, Limit | None]:
    """The sentence without a limit in brackets or behind its last comma."""
    for i, token in enumerate(tokens):
        if token.kind is not Kind.PUNCT:
            continue
        if token.text == "(":
            close = next((k for k in range(i, len(tokens)) if tokens[k].text == ")"), None)
            if close and (limit := limit_in(words_of(tokens[i + 1 : close]))):
                return (*tokens[:i], *tokens[close + 1 :]), limit
        elif token.text == "," and i and (limit := limit_in(words_of(tokens[i + 1 :]))):
            if limit.size and tokens[i + 1].low == "at":  # "..., at most 10 MB each" is part of attaching
                continue
            return tokens[:i], limit
    for i, token in enumerate(tokens):
        if token.low == "which" and i and tokens[i - 1].text == ",":
            clause = f"it {words_of(tokens[i + 1 :])}"
            if found := next((m for p in _SENTENCES if (m := p.fullmatch(clause))), None):
                return tokens[: i - 1], _limit_of(found)
    return tokens, None


def with_limit(steps: tuple[Step, ...], limit: Limit, at: int) -> tuple[Step, ...]:
    """The sentence's steps, its only field or file bounded. Raises ReadingError."""
    fitting = [s for s in flat(steps) if s.action in limit.fits]
    if len(fitting) != 1:
        raise ReadingError(
            "SOP014", at, "what this limits is not clear",
            "write the field and its limit in a sentence of their own",
        )  # fmt: skip
    out = list(steps)
    amend_last(out, lambda s: s.action in limit.fits, limit.on)
    return tuple(out)
