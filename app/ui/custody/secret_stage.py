"""Where a password is shown for 20 seconds: on a fresh label that nobody can select, and then gone."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.models.secret import Secret
from app.ui.custody.capture_block import block_capture
from app.ui.custody.secret_clipboard import secret_clipboard
from app.ui.theme import px, set_role

SECONDS = 20
_LETTERS_A_LINE = 24


class SecretStage(QWidget):
    """Shows or copies a password; `over` tells that nothing is shown or copied any more."""

    over = Signal()

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock, self._ends = clock, 0.0
        self.label: QLabel | None = None
        self.count, self.clear_button = QLabel(), QPushButton("立即清除")
        self.count.setWordWrap(True)
        set_role(self.count, role="muted")
        self.clear_button.setAutoDefault(False)
        self.clear_button.clicked.connect(lambda _checked=False: self.clear_all())
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.count, 1)
        row.addWidget(self.clear_button)
        self._flow = QVBoxLayout(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(px(12))
        self._flow.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.look)
        self._clipboard = secret_clipboard()
        self._copied = False
        self._clipboard.left.connect(self._clipboard_left)
        self.hide()

    def show_secret(self, password: Secret) -> None:
        """Show a password and begin to count."""
        self.clear()
        self._copied = False
        text = password.reveal()
        lines = [text[at : at + _LETTERS_A_LINE] for at in range(0, len(text), _LETTERS_A_LINE)]
        self.label = label = QLabel("\n".join(lines))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        label.setStyleSheet(f"font-family: '{font.family()}', monospace; font-size: {px(22)}px;")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMinimumHeight(px(56))
        self._flow.insertWidget(0, label)
        block_capture(self.window())
        self._ends = self._clock() + SECONDS
        self._timer.start()
        self.clear_button.setText("立即隐藏")
        self.count.setText(f"还有 {SECONDS} 秒自动隐藏。")
        self.show()

    def copy_secret(self, password: Secret) -> None:
        """Put a password on the clipboard and show how long it stays there."""
        self.clear()
        self._copied = True
        self.clear_button.setText("立即清除")
        self.show()
        self._clipboard.put(password)

    def clear(self) -> None:
        """Take the label away; the clipboard goes on counting."""
        self._timer.stop()
        if self.label is not None:
            self.label.setText("")
            self._flow.removeWidget(self.label)
            self.label.hide()
            self.label.deleteLater()
            self.label = None

    def clear_all(self) -> None:
        """Take the label away and the password off the clipboard."""
        self._clipboard.clear()
        self._end()

    def look(self) -> None:
        """Look at the clock now."""
        rest = self._ends - self._clock()
        if rest <= 0:
            self._end()
        else:
            self.count.setText(f"还有 {int(rest) + 1} 秒自动隐藏。")

    def _end(self) -> None:
        self.clear()
        self.hide()
        self.over.emit()

    def _clipboard_left(self, seconds: int) -> None:
        if not self._copied:
            return
        if seconds:
            self.count.setText(f"已复制，还有 {seconds} 秒自动清除。请马上粘贴到平台的登录页。")
        else:
            self._copied = False
            self._end()
