"""A program of its own that watches while the desktop says what the arguments name: `on`, `off`.

Run as `python -m tests.ui.start.desktop_lock_run DESKTOP WORD…` inside a session bus of its own; prints what followed.
"""

import sys

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication

from app.ui.start.lock import IdleLock


def main(desktop: str, words: list[str]) -> None:
    app = QApplication([])
    lock = IdleLock(app)
    lock.due.connect(lambda: print("due", flush=True))
    lock.start()
    lock.look()
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "the desktop")
    for word in words:
        told = QDBusMessage.createSignal("/ScreenSaver", f"{desktop}.ScreenSaver", "ActiveChanged")
        told.setArguments([word == "on"])
        bus.send(told)
        loop = QEventLoop()
        QTimer.singleShot(200, loop.quit)
        loop.exec()
    print("watching" if lock.watching else "locked", flush=True)
    lock.start()
    lock.look()
    print("watching" if lock.watching else "locked", flush=True)
    lock.stop()
    QCoreApplication.quit()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
