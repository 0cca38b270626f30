"""The window: the door until somebody is in, then that person's workplace, and the lock between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.opening import Opening
from app.ui.start.door import Door, Threshold
from app.ui.start.lock import IdleLock, close_dialogs, empty_clipboard
from app.ui.theme import apply_theme
from app.ui.window_memory import WindowMemory, remember

if TYPE_CHECKING:
    from app.models.records import Settings
    from app.models.staff import Unit
    from app.services.office import Services
    from app.services.sign_in import SignedIn
    from app.ui.pages import PageEntry
    from app.ui.workplace import Workplace

PRODUCT = "先审"
_SOON, _LATER = 150, 1500
"""Milliseconds after the door opened, and after somebody came in, until libraries are loaded ahead."""

_LEAST = QSize(1024, 640)
"""Pixels in which every page fits at 150 %."""
_TITLE_BAR = 40
"""Pixels, at the most, of the frame that the system puts above a window."""


class MainWindow(QMainWindow):
    """One window over one data folder."""

    def __init__(
        self,
        desk: Desk,
        opening: Opening,
        entries: Sequence[PageEntry] | None = None,
        idle: IdleLock | None = None,
        memory: WindowMemory | None = None,
    ) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app, self._entries, self._opening, self._folder = app, entries, opening, opening.folder
        self.desk = desk
        self.memory = memory if memory is not None else WindowMemory()
        self._look = (self.memory.theme, self.memory.scale)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle(PRODUCT)
        self.fit_least(self.screen().availableSize())
        self.resize(1280, 820)
        self.workplace: Workplace | None = None
        self.idle = idle if idle is not None else IdleLock(app)
        self.idle.setParent(self)
        self.idle.due.connect(self.lock)
        self.door = Door(desk, self.stack, opening, self)
        self.door.opened.connect(self._opened)
        self.door.entered.connect(self._entered)
        self.door.quit_asked.connect(self.close)
        desk.changes.changed.connect(self._changed)
        app.styleHints().colorSchemeChanged.connect(self._system_theme_changed)
        self.warms = False
        """Whether libraries are loaded before they are needed; a test rather does without."""
        self._wear_icon()
        if self.memory.geometry is not None:
            self.restoreGeometry(self.memory.geometry)

    @property
    def locked(self) -> bool:
        """Whether somebody's workplace is there but nobody may see it."""
        return self.workplace is not None and self.stack.currentWidget() is not self.workplace

    def begin(self) -> None:
        """Show the door as it stood last time, and open the data folder behind it."""
        memory = self.memory
        self.door.last_name = memory.name
        if memory.unit:
            self.door.show_remembered(memory.unit, sample=memory.sample)
        elif memory.geometry is None and self._opening.begun is not None and self._opening.begun(self._folder):
            # Records from elsewhere, e.g. restored: nobody closed a window over them yet.
            self.door.show_remembered("正在打开数据……", sample=False)
        # The page is painted first: it must take keys while the libraries load.
        QTimer.singleShot(0, self, lambda: self.door.open_folder(self.door.folder))

    def appear(self) -> None:
        """Show the window; where its first size does not fit on the screen, over the whole of it."""
        self.fit_least(self.screen().availableSize())
        room = self.screen().availableSize()
        fits = self.width() <= room.width() and self.height() + _TITLE_BAR <= room.height()
        if self.memory.geometry is not None or fits:
            self.show()
        else:
            self.showMaximized()
        self.windowHandle().screenChanged.connect(lambda screen: self.fit_least(screen.availableSize()))

    def fit_least(self, room: QSize) -> None:
        """Let the window be made as small as its pages allow, and on a smaller screen as small as that.

        1366x768 at the system's 150 % leaves 911x470: a window that cannot get so small hangs over the edge.
        """
        self.setMinimumSize(QSize(_LEAST).boundedTo(room - QSize(0, _TITLE_BAR)))

    def lock(self) -> None:
        """Save what is typed, close dialogs, hide the pages and ask who is there."""
        if self.workplace is None or self.locked:
            return
        workplace = self.workplace
        self.idle.stop()
        workplace.keep_input()
        close_dialogs(self._app)
        empty_clipboard(self._app.clipboard())
        name = self.door.name_of(self.desk.actor)
        only = bool(self.desk.tasks.long_jobs)
        notice = f"{name}的任务还在进行，完成以前请由本人继续。" if only else ""
        self.door.show_sign_in(name, notice, only=only)
        workplace.hide()
        # The records lane works in turn: what is being typed is saved before the session ends.
        if not only:
            self.desk.tasks.run(self, self.desk.services.sign_in.sign_out, lambda _done: None)

    def restore_aside(self) -> None:
        """Sign out, and show the way to restore a backup into another folder; the records here stay as they are."""
        if not self.desk.tasks.long_jobs:
            self.lock()
            self.door.show_restore()

    def raise_up(self) -> None:
        """Come to the front: somebody started the program again."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save first; what cannot be saved is asked about."""
        if not self._may_close():
            event.ignore()
            return
        self.idle.stop()
        if self.workplace is not None:
            self.workplace.keep_input()
        tasks = self.desk.tasks
        for job in list(tasks.long_jobs):
            job.cancel()
        if self.workplace is not None and not self.locked:
            tasks.run(self, self.desk.services.sign_in.sign_out, lambda _done: None)
        tasks.wait_idle(30_000)
        self.door.let_go()
        self._remember()
        event.accept()

    def _may_close(self) -> bool:
        ask = self.desk.dialogs.ask
        if self.door.unsaved:
            text = "已填写的内容还没有写入，退出后要重新填写。"
            return ask(self, "设置还没有完成", text, "退出", "继续设置", danger=True)
        if self.workplace is not None and not self.locked and not self.desk.tasks.long_jobs:
            self.workplace.keep_input()
            self.desk.tasks.wait_idle(30_000)
            if lost := self.workplace.unsaved:
                return ask(self, "有内容没有保存", lost, "不保存，退出", "继续编辑", danger=True)
        if self.desk.tasks.long_jobs:
            text = "现在退出就会取消它，已经写好的内容不受影响，以后要重新开始。"
            return ask(self, "还有任务没有完成", text, "取消任务并退出", "继续等待", danger=True)
        return True

    def _opened(self, threshold: Threshold) -> None:
        self.desk.unfinished.serve("")
        if self.workplace is not None:
            self.workplace.deleteLater()
            self.workplace = None
        self._dress(threshold.settings)
        if self.warms:
            QTimer.singleShot(_SOON, self, self._warm_door)
        unit = threshold.unit
        # Qt puts the name of the program behind it.
        self.setWindowTitle(unit.short_name or unit.name if unit else PRODUCT)

    def _entered(self, result: SignedIn) -> None:
        threshold = self.door.threshold
        assert threshold is not None
        unit = threshold.unit
        assert unit is not None
        back = self.workplace is not None and self.workplace.person_id == result.actor.person_id
        self.desk.actor = result.actor
        self.desk.unfinished.serve(result.actor.person_id)
        if back and self.workplace is not None:
            self.stack.setCurrentWidget(self.workplace)
            self.workplace.show()
            if self.workplace.page is not None:
                self.workplace.page.refresh()
            for job in self.desk.tasks.long_jobs:
                job.come_back()
        else:
            self._new_workplace(unit)
        self.door.clear()
        self.idle.start()
        if self.warms and not back:
            QTimer.singleShot(_LATER, self, self._warm_services)
        if result.notice:
            self.desk.dialogs.tell(
                self, "您的口令曾被重发", f"理由：{result.notice}\n如果不是您要求的，请马上告诉系统管理员和保密负责人。"
            )

    def _new_workplace(self, unit: Unit, page: str = "") -> None:
        # Loaded after sign-in: the sign-in page must not wait for it.
        from app.ui.pages import PAGES
        from app.ui.workplace import Workplace

        if self.workplace is not None:
            self.stack.removeWidget(self.workplace)
            self.workplace.deleteLater()
        self.workplace = Workplace(self.desk, unit, self._entries or PAGES)
        self.workplace.lock_asked.connect(self.lock)
        self.workplace.restore_asked.connect(self.restore_aside)
        self.stack.addWidget(self.workplace)
        self.stack.setCurrentWidget(self.workplace)
        if page:
            self.workplace.show_page(page)
        else:
            self.workplace.start()

    def _warm_door(self) -> None:
        """Load what signing in needs while somebody looks for the keys."""
        services = self.desk.services
        self.desk.tasks.run(self, lambda: load_ahead(services), lambda _done: None, lane="files")

    def _warm_services(self) -> None:
        self.desk.tasks.run(self, self.desk.services.warm_up, lambda _done: None, lane="files")

    def _changed(self, kinds: frozenset[str]) -> None:
        if self.workplace is not None and kinds & {"settings", "people"}:
            self.door.read_again(self._settings_read)

    def _settings_read(self) -> None:
        threshold = self.door.threshold
        assert threshold is not None
        scale = self._look[1]
        self._dress(threshold.settings)
        if self._look[1] == scale or self.workplace is None or threshold.unit is None or self.locked:
            return
        # Sizes are taken when a page is built: another scale wants the pages anew.
        page = self.workplace.current_key
        self.workplace.keep_input()
        if self.desk.tasks.wait_idle():
            self._new_workplace(threshold.unit, page)

    def _dress(self, settings: Settings) -> None:
        self.idle.minutes = settings.lock_minutes
        if self._look != (settings.theme, settings.scale):
            self._look = (settings.theme, settings.scale)
            apply_theme(self._app, settings.theme, settings.scale)
            self._wear_icon()

    def _system_theme_changed(self) -> None:
        if self._look[0] == "system":
            apply_theme(self._app, *self._look)

    def _wear_icon(self) -> None:
        self.setWindowIcon(QIcon(icon("stamp", "primary")))

    def _remember(self) -> None:
        threshold = self.door.threshold
        if threshold is None or self.door.folder != self._folder:
            return
        unit, (theme, scale) = threshold.unit, self._look
        # Without a unit there is a welcome next time, too.
        name, sample = (unit.short_name or unit.name, unit.sample) if unit is not None else ("", False)
        remember(self._folder, WindowMemory(self.saveGeometry(), theme, scale, name, sample, self.door.last_name))


def load_ahead(services: Services) -> None:
    """Load the modules of signing in and of the first page."""
    from importlib import import_module

    from app.ui.pages import PAGES

    import_module("app.ui.workplace")
    import_module(PAGES[0].loader.partition(":")[0])
    for name in ("sign_in", "today"):
        getattr(services, name)
