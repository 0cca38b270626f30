"""Settings: the unit keeps its id, a new policy moves nothing old, and a bad one is refused whole."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import (
    FieldInvalidError,
    MissingFieldError,
    PolicyInvalidError,
    RightMissingError,
    TargetNotWritableError,
)
from app.models.policy import read_policy
from app.models.records import Settings
from app.models.review import StepKind
from tests.services.office import PASSCODE, Office


def test_a_renamed_unit_keeps_its_id_and_numbers_go_on(office: Office) -> None:
    office.submitted()
    admin = office.sign_in("许管")
    before = admin.settings.unit()
    admin.settings.change_unit(
        code="ja-02", name="福州市晋安区新示例局", short_name="", supervisor=before.supervisor, code_word="晋新"
    )
    after = admin.settings.unit()
    assert (after.id, after.code, after.short_name) == (before.id, "JA-02", "福州市晋安区新示例局")
    assert str(office.submitted().number) == "晋新审〔2026〕2号"


def test_a_bad_unit_is_refused(office: Office) -> None:
    admin = office.sign_in("许管")
    with pytest.raises(FieldInvalidError):
        admin.settings.change_unit(code="汉字", name="a", short_name="", supervisor="b", code_word="c")
    with pytest.raises(MissingFieldError):
        admin.settings.change_unit(code="A", name="", short_name="", supervisor="b", code_word="c")


def test_a_new_policy_is_used_from_its_day_and_moves_nothing_old(office: Office) -> None:
    draft = office.submitted()
    admin = office.sign_in("许管")
    text = admin.settings.current_policy().policy.text.replace(
        '    { kind = "first_review", role = "reviewer", quorum = 1, due_working_days = 1 },\n', "", 1
    )
    tomorrow = admin.today.day() + timedelta(days=1)
    assert admin.settings.adopt_policy(text, tomorrow, "办公会", PASSCODE).version == 2
    assert admin.settings.current_policy().version == 1
    office.clock.forward(days=1)
    assert admin.settings.current_policy().version == 2
    later = office.submitted()
    views = [office.services.drafts.view(d.id) for d in (draft, later)]
    assert [view.steps[0].kind for view in views] == [StepKind.FIRST_REVIEW, StepKind.SECRECY_REVIEW]


def test_no_policy_takes_effect_in_the_past(office: Office) -> None:
    admin = office.sign_in("许管")
    text, today = admin.settings.current_policy().policy.text, admin.today.day()
    with pytest.raises(FieldInvalidError):
        admin.settings.adopt_policy(text, today - timedelta(days=1), "办公会", PASSCODE)
    assert len(admin.settings.policies()) == 1
    assert admin.settings.adopt_policy(text, today, "办公会", PASSCODE).version == 2


def test_the_chain_names_which_settings_were_changed(office: Office) -> None:
    services = office.sign_in("林晓")
    services.settings.store(replace(services.settings.load(), theme="dark"))
    assert services.audit.page(0, 1)[0].detail == '{"changed":["theme"]}'


def test_a_policy_without_the_leaders_step_is_refused_with_its_place(office: Office) -> None:
    admin = office.sign_in("许管")
    text = admin.settings.current_policy().policy.text.replace("principal_leader", "deputy_leader")
    with pytest.raises(PolicyInvalidError) as wrong:
        admin.settings.adopt_policy(text, admin.today.day(), "办公会", PASSCODE)
    assert any(place.startswith("chains.") for place, _ in wrong.value.problems)
    assert len(admin.settings.policies()) == 1


def test_the_lock_lies_between_one_and_fifteen_minutes(office: Office) -> None:
    admin = office.sign_in("许管")
    admin.settings.store(Settings(lock_minutes=90))
    assert admin.settings.load().lock_minutes == 15
    with pytest.raises(RightMissingError):
        office.sign_in("林晓").settings.store(Settings(lock_minutes=1))


def test_everybody_may_choose_their_looks(office: Office) -> None:
    services = office.sign_in("林晓")
    services.settings.store(replace(services.settings.load(), theme="dark", scale=150))
    assert (services.settings.load().theme, services.settings.load().scale) == ("dark", 150)


def test_a_policy_that_would_never_come_into_force_is_refused(office: Office) -> None:
    admin = office.sign_in("许管")
    text, today = admin.settings.current_policy().policy.text, admin.today.day()
    with pytest.raises(FieldInvalidError):
        admin.settings.adopt_policy(text, today - timedelta(days=1), "办公会", PASSCODE)
    assert admin.settings.adopt_policy(text, today + timedelta(days=9), "办公会", PASSCODE).version == 2
    with pytest.raises(FieldInvalidError):
        admin.settings.adopt_policy(text, today + timedelta(days=8), "办公会", PASSCODE)
    assert len(admin.settings.policies()) == 2


def test_a_policy_leaves_the_program_with_an_entry_or_not_at_all(office: Office, tmp_path: Path) -> None:
    settings = office.sign_in("周计").settings
    entries = office.services.audit.count()
    with pytest.raises(TargetNotWritableError):
        settings.export_policy(1, tmp_path / "没有的盘" / "参数.toml")
    assert office.services.audit.count() == entries
    settings.export_policy(1, tmp_path / "参数.toml")
    assert read_policy((tmp_path / "参数.toml").read_text("utf-8")) == settings.current_policy().policy
    [entry] = office.services.audit.page(0, 1)
    assert (entry.action, entry.subject) == ("policy.export", "policy:1")
