"""Every practice portal there is, by name: how each is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from authwright_sandbox.aetna import control as aetna_control
from authwright_sandbox.aetna.portal import AetnaPortal
from authwright_sandbox.aetna.web import aetna_app
from authwright_sandbox.caqh import control as caqh_control
from authwright_sandbox.caqh.portal import CaqhPortal
from authwright_sandbox.caqh.web import caqh_app
from authwright_sandbox.cigna import control as cigna_control
from authwright_sandbox.cigna.portal import CignaPortal
from authwright_sandbox.cigna.web import cigna_app
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.delegate import control as delegate_control
from authwright_sandbox.delegate.portal import DelegatePortal
from authwright_sandbox.delegate.web import delegate_app
from authwright_sandbox.events import EventLog
from authwright_sandbox.faults import Faults
from authwright_sandbox.forms.portal import FormsPortal
from authwright_sandbox.forms.web import forms_app, forms_control
from authwright_sandbox.hub.control import control_routes
from authwright_sandbox.hub.memory import Memory
from authwright_sandbox.hub.portal import HubPortal
from authwright_sandbox.hub.web import hub_app
from authwright_sandbox.mail import Deliver
from authwright_sandbox.tickets import Tickets
from authwright_sandbox.united import control as united_control
from authwright_sandbox.united.portal import UnitedPortal
from authwright_sandbox.united.web import united_app

PROFILES = {"none": (0, 0), "ordinary": (400, 100)}


@dataclass(frozen=True, slots=True)
class Settings:
    """`profile` is one of PROFILES: milliseconds a page and a call. `origins` says, without a slash at the
    end, where the portals of OWN_ORIGIN are served; one that isn't there is served beside the others.
    `deliver` gets each email that a portal sends; `tickets` hand a user over from the hub."""

    profile: str = "none"
    settle_seconds: float = 2.0
    seed: int = 7
    log_file: Path | None = None
    state_file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    deliver: Deliver = lambda mail: None
    tickets: Tickets = field(default_factory=Tickets)


@dataclass(frozen=True, slots=True)
class Portal:
    """Served at `/<name>/`, its control address at `/control/<name>/`. `state` is for tests in process."""

    app: Starlette
    control: list[Route]
    state: object


def hub(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    state = HubPortal(clock, EventLog(settings.log_file), faults, settings.settle_seconds)
    if settings.state_file:
        Memory(settings.state_file, state)
    return Portal(hub_app(state, settings.tickets), control_routes(state), state)


def forms(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    state = FormsPortal(clock, EventLog(settings.log_file), faults)
    return Portal(forms_app(state), forms_control(state), state)


def united(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    state = UnitedPortal(clock, EventLog(settings.log_file), faults, settings.settle_seconds)
    return Portal(united_app(state), united_control.control_routes(state), state)


def cigna(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    delegate_url = f"{settings.origins.get('delegate', '')}/delegate/"
    state = CignaPortal(clock, EventLog(settings.log_file), faults, settings.settle_seconds, delegate_url)
    return Portal(cigna_app(state), cigna_control.control_routes(state), state)


def delegate(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    state = DelegatePortal(clock, EventLog(settings.log_file), faults, settings.settle_seconds)
    return Portal(delegate_app(state), delegate_control.control_routes(state), state)


def aetna(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    state = AetnaPortal(
        clock,
        EventLog(settings.log_file),
        faults,
        settings.settle_seconds,
        settings.tickets,
        settings.deliver,
    )
    return Portal(aetna_app(state), aetna_control.control_routes(state), state)


def caqh(settings: Settings, clock: PortalClock) -> Portal:
    faults = Faults(PROFILES[settings.profile], settings.seed)
    state = CaqhPortal(clock, EventLog(settings.log_file), faults)
    return Portal(caqh_app(state), caqh_control.control_routes(state), state)


PORTALS: dict[str, Callable[[Settings, PortalClock], Portal]] = {
    "hub": hub,
    "forms": forms,
    "united": united,
    "cigna": cigna,
    "delegate": delegate,
    "aetna": aetna,
    "caqh": caqh,
}

OWN_ORIGIN: tuple[str, ...] = ("delegate",)
"""The portals that belong to somebody else, and therefore have a port of their own."""
