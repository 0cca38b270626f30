"""Step 确认: where the records go, and two people of the backup who each type their own passcode (article 6)."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.errors import AppError, LockedOutError, WitnessRefusedError
from app.labels import wait_text
from app.messages import explain
from app.services.restoring import Restoring, Witness
from app.ui.desk import Desk
from app.ui.start.door_card import door_label
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px, set_role
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.passcode_field import PasscodeField

_WHICH = ("第一人", "第二人")


class WitnessStep(WizardStep):
    """Two names, two passcodes, and the folder; nothing typed here is kept anywhere else."""

    label = "确认"
    heading = "两个人确认"
    explanation = (
        "备份里的两个人各输自己的姓名和口令，其中一人是系统管理员。"
        "口令是做备份那天用的；系统管理员也可以用封存的恢复口令单。"
    )

    def __init__(self, desk: Desk, restoring: Restoring, target: Path, occupied: Path | None) -> None:
        super().__init__()
        self._desk, self._restoring = desk, restoring
        self.target = target
        self._occupied = occupied
        self._target_problem = ""
        self._wait = 0
        self._countdown = QTimer(self)
        self._countdown.setInterval(1000)
        self._countdown.timeout.connect(self._tick)
        self.target_label = door_label("")
        self.target_note = door_label("", "small")
        self.target_button = QPushButton("换一个文件夹……")
        self.target_button.clicked.connect(self.choose_target)
        self.names = tuple(QLineEdit() for _ in _WHICH)
        self.passcodes = tuple(PasscodeField(f"{which}的口令") for which in _WHICH)
        self.grids = tuple(FormGrid() for _ in _WHICH)
        self.caps_label = door_label("大写锁定已打开。", "small")
        set_role(self.caps_label, tone="warning")
        self.caps_label.hide()
        self._lay_out()
        self.use_target(target)

    def witnesses(self) -> tuple[Witness, Witness]:
        """Return the two as typed."""
        first, second = (
            Witness(name.text().strip(), passcode.text())
            for name, passcode in zip(self.names, self.passcodes, strict=True)
        )
        return first, second

    @property
    def waiting(self) -> str:
        """How long to wait after wrong tries, as a sentence."""
        return f"连续输错多次，请等 {wait_text(self._wait)}再试。" if self._wait else ""

    def missing(self) -> str:
        """Say what is not typed yet, why the folder cannot be taken, or how long to wait."""
        if self._wait:
            return self.waiting
        if self._target_problem:
            return self._target_problem
        lacking = [
            f"{which}的{what}"
            for which, name, passcode in zip(_WHICH, self.names, self.passcodes, strict=True)
            for what, field in (("姓名", name), ("口令", passcode))
            if not field.text().strip()
        ]
        return f"还要填写：{'、'.join(lacking)}。" if lacking else ""

    def take_focus(self) -> None:
        """Go to the first empty field."""
        fields = [field for pair in zip(self.names, self.passcodes, strict=True) for field in pair]
        next((field for field in fields if not field.text().strip()), fields[0]).setFocus()

    def choose_target(self) -> None:
        """Ask for another folder; one with something in it gets a folder of its own below."""
        folder = self._desk.dialogs.folder(self, "恢复到哪个文件夹")
        if folder is not None:
            self.use_target(self._restoring.target_in(folder))

    def use_target(self, target: Path) -> None:
        """Take a folder, and look whether it may be taken."""
        self.target, self._target_problem = target, ""
        self.target_label.setText(f"恢复到：{target}")
        occupied = self._occupied
        self.target_note.setText(
            f"{occupied} 里已经有数据，绝不覆盖，所以恢复到另外的文件夹。" if occupied is not None else ""
        )
        self.target_note.setVisible(occupied is not None)
        self._desk.tasks.run(
            self,
            lambda: self._restoring.check_target(target),
            lambda _done: self._say_target(""),
            lambda error: self._say_target(str(explain(error))),
            lane="files",
            topic="target",
        )

    def forget(self) -> None:
        """Empty both passcodes."""
        for passcode in self.passcodes:
            passcode.clear()

    def refused(self, error: AppError) -> None:
        """Say beside the fields whose passcode was wrong, and how long to wait."""
        self.forget()
        if isinstance(error, LockedOutError):
            self._wait = error.seconds
            self._countdown.start()
        wrong = error.which if isinstance(error, WitnessRefusedError) else ()
        for place, (grid, passcode) in enumerate(zip(self.grids, self.passcodes, strict=True), 1):
            grid.complain(passcode, "姓名或口令不对。" if place in wrong else "")
        self.take_focus()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.target_label)
        words.addWidget(self.target_note)
        place.addLayout(words, 1)
        place.addWidget(self.target_button)
        self.rows.addLayout(place)
        pair = QHBoxLayout()
        pair.setSpacing(px(16))
        for which, name, passcode, grid in zip(_WHICH, self.names, self.passcodes, self.grids, strict=True):
            name.setMaxLength(100)
            name.setAccessibleName(f"{which}的姓名")
            card = QFrame()
            set_role(card, role="card")
            column = QVBoxLayout(card)
            column.setContentsMargins(px(16), px(12), px(16), px(14))
            column.addWidget(door_label(which, "strong"))
            grid.add("姓名", name)
            grid.add("口令", passcode)
            column.addWidget(grid)
            column.addStretch(1)
            for field in (name, passcode):
                field.textChanged.connect(self.changed)
            passcode.textEdited.connect(lambda _text, grid=grid, passcode=passcode: grid.complain(passcode, ""))
            passcode.caps_lock.connect(self.caps_label.setVisible)
            pair.addWidget(card, 1)
        self.rows.addLayout(pair)
        self.rows.addWidget(self.caps_label)
        self.rows.addStretch(1)

    def _say_target(self, problem: str) -> None:
        self._target_problem = problem
        self.changed.emit()

    def _tick(self) -> None:
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._countdown.stop()
        self.changed.emit()
