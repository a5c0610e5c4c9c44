"""Certifications found by member, number, code, and by member IDs that are nearly the same."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from authwright.core.certification import Certification

_NOISE = re.compile(r"[^0-9A-Z]")
_SHORTEST_NEAR = 6


@lru_cache(maxsize=65536)
def plain(identifier: str) -> str:
    """Member IDs and numbers as they are compared: capitals and digits, without dashes and spaces."""
    return _NOISE.sub("", identifier.upper())


@lru_cache(maxsize=65536)
def plain_number(number: str) -> str:
    """An approval's number as it is compared: also without leading zeros."""
    return plain(number).lstrip("0") or plain(number)


def differs_by_suffix(one: str, other: str) -> bool:
    """Whether one is the other plus two digits, as payers add for a dependent."""
    short, long = sorted((plain(one), plain(other)), key=len)
    return (
        len(short) >= _SHORTEST_NEAR
        and len(long) == len(short) + 2
        and long.startswith(short)
        and long[-2:].isdigit()
    )


def _without_one(member: str) -> Iterator[str]:
    yield member
    for i in range(len(member)):
        yield member[:i] + member[i + 1 :]


def _same_but_dependent(one: str, other: str) -> bool:
    """Two members of one family: IDs that differ in their last two digits only."""
    return len(one) == len(other) and one[:-2] == other[:-2] and (one[-2:] + other[-2:]).isdigit()


class CertificationIndex:
    """Positions in `certifications` stand for the certifications."""

    def __init__(self, certifications: Sequence[Certification]) -> None:
        self.certifications = certifications
        self._by_member: dict[str, list[int]] = defaultdict(list)
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._near: dict[str, set[str]] | None = None
        for position, certification in enumerate(certifications):
            self._by_member[plain(certification.member_id)].append(position)
            if certification.number:
                self._by_number[plain_number(certification.number)].append(position)
        self._bases: dict[str, list[str]] = defaultdict(list)
        for member in self._by_member:
            if len(member) >= _SHORTEST_NEAR + 2 and member[-2:].isdigit():
                self._bases[member[:-2]].append(member)

    def of_member(self, member_id: str) -> list[int]:
        """Those of the member, also where one of the two writes a dependent's suffix and the other
        doesn't."""
        member = plain(member_id)
        if not member:
            return []
        found = list(self._by_member.get(member, ()))
        for suffixed in self._bases.get(member, ()):
            found += self._by_member[suffixed]
        if differs_by_suffix(member, member[:-2]) and member[:-2] in self._by_member:
            found += self._by_member[member[:-2]]
        return found

    def numbered(self, number: str) -> list[int]:
        return self._by_number.get(plain_number(number), [])

    def of_similar_members(self, member_id: str) -> list[int]:
        """Those whose member ID is one slip of the keys away: one character more, less, other, or two
        swapped. Members of one family, whose IDs differ in the last two digits, are no slip."""
        member = plain(member_id)
        if len(member) < _SHORTEST_NEAR:
            return []
        near = self._near_members()
        found = {m for variant in _without_one(member) for m in near.get(variant, ())}
        return [
            position
            for other in sorted(found)
            if other != member and one_slip(member, other) and not _same_but_dependent(member, other)
            for position in self._by_member[other]
        ]

    def _near_members(self) -> dict[str, set[str]]:
        if self._near is None:
            self._near = defaultdict(set)
            for member in self._by_member:
                for variant in _without_one(member):
                    self._near[variant].add(member)
        return self._near


def one_slip(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours leads from one to the other."""
    if len(one) == len(other):
        differing = [i for i in range(len(one)) if one[i] != other[i]]
        if len(differing) == 1:
            return True
        return (
            len(differing) == 2
            and differing[1] == differing[0] + 1
            and one[differing[0]] == other[differing[1]]
            and one[differing[1]] == other[differing[0]]
        )
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
