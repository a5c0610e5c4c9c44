"""The practice's settings file, good and bad."""

from pathlib import Path

import pytest

from authwright.app.settings import map_missing, read_settings, read_settings_of, sops_chosen
from authwright.core.diagnostics import in_order, render
from authwright.core.requirement import Responsible
from authwright.core.workflow import Purpose, Workflow

BAD = Path(__file__).parents[2] / "bad"
SOPS = {
    name: Workflow(name, "", purpose, "hub", (), draft=name.endswith("draft"))
    for name, purpose in (
        ("hub/submit", Purpose.SUBMIT),
        ("hub/draft", Purpose.SUBMIT),
        ("hub/status", Purpose.STATUS),
    )
}

GOOD = """
[practice]
id = "maple-street"
name = "Maple Street Orthopedics"
acts_as = ["ordering"]

[insurance]
map = "insurances.csv"

[orders]
columns = {order_id = "Order #"}

[portals.hub]
base_url = "http://127.0.0.1:8790/hub/"
credential = "hub"

[filing]
unitedhealthcare = "hub"
"""


def test_a_good_file(tmp_path):
    settings, found = read_settings(GOOD, "authwright.toml", tmp_path)
    assert not found and settings is not None
    assert settings.acts_as == (Responsible.ORDERING,)
    assert settings.database_url == f"sqlite:///{tmp_path.resolve()}/authwright.db"
    assert settings.engine_database_url == f"sqlite:///{tmp_path.resolve()}/authwright-engine.db"
    assert settings.insurance_map == tmp_path / "insurances.csv"
    assert settings.portals["hub"].credential == "hub"
    assert settings.order_columns == {"order_id": "Order #"}


def test_postgresql_keeps_one_address_for_both(tmp_path):
    text = '[practice]\nid = "m"\nname = "M"\n[database]\nurl = "postgresql://db/authwright"\n'
    settings, _ = read_settings(text, "authwright.toml", tmp_path)
    assert settings.engine_database_url == settings.database_url == "postgresql://db/authwright"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("practice = 3", "practice must be a table"),
        ("portals = 3", "portals must be a table"),
        ("[portals]\nhub = 3", "hub under [portals] must be a table"),
    ],
)
def test_what_should_be_a_table_and_is_not_is_said(text, says, tmp_path):
    settings, found = read_settings(text, "authwright.toml", tmp_path)
    assert settings is None
    assert [(d.code, d.message) for d in found] == [("CFG003", says)]


def test_a_file_with_a_mark_is_read_and_one_that_is_no_utf_8_is_a_finding(tmp_path):
    file = tmp_path / "authwright.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_settings_of(tmp_path)[0].practice_id == "maple-street"
    file.write_bytes(GOOD.replace("Maple", "Ma\xefple").encode("cp1252"))
    settings, found = read_settings_of(tmp_path)
    assert settings is None
    assert [(d.code, d.hint) for d in found] == [("CFG001", "save the file as UTF-8")]


@pytest.mark.parametrize("path", sorted(BAD.glob("CFG*.toml")), ids=lambda p: p.stem)
def test_bad_files_say_what_is_wrong(path, tmp_path):
    text = path.read_text()
    settings, found = read_settings(text, f"tests/bad/{path.name}", tmp_path)
    if settings is not None:
        name = f"tests/bad/{path.name}"
        found = [*map_missing(settings, text, name), *sops_chosen(settings, text, name, SOPS)]
    shown = "\n".join(render(d, text.splitlines()) for d in in_order(found)) + "\n"
    assert (settings is None) == (path.stem[:6] not in ("CFG007", "CFG008", "CFG009"))
    assert path.stem[:6] in {d.code for d in found}
    assert shown == path.with_suffix(".expected").read_text()


@pytest.mark.parametrize(
    ("sop", "codes"),
    [("hub/submit", []), ("hub/status", ["CFG008"]), ("hub/none", ["CFG008"]), ("hub/draft", ["CFG009"])],
)
def test_the_sops_that_are_named_fit(tmp_path, sop, codes):
    text = GOOD.replace('credential = "hub"', f'credential = "hub"\nsops = {{submit = "{sop}"}}')
    settings, _ = read_settings(text, "authwright.toml", tmp_path)
    assert [d.code for d in sops_chosen(settings, text, "authwright.toml", SOPS)] == codes
