"""`authwright cases`: where every case stands."""

import json
from typing import Annotated, Any

import typer

from authwright.app.views import CaseView, all_cases, case_view
from authwright.cases.states import State
from authwright.cases.wording import STATES
from authwright.cli.practice import HERE, Folder, Json, practice, refuse

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Where every case stands, and everything about one."
)


@app.command("list")
def list_(
    folder: Folder = HERE,
    state: Annotated[list[State] | None, typer.Option(help="Only cases in this state.")] = None,
    as_json: Json = False,
) -> None:
    """Every case with its state and number."""
    with (
        practice(folder) as opened,
        opened.store.practice(opened.settings.practice_id, read_only=True) as session,
    ):
        views = all_cases(session, states=tuple(state or ()))
    if as_json:
        print(json.dumps({"cases": [_row(v) for v in views]}, indent=1))
        return
    from authwright.cli.tables import table

    table(
        ("Order", "Patient", "Codes", "Service date", "State", "Number", "Case"),
        [
            (
                v.order.id,
                v.patient,
                v.codes,
                str(v.case.date_of_service or ""),
                v.state_words,
                v.number,
                v.case.id,
            )
            for v in views
        ],
    )


@app.command()
def show(
    case: Annotated[str, typer.Argument(help="The case's id, or its order's number.")],
    folder: Folder = HERE,
    as_json: Json = False,
) -> None:
    """One case: requirement, approval, what waits for a person, everything that happened."""
    with (
        practice(folder) as opened,
        opened.store.practice(opened.settings.practice_id, read_only=True) as session,
    ):
        wanted = [v for v in all_cases(session) if case in (v.case.id, v.order.id)]
        if not wanted:
            refuse(f"there is no case or order {case}; `authwright cases list` shows what there is")
        views = [case_view(session, v.case.id) for v in wanted]
    if as_json:
        print(json.dumps({"cases": [_row(v) | _details(v) for v in views]}, indent=1))
        return
    for view in views:
        print(f"{view.order.id}  {view.patient}  {view.codes}  {view.state_words}  {view.number}")
        for number, requirement in view.requirements:
            verify = ", verify" if requirement.verify else ""
            rule = requirement.rule or "no rule"
            print(f"  line {number}: {requirement.code} {requirement.outcome}{verify} ({rule})")
        for attempt in view.runs:
            if attempt.as_whom:
                print(f"  run of {attempt.submission.attempt.workflow}: {attempt.as_whom}")
        for why in view.waits_for:
            print(f"  waits for a person: {why}")
        for happening in view.timeline:
            print(f"  {happening.at:%Y-%m-%d %H:%M:%S}  {happening.sentence}")


def _row(view: CaseView) -> dict[str, Any]:
    return {
        "case": view.case.id,
        "order": view.order.id,
        "state": view.case.state.value,
        "state_words": STATES[view.case.state],
        "payer": view.case.payer,
        "portal": view.case.portal,
        "codes": [line.code for line in view.order.service_lines],
        "date_of_service": str(view.case.date_of_service or ""),
        "number": view.number,
        "waits_for": list(view.waits_for),
    }


def _details(view: CaseView) -> dict[str, Any]:
    import msgspec

    return {
        "requirements": msgspec.to_builtins([{"line": n, "answer": r} for n, r in view.requirements]),
        "certifications": msgspec.to_builtins(view.certifications),
        "determinations": msgspec.to_builtins(view.determinations),
        "timeline": [{"at": h.at.isoformat(), "by": h.actor, "what": h.sentence} for h in view.timeline],
    }
