"""How well people's sentences are read must not get worse: benchmarks/sop_reading.py has the measure."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SENTENCES = ROOT / "tests" / "data" / "sop-sentences"
# right at least, different at most; what is left is refused
FLOORS = {
    "own-1": (0.65, 0.035),
    "own-2": (0.58, 0.045),
    "own-3": (0.81, 0.04),
    "own-4": (0.75, 0.065),
    "own-5": (0.70, 0.065),
    "own-6": (0.68, 0.10),
    "own-7": (0.58, 0.11),
    "own-8": (0.55, 0.12),
    "own-9": (0.57, 0.15),
    "own-10": (0.59, 0.12),
    "held-out": (0.63, 0.075),
}


@pytest.fixture(scope="module")
def reading():
    spec = importlib.util.spec_from_file_location("sop_reading", ROOT / "benchmarks" / "sop_reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_set_has_a_floor():
    assert {path.stem for path in SENTENCES.glob("*.jsonl")} == set(FLOORS)


@pytest.mark.parametrize("name", FLOORS)
def test_as_many_right_and_as_few_different(reading, name):
    lines = (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    verdicts = [verdict for _, verdict, _ in reading.read(map(json.loads, lines))]
    right, different = (verdicts.count(v) / len(verdicts) for v in ("right", "differs"))
    least, most = FLOORS[name]
    assert right >= least and different <= most


def test_the_measure_can_fail(reading):
    row = {"id": "1", "source_url": "x", "order": 1, "text": "Click Next.", "difficulty": "easy"}
    expect = {"action": "click", "target": "Back", "value": None, "condition": None}
    ((_, verdict, _),) = reading.read([{**row, "expect": [expect]}])
    assert verdict == "differs"
