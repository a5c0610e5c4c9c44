"""The delegate's portal in Chromium: a person's whole way through its frames, and its count-down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from authwright_sandbox.process import Sandbox

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.told


@pytest.fixture
def page(browser: Browser, told: dict[str, Any]) -> Iterator[Page]:
    control(told, "reset")
    control(told, "faults", interstitial=False)
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(told["portals"]["delegate"])
    page.get_by_placeholder("User Name").fill("maple.intake")
    page.get_by_placeholder("Password").fill("review-Day1")
    page.get_by_role("button", name="Sign In").click()
    yield page
    context.close()


def control(told: dict[str, Any], path: str, **data: Any) -> Any:
    return httpx.post(f"{told['control']}delegate/{path}", json=data, timeout=30).json()


def received(told: dict[str, Any]) -> dict[str, Any]:
    return dict(httpx.get(f"{told['control']}delegate/received").json())


def main(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=main]")


def work(page: Page) -> FrameLocator:
    return main(page).frame_locator("iframe[name=work]")


def fill(frame: FrameLocator, **values: str) -> None:
    for key, value in values.items():
        frame.locator(f"[data-k={key}]").fill(value)


def press(frame: FrameLocator, name: str) -> None:
    frame.get_by_role("button", name=name, exact=True).click()


def until_urgency(page: Page, *codes: str) -> FrameLocator:
    frame = work(page)
    main(page).get_by_text("Start a Case").click()
    frame.locator("[data-k=plan]").select_option("Cigna")
    fill(frame, member_id="U912345678", last_name="Garcia", date_of_birth="03/14/1961")
    press(frame, "Find Member")
    press(frame, "Begin Case")
    fill(frame, date_of_service="12/07/2026", diagnosis="M54.16")
    for code in codes:
        fill(frame, code=code, quantity="1")
        press(frame, "Add")
        expect(frame.get_by_role("cell", name=code, exact=True)).to_be_visible()
    press(frame, "Continue")
    fill(frame, site_npi="1992345672")
    expect(frame.get_by_role("button", name="Continue")).to_be_disabled()
    press(frame, "Find Site")
    expect(frame.get_by_role("button", name="Continue")).to_be_enabled()
    press(frame, "Continue")
    fill(frame, ordering_npi="1234567893", tax_id="581234567")
    fill(frame, contact_name="Dana Whitfield", callback="404-555-0142")
    press(frame, "Continue")
    return frame


def test_the_whole_way_by_hand(page: Page, told: dict[str, Any]) -> None:
    frame = until_urgency(page, "72148", "72158")
    frame.get_by_label("Yes").check()
    press(frame, "It is not urgent")
    expect(frame.get_by_label("No")).to_be_checked()
    press(frame, "Continue")
    frame.locator("[data-k=answer][value=Yes]").check()
    press(frame, "Continue")
    frame.locator("input[type=text][data-k=answer]").fill("4")
    press(frame, "Continue")
    frame.get_by_label("None of these").check()
    press(frame, "Continue")
    frame.locator("[data-k=answer][value=No]").check()
    press(frame, "Continue")
    fill(frame, notes="Four weeks of physical therapy.")
    file = {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 notes"}
    with page.expect_file_chooser() as chooser:
        press(frame, "Choose files")
    chooser.value.set_files([file])
    expect(frame.get_by_text("notes.pdf")).to_be_visible()
    press(frame, "Continue")
    expect(frame.get_by_role("button", name="Submit Case")).to_be_disabled()
    frame.locator("[name=attested]").check()
    press(frame, "Submit Case")
    expect(frame.get_by_text("Your case was submitted")).to_be_visible()
    (entry,) = received(told)["received"]
    assert list(entry["payload"]["answers"].values()) == ["Yes", "4", "None of these", "No"]
    assert entry["payload"]["urgent"] == "No"
    assert [each["name"] for each in entry["attachments"]] == ["notes.pdf"]

    control(told, "clock", advance_seconds=3700)
    main(page).get_by_text("History").click()
    frame.get_by_role("link", name=entry["reference_number"]).click()
    expect(frame.get_by_text("Authorization Number")).to_be_visible()
    with page.expect_download() as coming:
        frame.get_by_text("Download letter").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")


def test_rows_move_when_one_sorts(page: Page) -> None:
    main(page).get_by_text("History").click()
    frame = work(page)
    first = frame.locator(".history tr").nth(1).locator("a")
    expect(first).to_have_text("114271949")
    frame.get_by_role("link", name="Case Number").click()
    expect(first).to_have_text("114220317")


def test_a_draft_is_in_the_list_and_says_so(page: Page, told: dict[str, Any]) -> None:
    frame = until_urgency(page, "72148")
    main(page).get_by_text("History").click()
    expect(frame.locator(".history tr").nth(1)).to_contain_text("Draft")
    frame.get_by_role("link", name="Draft", exact=True).click()
    expect(frame.get_by_text("Is this request urgent?")).to_be_visible()
    assert received(told)["received"] == []
    assert len(received(told)["drafts"]) == 1


def test_the_session_counts_down_and_can_be_kept(page: Page, told: dict[str, Any]) -> None:
    expect(main(page).get_by_text("History")).to_be_visible()
    control(told, "session", idle_seconds=5, warn_seconds=4)
    page.reload()
    pop_up = page.get_by_role("dialog", name="Session time-out")
    expect(pop_up).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    expect(pop_up).to_be_hidden()
    expect(page.get_by_text("Your session has ended. Sign in again.")).to_be_visible(timeout=20_000)


def test_an_ended_session_in_a_frame_takes_the_whole_window_to_the_door(
    page: Page, told: dict[str, Any]
) -> None:
    # The count-down asks for itself and may come first: here it hears that there is time left.
    page.route("**/delegate/left", lambda route: route.fulfill(json={"seconds": 900}))
    page.reload()
    expect(main(page).get_by_text("History")).to_be_visible()
    control(told, "faults", expire_sessions=True)
    main(page).get_by_text("History").click()
    expect(page.get_by_placeholder("User Name")).to_be_visible()


@pytest.mark.parametrize("kinds", [["ids", "wrap", "order", "insert"], ["rename", "widgets"]])
def test_a_drifted_start_still_finds_the_member(page: Page, told: dict[str, Any], kinds: list[str]) -> None:
    control(told, "faults", drift={"seed": 5, "kinds": kinds})
    main(page).get_by_text("Start a Case").click()
    frame = work(page)
    if "widgets" in kinds:
        frame.locator("button.choice").click()
        frame.locator(".choices div").filter(has_text="Cigna").click()
    else:
        frame.locator("[data-k=plan]").select_option("Cigna")
    fill(frame, member_id="U912345678", last_name="Garcia", date_of_birth="03/14/1961")
    press(frame, "Find Member")
    expect(frame.get_by_text("Eligible", exact=True)).to_be_visible()
