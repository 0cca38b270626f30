"""The dialogs of an account's papers: each step of filing, change and end, as the buttons open them."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.models.account import AccountState, FilingState
from app.models.account_application import (
    AccountField,
    Announcement,
    Application,
    ApplicationKind,
    ApplicationState,
    ApplicationText,
    ChangeLine,
    ClosingType,
    FilingType,
)
from app.models.account_change import binding_text, people_text
from app.models.particulars import Binding, Charge, Owner, PersonInCharge
from app.models.right import Role
from app.services.account_steps import AccountOffer, AccountStep, PaperStep
from app.ui.accounts.account_page import AccountPage
from app.ui.accounts.change_dialog import ChangeDialog
from app.ui.accounts.closing_dialog import ClosingDialog
from app.ui.accounts.filing_dialog import FilingDialog
from app.ui.accounts.filing_number_dialog import FilingNumberDialog
from app.ui.accounts.open_account_dialog import OpenAccountDialog
from app.ui.accounts.paper_day_dialog import AnnounceDialog, PaperDayDialog
from app.ui.accounts.paper_scans_dialog import PaperScansDialog
from app.ui.accounts.particulars_dialog import ParticularsDialog
from app.ui.accounts.signing_dialog import SigningDialog
from app.ui.papers.preview_dialog import PreviewDialog
from tests.services.office import PASSCODE
from tests.ui.accounts.conftest import Bench, dialog_of
from tests.ui.accounts.register import begun, filed, planned, today

FILING, CHANGE, CLOSING = ApplicationKind.FILING, ApplicationKind.CHANGE, ApplicationKind.CLOSING
LATE = ApplicationText(FilingType.LATE)
ENDS = ApplicationText(closing_type=ClosingType.CLOSE, reason="功能相近", announcement=Announcement("本账号停更"))


def take(bench: Bench, page: AccountPage, step: AccountStep | PaperStep, paper: Application | None = None) -> None:
    """Take a step as its button does."""
    page._act(AccountOffer(step, paper.id if paper is not None else ""))
    bench.settle()


def papers(bench: Bench, account_id: str = "") -> tuple[Application, ...]:
    return bench.view(account_id).applications


def test_an_account_is_carried_from_its_plan_to_its_filing_number_by_the_buttons(bench: Bench) -> None:
    account = planned(bench.office)
    page = bench.page(account.id)
    take(bench, page, AccountStep.APPLY_OPENING)
    opening = dialog_of(FilingDialog)
    assert "登记表上还缺" in opening.lacks.text
    opening.reason.setPlainText("便民服务需要")
    opening.act_button.click()
    bench.settle()
    [paper] = papers(bench, account.id)
    assert (paper.text.filing_type, paper.text.reason) == (FilingType.OPENING, "便民服务需要")
    bench.script.answers.append(True)
    take(bench, page, PaperStep.PRESENT, paper)
    sign(bench, page, paper)
    assert bench.view(account.id).account.state is AccountState.APPROVED
    take(bench, page, AccountStep.OPEN)
    dialog = dialog_of(OpenAccountDialog)
    dialog.handle.setText("ja_video")
    dialog.act_button.click()
    bench.settle()
    assert bench.view(account.id).account.handle == "ja_video"
    take(bench, page, AccountStep.APPLY_FILING)
    dialog_of(FilingDialog).act_button.click()
    bench.settle()
    filing = papers(bench, account.id)[0]
    assert filing.text.filing_type is FilingType.NEW
    bench.script.answers.append(True)
    take(bench, page, PaperStep.PRESENT, filing)
    sign(bench, page, filing)
    take(bench, page, PaperStep.SUBMIT, filing)
    dialog_of(PaperDayDialog).act_button.click()
    bench.settle()
    assert bench.view(account.id).account.state is AccountState.RUNNING
    take(bench, page, PaperStep.FILE, filing)
    number = dialog_of(FilingNumberDialog)
    number.act_button.click()
    bench.settle()
    assert "备案号" in number.notice.text
    number.number.setText("晋政媒备〔2026〕7号")
    bench.script.answers.append(bench.office.scan("receipt.pdf"))
    number.choose()
    number.act_button.click()
    bench.settle()
    done = papers(bench, account.id)[0]
    assert (done.state, done.filing_number) == (ApplicationState.FILED, "晋政媒备〔2026〕7号")
    assert done.receipt_sha256
    assert "备案号 晋政媒备〔2026〕7号" in {step.word: step.text for step in page.detail.life.steps}["备案"]


def sign(bench: Bench, page: AccountPage, paper: Application) -> None:
    take(bench, page, PaperStep.SIGN, paper)
    dialog = dialog_of(SigningDialog)
    assert not dialog.act_button.isEnabled()
    dialog.take(bench.office.scan())
    dialog.act_button.click()
    bench.settle()


def test_whoever_may_sign_is_offered_deputies_last(bench: Bench) -> None:
    office = bench.office
    giver, taker = (office.person(name).id for name in ("王局", "何副"))
    begin, end, role = today(office), today(office) + timedelta(5), Role.PRINCIPAL_LEADER
    office.services.staff.authorize(giver, taker, role, begin, end, office.scan("授权.pdf"), PASSCODE)
    paper = begun(office, bench.account_ids[0], FILING, LATE, until="present")
    dialog = SigningDialog(bench.desk, None, bench.view(), paper)
    bench.shown(dialog, 560, 600)
    assert [dialog.leader.itemText(place) for place in range(dialog.leader.count())] == ["王局", "何副"]


def test_further_pages_are_filed_with_the_scan_and_can_be_looked_at(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="present")
    page = bench.page()
    take(bench, page, PaperStep.SIGN, paper)
    dialog = dialog_of(SigningDialog)
    dialog.take(bench.office.scan("1.pdf"))
    bench.script.answers.append((bench.office.scan("2.pdf"),))
    dialog.more_button.click()
    assert "另有 1 个文件" in dialog.chosen.text
    dialog.act_button.click()
    bench.settle()
    take(bench, page, PaperStep.SCANS, paper)
    scans = dialog_of(PaperScansDialog)
    assert [scans.which.itemText(place) for place in range(scans.which.count())] == ["申请表", "第 2 份"]
    scans.which.setCurrentIndex(1)
    bench.settle()
    assert scans.scan.count == 1


def test_a_refusal_is_recorded_with_its_words(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="present")
    page = bench.page()
    take(bench, page, PaperStep.REFUSE, paper)
    dialog = dialog_of(SigningDialog)
    dialog.take(bench.office.scan())
    dialog.act_button.click()
    bench.settle()
    assert "理由" in dialog.notice.text
    dialog.opinion.setPlainText("先把资料补齐")
    dialog.act_button.click()
    bench.settle()
    assert papers(bench)[0].state is ApplicationState.REFUSED


def test_on_a_day_on_which_nobody_could_sign_nothing_is_recorded(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="present")
    dialog = SigningDialog(bench.desk, None, bench.view(), paper)
    bench.shown(dialog, 560, 600)
    dialog._show_leaders(())
    dialog.take(bench.office.scan())
    dialog.record()
    bench.settle()
    assert "没有人能签" in dialog.notice.text
    assert papers(bench)[0].state is ApplicationState.WAITING


def changing(bench: Bench) -> ChangeDialog:
    take(bench, bench.page(), AccountStep.APPLY_CHANGE)
    return dialog_of(ChangeDialog)


def test_a_change_holds_what_was_and_what_is_to_be_of_what_is_ticked(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    dialog = changing(bench)
    assert dialog.lines.isHidden()
    leader = PersonInCharge(Charge.LEADER, bench.office.person("何副").id, "0591-1")
    acts: dict[AccountField, Callable[[Any], None]] = {
        AccountField.NAME: lambda editor: editor.setText("晋安区示例局"),
        AccountField.SCOPE: lambda editor: editor.setPlainText("全区政务信息"),
        AccountField.LEADER: lambda editor: editor.show_typed((leader,)),
        AccountField.PHONE: lambda editor: editor.show_typed(Binding("0591-2", Owner.UNIT)),
        AccountField.OPERATOR: lambda _editor: None,
    }
    for field, act in acts.items():
        dialog.ticks[field].setChecked(True)
        act(dialog.editors[field])
    assert dialog.former[AccountField.NAME].text() == "晋安示例"
    assert dialog.former[AccountField.SCOPE].text() == "（没有填）"
    dialog.reason.setPlainText("机构改革")
    dialog.act_button.click()
    bench.settle()
    assert papers(bench)[0].text.changes == (
        ChangeLine(AccountField.NAME, "晋安示例", "晋安区示例局"),
        ChangeLine(AccountField.LEADER, "", people_text((leader,))),
        ChangeLine(AccountField.SCOPE, "", "全区政务信息"),
        ChangeLine(AccountField.PHONE, "", binding_text(Binding("0591-2", Owner.UNIT))),
    )


def test_a_change_of_nothing_is_refused_in_place(bench: Bench) -> None:
    dialog = changing(bench)
    dialog.ticks[AccountField.NAME].setChecked(True)
    dialog.reason.setPlainText("机构改革")
    dialog.act_button.click()
    bench.settle()
    assert "变更事项" in dialog.notice.text
    assert papers(bench) == ()


def test_a_change_of_the_host_unit_asks_for_the_announcement(bench: Bench) -> None:
    dialog = changing(bench)
    assert dialog.announcement.isHidden()
    dialog.ticks[AccountField.HOST_UNIT].setChecked(True)
    assert "公告" in dialog.public.text
    assert not dialog.announcement.isHidden()
    dialog.editors[AccountField.HOST_UNIT].setText("示例委")  # type: ignore[attr-defined]
    told = Announcement("主办单位变更公告", date(2026, 10, 20), None, "https://example.cn/1")
    dialog.announcement.show_typed(told)
    dialog.reason.setPlainText("机构改革")
    dialog.act_button.click()
    bench.settle()
    assert papers(bench)[0].text.announcement == told


def test_a_signed_change_is_carried_out_by_its_button(bench: Bench) -> None:
    text = ApplicationText(changes=(ChangeLine(AccountField.NAME, "晋安示例", "晋安区示例局"),), reason="机构改革")
    paper = begun(bench.office, bench.account_ids[0], CHANGE, text, until="sign")
    page = bench.page()
    take(bench, page, PaperStep.CARRY_OUT, paper)
    dialog_of(PaperDayDialog).act_button.click()
    bench.settle()
    assert page.detail.title.text() == "微信公众号“晋安区示例局”"


@pytest.mark.parametrize(
    ("kind", "text", "window"),
    [
        (FILING, ApplicationText(FilingType.LATE, reason="原来的", basis="文件"), FilingDialog),
        (
            CHANGE,
            ApplicationText(
                changes=(
                    ChangeLine(AccountField.NAME, "晋安示例", "改后"),
                    ChangeLine(AccountField.SUBJECT, "", "示例局"),
                ),
                reason="原来的",
                wanted_on=date(2026, 11, 1),
                announcement=Announcement("公告"),
            ),
            ChangeDialog,
        ),
        (
            CLOSING,
            ApplicationText(
                closing_type=ClosingType.MERGE,
                reason="原来的",
                remains="存档",
                successor="晋安发布",
                own_form=True,
                announcement=Announcement("公告", date(2026, 10, 20), date(2026, 11, 20)),
            ),
            ClosingDialog,
        ),
    ],
)
def test_a_paper_that_is_opened_again_says_the_same_and_can_be_written_anew(
    bench: Bench, kind: ApplicationKind, text: ApplicationText, window: type[QDialog]
) -> None:
    paper = begun(bench.office, bench.account_ids[0], kind, text)
    page = bench.page()
    take(bench, page, PaperStep.REVISE, paper)
    dialog = dialog_of(window)
    assert isinstance(dialog, (FilingDialog, ChangeDialog, ClosingDialog))
    assert dialog.text() == text
    dialog.reason.setPlainText("改过的")
    dialog.act_button.click()
    bench.settle()
    [revised] = papers(bench)
    assert (revised.id, revised.text.reason) == (paper.id, "改过的")


def test_an_end_begins_with_its_form_and_is_refused_without_a_reason(bench: Bench) -> None:
    take(bench, bench.page(), AccountStep.APPLY_CLOSING)
    dialog = dialog_of(ClosingDialog)
    dialog.act_button.click()
    bench.settle()
    assert "理由" in dialog.notice.text
    dialog.reason.setPlainText("功能相近")
    dialog.act_button.click()
    bench.settle()
    assert papers(bench)[0].text.closing_type is ClosingType.DEREGISTER


def test_an_account_ends_by_its_buttons(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], CLOSING, ENDS, until="sign")
    page = bench.page()
    take(bench, page, PaperStep.ANNOUNCE, paper)
    announce = dialog_of(AnnounceDialog)
    assert announce.announcement.text.toPlainText() == "本账号停更"
    announce.act_button.click()
    bench.settle()
    for step, state in ((PaperStep.CLOSE, AccountState.CLOSED), (PaperStep.DEREGISTER, AccountState.DEREGISTERED)):
        take(bench, page, step, paper)
        dialog_of(PaperDayDialog).act_button.click()
        bench.settle()
        assert bench.view().account.state is state


def test_a_paper_is_withdrawn_with_its_reason(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="present")
    page = bench.page()
    bench.script.answers.append(None)
    take(bench, page, PaperStep.WITHDRAW, paper)
    assert papers(bench)[0].state is ApplicationState.WAITING
    bench.script.answers.append("填错了")
    take(bench, page, PaperStep.WITHDRAW, paper)
    assert papers(bench)[0].state is ApplicationState.WITHDRAWN


def test_a_paper_is_not_presented_before_the_person_is_sure(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE)
    page = bench.page()
    bench.script.answers.append(False)
    take(bench, page, PaperStep.PRESENT, paper)
    assert papers(bench)[0].state is ApplicationState.WRITING


def test_the_form_of_a_paper_and_the_list_of_who_answers_are_previewed(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="present")
    page = bench.page()
    take(bench, page, PaperStep.PRINT, paper)
    preview = dialog_of(PreviewDialog)
    assert preview.paper is not None
    assert "备案登记表" in preview.paper.title
    preview._printed("file")
    preview.accept()
    QApplication.processEvents()
    page.more_menu.actions()[-1].trigger()
    bench.settle()
    shown = dialog_of(PreviewDialog)
    assert shown.paper is not None
    assert "责任清单" in shown.paper.title
    shown._printed("file")
    with bench.office.services.accounts._room.store.reading() as unit:
        kinds = [entry.detail for entry in unit.audit.of_action("paper.print")]
    assert len(kinds) == 2
    assert '"RL"' in kinds[1]


def test_the_yearly_look_is_a_filing_of_its_own(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    page = bench.page()
    take(bench, page, AccountStep.APPLY_YEARLY)
    dialog_of(FilingDialog).act_button.click()
    bench.settle()
    assert papers(bench)[0].text.filing_type is FilingType.YEARLY
    assert bench.view().account.filing is FilingState.FILED


def test_a_day_before_the_signature_cannot_be_chosen(bench: Bench) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="sign")
    bench.office.clock.forward(days=3)
    dialog = PaperDayDialog(bench.desk, None, bench.view(), paper, PaperStep.SUBMIT)
    bench.shown(dialog, 460, 300)
    dialog.day.show_day(today(bench.office) - timedelta(9))
    assert dialog.day.day == paper.signed_on
    dialog.day.show_day(today(bench.office) + timedelta(9))
    assert dialog.day.day == today(bench.office)


def test_the_way_from_the_particulars_leads_to_the_change(bench: Bench) -> None:
    filed(bench.office, bench.account_ids[0])
    page = bench.page()
    take(bench, page, AccountStep.EDIT)
    dialog = dialog_of(ParticularsDialog)
    assert dialog.rule.button is not None
    dialog.rule.button.click()
    bench.settle()
    assert dialog_of(ChangeDialog).isVisible()


def test_what_was_typed_into_a_change_is_there_again_after_esc(bench: Bench) -> None:
    dialog = changing(bench)
    dialog.ticks[AccountField.NAME].setChecked(True)
    dialog.editors[AccountField.NAME].setText("改后")  # type: ignore[attr-defined]
    dialog.reason.setPlainText("机构改革")
    typed = dialog.text()
    dialog.reject()
    QApplication.processEvents()
    assert changing(bench).text() == typed


def test_a_scan_that_cannot_be_read_is_told_in_place(bench: Bench, tmp_path: Path) -> None:
    paper = begun(bench.office, bench.account_ids[0], FILING, LATE, until="present")
    dialog = SigningDialog(bench.desk, None, bench.view(), paper)
    bench.shown(dialog, 560, 600)
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    dialog.take(broken)
    dialog.record()
    bench.settle()
    assert "坏.pdf" in dialog.notice.text
    assert dialog.act_button.isEnabled()
