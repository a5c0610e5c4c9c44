"""Whom the payer knows as a member."""

from dataclasses import dataclass
from typing import Any, Self

from authwright_sandbox.reference_data import looks_like_member_id


@dataclass(frozen=True, slots=True)
class Member:
    """`last_name` and `date_of_birth` (MM/DD/YYYY) must agree with the form where they aren't empty."""

    member_id: str
    found: bool = True
    active: bool = True
    plan: str = "Choice Plus PPO"
    last_name: str = ""
    date_of_birth: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            str(data["member_id"]).upper(),
            bool(data.get("found", True)),
            bool(data.get("active", True)),
            str(data.get("plan", "Choice Plus PPO")),
            str(data.get("last_name", "")),
            str(data.get("date_of_birth", "")),
        )

    def agrees(self, last_name: str, date_of_birth: str) -> bool:
        pairs = ((self.last_name, last_name), (self.date_of_birth, date_of_birth))
        return self.found and all(not mine or mine.casefold() == asked.casefold() for mine, asked in pairs)


class Members:
    """Every well-formed member ID is a member, but for those that tests set otherwise."""

    def __init__(self) -> None:
        self.special: dict[str, Member] = {}

    def set(self, member: Member) -> None:
        self.special[member.member_id] = member

    def look_up(self, member_id: str, last_name: str, date_of_birth: str) -> Member | None:
        member_id = member_id.strip().upper()
        member = self.special.get(member_id)
        if member is None:
            return Member(member_id) if looks_like_member_id(member_id) else None
        return member if member.agrees(last_name.strip(), date_of_birth) else None
