"""The payer's side of an answer: its processes, how long it may take, what is due when, whom to ask."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator

from authwright.core.requirement import Channel, Deadline, Process, RequirementQuery, Responsible
from authwright.rules.choices import Choice
from authwright.rules.entry import Entry
from authwright.rules.payer import Exemption, Payer, Turnaround, Urgency


class ProcessBook:
    """Builds the processes of a payer's answers, and keeps what it has built."""

    def __init__(self, payer: Payer) -> None:
        self.payer = payer
        self._channels = {c.id: Channel(c.kind.value, c.address, c.hours) for c in payer.channels}
        self._reviewers = {r.id: r for r in payer.reviewers}
        changes = {
            d for t in payer.turnarounds for d in (t.start, t.until and t.until + dt.timedelta(days=1)) if d
        }
        self._changes = sorted(changes)
        self._due: dict[tuple[object, ...], tuple[Deadline, ...]] = {}

    def period(self, day: dt.date) -> int:
        """A number that changes when any turnaround begins or ends."""
        return bisect_right(self._changes, day)

    def of_entry(self, entry: Entry, line_of_business: str, state: str, day: dt.date) -> tuple[Process, ...]:
        """The processes that an entry requires, as they stand on the day of the request."""
        return tuple(
            self.process(
                id_, line_of_business, state, day, entry.reviewer, entry.responsible, entry.if_left_out
            )
            for id_ in entry.requires
        )

    def process(
        self,
        id_: str,
        line_of_business: str,
        state: str,
        day: dt.date,
        reviewer: str = "",
        responsible: Responsible | None = None,
        if_left_out: str = "",
    ) -> Process:
        """One process of the payer; what a rule says of it goes before what the payer file says."""
        known = self.payer.process(id_)
        if known is None:  # check reports it; the answer still names what the rule asks for
            return Process(id_, id_, reviewer=reviewer)
        reviewer = reviewer or known.reviewer or self._reviewer_in(state, id_)
        own = self._reviewers.get(reviewer)
        delegate = tuple(Channel(c.kind.value, c.address, c.hours) for c in own.channels) if own else ()
        channels = tuple(self._channels[c] for c in known.channels if c in self._channels)
        return Process(
            id=id_,
            name=known.name,
            reviews=known.reviews,
            reviewer=reviewer,
            responsible=responsible or known.responsible,
            may_also_file=known.may_also_file,
            if_left_out=if_left_out or known.if_left_out,
            channels=delegate or channels,
            turnaround="; ".join(
                f"{t.within} ({t.urgency})" for t in self.turnarounds(id_, line_of_business, day)
            ),
            documents=known.documents,
        )

    def _reviewer_in(self, state: str, process: str) -> str:
        """Who reviews the process in the state, where that is shared out by state."""
        reviewers = self.payer.reviewers
        return next((r.id for r in reviewers if process in r.processes and state in r.states), "")

    def turnarounds(self, process: str, line_of_business: str, day: dt.date) -> tuple[Turnaround, ...]:
        return tuple(
            t
            for t in self.payer.turnarounds
            if (not t.processes or process in t.processes)
            and surely(t.lines_of_business, line_of_business)
            and (t.start is None or t.start <= day)
            and (t.until is None or day <= t.until)
        )

    def deadlines(
        self, processes: tuple[Process, ...], line_of_business: str, service: dt.date, request: dt.date
    ) -> tuple[Deadline, ...]:
        """When the payer must have decided, and the payer's own limits for the practice.

        `due` is an ISO date where the two days that are known suffice, else the limit in words.
        """
        key = (*(p.id for p in processes), line_of_business, service, request)
        if key not in self._due:
            if len(self._due) > _REMEMBERED:
                self._due.clear()
            decisions = (self._decisions(p, line_of_business, request) for p in processes)
            limits = self._limits({p.id for p in processes}, line_of_business, service)
            self._due[key] = (*(d for found in decisions for d in found), *limits)
        return self._due[key]

    def _decisions(self, process: Process, line_of_business: str, request: dt.date) -> Iterator[Deadline]:
        for t in self.turnarounds(process.id, line_of_business, request):
            kind = "decision" if t.urgency is Urgency.STANDARD else "decision, expedited"
            due = t.within.after(request)
            words = f"{t.within} from {t.starts}"
            yield Deadline(kind, due.isoformat() if due else words, f"{process.name}: {words}")

    def _limits(self, ids: set[str], line_of_business: str, service: dt.date) -> Iterator[Deadline]:
        for d in self.payer.deadlines:
            if not ids or (d.processes and not ids & set(d.processes)):
                continue
            if not surely(d.lines_of_business, line_of_business):
                continue
            words = " ".join(str(w) for w in (d.within, "before" if d.before else "from", d.starts) if w)
            due = None
            if d.within:
                due = d.within.before(service) if d.before else d.within.after(service)
            if due is None or d.starts != "service":
                yield Deadline(d.kind, words if d.within else d.note, d.note or words)
            else:
                yield Deadline(d.kind, due.isoformat(), d.note or words)

    def contact(self) -> str:
        """Whom to ask, in words."""
        ways = "; ".join(
            f"{c.kind} {c.address}" for c in self.payer.channels if c.kind in ("portal", "phone")
        )
        return f"{self.payer.name}: {ways}" if ways else self.payer.name


# How many sets of deadlines are kept; bulk work asks for few days again and again.
_REMEMBERED = 4096


def surely(choice: Choice, value: str) -> bool:
    """Whether a choice allows a value; one that isn't known meets only a choice that asks for nothing."""
    return not choice or (bool(value) and choice.allows(value))


def exemption_reaches(exemption: Exemption, code: str, processes: tuple[Process, ...], day: dt.date) -> bool:
    """Whether the exemption is about this code, process and day, whoever the provider is."""
    return (
        (not exemption.codes or code in exemption.codes)
        and (not exemption.processes or any(p.id in exemption.processes for p in processes))
        and (exemption.start is None or exemption.start <= day)
        and (exemption.until is None or day <= exemption.until)
    )


def exempts(exemption: Exemption, query: RequirementQuery) -> bool:
    """Whether the provider of the question is in the exemption's scope."""
    scope = exemption.scope
    return (
        query.provider_tin in scope.tins
        or query.provider_npi in scope.npis
        or query.facility_ccn in scope.ccns
    )
