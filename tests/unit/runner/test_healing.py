"""Finding a control whose label was reworded: the right one, or none."""

from dataclasses import replace

from handmade import control, page
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.workflow import Action, TargetKind
from authwright.runner.akin import akin
from authwright.runner.bindings import Binding, bind, new_label
from authwright.runner.matcher import Wanted
from authwright.runner.page import Control

FORM = ("Member ID", "Last Name", "First Name", "Date of Birth", "Start Date", "End Date", "Contact Name")
NEW = {
    "Member ID": ("Member ID Number", "Member's ID", "Subscriber ID", "Member Number"),
    "Last Name": ("Last Names", "Surname", "Family Name"),
    "First Name": ("First Names", "Given Name"),
    "Date of Birth": ("Birth Date", "DOB", "Born on"),
    "Start Date": ("Date of Start", "Begin", "Service Start Date"),
    "End Date": ("Date of End", "Finish", "Service End Date"),
    "Contact Name": ("Name of Contact", "Contact Telephone", "Whom to call"),
}
ADDED = (
    "Alternate Member ID",
    "Previous Last Name",
    "Admission Start Date",
    "Contact Name Suffix",
    "Birth Place",
)


def fill(label: str) -> Wanted:
    return Wanted(label, Action.FILL, TargetKind.FIELD)


def before(label: str, key: str = "") -> Binding:
    fields = [control(each, key=key if each == label else "") for each in FORM]
    return bind(fields[FORM.index(label)], page(fields))


def test_a_reworded_label_is_found() -> None:
    fields = [control("Birth Date"), control("Last Name")]
    assert new_label(fill("Date of Birth"), before("Date of Birth"), fields, []) == "Birth Date"


def test_what_stood_beside_it_before_can_not_be_its_new_label() -> None:
    binding = replace(before("Date of Birth"), others=("Birth Date",))
    assert new_label(fill("Date of Birth"), binding, [control("Birth Date")], []) is None


def test_two_that_are_as_akin_are_doubtful() -> None:
    fields = [control("Birth Date"), control("DOB")]
    assert new_label(fill("Date of Birth"), before("Date of Birth"), fields, []) is None


def test_a_remark_needs_the_same_key_and_more_words_are_never_enough() -> None:
    wanted, remarked = fill("Start Date"), [control("Start Date (of stay)", key="k1")]
    assert new_label(wanted, before("Start Date"), remarked, []) is None
    assert new_label(wanted, before("Start Date", "k1"), remarked, []) == "Start Date (of stay)"
    assert (
        new_label(wanted, before("Start Date", "k1"), [control("Service Start Date", key="k1")], []) is None
    )


def test_the_same_key_alone_finds_nothing() -> None:
    fields = [control("Group Name", key="k1")]
    assert new_label(fill("Member ID"), before("Member ID", "k1"), fields, []) is None


def test_a_label_that_another_step_means_is_not_taken() -> None:
    fields = [control("Name of Contact", key="k1")]
    others = [fill("Contact Name"), fill("Contact Names")]
    assert new_label(fill("Contact Name"), before("Contact Name", "k1"), fields, others) is None


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_under_any_renaming_insertion_and_order_it_is_the_right_one_or_none(data: st.DataObject) -> None:
    """The keys stay where they stood, whatever comes to stand there."""
    keys = [f"k{number}" for number in range(len(FORM))]
    bound = {label: before(label, key) for label, key in zip(FORM, keys, strict=True)}
    owner: dict[str, str] = {}
    fields: list[Control] = []
    names = [data.draw(st.sampled_from((label, *NEW[label]))) for label in FORM]
    for label, name in zip(FORM, names, strict=True):
        owner[name] = label
    added = data.draw(st.lists(st.sampled_from(ADDED), unique=True, max_size=3))
    order = data.draw(st.permutations([*names, *added]))
    for at, name in enumerate(order):
        fields.append(control(name, key=keys[at] if at < len(keys) else ""))
    others = [fill(label) for label in FORM]
    for label in FORM:
        now = new_label(fill(label), bound[label], fields, others)
        if now is not None and label not in names:
            assert owner.get(now) == label, (label, now, akin(label, now))
