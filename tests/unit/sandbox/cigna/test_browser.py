"""The portal in Chromium: a person's whole way through it, and the corners that only a browser shows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser
MEMBER = "U912345678"
REQUEST = {
    "service_description": "Knee arthroscopy",
    "start_date": "12/07/2026",
    "end_date": "12/09/2026",
    "diagnosis_1": "M23.221",
    "code_1": "29881",
    "modifier_1": "RT",
    "ordering_npi": "1234567893",
    "ordering_tin": "58-1234567",
    "servicing_npi": "1881234565",
    "servicing_tin": "58-7654321",
    "facility_npi": "1992345672",
    "contact_name": "Dana Whitfield",
    "contact_phone": "404-555-0142",
    "notes": "Six weeks of physical therapy.",
}
LISTS = {"request_type": "Outpatient Procedure", "place_of_service": "22"}


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    control(url, "reset")
    control(url, "faults", interstitial=False)
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def inside(page: Page, url: str) -> Page:
    """On the pages of a confirmed patient, without pictures at the door."""
    control(url, "captcha", after=None)
    log_in(page, url)
    find_patient(page, url)
    return page


def control(url: str, path: str, **data: Any) -> Any:
    return httpx.post(f"{url}/control/cigna/{path}", json=data, timeout=30).json()


def received(url: str) -> list[dict[str, Any]]:
    return list(httpx.get(f"{url}/control/cigna/received").json()["received"])


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/cigna/")
    page.locator("input[name=user]").fill("specialist")
    page.locator("input[name=password]").fill("practice-Day1")
    page.get_by_role("button", name="Log In").click()


def field(page: Page | Locator, key: str) -> Locator:
    return page.locator(f"[data-k={key}]")


def find_patient(page: Page, url: str) -> None:
    patients = page.get_by_role("link", name="Patients", exact=True)
    patients.wait_for()
    page.wait_for_load_state()  # the menu opens once the page's script is there
    patients.click()
    page.get_by_role("link", name="Search Patients").click()
    asked = {"member_id": MEMBER, "last_name": "Garcia", "first_name": "Maria", "date_of_birth": "03/14/1961"}
    for key, value in asked.items():
        field(page, key).fill(value)
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("link", name=MEMBER).click()
    page.locator("[data-born]").fill("03/14/1962")
    page.get_by_text("Confirm Patient").click()
    expect(page.get_by_text("The date of birth does not match.")).to_be_visible()
    page.locator("[data-born]").fill("03/14/1961")
    page.get_by_text("Confirm Patient").click()
    expect(page.get_by_text("Coverage Details")).to_be_visible()


def begin(page: Page) -> Locator:
    """The button that stays grey until the form is complete."""
    page.get_by_role("link", name="Precertification", exact=True).click()
    page.get_by_text("New request").click()
    return page.get_by_role("button", name="Continue")


def fill(page: Page) -> None:
    for key, value in LISTS.items():
        field(page, key).select_option(value)
    for key, value in REQUEST.items():
        field(page, key).fill(value)
    field(page, "notes").blur()


def test_the_whole_way_by_hand(page: Page, url: str) -> None:
    page.goto(f"{url}/cigna/")
    page.locator("input[name=user]").fill("specialist")
    page.locator("input[name=password]").fill("practice-Day1")
    page.locator(".tick").click()
    right = httpx.get(f"{url}/control/cigna/captcha").json()["challenges"][-1]["tiles"]
    for tile in right:
        page.locator(".puzzle img").nth(tile).click()
    page.get_by_text("Verify", exact=True).click()
    expect(page.locator(".tick")).to_have_attribute("aria-checked", "true")
    page.get_by_role("button", name="Log In").click()
    find_patient(page, url)

    next_button = begin(page)
    fill(page)
    file = {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 notes"}
    field(page, "documents").set_input_files(file)
    next_button.click()
    expect(page.get_by_role("heading", name="Review your request")).to_be_visible()
    page.locator(".main").get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Your request has been received.")).to_be_visible()
    (entry,) = received(url)
    assert {key: entry["payload"][key] for key in REQUEST | LISTS} == REQUEST | LISTS | {
        "contact_phone": "(404) 555-0142"
    }
    assert [each["name"] for each in entry["attachments"]] == ["notes.pdf"]

    page.get_by_text("Back to precertification").click()
    page.get_by_role("link", name=entry["reference_number"]).click()
    with page.expect_popup() as letter:
        page.get_by_text("Print letter").click()
    with letter.value.expect_download() as coming:
        letter.value.get_by_text("Save as PDF").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    page.get_by_text("Withdraw request").click()
    field(page, "reason").select_option("Entered in error")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("No", exact=True).click()
    assert len(received(url)) == 1
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Yes", exact=True).click()
    expect(page.get_by_text("The request has been withdrawn.")).to_be_visible()
    assert received(url)[-1]["kind"] == "withdraw"


def test_two_buttons_say_submit_and_one_only_searches_the_site(inside: Page, url: str) -> None:
    next_button = begin(inside)
    fill(inside)
    next_button.click()
    expect(inside.get_by_role("button", name="Submit")).to_have_count(2)
    inside.get_by_role("button", name="Submit").first.click()
    expect(inside.get_by_text("No articles found")).to_be_visible()
    assert received(url) == []


def test_continue_is_grey_without_a_word(inside: Page) -> None:
    next_button = begin(inside)
    fill(inside)
    expect(next_button).to_be_enabled()
    field(inside, "contact_phone").fill("555-0142")
    field(inside, "contact_phone").blur()
    expect(next_button).to_be_disabled()
    expect(inside.locator(".error")).to_have_count(0)


def test_masks_drop_characters(inside: Page) -> None:
    begin(inside)
    phone, tax_id = field(inside, "contact_phone"), field(inside, "ordering_tin")
    phone.press_sequentially("1-404-555-0142 ext. 7")
    expect(phone).to_have_value("(140) 455-5014")
    tax_id.press_sequentially("58 1234567 89")
    expect(tax_id).to_have_value("58-1234567")


def test_a_line_is_added_with_its_default(inside: Page) -> None:
    begin(inside)
    inside.get_by_text("Add a line").click()
    expect(field(inside, "code_2")).to_have_value("")
    expect(field(inside, "units_2")).to_have_value("1")
    for _ in range(9):
        inside.get_by_text("Add a line").click()
    expect(inside.locator(".lines tr")).to_have_count(9)


def test_the_check_answers_while_it_is_filled_in(inside: Page, url: str) -> None:
    inside.get_by_role("link", name="Precertification", exact=True).click()
    inside.get_by_text("Check precertification").click()
    for key, value in LISTS.items():
        field(inside, key).select_option(value)
    field(inside, "start_date").fill("12/07/2026")
    field(inside, "code_1").fill("97110")
    field(inside, "code_1").blur()
    expect(inside.get_by_text("Precertification is not required")).to_be_visible()
    field(inside, "code_1").fill("72148")
    field(inside, "code_1").blur()
    with inside.expect_popup() as delegate:
        inside.get_by_text("Continue to Delegate Review Services").click()
    expect(delegate.value.get_by_placeholder("User Name")).to_be_visible()
    assert not delegate.value.url.startswith(url)
    assert received(url) == []


def test_news_lies_over_the_page_without_a_role(page: Page, url: str) -> None:
    control(url, "captcha", after=None)
    control(url, "faults", interstitial=True)
    log_in(page, url)
    expect(page.get_by_text("News for providers")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_text("Close", exact=True).click()
    expect(page.get_by_text("News for providers")).to_have_count(0)


UNNOTICED = ["ids", "wrap", "unbind", "order", "insert"]


def put(page: Page, key: str, value: str) -> None:
    """Enters a value by what the control means to the payer, however it looks."""
    control_ = field(page, key)
    if control_.evaluate("element => element.matches('select') && element.hidden"):
        row = page.locator("[data-row]").filter(has=control_)
        row.locator("button.choice").click()
        page.locator(".choices div").filter(has_text=value).first.click()
    elif control_.evaluate("element => element.matches('select')"):
        control_.select_option(value)
    else:
        control_.fill(value)


@pytest.mark.parametrize(("seed", "kinds"), [(1, UNNOTICED), (2, [*UNNOTICED, "rename", "widgets"])])
def test_a_drifted_request_still_arrives_as_it_was_meant(
    inside: Page, url: str, seed: int, kinds: list[str]
) -> None:
    control(url, "faults", drift={"seed": seed, "kinds": kinds})
    begin(inside)
    for key, value in (LISTS | REQUEST).items():
        put(inside, key, value)
    field(inside, "notes").blur()
    inside.locator("[data-act=continue]").click()
    inside.locator("[data-act=submit]").click()
    expect(inside.get_by_text("Your request has been received.")).to_be_visible()
    payload = received(url)[0]["payload"]
    meant = REQUEST | LISTS | {"contact_phone": "(404) 555-0142"}
    assert {key: payload[key] for key in meant} == meant
    assert any(key.startswith(("alternate", "admi", "contact_phone_")) for key in payload)


def test_a_form_that_draws_itself_anew_forgets_what_was_entered_until_then(inside: Page, url: str) -> None:
    inside.clock.install()
    control(url, "faults", drift={"seed": 11, "kinds": ["redraw"]})
    next_button = begin(inside)
    fill(inside)
    inside.clock.run_for(800)
    expect(field(inside, "contact_name")).to_have_value("")
    expect(next_button).to_be_disabled()
    fill(inside)
    expect(next_button).to_be_enabled()
