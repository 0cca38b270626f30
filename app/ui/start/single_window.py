"""One window a data folder: a second start raises the first and goes away."""

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 500
_RAISE = b"raise\n"


def server_name(folder: Path) -> str:
    """Return the local name of the window over a folder; another person's differs."""
    whose = f"{getpass.getuser()}\n{folder.resolve()}"
    return f"xianshen-{hashlib.sha256(whose.encode()).hexdigest()[:24]}"


class SingleWindow(QObject):
    """Listens for second starts; `raise_asked` tells that one came."""

    raise_asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = server_name(folder)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the window of the folder, or raise the one that is; say which it was."""
        if self._answered():
            return False
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._called)
        if not server.listen(self._name):
            # What a killed program left behind answers nobody.
            QLocalServer.removeServer(self._name)
            if not server.listen(self._name):
                return not self._answered()
        self._server = server
        return True

    def release(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _answered(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT):
            return False
        socket.write(_RAISE)
        socket.waitForBytesWritten(_WAIT)
        socket.disconnectFromServer()
        return True

    def _called(self) -> None:
        assert self._server is not None
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
        self.raise_asked.emit()
