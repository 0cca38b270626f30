"""Starting the window: one application, one window a data folder."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.start.single_window import SingleWindow
from app.ui.tasks import Tasks
from app.ui.theme import apply_theme, prepare_environment

STATE_FILE = "window.ini"


def start_application() -> QApplication:
    """Return the application, dressed for a start before any setting is read."""
    prepare_environment()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("Xianshen")
    app.setApplicationDisplayName("先审")
    app.setDesktopFileName("xianshen")
    apply_theme(app, "system", 100)
    return app


def make_window(opening: Opening, state_file: Path | None = None) -> MainWindow:
    """Build the window over an opening; `begin` opens its folder."""
    dialogs = Dialogs()
    desk = Desk(services=None, tasks=Tasks(dialogs), changes=Changes(), dialogs=dialogs)  # type: ignore[arg-type]
    return MainWindow(desk, opening, state_file=state_file)


def run_window(opening: Opening) -> int:
    """Show the window until it is closed; a second start on the same folder raises the first and returns 0."""
    app = start_application()
    single = SingleWindow(opening.folder)
    if not single.claim():
        return 0
    window = make_window(opening, opening.folder / STATE_FILE)
    single.raise_asked.connect(window.raise_up)
    window.show()
    window.begin()
    try:
        return app.exec()
    finally:
        single.release()
        window.desk.tasks.close()
