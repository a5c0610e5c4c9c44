"""What is remembered of a portal account between runs."""

from authwright.app.portal_sessions import PortalSessions, Remembered
from authwright.vault.seal import KeyRing

RING = KeyRing([bytes(range(32))])


def test_sealed_round_trip(tmp_path):
    sessions = PortalSessions(tmp_path / "s", "clinic", RING)
    sessions.save("hub:jane", Remembered('{"cookies": ["secret"]}', 7))
    assert sessions.load("hub:jane") == Remembered('{"cookies": ["secret"]}', 7)
    (file,) = (tmp_path / "s").iterdir()
    assert b"cookies" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_another_account_or_key_remembers_nothing(tmp_path):
    sessions = PortalSessions(tmp_path, "clinic", RING)
    sessions.save("hub:jane", Remembered("x", 7))
    assert sessions.load("hub:dana") == Remembered()
    other_key = PortalSessions(tmp_path, "clinic", KeyRing([bytes(32)]))
    assert other_key.load("hub:jane") == Remembered()
