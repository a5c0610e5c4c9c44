"""A practice's folder as `authwright init` makes it, with one portal; its clock stands still."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from authwright.app import approvals, rehearsals
from authwright.app.init import init
from authwright.app.installation import Installation, opened
from authwright.app.sops import of_portal
from authwright.cases.states import Event
from authwright.core.clock import FixedClock
from authwright.core.order import Coverage, Order, Patient, ServiceLine
from authwright.store.cases import CaseFacts

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
PORTAL = """
[portals.hub]
base_url = "http://127.0.0.1/hub/"

[filing]
unitedhealthcare = "hub"
"""


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "clinic"
    init(folder, "clinic", "Northside Clinic", at=AT)
    return folder


@pytest.fixture
def folder(tmp_path: Path, made_practice: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The practice without a portal yet."""
    monkeypatch.delenv("AUTHWRIGHT_KEY", raising=False)
    return Path(shutil.copytree(made_practice, tmp_path / "clinic"))


@pytest.fixture
def with_portal(folder: Path) -> Path:
    """The practice with the hub; whoever owns it has allowed automation."""
    settings = folder / "authwright.toml"
    settings.write_text(settings.read_text() + PORTAL)
    return folder


@pytest.fixture
def open_at() -> Callable[[Path], AbstractContextManager[Installation]]:
    return lambda folder: opened(folder, FixedClock(AT))


@pytest.fixture
def practice(with_portal: Path, open_at) -> Iterator[Installation]:
    with open_at(with_portal) as installation:
        yield installation


@pytest.fixture
def approve(practice: Installation) -> Callable[..., None]:
    """Approve every SOP of the hub as it stands, and put down that it was rehearsed there."""

    def everything(base_url: str = practice.settings.portals["hub"].base_url) -> None:
        for compiled in of_portal(practice.library_folders, "hub").values():
            walked = rehearsals.of([compiled.workflow], on=DAY, portal=base_url, by="Dana")
            rehearsals.add(practice.settings.folder, walked)
            made = approvals.SopApproval(compiled.workflow.id, compiled.workflow.meaning_hash, "Dana", DAY)
            approvals.add(practice.settings.folder, made)

    return everything


@pytest.fixture
def ready_case(practice: Installation) -> Callable[..., str]:
    """Makes a case that is ready to send; its id."""

    def make(
        order_id: str = "O-1",
        *,
        codes: tuple[str, ...] = ("27447",),
        day: date | None = DAY,
        member: str = "W1",
        patient: Patient = Patient("Jane", "Doe"),
        portal: str = "hub",
        events: tuple[Event, ...] = (Event.FOUND_COMPLETE,),
    ) -> str:
        lines = tuple(ServiceLine(c, units=Decimal(1), start=day, place_of_service="22") for c in codes)
        coverage = Coverage("UHC CHOICE PLUS", "unitedhealthcare", member_id=member)
        order = Order(order_id, patient=patient, coverages=(coverage,), service_lines=lines)
        with practice.store.practice("clinic") as session:
            record, _ = session.orders.add(order, source="csv", actor="Jane", at=AT)
            facts = CaseFacts(payer="unitedhealthcare", portal=portal, date_of_service=day)
            case = session.cases.open(record.id, {}, facts, member_id=member, actor="Jane", at=AT)
            for event in events:
                session.cases.move(case.id, event, actor="Jane", at=AT)
        return case.id

    return make
