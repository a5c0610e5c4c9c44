"""`authwright require`: what a payer requires for a code, on a date, at a place."""

import datetime as dt
import itertools
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
import typer

from authwright.app.library_folder import library_folders
from authwright.core import codes
from authwright.core.dates import DATE_FORMS, parse_date
from authwright.core.diagnostics import did_you_mean, in_order, render
from authwright.core.requirement import Process, Requirement, RequirementQuery
from authwright.rules import vocabulary
from authwright.rules.checks import check_library
from authwright.rules.engine import require_all
from authwright.rules.library import Library, UnknownPayer, load_library

app = typer.Typer(add_completion=False)
WRONG_USAGE = 2

CODE = "no CPT or HCPCS code; it has five characters, such as 72148 or J0585"
PLACE = "no place of service of the CMS code set; it has two digits, such as 11 or 22"
STATE = "no state; write its two letters, such as TX or NY"
DIAGNOSIS = "no ICD-10-CM code; such as M54.16 or M5416"
MODIFIER = "no modifier; it has two characters, such as RT or 59"
NPI = "no NPI; it has ten digits, the last of them a check digit"

Texts = list[str] | None


@app.command()
def require(
    payer: Annotated[list[str], typer.Option(help="The payer: id, name or alias. Repeat for more coverage.")],
    code: Annotated[list[str], typer.Option(help="A CPT or HCPCS code. Repeat for more lines.")],
    plan: Annotated[
        Texts, typer.Option(help="The plan, or its line of business; one for each payer.")
    ] = None,
    line_of_business: Annotated[Texts, typer.Option(help="commercial, medicare-advantage ...")] = None,
    funding: Annotated[Texts, typer.Option(help="fully-insured or self-funded; one for each payer.")] = None,
    modifier: Annotated[Texts, typer.Option(help="A modifier of the lines.")] = None,
    dx: Annotated[Texts, typer.Option(help="A diagnosis, ICD-10-CM.")] = None,
    place: Annotated[str, typer.Option(help="Place of service, two digits.")] = "",
    date: Annotated[str, typer.Option(help=f"Date of service ({DATE_FORMS}); today if left out.")] = "",
    request_date: Annotated[str, typer.Option(help="The day the request is or was made.")] = "",
    state: Annotated[str, typer.Option(help="Two letters.")] = "",
    facility_type: Annotated[str, typer.Option(help="office, hospital-outpatient, asc ...")] = "",
    units: Annotated[int | None, typer.Option(help="Units or visits of the line.")] = None,
    age: Annotated[int | None, typer.Option(help="The member's age in years.")] = None,
    npi: Annotated[str, typer.Option(help="The rendering provider's NPI, for exemptions.")] = "",
    tin: Annotated[str, typer.Option(help="The group's tax ID, for exemptions.")] = "",
    ccn: Annotated[str, typer.Option(help="The hospital's CCN, for exemptions.")] = "",
    library: Annotated[
        list[Path] | None, typer.Option(help="A practice's own library, laid over the shipped one.")
    ] = None,
    today: Annotated[str, typer.Option(help="Ask as if on this day.", hidden=True)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """What a payer requires for a code, on a date, at a place; by which rule; from which source."""
    day = _date(today, "--today") or dt.datetime.now().astimezone().date()
    for number in code:
        _expect(codes.procedure_code_kind(number.upper()) is not None, f"--code {number}", CODE)
    _known_word(
        line_of_business, "--line-of-business", vocabulary.line_of_business, vocabulary.LINES_OF_BUSINESS
    )
    _known_word(funding, "--funding", vocabulary.funding, vocabulary.FUNDING)
    _known_word([facility_type], "--facility-type", vocabulary.facility_type, vocabulary.FACILITY_TYPES)
    _expect(not place or place in vocabulary.PLACES, f"--place {place}", PLACE)
    _expect(not state or state.upper() in vocabulary.STATES, f"--state {state}", STATE)
    for diagnosis in dx or ():
        _expect(codes.is_diagnosis_code(diagnosis.strip().upper()), f"--dx {diagnosis}", DIAGNOSIS)
    for letters in modifier or ():
        _expect(codes.is_modifier(letters.strip().upper()), f"--modifier {letters}", MODIFIER)
    _expect(not npi or codes.is_npi(npi), f"--npi {npi}", NPI)
    loaded = _library(library or [])
    queries = [
        RequirementQuery(
            payer=_known_payer(loaded, name),
            code=number.upper(),
            date=_date(date, "--date") or day,
            plan=own_plan,
            line_of_business=own_line,
            funding=own_funding,
            state=state,
            place=place,
            facility_type=facility_type,
            modifiers=tuple(letters.strip() for letters in modifier or ()),
            diagnoses=tuple(dx or ()),
            units=units,
            age=age,
            request_date=_date(request_date, "--request-date"),
            provider_npi=npi,
            provider_tin=tin,
            facility_ccn=ccn,
            coverage=coverage,
        )
        for coverage, (name, own_plan, own_line, own_funding) in enumerate(
            _each_coverage(payer, plan or [], line_of_business or [], funding or []), 1
        )
        for number in code
    ]
    answers = require_all(loaded, queries, day)
    if as_json:
        sys.stdout.write(
            msgspec.json.format(msgspec.json.encode({"lines": answers}), indent=1).decode() + "\n"
        )
    else:
        sys.stdout.write("\n\n".join(_in_words(q, a) for q, a in zip(queries, answers, strict=True)) + "\n")


def _library(overlays: Sequence[Path]) -> Library:
    """The shipped library under the overlays. One with errors would answer wrongly: it is refused."""
    for overlay in overlays:
        _expect(overlay.is_dir(), f"--library {overlay}", "no such folder")
    loaded, found = load_library(library_folders(overlays))
    if overlays:  # the shipped library's references are checked before it is shipped
        own = [d for d in check_library(loaded) if any(Path(d.file).is_relative_to(o) for o in overlays)]
        found = in_order([*found, *own])
    if wrong := [d for d in found if d.severity == "error"]:
        for diagnostic in wrong:
            sys.stderr.write(render(diagnostic) + "\n")
        _refuse("the payer library has errors: correct them first (see authwright check)")
    return loaded


def _expect(good: bool, given: str, otherwise: str) -> None:
    if not good:
        _refuse(f"{given}: {otherwise}")


def _known_word(given: Texts, option: str, meaning: Callable[[str], str], words: tuple[str, ...]) -> None:
    """Refuses a word that means none of `words`; one left empty isn't said."""
    for text in filter(None, given or ()):
        near = did_you_mean(text, words)
        hint = f"did you mean: {', '.join(near)}?" if near else f"known are {', '.join(words)}"
        _expect(bool(meaning(text)), f"{option} {text}", hint)


def _each_coverage(payers: Sequence[str], *others: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each payer with its plan, line of business and funding, in the order given."""
    if any(len(values) > len(payers) for values in others):
        _refuse("more plans, lines of business or fundings than payers: repeat --payer for each coverage")
    padded = itertools.zip_longest(payers, *others, fillvalue="")
    return iter(list(padded))


def _known_payer(library: Library, name: str) -> str:
    found = library.find_payer(name)
    if isinstance(found, UnknownPayer):
        near = found.suggestions or tuple(sorted(library.payers))
        what = "did you mean" if found.suggestions else "the library has"
        _refuse(f"no payer {name!r}; {what}: {', '.join(near) or 'no payer at all'}")
    return found.payer


def _date(text: str, option: str) -> dt.date | None:
    if not text:
        return None
    if (day := parse_date(text)) is None:
        _refuse(f"{option} {text}: a date is written {DATE_FORMS}")
    return day


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(f"authwright require: {message}\n")
    raise typer.Exit(WRONG_USAGE)


def _in_words(query: RequirementQuery, answer: Requirement) -> str:
    place = f", place {query.place}" if query.place else ""
    head = f"{answer.code}  {query.payer}, {query.date}{place}: {answer.outcome.upper()}"
    lines = [head + ("  (verify with the payer)" if answer.verify else "")]
    if answer.question:
        lines += _paragraph("ask", answer.question)
    for process in answer.processes:
        lines += _process(process)
    if answer.advice and answer.advice.category:
        usual = "usually required" if answer.advice.likelihood == "usual" else "sometimes required"
        words = f"{usual} ({answer.advice.category}), though no rule of this payer says so: verify"
        lines += _paragraph("advice", words)
    if answer.advice and answer.advice.contact:
        lines += _paragraph("contact", answer.advice.contact)
    for deadline in answer.deadlines:
        lines += _paragraph("deadline", f"{deadline.kind}: {deadline.due} ({deadline.rule})")
    for why in answer.why:
        lines += _paragraph("why", f"{'+' if why.matched else '-'} {why.rule}: {why.because}")
    for source in answer.sources:
        when = f", published {source.published}" if source.published else ""
        read = f", read {source.retrieved}" if source.retrieved else ""
        lines += _paragraph("source", f"{source.title}{when}{read}, confidence {source.confidence}")
        lines.append(f"{' ' * 14}{source.url}")
    for note in answer.notes:
        lines += _paragraph("note", note)
    return "\n".join(lines)


def _process(process: Process) -> list[str]:
    who = f"; {process.responsible} must obtain it" if process.responsible else ""
    may = f" (may also file: {', '.join(process.may_also_file)})" if process.may_also_file else ""
    reviewer = f"; reviewed by {process.reviewer}" if process.reviewer else ""
    lines = _paragraph("process", f"{process.name}{who}{may}{reviewer}")
    if process.turnaround:
        lines += _paragraph("decided in", process.turnaround)
    for channel in process.channels:
        lines += _paragraph(channel.kind, channel.address)
    if process.if_left_out:
        lines += _paragraph("left out", process.if_left_out)
    return lines


def _paragraph(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, 100, initial_indent=f"  {label:<12}", subsequent_indent=" " * 14, break_on_hyphens=False
    )
