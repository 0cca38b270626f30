"""The one shape of a question: a heading, a text, perhaps a field, and buttons that say what they do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.icons import put_icon
from app.ui.theme import px, set_role


class QuestionDialog(QDialog):
    """A question with up to one field; Esc turns away."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        yes: str,
        no: str = "取消",
        *,
        danger: bool = False,
        icon: str = "",
    ) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.setWindowTitle("先审")
        self.setMinimumWidth(px(420))
        self.setMaximumWidth(px(640))
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._required = False
        self.other_chosen = False
        """Whether the second of two ways was taken."""
        self.heading_label = _wrapped(title, "heading")
        self.text_label = _wrapped(text, "")
        self.text_label.setVisible(bool(text))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        if icon or danger:
            sign = QLabel()
            put_icon(sign, icon or "triangle-alert", "danger" if danger else "warning", 22)
            head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            # The text stands below the heading, not below the sign.
            self.text_label.setContentsMargins(px(34), 0, 0, 0)
        head.addWidget(self.heading_label, 1)
        self.yes_button = QPushButton(yes)
        set_role(self.yes_button, kind="danger" if danger else "primary")
        self.yes_button.clicked.connect(self.accept)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(12))
        self.foot.addStretch(1)
        if no:
            self.no_button = QPushButton(no)
            self.no_button.clicked.connect(self.reject)
            self.foot.addWidget(self.no_button)
        self.foot.addWidget(self.yes_button)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(20))
        layout.setSpacing(px(12))
        layout.addLayout(head)
        layout.addWidget(self.text_label)
        layout.addLayout(self.rows)
        layout.addStretch(1)
        layout.addSpacing(px(4))
        layout.addLayout(self.foot)
        if danger:
            # Enter must not do what cannot be undone.
            self.yes_button.setAutoDefault(False)
            self.no_button.setDefault(True)
            self.no_button.setFocus()
        else:
            self.yes_button.setDefault(True)

    def add_other(self, words: str) -> QPushButton:
        """Offer a second way beside the first; it accepts, too."""
        button = QPushButton(words)
        button.clicked.connect(self._take_other)
        self.foot.insertWidget(self.foot.count() - 1, button)
        return button

    def _take_other(self) -> None:
        self.other_chosen = True
        self.accept()

    def add_text(self, label: str, *, multiline: bool, required: bool, initial: str = "") -> None:
        """Ask for a text below the question."""
        if multiline:
            box = QPlainTextEdit(initial)
            box.setTabChangesFocus(True)
            box.setFixedHeight(px(96))
            box.textChanged.connect(self._check)
            self._add(label, box)
        else:
            line = QLineEdit(initial)
            line.setMaxLength(500)
            line.textChanged.connect(self._check)
            self._add(label, line)
        self._required = required
        self._check()

    def add_passcode(self, label: str) -> None:
        """Ask for a passcode below the question; what is typed is never shown."""
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMaxLength(256)
        line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        line.textChanged.connect(self._check)
        self._required = True
        self._add(label, line)
        self._check()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the text needs at this width: Qt guesses it for a narrower dialog."""
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            width = max(self.minimumWidth(), min(self.sizeHint().width(), self.maximumWidth()))
            self.resize(width, layout.totalHeightForWidth(width))
        super().showEvent(event)

    @property
    def answer(self) -> str:
        """What was typed, without white space around it (a passcode as it is)."""
        if isinstance(self._field, QPlainTextEdit):
            return self._field.toPlainText().strip()
        if self._field is None:
            return ""
        hidden = self._field.echoMode() is QLineEdit.EchoMode.Password
        return self._field.text() if hidden else self._field.text().strip()

    def _add(self, label: str, field: QLineEdit | QPlainTextEdit) -> None:
        caption = QLabel(label)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setWordWrap(True)
        caption.setBuddy(field)
        set_role(caption, role="muted")
        field.setAccessibleName(label)
        self.rows.addWidget(caption)
        self.rows.addWidget(field)
        self._field = field
        # Who has typed goes on with Tab to what the text was typed for.
        QWidget.setTabOrder(field, self.yes_button)
        field.setFocus()

    def _check(self) -> None:
        self.yes_button.setEnabled(not self._required or bool(self.answer))


def _wrapped(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        set_role(label, role=role)
    return label
