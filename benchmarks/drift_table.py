"""What came of drifted runs, judged and counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from authwright_sandbox.drift import Expected


class Outcome(StrEnum):
    """What came of a run, whatever was expected of it."""

    RIGHT = "right"
    HALTED = "halted"
    HALTED_AFTER = "halted after sending"
    """What was sent is right, but its answer wasn't read."""
    WRONG = "wrong"
    """Something else was sent than the case says, or read than the payer answered, or the run ended as done
    without having sent."""


class Verdict(StrEnum):
    RIGHT = "right"
    HALTED = "halted rightly"
    NEEDLESS = "halted needlessly"
    WRONG = "silently wrong"
    """As WRONG above, or sent where the run had to stop."""
    UNTOUCHED = "not applicable"
    """No page that the run came to had anything to change, and it did as on pages as they are."""


_COUNTED = (Verdict.RIGHT, Verdict.HALTED, Verdict.NEEDLESS, Verdict.WRONG)


def judged(outcome: Outcome, expected: Expected | None) -> Verdict:
    """`expected` is None when no page was changed: then all but the right outcome is the run's own fault."""
    if expected is None and outcome is Outcome.RIGHT:
        return Verdict.UNTOUCHED
    if outcome is Outcome.WRONG or (outcome is Outcome.RIGHT and expected is Expected.HALT):
        return Verdict.WRONG
    if outcome is Outcome.RIGHT:
        return Verdict.RIGHT
    return Verdict.NEEDLESS if expected in (Expected.RIGHT, None) else Verdict.HALTED


@dataclass(frozen=True, slots=True)
class Result:
    portal: str
    kinds: str
    seed: int
    verdict: Verdict
    outcome: Outcome
    noticed: bool
    seconds: float
    halt: str = ""
    healed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    """The kinds that changed a page that the run came to."""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(**data | {"verdict": Verdict(data["verdict"]), "outcome": Outcome(data["outcome"])})


def upper_bound(wrong: int, runs: int, level: float = 0.95) -> float:
    """The exact (Clopper-Pearson) one-sided bound of the share, by bisection; with none wrong about 3 / n."""
    if not runs or wrong >= runs:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(60):
        share = (low + high) / 2
        term = at_most = (1 - share) ** runs
        for k in range(wrong):
            term *= (runs - k) / (k + 1) * share / (1 - share) if share < 1 else 0.0
            at_most += term
        low, high = (share, high) if at_most > 1 - level else (low, share)
    return high


def table(results: Sequence[Result]) -> str:
    """Markdown: a row for each kind, one for all, the share of needless halts, and what is not counted."""
    counted = [r for r in results if r.verdict is not Verdict.UNTOUCHED]
    untouched = sorted({f"{r.portal} {r.kinds}" for r in results if r.verdict is Verdict.UNTOUCHED})
    head = (
        "| kind | n | right | halted rightly | halted needlessly | silently wrong | healed | at most (95 %) |"
    )
    lines = [head, "| --- | --: | --: | --: | --: | --: | --: | --: |"]
    kinds = list(dict.fromkeys(sorted((r.kinds for r in counted), key=lambda kind: ("+" in kind, kind))))
    lines += [_row(kind, [r for r in counted if r.kinds == kind]) for kind in kinds]
    lines.append(_row("**all**", counted))
    plain = [r for r in counted if not r.noticed]
    needless = sum(r.verdict is Verdict.NEEDLESS for r in plain)
    allowed = sum(r.verdict is Verdict.HALTED for r in plain)
    share = f"{needless / len(plain):.1%}" if plain else "-"
    lines += [
        "",
        f"Halted needlessly where a person would not notice the drift: {needless} of {len(plain)} ({share}); "
        f"{allowed} more halted where their kind allows it.",
        "",
        f"Not counted, since nothing on the portal's pages fits the kind: {', '.join(untouched) or 'none'}.",
    ]
    return "\n".join(lines)


def _row(name: str, results: Iterable[Result]) -> str:
    found = list(results)
    counts = [sum(r.verdict is verdict for r in found) for verdict in _COUNTED]
    healed = sum(bool(r.healed) for r in found)
    bound = upper_bound(counts[-1], len(found))
    return f"| {name} | {len(found)} | {' | '.join(map(str, counts))} | {healed} | {bound:.1%} |"
