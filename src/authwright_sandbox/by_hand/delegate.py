"""A case on the delegate's portal, frame in frame."""

from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from authwright_sandbox.by_hand.walk import Walk, typed


class Desk:
    """The portal's two frames: the bar with its entries, and in it the page at work."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.main = walk.page.frame_locator("iframe[name=main]")
        self.work = self.main.frame_locator("iframe[name=work]")

    def fill(self, **values: str) -> None:
        for key, value in values.items():
            self.walk.fill(self.work.locator(f"[data-k={key}]"), value)

    def press(self, name: str) -> None:
        self.walk.click(self.work, name)

    def answer(self, question: str, text: str) -> None:
        """One question a page: options to tick, or a box to type in."""
        expect(self.work.get_by_text(question)).to_be_visible()
        option = self.work.locator(f"[data-k=answer][value='{text}']")
        if option.count():
            option.check()
            assert option.is_checked()
            self.walk.picture("answer")
        else:
            self.walk.fill(self.work.locator("input[type=text][data-k=answer]"), text)
        self.press("Continue")


def submit(page: Page, url: str, case: dict[str, Any], folder: Path | None = None) -> str:
    """Signs in and sends `case` (see by_hand.hub.submit; not urgent; conservative_treatment "Yes",
    treatment_weeks and recent_imaging answer the clinical questions). Returns the case number."""
    walk = Walk(page, folder)
    desk = Desk(walk)
    sign_in(walk, url, case["credentials"])
    desk.main.get_by_text("Start a Case").click()
    walk.picture("start")
    fill_member(desk, case)
    fill_service(desk, case)
    fill_providers(desk, case)
    not_urgent(desk)
    desk.answer("Has the patient had conservative treatment?", case["conservative_treatment"])
    desk.answer("For how many weeks was the patient treated?", case["treatment_weeks"])
    desk.answer("Has there been imaging of this region in the last 12 months?", case["recent_imaging"])
    attach(desk, case)
    return send(desk, case)


def sign_in(walk: Walk, url: str, credentials: dict[str, str]) -> None:
    page = walk.page
    page.goto(url)
    walk.fill(page.get_by_placeholder("User Name"), credentials["username"])
    page.get_by_placeholder("Password").fill(credentials["password"])
    walk.click(page, "Sign In")
    notice = page.get_by_text("Important notice")
    expect(notice.or_(page.locator("iframe[name=main]")).first).to_be_visible()
    if notice.is_visible():
        walk.click(page, "Continue")


def fill_member(desk: Desk, case: dict[str, Any]) -> None:
    desk.walk.choose(desk.work.locator("[data-k=plan]"), case["coverage"]["payer"])
    desk.fill(
        member_id=case["coverage"]["member_id"],
        last_name=case["patient"]["last_name"],
        date_of_birth=typed(case["patient"]["date_of_birth"]),
    )
    desk.press("Find Member")
    desk.press("Begin Case")


def fill_service(desk: Desk, case: dict[str, Any]) -> None:
    lines = case["service_lines"]
    desk.fill(date_of_service=typed(lines[0]["from"]), diagnosis=case["diagnoses"][0]["code"])
    for line in lines:
        desk.fill(code=line["code"], quantity=str(line["units"]))
        desk.press("Add")
        expect(desk.work.get_by_role("cell", name=line["code"], exact=True)).to_be_visible()
    desk.press("Continue")


def fill_providers(desk: Desk, case: dict[str, Any]) -> None:
    desk.fill(site_npi=case["facility"]["npi"])
    desk.press("Find Site")
    expect(desk.work.get_by_role("button", name="Continue")).to_be_enabled()
    desk.press("Continue")
    ordering = case["requesting_provider"]
    desk.fill(ordering_npi=ordering["npi"], tax_id=ordering["tax_id"])
    desk.fill(contact_name=case["contact"]["name"], callback=case["contact"]["phone"])
    desk.press("Continue")


def not_urgent(desk: Desk) -> None:
    """A box over the page asks back, whichever is ticked first."""
    no = desk.work.get_by_label("No")
    no.check()
    assert no.is_checked()
    desk.walk.picture("urgent")
    desk.press("Continue")


def attach(desk: Desk, case: dict[str, Any]) -> None:
    desk.fill(notes=case["clinical"]["notes"])
    files = [Path(document["path"]) for document in case["documents"]]
    with desk.walk.page.expect_file_chooser() as chooser:
        desk.work.get_by_role("button", name="Choose files", exact=True).click()
    chooser.value.set_files(files)
    for file in files:
        expect(desk.work.get_by_text(file.name)).to_be_visible()
    desk.walk.picture("attach")
    desk.press("Continue")


def send(desk: Desk, case: dict[str, Any]) -> str:
    attested = desk.work.locator("[name=attested]")
    attested.check()
    desk.walk.picture("attest")
    check_review(desk.work, case)
    desk.press("Submit Case")
    expect(desk.work.get_by_text("Your case was submitted")).to_be_visible()
    desk.walk.picture("submitted")
    return desk.work.locator(".r:has(> .cap:text-is('Case Number')) .val").inner_text()


def check_review(work: FrameLocator, case: dict[str, Any]) -> None:
    text = work.locator("body").inner_text()
    lines = [(line["code"], typed(line["from"])) for line in case["service_lines"]]
    wanted = [case["coverage"]["member_id"], *(value for line in lines for value in line)]
    missing = [value for value in wanted if value not in text]
    assert not missing, missing
