"""An editor speaks to `authwright sop lsp`."""

import io
import json
import subprocess
import sys

import pytest

from authwright.cli.sop_lsp import serve

HEAD = "---\nid: a/b\npurpose: other\nportal: a\n---\n# T\n\n## Steps\n"
URI = "file:///home/dana/my%20sops/b.md"


def framed(message):
    body = message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def read_all(data):
    stream, found = io.BytesIO(data), []
    while line := stream.readline():
        length = int(line.split(b":")[1])
        assert stream.readline() == b"\r\n"
        found.append(json.loads(stream.read(length)))
    return found


def talk(*messages):
    """(exit code, what the server sent)"""
    out = io.BytesIO()
    return serve(io.BytesIO(b"".join(map(framed, messages))), out), read_all(out.getvalue())


def opened(text):
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": text}
    return {"method": "textDocument/didOpen", "params": {"textDocument": document}}


def changed(text):
    params = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": text}]}
    return {"method": "textDocument/didChange", "params": params}


def hover(line):
    params = {"textDocument": {"uri": URI}, "position": {"line": line, "character": 3}}
    return {"id": 7, "method": "textDocument/hover", "params": params}


def test_it_starts_and_ends_as_the_protocol_says():
    code, (hello, bye) = talk(
        {"id": 1, "method": "initialize", "params": {}},
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
        {"id": 3, "method": "initialize", "params": {}},
    )
    assert code == 0 and hello["id"] == 1 and bye == {"jsonrpc": "2.0", "id": 2, "result": None}
    assert hello["result"]["capabilities"] == {
        "textDocumentSync": {"openClose": True, "change": 1}, "hoverProvider": True,
    }  # fmt: skip


def test_ending_without_shutting_down_is_an_error():
    assert talk({"method": "exit"})[0] == 1
    assert talk()[0] == 1


def test_findings_come_on_opening_and_on_each_change_and_go_on_closing():
    bad, good = HEAD + "1. Clik Next.\n", HEAD + "1. Click Next.\n"
    close = {"method": "textDocument/didClose", "params": {"textDocument": {"uri": URI}}}
    _, told = talk(opened(bad), changed(good), changed(bad), close)
    found = [m["params"]["diagnostics"] for m in told]
    assert [[d["code"] for d in some] for some in found] == [["SOP011"], [], ["SOP011"], []]
    assert {m["params"]["uri"] for m in told} == {URI}
    (one,) = found[0]
    assert (
        one["severity"] == 1 and "no verb known here" in one["message"] and "did you mean" in one["message"]
    )
    assert one["range"] == {"start": {"line": 8, "character": 3}, "end": {"line": 8, "character": 7}}


def test_what_check_finds_is_told_as_a_warning():
    _, (told,) = talk(opened(HEAD + "1. Click Submit.\n"))
    assert ("SOP030", 2) in [(d["code"], d["severity"]) for d in told["params"]["diagnostics"]]


def test_columns_are_counted_in_utf_16_units():
    _, (told,) = talk(opened(HEAD + '1. Click "\U0001f600\U0001f600". Clik it.\n'))
    (one,) = told["params"]["diagnostics"]
    assert one["range"]["start"]["character"] == len('1. Click "') + 4 + len('". ')


def test_hovering_says_what_will_be_done():
    text = HEAD + "1. If the patient is under 18, click Minor. Click Submit once.\n"
    _, told = talk(opened(text), hover(8), hover(7))
    assert told[1]["result"]["contents"]["value"].split("\n") == [
        "Only if the patient's age is below 18",
        '  Press "Minor"',
        'Press "Submit" (THIS IS SENT TO THE PAYER, one time only)',
    ]
    assert told[2]["result"] is None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (b"{", -32700),
        (b"[]", -32600),
        ({"id": 5, "method": "textDocument/rename", "params": {}}, -32601),
        ({"id": 5, "method": "textDocument/hover", "params": {}}, -32600),
        ({"method": "textDocument/didChange", "params": {"contentChanges": []}}, -32600),
    ],
)
def test_what_it_cant_do_is_answered_and_the_next_message_served(message, code):
    _, told = talk({"method": "$/setTrace", "params": {}}, message, {"id": 2, "method": "shutdown"})
    assert [m.get("error", {}).get("code") for m in told] == [code, None]


def test_as_an_editor_starts_it():
    sent = b"".join(
        map(framed, [opened(HEAD + "1. Clik.\n"), {"id": 2, "method": "shutdown"}, {"method": "exit"}])
    )
    program = (
        "import sys; from authwright.cli.main import main; sys.argv = ['authwright', 'sop', 'lsp']; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], input=sent, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [m.get("method") for m in read_all(done.stdout)] == ["textDocument/publishDiagnostics", None]
