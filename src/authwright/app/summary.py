"""What a day came to, in numbers that a person understands. Every number is counted from the store."""

from dataclasses import dataclass

from authwright.app.claim_files import ClaimsReport
from authwright.app.views import CaseView, Waiting

# CAQH Index, provider time for one prior authorization: 24 minutes by phone, 16 in a portal.
CAQH_PHONE_MINUTES = 24
CAQH_PORTAL_MINUTES = 16


@dataclass(frozen=True, slots=True)
class Summary:
    """`work` is what waits for a person, `claims` the checked claim files (none: nothing was checked)."""

    cases: tuple[CaseView, ...]
    work: tuple[Waiting, ...]
    claims: tuple[ClaimsReport, ...] = ()

    @property
    def sent(self) -> tuple[CaseView, ...]:
        return tuple(v for v in self.cases if v.was_sent)

    @property
    def worked(self) -> tuple[CaseView, ...]:
        """Cases that got an answer from the payer by portal: sent, not required, or duplicate."""
        return tuple(v for v in self.cases if v.determinations and v.runs)

    @property
    def portal_seconds(self) -> float:
        """Time of the runs in the portal, as it was measured."""
        return sum(run.seconds for view in self.worked for run in view.runs)

    @property
    def by_phone(self) -> int:
        """Minutes that the same requests take by phone."""
        return CAQH_PHONE_MINUTES * len(self.worked)

    @property
    def by_portal(self) -> int:
        """Minutes that the same requests take a specialist in the portal."""
        return CAQH_PORTAL_MINUTES * len(self.worked)
