"""本机安全自检: what is red, amber and green about this PC, and what to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.labels import label
from app.models.self_check import Colour, Look
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip

_TONES = {Colour.GREEN: Tone.GOOD, Colour.AMBER: Tone.WARNING, Colour.RED: Tone.DANGER}


class SelfCheckSection(Section):
    """The same findings as `doctor` tells; nothing is changed by looking."""

    heading = "本机安全自检"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.looks: tuple[Look, ...] = ()
        self._list = QVBoxLayout()
        self._shown: QWidget | None = None
        self.body.addLayout(self._list)
        self.again_button = QPushButton("重新检查")
        self.again_button.clicked.connect(self.refresh)
        self.add_buttons(self.again_button)

    def refresh(self) -> None:
        """Look at the PC again."""
        self.again_button.setEnabled(False)
        check = self.desk.services.self_check
        self.desk.tasks.run(self, lambda: tuple(check.looks()), self._show, topic="self_check")

    def _show(self, looks: tuple[Look, ...]) -> None:
        self.looks = looks
        self.again_button.setEnabled(True)
        red, amber = (sum(look.colour is colour for look in looks) for colour in (Colour.RED, Colour.AMBER))
        minded = f"有 {amber} 项要留意。" if amber else ""
        words = f"有 {red} 项要处理。" if red else "没有要处理的。" if amber else "各项都正常。"
        self.notice.say(words + minded, Tone.DANGER if red else Tone.WARNING if amber else Tone.GOOD)
        if self._shown is not None:
            self._list.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = _rows(looks)
        self._list.addWidget(self._shown)


def _rows(looks: tuple[Look, ...]) -> QWidget:
    rows = QWidget()
    grid = QGridLayout(rows)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(12))
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for place, look in enumerate(looks):
        words = QVBoxLayout()
        words.setSpacing(px(2))
        # Above the sentence, not beside it: at 150 % three columns are wider than the window.
        subject = QLabel(look.subject)
        set_role(subject, role="muted")
        words.addWidget(subject)
        words.addWidget(_text(look.sentence))
        if look.todo:
            todo = _text(look.todo)
            set_role(todo, role="muted")
            words.addWidget(todo)
        grid.addWidget(Chip(label(look.colour), _TONES[look.colour]), place, 0, top)
        grid.addLayout(words, place, 1)
    return rows


def _text(words: str) -> QLabel:
    text = QLabel(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    return text
