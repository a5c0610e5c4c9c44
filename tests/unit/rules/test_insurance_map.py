from rules_helpers import library

from authwright.rules import InsuranceEntry, read_insurance_map

HEAD = "insurance_name,payer,plan,line_of_business,funding,state\n"
LIBRARY = library("[]")


def test_a_name_leads_to_payer_plan_and_what_the_plan_says():
    mapped, found = read_insurance_map(
        HEAD + "SAMPLE GOLD 01,Sample Health,Gold PPO,,,ga\n", "m.csv", LIBRARY
    )
    assert not found
    wanted = InsuranceEntry("SAMPLE GOLD 01", "sample", "gold-ppo", "commercial", "fully-insured", "GA")
    assert mapped.look_up("sample  gold 01") == mapped.look_up(" Sample Gold 01 ") == wanted


def test_what_the_practice_says_goes_before_the_plan():
    mapped, found = read_insurance_map(HEAD + "X,sample,gold-ppo,exchange,ASO,\n", "m.csv", LIBRARY)
    assert not found
    entry = mapped.look_up("x")
    assert entry is not None
    assert (entry.line_of_business, entry.funding) == ("exchange", "self-funded")


def test_a_name_that_is_not_mapped_is_none_and_never_guessed():
    mapped, _ = read_insurance_map(HEAD + "SAMPLE GOLD,sample,,,,\n", "m.csv", LIBRARY)
    assert mapped.look_up("SAMPLE") is None
    assert mapped.look_up("SAMPLE GOLD PLUS") is None


def test_one_bad_row_leaves_the_others():
    text = HEAD + "A,nobody at all,,,,\nB,sample,,,,\n,sample,,,,\n,,,,,\nC,sample,,,,ZZ\n"
    mapped, found = read_insurance_map("\ufeff" + text, "m.csv", LIBRARY)
    assert list(mapped.entries) == ["b", "c"]
    assert [(d.line, d.code) for d in found] == [(2, "RUL040"), (4, "RUL006"), (6, "RUL009")]
