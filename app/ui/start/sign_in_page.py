"""The door: a name and a passcode (article 6; wrong tries wait, and the wait lasts across restarts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QPushButton, QWidget

from app.errors import AppError, LockedOutError, LongerPasscodeNeededError, PasscodeChangeNeededError
from app.ui.start.door_card import DoorCard, door_label
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.passcode_field import PasscodeField

if TYPE_CHECKING:
    from app.services.sign_in import SignedIn
    from app.ui.desk import Desk

SAMPLE_PASSCODE = "xianshen-sample"


class SignInPage(DoorCard):
    """Asks who is there.

    `signed_in`, `choice_needed` (name, code, and whether it is a passcode that became too short), `forgotten` (name)
    and `leave_sample` tell what came of it.
    """

    signed_in = Signal(object)
    choice_needed = Signal(str, str, bool)
    forgotten = Signal(str)
    leave_sample = Signal()

    def __init__(
        self, desk: Desk, unit: str, names: tuple[str, ...], *, sample: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("先审", unit, parent=parent)
        self._desk = desk
        self.sample = sample
        self._open = True
        self._asked_early = False
        self._only = ""
        self._wait = 0
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._tick)
        self.name_box = QComboBox()
        self.name_box.setEditable(True)
        self.name_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name_box.addItems(list(names))
        self.name_box.setMaxVisibleItems(12)
        self.name_box.setAccessibleName("姓名")
        line = self.name_box.lineEdit()
        assert line is not None
        line.setMaxLength(100)
        line.setPlaceholderText("选择或输入姓名")
        self.name_box.setCurrentIndex(-1)
        # Completed inside the line, a name that was typed would become the first of two namesakes unasked.
        self.name_box.setCompleter(completer := QCompleter(self.name_box.model(), self.name_box))
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.passcode_field = PasscodeField("口令")
        self.passcode_field.caps_lock.connect(self._caps_lock)
        self.caps_label = door_label("大写锁定已打开。", "small")
        set_role(self.caps_label, tone="warning")
        self.caps_label.hide()
        self.note = Banner()
        self.button = QPushButton("登录")
        self.button.setDefault(True)
        set_role(self.button, kind="primary")
        self.button.clicked.connect(self.try_in)
        self.passcode_field.returnPressed.connect(self.try_in)
        line.returnPressed.connect(self.passcode_field.setFocus)
        self.forgotten_button = QPushButton("忘记口令")
        set_role(self.forgotten_button, kind="plain")
        self.forgotten_button.clicked.connect(lambda: self.forgotten.emit(self.name))
        self._fill(sample)

    @property
    def name(self) -> str:
        """The name as chosen or typed."""
        return self.name_box.currentText().strip()

    def welcome(self, name: str = "", notice: str = "", *, only: bool = False) -> None:
        """Make the page ready for the next person; `only` lets nobody but `name` in (their long job runs on)."""
        self._only = name if only else ""
        self.name_box.setEnabled(not only)
        if name:
            self.name_box.setCurrentText(name)
        self.passcode_field.clear()
        self.caps_label.hide()
        self.note.say(notice, Tone.PRIMARY)
        self.take_focus()

    def wait_for_records(self) -> None:
        """Take keys while the records are still being opened; who presses 登录 is tried as soon as they are."""
        self._show_open(False)

    def records_open(self, unit: str, names: tuple[str, ...]) -> None:
        """Show the names on file and try whoever was early."""
        self._show_open(True)
        self.line_label.setText(unit)
        typed = self.name_box.currentText()
        self.name_box.clear()
        self.name_box.addItems(list(names))
        self.name_box.setCurrentIndex(-1)
        self.name_box.setCurrentText(typed)
        if self._asked_early:
            self._asked_early = False
            self.button.setEnabled(True)
            self.try_in()

    def take_focus(self) -> None:
        """Put the cursor where the next key belongs."""
        field = self.passcode_field if self.name else self.name_box
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_in(self) -> None:
        """Try what was typed."""
        if self._wait or not self.button.isEnabled():
            return
        name, passcode = self.name, self.passcode_field.text()
        if not name or not passcode:
            self.note.say("请选择姓名并输入口令。", Tone.WARNING)
            (self.passcode_field if name else self.name_box).setFocus()
            return
        self.button.setEnabled(False)
        if not self._open:
            self._asked_early = True
            return
        self._desk.tasks.run(
            self,
            lambda: self._desk.services.sign_in.sign_in(name, passcode),
            self._came_in,
            lambda error: self._refused(error, name, passcode),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for a key at once."""
        super().showEvent(event)
        self.take_focus()

    def _fill(self, sample: bool) -> None:
        rows = self.rows
        for caption, field in (("姓名", self.name_box), ("口令", self.passcode_field)):
            label = door_label(caption, "muted")
            label.setBuddy(field)
            rows.addWidget(label)
            rows.addWidget(field)
        rows.addWidget(self.caps_label)
        rows.addWidget(self.note)
        rows.addSpacing(px(4))
        rows.addWidget(self.button)
        foot = QHBoxLayout()
        foot.addWidget(self.forgotten_button)
        self._ways_out = [self.forgotten_button]
        foot.addStretch(1)
        if sample:
            leave = QPushButton("退出示例")
            leave.setToolTip("回到本单位自己的数据；示例数据保留，随时可以再看")
            set_role(leave, kind="plain")
            leave.clicked.connect(self.leave_sample)
            foot.addWidget(leave)
            self._ways_out.append(leave)
            hint = Banner(f"示例数据：选任意一个姓名，口令都是 {SAMPLE_PASSCODE}", Tone.WARNING)
            hint.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.insertWidget(3, hint)
        rows.addLayout(foot)

    def _show_open(self, is_open: bool) -> None:
        self._open = is_open
        for button in self._ways_out:
            button.setEnabled(is_open)

    def _came_in(self, result: SignedIn) -> None:
        self.button.setEnabled(True)
        self.passcode_field.clear()
        self.note.say("")
        self.signed_in.emit(result)

    def _refused(self, error: AppError, name: str, passcode: str) -> bool | None:
        self.button.setEnabled(True)
        if isinstance(error, PasscodeChangeNeededError):
            self.passcode_field.clear()
            self.note.say("")
            self.choice_needed.emit(name, passcode, isinstance(error, LongerPasscodeNeededError))
            return None
        self.passcode_field.clear()
        self.passcode_field.setFocus()
        if isinstance(error, LockedOutError):
            self._wait = error.seconds
            self._countdown.start()
            self._show_wait()
            return None
        from app.messages import explain

        self.note.say(str(explain(error)), Tone.DANGER)
        return None

    def _tick(self) -> None:
        self._wait -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        waiting = self._wait > 0
        self.button.setEnabled(not waiting)
        if waiting:
            from app.labels import wait_text

            self.note.say(f"连续输错多次，请等 {wait_text(self._wait)}再试。", Tone.DANGER)
            return
        self._wait = 0
        self._countdown.stop()
        self.note.say("现在可以再试。", Tone.PRIMARY)

    def _caps_lock(self, on: bool) -> None:
        self.caps_label.setVisible(on)
