"""The payer's side of an answer: its processes, how long it may take, what is due when, whom to ask."""

import datetime as dt
from bisect import bisect_right

from authwright.core.requirement import Channel, Deadline, Process, RequirementQuery
from authwright.rules.entry import Entry
from authwright.rules.payer import Exemption, Payer, Turnaround, Urgency
from authwright.rules.values import Choice


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
        self._built: dict[tuple[int, str, int], tuple[Process, ...]] = {}

    def of_entry(self, entry: Entry, line_of_business: str, day: dt.date) -> tuple[Process, ...]:
        """The processes that an entry requires, as they stand on the day of the request."""
        key = (id(entry), line_of_business, bisect_right(self._changes, day))
        if key not in self._built:
            self._built[key] = tuple(
                self._process(id_, entry, line_of_business, day) for id_ in entry.requires
            )
        return self._built[key]

    def _process(self, id_: str, entry: Entry, line_of_business: str, day: dt.date) -> Process:
        known = self.payer.process(id_)
        if known is None:  # check reports it; the answer still names what the rule asks for
            return Process(id_, id_, reviewer=entry.reviewer)
        reviewer = entry.reviewer or known.reviewer
        own = self._reviewers.get(reviewer)
        delegate = tuple(Channel(c.kind.value, c.address, c.hours) for c in own.channels) if own else ()
        channels = tuple(self._channels[c] for c in known.channels if c in self._channels)
        return Process(
            id=id_,
            name=known.name,
            reviews=known.reviews,
            reviewer=reviewer,
            responsible=entry.responsible or known.responsible,
            may_also_file=known.may_also_file,
            if_left_out=entry.if_left_out or known.if_left_out,
            channels=delegate or channels,
            turnaround="; ".join(
                f"{t.within} ({t.urgency})" for t in self.turnarounds(id_, line_of_business, day)
            ),
            documents=known.documents,
        )

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
        if not processes:
            return ()
        found: list[Deadline] = []
        for process in processes:
            for t in self.turnarounds(process.id, line_of_business, request):
                kind = "decision" if t.urgency is Urgency.STANDARD else "decision, expedited"
                due = t.within.after(request)
                words = f"{t.within} from {t.starts}"
                found.append(Deadline(kind, due.isoformat() if due else words, f"{process.name}: {words}"))
        ids = {p.id for p in processes}
        for d in self.payer.deadlines:
            if (d.processes and not ids & set(d.processes)) or not surely(
                d.lines_of_business, line_of_business
            ):
                continue
            words = " ".join(str(w) for w in (d.within, "before" if d.before else "from", d.starts) if w)
            due = None
            if d.within and d.starts == "service":
                due = service if d.before else d.within.after(service)
            found.append(
                Deadline(d.kind, due.isoformat() if due else words if d.within else d.note, d.note or words)
            )
        return tuple(found)

    def contact(self) -> str:
        """Whom to ask, in words."""
        ways = "; ".join(
            f"{c.kind} {c.address}" for c in self.payer.channels if c.kind in ("portal", "phone")
        )
        return f"{self.payer.name}: {ways}" if ways else self.payer.name


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
