"""The outpatient request on the sandbox hub."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

from authwright_sandbox import totp
from authwright_sandbox.by_hand.walk import Walk, typed

ANSWER_LABELS = {
    "Certification Number": "reference_number",
    "Status": "status",
    "Certified From": "certified_from",
    "Certified Through": "certified_through",
    "Decision ID": "decision_id",
    "Existing Request": "existing_request",
    "Reason": "reason",
}


def pick(walk: Walk, field: Locator, code: str) -> None:
    field.fill(code)
    option = field.locator("xpath=..").get_by_role("option").filter(has_text=f"{code} - ")
    option.click()
    assert field.input_value().startswith(f"{code} - "), field.input_value()
    walk.picture("pick")


def cell(scope: Locator | FrameLocator, caption: str) -> Locator:
    """The control in the table cell right of the caption."""
    return scope.locator(f"td.left:text-is('{caption}') + td input")


def submit(page: Page, url: str, case: dict[str, Any], folder: Path | None = None) -> dict[str, Any]:
    """Signs in, sends the request of `case` and reads the answer.

    `case` is the nested CASE.json of `authwright sop run`: ISO dates, credentials in it, the place of
    service on the lines or on top, documents with whole paths.

    Returns what the answer page says (reference_number, status, certified_from, certified_through,
    decision_id, existing_request, reason, as far as shown), "pictures" (SHA-256 each) and "seconds".
    """
    began = time.perf_counter()
    walk = Walk(page, folder)
    sign_in(walk, url, case["credentials"])
    open_request(walk)
    frame = page.frame_locator("iframe")
    fill_patient(walk, frame, case)
    go_on(walk, frame)
    fill_services(walk, frame, case)
    go_on(walk, frame)
    fill_providers(walk, frame, case)
    go_on(walk, frame)
    fill_attachments(walk, frame, case)
    go_on(walk, frame)
    check_review(walk, frame, case)
    frame.get_by_role("button", name="Submit", exact=True).click()
    answer = read_answer(walk, frame)
    return {**answer, "pictures": walk.pictures, "seconds": time.perf_counter() - began}


def sign_in(walk: Walk, url: str, credentials: dict[str, str]) -> None:
    page = walk.page
    page.goto(url)
    walk.fill(page.get_by_label("User ID"), credentials["username"])
    page.get_by_label("Password").fill(credentials["password"])
    page.get_by_role("button", name="Sign In").click()
    code = totp.code_at(totp.decode_secret(credentials["totp_secret"]), time.time())
    walk.fill(page.get_by_label("Authentication Code"), code)
    page.get_by_role("button", name="Verify").click()
    walk.choose(page.get_by_label("Organization"), credentials["organization"])
    page.get_by_role("button", name="Continue").click()
    update = page.get_by_role("dialog", name="Important update")
    update.get_by_role("button", name="Close").click()
    expect(update).to_have_count(0)
    walk.picture("home")


def open_request(walk: Walk) -> None:
    page = walk.page
    page.get_by_role("button", name="Patient Registration").click()
    page.get_by_role("button", name="Authorizations & Referrals").click()
    walk.picture("menu")
    page.get_by_role("link", name="Authorization Request", exact=True).click()


def fill_patient(walk: Walk, frame: FrameLocator, case: dict[str, Any]) -> None:
    patient, coverage = case["patient"], case["coverage"]
    payer = frame.locator(".dropdown-button")
    payer.click()
    frame.get_by_role("option", name=coverage["payer"], exact=True).click()
    expect(payer).to_have_text(coverage["payer"])
    walk.picture("payer")
    walk.choose(frame.get_by_label("Request Type"), "Outpatient")
    walk.fill(frame.get_by_label("Member ID"), coverage["member_id"])
    walk.fill(frame.get_by_label("Patient Last Name"), patient["last_name"])
    walk.fill(frame.get_by_label("Patient First Name"), patient["first_name"])
    walk.fill(cell(frame, "Date of Birth *"), typed(patient["date_of_birth"]))


def fill_services(walk: Walk, frame: FrameLocator, case: dict[str, Any]) -> None:
    place = frame.get_by_label("Place of Service")
    code = case.get("place_of_service") or case["service_lines"][0]["place_of_service"]
    place.select_option(value=code)
    assert place.input_value() == code
    walk.picture("place")
    pick(
        walk,
        frame.locator(".cell:has(> .cap:text-is('Diagnosis Code *')) input"),
        case["diagnoses"][0]["code"],
    )
    for number, line in enumerate(case["service_lines"]):
        if number:
            frame.get_by_role("button", name="Add Another Procedure").click()
            walk.picture("add")
        block = frame.locator(".procedure").nth(number)
        expect(block.get_by_role("heading")).to_have_text(f"Procedure {number + 1}")
        pick(walk, block.get_by_label("Procedure Code"), line["code"])
        walk.fill(cell(block, "Quantity *"), str(line["units"]))
        for nth, modifier in enumerate(line.get("modifiers", ()), 1):
            walk.fill(block.get_by_label(f"Modifier {nth}"), modifier)
        walk.fill(cell(block, "From Date *"), typed(line["from"]))
        walk.fill(cell(block, "To Date *"), typed(line["to"]))


def fill_providers(walk: Walk, frame: FrameLocator, case: dict[str, Any]) -> None:
    roles = {
        "Requesting Provider": "requesting_provider",
        "Rendering Provider": "rendering_provider",
        "Servicing Facility": "facility",
    }
    for title, role in roles.items():
        section = frame.locator(f".provider:has(h3:text-is('{title}'))")
        walk.fill(cell(section, "NPI *"), case[role]["npi"])
    walk.fill(frame.get_by_label("Contact Name"), case["contact"]["name"])
    walk.fill(frame.get_by_label("Contact Phone"), case["contact"]["phone"])


def fill_attachments(walk: Walk, frame: FrameLocator, case: dict[str, Any]) -> None:
    walk.fill(frame.get_by_label("Clinical Notes"), case["clinical"]["notes"])
    for document in case.get("documents", ()):
        path = Path(document["path"])
        with walk.page.expect_file_chooser() as chooser:
            frame.get_by_role("button", name="Attach files").click()
        chooser.value.set_files(path)
        expect(frame.locator("#documents li").filter(has_text=path.name)).to_have_count(1)
        walk.picture("attach")


def go_on(walk: Walk, frame: FrameLocator) -> None:
    walk.page.keyboard.press("Tab")
    before = frame.locator("#stage > h2").inner_text()
    frame.get_by_role("button", name="Next", exact=True).click()
    expect(frame.locator("#stage > h2")).not_to_have_text(before)
    walk.picture("next")


def check_review(walk: Walk, frame: FrameLocator, case: dict[str, Any]) -> None:
    expect(frame.get_by_role("heading", name="Review", exact=True)).to_be_visible()
    text = frame.locator("#stage").inner_text()
    wanted = [case["coverage"]["member_id"]]
    for line in case["service_lines"]:
        wanted += [line["code"], typed(line["from"]), typed(line["to"])]
    missing = [value for value in wanted if value not in text]
    assert not missing, missing
    walk.picture("review")


def read_answer(walk: Walk, frame: FrameLocator) -> dict[str, str]:
    expect(frame.locator("table.lines, dt:text-is('Existing Request')").first).to_be_visible()
    walk.page.evaluate("window.scrollTo(0, 0)")
    found = {}
    for label, name in ANSWER_LABELS.items():
        value = frame.locator(f"dt:text-is('{label}') + dd")
        if value.count():
            found[name] = value.inner_text()
    walk.picture("answer")
    return found
