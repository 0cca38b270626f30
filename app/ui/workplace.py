"""Where a signed-in person works: the left bar, the pages, and the keys that work everywhere."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.models.staff import Actor, Unit
from app.services.today import TodayTask
from app.ui.desk import Desk
from app.ui.file_landing import FileLanding
from app.ui.page import Page
from app.ui.pages import PAGES, PageEntry
from app.ui.sidebar import Sidebar
from app.ui.theme import px, set_role

RIBBON = "示例数据：这里的单位、人员和稿件都是虚构的，可以放心试用；正式使用请从登录页退出示例。"
_PAGE_KEYS = {"Ctrl+N": "new", "Ctrl+P": "printing", "Ctrl+F": "find", "F5": "refresh", "Esc": "step_back"}
_COUNT_EVERY = 5 * 60 * 1000


class Workplace(QWidget):
    """The pages of one person; another person gets another workplace."""

    lock_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self, desk: Desk, unit: Unit, entries: Sequence[PageEntry] = PAGES, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.person_id = desk, desk.actor.person_id
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self.current_key = ""
        self.sidebar = Sidebar(unit, [entry for entry in entries if not entry.within])
        self.sidebar.show_person(desk.actor)
        self.sidebar.chosen.connect(self.show_page)
        self.sidebar.lock_asked.connect(self.lock_asked)
        self.sidebar.help_asked.connect(self.show_help)
        self.sidebar.search_asked.connect(self.search)
        self.stack = QStackedWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        self.ribbon = _ribbon()
        self.ribbon.setVisible(unit.sample)
        right.addWidget(self.ribbon)
        right.addWidget(self.stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addLayout(right, 1)
        self._add_shortcuts()
        self.landing = FileLanding(desk, self, lambda: self.page)
        desk.open = self.open
        desk.changes.changed.connect(self._changed)
        self._clock = QTimer(self)
        self._clock.setInterval(_COUNT_EVERY)
        self._clock.timeout.connect(self.count)
        self._clock.start()

    @property
    def page(self) -> Page | None:
        """The page in front, if one is open."""
        return self._pages.get(self.current_key)

    def start(self) -> None:
        """Open the first page."""
        self.show_page(next(iter(self._entries)))

    def show_page(self, key: str) -> Page:
        """Bring a page to the front; an unknown key is a bug (`KeyError`)."""
        if self.page is not None and key != self.current_key:
            self.page.keep_input()
        if key not in self._pages:
            self._pages[key] = self._entries[key].load(self.desk)
            self.stack.addWidget(self._pages[key])
        page = self._pages[key]
        self.current_key = key
        self.stack.setCurrentWidget(page)
        self.sidebar.mark(self._entries[key].within or key)
        self.count()
        return page

    def open(self, target: str) -> None:
        """Show what a target names, e.g. `draft:ID` or `page:drafts`; an unknown kind is a bug (`LookupError`).

        `door:restore` leaves the workplace for the way to restore a backup.
        """
        kind, _, rest = target.partition(":")
        if target == "door:restore":
            self.restore_asked.emit()
            return
        if kind == "page":
            self.show_page(rest)
            return
        for entry in self._entries.values():
            if kind in entry.subjects:
                self.show_page(entry.key).show_subject(target)
                return
        raise LookupError(f"no page shows {kind}")

    def keep_input(self) -> None:
        """Start saving whatever is being typed on any page."""
        for page in self._pages.values():
            page.keep_input()

    @property
    def unsaved(self) -> str:
        """What would be lost if the window closed now, in a sentence."""
        return next((page.unsaved for page in self._pages.values() if page.unsaved), "")

    def count(self) -> None:
        """Ask what waits for this person."""
        self.desk.tasks.run(self, self.desk.services.today.tasks, self._counted, topic="counts")

    def search(self) -> None:
        """Open the search over everything."""
        from app.ui.search.search_dialog import SearchDialog

        SearchDialog(self.desk, self).open()

    def show_help(self) -> None:
        """Open the short help."""
        from app.ui.help_dialog import HelpDialog

        HelpDialog(self.desk, self, self.current_key).open()

    def _add_shortcuts(self) -> None:
        self._key("Ctrl+K", self.search)
        for keys, act in _PAGE_KEYS.items():
            self._key(keys, partial(self._on_page, act))
        self._key("Ctrl+L", self.lock_asked.emit)
        self._key("F1", self.show_help)
        places = [key for key, entry in self._entries.items() if not entry.within]
        for number, key in enumerate(places, start=1):
            self._key(f"Ctrl+{number}", partial(self.show_page, key))

    def _key(self, keys: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)

    def _on_page(self, act: str) -> None:
        if self.page is not None:
            getattr(self.page, act)()

    def _changed(self, kinds: frozenset[str]) -> None:
        self.count()
        if "people" in kinds:
            self.desk.tasks.run(self, self.desk.services.staff.actor, self._person_changed, topic="actor")
        if {"settings", "policy"} & kinds:
            self.desk.tasks.run(self, self.desk.services.settings.unit, self._unit_changed, topic="unit")

    def _person_changed(self, actor: Actor) -> None:
        self.desk.actor = actor
        self.sidebar.show_person(actor)

    def _unit_changed(self, unit: Unit) -> None:
        self.sidebar.unit_label.setText(unit.short_name or unit.name)

    def _counted(self, tasks: tuple[TodayTask, ...]) -> None:
        kinds = Counter(task.kind.value for task in tasks if task.own)
        self.sidebar.show_counts(
            {key: sum(kinds[kind] for kind in entry.counts) for key, entry in self._entries.items()}
        )


def _ribbon() -> QFrame:
    ribbon = QFrame()
    set_role(ribbon, role="ribbon")
    text = QLabel(RIBBON)
    text.setWordWrap(True)
    row = QHBoxLayout(ribbon)
    row.setContentsMargins(px(28), px(6), px(28), px(6))
    row.addWidget(text)
    return ribbon
