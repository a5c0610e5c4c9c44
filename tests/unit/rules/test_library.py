import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_helpers import PAYER, SOURCE, TODAY

from authwright.core.requirement import Outcome, RequirementQuery
from authwright.rules import Library, Payer, UnknownPayer, load_library, require
from authwright.rules.library import SourceText, assemble

RULES = [
    SourceText(
        f"{n}.yaml",
        "rules",
        "sample",
        f"- rule: r{n}\n  codes: [7372{n}]\n  requires: prior-authorization\n"
        f"  from: 2026-0{n}-01\n  source: {SOURCE}\n",
    )
    for n in range(1, 6)
]
TEXTS = [SourceText("payer.yaml", "payer", "sample", PAYER), *RULES]


def sample() -> Library:
    loaded, found = assemble(TEXTS)
    assert not found
    return loaded


@pytest.mark.parametrize("name", ["sample", "SAMPLE  health", "Sample-Health", "sh"])
def test_a_payer_is_found_by_any_of_its_names(name):
    found = sample().find_payer(name)
    assert isinstance(found, Payer)
    assert found.payer == "sample"


def test_a_name_that_is_none_gets_suggestions():
    assert sample().find_payer("Sampel Health") == UnknownPayer("Sampel Health", ("sample",))
    assert sample().find_payer("Zzz") == UnknownPayer("Zzz", ())


def test_an_overlay_adds_to_a_payer_and_replaces_what_has_the_same_id():
    text = """
payer: sample
aliases: [Our Sample]
plans:
  - {id: gold-ppo, name: Gold, line_of_business: commercial, states: [TX]}
  - {id: bronze, name: Bronze}
"""
    loaded, found = assemble([*TEXTS, SourceText("over.yaml", "payer", "sample", text, overlay=True)])
    assert not found
    payer = loaded.payers["sample"]
    assert payer.aliases == ("Sample", "SH", "Our Sample")
    assert [p.id for p in payer.plans] == ["gold-ppo", "silver-hmo", "ma-ppo", "bronze"]
    assert payer.plans[0].states == ("TX",)
    assert payer.name == "Sample Health"
    assert len(payer.processes) == 3


def test_folders_are_read_the_later_over_the_earlier(tmp_path: Path):
    shipped, clinic = tmp_path / "shipped", tmp_path / "clinic"
    for folder in (shipped / "sample/rules", shipped / "sample/portals", clinic / "sample/rules"):
        folder.mkdir(parents=True)
    (shipped / "sample/payer.yaml").write_text(PAYER)
    (shipped / "sample/rules/a.yaml").write_text(RULES[0].text)
    (shipped / "sample/portals/p.yaml").write_text("portal: p\nname: P\nstatuses: {In  review: pended}\n")
    (clinic / "sample/rules/own.yaml").write_text(
        RULES[0].text.replace("requires:", "outcome: voluntary\n  requires:")
    )
    loaded, found = load_library([shipped, clinic])
    assert not found
    query = RequirementQuery("sample", "73721", dt.date(2026, 6, 1))
    assert require(loaded, query, TODAY).outcome is Outcome.VOLUNTARY
    assert loaded.portals["p"].status("in review") == "pended"
    assert loaded.portals["p"].status("gone") is None
    assert loaded.portals["p"].settle_seconds == 900
    one_payer, _ = load_library([shipped / "sample"])
    assert list(one_payer.payers) == ["sample"]


def test_a_file_that_is_no_text_is_told_and_the_others_are_read(tmp_path: Path):
    folder = tmp_path / "sample/rules"
    folder.mkdir(parents=True)
    (tmp_path / "sample/payer.yaml").write_text(PAYER)
    (folder / "a.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "b.yaml").write_text(RULES[0].text)
    loaded, found = load_library([tmp_path])
    assert [d.code for d in found] == ["RUL001"]
    assert len(loaded.entries["sample"]) == 1


CODES = st.from_regex(r"[A-V0-9]\d{4}", fullmatch=True)


@settings(max_examples=60, deadline=None)
@given(CODES, st.dates(dt.date(2019, 1, 1), dt.date(2030, 1, 1)), st.sampled_from(["", "11", "22"]))
def test_what_no_entry_names_is_unknown(code, day, place):
    answer = require(sample(), RequirementQuery("sample", code, day, place=place), TODAY)
    named = code in {f"7372{n}" for n in range(1, 6)}
    begun = named and day >= dt.date(2026, int(code[-1]), 1)
    assert answer.outcome is (Outcome.REQUIRED if begun else Outcome.UNKNOWN)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(order: random.Random):
    shuffled = list(TEXTS)
    order.shuffle(shuffled)
    loaded, _ = assemble(shuffled)
    for n in range(1, 6):
        query = RequirementQuery("sample", f"7372{n}", dt.date(2026, 6, 1))
        assert require(loaded, query, TODAY) == require(sample(), query, TODAY)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="-:{}[]&*!|>'\"#%@`, \n\tab7372101rule codes from source", max_size=200))
def test_any_text_is_read_without_raising(text):
    for kind in ("rules", "payer", "portal"):
        _, found = assemble(
            [SourceText("f.yaml", kind, "sample", text), SourceText("p", "payer", "sample", PAYER)]
        )
        assert all(d.line >= 0 for d in found)


def test_advice_is_about_the_kind_of_service_and_the_practices_own_comes_first():
    shipped = "- {category: imaging, codes: [70000-79999], likelihood: usual, listed_by: [A, B, C]}\n"
    own = "- {category: plain films, codes: [71045], likelihood: sometimes}\n"
    loaded, found = assemble(
        [*TEXTS, SourceText("a", "advice", "", shipped), SourceText("b", "advice", "", own, overlay=True)]
    )
    assert not found
    answers = {
        code: require(loaded, RequirementQuery("sample", code, dt.date(2026, 6, 1)), TODAY)
        for code in ("72148", "71045", "99213", "73721")
    }
    told = {c: (a.advice.category, a.advice.likelihood) for c, a in answers.items() if a.advice}
    assert told == {
        "72148": ("imaging", "usual"),
        "71045": ("plain films", "sometimes"),
        "99213": ("", "not known"),
    }
    assert answers["72148"].outcome is Outcome.UNKNOWN


def test_an_advice_file_that_is_no_list_is_told():
    _, found = assemble([SourceText("a", "advice", "", "category: x\n")])
    assert [d.code for d in found] == ["RUL005"]


def test_a_payer_file_may_have_a_part_of_its_own_for_criteria():
    part = """
payer: sample
criteria:
  - id: knee-1
    codes: [73721]
    shows: six weeks of conservative care
    kind: duration
    number: 6
    unit: weeks
    from: 2026-02-01
  - {id: knee-2, codes: [73700-73799], shows: an X-ray, document: report}
"""
    loaded, found = assemble([SourceText("criteria.yaml", "payer", "sample", part), *TEXTS])
    assert not found
    payer = loaded.payers["sample"]
    assert payer.name == "Sample Health"
    assert [c.id for c in payer.criteria_for("73721", dt.date(2026, 2, 1))] == ["knee-1", "knee-2"]
    assert [c.id for c in payer.criteria_for("73721", dt.date(2026, 1, 31))] == ["knee-2"]
    assert payer.criteria_for("99213", dt.date(2026, 2, 1)) == ()


def test_a_payer_has_one_folder():
    _, found = assemble([*TEXTS, SourceText("z/payer.yaml", "payer", "z", "payer: sample\nname: Z\n")])
    assert [(d.file, d.code) for d in found] == [("z/payer.yaml", "RUL022")]
