"""Drafts for real portals, on plain pages that show what the guides say is there, and no more."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
LIBRARY = Path(__file__).parents[2] / "library"
CASE: dict[str, Any] = {
    "credentials": {
        "username": "desk",
        "password": "practice-Day1",
        "totp_secret": "JBSWY3DPEHPK3PXP",
        "organization": "Maple Street Orthopedics",
    },
    "patient": {"last_name": "Garcia", "first_name": "Maria", "date_of_birth": "1961-03-14"},
    "coverage": {"member_id": "U123456789"},
    "submission": {"reference_number": "OP4471120"},
    "diagnoses": [{"code": "M54.16"}],
    "service_lines": [{"code": "72148", "from": "2026-12-07", "place_of_service": "22"}],
}
SIGN_IN = """<h1>Sign in</h1><form action="/home"><label>User ID <input name="u"></label>
<label>Password <input type="password" name="p"></label><button>Log In</button></form>"""
REQUESTS = """<table>
<tr><th>Reference Number</th><th>Procedure Codes</th><th>Start Date</th><th>Status</th></tr>
<tr><td>OP4470003</td><td>29881</td><td>12/07/2026</td><td>Denied</td></tr>
<tr><td><a href="/request">OP4471120</a></td><td>72148</td><td>12/07/2026</td><td>Pending</td></tr></table>"""
CIGNA = {
    "/": SIGN_IN,
    "/home": """<nav><button onclick="m.hidden=false">Patients</button>
<div id="m" hidden><a href="/search">Search Patients</a></div></nav>""",
    "/search": """<form action="/found">
<label>Member ID <input name="id"></label>
<label>First Name <input></label> <label>Last Name <input></label>
<label>Date of Birth <input placeholder="MM/DD/YYYY"></label> <button>Search</button></form>""",
    "/found": """<table><tr><th>Patient ID</th><th>Status</th></tr>
<tr><td><button onclick="d.showModal()">U123456789</button></td><td>Covered</td></tr></table>
<dialog id="d" aria-label="Patient Verification"><p>Maria Garcia, 03/14/1961</p>
<button onclick="location='/patient'">Confirm Patient</button></dialog>""",
    "/patient": f"""<h1>U123456789</h1><div role="tablist">
<button role="tab" aria-selected="true">Coverage Details</button>
<button role="tab" aria-selected="false" onclick="this.ariaSelected='true';t.hidden=false">Precertification
</button></div><div id="t" hidden>{REQUESTS}</div>""",
}
AVAILITY = {
    "/": SIGN_IN,
    "/home": """<nav><button onclick="m.hidden=false">Patient Registration</button><div id="m" hidden>
<button onclick="s.hidden=false">Authorizations &amp; Referrals</button><div id="s" hidden>
<a href="/authorizations">Authorizations</a><a href="/inquiry">Auth/Referral Inquiry</a></div></div></nav>""",
    "/inquiry": """<form action="/list">
<label>Search <input type="search" name="q"></label> <button>Search</button></form>""",
    "/list": REQUESTS,
    "/request": "<h1>OP4471120</h1><dl><dt>Status</dt><dd>Approved</dd></dl>",
}

SUGGEST = "onkeyup=\"l.innerHTML=value?'<li role=option onclick=pick(this)>'+value+' - as listed</li>':''\""
UNITED = {
    "/": '<a href="/in">Sign In</a>',
    "/in": SIGN_IN.replace("User ID", "One Healthcare ID"),
    "/home": '<nav><a href="/tool">Prior Authorizations</a></nav>',
    "/tool": '<a href="/place">Check if a Prior Authorization is Required</a>',
    "/place": """<p>Provider: Maple Street Orthopedics</p><form action="/member"><label>Place of Service
<select><option></option><option>22 - On Campus-Outpatient Hospital</option></select></label>
<button>Continue</button></form>""",
    "/member": """<form action="/codes"><label>Date <input placeholder="MM/DD/YYYY"></label>
<label>Search Method <select><option>Member Name</option><option>Member ID and DOB</option></select></label>
<label>Member ID <input></label> <label>DOB <input placeholder="MM/DD/YYYY"></label>
<button>Search</button></form>""",
    "/codes": f"""<form action="/answer"><label>Diagnosis Code <input autocomplete="off" {SUGGEST}></label>
<label>Procedure Code <input name="code" autocomplete="off" {SUGGEST}></label><ul id="l" role="listbox"></ul>
<button>Continue</button></form><script>
let at; onfocusin = e => {{ if (e.target.matches("input")) at = e.target }};
function pick(o) {{ at.value = o.textContent; l.innerHTML = "" }}</script>""",
    "/answer": "<p>72148: not required</p><dl><dt>Decision ID</dt><dd>D990017</dd></dl>",
}


@pytest.fixture
def portal(request: pytest.FixtureRequest) -> Iterator[str]:
    pages: dict[str, str] = request.param

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path.split("?")[0], "")
            self.send_response(200 if body else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Portal</title>{body}".encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def run(sop: str, portal: str, folder: Path) -> dict[str, Any]:
    (folder / "case.json").write_text(json.dumps(CASE))
    program = "from authwright.cli.main import main; main()"
    what = [
        str(LIBRARY / sop),
        "--case",
        str(folder / "case.json"),
        "--base-url",
        portal,
        "--rehearsed",
        "--json",
    ]
    done = subprocess.run(
        [sys.executable, "-c", program, "sop", "run", *what],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize(
    ("sop", "portal", "read"),
    [
        ("cigna/sops/status.md", CIGNA, {"status": "Pending"}),
        ("cigna/sops/find.md", CIGNA, {"status": "Pending", "reference_number": "OP4471120"}),
        ("availity/sops/status.md", AVAILITY, {"status": "Approved"}),
        ("availity/sops/find.md", AVAILITY, {"status": "Pending", "reference_number": "OP4471120"}),
        ("unitedhealthcare/sops/lookup.md", UNITED, {"decision_id": "D990017"}),
    ],
    ids=["cigna-status", "cigna-find", "availity-status", "availity-find", "united-lookup"],
    indirect=["portal"],
)
def test_the_draft_reads_the_answer(sop: str, portal: str, read: dict[str, str], tmp_path: Path) -> None:
    result = run(sop, portal, tmp_path)
    assert (result["outcome"], result["halt"], result["sent"]) == ("done", None, False)
    assert result["read"] == read
