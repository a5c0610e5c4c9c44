"""Marker values are given to the log in every way there is, and none is written."""

import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from authwright.vault import logs
from authwright.vault.redact import MASK, Redactor

MARKERS = ("hunter2marker", "MARKER778899", "Zyzzyvane")


@pytest.fixture
def stream() -> Iterator[StringIO]:
    before = logging.root.handlers[:], logging.root.level, sys.excepthook, threading.excepthook
    shown = warnings.showwarning
    redactor = Redactor()
    redactor.register(*MARKERS)
    written = StringIO()
    logs.set_up(redactor, stream=written, level="DEBUG")
    yield written
    logging.root.handlers[:], level, sys.excepthook, threading.excepthook = before
    logging.root.setLevel(level)
    warnings.showwarning = shown


def lines(stream: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(member: str) -> None:
    raise ValueError(f"no coverage for {member}")


def test_no_marker_is_written(stream: StringIO) -> None:
    log = logging.getLogger("authwright.test")
    secret, member, name = MARKERS
    log.info("signing in with %s", secret)
    log.info("for " + name)
    log.debug("%(who)s", {"who": name})
    log.info("typed", extra={"field": "Password", "typed": secret, "nested": {"list": [member, {name: 1}]}})
    log.info("object", extra={"thing": Exception(member)})
    log.warning("stack of %s", member, stack_info=True)
    try:
        fail(member)
    except ValueError:
        log.exception("failed for %s", name)
    try:
        try:
            fail(member)
        except ValueError as error:
            raise RuntimeError(secret) from error
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail, args=(member,))
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._log_warning
        warnings.warn(f"old form of {member}", stacklevel=1)
    written = stream.getvalue()
    assert len(lines(stream)) == 10
    assert [m for m in MARKERS if m.lower() in written.lower()] == []


def test_a_line_says_when_where_and_what(stream: StringIO) -> None:
    logging.getLogger("authwright.engine").info("case moved", extra={"case": "c1", "level": "high"})
    (line,) = lines(stream)
    assert line["message"] == "case moved"
    assert line["logger"] == "authwright.engine"
    assert (line["level"], line["extra_level"], line["case"]) == ("info", "high", "c1")
    assert str(line["time"]).endswith("+00:00")


def test_an_exception_is_one_line_with_its_traceback(stream: StringIO) -> None:
    try:
        fail("W1")
    except ValueError:
        logging.getLogger("x").exception("failed")
    (line,) = lines(stream)
    assert "ValueError: no coverage for W1" in str(line["exception"])


def test_talkative_libraries_say_warnings_only(stream: StringIO) -> None:
    logging.getLogger("sqlalchemy.engine").info("INSERT ...")
    logging.getLogger("httpx").warning("slow")
    assert [line["logger"] for line in lines(stream)] == ["httpx"]


def test_a_log_file_is_private(tmp_path: Path) -> None:
    before = logging.root.handlers[:], logging.root.level
    file = tmp_path / "log.jsonl"
    handler = logs.set_up(Redactor(), file=file, uncaught=False)
    logging.getLogger("x").warning("password=abc")
    handler.close()
    logging.root.handlers[:], level = before
    logging.root.setLevel(level)
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text())["message"] == f"password={MASK}"


def test_an_uncaught_error_of_a_process_is_masked() -> None:
    script = (
        "from authwright.vault import logs, redact\n"
        "r = redact.Redactor(); r.register('hunter2marker'); logs.set_up(r)\n"
        "value = ''.join(['hunter2', 'marker'])\n"
        "raise RuntimeError('signing in with ' + value)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ended by an error" in done.stderr
    assert "hunter2marker" not in done.stderr + done.stdout
