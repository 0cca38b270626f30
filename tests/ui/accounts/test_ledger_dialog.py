"""An existing ledger is looked at before it comes on file."""

from pathlib import Path

from app.models.account_application import ApplicationKind, ApplicationState, ApplicationText, FilingType
from app.ui.accounts.ledger_dialog import LedgerDialog
from app.ui.accounts.signing_dialog import SigningDialog
from app.ui.review.register_dialog import RegisterDialog
from tests.ui.accounts.conftest import Bench, dialog_of

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "account-ledger.xlsx"


def cells(dialog: LedgerDialog, column: int) -> list[str]:
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


def test_every_row_is_shown_and_only_sound_ones_come_on_file(bench: Bench) -> None:
    dialog = LedgerDialog(bench.desk, bench.page(), SAMPLE)
    bench.shown(dialog)
    bench.settle()
    assert cells(dialog, 0) == ["4", "5", "6", "7", "8", "9"]
    assert cells(dialog, 3) == ["可以", "可以", "可以", "不能", "不能", "不能"]
    assert "没有账号名称" in cells(dialog, 4)[4]
    assert dialog.act_button.text() == "导入 3 行"
    dialog.act_button.click()
    bench.settle()
    assert len(bench.account_ids) == 5
    assert not dialog.isVisible()


def test_a_file_that_is_no_ledger_is_said_in_place(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "空的.xlsx"
    path.write_bytes(b"")
    dialog = LedgerDialog(bench.desk, bench.page(), path)
    bench.shown(dialog)
    bench.settle()
    assert not dialog.act_button.isEnabled()
    assert "空的.xlsx" in dialog.notice.text


def test_the_register_is_written_where_a_person_says(bench: Bench, tmp_path: Path) -> None:
    page = bench.page()
    bench.script.answers.append(tmp_path / "台账.xlsx")
    page.export_action.trigger()
    bench.settle()
    assert (tmp_path / "台账.xlsx").stat().st_size > 2000


def test_a_signed_form_that_is_dropped_is_registered_with_its_account(bench: Bench, tmp_path: Path) -> None:
    account_id = bench.account_ids[0]
    desk = bench.office.services.applications
    paper = desk.present(desk.begin(account_id, ApplicationKind.FILING, ApplicationText(FilingType.LATE)).id)
    printed = tmp_path / "signed.pdf"
    printed.write_bytes(bench.office.services.account_papers.form(paper.id).data)
    dialog = RegisterDialog(bench.desk, bench.page(), paths=(printed,))
    bench.shown(dialog)
    bench.settle()
    assert dialog.account_button.isVisible()
    assert not dialog.keep_button.isVisible()
    dialog.account_button.click()
    bench.settle()
    signing = dialog_of(SigningDialog)
    assert signing.scan == printed
    signing.act_button.click()
    bench.settle()
    assert desk.of(account_id)[0].state is ApplicationState.SIGNED
    assert not dialog.isVisible()
