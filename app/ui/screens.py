"""A picture of every page, light and dark and at 150 %, for the demo, the README and whoever looks them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.ui.application import start_application
from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.pages import PAGES, PageEntry
from app.ui.start.forgotten_page import ForgottenPage
from app.ui.start.passcode_page import PasscodePage
from app.ui.start.restore_wizard import RestoreWizard
from app.ui.start.setup_wizard import SetupWizard
from app.ui.start.sign_in_page import SignInPage
from app.ui.start.welcome_page import WelcomePage
from app.ui.tasks import Tasks
from app.ui.theme import apply_theme
from app.ui.workplace import Workplace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.services.front_door import DoorSign
    from app.services.office import Services
    from app.services.restoring import Restoring

LOOKS = (
    ("light", 100, (1280, 820)),
    ("dark", 100, (1280, 820)),
    ("light", 150, (1440, 960)),
    ("dark", 150, (1440, 960)),
)
_SETTLED = 300
"""Milliseconds without an answer on its way after which a page is done drawing (a paper draws itself later)."""
_AT_ONCE = 60
"""As long for what stands before the pages, where nothing draws itself later."""


def grab_screens(
    services: Services,
    out: Path,
    name: str,
    passcode: str,
    entries: Sequence[PageEntry] = PAGES,
    restore: tuple[Restoring, Path] | None = None,
) -> list[Path]:
    """Sign somebody in and save a picture of every page and scene; return the files, `01-today-light.png` and so on.

    A page adds pictures of its own by `scenes`; `restore` is what restores and a folder with a backup, for the steps
    of 从备份恢复 at 100 %. Runs without a display when Qt's platform is offscreen.
    """
    app = start_application()
    out.mkdir(parents=True, exist_ok=True)
    dialogs = Dialogs()
    tasks = Tasks(dialogs)
    desk = Desk(services, tasks, Changes(), dialogs)
    actor = services.sign_in.sign_in(name, passcode).actor
    sign = services.door.look()
    assert sign.unit is not None
    made: list[Path] = []
    try:
        for theme, scale, size in LOOKS:
            apply_theme(app, theme, scale)
            look = theme if scale == 100 else f"{theme}-{scale}"
            for key, door in _doors(desk, sign, services.folder):
                door.resize(*size)
                door.show()
                made.append(_save(door, out / f"00-{key}-{look}.png", tasks, _AT_ONCE))
                _let_go(door)
            if restore is not None and scale == 100:
                wizard = RestoreWizard(desk, restore[0], out.parent / "restored", None)
                wizard.resize(*size)
                wizard.show()
                wizard.place_step.look_in(restore[1])
                made += _grab_steps(wizard, look, out, tasks)
                _let_go(wizard)
            desk.actor = actor
            place = Workplace(desk, sign.unit, entries)
            place.resize(*size)
            place.show()
            made += _grab_pages(place, entries, look, out, tasks)
            _let_go(place)
    finally:
        services.sign_in.sign_out()
        tasks.close()
        apply_theme(app, "light", 100)
    return made


def _doors(desk: Desk, sign: DoorSign, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Make what is shown before anybody is in, one after the other."""
    assert sign.unit is not None
    yield "welcome", WelcomePage(str(folder), restores=True)
    for number in range(4):
        wizard = SetupWizard(desk, sign.unit.supervisor)
        wizard.show_step(number)
        yield f"setup-{number + 1}", wizard
    yield "sign-in", SignInPage(desk, sign.unit.short_name, sign.names, sample=sign.unit.sample)
    yield "forgotten", ForgottenPage(desk, sign.names[0])
    yield "passcode", PasscodePage(desk, sign.names[0], "")


def _grab_pages(place: Workplace, entries: Sequence[PageEntry], look: str, out: Path, tasks: Tasks) -> Iterator[Path]:
    for number, entry in enumerate(entries, start=1):
        page = place.show_page(entry.key)
        # A page within another shows nothing until something is opened in it: only its scenes are pictured.
        if not entry.within:
            yield _save(place, out / f"{number:02d}-{entry.key}-{look}.png", tasks)
        for scene, act in page.scenes():
            shown = act()
            target = shown if isinstance(shown, QWidget) else place
            yield _save(target, out / f"{number:02d}-{entry.key}-{scene}-{look}.png", tasks)
            if isinstance(shown, QDialog):
                shown.reject()
            elif isinstance(shown, QWidget):
                shown.close()
            page.step_back()
            _settle(tasks, 0)


def _grab_steps(wizard: RestoreWizard, look: str, out: Path, tasks: Tasks) -> Iterator[Path]:
    for number, _step in enumerate(wizard.steps, start=1):
        if number > 1:
            wizard.go_on()
        yield _save(wizard, out / f"00-restore-{number}-{look}.png", tasks, _AT_ONCE)


def _save(widget: QWidget, file: Path, tasks: Tasks, settled: int = _SETTLED) -> Path:
    _settle(tasks, settled)
    if not widget.grab().save(str(file)):
        raise OSError(f"cannot write {file.name}")
    return file


def _settle(tasks: Tasks, ms: int) -> None:
    """Wait until nothing is on its way, and a little longer."""
    tasks.wait_idle(60_000)
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < ms or not tasks.idle:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        tasks.wait_idle(60_000)


def _let_go(widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
