"""A practice's folder, opened: what may be driven, and why not."""

import re
import stat
from datetime import date, timedelta

import pytest

from authwright.app import terms
from authwright.app.init import FolderInUseError, init
from authwright.app.installation import NotAPracticeError, settings_of
from authwright.app.terms import Decision, TermsRead
from authwright.core.requirement import Outcome, RequirementQuery
from authwright.core.workflow import Purpose
from authwright.vault.keys import KeyMissingError

from .conftest import AT


def change(folder, old, new):
    settings = folder / "authwright.toml"
    text = settings.read_text()
    assert old in text
    settings.write_text(text.replace(old, new))


class TestOpening:
    def test_a_new_practice_opens_and_is_known_to_its_store(self, folder, open_at):
        with open_at(folder) as practice:
            assert [(p.id, p.name) for p in practice.store.practices()] == [("clinic", "Northside Clinic")]
        with open_at(folder) as practice:
            assert len(practice.store.practices()) == 1

    def test_making_it_again_changes_nothing(self, folder):
        before = {p: p.read_bytes() for p in folder.iterdir() if p.is_file()}
        with pytest.raises(FolderInUseError, match="nothing was changed"):
            init(folder, "other", "Other", at=AT)
        assert {p: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before

    def test_only_the_owner_reads_its_key(self, folder):
        assert stat.S_IMODE((folder / "authwright.key").stat().st_mode) == 0o600

    def test_a_folder_without_settings_is_no_practice(self, tmp_path, open_at):
        with pytest.raises(NotAPracticeError, match="authwright init"), open_at(tmp_path):
            pass

    def test_wrong_settings_are_refused_with_what_is_wrong(self, folder):
        change(folder, "[insurance]", "[insurence]")
        with pytest.raises(NotAPracticeError, match="can't be used") as refused:
            settings_of(folder)
        assert [d.code for d in refused.value.diagnostics] == ["CFG003"]

    def test_without_its_key_it_stays_shut(self, folder, open_at):
        (folder / "authwright.key").unlink()
        with (
            pytest.raises(KeyMissingError, match=re.escape("authwright.key does not exist")),
            open_at(folder),
        ):
            pass


class TestPortal:
    def test_an_approved_sop_may_be_run(self, practice, approve):
        approve()
        portal = practice.portal("hub")
        assert {Purpose.SUBMIT, Purpose.STATUS} <= set(portal.workflows)
        assert Purpose.SUBMIT not in portal.refused
        assert (portal.base_url, portal.account, portal.lease) == ("http://127.0.0.1/hub/", "hub", "hub:hub")
        assert portal.settle == timedelta(seconds=900)

    def test_an_sop_that_nobody_approved_is_refused(self, practice):
        portal = practice.portal("hub")
        assert not portal.workflows
        assert "is not approved as it stands" in portal.refused[Purpose.SUBMIT]

    @pytest.mark.parametrize(
        ("decision", "why"),
        [(None, "Nobody has recorded that the terms"), ("forbidden", "as Dana recorded on 2026-11-20")],
    )
    def test_without_the_owners_word_nothing_is_run(self, practice, approve, open_at, decision, why):
        approve()
        folder = practice.settings.folder
        change(folder, "http://127.0.0.1/hub/", "https://hub.example/")
        if decision:
            terms.add(folder, TermsRead("hub", Decision(decision), "Dana", date(2026, 11, 20)))
        with open_at(folder) as again:
            portal = again.portal("hub")
        assert not portal.workflows
        assert set(portal.refused) == set(Purpose)
        assert why in portal.refused[Purpose.SUBMIT]

    def test_with_the_owners_word_a_real_portal_is_driven(self, practice, approve, open_at):
        approve("https://hub.example/")
        folder = practice.settings.folder
        change(folder, "http://127.0.0.1/hub/", "https://hub.example/")
        terms.add(folder, TermsRead("hub", Decision.ALLOWED, "Dana", date(2026, 11, 20)))
        with open_at(folder) as again:
            assert Purpose.SUBMIT in again.portal("hub").workflows

    def test_what_the_library_forbids_no_setting_allows(self, practice, approve, open_at):
        approve()
        own = practice.settings.library_overlay / "hub/portals"
        own.mkdir(parents=True)
        (own / "hub.yaml").write_text("portal: hub\nname: The hub\nautomation: forbidden\n")
        terms.add(practice.settings.folder, TermsRead("hub", Decision.ALLOWED, "Dana", date(2026, 11, 20)))
        with open_at(practice.settings.folder) as again:
            portal = again.portal("hub")
        assert not portal.workflows
        assert "forbid programs" in portal.refused[Purpose.STATUS]

    def test_the_settings_settle_time_and_credential_win(self, practice, open_at):
        change(practice.settings.folder, "\n[filing]", 'settle_seconds = 5\ncredential = "desk"\n[filing]')
        with open_at(practice.settings.folder) as again:
            portal = again.portal("hub")
        assert (portal.settle, portal.lease) == (timedelta(seconds=5), "hub:desk")

    def test_another_portal_is_unknown(self, practice):
        with pytest.raises(KeyError, match="other"):
            practice.portal("other")

    def test_a_portal_gets_its_own_credentials_only(self, practice):
        for name in ("hub.username", "hub.password", "hub2.password"):
            practice.secrets.put(
                name,
                f"value of {name}",
                owner="Dana",
                permission="may be used",
                permitted_on=date(2026, 11, 20),
                actor="Jane",
                at=AT,
            )
        assert practice.credentials(practice.portal("hub")) == {
            "username": "value of hub.username",
            "password": "value of hub.password",
        }


class TestInsuranceMap:
    def test_it_is_read_whatever_the_office_saved_it_as(self, folder, open_at):
        rows = "insurance_name,payer,plan,line_of_business,funding\nRÉGIME UHC,unitedhealthcare,,,\n"
        (folder / "insurances.csv").write_bytes(rows.encode("cp1252"))
        with open_at(folder) as practice:
            mapped, found = practice.insurance_map
        assert mapped.look_up("régime uhc").payer == "unitedhealthcare"
        assert found == []

    def test_without_a_file_it_is_empty(self, folder, open_at):
        (folder / "insurances.csv").unlink()
        with open_at(folder) as practice:
            assert practice.insurance_map[0].look_up("UHC") is None


def test_the_rules_are_asked_with_the_practices_own_over_the_shipped(folder, open_at):
    with open_at(folder) as practice:
        assert practice.library_findings == []
        query = RequirementQuery(
            "unitedhealthcare", "27447", date(2026, 12, 1), line_of_business="commercial"
        )
        assert practice.require(query).outcome is not Outcome.UNKNOWN
