"""Claims from an 837 professional (ASC X12 005010X222A1), one at a time.

Loops are told apart by where a segment stands, since X12 names no loop: HL levels 20, 22 and 23
above the claim; CLM, SBR (2320) and LX within it; NM1 opens a party in each.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from authwright.core.diagnostics import Severity
from authwright.formats.x12.claim import Claim, ClaimLine, NumberOnClaim, OtherPayer, Party
from authwright.formats.x12.guides import in_words, is_professional_claim
from authwright.formats.x12.reader import X12Reader

_BILLING, _SUBSCRIBER, _PATIENT = "20", "22", "23"
_LINE_PROCEDURES = frozenset({"HC", "ER", "IV", "WK"})
_AUTHORIZATION, _REFERRAL = "G1", "9F"


def read_claims(reader: X12Reader) -> Iterator[Claim]:
    """Every professional claim, as soon as it is whole. Problems go to `reader.diagnostics`.

    A transaction set of another kind is refused with X12020 and skipped. A claim that the end of
    the file cuts off is not given.
    """
    version, parser, sets = "", None, 0
    for number, offset, elements in reader:
        name = elements[0]
        if name == "GS":
            version = _at(elements, 8)
        elif name == "ST":
            sets += 1
            parser = None
            if is_professional_claim(elements, version):
                parser = _Parser(reader, _at(elements, 2))
            else:
                _refuse(reader, elements, version)
        elif name == "SE":
            if parser and (claim := parser.finish(number, offset)):
                yield claim
            parser = None
        elif parser and (claim := parser.take(number, offset, elements)):
            yield claim
    if not sets and not reader.diagnostics:
        reader.problem("X12021", "there is no transaction set in it: expected at least one 837 claim file")


def _refuse(reader: X12Reader, st: Sequence[str], version: str) -> None:
    hint = "Give a professional claim file (837P, guide 005010X222A1)."
    if "X223" in in_words(st, version) or "institutional" in in_words(st, version):
        hint = "Institutional claims are not checked yet; a professional claim file (837P) is."
    reader.problem(
        "X12020", f"this is {in_words(st, version)}: expected a professional claim (837P, X222)", hint
    )


class _Parser:
    """Builds claims of one transaction set."""

    def __init__(self, reader: X12Reader, transaction: str) -> None:
        self._reader, self._transaction = reader, transaction
        self._level = ""
        self._number = self._offset = 0
        self._subscriber = self._billing_level = Claim(id="")
        self._base = Claim(id="")
        self._claim: Claim | None = None
        self._line: ClaimLine | None = None
        self._line_number = ""
        self._lines: list[ClaimLine] = []
        self._others: list[OtherPayer] = []
        self._party = ""
        self._done: Claim | None = None
        self._handlers: dict[str, Callable[[Sequence[str]], None]] = {
            "HL": self._hl,
            "SBR": self._sbr,
            "PAT": self._ignore,
            "NM1": self._nm1,
            "N4": self._n4,
            "REF": self._ref,
            "DMG": self._dmg,
            "CLM": self._clm,
            "HI": self._hi,
            "LX": self._lx,
            "SV1": self._sv1,
            "DTP": self._dtp,
        }

    def take(self, number: int, offset: int, elements: Sequence[str]) -> Claim | None:
        """One more segment; the claim before, if this segment ends it."""
        handle = self._handlers.get(elements[0])
        if handle is None:
            return None
        self._number, self._offset = number, offset
        self._done = None
        handle(elements)
        return self._done

    def finish(self, number: int, offset: int) -> Claim | None:
        """The set ends here: its last claim, if one is open."""
        self._number, self._offset = number, offset
        self._done = None
        self._end_claim()
        return self._done

    # Levels above the claim

    def _hl(self, elements: Sequence[str]) -> None:
        self._end_claim()
        self._level, self._party = _at(elements, 3), ""
        if self._level == _BILLING:
            self._base = Claim(id="")
        elif self._level == _SUBSCRIBER:
            self._base = Claim(id="", billing=self._base.billing)
        elif self._level == _PATIENT:
            self._base = replace(
                self._base,
                patient_last_name="",
                patient_first_name="",
                patient_birth=None,
                patient_state=self._base.patient_state,
            )

    def _sbr(self, elements: Sequence[str]) -> None:
        if self._claim is None:
            self._base = replace(
                self._base, order=_at(elements, 1) or "P", filing=_at(elements, 9), plan_name=_at(elements, 4)
            )
        elif self._line is None:
            self._party = ""
            self._others.append(OtherPayer(order=_at(elements, 1)))

    def _nm1(self, elements: Sequence[str]) -> None:
        self._party = _at(elements, 1)
        if self._claim is None:
            self._nm1_above(elements)
        elif self._line is not None:
            self._nm1_of_line(elements)
        elif self._others:
            self._nm1_of_other_payer(elements)
        elif self._party == "82":
            self._claim = replace(self._claim, rendering=_party(elements))
        elif self._party == "77":
            self._claim = replace(self._claim, facility=_party(elements))

    def _nm1_above(self, elements: Sequence[str]) -> None:
        last, first = _text(_at(elements, 3)), _text(_at(elements, 4))
        if self._party == "85":
            self._base = replace(self._base, billing=_party(elements))
        elif self._party == "IL":
            self._base = replace(
                self._base,
                member_id=_at(elements, 9).strip(),
                subscriber_last_name=last,
                subscriber_first_name=first,
                patient_last_name=last,
                patient_first_name=first,
            )
        elif self._party == "QC":
            self._base = replace(self._base, patient_last_name=last, patient_first_name=first)
        elif self._party == "PR":
            self._base = replace(self._base, payer_name=last, payer_id=_at(elements, 9).strip())

    def _nm1_of_line(self, elements: Sequence[str]) -> None:
        assert self._line is not None
        if self._party == "82":
            self._line = replace(self._line, rendering=_party(elements))
        elif self._party == "77":
            self._line = replace(self._line, facility=_party(elements))

    def _nm1_of_other_payer(self, elements: Sequence[str]) -> None:
        if self._party == "IL":
            self._others[-1] = replace(self._others[-1], member_id=_at(elements, 9).strip())
        elif self._party == "PR":
            self._others[-1] = replace(
                self._others[-1], name=_text(_at(elements, 3)), id=_at(elements, 9).strip()
            )

    def _n4(self, elements: Sequence[str]) -> None:
        if self._claim is None and self._party in ("IL", "QC"):
            self._base = replace(self._base, patient_state=_at(elements, 2))

    def _dmg(self, elements: Sequence[str]) -> None:
        if self._claim is None and self._party in ("IL", "QC"):
            self._base = replace(self._base, patient_birth=_day(_at(elements, 2)))

    # Numbers

    def _ref(self, elements: Sequence[str]) -> None:
        kind, value = _at(elements, 1), _at(elements, 2).strip()
        if self._claim is None:
            if self._party == "85" and kind in ("EI", "SY") and self._level == _BILLING:
                billing = replace(self._base.billing, tax_id=value.replace("-", ""))
                self._base = replace(self._base, billing=billing)
            return
        if kind == "F8" and self._line is None and not self._others and not self._party:
            self._claim = replace(self._claim, replaces=value)
        if kind not in (_AUTHORIZATION, _REFERRAL) or not value:
            return
        found = NumberOnClaim(kind, value, self._number, self._scope(elements))
        if self._party == "PR" and self._others and self._line is None:
            other = self._others[-1]
            self._others[-1] = replace(other, numbers=(*other.numbers, found))
        elif self._party:
            self._problem(
                "X12025",
                f"REF*{kind} stands in the loop of a provider (NM1*{self._party}):"
                " expected it before, right after the claim's or the line's dates",
                "It is not read as the claim's number; payers look in loops 2300 and 2400.",
                Severity.WARNING,
            )
        elif self._line is not None:
            self._line = replace(self._line, numbers=(*self._line.numbers, found))
        elif not self._others:
            self._claim = replace(self._claim, numbers=(*self._claim.numbers, found))

    def _scope(self, elements: Sequence[str]) -> str:
        """The payer that REF04 names, as "2U:payer id"."""
        parts = self._components(_at(elements, 4))
        return parts[1].strip() if len(parts) > 1 and parts[0] == "2U" else ""

    # The claim

    def _clm(self, elements: Sequence[str]) -> None:
        self._end_claim()
        self._party = ""
        claim_id = _at(elements, 1)
        if not claim_id:
            self._problem("X12022", "CLM01 is empty: expected the claim's own number")
        if self._level not in (_SUBSCRIBER, _PATIENT) or not self._base.member_id:
            self._problem(
                "X12023",
                f"claim {claim_id} has no member ID: expected a subscriber (HL*..*22 and NM1*IL) before it",
                "Without it no approval can be found for this claim.",
            )
        place = self._components(_at(elements, 5))
        self._claim = replace(
            self._base,
            id=_text(claim_id),
            charge=self._decimal(_at(elements, 2), "CLM02, the charge"),
            place=place[0] if place else "",
            frequency=(place[2] if len(place) > 2 else "") or "1",
            transaction=self._transaction,
            segment=self._number,
            offset=self._offset,
        )

    def _hi(self, elements: Sequence[str]) -> None:
        if self._claim is None:
            return
        codes = []
        for element in elements[1:]:
            parts = self._components(element)
            if len(parts) > 1 and parts[0] in ("ABK", "ABF", "BK", "BF") and parts[1]:
                codes.append(parts[1])
        self._claim = replace(self._claim, diagnoses=(*self._claim.diagnoses, *codes))

    def _lx(self, elements: Sequence[str]) -> None:
        self._end_line()
        self._party, self._line_number = "", _at(elements, 1)

    def _sv1(self, elements: Sequence[str]) -> None:
        if self._claim is None:
            self._problem("X12024", "SV1 stands outside of a claim: expected CLM before it")
            return
        if self._line is not None:
            self._end_line()
        if not self._line_number:
            self._problem("X12024", "SV1 without an LX before it: expected LX with the line's number")
            self._line_number = str(len(self._lines) + 1)
        procedure = self._components(_at(elements, 1))
        code = procedure[1].strip() if len(procedure) > 1 else ""
        if not code:
            self._problem(
                "X12022",
                f"SV101 is {_at(elements, 1)!r}, without a procedure code: expected {self._example()}",
                "The ISA's last character says what separates the parts of an element.",
            )
        elif procedure[0] not in _LINE_PROCEDURES:
            self._problem(
                "X12022", f"SV101 says {procedure[0]!r}: expected HC, ER, IV or WK before the procedure code"
            )
        self._party = ""
        units = self._decimal(_at(elements, 4), "SV104, the units")
        self._line = ClaimLine(
            number=self._line_number,
            code=code,
            modifiers=tuple(m for m in procedure[2:6] if m),
            charge=self._decimal(_at(elements, 2), "SV102, the charge"),
            unit_kind=_at(elements, 3) or "UN",
            units=units,
            units_text=_at(elements, 4) if units is None else "",
            code_set=procedure[0] if procedure else "",
            place=_at(elements, 5),
            segment=self._number,
            offset=self._offset,
        )

    def _dtp(self, elements: Sequence[str]) -> None:
        if self._line is None or _at(elements, 1) != "472":
            return
        form, text = _at(elements, 2), _at(elements, 3).strip()
        first, _, last = text.partition("-")
        start = _day(first)
        end = _day(last) if form == "RD8" else start
        if form not in ("D8", "RD8") or start is None or end is None or end < start:
            self._problem(
                "X12026",
                f"DTP*472 says {form}*{text}: expected D8*YYYYMMDD or RD8*YYYYMMDD-YYYYMMDD, days that exist",
                f"It is the date of service of line {self._line.number}.",
            )
            self._line = replace(self._line, date_text=text)
            return
        self._line = replace(self._line, start=start, end=end)

    def _ignore(self, elements: Sequence[str]) -> None:
        """A segment that only says that no party is open any more."""
        self._party = ""

    def _end_line(self) -> None:
        if self._line is not None:
            if self._line.start is None:
                self._problem(
                    "X12027",
                    f"line {self._line.number} ({self._line.code}) has no usable date of service:"
                    " expected DTP*472",
                )
            self._lines.append(self._line)
        self._line, self._line_number = None, ""

    def _end_claim(self) -> None:
        self._end_line()
        if self._claim is not None:
            if not self._lines:
                self._problem(
                    "X12028", f"claim {self._claim.id} has no service line: expected LX, SV1 and DTP*472"
                )
            self._done = replace(self._claim, lines=tuple(self._lines), other_payers=tuple(self._others))
        self._claim, self._lines, self._others = None, [], []

    # Helpers

    def _components(self, element: str) -> list[str]:
        delimiters = self._reader.delimiters
        assert delimiters is not None
        return element.split(delimiters.component) if element else []

    def _example(self) -> str:
        delimiters = self._reader.delimiters
        return f"HC{delimiters.component if delimiters else ':'}code"

    def _decimal(self, text: str, what: str) -> Decimal | None:
        if not text:
            return None
        value = _decimal(text)
        if value is None:
            self._problem("X12029", f"{what}, is {text!r}: expected a number")
        return value

    def _problem(self, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> None:
        self._reader.problem(code, message, hint, offset=self._offset, severity=severity)


def _at(elements: Sequence[str], position: int) -> str:
    return elements[position] if len(elements) > position else ""


def _text(latin: str) -> str:
    """Names come in UTF-8 or Latin-1; the reader's characters are bytes."""
    if latin.isascii():
        return latin
    try:
        return latin.encode("latin-1").decode()
    except UnicodeDecodeError:
        return latin


def _party(elements: Sequence[str]) -> Party:
    last, first = _text(_at(elements, 3)), _text(_at(elements, 4))
    return Party(
        name=f"{first} {last}".strip(),
        npi=_at(elements, 9).strip() if _at(elements, 8) == "XX" else "",
        person=_at(elements, 2) == "1",
    )


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    text = text.strip()
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
