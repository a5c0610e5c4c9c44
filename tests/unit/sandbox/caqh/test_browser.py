"""The portal in Chromium: a lapsed profile is put right and attested to by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SECTIONS = (
    "Personal Information",
    "Practice Locations",
    "Professional Liability Insurance",
    "Disclosures",
    "Documents",
)


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    httpx.post(f"{url}/control/caqh/reset")
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def received(url: str) -> list[dict[str, Any]]:
    return list(httpx.get(f"{url}/control/caqh/received").json()["received"])


def open_profile(page: Page, url: str, provider: str) -> None:
    page.goto(f"{url}/caqh/")
    page.get_by_placeholder("Username").fill("specialist")
    page.get_by_placeholder("Password").fill("practice-Day1")
    page.get_by_role("button", name="Sign In").click()
    page.get_by_role("row", name=provider).get_by_role("link", name="Open Profile").click()
    page.get_by_role("button", name="Remind Me Later").click()


def test_a_lapsed_profile_is_put_right_and_attested_to(page: Page, url: str, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.pdf"
    sheet.write_bytes(b"%PDF-1.4 sheet")
    open_profile(page, url, "15550133")

    page.get_by_role("button", name="Professional Liability Insurance").click()
    insurance = page.locator("#insurance")
    insurance.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Expiration Date").fill("2027-11-30")
    dialog.get_by_role("button", name="Save").click()
    expect(insurance.get_by_text("11/30/2027")).to_be_visible()

    page.get_by_role("button", name="Documents").click()
    page.get_by_role("button", name="Upload Document").click()
    dialog.get_by_label("Document Type").select_option("Malpractice Insurance Face Sheet")
    dialog.get_by_label("Expiration Date").fill("2027-11-30")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Choose File").click()
    chooser.value.set_files(sheet)
    dialog.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("Nothing to do.")).to_be_visible()

    page.get_by_role("link", name="Review & Attest").click()
    expect(page.get_by_role("row", name="Policy: Expiration Date")).to_be_visible()
    for title in SECTIONS:
        section = page.locator("details", has=page.get_by_role("heading", name=title, exact=True))
        section.get_by_role("heading", name=title, exact=True).click()
        section.get_by_label("I have reviewed this section").check()
    page.get_by_role("button", name="Continue to Attest").click()
    page.get_by_label("I certify").check()
    page.locator("[name=name]").fill("Noor Haddad")
    page.get_by_role("button", name="Attest").click()
    expect(page.get_by_role("heading", name="Attestation complete")).to_be_visible()
    assert [entry["kind"] for entry in received(url)] == ["save", "upload", "attest"]


def test_an_explanation_is_asked_for_only_after_a_yes(page: Page, url: str) -> None:
    open_profile(page, url, "15550111")
    page.get_by_role("button", name="Disclosures").click()
    page.locator("#disclosures").get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Explanation").first).to_be_hidden()
    dialog.get_by_role("group", name="malpractice claim").get_by_label("Yes").check()
    expect(dialog.get_by_label("Explanation").nth(2)).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    assert received(url) == []


def test_drift_changes_the_dialog_but_not_what_is_saved(page: Page, url: str) -> None:
    kinds = ["rename", "insert", "order", "ids", "wrap", "unbind"]
    httpx.post(f"{url}/control/caqh/faults", json={"drift": {"seed": 2, "kinds": kinds}})
    open_profile(page, url, "15550111")
    page.get_by_role("button", name="Personal Information").click()
    shown = page.locator("#personal dt").all_inner_texts()
    page.locator("#personal").get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("[name='mail.line1']").fill("55 Elm Street")
    assert [text.rstrip("*") for text in dialog.locator(".cap").all_inner_texts()] != shown
    dialog.locator(".actions .primary").click()
    expect(page.locator("#personal").get_by_text("55 Elm Street")).to_be_visible()
    (entry,) = received(url)
    assert entry["payload"]["mail.line1"] == "55 Elm Street"
    assert entry["payload"]["home.line1"] == "17 Sparrow Lane"
