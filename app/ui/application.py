"""Starting the window: one application, one window a data folder."""

import logging
import sys
from functools import partial
from types import TracebackType

from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.enter_key import EnterKey
from app.ui.file_over_field import FileOverField
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.qt_messages import log_qt_messages
from app.ui.start.single_window import SingleWindow
from app.ui.still_wheel import StillWheel
from app.ui.tasks import Tasks
from app.ui.theme import apply_theme, prepare_environment
from app.ui.window_memory import WindowMemory, recall


def start_application(theme: str = "system", scale: int = 100) -> QApplication:
    """Return the application, dressed as it was last time."""
    prepare_environment()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Xianshen")
    app.setApplicationDisplayName("先审")
    app.setDesktopFileName("xianshen")
    apply_theme(app, theme, scale)
    return app


def make_window(opening: Opening, memory: WindowMemory | None = None) -> MainWindow:
    """Build the window over an opening; `begin` opens its folder."""
    dialogs = Dialogs()
    # The services come with the folder, before anything that uses them is built.
    desk = Desk(services=None, tasks=Tasks(dialogs), changes=Changes(), dialogs=dialogs)  # type: ignore[arg-type]
    return MainWindow(desk, opening, memory=memory)


def _tell_bug(window: MainWindow, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Take what a slot raised: it goes to the log and into the one dialog for bugs."""
    if issubclass(kind, KeyboardInterrupt):
        window.close()
        return
    logging.getLogger("xianshen").error("a slot failed", exc_info=(kind, error, trace))
    window.desk.dialogs.show_bug(window if isValid(window) else None, error)


def run_window(opening: Opening) -> int:
    """Show the window until it is closed; a second start on the same folder raises the first and returns 0."""
    memory = recall(opening.folder)
    log_qt_messages()
    app = start_application(memory.theme, memory.scale)
    single = SingleWindow(opening.folder)
    if not single.claim():
        return 0
    for rule in (StillWheel(app), EnterKey(app), FileOverField(app)):
        app.installEventFilter(rule)
    window = make_window(opening, memory)
    window.warms = True
    single.raise_asked.connect(window.raise_up)
    sys.excepthook = partial(_tell_bug, window)
    window.begin()
    window.appear()
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
        single.release()
        window.desk.tasks.close()
