"""Secrets are kept sealed, with owner, permission and date."""

from datetime import UTC, date, datetime

import pytest

from authwright.core.ports import SealedSecret, SealError
from authwright.vault.seal import KeyRing
from authwright.vault.secrets import Credential, SecretBook

AT = datetime(2026, 11, 24, tzinfo=UTC)
RING = KeyRing([bytes(32)])


class Rows:
    practice = "clinic"

    def __init__(self) -> None:
        self.kept: dict[str, SealedSecret] = {}

    def get(self, name: str) -> SealedSecret:
        return self.kept[name]

    def put(self, secret: SealedSecret, *, actor: str, at: datetime) -> None:
        self.kept[secret.name] = secret

    def remove(self, name: str, *, actor: str, at: datetime) -> None:
        del self.kept[name]

    def all(self) -> tuple[SealedSecret, ...]:
        return tuple(self.kept.values())


def put(book: SecretBook, name: str, value: str, owner: str = "Jane Roe") -> None:
    book.put(
        name,
        value,
        owner=owner,
        permission="may sign in to the hub",
        permitted_on=date(2026, 10, 1),
        actor="admin",
        at=AT,
    )


def test_a_secret_comes_back_and_is_told_to_the_redactor() -> None:
    told: list[str] = []
    book = SecretBook(Rows(), RING, told.append)
    put(book, "hub.password", "s3cret")
    assert book.get("hub.password") == "s3cret"
    assert told == ["s3cret", "s3cret"]


def test_rows_hold_no_value() -> None:
    rows = Rows()
    put(SecretBook(rows, RING), "hub.password", "s3cret")
    assert b"s3cret" not in rows.kept["hub.password"].sealed


def test_what_is_shown_has_no_value() -> None:
    book = SecretBook(Rows(), RING)
    put(book, "hub.password", "s3cret")
    shown = book.credentials()
    assert shown == (Credential("hub.password", "Jane Roe", "may sign in to the hub", date(2026, 10, 1)),)


def test_an_unknown_name_is_a_key_error_with_the_name() -> None:
    with pytest.raises(KeyError, match="nothing"):
        SecretBook(Rows(), RING).get("nothing")


def test_without_owner_it_is_refused() -> None:
    with pytest.raises(ValueError, match="owner"):
        put(SecretBook(Rows(), RING), "x", "s3cret", owner=" ")


def test_a_sealed_value_copied_to_another_name_does_not_open() -> None:
    rows = Rows()
    book = SecretBook(rows, RING)
    put(book, "a", "s3cret")
    rows.kept["b"] = rows.kept["a"]
    with pytest.raises(SealError):
        book.get("b")


def test_sealing_anew_needs_the_old_key_no_longer() -> None:
    rows = Rows()
    put(SecretBook(rows, RING), "a", "s3cret")
    assert SecretBook(rows, KeyRing([b"n" * 32, bytes(32)])).seal_anew(actor="admin", at=AT) == 1
    assert SecretBook(rows, KeyRing([b"n" * 32])).get("a") == "s3cret"
