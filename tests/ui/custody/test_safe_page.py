"""密码保管 in the window: what is kept, taking one in, looking at one, and what is left of it afterwards."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.errors import VaultAbsentError, VaultLockedError
from app.models.credential import UsageKind
from app.models.envelope_address import EnvelopeAddress
from app.models.secret import Secret
from app.ui.custody.keep_dialog import KeepDialog
from app.ui.custody.reveal_dialog import RevealDialog
from app.ui.custody.safe_page import SafePage
from app.ui.custody.safe_table import SafeColumn
from app.ui.custody.secret_clipboard import SecretClipboard, secret_clipboard, secret_mime
from app.ui.custody.secret_stage import SecretStage
from app.ui.start.lock import close_dialogs, empty_clipboard
from tests.services.test_custody import LONG, WHY
from tests.ui.custody.conftest import CANARY, Vaulted


def states(page: SafePage) -> list[str]:
    return [page.model.index(row, SafeColumn.STATE).data() for row in range(page.model.rowCount())]


def revealing(vaulted: Vaulted, usage: UsageKind) -> RevealDialog:
    page = vaulted.page()
    page.detail.look_button.click()
    dialog = vaulted.one(RevealDialog)
    dialog.reason.setText(WHY)
    dialog.passcode.setText(LONG)
    (dialog.act_button if usage is UsageKind.REVEAL else dialog.copy_button).click()
    vaulted.settle()
    return dialog


def second_weibo(vaulted: Vaulted) -> None:
    vaulted.safe.sign_in("陈账").accounts.register("微博", "晋安示例二号")
    vaulted.enter()


def no_window() -> bool:
    return not [w for w in QApplication.topLevelWidgets() if isinstance(w, RevealDialog) and w.isVisible()]


def lock() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    close_dialogs(app)
    empty_clipboard(app.clipboard())
    QApplication.processEvents()


def told_in_widgets(secret: str) -> list[QWidget]:
    texts = [(w, w.text()) for w in QApplication.allWidgets() if isinstance(w, QLabel | QLineEdit)]
    return [widget for widget, text in texts if secret in text]


def files_with(folder: Path, secret: str) -> set[str]:
    codes = ("utf-8", "utf-16-le", "utf-16-be")
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if any(secret.encode(code) in path.read_bytes() for code in codes)}


def test_the_page_tells_what_is_kept_and_what_is_not(vaulted: Vaulted) -> None:
    vaulted.keep()
    second_weibo(vaulted)
    vaulted.safe.clock.forward(days=91)
    page = vaulted.page()
    assert states(page) == ["到期", "还没有登记", "扫码登录"]
    assert page.model.index(0, SafeColumn.KEEPERS).data().split("、") != [""]
    assert page.store.isHidden()


def test_what_this_pc_does_not_have_is_said(vaulted: Vaulted) -> None:
    credential = vaulted.keep()
    vaulted.safe.store.remove(EnvelopeAddress(credential.id, vaulted.safe.both()[0]))
    assert states(vaulted.page())[0] == "本机无此凭据"


def test_who_keeps_no_passwords_is_told_whom_to_ask(vaulted: Vaulted) -> None:
    vaulted.keep()
    vaulted.safe.sign_in("陈账")
    vaulted.desk.actor = vaulted.safe.services.staff.actor()
    page = vaulted.page()
    assert page.whole.currentWidget() is page.closed
    assert "贺甲、尤乙" in page.closed.sentence_label.text()


def test_a_locked_store_can_be_unlocked_from_the_page(vaulted: Vaulted) -> None:
    vaulted.keep()
    vaulted.safe.store.trouble = VaultLockedError("密码库")
    page = vaulted.page()
    assert "锁着" in page.store.text
    assert states(page)[0] == "未核对"
    assert not page.unlock_button.isHidden()
    vaulted.safe.store.trouble = None
    page.unlock_button.click()
    vaulted.settle()
    assert page.store.isHidden()
    assert states(page)[0] == "已封存"


def test_a_pc_without_a_store_says_what_to_do(vaulted: Vaulted) -> None:
    vaulted.keep()
    vaulted.safe.store.trouble = VaultAbsentError("linux")
    page = vaulted.page()
    assert "别处" in page.store.text
    assert page.unlock_button.isHidden()


def test_a_password_is_typed_twice_and_kept(vaulted: Vaulted) -> None:
    page = vaulted.page()
    page.detail.keep_button.click()
    dialog = vaulted.one(KeepDialog)
    dialog.entry.first.setText(CANARY)
    dialog.passcode.setText(LONG)
    dialog.keep()
    assert "不一样" in dialog.notice.text
    dialog.entry.second.setText(CANARY)
    dialog.entry.judge()
    vaulted.settle()
    assert dialog.entry.strength.text().startswith("强度：")
    dialog.keep()
    vaulted.settle()
    [line] = vaulted.safe.services.custody.lines()
    assert {one.person_id for one in line.credential.envelopes} == set(vaulted.safe.both())
    assert told_in_widgets(CANARY) == []


def test_a_drawn_password_fills_both_fields_and_has_nothing_against_it(vaulted: Vaulted) -> None:
    page = vaulted.page()
    page.detail.keep_button.click()
    entry = vaulted.one(KeepDialog).entry
    assert entry.show_button.isHidden()
    entry.draw()
    vaulted.settle()
    assert entry.first.text() == entry.second.text() != ""
    assert entry.first.echoMode() is QLineEdit.EchoMode.Password
    assert "里面有" not in entry.strength.text()
    assert not entry.show_button.isHidden()


def test_a_password_that_another_account_has_is_warned_of_once(vaulted: Vaulted) -> None:
    vaulted.keep()
    second_weibo(vaulted)
    page = vaulted.page()
    page.table.selectRow(1)
    vaulted.settle()
    assert not page.detail.keep_button.isHidden()
    page.detail.keep_button.click()
    dialog = vaulted.one(KeepDialog)
    dialog.entry.first.setText(CANARY)
    dialog.entry.second.setText(CANARY)
    dialog.passcode.setText(LONG)
    dialog.keep()
    vaulted.settle()
    assert "密码相同" in dialog.notice.text
    assert len(vaulted.safe.services.custody.lines()) == 1
    dialog.keep()
    vaulted.settle()
    assert len(vaulted.safe.services.custody.lines()) == 2


def test_a_password_is_shown_on_a_label_that_nobody_selects_and_then_gone(vaulted: Vaulted) -> None:
    vaulted.keep()
    dialog = revealing(vaulted, UsageKind.REVEAL)
    shown = dialog.stage.label
    assert shown is not None
    assert shown.text() == CANARY
    assert shown.textFormat() is Qt.TextFormat.PlainText
    assert shown.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
    assert not dialog.stage.isHidden()
    dialog.stage._ends = 0.0
    dialog.stage.look()
    assert told_in_widgets(CANARY) == []
    assert no_window()


def test_a_refused_look_asks_for_the_passcode_again(vaulted: Vaulted) -> None:
    vaulted.keep()
    page = vaulted.page()
    page.detail.look_button.click()
    dialog = vaulted.one(RevealDialog)
    dialog.reason.setText(WHY)
    dialog.passcode.setText("wrong-wrong-wrong")
    dialog.act_button.click()
    vaulted.settle()
    assert dialog.notice.text
    assert dialog.passcode.text() == ""
    assert dialog.stage.label is None


def test_the_lock_takes_the_password_off_the_screen_and_the_clipboard(vaulted: Vaulted) -> None:
    vaulted.keep()
    revealing(vaulted, UsageKind.COPY)
    assert QApplication.clipboard().text() == CANARY
    assert told_in_widgets(CANARY) == []
    lock()
    assert QApplication.clipboard().text() == ""
    assert no_window()
    revealing(vaulted, UsageKind.REVEAL)
    assert len(told_in_widgets(CANARY)) == 1
    lock()
    assert told_in_widgets(CANARY) == []
    assert no_window()


def test_a_look_that_comes_home_after_the_lock_shows_nothing(vaulted: Vaulted) -> None:
    vaulted.keep()
    page = vaulted.page()
    page.detail.look_button.click()
    dialog = vaulted.one(RevealDialog)
    dialog.done(0)
    dialog._taken(UsageKind.COPY, Secret(CANARY))
    dialog._taken(UsageKind.REVEAL, Secret(CANARY))
    assert told_in_widgets(CANARY) == []
    assert QApplication.clipboard().text() != CANARY


def test_the_clipboard_is_emptied_after_its_seconds_and_keeps_what_was_copied_since(vaulted: Vaulted) -> None:
    now = [0.0]
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    board = SecretClipboard(app, lambda: now[0])
    board.put(Secret(CANARY))
    now[0] = 14.9
    board.look()
    assert app.clipboard().text() == CANARY
    now[0] = 15.0
    board.look()
    assert app.clipboard().text() == ""
    board.put(Secret(CANARY))
    other = QMimeData()
    other.setText("别的文字")
    app.clipboard().setMimeData(other)
    board.clear()
    assert app.clipboard().text() == "别的文字"
    app.clipboard().clear()
    board.deleteLater()


def test_clipboard_histories_are_told_to_leave_it_out() -> None:
    data = secret_mime(Secret(CANARY), b"1")
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    windows = [name for name in data.formats() if name.startswith("application/x-qt-windows-mime")]
    assert len(windows) == 4
    assert all(data.data(name).data() == bytes(4) for name in windows)


def test_the_stage_counts_down_where_it_can_be_seen(vaulted: Vaulted) -> None:
    now = [0.0]
    stage = SecretStage(clock=lambda: now[0])
    vaulted.show(stage)
    stage.show_secret(Secret(CANARY))
    now[0] = 7.5
    stage.look()
    assert stage.count.text() == "还有 13 秒自动隐藏。"
    stage.clear_all()
    assert stage.label is None


def test_no_trace_of_a_password_is_left_in_files_widgets_or_unfinished_input(vaulted: Vaulted, tmp_path: Path) -> None:
    page = vaulted.page()
    page.detail.keep_button.click()
    dialog = vaulted.one(KeepDialog)
    dialog.entry.first.setText(CANARY)
    dialog.entry.second.setText(CANARY)
    dialog.envelope.setText("7号")
    lock()
    assert CANARY not in repr(vaulted.desk.unfinished.__dict__)
    assert "7号" in repr(vaulted.desk.unfinished.__dict__)
    vaulted.keep(0)
    revealing(vaulted, UsageKind.REVEAL)
    lock()
    revealing(vaulted, UsageKind.COPY)
    lock()
    (tmp_path / "control.txt").write_bytes("前".encode() + CANARY.encode("utf-16-le"))
    assert files_with(tmp_path, CANARY) == {"control.txt"}
    assert told_in_widgets(CANARY) == []
    assert not secret_clipboard().holds


def test_label_and_fields_are_empty_before_their_windows_are_let_go(vaulted: Vaulted) -> None:
    vaulted.keep()
    dialog = revealing(vaulted, UsageKind.REVEAL)
    label = dialog.stage.label
    assert label is not None
    dialog.done(0)
    assert label.text() == ""
    vaulted.settle()
    page = vaulted.page()
    page.detail.keep_button.click()
    keeping = vaulted.one(KeepDialog)
    fields = (keeping.entry.first, keeping.entry.second, keeping.passcode)
    for field in fields:
        field.setText(CANARY)
    keeping.done(0)
    assert [field.text() for field in fields] == ["", "", ""]
    assert not any(field.isUndoAvailable() for field in fields)
