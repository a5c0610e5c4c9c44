"""The portal in Chromium: from the hub in a new tab, and through the wizard by hand."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Error, Page, expect

from authwright_sandbox import totp
from authwright_sandbox.hub.portal import DEFAULT_ACCOUNT

pytestmark = pytest.mark.browser


@pytest.fixture
def hub(browser: Browser, url: str) -> Iterator[Page]:
    """A page on which somebody is signed in to the hub."""
    for portal in ("hub", "aetna"):
        httpx.post(f"{url}/control/{portal}/reset")
    httpx.post(f"{url}/control/hub/faults", json={"interstitial": False, "allow_code_reuse": True})
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{url}/hub/")
    page.locator("[name=user]").fill(DEFAULT_ACCOUNT.user)
    page.locator("[name=password]").fill(DEFAULT_ACCOUNT.password)
    page.get_by_role("button", name="Sign In").click()
    secret = totp.decode_secret(DEFAULT_ACCOUNT.totp_secret)
    page.locator("[name=code]").fill(totp.code_at(secret, time.time()))
    page.get_by_role("button", name="Verify").click()
    page.locator("[name=organization]").select_option("Maple Street Orthopedics")
    page.get_by_role("button", name="Continue").click()
    yield page
    context.close()


@pytest.fixture
def page(hub: Page) -> Page:
    """The payer's portal in its own tab."""
    hub.get_by_role("button", name="Payer Spaces").click()
    with hub.expect_popup() as opened:
        hub.get_by_role("link", name="aetna").click()
    opened.value.get_by_role("link", name="Continue to Site").click()
    return opened.value


def received(url: str) -> list[dict[str, Any]]:
    return list(httpx.get(f"{url}/control/aetna/received").json()["received"])


def walk_to_review(page: Page, notes: Path) -> None:
    page.get_by_role("button", name="Precertification").click()
    page.get_by_role("link", name="New Request").click()
    page.get_by_label("Subscriber number").fill("W812345678")
    page.get_by_label("Last name").fill("Garcia")
    page.get_by_label("Date of birth").fill("1961-03-14")
    page.get_by_role("radio", name="Self").check()
    page.get_by_role("button", name="Service", exact=True).click()

    page.get_by_role("radio", name="Outpatient").check()
    page.get_by_role("radio", name="Expedited").check()
    page.get_by_label("Why must the review be expedited?").fill("Progressive weakness")
    page.get_by_label("Place of service").select_option("22")
    page.get_by_label("Service from").fill("2026-12-07")
    page.get_by_label("Service through").fill("2026-12-09")
    page.locator("[name=diagnosis_1]").fill("M17.11")
    page.get_by_role("group", name="Service 1").get_by_label("Procedure").fill("27447")
    page.get_by_role("button", name="Add service").click()
    second = page.get_by_role("group", name="Service 2")
    second.get_by_label("Procedure").fill("72148")
    second.get_by_label("Units").fill("3")
    page.get_by_role("button", name="Providers").click()

    for title, npi in (("Requesting Provider", "1234567893"), ("Facility", "1992345672")):
        section = page.locator("section", has=page.get_by_role("heading", name=title))
        section.get_by_label("NPI").fill(npi)
        section.get_by_label("TIN").fill("58-1234567")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Add provider").click()
    opened.value.locator("[name=npi]").fill("1881234565")
    opened.value.get_by_role("button", name="Search").click()
    with suppress(Error):  # the window closes itself, sometimes before the click has been told as done
        opened.value.get_by_role("button", name="Select").click()
    servicing = page.locator("section", has=page.get_by_role("heading", name="Servicing Provider"))
    expect(servicing.get_by_label("NPI")).to_have_value("1881234565")
    servicing.get_by_label("TIN").fill("58-1234567")
    page.get_by_label("Contact name").fill("Dana Whitfield")
    page.get_by_label("Contact phone").fill("404-555-0142")
    page.get_by_role("button", name="Clinical").click()

    page.get_by_label("Rich text area").fill("Six weeks of physical therapy.")
    row = page.get_by_role("row", name="Clinical notes")
    for shown in ("Remove", "Attach", "Remove"):
        if shown == "Attach":
            row.get_by_role("button").click()
        else:
            with page.expect_file_chooser() as chooser:
                row.get_by_role("button").click()
            chooser.value.set_files(notes)
        expect(row.get_by_role("button")).to_have_text(shown)
    page.get_by_role("button", name="Review").click()


def test_the_whole_way_by_hand(page: Page, url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.pdf"
    notes.write_bytes(b"%PDF-1.4 notes")
    walk_to_review(page, notes)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("We received your precertification request")).to_be_visible()
    (entry,) = received(url)
    assert entry["status"] == "Pended - records needed"
    assert entry["organization"] == "Maple Street Orthopedics"
    payload = entry["payload"]
    assert (payload["procedure_1"], payload["procedure_2"], payload["units_2"]) == ("27447", "72148", "3")
    assert (payload["servicing_npi"], payload["notes"]) == ("1881234565", "Six weeks of physical therapy.")
    assert (payload["review"], payload["urgency"]) == ("Expedited", "Progressive weakness")
    assert [each["name"] for each in entry["attachments"]] == ["notes.pdf"]


def test_enter_in_the_last_field_sends_the_request(page: Page, url: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.pdf"
    notes.write_bytes(b"%PDF-1.4 notes")
    walk_to_review(page, notes)
    page.get_by_label("Email for confirmation").press("Enter")
    expect(page.get_by_text("We received your precertification request")).to_be_visible()
    assert len(received(url)) == 1


def test_drift_changes_the_words_and_the_order_but_not_what_is_sent(page: Page, url: str) -> None:
    page.get_by_role("button", name="Precertification").click()
    page.get_by_role("link", name="Search Requests").click()
    page.get_by_label("Reference number").fill("R10310027")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="View").click()
    page.get_by_role("link", name="Update Request").click()
    before = page.locator("[data-row] .cap").all_inner_texts()
    kinds = ["rename", "insert", "order", "ids", "wrap", "unbind"]
    httpx.post(f"{url}/control/aetna/faults", json={"drift": {"seed": 5, "kinds": kinds}})
    page.reload()
    after = page.locator("[data-row] .cap").all_inner_texts()
    assert after != before
    page.locator("[name=start]").fill("2026-12-14")
    page.locator("[name=end]").fill("2026-12-15")
    page.locator("[name=reason]").fill("Moved")
    page.get_by_role("button", name="Update Request").click()
    expect(page.get_by_text("We received your update")).to_be_visible()
    (entry,) = received(url)
    assert {key: entry["payload"][key] for key in ("start", "end", "place", "reason")} == {
        "start": "2026-12-14",
        "end": "2026-12-15",
        "place": "22",
        "reason": "Moved",
    }
