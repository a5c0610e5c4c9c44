"""The practice's log holds no secret and names no patient."""

import json
import logging

from authwright.app.log import telling_values, to_file

CASE = {
    "patient": {"first_name": "Zebulon", "last_name": "Quartermain", "address": {"line": "9 Heron Way"}},
    "coverage": {"member_id": "W123456789", "payer": "UnitedHealthcare"},
    "service_lines": [{"code": "27447"}],
    "clinical": {"notes": "Knee."},
}


def test_only_what_names_the_patient_is_telling():
    assert set(telling_values(CASE)) == {"Zebulon", "Quartermain", "9 Heron Way", "W123456789", "Knee."}


def test_what_the_redactor_knows_is_masked_in_the_file(tmp_path):
    redactor = to_file(tmp_path)
    redactor.register("practice-Day1")
    try:
        with redactor.knowing(telling_values(CASE)):
            logging.getLogger("authwright.engine").info(
                "Quartermain signed in with practice-Day1", extra={"member": "W123456789", "code": "27447"}
            )
    finally:
        logging.root.handlers.clear()
    text = (tmp_path / "logs" / "authwright.jsonl").read_text()
    line = json.loads(text)
    assert line["code"] == "27447"
    assert not [v for v in ("Quartermain", "practice-Day1", "W123456789") if v in text]
    assert (tmp_path / "logs" / "authwright.jsonl").stat().st_mode & 0o077 == 0
