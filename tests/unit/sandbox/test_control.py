"""The control address and what survives a restart."""

import json
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from authwright_sandbox.app import Settings, create_app
from authwright_sandbox.clock import PortalClock
from authwright_sandbox.sessions import Stage


def test_reset_takes_everything_back_but_the_numbers(inside: Any) -> None:
    inside.submit("72148")
    first = inside.portal.received[0]["reference_number"]
    inside.control("clock", advance_seconds=1000)
    inside.control("rules", rules=[{"answer": "denied"}])
    assert inside.control("reset").json() == {"ok": True}
    assert inside.portal.received == [] and inside.portal.clock.now() == inside.time.at
    inside.time.pass_(seconds=30)
    inside.sign_in()
    assert "Certified in Total" in inside.submit("72148").text
    assert inside.portal.received[0]["reference_number"] != first


def test_an_unknown_fault_is_named_and_nothing_is_set(inside: Any) -> None:
    answer = inside.control("faults", interstitial=False, latencyms=5)
    assert answer.status_code == 422 and "latencyms" in answer.json()["error"]
    assert inside.portal.interstitial is True


def test_a_failing_status_hits_the_path_as_often_as_asked(inside: Any) -> None:
    inside.control("faults", fail_next={"path": "/hub/app/api/requests", "status": 503, "times": 2})
    assert [inside.submit("72148").status_code for _ in range(3)] == [503, 503, 200]
    assert len(inside.portal.received) == 1


def test_events_can_be_waited_for(inside: Any) -> None:
    wait = "/control/hub/wait?event=submit-received&count=1&timeout=0.01"
    assert inside.client.get(wait).json() == {"reached": False, "count": 0, "events": []}
    inside.submit("72148")
    waited = inside.client.get(wait).json()
    assert waited["reached"] is True and waited["events"][0]["detail"] == {"member_id": "W123456789"}
    names = [event["name"] for event in inside.client.get("/control/hub/events").json()["events"]]
    assert names == ["signed-in", "submit-received", "submit-accepted", "submit-answered"]


def test_requests_and_what_was_received_survive_a_restart(time: Any, hub: Any, tmp_path: Path) -> None:
    state = tmp_path / "hub.json"

    def start() -> Any:
        app = create_app(Settings(state_file=state), PortalClock(time))
        return app.state.hub, TestClient(app)

    portal, client = start()
    session = portal.sessions.open("specialist", Stage.IN)
    session.organization = "Maple Street Orthopedics"
    client.cookies.set("hub_session", session.token)
    assert client.post("/hub/app/api/requests", json=hub.payload("70553", "72148")).status_code == 200
    kept = [(r.number, r.submission, r.courses, r.accepted_at) for r in portal.requests]

    again, _ = start()
    assert [(r.number, r.submission, r.courses, r.accepted_at) for r in again.requests] == kept
    assert again.received == portal.received


def test_the_log_is_json_lines(time: Any, tmp_path: Path) -> None:
    log = tmp_path / "hub.log"
    app = create_app(Settings(log_file=log), PortalClock(time))
    TestClient(app).post("/hub/sign-in", data={"user": "specialist", "password": "no"})
    assert [json.loads(line)["name"] for line in log.read_text().splitlines()] == ["sign-in-refused"]
