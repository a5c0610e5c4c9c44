"""A prior authorization on the portal united."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from authwright_sandbox import totp
from authwright_sandbox.by_hand import walk
from authwright_sandbox.by_hand.walk import typed

PROVIDERS = {
    "Requesting Provider NPI": "requesting_provider",
    "Servicing Provider NPI": "rendering_provider",
    "Facility NPI": "facility",
}


class Walk(walk.Walk):
    """`url` is the portal's, with no slash at its end."""

    def __init__(self, page: Page, url: str, folder: Path | None = None, takes: bool = True) -> None:
        super().__init__(page, folder, takes)
        self.url = url

    def cell(self, label: str) -> Locator:
        """The box of the field with this label; the label's colon stands in a span of its own."""
        return self.page.locator(".field").filter(has=self.page.locator(f".cap span:text-is('{label}')"))

    def type(self, label: str, text: str) -> None:
        self.fill(self.cell(label).locator("input, textarea").first, text)

    def pick(self, label: str, text: str) -> None:
        button = self.cell(label).get_by_role("button")
        button.click()
        self.page.locator("#layer li", has_text=text).click()
        expect(button).to_contain_text(text)
        self.picture("pick")

    def suggested(self, scope: Locator, field: Locator, code: str) -> None:
        """Typed, and picked from what is suggested."""
        field.fill(code)
        scope.locator("li", has_text=code).click()
        assert field.input_value().startswith(code), field.input_value()
        self.picture("suggested")

    def date(self, label: str, text: str) -> None:
        boxes = self.cell(label).locator("input").all()
        for box, part in zip(boxes, text.split("/"), strict=True):
            box.fill(part)
        assert "/".join(box.input_value() for box in boxes) == text
        self.picture("date")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.picture("press")

    def answer(self, question: str, text: str) -> None:
        """Two options are two buttons, more are a list."""
        expect(self.cell(question)).to_be_visible()
        button = self.cell(question).get_by_role("button", name=text, exact=True)
        if button.count():
            button.click()
            self.picture("answer")
        else:
            self.pick(question, text)

    def menu(self, title: str, entry: str) -> None:
        self.page.get_by_role("button", name=title).first.click()
        self.page.locator(".nav li", has_text=entry).click()
        self.settled()
        self.picture("menu")

    def settled(self) -> None:
        """Forms draw themselves once more when their lists have come."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(250)

    def sign_in(self, credentials: dict[str, str]) -> None:
        page = self.page
        page.goto(f"{self.url}/")
        self.picture("user")
        self.fill(page.get_by_label("Username"), credentials["username"])
        self.press("Continue")
        page.get_by_placeholder("Password").fill(credentials["password"])
        self.press("Continue")
        secret = totp.decode_secret(credentials["totp_secret"])
        self.fill(page.locator("[name=code]"), totp.code_at(secret, time.time()))
        self.press("Verify")
        page.get_by_role("heading", level=1).wait_for()
        if page.get_by_text("Which provider do you represent?").is_visible():
            self.pick("Provider (Tax ID)", credentials["organization"])
            self.press("Continue")
        expect(page.get_by_role("heading", name="Prior Authorization and Notification")).to_be_visible()

    def member(self, case: dict[str, Any]) -> None:
        self.menu("Prior Authorizations", "Submit a prior authorization")
        self.type("Member ID", case["coverage"]["member_id"])
        self.date("Date of Birth", typed(case["patient"]["date_of_birth"]))
        self.type("Last Name", case["patient"]["last_name"])
        self.type("First Name", case["patient"]["first_name"])
        self.press("Find Member")
        expect(self.page.get_by_text("Member found.")).to_be_visible()
        self.press("Next")

    def services(self, case: dict[str, Any]) -> None:
        lines = case["service_lines"]
        self.pick("Place of Service", f"{lines[0]['place_of_service']} - ")
        self.pick("Service Type", case["request"]["setting"])
        self.date("Service Start Date", typed(lines[0]["from"]))
        self.type("Service End Date", typed(lines[0]["to"]))
        diagnoses = self.cell("Diagnosis Code")
        for number, diagnosis in enumerate(case["diagnoses"], 1):
            self.suggested(diagnoses, diagnoses.locator("input").first, diagnosis["code"])
            diagnoses.get_by_role("button", name="Add").click()
            expect(diagnoses.locator(".chip")).to_have_count(number)
            self.picture("add")
        for line in lines:
            self.line(line)
        self.press("Next")

    def line(self, line: dict[str, Any]) -> None:
        picker = self.page.locator("code-picker")
        code, *others = picker.locator("input").all()
        self.suggested(picker, code, line["code"])
        for box, value in zip(others, ("".join(line.get("modifiers", ())), str(line["units"])), strict=True):
            self.fill(box, value)
        picker.get_by_role("button", name="Add").click()
        self.picture("add")

    def providers(self, case: dict[str, Any]) -> None:
        for label, role in PROVIDERS.items():
            self.type(label, case[role]["npi"])
            self.cell(label).get_by_title("Look up").click()
            self.picture("look-up")
        self.type("Contact Name", case["contact"]["name"])
        self.type("Contact Phone", case["contact"]["phone"])
        self.press("Next")

    def clinical(self, case: dict[str, Any], answers: dict[str, str]) -> None:
        for question, text in answers.items():
            self.answer(question, text)
        self.type("Clinical Notes", case["clinical"]["notes"])
        self.attach("Supporting Documents", [Path(each["path"]) for each in case["documents"]])
        self.press("Next")

    def attach(self, label: str, files: list[Path]) -> None:
        self.cell(label).locator("input[type=file]").set_input_files(files)
        for file in files:
            expect(self.cell(label).get_by_text(file.name, exact=True)).to_be_visible()
        self.picture("attach")

    def review(self, case: dict[str, Any]) -> None:
        self.page.get_by_role("button", name="Submit", exact=True).wait_for()
        text = self.page.locator("main").inner_text()
        lines = [(line["code"], typed(line["from"]), typed(line["to"])) for line in case["service_lines"]]
        wanted = [case["coverage"]["member_id"], *(value for line in lines for value in line)]
        missing = [value for value in wanted if value not in text]
        assert not missing, missing
        self.picture("before-submit")

    def request(self, case: dict[str, Any], answers: dict[str, str]) -> str:
        """The service reference number. `answers` by the words of the clinical questions."""
        self.member(case)
        self.services(case)
        self.providers(case)
        self.clinical(case, answers)
        self.review(case)
        self.press("Submit")
        expect(self.page.get_by_role("heading", name="Your request was submitted")).to_be_visible()
        self.picture("submitted")
        return self.fact("Service Reference Number")

    def fact(self, name: str) -> str:
        return self.page.locator(f".facts .k:text-is('{name}') + div").inner_text()

    def open(self, number: str) -> None:
        self.menu("Prior Authorizations", "Search existing")
        self.type("Service Reference Number", number)
        self.press("Search")
        self.page.get_by_title("View details").click()
        expect(self.page.get_by_role("heading", name="Prior Authorization Details")).to_be_visible()


def submit(page: Page, url: str, case: dict[str, Any], folder: Path | None = None) -> str:
    """Signs in and sends the request of `case` (see by_hand.hub.submit), none of whose codes may ask
    clinical questions. Returns the service reference number."""
    walk = Walk(page, url.rstrip("/"), folder)
    survey = page.get_by_role("button", name="No thanks")
    page.add_locator_handler(survey, lambda: survey.click())
    walk.sign_in(case["credentials"])
    number = walk.request(case, {})
    with page.expect_download() as coming:
        page.get_by_title("Download confirmation (PDF)").click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")
    walk.picture("confirmation")
    return number
