"""Keys from the environment or from a file that only its owner can read."""

import base64
from pathlib import Path

import pytest

from authwright.vault import keys
from authwright.vault.keys import KeyMissingError
from authwright.vault.seal import KeyRing

KEY = base64.b64encode(bytes(range(32))).decode()


def test_the_environment_comes_first(tmp_path: Path) -> None:
    keys.create(tmp_path / "key")
    ring = keys.load(tmp_path / "key", environment={keys.VARIABLE: KEY})
    assert ring.active == KeyRing([bytes(range(32))]).active


def test_several_keys_in_the_environment() -> None:
    other = base64.b64encode(bytes(32)).decode()
    ring = keys.load(environment={keys.VARIABLE: f"{other}, {KEY}"})
    assert list(ring.derive("x")) == [KeyRing([bytes(32)]).active, KeyRing([bytes(range(32))]).active]


def test_a_created_file_is_private_and_loads(tmp_path: Path) -> None:
    file = tmp_path / "key"
    ring = keys.create(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.load(file, environment={}).active == ring.active
    with pytest.raises(FileExistsError):
        keys.create(file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    keys.create(file)
    file.chmod(mode)
    with pytest.raises(KeyMissingError, match="chmod 600"):
        keys.load(file, environment={})


def test_a_rotated_file_keeps_the_old_key_behind_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "key"
    token = keys.create(file).seal(b"x", place="p")
    ring = keys.rotate(file)
    assert keys.load(file, environment={}).active == ring.active
    assert ring.unseal(token, place="p") == b"x"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().split()) == 2


@pytest.mark.parametrize("text", ["no base64!", base64.b64encode(b"short").decode(), "\u00e9"])
def test_what_is_no_key_is_refused_without_quoting_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KeyMissingError) as refused:
        keys.load(file, environment={})
    assert text not in str(refused.value)


def test_without_any_key_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(KeyMissingError, match="AUTHWRIGHT_KEY"):
        keys.load(tmp_path / "none", environment={})
