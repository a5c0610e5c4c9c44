"""Logs as JSON lines, every one of them through the redactor."""

import json
import logging
import os
import sys
import threading
import warnings
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from authwright.vault.redact import Redactor

# What a LogRecord has anyway; everything else on it was given as `extra`.
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# These say too much at their finest level: whole statements, requests and workflow inputs.
_TALKATIVE = ("sqlalchemy", "alembic", "httpx", "httpcore", "dbos", "asyncio", "urllib3")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, what `extra` gave, exception."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._redactor.text(record.getMessage()),
        }
        given = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        for key, value in given.items():
            masked = self._redactor.data({key: value})
            assert isinstance(masked, dict)
            line |= {k if k not in line else f"extra_{k}": v for k, v in masked.items()}
        if record.exc_info:
            line["exception"] = self._redactor.text(self.formatException(record.exc_info))
        if record.stack_info:
            line["stack"] = self._redactor.text(record.stack_info)
        return json.dumps(line, ensure_ascii=False)


def set_up(
    redactor: Redactor,
    *,
    level: int | str = logging.INFO,
    file: Path | None = None,
    stream: TextIO | None = None,
    uncaught: bool = True,
) -> logging.Handler:
    """Send all logging of the process through the redactor, in place of any handler that is there.

    To `file` (made with mode 0600) or to `stream`, which is standard error unless given. With
    `uncaught`, exceptions that nobody catches, and warnings, are logged in the same way instead of
    being printed as they are. Returns the handler; `logging.root.removeHandler` takes it off.
    """
    handler = _handler(file, stream)
    handler.setFormatter(JsonFormatter(redactor))
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))
    if uncaught:
        sys.excepthook = _log_uncaught
        threading.excepthook = _log_uncaught_in_thread
        warnings.showwarning = _log_warning
    return handler


def _handler(file: Path | None, stream: TextIO | None) -> logging.Handler:
    if file is None:
        return logging.StreamHandler(stream)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    return logging.FileHandler(file, encoding="utf-8")


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("authwright").critical("ended by an error", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        _log_uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    logging.getLogger("authwright").warning("%s: %s (%s:%d)", category.__name__, message, filename, lineno)
