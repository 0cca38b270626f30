"""One hand-over: what has been done for each account, and its next step (article 6)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import HandoverTickError
from app.labels import label, long_date
from app.messages import explain
from app.models.custody_handover import CustodyHandover, HandedAccount, HandoverState
from app.services.handover_checks import HandoverLine
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.signed_paper_dialog import SignedPaperDialog
from app.ui.theme import px, set_role
from app.ui.widgets.day_field import DayField
from app.ui.widgets.form_grid import FormGrid


class AccountTicks(QWidget):
    """The three ticks of one account; 密码已改 is closed, with its reason below, until the records say so."""

    def __init__(self, one: HandedAccount, line: HandoverLine, *, open_now: bool) -> None:
        super().__init__()
        self.account_id = one.account_id
        caption = _plain(line.captions[one.account_id], "")
        self.password, self.binding, self.operator = (
            QCheckBox(words) for words in ("密码已改", "绑定已换", "原权限已移除")
        )
        for tick, ticked in (
            (self.password, one.password_changed),
            (self.binding, one.binding_changed),
            (self.operator, one.operator_removed),
        ):
            tick.setChecked(ticked)
            _show_only(tick, only=not open_now)
            tick.setAccessibleName(f"{line.captions[one.account_id]}{tick.text()}")
        self.note = QLineEdit(one.note)
        self.note.setMaxLength(60)
        self.note.setPlaceholderText("备注")
        self.note.setAccessibleName(f"{line.captions[one.account_id]}备注")
        self.note.setEnabled(open_now)
        bare, fault = one.account_id in line.without_password, line.faults[one.account_id]
        self.password.setEnabled(not open_now or not (bare or fault))
        told = "没有登记密码，不用改。" if bare else ""
        if fault and open_now:
            told = str(explain(HandoverTickError(fault, line.captions[one.account_id])))
        self.why = _plain(told, "small")
        self.why.setVisible(bool(told))
        row = QHBoxLayout()
        row.setSpacing(px(16))
        for part in (self.password, self.binding, self.operator):
            row.addWidget(part)
        row.addWidget(self.note, 1)
        flow = QVBoxLayout(self)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(px(4))
        flow.addWidget(caption)
        flow.addLayout(row)
        flow.addWidget(self.why)

    @property
    def handed(self) -> HandedAccount:
        """The account as it is ticked."""
        ticks = (self.password.isChecked(), self.binding.isChecked(), self.operator.isChecked())
        return HandedAccount(self.account_id, *ticks, self.note.text())


class CustodyHandoverDialog(FormDialog):
    """Ticks while it is written, then number, slip and signatures."""

    def __init__(self, desk: Desk, parent: QWidget, line: HandoverLine) -> None:
        one = line.handover
        giver, receiver = line.names[one.from_person_id], line.names[one.to_person_id]
        heading = f"{giver}移交给{receiver}" + (f"　{one.number}" if one.number else "")
        writing, waiting = one.state is HandoverState.WRITING, one.state is HandoverState.WAITING
        act = "取号打印" if writing else "登记签字……" if waiting else "关闭"
        super().__init__(desk, parent, "密码交接单", heading, act, width=640)
        self.line, self._read_at = line, one
        self.facts = _plain(_facts(line), "small")
        self.rows = tuple(AccountTicks(each, line, open_now=writing) for each in one.accounts)
        self.unfinished = QPlainTextEdit(one.unfinished)
        self.unfinished.setTabChangesFocus(True)
        self.unfinished.setReadOnly(not writing)
        self.unfinished.setFixedHeight(px(64))
        form = FormGrid()
        form.add("未办事项", self.unfinished)
        self.save_button, self.withdraw_button = QPushButton("保存"), QPushButton("撤回……")
        self.print_button = QPushButton("预览打印……")
        for place, (button, shown, slot) in enumerate(
            (
                (self.withdraw_button, one.runs, self.withdraw),
                (self.print_button, one.number is not None, self.preview),
                (self.save_button, writing, self.save),
            )
        ):
            button.setAutoDefault(False)
            button.setVisible(shown)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            self.foot.insertWidget(place, button)
        self.cancel_button.setVisible(one.runs)
        self.act_button.clicked.connect(self.present if writing else self.sign if waiting else self.accept)
        self.lay_out(self.facts, *self.rows, form, self.notice)

    def _ticked(self) -> Callable[[], CustodyHandover]:
        handovers = self._desk.services.handovers
        accounts, unfinished = tuple(row.handed for row in self.rows), self.unfinished.toPlainText()

        def tick() -> CustodyHandover:
            # Once written it is the newest, also when the number is refused after it.
            self._read_at = handovers.tick(self._read_at, accounts, unfinished)
            return self._read_at

        return tick

    def save(self) -> None:
        """Write down what has been done so far."""
        self.act(self._ticked(), lambda _saved: self.done_with("accounts"))

    def present(self) -> None:
        """Write down what has been done, give the slip its number and show it."""
        tick, handovers = self._ticked(), self._desk.services.handovers
        self.act(lambda: handovers.present(tick().id), lambda shown: self._presented(shown.id))

    def _presented(self, handover_id: str) -> None:
        show_slip(self._desk, self, handover_id)
        self.done_with("accounts")

    def preview(self) -> None:
        """Show the slip."""
        show_slip(self._desk, self, self.line.handover.id)

    def sign(self) -> None:
        """Register the signed slip."""
        dialog = SignHandoverDialog(self._desk, self, self.line)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.accept)
        dialog.open()

    def withdraw(self) -> None:
        """Take the hand-over back with a reason."""
        one, handovers = self.line.handover, self._desk.services.handovers
        text = "编号作废，留在台账里。" if one.number else "还没有取号，直接撤回。"
        reason = self._desk.dialogs.ask_text(
            self, "撤回密码交接", "理由", about=one.id, text=text, multiline=False, yes="撤回"
        )
        if reason:
            self.act(lambda: handovers.withdraw(one.id, reason), lambda _done: self.done_with("accounts"))


class SignHandoverDialog(SignedPaperDialog):
    """Takes the scan of the slip that all three signed."""

    def __init__(self, desk: Desk, parent: QWidget, line: HandoverLine) -> None:
        one = line.handover
        self.further: tuple[Path, ...] = ()
        super().__init__(desk, parent, "密码交接单", f"登记签好字的{one.number}", "登记签字", "密码交接单")
        self._handover_id = one.id
        today = desk.services.today.day()
        self.signed_on = DayField(today, last=today)
        names = "、".join(line.names[each] for each in (one.from_person_id, one.to_person_id, one.witness_id))
        form = FormGrid()
        form.add("签字日期", self.signed_on, f"{names}三个人都要签字。")
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.drop, self.chosen, self.notice)
        self.remember(one.id, self.signed_on)

    def record(self) -> None:
        """Register the signatures: the register names the receiver from now on."""
        scan, on, handovers = self.scan, self.signed_on.day, self._desk.services.handovers
        if scan is not None:
            self.act(
                lambda: handovers.sign(self._handover_id, on, scan, self.further),
                lambda _done: self.done_with("accounts", "people"),
            )


def sign_handover(
    desk: Desk, parent: QWidget, handover_id: str, files: tuple[Path, ...], done: Callable[[], object]
) -> None:
    """Register the slip that a scan turned out to be."""

    def show(line: HandoverLine) -> None:
        dialog = SignHandoverDialog(desk, parent, line)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.take(files[0])
        dialog.further = files[1:]
        dialog.accepted.connect(done)
        dialog.open()

    desk.tasks.run(parent, lambda: desk.services.handovers.line(handover_id), show, topic="handover")


def show_slip(desk: Desk, parent: QWidget, handover_id: str) -> None:
    """Show the slip of a hand-over that has its number."""
    from app.ui.papers.preview_dialog import PreviewDialog

    handovers = desk.services.handovers
    dialog = PreviewDialog(
        desk,
        parent.parentWidget() or parent,
        lambda: handovers.slip(handover_id),
        lambda where: handovers.note_printed(handover_id, where),
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _show_only(tick: QCheckBox, *, only: bool) -> None:
    """Let a tick that cannot be changed any more still be read: closed boxes are too pale."""
    if only:
        tick.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def _facts(line: HandoverLine) -> str:
    one = line.handover
    parts = [f"监交人：{line.names[one.witness_id]}", label(one.state)]
    if one.signed_on:
        parts.append(f"{long_date(one.signed_on)}签字")
    return "　".join(parts)


def _plain(text: str, role: str) -> QLabel:
    words = QLabel(text)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    if role:
        set_role(words, role=role)
    return words
