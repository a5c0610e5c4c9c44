"""The portal's control address: for tests and demonstrations only, never for what drives the portal."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from authwright_sandbox.caqh.portal import CaqhPortal
from authwright_sandbox.caqh.profile import Profile
from authwright_sandbox.control import Control, Data, posted
from authwright_sandbox.dates import show_date


def control_routes(portal: CaqhPortal) -> list[Route]:
    control = _CaqhControl(portal)
    return [
        Route("/received", control.received),
        Route("/profiles", control.profiles),
        *control.routes,
        posted("/profile", control.profile),
    ]


class _CaqhControl(Control):
    def __init__(self, portal: CaqhPortal) -> None:
        super().__init__(portal)
        self.caqh = portal

    async def received(self, request: Request) -> Response:
        return JSONResponse({"received": self.caqh.received})

    async def profiles(self, request: Request) -> Response:
        return JSONResponse({"profiles": [self._told(each) for each in self.caqh.profiles.values()]})

    def _told(self, profile: Profile) -> Data:
        today = self.caqh.today
        return {
            "provider_id": profile.id,
            "npi": profile.npi,
            "name": profile.name,
            "status": profile.status(today),
            "attested_on": show_date(profile.attested_on),
            "due": show_date(profile.due),
            "values": profile.values,
            "documents": {kind: document.name for kind, document in profile.documents.items()},
            "findings": [f"{each.severity}: {each.text}" for each in profile.findings(today)],
        }

    def profile(self, data: Data) -> Data:
        """Changes values behind everybody's back, and how many days ago it was attested to."""
        profile = self.caqh.find(str(data["provider_id"]))
        if profile is None:
            raise ValueError(f"no profile {data['provider_id']}")
        unknown = set(data.get("values", {})) - set(profile.values)
        if unknown:
            raise ValueError(f"no value {sorted(unknown)}")
        profile.values |= {str(key): str(value) for key, value in data.get("values", {}).items()}
        if "attested_days_ago" in data:
            profile.attested_on = self.caqh.today - timedelta(days=int(data["attested_days_ago"]))
        return self._told(profile)
