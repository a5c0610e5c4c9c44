"""Which SOPs a person has approved."""

from datetime import date

import pytest

from authwright.app.approvals import FILE_NAME, ApprovalsError, SopApproval, add, holds, keep, kept, read
from authwright.core.workflow import Purpose, Workflow

DAY = date(2026, 11, 24)
SUBMIT = SopApproval("hub/submit", "m1", "Dana Ruiz", DAY)


def test_a_folder_without_the_file_has_none(tmp_path):
    assert read(tmp_path) == ()


def test_an_approval_holds_for_its_meaning_only(tmp_path):
    add(tmp_path, SUBMIT)
    approved = read(tmp_path)
    assert approved == (SUBMIT,)
    assert holds(approved, "hub/submit", "m1")
    assert not holds(approved, "hub/submit", "m2")
    assert not holds(approved, "hub/status", "m1")


def test_a_later_approval_takes_the_place_of_the_earlier_and_leaves_the_others(tmp_path):
    status = SopApproval("hub/status", "s1", "Dana Ruiz", DAY)
    again = SopApproval("hub/submit", "m2", "Sam Lee", DAY)
    for approval in (SUBMIT, status, again):
        add(tmp_path, approval)
    assert read(tmp_path) == (status, again)
    assert [p.name for p in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("text", ["no json", '{"sop": "hub/submit"}', '[{"sop": "hub/submit"}]', "\xff"])
def test_a_file_that_is_no_list_of_approvals_is_refused_with_its_place(text, tmp_path):
    (tmp_path / FILE_NAME).write_bytes(text.encode("latin-1"))
    with pytest.raises(ApprovalsError, match=FILE_NAME):
        read(tmp_path)
    with pytest.raises(ApprovalsError):
        add(tmp_path, SUBMIT)
    assert (tmp_path / FILE_NAME).read_bytes() == text.encode("latin-1")


def test_what_was_approved_is_kept_as_long_as_its_approval_holds(tmp_path):
    workflow = Workflow("hub/submit", "T", Purpose.SUBMIT, "hub", (), meaning_hash="m1")
    assert kept(tmp_path, "hub/submit") is None
    keep(tmp_path, workflow)
    assert kept(tmp_path, "hub/submit") is None  # nobody approved it
    add(tmp_path, SUBMIT)
    assert kept(tmp_path, "hub/submit") == workflow
    add(tmp_path, SopApproval("hub/submit", "m2", "Sam Lee", DAY))
    assert kept(tmp_path, "hub/submit") is None
