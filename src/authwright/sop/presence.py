"""Whether the case has a datum, in everyday words: "the patient has no phone number", "there isn't a
group number", "no modifier is given", "the case lacks the member ID"."""

import re

from authwright.core.workflow import Condition, ConditionKind
from authwright.sop.data_words import OF_LINES, path_in_line, path_of, snake, subject_of
from authwright.sop.words import words_set

_ARTICLE = r"(?P<article>a |an |any |the |your |our )?"
_NAME = r"(?P<name>[\w'-]+(?: [\w'-]+)*?)"
_OWNER = r"(?:the |a |an |this |that |our |your )?(?P<owner>[\w'-]+(?: [\w'-]+){0,2}?)"
_IS = r"(?:is|are|was|were|has been|have been)"
_GIVEN = r"(?:known|given|present|there|available|on file|provided|entered|in the case|on the case)"
_GONE = r"(?:missing|empty|blank|unknown|absent|left out)"

# A form and whether its words deny that the datum is there.
_FORMS: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), denies)
    for pattern, denies in (
        (rf"{_OWNER} (?:has|have|comes with|holds) (?P<no>no |not any )?{_ARTICLE}{_NAME}", False),
        (rf"{_OWNER} (?:lacks?|comes without|is without|is missing) {_ARTICLE}{_NAME}", True),
        (rf"there (?:is|are) (?P<no>no |not )?{_ARTICLE}{_NAME}(?: (?:in|on|for) the case)?", False),
        (rf"(?P<no>no )?{_ARTICLE}{_NAME} {_IS} (?P<not>not )?{_GIVEN}", False),
        (rf"{_ARTICLE}{_NAME} {_IS} (?P<not>not )?{_GONE}", True),
    )
)
# Who has all that the case has, and those of them that have also what the table doesn't hold.
_HOLDERS = frozenset({"case", "order", "request", "we", "you", "patient", "member", "coverage"})
_KEEPERS = frozenset({"case", "order"})
_NO_NAME = words_set(
    "been to that which who with by for in on at of and or than not it them already new more less fewer most "
    "another other different pending open no only just several many some all one two three"
)


def presence(words: str) -> Condition | None:
    """The condition that these words state, when they ask for a datum that is known by name."""
    for form, denies in _FORMS:
        found = form.fullmatch(words)
        subject = _subject(found.groupdict()) if found else None
        if found and subject:
            said = found.groupdict()
            against = (denies, bool(said.get("no")), bool(said.get("not")))
            return Condition(ConditionKind.PRESENT, "", subject=subject, negated=sum(against) % 2 == 1)
    return None


def _subject(said: dict[str, str | None]) -> str | None:
    name, owner = said["name"] or "", (said.get("owner") or "").lower()
    if not owner:
        return subject_of(name)
    if path := path_of(f"{owner}'s {name}"):
        return path
    if owner in _HOLDERS | OF_LINES and (path := path_of(name)):
        return path
    named = bool(said["article"] or said.get("no")) and not _NO_NAME.intersection(name.lower().split())
    if not named or any(word[0].isdigit() for word in name.split()):
        return None
    if owner in OF_LINES:
        return path_in_line(f"{owner}'s {name}")
    return snake(name) if owner in _KEEPERS else None


_SHORT = re.compile(r"\b(is|are|was|were|does|do|did|has|have)n't\b")
_THERE = re.compile(r"\b(there|it|that)'s\b", re.IGNORECASE)


def spelled_out(words: str) -> str:
    """ "There isn't a fax" as "there is not a fax"; what stands in quotation marks stays as it is."""
    parts = words.split('"')
    for i in range(0, len(parts), 2):
        parts[i] = _THERE.sub(r"\1 is", _SHORT.sub(r"\1 not", parts[i]))
    return '"'.join(parts)


_DOES_NOT = re.compile(r'(?P<who>[^"]+?) (?:does|do|did) not (?:yet )?(?P<what>.+)')
_NONE_THERE = re.compile(r"there (?:is|are) (?:no|not an?|not any) (?P<what>.+)", re.IGNORECASE)


def without_not(words: str) -> tuple[str, ...]:
    """What is denied, said as a statement: "the page does not say X" as "the page say X"."""
    if found := _DOES_NOT.fullmatch(words):
        return (f"{found['who']} {found['what']}",)
    if found := _NONE_THERE.fullmatch(words):
        return (f"there is a {found['what']}", f"there is {found['what']}")
    return ()
