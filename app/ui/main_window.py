"""The window: the door until somebody is in, then that person's workplace, and the lock between them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from app.models.records import Settings
from app.models.staff import Unit
from app.services.sign_in import SignedIn
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.opening import Opening
from app.ui.pages import PAGES, PageEntry
from app.ui.start.door import Door, Threshold
from app.ui.start.lock import IdleLock, close_dialogs, empty_clipboard
from app.ui.theme import apply_theme
from app.ui.workplace import Workplace

PRODUCT = "先审"


class MainWindow(QMainWindow):
    """One window over one data folder."""

    def __init__(
        self,
        desk: Desk,
        opening: Opening,
        entries: Sequence[PageEntry] = PAGES,
        idle: IdleLock | None = None,
        state_file: Path | None = None,
    ) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app, self._entries = app, entries
        self.desk = desk
        self._look = ("system", 100)
        self._state_file = state_file
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle(PRODUCT)
        self.setMinimumSize(1024, 640)
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
        self._restore_state()

    @property
    def locked(self) -> bool:
        """Whether somebody's workplace is there but nobody may see it."""
        return self.workplace is not None and self.stack.currentWidget() is not self.workplace

    def begin(self) -> None:
        """Open the data folder."""
        self.door.open_folder(self.door.folder)

    def lock(self) -> None:
        """Save what is typed, close dialogs, hide the pages and ask who is there."""
        if self.workplace is None or self.locked:
            return
        workplace = self.workplace
        self.idle.stop()
        workplace.keep_input()
        close_dialogs(self._app)
        empty_clipboard(self._app)
        name = self.desk.actor.name
        only = bool(self.desk.tasks.long_jobs)
        notice = f"{name}的任务还在进行，完成以前请由本人继续。" if only else ""
        self.door.show_sign_in(name, notice, only=only)
        workplace.hide()
        # The records lane works in turn: what is being typed is saved before the session ends.
        if not only:
            self.desk.tasks.run(self, self.desk.services.sign_in.sign_out, lambda _done: None)

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
        self._keep_state()
        event.accept()

    def _may_close(self) -> bool:
        ask = self.desk.dialogs.ask
        if self.door.unsaved:
            text = "已填写的内容还没有写入，退出后要重新填写。"
            return ask(self, "设置还没有完成", text, "退出", "继续设置", danger=True)
        if self.desk.tasks.long_jobs:
            text = "现在退出就会取消它，已经写好的内容不受影响，以后要重新开始。"
            return ask(self, "还有任务没有完成", text, "取消任务并退出", "继续等待", danger=True)
        return True

    def _opened(self, threshold: Threshold) -> None:
        if self.workplace is not None:
            self.workplace.deleteLater()
            self.workplace = None
        self._dress(threshold.settings)
        unit = threshold.unit
        self.setWindowTitle(f"{PRODUCT} — {unit.short_name or unit.name}" if unit else PRODUCT)

    def _entered(self, result: SignedIn) -> None:
        threshold = self.door.threshold
        assert threshold is not None
        unit = threshold.unit
        assert unit is not None
        back = self.workplace is not None and self.workplace.person_id == result.actor.person_id
        self.desk.actor = result.actor
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
        if result.notice:
            self.desk.dialogs.tell(
                self, "您的口令曾被重发", f"理由：{result.notice}\n如果不是您要求的，请马上告诉系统管理员和保密负责人。"
            )

    def _new_workplace(self, unit: Unit, page: str = "") -> None:
        if self.workplace is not None:
            self.stack.removeWidget(self.workplace)
            self.workplace.deleteLater()
        self.workplace = Workplace(self.desk, unit, self._entries)
        self.workplace.lock_asked.connect(self.lock)
        self.stack.addWidget(self.workplace)
        self.stack.setCurrentWidget(self.workplace)
        if page:
            self.workplace.show_page(page)
        else:
            self.workplace.start()

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

    def _restore_state(self) -> None:
        if self._state_file is not None and self._state_file.is_file():
            kept = QSettings(str(self._state_file), QSettings.Format.IniFormat)
            place = kept.value("geometry")
            if isinstance(place, QByteArray):
                self.restoreGeometry(place)
            self.door.last_name = str(kept.value("name") or "")

    def _keep_state(self) -> None:
        if self._state_file is not None and self._state_file.parent.is_dir():
            kept = QSettings(str(self._state_file), QSettings.Format.IniFormat)
            kept.setValue("geometry", self.saveGeometry())
            kept.setValue("name", self.door.last_name)
            kept.sync()
