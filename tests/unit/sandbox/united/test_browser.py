"""The portal in Chromium: the hand-written walk, and the awkward corners that only a browser shows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from authwright_sandbox.by_hand.united import Walk
from authwright_sandbox.united.portal import DEFAULT_ACCOUNT

pytestmark = pytest.mark.browser

CREDENTIALS = {
    "username": DEFAULT_ACCOUNT.user,
    "password": DEFAULT_ACCOUNT.password,
    "totp_secret": DEFAULT_ACCOUNT.totp_secret,
    "organization": "Maple Street Orthopedics",
}
DAYS = {"from": "2026-12-07", "to": "2026-12-09", "place_of_service": "22"}
CASE: dict[str, Any] = {
    "coverage": {"member_id": "912345678"},
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "request": {"setting": "Diagnostic Imaging"},
    "diagnoses": [{"code": "M54.16"}, {"code": "M51.26"}],
    "service_lines": [
        {"code": "72148", "units": 1, **DAYS},
        {"code": "29881", "units": 2, "modifiers": ["RT"], **DAYS},
    ],
    "requesting_provider": {"npi": "1234567893"},
    "rendering_provider": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Six weeks of physical therapy without relief."},
}
ANSWERS = {
    "Has the member completed six weeks of conservative treatment?": "Yes",
    "Which knee will be treated?": "Right",
}
RECEIVED: dict[str, Any] = {
    "member_id": "912345678",
    "date_of_birth": "03/14/1961",
    "last_name": "Garcia",
    "first_name": "Maria",
    "place_of_service": "22",
    "service_type": "Diagnostic Imaging",
    "priority": "Standard",
    "expedited_reason": "",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnoses": ["M54.16", "M51.26"],
    "procedures": [
        {"code": "72148", "modifier": "", "units": "1"},
        {"code": "29881", "modifier": "RT", "units": "2"},
    ],
    "requesting": {"npi": "1234567893"},
    "servicing": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
    "contact_fax": "",
    "answers": {"conservative": "Yes", "side": "Right"},
    "notes": "Six weeks of physical therapy without relief.",
}


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    httpx.post(f"{url}/control/united/reset")
    control(url, "faults", allow_code_reuse=True, interstitial=False)
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def walk(page: Page, url: str) -> Walk:
    """Signed in."""
    signed_in = Walk(page, f"{url}/united", takes=False)
    signed_in.sign_in(CREDENTIALS)
    return signed_in


def control(url: str, path: str, **data: Any) -> Any:
    return httpx.post(f"{url}/control/united/{path}", json=data).json()


def received(url: str) -> list[dict[str, Any]]:
    return list(httpx.get(f"{url}/control/united/received").json()["received"])


def test_the_whole_way_by_hand(walk: Walk, page: Page, url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.pdf"
    notes.write_bytes(b"%PDF-1.4 notes")
    number = walk.request({**CASE, "documents": [{"path": str(notes)}]}, ANSWERS)
    (entry,) = received(url)
    assert entry["payload"] == RECEIVED and entry["reference_number"] == number
    assert [each["name"] for each in entry["attachments"]] == ["notes.pdf"]

    control(url, "clock", advance_seconds=3600)
    walk.open(number)
    assert walk.fact("Authorization Number") == number
    with page.expect_download() as coming:
        page.get_by_title("Download confirmation (PDF)").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")

    walk.press("Cancel Request")
    walk.pick("Reason for Cancellation", "Submitted in error")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="No, keep it").click()
    assert len(received(url)) == 1
    walk.press("Cancel Request")
    walk.pick("Reason for Cancellation", "Submitted in error")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_text("This request was cancelled.")).to_be_visible()
    assert received(url)[-1]["payload"] == {"reason": "Submitted in error"}


def test_a_code_that_was_typed_and_not_added_is_lost(walk: Walk, page: Page) -> None:
    walk.member(CASE)
    walk.pick("Place of Service", "11 - ")
    expect(page.locator("code-picker")).to_have_count(0)
    walk.pick("Service Type", "Surgical")
    walk.date("Service Start Date", "12/07/2026")
    walk.type("Service End Date", "12/07/2026")
    walk.type("Diagnosis Code", "M54.16")
    page.locator("code-picker input").first.fill("72148")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()
    walk.cell("Diagnosis Code").get_by_role("button", name="Add").click()
    page.locator("code-picker").get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Next")).to_be_enabled()
    walk.type("Diagnosis Code", "M51.26")
    walk.press("Next")
    page.get_by_role("button", name="Back").click()
    expect(walk.cell("Diagnosis Code").locator(".chip")).to_have_count(1)


def test_only_rows_in_view_exist(walk: Walk, page: Page) -> None:
    rows = page.locator(".window .row")
    expect(rows.first).to_be_visible()
    assert rows.count() < 20
    oldest = page.get_by_role("button", name="A104000017")
    expect(oldest).to_have_count(0)
    page.locator(".window").evaluate("view => { view.scrollTop = view.scrollHeight; }")
    oldest.click()
    expect(page.get_by_text("Prior Authorization Details")).to_be_visible()


def test_what_is_typed_early_is_lost(walk: Walk, page: Page, url: str) -> None:
    control(url, "faults", latency_ms=700)
    page.get_by_role("button", name="Prior Authorizations").click()
    page.locator(".nav li", has_text="Search existing").click()
    walk.type("Member ID", "912345678")
    walk.settled()
    expect(walk.cell("Member ID").locator("input")).to_have_value("")


def test_a_lookup_by_hand(walk: Walk, page: Page, url: str) -> None:
    walk.menu("Prior Authorizations", "Check if Prior Authorization is Required")
    walk.pick("Place of Service", "11 - ")
    walk.date("Date of Service", "12/07/2026")
    walk.type("Member ID", "912345678")
    walk.type("Diagnosis Code", "M54.16")
    walk.cell("Diagnosis Code").get_by_role("button", name="Add").click()
    picker = page.locator("code-picker")
    picker.locator("input").first.fill("9711")
    picker.locator("li", has_text="97110").dispatch_event("mousedown")
    picker.get_by_role("button", name="Add").click()
    walk.press("Check")
    expect(page.get_by_role("heading", name="Prior authorization is not required")).to_be_visible()
    (check,) = httpx.get(f"{url}/control/united/received").json()["checks"]
    assert check["decision_id"] == walk.fact("Decision ID")
    assert check["payload"]["procedures"] == ["97110"]


def test_the_library_has_letters_in_a_folder(walk: Walk, page: Page) -> None:
    walk.menu("Documents & Reporting", "Document Library")
    page.get_by_role("button", name="Prior Auth Letters").click()
    with page.expect_download() as coming:
        page.get_by_title("Download letter (PDF)").first.click()
    assert b"Service reference number" in Path(coming.value.path()).read_bytes()


def test_the_answer_is_shown_once(walk: Walk, page: Page, url: str) -> None:
    page.goto(f"{url}/united/app/submitted")
    expect(page.get_by_role("heading", name="Search existing")).to_be_visible()


def test_an_ended_session_leads_to_the_front_door(walk: Walk, page: Page, url: str) -> None:
    control(url, "faults", expire_sessions=True)
    page.get_by_role("button", name="Eligibility").click()
    expect(page.get_by_text("Your session has ended")).to_be_visible()


@pytest.mark.parametrize(
    ("seed", "kinds"),
    [(1, ["ids", "wrap", "unbind", "order", "insert"]), (4, ["widgets", "rename", "redraw"])],
)
def test_drift_changes_a_form_the_same_way_each_time(
    walk: Walk, page: Page, url: str, seed: int, kinds: list[str]
) -> None:
    plain = _labels(walk, page)
    _drift(page, url, seed, *kinds)
    drifted = _labels(walk, page)
    assert drifted != plain
    page.reload()
    assert _labels(walk, page) == drifted
    if "insert" in kinds:
        assert set(plain) < set(drifted)


def test_each_kind_of_drift_does_what_it_says(walk: Walk, page: Page, url: str) -> None:
    plain = _labels(walk, page)
    _drift(page, url, 5, "hints")
    assert "Date of Birth (MM/DD/YYYY)*:" in _labels(walk, page)
    _drift(page, url, 5, "case")
    assert _labels(walk, page) == [label.upper() for label in plain]
    _drift(page, url, 5, "gone")
    assert len(set(plain) - set(_labels(walk, page))) == 1
    _drift(page, url, 5, "twin")
    labels = [label.rstrip("*:") for label in _labels(walk, page)]
    assert len(labels) == len(plain) + 1 and len(set(labels)) == len(plain)
    _drift(page, url, 5, "headings", "icons", "buttons")
    _labels(walk, page)
    expect(page.get_by_role("heading", name="Patient", exact=True)).to_be_visible()
    expect(page.get_by_title("Find Member")).to_be_visible()
    order = page.evaluate(
        "() => document.querySelector('.buttons').compareDocumentPosition(document.querySelector('.grid'))"
    )
    assert order == 4  # the form follows


def test_columns_drift_with_what_is_in_them(walk: Walk, page: Page, url: str) -> None:
    def first_row() -> dict[str, str]:
        walk.menu("Documents & Reporting", "Document Library")
        page.get_by_role("button", name="Prior Auth Letters").click()
        titles = page.locator("th").all_inner_texts()
        return dict(zip(titles, page.locator("tr").nth(1).locator("td").all_inner_texts(), strict=True))

    plain = first_row()
    _drift(page, url, 2, "columns")
    drifted = first_row()
    assert drifted == plain and list(drifted) != list(plain)


def _drift(page: Page, url: str, seed: int, *kinds: str) -> None:
    control(url, "faults", drift={"seed": seed, "kinds": kinds})
    page.reload()


def _labels(walk: Walk, page: Page) -> list[str]:
    walk.menu("Prior Authorizations", "Submit a prior authorization")
    page.wait_for_timeout(800)
    return page.locator(".field .cap").all_inner_texts()
