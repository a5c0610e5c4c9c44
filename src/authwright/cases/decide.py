"""The requirement station: what to ask the rules about an order, and what follows from the answers.

Nothing is sent on a guess: a line whose requirement isn't known becomes a question to a person, and
what someone else must obtain is left to them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from authwright.core.codes import plain_diagnosis
from authwright.core.order import Coverage, Order, ServiceLine
from authwright.core.requirement import Outcome, Process, Requirement, RequirementQuery, Responsible


class Course(StrEnum):
    """What happens to a case next."""

    SEND = "send"
    ELSEWHERE = "elsewhere"
    NOT_REQUIRED = "not-required"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Decision:
    """`lines` are the numbers (from 0) of the lines that need this practice's request. `questions` are
    for a person, in words; they may stand beside lines that are sent."""

    course: Course
    lines: tuple[int, ...] = ()
    process: Process | None = None
    responsible: Responsible | None = None
    questions: tuple[str, ...] = ()


def queries(order: Order, today: date) -> list[tuple[int, RequirementQuery]]:
    """(line number from 0, question) for each line under each coverage whose payer is known.

    Lines without a code or a date of service give no question: they are listed as missing.
    """
    return [
        (number, _query(order, line, line.start, coverage, place, today))
        for place, coverage in enumerate(order.coverages, 1)
        if coverage.payer
        for number, line in enumerate(order.service_lines)
        if line.code and line.start
    ]


def _query(
    order: Order, line: ServiceLine, start: date, coverage: Coverage, place: int, today: date
) -> RequirementQuery:
    born = order.patient.date_of_birth
    return RequirementQuery(
        payer=coverage.payer,
        code=line.code,
        date=start,
        plan=coverage.plan,
        line_of_business=coverage.line_of_business,
        funding=coverage.funding,
        state=order.facility.address.state or coverage.state or order.patient.address.state,
        place=line.place_of_service,
        modifiers=line.modifiers,
        diagnoses=tuple(plain_diagnosis(d.code) for d in order.diagnoses),
        units=int(line.units) if line.units is not None else None,
        age=_age(born, start) if born else None,
        request_date=today,
        provider_npi=order.rendering_provider.npi,
        provider_tin=order.rendering_provider.tax_id,
        facility_ccn=order.facility.ccn,
        also_billed=tuple(other.code for other in order.service_lines if other is not line),
        coverage=place,
    )


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def decide(
    answers: Sequence[tuple[int, Requirement]], acts_as: Collection[Responsible], payer_name: str
) -> Decision:
    """What follows from the answers of the rules to every line of an order.

    `answers` are those of the payer called `payer_name`, who would have the request: the first
    insurance's. `acts_as` are the roles in which this practice files; a process without a named role
    is the practice's own.
    """
    needed = [(n, r) for n, r in answers if r.outcome is Outcome.REQUIRED]
    own = [(n, r) for n, r in needed if _is_ours(r, acts_as)]
    others = [(n, r) for n, r in needed if not _is_ours(r, acts_as)]
    questions = tuple(dict.fromkeys(_question(r, payer_name) for _, r in answers if _needs_asking(r)))
    if own:
        lines = tuple(dict.fromkeys(n for n, _ in own))
        told = tuple(dict.fromkeys(_left_to_others(r) for _, r in others))
        return Decision(Course.SEND, lines, own[0][1].processes[0], questions=questions + told)
    if others:
        lines = tuple(dict.fromkeys(n for n, _ in others))
        process = others[0][1].processes[0]
        return Decision(Course.ELSEWHERE, lines, process, process.responsible, questions)
    if questions or not answers:
        return Decision(Course.ASK, questions=questions)
    return Decision(Course.NOT_REQUIRED)


def of_second(answers: Sequence[tuple[int, Requirement]], payer_name: str) -> tuple[str, ...]:
    """Questions about what an insurance after the first wants: its requests are a person's to make."""
    return tuple(
        dict.fromkeys(
            _wanted_second(r, payer_name) if r.outcome is Outcome.REQUIRED else _question(r, payer_name)
            for _, r in answers
            if r.outcome is Outcome.REQUIRED or _needs_asking(r)
        )
    )


def _wanted_second(requirement: Requirement, payer_name: str) -> str:
    names = ", ".join(p.name for p in requirement.processes)
    return (
        f"{requirement.code}: {payer_name}, the second insurance, wants an approval"
        f"{f' ({names})' if names else ''}: see that it is obtained, and put it down with "
        "`authwright certifications add`."
    )


def _is_ours(requirement: Requirement, acts_as: Collection[Responsible]) -> bool:
    roles = [p.responsible for p in requirement.processes]
    return any(role is None or role in acts_as for role in roles) if roles else True


def _needs_asking(requirement: Requirement) -> bool:
    return requirement.outcome not in (Outcome.REQUIRED, Outcome.NOT_REQUIRED, Outcome.EXEMPT)


def _question(requirement: Requirement, payer_name: str) -> str:
    code = requirement.code
    if requirement.outcome is Outcome.UNKNOWN:
        advice = requirement.advice
        usual = f" ({advice.category}: {advice.likelihood})" if advice and advice.category else ""
        contact = f" Contact: {advice.contact}." if advice and advice.contact else ""
        return (
            f"No rule says whether {payer_name} wants an approval for {code}{usual}: ask the payer.{contact}"
        )
    if requirement.outcome is Outcome.CONDITIONAL:
        return f"{code}: {requirement.question}"
    names = ", ".join(p.name for p in requirement.processes) or requirement.outcome
    left_out = next((p.if_left_out for p in requirement.processes if p.if_left_out), "")
    consequence = f" If it is left out: {left_out}." if left_out else ""
    process = f"{code}: {payer_name} has a {requirement.outcome} process ({names})."
    return f"{process} Decide whether to file.{consequence}"


def _left_to_others(requirement: Requirement) -> str:
    process = requirement.processes[0]
    return f"{requirement.code}: {process.name} is for the {process.responsible} to obtain."
