"""The way in: user ID, password and, when the portal wants to know, pictures."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from authwright_sandbox.accounts import Refusal
from authwright_sandbox.cigna.portal import CignaPortal
from authwright_sandbox.guarded import go, text_fields
from authwright_sandbox.sessions import Session, Stage

COOKIE = "cigna_session"
EXPIRED = "Your session has expired. Log in again."
NOT_A_ROBOT = "Confirm that you are not a robot."


class SignIn:
    def __init__(self, portal: CignaPortal, templates: Jinja2Templates) -> None:
        self.portal, self.templates = portal, templates

    def session(self, request: Request) -> Session | None:
        return self.portal.sessions.find(request.cookies.get(COOKIE))

    def _page(self, request: Request, message: str = "", user: str = "") -> Response:
        captcha = self.portal.captcha
        challenge = captcha.new() if captcha.due else None
        values = {"message": message, "user": user, "challenge": challenge}
        return self.templates.TemplateResponse(request, "log_in.html", values)

    async def start(self, request: Request) -> Response:
        if "expired" in request.query_params:
            return self._page(request, EXPIRED)
        return go("/cigna/home") if self.session(request) else self._page(request)

    async def log_in(self, request: Request) -> Response:
        sent = await text_fields(request)
        user = sent.get("user", "").strip()
        if not self.portal.captcha.passes(sent.get("captcha", "")):
            return self._page(request, NOT_A_ROBOT, user)
        checked = self.portal.accounts.check_password(user, sent.get("password", ""))
        if isinstance(checked, Refusal):
            self.portal.events.add("sign-in-refused", user=user, locked=checked.locked)
            return self._page(request, checked.message, user)
        self.portal.captcha.sign_ins += 1
        session = self.portal.sessions.open(user, Stage.IN)
        session.organization = checked.organizations[0] if checked.organizations else user
        self.portal.events.add("signed-in", user=user, organization=session.organization)
        answer = go("/cigna/home")
        answer.set_cookie(COOKIE, session.token, httponly=True, samesite="lax", path="/cigna")
        return answer

    async def picture(self, request: Request) -> Response:
        challenge = self.portal.captcha.challenges.get(request.path_params["id"])
        if challenge is None:
            return Response(status_code=404)
        at = request.path_params["at"] % len(challenge.tiles)
        return Response(challenge.picture(at), media_type="image/svg+xml")

    async def solve(self, request: Request) -> Response:
        """Wrong pictures bring others."""
        captcha = self.portal.captcha
        challenge = captcha.challenges.get(request.path_params["id"])
        chosen = (await request.json())["tiles"]
        if challenge is not None and captcha.answer(challenge, [int(at) for at in chosen]):
            self.portal.events.add("captcha-solved")
            return JSONResponse({"solved": True})
        self.portal.events.add("captcha-refused")
        another = captcha.new()
        return JSONResponse({"solved": False, "id": another.id, "wanted": another.wanted})

    async def sign_out(self, request: Request) -> Response:
        self.portal.sessions.close(request.cookies.get(COOKIE, ""))
        return go("/cigna/")
