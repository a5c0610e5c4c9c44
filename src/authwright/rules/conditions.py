"""Does an entry's `when` hold for a question? Yes, no, or: this must be asked first."""

from dataclasses import dataclass
from enum import Enum

from authwright.rules.choices import Choice
from authwright.rules.entry import When
from authwright.rules.values import Bounds


@dataclass(frozen=True, slots=True)
class Facts:
    """A question with its words resolved: ids of the payer, canonical lines of business. Empty is unknown."""

    code: str
    plan: str = ""
    line_of_business: str = ""
    funding: str = ""
    state: str = ""
    place: str = ""
    facility_type: str = ""
    modifiers: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    billed_with: tuple[str, ...] = ()
    coverage: str = ""
    units: int | None = None
    age: int | None = None


class Holds(Enum):
    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`because` is in words; `questions` are what to ask when it hangs on what nobody said; `unless`
    names exceptions that were taken not to be the case."""

    holds: Holds
    because: str = ""
    questions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


class _Condition:
    """One key of `when`. `ask` is the question to a person, `words` name the fact in a sentence.

    `lenient`: an exception that nobody spoke of is taken not to be the case, and said so.
    """

    def __init__(self, fact: str, words: str, ask: str, test: Choice | Bounds, lenient: bool) -> None:
        self.fact, self.words, self.test = fact, words, test
        self._test_words = _in_words(test)
        self._unknown = Verdict(Holds.ASK, f"the {words} isn't known", (ask.format(test.in_words()),))
        if lenient and isinstance(test, Choice):
            unless = f"holds unless the {words} is {', '.join(sorted(test.barred))}"
            self._unknown = Verdict(Holds.YES, f"no {words} is given", unless=(unless,))
        self._seen: dict[str, Verdict] = {}

    def verdict(self, facts: Facts) -> Verdict:
        value = getattr(facts, self.fact)
        if value is None or value == "" or value == ():
            return self._unknown
        if isinstance(value, tuple):
            return self._of_several(value)
        if (seen := self._seen.get(value)) is None:
            holds = self.test.allows(value)
            shown = f"{self.words} {value} is {'' if holds else 'not '}{self._test_words}"
            if holds and isinstance(self.test, Choice) and self.test.named == {value}:
                shown = f"{self.words} is {value}"
            seen = Verdict(Holds.YES if holds else Holds.NO, shown)
            if len(self._seen) < _REMEMBERED:
                self._seen[value] = seen
        return seen

    def _of_several(self, values: tuple[str, ...]) -> Verdict:
        """Any one named value suffices; any one barred value rules out."""
        test = self.test
        assert isinstance(test, Choice)
        named_only, barred_only = type(test)(named=test.named), type(test)(barred=test.barred)
        holds = all(map(barred_only.allows, values)) and any(map(named_only.allows, values))
        words = f"{self.words} {', '.join(values)}: {'' if holds else 'not '}{test.in_words()}"
        return Verdict(Holds.YES if holds else Holds.NO, words)


# How many values a condition remembers its verdict for.
_REMEMBERED = 1000

# Facts that are mostly left out because they are ordinary.
_EXCEPTIONS = frozenset({"facility_types", "modifiers", "diagnoses"})


def _only_barred(test: Choice | Bounds) -> bool:
    return isinstance(test, Choice) and not test.named


def _in_words(test: Choice | Bounds) -> str:
    if isinstance(test, Choice) and test.barred and not test.named:
        return f"among those that are {test.in_words()}"
    return test.in_words()


# key of `when` -> fact, its words, the question to ask
_KEYS: dict[str, tuple[str, str, str]] = {
    "plans": ("plan", "plan", "Which of the payer's plans is it ({})?"),
    "lines_of_business": ("line_of_business", "line of business", "Which line of business is the plan ({})?"),
    "funding": ("funding", "funding", "How is the plan funded ({})?"),
    "states": ("state", "state", "Which state counts for the plan or the place of service ({})?"),
    "places": ("place", "place of service", "At which place of service ({})?"),
    "facility_types": ("facility_type", "facility type", "What kind of facility is it ({})?"),
    "ages": ("age", "age", "How old is the member ({})?"),
    "diagnoses": ("diagnoses", "diagnosis", "What is the diagnosis ({})?"),
    "modifiers": ("modifiers", "modifier", "Which modifier is billed ({})?"),
    "billed_with": ("billed_with", "codes billed with it", "Which other codes are billed with it ({})?"),
    "coverage": ("coverage", "coverage", "Does the plan pay first or later ({})?"),
    "units": ("units", "units", "How many units or visits ({})?"),
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one `when`, ready to be asked many times."""

    parts: tuple[_Condition, ...]

    @classmethod
    def of(cls, when: When, *, lenient: bool) -> "Conditions":
        """`lenient`: an exception that nobody spoke of may be left aside. Not for an entry that says
        that nothing is needed: such an answer never rests on silence."""
        tests = ((key, getattr(when, key)) for key in _KEYS)
        return cls(
            tuple(
                _Condition(*_KEYS[key], test, lenient and key in _EXCEPTIONS and _only_barred(test))
                for key, test in tests
                if test
            )
        )

    def verdict(self, facts: Facts) -> Verdict:
        """No as soon as one part fails; otherwise ask for every part that isn't known."""
        if len(self.parts) == 1:
            return self.parts[0].verdict(facts)
        reasons: list[str] = []
        questions: list[str] = []
        unless: list[str] = []
        for part in self.parts:
            found = part.verdict(facts)
            if found.holds is Holds.NO:
                return found
            reasons.append(found.because)
            questions += found.questions
            unless += found.unless
        because = "; ".join(reasons)
        if questions:
            return Verdict(Holds.ASK, because, tuple(questions))
        return Verdict(Holds.YES, because, unless=tuple(unless))


def specificity(when: When, *, overlay: bool, single_code: bool) -> tuple[int, ...]:
    """How specific a rule is, compared from the left: the practice's overlay, then a single code over a
    range, plan, state, place, facility type; what else it asks for comes last."""
    others = (when.ages, when.diagnoses, when.modifiers, when.billed_with, when.coverage, when.units)
    return (
        int(overlay),
        int(single_code),
        when.plans.rank,
        when.lines_of_business.rank + when.funding.rank,
        when.states.rank,
        when.places.rank,
        when.facility_types.rank,
        sum(map(bool, others)),
    )
