"""Several lines of a request: one form for all, numbered fields, codes in a list."""

import pytest
from fakes import step, task
from sessions import Session, done

from authwright.core.workflow import Action, Step

pytestmark = pytest.mark.browser
CASE = {
    "service_lines": [{"code": "72148", "units": 1, "place_of_service": "22"}, {"code": "72149", "units": 2}],
    "diagnoses": [{"code": "M54.16"}, {"code": "M51.26"}],
}
CODE = step(Action.FILL, "Procedure Code", ref="service_lines[].code")
UNITS = step(Action.FILL, "Quantity", ref="service_lines[].units")


def each(list_: str, *body: Step) -> Step:
    return step(Action.REPEAT, each=list_, body=body)


def click(label: str, **more: object) -> Step:
    return step(Action.CLICK, label, **more)


DIAGNOSES = each(
    "diagnoses", step(Action.FILL, "Diagnosis Code", ref="diagnoses[].code"), click("Add diagnosis")
)


@pytest.mark.parametrize("page", ["oneform.html", "oneform.html?anew"])
@pytest.mark.parametrize("fields", [(CODE, UNITS), (UNITS, CODE)])
def test_a_form_that_comes_back_with_its_default(
    session: Session, page: str, fields: tuple[Step, ...]
) -> None:
    lines = each("service_lines", *fields, click("Add"))
    sent = click("Review"), click("Submit", once=True), step(Action.READ, "Number")
    done(session.run(page, task(lines, DIAGNOSES, *sent), case=CASE))
    assert session.held("window.held.sent") == {
        "lines": [["72148", "1"], ["72149", "2"]],
        "codes": ["M54.16", "M51.26"],
    }


def test_numbered_fields_and_a_code_with_its_words(session: Session) -> None:
    fields = (
        step(Action.FILL, "Procedure code", ref="service_lines[].code"),
        step(Action.FILL, "Units", ref="service_lines[].units"),
    )
    place = step(Action.SELECT, "Place of Service", ref="service_lines[].place_of_service")
    case = {**CASE, "service_lines": [dict(CASE["service_lines"][0]), {"code": "72149", "units": 2}]}
    done(session.run("numbered.html", task(each("service_lines", *fields), place, click("Next")), case=case))
    assert session.held("window.held.all") == [
        *("72148", "72149", "", "1", "2", ""),
        "22 On Campus-Outpatient Hospital",
    ]
