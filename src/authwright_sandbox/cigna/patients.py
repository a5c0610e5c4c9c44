"""From the search for a patient to the tabs under their details, and the check of precertification."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from authwright_sandbox import reference_data as known
from authwright_sandbox.cigna import letters
from authwright_sandbox.cigna.form import REQUEST_TYPES, lines_of
from authwright_sandbox.cigna.pages import Pages, signed_in
from authwright_sandbox.cigna.rules import STATUS_WORDS
from authwright_sandbox.dates import parse_date, show_date
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.held import Held
from authwright_sandbox.pdf import pdf
from authwright_sandbox.sessions import Session

SEARCH = "/cigna/patients"
DELEGATE = "Delegate Review Services"


def pdf_response(lines: list[str], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf(lines), media_type="application/pdf", headers=headers)


class Patients(Pages):
    @signed_in
    async def home(self, request: Request, session: Session) -> Response:
        return self.page(request, session, "home.html")

    @signed_in
    async def site_search(self, request: Request, session: Session) -> Response:
        """The box in the header: it finds articles, never patients or requests."""
        asked = request.query_params.get("q", "").strip()
        return self.page(request, session, "site_search.html", asked=asked)

    @signed_in
    async def search(self, request: Request, session: Session) -> Response:
        asked = {key: value.strip() for key, value in request.query_params.items()}
        if "member_id" not in asked:
            return self.page(request, session, "search.html", asked={}, found=None)
        born = asked.get("date_of_birth", "")
        if parse_date(born) is None or not asked.get("last_name"):
            message = "Enter the Patient ID, the Last Name and the Date of Birth (MM/DD/YYYY)."
            return self.page(request, session, "search.html", asked=asked, found=None, message=message)
        first = asked.get("first_name", "")
        found = self.portal.look_up(session.user, asked["member_id"], asked["last_name"], first, born)
        if found:
            found.confirmed = False
        return self.page(request, session, "search.html", asked=asked, found=found, searched=True)

    @signed_in
    async def confirm(self, request: Request, session: Session) -> Response:
        """Called by the overlay, which stays until the date of birth is right."""
        sent = await request.json()
        right = self.portal.confirm(session.user, str(sent["member_id"]), str(sent["date_of_birth"]))
        return JSONResponse({"confirmed": right}, 200 if right else 422)

    @signed_in
    async def coverage(self, request: Request, session: Session) -> Response:
        patient = self.patient(request, session)
        if patient is None:
            return go(SEARCH)
        today = show_date(self.portal.clock.today())
        return self.page(request, session, "coverage.html", patient=patient, tab="coverage", today=today)

    @signed_in
    async def claims(self, request: Request, session: Session) -> Response:
        patient = self.patient(request, session)
        return (
            self.page(request, session, "claims.html", patient=patient, tab="claims")
            if patient
            else go(SEARCH)
        )

    @signed_in
    async def precertification(self, request: Request, session: Session) -> Response:
        """The dashboard: the payer's own requests for this patient, however they were made; it lags."""
        patient = self.patient(request, session)
        if patient is None:
            return go(SEARCH)
        member_id = patient.member.member_id
        held = self.portal.listed(session.organization, lambda held: held.member_id == member_id)
        rows = [self._row(each) for each in held]
        saved = [each for each in self.portal.saved if each["member_id"] == member_id]
        return self.page(
            request,
            session,
            "precertification.html",
            patient=patient,
            tab="precertification",
            rows=rows,
            saved=saved,
        )

    def _row(self, held: Held) -> dict[str, str]:
        return {
            "number": held.number,
            "type": held.payload.get("request_type", ""),
            "codes": ", ".join(held.codes),
            "start": show_date(held.start),
            "status": STATUS_WORDS[held.decision_at(self.portal.as_of).answer],
        }

    @signed_in
    async def check_page(self, request: Request, session: Session) -> Response:
        patient = self.patient(request, session)
        if patient is None:
            return go(SEARCH)
        return self.page(
            request,
            session,
            "check.html",
            patient=patient,
            tab="precertification",
            types=REQUEST_TYPES,
            places=known.PLACES,
        )

    @signed_in
    async def check(self, request: Request, session: Session) -> Response:
        """The live answer while the form is filled; nothing until it makes sense."""
        patient = self.patient(request, session)
        form = await text_fields(request)
        sound = (
            all(form.get(key) for key in ("request_type", "place_of_service"))
            and parse_date(form.get("start_date", "")) is not None
            and (lines := lines_of(form))
            and all(known.is_procedure(line.code) for line in lines)
        )
        if patient is None or not sound:
            return JSONResponse({"lines": []})
        check = self.portal.check(session.user, patient.member.member_id, form)
        words = {
            "required": "Precertification is required",
            "not-required": "Precertification is not required",
            "delegated": f"Precertification is required. Reviewed by {DELEGATE}",
        }
        return JSONResponse(
            {
                "lines": [{"code": code, "text": words[answer]} for code, answer in check.lines],
                "number": check.number if check.needless else "",
                "delegated": any(answer == "delegated" for _, answer in check.lines),
            }
        )

    @signed_in
    async def summary(self, request: Request, session: Session) -> Response:
        wanted = request.path_params["number"]
        check = next((each for each in self.portal.checks if each.number == wanted and each.needless), None)
        if check is None or self.patient(request, session) is None:
            return go(SEARCH)
        lines = letters.summary(check, show_date(self.portal.clock.today()))
        return pdf_response(lines, f"summary-{wanted}.pdf")

    @signed_in
    async def hand_over(self, request: Request, session: Session) -> Response:
        """Leads to the delegate's own portal, where nobody is signed in yet and nothing is filled in."""
        self.portal.events.add("handed-over", user=session.user)
        return go(self.portal.delegate_url)
