"""A password on the clipboard for 15 seconds, hidden from what keeps a history of clipboards (article 6)."""

import secrets
import time
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from app.models.secret import Secret
from app.ui.start.lock import SECRET_MARK

SECONDS = 15
_WINDOWS_FORMATS = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
    "Clipboard Viewer Ignore",
)
_DWORD_ZERO = bytes(4)


class SecretClipboard(QObject):
    """Puts a password on the clipboard and takes it away again; `left` tells the seconds, 0 when it is gone."""

    left = Signal(int)

    def __init__(self, app: QApplication, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._clipboard: QClipboard = app.clipboard()
        self._clock, self._ends, self._mark = clock, 0.0, b""
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.look)
        # On Windows what lies there would outlive the program.
        app.aboutToQuit.connect(self.clear)

    @property
    def holds(self) -> bool:
        """Whether what lies on the clipboard is still the password that was put there."""
        data: QMimeData | None = self._clipboard.mimeData()
        return self._mark != b"" and data is not None and data.data(SECRET_MARK).data() == self._mark

    def put(self, password: Secret) -> None:
        """Put a password there and begin to count."""
        self._mark = secrets.token_bytes(16)
        self._clipboard.setMimeData(secret_mime(password, self._mark))
        self._ends = self._clock() + SECONDS
        self._timer.start()
        self.left.emit(SECONDS)

    def clear(self) -> None:
        """Take the password away if it is still there; what somebody copied since stays."""
        if self.holds:
            self._clipboard.clear()
        if self._mark:
            self._mark = b""
            self._timer.stop()
            self.left.emit(0)

    def look(self) -> None:
        """Look at the clock now."""
        rest = self._ends - self._clock()
        if rest <= 0 or not self.holds:
            self.clear()
        else:
            self.left.emit(int(rest) + 1)


def secret_mime(password: Secret, mark: bytes) -> QMimeData:
    """Return a password as the clipboard takes it, with what tells clipboard histories to leave it out."""
    data = QMimeData()
    data.setText(password.reveal())
    data.setData("x-kde-passwordManagerHint", b"secret")
    for name in _WINDOWS_FORMATS:
        data.setData(f'application/x-qt-windows-mime;value="{name}"', _DWORD_ZERO)
    data.setData(SECRET_MARK, mark)
    return data


def secret_clipboard() -> SecretClipboard:
    """Return the program's one clipboard for passwords: it outlives the dialog that filled it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    found = app.findChild(SecretClipboard)
    return found if found is not None else SecretClipboard(app)
