import random
from dataclasses import replace

from handmade import control
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.workflow import Action, TargetKind
from authwright.runner.assign import assign
from authwright.runner.matcher import MARGIN, Ambiguous, Match, Missing, Wanted, match
from authwright.runner.page import Control, Kind, Label, Tie

LABELS = (
    "Member ID",
    "Alternate member ID",
    "Member ID of subscriber",
    "Patient Last Name",
    "Patient First Name",
    "Last Name",
    "NPI",
    "NPI type",
    "From Date",
    "To Date",
    "Date of Birth",
    "Procedure Code",
    "Diagnosis Code",
)


def fill(label: str, section: str | None = None) -> Wanted:
    return Wanted(label, Action.FILL, TargetKind.FIELD, section)


def found(wanted: Wanted, controls: list[Control]) -> Control:
    result = match(wanted, controls)
    assert isinstance(result, Match), result
    return result.control


def test_an_exact_label_is_found_beside_a_longer_one() -> None:
    wanted, alternate = control("Member ID"), control("Alternate member ID")
    assert found(fill("Member ID"), [alternate, wanted]) is wanted


def test_a_longer_label_is_never_taken_for_a_shorter_one() -> None:
    result = match(fill("Member ID"), [control("Alternate member ID")])
    assert result == Missing(near=("Alternate member ID",))


def test_the_same_label_twice_is_ambiguous() -> None:
    a, b = control("NPI", section="Requesting Provider"), control("NPI", section="Rendering Provider")
    result = match(fill("NPI"), [b, a])
    assert isinstance(result, Ambiguous) and set(result.controls) == {a, b}


def test_a_section_tells_the_same_labels_apart() -> None:
    a, b = control("NPI", section="Requesting Provider"), control("NPI", section="Rendering Provider")
    assert found(fill("NPI", "Rendering Provider"), [a, b]) is b
    assert found(fill("NPI", "Requesting provider:"), [a, b]) is a


def test_a_section_that_is_not_there_is_said_so() -> None:
    result = match(fill("NPI", "Facility"), [control("NPI", section="Requesting Provider")])
    assert isinstance(result, Missing) and result.no_section and len(result.elsewhere) == 1


def test_a_label_in_another_section_is_named_but_not_taken() -> None:
    npi, name = control("NPI", section="Requesting Provider"), control("Name", section="Facility")
    result = match(fill("NPI", "Facility"), [npi, name])
    assert isinstance(result, Missing) and not result.no_section and result.elsewhere == (npi,)


def test_a_bound_label_is_not_ahead_of_the_same_text_beside_another_field() -> None:
    bound, beside = control("Member ID"), control("Member ID", tie=Tie.LEFT)
    assert isinstance(match(fill("Member ID"), [bound, beside]), Ambiguous)


def test_a_visible_label_is_ahead_of_a_placeholder() -> None:
    bound, hinted = control("Member ID"), control("Member ID", tie=Tie.PLACEHOLDER)
    assert found(fill("Member ID"), [hinted, bound]) is bound


def test_the_sign_in_button_is_ahead_of_the_link_to_it() -> None:
    link, button = control("Sign In", Kind.LINK), control("Sign In", Kind.BUTTON)
    assert found(Wanted("Sign In", Action.CLICK, TargetKind.BUTTON), [link, button]) is button


def test_links_to_one_address_are_one() -> None:
    a = control("Dashboard", Kind.LINK, href="/d")
    assert match(Wanted("Dashboard", Action.CLICK), [a, replace(a, id="other")]) == Match(a, 1.0, 1.0)
    other = replace(a, id="other", href="/elsewhere")
    assert isinstance(match(Wanted("Dashboard", Action.CLICK), [a, other]), Ambiguous)


def test_a_button_is_named_by_its_own_text_not_by_what_stands_beside_it() -> None:
    search = control("Search", Kind.BUTTON)
    beside = replace(search, labels=(*search.labels, Label("Member ID", Tie.LEFT)))
    assert isinstance(match(Wanted("Member ID", Action.CLICK), [beside]), Missing)
    payer = replace(search, labels=(Label("Select a payer", Tie.TEXT), Label("Payer", Tie.LEFT)))
    assert found(Wanted("Payer", Action.SELECT), [payer]) is payer


def test_what_is_not_visible_is_not_there() -> None:
    assert isinstance(match(fill("Member ID"), [control("Member ID", visible=False)]), Missing)


@given(st.randoms(use_true_random=False), st.integers(0, len(LABELS) - 1))
@settings(max_examples=60, deadline=None)
def test_order_in_the_page_decides_nothing(rng: random.Random, index: int) -> None:
    controls = [control(label, id=label) for label in LABELS]
    rng.shuffle(controls)
    assert found(fill(LABELS[index]), controls).id == LABELS[index]


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=8), st.sampled_from(LABELS))
@settings(max_examples=100, deadline=None)
def test_a_match_always_carries_the_wanted_label_and_is_the_only_one(shown: list[str], asked: str) -> None:
    result = match(fill(asked), [control(label) for label in shown])
    count = shown.count(asked)
    if count == 0:
        assert isinstance(result, Missing)
    elif count == 1:
        assert isinstance(result, Match) and result.control.name == asked and result.ahead >= MARGIN
    else:
        assert isinstance(result, Ambiguous) and len(result.controls) == count


@given(st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_a_form_is_assigned_one_to_one(rng: random.Random) -> None:
    controls = [control(label, id=label) for label in LABELS]
    wanted = [fill(label) for label in LABELS]
    rng.shuffle(controls)
    rng.shuffle(wanted)
    results = assign(wanted, controls)
    assert [r.control.id for r in results if isinstance(r, Match)] == [w.label for w in wanted]


def test_a_field_that_reads_as_two_labels_of_the_form_is_given_to_neither() -> None:
    doubtful = control(labels=(Label("From Date", Tie.LEFT), Label("To Date", Tie.ABOVE)))
    results = assign([fill("From Date"), fill("To Date")], [doubtful])
    assert results == [Ambiguous((doubtful,)), Ambiguous((doubtful,))]


# --- names that nobody sees ---


def named(kind: Kind, *labels: tuple[str, Tie]) -> Control:
    return replace(control("", kind), labels=tuple(Label(text, tie) for text, tie in labels))


def test_words_that_are_seen_come_before_a_name_of_the_markup() -> None:
    save = named(Kind.BUTTON, ("Delete", Tie.ARIA), ("Save", Tie.TEXT))
    delete = named(Kind.BUTTON, ("Save", Tie.ARIA), ("Delete", Tie.TEXT))
    assert found(Wanted("Save", Action.CLICK), [delete, save]) is save and save.name == "Save"
    other = named(Kind.BUTTON, ("Send", Tie.ARIA), ("No", Tie.TEXT))
    assert isinstance(match(Wanted("Send", Action.CLICK), [other]), Missing)
    member = named(Kind.TEXT, ("Group", Tie.ARIA), ("Member ID", Tie.BOX))
    group = named(Kind.TEXT, ("Member ID", Tie.ARIA), ("Group", Tie.LEFT))
    assert found(fill("Member ID"), [group, member]) is member


def test_a_name_of_the_markup_finds_an_icon_and_what_says_more_than_is_seen() -> None:
    icon = named(Kind.BUTTON, ("Close", Tie.ARIA), ("×", Tie.TEXT))
    longer = named(Kind.BUTTON, ("Edit line 2", Tie.ARIA), ("Edit", Tie.TEXT))
    assert found(Wanted("Close", Action.CLICK), [icon, longer]) is icon
    assert found(Wanted("Edit line 2", Action.CLICK), [icon, longer]) is longer
