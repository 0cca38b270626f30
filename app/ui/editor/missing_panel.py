"""What a draft still lacks before it can be submitted; each word leads to its field."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.errors import SubmissionBlockedError
from app.labels import field_label, rule_label
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.flow_layout import FlowLayout


class MissingPanel(QFrame):
    """Shown after a refused submission; what is filled in since is taken off, until nothing is left."""

    def __init__(self, go_to: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, role="banner", tone="warning")
        self._go_to = go_to
        heading = QLabel("还不能提交，差下面这几样，点一下就到：")
        heading.setWordWrap(True)
        set_role(heading, tone="warning")
        close = QToolButton()
        close.setAccessibleName("收起")
        put_icon(close, "x", "warning", 16)
        close.clicked.connect(lambda _checked=False: self.hide())
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._flow_box = QWidget()
        self._flow = FlowLayout(self._flow_box, spacing=6)
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(8), px(8), px(10))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self._flow_box)
        self.hide()

    def show_blocked(self, error: SubmissionBlockedError) -> None:
        """List what is missing, in the order of the form, then the rules that stand unanswered."""
        for name in tuple(self.buttons):
            self._take_off(name)
        wanted = [(name, field_label(name)) for name in error.missing]
        wanted += [(f"rule:{rule}", f"检查提示：{rule_label(rule)}") for rule in error.rules]
        for name, words in wanted:
            button = QPushButton(words)
            button.clicked.connect(lambda _checked=False, name=name: self._go_to(name))
            self._flow.addWidget(button)
            self.buttons[name] = button
        self.setVisible(bool(self.buttons))
        self._flow_box.updateGeometry()

    def settle(self, missing: Collection[str], rules: Collection[str]) -> tuple[str, ...]:
        """Take off what is no longer missing and the rules that stand no more; return the fields that are left.

        Nothing is added: what else is missing by now is told when the draft is submitted again.
        """
        still = {*missing, *(f"rule:{rule}" for rule in rules)}
        for name in tuple(self.buttons):
            if name not in still:
                self._take_off(name)
        if not self.buttons:
            self.hide()
        self._flow_box.updateGeometry()
        return tuple(name for name in self.buttons if name in missing)

    def _take_off(self, name: str) -> None:
        button = self.buttons.pop(name)
        self._flow.removeWidget(button)
        # Hidden at once: a word that holds no more must not stand until the next turn of events.
        button.hide()
        button.deleteLater()
