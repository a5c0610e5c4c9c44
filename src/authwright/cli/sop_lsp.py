"""`authwright sop lsp`: SOPs in an editor, by the Language Server Protocol 3.17 over standard input.

It tells the findings while the author types, and over a sentence what will be done.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

import typer

from authwright.core.diagnostics import Diagnostic, Severity
from authwright.core.workflow import SectionRole
from authwright.sop import account_of, check_sop, compile_sop
from authwright.sop.explain import MARK_WORDS
from authwright.sop.text import plain_lines

app = typer.Typer(add_completion=False)

Message = dict[str, Any]
_METHOD_UNKNOWN, _PARSE_ERROR, _INVALID = -32601, -32700, -32600
_WHOLE_TEXT = 1
_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.NOTE: 3}


@app.command()
def lsp() -> None:
    """Serve SOPs to an editor, by the Language Server Protocol over standard input and output."""
    raise typer.Exit(serve(sys.stdin.buffer, sys.stdout.buffer))


def serve(read: BinaryIO, write: BinaryIO) -> int:
    """Answer until the editor says exit; 0 when it asked to shut down before, else 1."""

    def send(message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        write.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        write.flush()

    server = Server(send)
    while not server.ended and (body := _body(read)) is not None:
        try:
            message = json.loads(body)
        except ValueError:
            send({"id": None, "error": {"code": _PARSE_ERROR, "message": "this is not JSON"}})
            continue
        server.receive(message)
    return 0 if server.asked_to_shut_down else 1


def _body(read: BinaryIO) -> bytes | None:
    """The next message's bytes; None at the end of the input or when no length is given."""
    length = -1
    while (line := read.readline()) not in (b"\r\n", b"\n"):
        if not line:
            return None
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
    return read.read(length) if length >= 0 else None


class Server:
    """The open documents, and an answer to each message."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self.send = send
        self.texts: dict[str, str] = {}
        self.asked_to_shut_down = False
        self.ended = False
        self._requests: Mapping[str, Callable[[Any], Any]] = {
            "initialize": self._initialize,
            "shutdown": self._shutdown,
            "textDocument/hover": self._hover,
        }
        self._notices: Mapping[str, Callable[[Any], None]] = {
            "textDocument/didOpen": self._opened,
            "textDocument/didChange": self._changed,
            "textDocument/didClose": self._closed,
            "exit": self._exit,
        }

    def receive(self, message: Any) -> None:
        """A request gets its answer; a notice, or a request of no kind known here, what it asks for."""
        if not isinstance(message, dict):
            self.send({"id": None, "error": {"code": _INVALID, "message": "a message is an object"}})
            return
        method, params = message.get("method", ""), message.get("params") or {}
        try:
            if "id" not in message:
                self._notices.get(method, lambda _: None)(params)
            elif method in self._requests:
                self.send({"id": message["id"], "result": self._requests[method](params)})
            else:
                error = {"code": _METHOD_UNKNOWN, "message": f"{method} is not served here"}
                self.send({"id": message["id"], "error": error})
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            about = f"{method}: {type(error).__name__} {error}"
            self.send({"id": message.get("id"), "error": {"code": _INVALID, "message": about}})

    def _initialize(self, params: Any) -> Message:
        sync = {"openClose": True, "change": _WHOLE_TEXT}
        return {
            "capabilities": {"textDocumentSync": sync, "hoverProvider": True},
            "serverInfo": {"name": "authwright"},
        }

    def _shutdown(self, params: Any) -> None:
        self.asked_to_shut_down = True

    def _exit(self, params: Any) -> None:
        self.ended = True

    def _opened(self, params: Any) -> None:
        self._take(params["textDocument"]["uri"], params["textDocument"]["text"])

    def _changed(self, params: Any) -> None:
        self._take(params["textDocument"]["uri"], params["contentChanges"][-1]["text"])

    def _closed(self, params: Any) -> None:
        uri = params["textDocument"]["uri"]
        self.texts.pop(uri, None)
        self._publish(uri, [])

    def _take(self, uri: str, text: str) -> None:
        self.texts[uri] = text
        file, lines = _name(uri), plain_lines(text)
        workflow, found = compile_sop(text, file)
        checked = check_sop(workflow, file) if workflow else []
        self._publish(uri, [_marked(d, lines) for d in (*found, *checked)])

    def _publish(self, uri: str, diagnostics: list[Message]) -> None:
        params = {"uri": uri, "diagnostics": diagnostics}
        self.send({"method": "textDocument/publishDiagnostics", "params": params})

    def _hover(self, params: Any) -> Message | None:
        text = self.texts.get(params["textDocument"]["uri"], "")
        said = what_is_done(text, params["position"]["line"] + 1)
        return {"contents": {"kind": "plaintext", "value": said}} if said else None


def what_is_done(text: str, line: int) -> str:
    """What the sentences that begin in a line were taken for; "" for a line without any."""
    workflow, found = compile_sop(text, "")
    if workflow is None:
        return ""
    account = account_of(workflow, plain_lines(text), found)
    parts = (part for part in account.parts if part.role is not SectionRole.BEFORE)
    rows = [row for part in parts for row in part.rows if row.line == line]
    return "\n".join(
        f"{'  ' * meaning.depth}{meaning.text}{f' ({MARK_WORDS})' if meaning.mark else ''}"
        for row in rows
        for meaning in row.meanings
    )


def _name(uri: str) -> str:
    return Path(unquote(urlsplit(uri).path)).name


def _marked(found: Diagnostic, lines: list[str]) -> Message:
    """From the place of the finding to the end of its word; a finding about the file stands at its start."""
    row, column = max(found.line - 1, 0), max(found.column - 1, 0)
    text = lines[row] if row < len(lines) else ""
    rest = text[column:]
    length = len(rest.split()[0]) + len(rest) - len(rest.lstrip()) if rest.strip() else 0
    suggestions = f"\ndid you mean: {', '.join(found.suggestions)}" if found.suggestions else ""
    hint = f"\nhint: {found.hint}" if found.hint else ""
    return {
        "range": {"start": _place(text, row, column), "end": _place(text, row, column + length)},
        "severity": _SEVERITIES[found.severity],
        "code": found.code,
        "source": "authwright",
        "message": found.message + hint + suggestions,
    }


def _place(text: str, row: int, column: int) -> Message:
    """The protocol counts from 0, and columns in UTF-16 units."""
    return {"line": row, "character": len(text[:column].encode("utf-16-le")) // 2}
