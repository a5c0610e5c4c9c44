"""The portal united driven by hand: what a careful person does, written for Playwright."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from authwright_sandbox import totp
from authwright_sandbox.united.portal import DEFAULT_ACCOUNT

REQUEST: dict[str, Any] = {
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
QUESTIONS = {
    "conservative": "Has the member completed six weeks of conservative treatment?",
    "side": "Which knee will be treated?",
}


@dataclass
class Walk:
    """`pictures`: where a picture of each page is put, if anywhere."""

    page: Page
    url: str
    pictures: Path | None = None
    _taken: int = field(default=0)

    def picture(self, name: str) -> None:
        if self.pictures is not None:
            self._taken += 1
            self.page.screenshot(path=self.pictures / f"{self._taken:02}-{name}.png", full_page=True)

    def cell(self, label: str) -> Locator:
        """The box of the field with this label; the label's colon stands in a span of its own."""
        return self.page.locator(".field").filter(has=self.page.locator(f".cap span:text-is('{label}')"))

    def type(self, label: str, text: str) -> None:
        self.cell(label).locator("input, textarea").first.fill(text)

    def choose(self, label: str, text: str) -> None:
        self.cell(label).get_by_role("button").click()
        self.page.locator("#layer li", has_text=text).click()

    def date(self, label: str, text: str) -> None:
        for box, part in zip(self.cell(label).locator("input").all(), text.split("/"), strict=True):
            box.fill(part)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def menu(self, title: str, entry: str) -> None:
        self.page.get_by_role("button", name=title).first.click()
        self.page.locator(".nav li", has_text=entry).click()
        self.settled()

    def settled(self) -> None:
        """Forms draw themselves once more when their lists have come."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(250)

    def sign_in(self) -> None:
        self.page.goto(f"{self.url}/united/")
        self.picture("user")
        self.page.get_by_label("Username").fill(DEFAULT_ACCOUNT.user)
        self.press("Continue")
        self.picture("password")
        self.page.get_by_placeholder("Password").fill(DEFAULT_ACCOUNT.password)
        self.press("Continue")
        self.picture("verify")
        secret = totp.decode_secret(DEFAULT_ACCOUNT.totp_secret)
        self.page.locator("[name=code]").fill(totp.code_at(secret, time.time()))
        self.press("Verify")
        self.page.get_by_role("heading", level=1).wait_for()
        if self.page.get_by_text("Which provider do you represent?").is_visible():
            self.picture("represent")
            self.choose("Provider (Tax ID)", "Maple Street Orthopedics")
            self.press("Continue")
        expect(self.page.get_by_role("heading", name="Prior Authorization and Notification")).to_be_visible()
        self.picture("home")

    def member(self, request: dict[str, Any]) -> None:
        self.menu("Prior Authorizations", "Submit a prior authorization")
        self.picture("member-empty")
        self.type("Member ID", request["member_id"])
        self.date("Date of Birth", request["date_of_birth"])
        self.type("Last Name", request["last_name"])
        self.type("First Name", request["first_name"])
        self.press("Find Member")
        expect(self.page.get_by_text("Member found.")).to_be_visible()
        self.picture("member")
        self.press("Next")

    def services(self, request: dict[str, Any]) -> None:
        self.choose("Place of Service", f"{request['place_of_service']} - ")
        self.choose("Service Type", request["service_type"])
        self.date("Service Start Date", request["start_date"])
        self.type("Service End Date", request["end_date"])
        for code in request["diagnoses"]:
            self.type("Diagnosis Code", code)
            self.cell("Diagnosis Code").get_by_role("button", name="Add").click()
        for line in request["procedures"]:
            boxes = self.page.locator("code-picker input")
            for box, key in zip(boxes.all(), ("code", "modifier", "units"), strict=True):
                box.fill(line[key])
            self.page.locator("code-picker").get_by_role("button", name="Add").click()
        self.picture("services")
        self.press("Next")

    def providers(self, request: dict[str, Any]) -> None:
        for label, role in (
            ("Requesting Provider NPI", "requesting"),
            ("Servicing Provider NPI", "servicing"),
            ("Facility NPI", "facility"),
        ):
            self.type(label, request[role]["npi"])
            self.cell(label).get_by_title("Look up").click()
        self.type("Contact Name", request["contact_name"])
        self.type("Contact Phone", request["contact_phone"])
        self.picture("providers")
        self.press("Next")

    def clinical(self, request: dict[str, Any], files: list[Path]) -> None:
        self.cell(QUESTIONS["conservative"]).get_by_role("button", name="Yes").click()
        self.choose(QUESTIONS["side"], "Right")
        self.type("Clinical Notes", request["notes"])
        self.attach("Supporting Documents", files)
        self.picture("clinical")
        self.press("Next")

    def attach(self, label: str, files: list[Path]) -> None:
        self.cell(label).locator("input[type=file]").set_input_files(files)
        for file in files:
            expect(self.cell(label).get_by_text(file.name, exact=True)).to_be_visible()

    def submit(self, request: dict[str, Any], files: list[Path]) -> str:
        """The service reference number."""
        self.member(request)
        self.services(request)
        self.providers(request)
        self.clinical(request, files)
        self.picture("review")
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
        self.picture("search")
        self.page.get_by_title("View details").click()
        expect(self.page.get_by_role("heading", name="Prior Authorization Details")).to_be_visible()
