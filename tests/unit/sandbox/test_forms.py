"""The dental plan's form: filled in, looked over, sent once, found again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from authwright_sandbox.app import Settings, create_app

FORM = {
    "kind": "Predetermination of benefits",
    "subscriber_id": "W200417731",
    "relation": "Self",
    "last": "Rivera",
    "first": "Elena",
    "born": "04/12/1958",
    "code_1": "D2740",
    "quantity_1": "1",
    "date_1": "12/08/2026",
    "treating_npi": "1881234565",
    "phone": "404-555-0100",
    "consent": "yes",
}


@pytest.fixture
def client():
    with TestClient(create_app(Settings())) as inside:
        yield inside


def key_of(page):
    return page.text.split('name="key" value="')[1].split('"')[0]


def received(client):
    return client.get("/control/forms/received").json()["received"]


def test_what_was_looked_over_is_received(client):
    review = client.post("/forms/dental/review", data=FORM)
    assert "Look it over" in review.text and received(client) == []
    sent = client.post("/forms/dental/sent", data={"key": key_of(review)})
    (form,) = received(client)
    assert form["number"] in sent.text and "Benefits estimated" in sent.text
    assert form["values"]["procedures"] == [
        {"tooth": "", "surface": "", "code": "D2740", "quantity": "1", "date": "12/08/2026"}
    ]


def test_a_page_is_used_once(client):
    key = key_of(client.post("/forms/dental/review", data=FORM))
    client.post("/forms/dental/sent", data={"key": key})
    assert "used before" in client.post("/forms/dental/sent", data={"key": key}).text
    assert len(received(client)) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "Select One"}, "Type of Transaction: choose one"),
        ({"born": "1958-04-12"}, "Date of Birth (MM/DD/CCYY)"),
        ({"code_1": "", "quantity_1": "", "date_1": ""}, "at least one procedure"),
        ({"quantity_1": "one"}, "Line 1, Qty."),
        ({"consent": ""}, "consent has to be on file"),
        ({"remarks": "x" * 201}, "at most 200 characters"),
    ],
)
def test_a_mistake_is_told_and_nothing_lost(client, change, told):
    page = client.post("/forms/dental/review", data={**FORM, **change})
    assert told in page.text and 'value="Rivera"' in page.text


def test_found_by_subscriber(client):
    client.post("/control/forms/review", json={"seconds": 60})
    client.post("/forms/dental/sent", data={"key": key_of(client.post("/forms/dental/review", data=FORM))})
    assert "Being reviewed" in client.get("/forms/dental/find?subscriber=W200417731").text
    assert "No forms on file for X1." in client.get("/forms/dental/find?subscriber=X1").text


def test_a_form_whose_answer_is_lost_was_received(client):
    key = key_of(client.post("/forms/dental/review", data=FORM))
    fault = {"path": "/forms/dental/sent", "method": "POST", "how": "accept-then-drop"}
    client.post("/control/forms/faults", json={"fail_next": fault})
    with pytest.raises(ConnectionResetError):
        client.post("/forms/dental/sent", data={"key": key})
    assert len(received(client)) == 1


def test_the_list_lags_as_long_as_a_test_says(client):
    client.post("/control/forms/faults", json={"list_delay_seconds": 60})
    client.post("/forms/dental/sent", data={"key": key_of(client.post("/forms/dental/review", data=FORM))})
    assert "No forms on file" in client.get("/forms/dental/find?subscriber=W200417731").text
    client.post("/control/forms/clock", json={"advance_seconds": 61})
    assert "Benefits estimated" in client.get("/forms/dental/find?subscriber=W200417731").text


def test_a_held_form_is_received_once_it_is_let_go_on(client):
    """On the way the sender's connection may be gone; the plan accepts it all the same."""
    key = key_of(client.post("/forms/dental/review", data=FORM))
    client.post("/control/forms/faults", json={"hold_next": "before-accept"})
    with ThreadPoolExecutor() as sender:
        coming = sender.submit(client.post, "/forms/dental/sent", data={"key": key})
        assert client.get("/control/forms/wait?event=submit-held&timeout=10").json()["reached"]
        assert received(client) == []
        client.post("/control/forms/release", json={"accept": True})
        assert "We have your form" in coming.result().text
    assert len(received(client)) == 1
