"""The hub in Chromium: the hand-written walk, and the awkward corners that only a browser shows."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Response, expect

from authwright_sandbox import totp
from authwright_sandbox.by_hand import hub
from authwright_sandbox.by_hand.walk import Walk
from authwright_sandbox.process import started

pytestmark = pytest.mark.browser

SUBMIT = "/hub/app/api/requests"
CASE: dict[str, Any] = {
    "credentials": {
        "username": "specialist",
        "password": "practice-Day1",
        "totp_secret": "JBSWY3DPEHPK3PXP",
        "organization": "Maple Street Orthopedics",
    },
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"payer": "UnitedHealthcare", "member_id": "W123456789"},
    "place_of_service": "22",
    "diagnoses": [{"code": "M54.16"}],
    "service_lines": [
        {"code": "72148", "units": 1, "from": "2026-12-07", "to": "2026-12-07"},
        {"code": "29881", "units": 2, "modifiers": ["RT"], "from": "2026-12-08", "to": "2026-12-09"},
    ],
    "requesting_provider": {"npi": "1234567893"},
    "rendering_provider": {"npi": "1881234565"},
    "facility": {"npi": "1992345672"},
    "contact": {"name": "Dana Whitfield", "phone": "404-555-0142"},
    "clinical": {"notes": "Six weeks of physical therapy without relief."},
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with started("--settle-seconds", "30") as sandbox:
        yield sandbox.url


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    httpx.post(f"{url}/control/hub/reset")
    control(url, "faults", allow_code_reuse=True)
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def control(url: str, path: str, **data: Any) -> Any:
    return httpx.post(f"{url}/control/hub/{path}", json=data).json()


def received(url: str) -> list[dict[str, Any]]:
    return list(httpx.get(f"{url}/control/hub/received").json()["received"])


def sign_in(page: Page, url: str) -> None:
    control(url, "faults", interstitial=False)
    page.goto(f"{url}/hub/")
    page.get_by_label("User ID").fill("specialist")
    page.get_by_label("Password").fill("practice-Day1")
    page.get_by_role("button", name="Sign In").click()
    secret = totp.decode_secret(CASE["credentials"]["totp_secret"])
    page.get_by_label("Authentication Code").fill(totp.code_at(secret, time.time()))
    page.get_by_role("button", name="Verify").click()
    page.get_by_label("Organization").select_option("Maple Street Orthopedics")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Good day")).to_be_visible()


def open_services(page: Page, url: str) -> FrameLocator:
    sign_in(page, url)
    page.goto(f"{url}/hub/authorizations/request")
    frame = page.frame_locator("iframe")
    step = Walk(page, takes=False)
    hub.fill_patient(step, frame, CASE)
    hub.go_on(step, frame)
    return frame


def test_the_whole_way_by_hand(page: Page, url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.pdf"
    notes.write_bytes(b"%PDF-1.7 notes")
    case = CASE | {"documents": [{"path": str(notes)}]}
    answer = hub.submit(page, f"{url}/hub/", case)
    assert answer["status"] == "Certified in Total"
    assert (answer["certified_from"], answer["certified_through"]) == ("12/07/2026", "03/07/2027")
    assert len(answer["pictures"]) > 30
    (entry,) = received(url)
    assert entry["reference_number"] == answer["reference_number"]
    sent = entry["payload"]
    assert [line["procedure_code"] for line in sent["lines"]] == ["72148", "29881"]
    assert sent["lines"][1] == {
        "procedure_code": "29881",
        "modifier_1": "RT",
        "modifier_2": "",
        "quantity": "2",
        "from_date": "12/08/2026",
        "to_date": "12/09/2026",
    }
    assert [sent[role]["npi"] for role in ("requesting", "rendering", "facility")] == [
        "1234567893",
        "1881234565",
        "1992345672",
    ]
    assert entry["attachments"][0]["name"] == "notes.pdf"

    page.goto(f"{url}/hub/authorizations/dashboard")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Member ID").fill("W123456789")
    frame.get_by_role("button", name="Search").click()
    expect(frame.get_by_text("No requests match")).to_be_visible()
    control(url, "clock", advance_seconds=30)
    frame.get_by_role("button", name="Search").click()
    frame.get_by_role("link", name=answer["reference_number"]).click()
    expect(frame.locator("dt:text-is('Status') + dd")).to_have_text("Certified in Total")


def test_an_unknown_member_stays_on_the_page(page: Page, url: str) -> None:
    control(url, "members", members=[{"member_id": "W123456789", "found": False}])
    sign_in(page, url)
    page.goto(f"{url}/hub/authorizations/request")
    frame = page.frame_locator("iframe")
    hub.fill_patient(Walk(page, takes=False), frame, CASE)
    page.keyboard.press("Tab")
    frame.get_by_role("button", name="Next", exact=True).click()
    expect(frame.get_by_text("Member not found")).to_be_visible()
    expect(frame.get_by_label("Member ID")).to_have_value("W123456789")


def test_a_code_that_was_typed_and_not_picked_is_wiped(page: Page, url: str) -> None:
    frame = open_services(page, url)
    code = frame.get_by_label("Procedure Code")
    code.fill("72148")
    expect(frame.locator("[role=listbox] li")).to_have_count(6)
    code.press("Tab")
    expect(code).to_have_value("")
    expect(frame.get_by_role("button", name="Next", exact=True)).to_be_disabled()


def test_dates_are_masked_and_start_with_today(page: Page, url: str) -> None:
    frame = open_services(page, url)
    start = hub.cell(frame, "From Date *")
    today = httpx.post(f"{url}/control/hub/clock", json={}).json()["now"]
    assert start.input_value() == f"{today[5:7]}/{today[8:10]}/{today[:4]}"
    start.fill("")
    start.press_sequentially("12072026")
    assert start.input_value() == "12/07/2026"


def test_lines_can_be_removed_and_keep_their_values_on_the_way_back(page: Page, url: str) -> None:
    frame = open_services(page, url)
    step = Walk(page, takes=False)
    hub.fill_services(step, frame, CASE)
    hub.go_on(step, frame)
    frame.get_by_role("button", name="Back", exact=True).click()
    expect(frame.get_by_role("heading", name="Procedure 2")).to_be_visible()
    frame.get_by_role("button", name="Remove").first.click()
    expect(frame.get_by_role("heading", name="Procedure 2")).to_have_count(0)
    expect(frame.get_by_label("Procedure Code")).to_have_value("29881 - code 29881")
    expect(hub.cell(frame, "To Date *")).to_have_value("12/09/2026")


def open_review(page: Page, url: str) -> FrameLocator:
    frame = open_services(page, url)
    step = Walk(page, takes=False)
    for fill_page in (hub.fill_services, hub.fill_providers, hub.fill_attachments):
        fill_page(step, frame, CASE)
        hub.go_on(step, frame)
    return frame


@pytest.mark.parametrize(("how", "results"), [("drop", []), ("accept-then-drop", ["answered"])])
def test_a_lost_answer_is_said_to_be_lost(page: Page, url: str, how: str, results: list[str]) -> None:
    frame = open_review(page, url)
    control(url, "faults", fail_next={"path": SUBMIT, "how": how})
    frame.get_by_role("button", name="Submit", exact=True).click()
    expect(frame.get_by_text("The connection was lost")).to_be_visible()
    assert [entry["result"] for entry in received(url)] == results
    expect(frame.get_by_role("button", name="Submit", exact=True)).to_be_enabled()


def test_chromium_sends_a_post_again_on_a_connection_that_was_kept_open(page: Page, url: str) -> None:
    control(url, "faults", keep_alive=True)
    frame = open_review(page, url)
    control(url, "faults", fail_next={"path": SUBMIT, "how": "accept-then-drop"})
    frame.get_by_role("button", name="Submit", exact=True).click()
    expect(frame.get_by_text("Duplicate request")).to_be_visible()
    assert [entry["result"] for entry in received(url)] == ["answered", "duplicate"]


def test_an_expired_session_leads_to_the_front_door(page: Page, url: str) -> None:
    frame = open_services(page, url)
    control(url, "faults", expire_sessions=True)
    frame.get_by_label("Procedure Code").fill("72148")
    expect(page.get_by_text("Your session has expired")).to_be_visible()


def test_the_menu_opens_by_clicks_panel_by_panel(page: Page, url: str) -> None:
    sign_in(page, url)
    link = page.get_by_role("link", name="Authorization Dashboard")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Patient Registration").click()
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Authorizations & Referrals").click()
    link.click()
    expect(page.frame_locator("iframe").get_by_text("Requests of Maple Street Orthopedics")).to_be_visible()


UNNOTICED = ["ids", "wrap", "unbind", "order", "insert"]


def put(scope: Locator | FrameLocator, key: str, value: str) -> None:
    """Enters a value by what the control means to the payer, however it looks."""
    control_ = scope.locator(f"[data-k={key}]")
    if control_.evaluate("element => element.matches('.dropdown')"):
        control_.locator("button").click()
        control_.get_by_role("option", name=re.compile(f"^{value}( - |$)")).click()
    elif control_.evaluate("element => element.matches('select')"):
        index = control_.evaluate(
            "(element, value) => [...element.options].findIndex(o => o.text === value || o.value === value)",
            value,
        )
        if control_.is_hidden():  # drift has put a button with choices before it
            control_.locator("xpath=following-sibling::button").click()
            control_.locator("xpath=following-sibling::div/div").nth(index).click()
        else:
            control_.select_option(index=index)
    elif control_.evaluate("element => element.dataset.widget === 'typeahead'"):
        control_.fill(value)
        control_.locator("xpath=..").get_by_role("option", name=f"{value} - ").click()
    else:
        control_.fill(value)
        control_.blur()


def go(frame: FrameLocator, heading: str) -> None:
    frame.locator("[data-act=next]").click()
    expect(frame.get_by_role("heading", name=heading, exact=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("seed", "kinds"), [(1, UNNOTICED), (2, [*UNNOTICED, "widgets", "rename"]), (3, ["widgets", "rename"])]
)
def test_a_drifted_request_still_arrives_as_it_was_meant(
    page: Page, url: str, seed: int, kinds: list[str]
) -> None:
    sign_in(page, url)
    control(url, "faults", drift={"seed": seed, "kinds": kinds})
    page.goto(f"{url}/hub/authorizations/request")
    frame = page.frame_locator("iframe")
    meant: dict[str, str] = {
        "payer": "UnitedHealthcare",
        "request_type": "Outpatient",
        "member_id": "W123456789",
        "last_name": "Garcia",
        "first_name": "Maria",
        "date_of_birth": "03/14/1961",
    }
    for key, value in meant.items():
        put(frame, key, value)
    go(frame, "Services")
    put(frame, "place_of_service", "22")
    put(frame, "diagnosis_code", "M54.16")
    line = {"procedure_code": "72148", "quantity": "3", "from_date": "12/07/2026", "to_date": "12/09/2026"}
    for key, value in line.items():
        put(frame, key, value)
    go(frame, "Providers")
    providers = {"requesting": "1234567893", "rendering": "1881234565", "facility": "1992345672"}
    for role, npi in providers.items():
        put(frame.locator(f"[data-group={role}]"), "npi", npi)
    put(frame, "contact_name", "Dana Whitfield")
    put(frame, "contact_phone", "404-555-0142")
    go(frame, "Attachments & Notes")
    put(frame, "notes", "Six weeks of physical therapy.")
    go(frame, "Review")
    frame.locator("[data-act=submit]").click()
    expect(frame.get_by_text("Certified in Total").first).to_be_visible()

    sent = received(url)[0]["payload"]
    assert {key: sent[key] for key in meant} == meant
    assert (sent["place_of_service"], sent["diagnosis_code"]) == ("22", "M54.16")
    assert {key: sent["lines"][0][key] for key in line} == line
    assert {role: sent[role]["npi"] for role in providers} == providers
    assert ("insert" in kinds) is any(key.startswith(("alternate", "previous", "admitting")) for key in sent)


def captions(page: Page, url: str, seed: int, kinds: list[str]) -> list[str]:
    control(url, "faults", drift={"seed": seed, "kinds": kinds})
    page.goto(f"{url}/hub/authorizations/request")
    frame = page.frame_locator("iframe")
    expect(frame.locator("[data-k=member_id]")).to_be_visible()
    return frame.locator("label, .cap").all_inner_texts()


def test_a_seed_changes_the_page_the_same_way_every_time(page: Page, url: str) -> None:
    sign_in(page, url)
    plain = captions(page, url, 0, [])
    assert plain[0] == "Payer *"
    ordered = [captions(page, url, seed, ["order"]) for seed in (1, 1, 2, 3, 4)]
    assert ordered[0] == ordered[1]
    assert len({tuple(found) for found in ordered}) > 1
    assert all(sorted(found) == sorted(plain) for found in ordered)
    renamed = captions(page, url, 1, ["rename"])
    assert len(renamed) == len(plain) and renamed != plain


def test_a_page_says_which_kinds_had_something_to_change(page: Page, url: str) -> None:
    sign_in(page, url)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    captions(page, url, 1, ["sending", "order", "case", "preset", "columns"])
    assert sorted(text for text in said if text.startswith("drift:")) == [
        "drift: case",
        "drift: order",
        "drift: preset",
    ]


TYPE_AT_ONCE = """
new MutationObserver(() => {
  const field = document.querySelector("[data-k=member_id]");
  if (field && !window.typed) window.typed = field.value = "W123456789";
}).observe(document, {childList: true, subtree: true});
"""


def test_a_page_that_draws_itself_anew_forgets_what_was_entered_until_then(page: Page, url: str) -> None:
    sign_in(page, url)
    control(url, "faults", drift={"seed": 1, "kinds": ["redraw"]})
    page.add_init_script(TYPE_AT_ONCE)
    draws: list[str] = []

    def second_draw(response: Response) -> bool:
        draws.extend([response.url] if response.url.endswith("/pages/patient") else [])
        return len(draws) == 2

    with page.expect_response(second_draw):
        page.goto(f"{url}/hub/authorizations/request")
    frame = page.frame_locator("iframe")
    member = frame.locator("[data-k=member_id]")
    expect(member).to_have_value("")
    assert member.evaluate("() => window.typed") == "W123456789"
