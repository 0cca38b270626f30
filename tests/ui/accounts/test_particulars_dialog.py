"""The fields of an account: filled, kept, put right, and closed where only a signed paper changes them."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.account import Account, AccountState
from app.models.particulars import (
    Binding,
    Certification,
    Charge,
    Interaction,
    OpenedFor,
    Owner,
    PersonInCharge,
)
from app.models.terminal import Terminal, TerminalKind
from app.ui.accounts.particulars_dialog import ParticularsDialog
from tests.services.office import PASSCODE
from tests.ui.accounts.conftest import Bench
from tests.ui.accounts.register import filed, planned, told


def opened(bench: Bench, account: Account | None = None, *, wants_plan: bool = False) -> ParticularsDialog:
    choices = bench.office.services.account_desk.choices()
    dialog = ParticularsDialog(bench.desk, None, choices, account, planned=wants_plan)
    bench.shown(dialog, 680, 720)
    return dialog


def choose(field: QWidget, key: str) -> None:
    field.setCurrentIndex(field.findData(key))  # type: ignore[attr-defined]


def test_every_field_is_saved_and_shown_again(bench: Bench) -> None:
    office = bench.office
    with office.services.accounts._room.store.writing() as unit:
        unit.terminals.add(Terminal("t1", "ZD-1", "办公室电脑", TerminalKind.COMPUTER, office.person("陈账").id, "301"))
    account = bench.view().account
    dialog = opened(bench, account)
    form = dialog.form
    for field, text in (
        (form.name, "晋安示例局"),
        (form.handle, "gh_7"),
        (form.link, "https://mp.example.cn/ja"),
        (form.subject, "示例局"),
        (form.host_unit, "示例委"),
        (form.field, "住建"),
        (form.rhythm, "每周两次"),
        (form.department, "办公室"),
        (form.second_factor, "短信"),
        (form.body_name, "房管中心"),
        (form.phone.value, "0591-1"),
        (form.mail.value, "ja@example.cn"),
    ):
        field.setText(text)
    for area, text in ((form.function, "便民"), (form.scope, "政务"), (form.introduction, "简介")):
        area.setPlainText(text)
    form.kind.setCurrentText("订阅号")
    choose(form.certification, Certification.ORGANISATION)
    choose(form.opened_for, OpenedFor.INTERNAL_BODY)
    choose(form.phone.owner, Owner.UNIT)
    choose(form.mail.owner, Owner.PERSON)
    form.certified_until.show_typed((True, date(2027, 1, 1)))
    form.national.show_typed((True, date(2026, 10, 1)))
    form.opened_on.show_typed((True, date(2020, 5, 1)))
    form.interactions.boxes[Interaction.MENU].setChecked(True)
    form.terminals.boxes["t1"].setChecked(True)
    form.commercial.boxes["赞赏"].setChecked(True)
    form.variant.setChecked(True)
    people = told(office).people
    form.people.show_typed(people)
    dialog.save()
    bench.settle()
    saved = bench.view().account
    particulars = saved.particulars
    assert (saved.name, saved.handle, saved.needs_variant, saved.opened_on) == (
        *("晋安示例局", "gh_7", True),
        date(2020, 5, 1),
    )
    assert particulars.people == people
    assert particulars.phone == Binding("0591-1", Owner.UNIT)
    assert particulars.mail == Binding("ja@example.cn", Owner.PERSON)
    assert (particulars.certified_until, particulars.national_registered_on) == (date(2027, 1, 1), date(2026, 10, 1))
    assert (particulars.terminal_ids, particulars.commercial) == (("t1",), ("赞赏",))
    again = opened(bench, saved)
    assert again.form.filled() == saved


def test_a_form_that_nobody_touched_changes_nothing(bench: Bench) -> None:
    account = bench.view().account
    whole = replace(account, particulars=replace(told(bench.office), terminal_ids=("gone",), operator_id="gone"))
    assert opened(bench, whole).form.filled() == whole


def test_people_in_another_order_are_no_change_that_nobody_made(bench: Bench) -> None:
    account, people = bench.view().account, told(bench.office).people
    turned = replace(account, particulars=replace(account.particulars, people=people[::-1]))
    assert opened(bench, turned).form.people.people == people[::-1]


def test_people_are_chosen_by_name_and_namesakes_by_department(bench: Bench) -> None:
    bench.sit("许管")
    staff = bench.office.services.staff
    staff.add("林晓", "综合科", "", signs_in=False, roles=frozenset(), passcode="shuiniu-cheku-1937")
    bench.sit("陈账")
    rows = opened(bench).form.people.rows
    names = {rows[0].person.itemText(place) for place in range(rows[0].person.count())}
    assert {"林晓（办公室）", "林晓（综合科）", "王局"} <= names


def test_several_people_can_be_named_where_several_can_do_it(bench: Bench) -> None:
    form = opened(bench).form
    assert set(form.people.add_buttons) == {Charge.BACK_OFFICE, Charge.INFORMATION_OFFICER}
    ids = [bench.office.person(name).id for name in ("陈账", "林晓", "王局")]
    form.people.add_buttons[Charge.BACK_OFFICE].click()
    rows = [row for row in form.people.rows if row.charge is Charge.BACK_OFFICE]
    for row, person_id in zip(rows, ids, strict=False):
        choose(row.person, person_id)
    assert form.people.people == tuple(PersonInCharge(Charge.BACK_OFFICE, one) for one in ids[:2])


def test_who_has_left_still_stands_where_they_stood(bench: Bench) -> None:
    account, gone = bench.view().account, bench.office.person("林晓").id
    people = (PersonInCharge(Charge.CUSTODIAN_A, gone),)
    whole = replace(account, particulars=replace(account.particulars, people=people))
    bench.sit("许管")
    bench.office.services.staff.leave(gone, bench.office.services.today.day(), "调离", PASSCODE)
    bench.sit("陈账")
    form = opened(bench, whole).form
    assert form.people.people == people
    [row] = [row for row in form.people.rows if row.charge is Charge.CUSTODIAN_A]
    assert row.person.currentText() == "林晓（已离岗）"


def test_a_platform_offers_its_own_kinds_and_commercial_functions(bench: Bench) -> None:
    form = opened(bench).form
    form.platform.setCurrentText("微信公众号")
    assert [form.kind.itemText(place) for place in range(form.kind.count())] == ["订阅号", "服务号"]
    assert set(form.commercial.boxes) == {"赞赏", "流量主", "返佣商品"}
    form.platform.setCurrentText("抖音")
    assert form.kind.count() == 0
    assert set(form.commercial.boxes) == {"橱窗", "直播打赏", "星图"}
    form.platform.setCurrentText("其他")
    assert form.commercial.isHidden()


def test_what_does_not_apply_is_not_asked(bench: Bench) -> None:
    form = opened(bench).form
    assert form.certified_until.isHidden()
    assert form.body_name.isHidden()
    assert form.terminals.isHidden()
    choose(form.certification, Certification.ORGANISATION)
    choose(form.opened_for, OpenedFor.PROJECT)
    assert not form.certified_until.isHidden()
    assert not form.body_name.isHidden()
    assert opened(bench, wants_plan=True).form.handle.isHidden()


def test_of_a_filed_account_only_the_rest_can_be_changed_here(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    dialog = opened(bench, bench.view().account)
    assert "申请变更" in dialog.rule.text
    assert all(not field.isEnabled() and "申请变更" in field.toolTip() for field in dialog.form.bound)
    dialog.form.rhythm.setText("每天")
    dialog.save()
    bench.settle()
    assert bench.view().account.particulars.rhythm == "每天"


def test_the_way_to_a_change_is_offered_where_it_is_needed(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    dialog = opened(bench, bench.view().account)
    asked: list[bool] = []
    dialog.change_asked.connect(lambda: asked.append(True))
    assert dialog.rule.button is not None
    dialog.rule.button.click()
    assert asked == [True]
    assert not dialog.isVisible()


def test_an_account_is_planned_with_all_that_is_known(bench: Bench) -> None:
    dialog = opened(bench, wants_plan=True)
    dialog.form.platform.setCurrentText("快手")
    dialog.form.name.setText("晋安示例")
    dialog.form.function.setPlainText("便民服务")
    dialog.save()
    bench.settle()
    account = bench.office.services.accounts.list()[-1]
    assert (account.state, account.particulars.function) == (AccountState.PLANNED, "便民服务")


def test_what_was_typed_is_there_again_after_esc(bench: Bench) -> None:
    dialog = opened(bench)
    dialog.form.name.setText("晋安新号")
    dialog.form.interactions.boxes[Interaction.COMMENTS].setChecked(True)
    dialog.form.people.show_typed(told(bench.office).people)
    dialog.form.phone.value.setText("0591")
    dialog.form.opened_on.show_typed((True, date(2021, 2, 3)))
    dialog.reject()
    again = opened(bench)
    assert again.form.filled() == dialog.form.filled()
    assert again.kept_notice.isVisible()
    again.kept_notice.button.click()  # type: ignore[union-attr]
    assert again.form.people.people == ()


def test_what_was_planned_and_typed_is_kept_apart_from_what_runs(bench: Bench) -> None:
    dialog = opened(bench, wants_plan=True)
    dialog.form.name.setText("拟开设的")
    dialog.reject()
    assert opened(bench).form.name.text() == ""
    assert opened(bench, wants_plan=True).form.name.text() == "拟开设的"


def test_a_platform_that_is_retired_stays_with_its_accounts(bench: Bench) -> None:
    account = replace(planned(bench.office), platform="老平台")
    form = opened(bench, account).form
    assert form.platform.currentText() == "老平台"
