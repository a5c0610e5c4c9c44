"""Pages that differ from day to day: they change as asked, and a person still gets through."""

from typing import Any

import pytest

from authwright_sandbox.drift import KINDS, Drift, Expected, Kind


def test_drift_is_set_and_taken_back(inside: Any) -> None:
    assert "data-drift" not in inside.client.get("/hub/app/request").text
    assert inside.control("faults", drift={"seed": 3, "kinds": ["ids", "order"]}).json() == {"ok": True}
    assert inside.portal.drift == Drift(3, (Kind.IDS, Kind.ORDER))
    page = inside.client.get("/hub/app/request").text
    assert 'data-drift="{&#34;kinds&#34;: [&#34;ids&#34;, &#34;order&#34;], &#34;seed&#34;: 3}"' in page
    inside.control("faults", drift=None)
    assert "data-drift" not in inside.client.get("/hub/app/request").text


def test_an_unknown_kind_is_refused(inside: Any) -> None:
    answer = inside.control("faults", drift={"seed": 3, "kinds": ["vanish"]})
    assert answer.status_code == 422 and inside.portal.drift is None


@pytest.mark.parametrize("seed", [0, -1, 2**40])
def test_any_whole_number_is_a_seed(seed: int) -> None:
    assert Drift.from_json({"seed": seed, "kinds": []}) == Drift(seed, ())


def test_every_kind_declares_what_a_careful_run_does() -> None:
    assert set(KINDS) == set(Kind) and {each.expected for each in KINDS.values()} == set(Expected)
    assert all(each.why and each.changes for each in KINDS.values())


def test_a_person_notices_whatever_has_to_stop_a_run() -> None:
    assert all(each.noticed for each in KINDS.values() if each.expected is Expected.HALT)
