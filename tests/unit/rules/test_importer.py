import datetime as dt

from rules_helpers import PAYER, TODAY

from authwright.core.requirement import Outcome, RequirementQuery
from authwright.rules import check_library, require
from authwright.rules.importer import Meaning, Translation, Variant, rules_yaml
from authwright.rules.library import SourceText, assemble
from authwright.rules.tables import level, read_table

HEAD = (
    "payer,plan_scope,category,code,requirement,setting_rule,effective_from,effective_to,"
    "source_url,source_page_date,read_on,confidence,note\n"
)
PRIOR = Meaning(requires=("prior-authorization",))
TRANSLATION = Translation(
    "s",
    {"prior authorization": PRIOR, "removed": Meaning(removed=True), "absent": Meaning(left_out="one look")},
    {
        "": (Variant(),),
        "hospital, not at ASC": (
            Variant({"places": ["19", "22"]}),
            Variant({"places": ["24"]}, Meaning(Outcome.NOT_REQUIRED), keep_words=True),
        ),
    },
    {"Commercial": {"lines_of_business": ["commercial"]}},
    codes={"J0585": {"billed_with": ["64615"]}},
)


def imported(*rows: str):
    read, refused = read_table(HEAD + "".join(f"Sample,Commercial,{row}\n" for row in rows), "t.csv")
    text, left_out = rules_yaml(read, TRANSLATION, "heading")
    loaded, found = assemble(
        [SourceText("p", "payer", "sample", PAYER), SourceText("r.yaml", "rules", "sample", text)]
    )
    assert not found
    assert not check_library(loaded)
    return loaded, text, [*refused, *left_out]


def outcome(loaded, code, date, **facts):
    query = RequirementQuery(
        "sample", code, dt.date.fromisoformat(date), line_of_business="commercial", **facts
    )
    return require(loaded, query, TODAY)


def test_codes_that_share_everything_become_one_entry():
    row = "Knee,{},prior authorization,,2026-01-01,,https://a.test/x,2026-01-02,2026-11-23,high,"
    loaded, text, told = imported(row.format("73721"), row.format("73722"))
    assert not told
    assert text.count("- rule:") == 1
    assert outcome(loaded, "73722", "2026-01-01").outcome is Outcome.REQUIRED
    assert outcome(loaded, "73722", "2025-12-31").outcome is Outcome.UNKNOWN


def test_a_removed_code_is_required_until_the_day_of_its_removal():
    loaded, _, _ = imported("Knee,73721,removed,,2026-01-01,2026-05-01,https://a.test,2026,2026-11-23,high,")
    assert outcome(loaded, "73721", "2026-04-30").outcome is Outcome.REQUIRED
    assert outcome(loaded, "73721", "2026-05-01").outcome is Outcome.NOT_REQUIRED


def test_a_code_removed_before_it_began_was_never_required():
    loaded, _, _ = imported("Knee,73721,removed,,,2026-05-01,https://a.test,2026,2026-11-23,high,")
    assert outcome(loaded, "73721", "2026-04-30").outcome is Outcome.UNKNOWN
    assert outcome(loaded, "73721", "2026-05-01").outcome is Outcome.NOT_REQUIRED


def test_rows_that_say_the_same_are_joined_and_the_payers_own_page_comes_first():
    loaded, text, _ = imported(
        "(removed),73721,removed,,,,https://copy.test,2026,2026-11-23,medium - copy,first note",
        "Knee,73721,removed,,,2026-05-01,https://www.cms.gov/x,2026,2026-11-23,high,second note",
    )
    assert text.count("- rule:") == 1
    answer = outcome(loaded, "73721", "2026-05-01")
    assert [s.url for s in answer.sources] == ["https://www.cms.gov/x", "https://copy.test"]
    assert set(answer.notes) >= {"first note", "second note"}
    assert not answer.verify


def test_a_setting_may_mean_two_things():
    loaded, _, _ = imported(
        'Knee,73721,prior authorization,"hospital, not at ASC",2026-01-01,,https://a.test,2026,2026-11-23,high,'
    )
    assert outcome(loaded, "73721", "2026-02-01", place="22").outcome is Outcome.REQUIRED
    assert outcome(loaded, "73721", "2026-02-01", place="24").outcome is Outcome.NOT_REQUIRED
    assert outcome(loaded, "73721", "2026-02-01", place="11").outcome is Outcome.UNKNOWN


def test_a_row_without_dates_starts_when_it_was_read_and_a_code_may_have_its_own_condition():
    loaded, text, _ = imported("Toxin,J0585,prior authorization,,,,https://a.test,2026,2026-11-20,high,")
    assert "from: unknown" in text
    answer = outcome(loaded, "J0585", "2026-11-20", also_billed=("64615",))
    assert (answer.outcome, answer.verify) == (Outcome.REQUIRED, True)
    assert outcome(loaded, "J0585", "2026-11-19", also_billed=("64615",)).outcome is Outcome.UNKNOWN


def test_what_cannot_be_a_rule_is_left_out_with_its_line():
    _, text, told = imported(
        "Knee,73721,prior authorization,,2026-05-01,2026-01-01,https://a.test,2026,2026-11-23,high,",
        "Knee,7372,prior authorization,,2026-05-01,,https://a.test,2026,2026-11-23,high,",
        "Knee,73721,prior authorization,,May,,https://a.test,2026,2026-11-23,high,",
        "Knee,73721,prior authorization,,2026-05-01,,,2026,2026-11-23,high,",
        "Knee,73721,absent,,2026-05-01,,https://a.test,2026,2026-11-23,high,",
        "Knee,73721,maybe,,2026-05-01,,https://a.test,2026,2026-11-23,high,",
    )
    assert "- rule:" not in text
    assert [(d.line, d.code) for d in told] == [
        (2, "RUL016"),
        (3, "RUL010"),
        (4, "RUL008"),
        (5, "RUL006"),
        (6, "RUL033"),
        (7, "RUL033"),
    ]


def test_only_a_plain_high_is_high():
    words = ["high", "high (older edition)", "medium-high - copy", "low for today", ""]
    assert [level(w) for w in words] == ["high", "medium", "medium", "low", "medium"]


def test_the_same_rows_give_the_same_text():
    rows = [
        f"Knee,7372{n},prior authorization,,2026-0{n}-01,,https://a.test,2026,2026-11-23,high,"
        for n in (3, 1, 2)
    ]
    assert imported(*rows)[1] == imported(*rows)[1]
    assert imported(*rows)[1] == imported(*reversed(rows))[1]
