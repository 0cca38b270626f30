"""设置: a list of sections, and the chosen one beside it."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from app.models.right import Right
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.page import Page
from app.ui.settings.audit_section import AuditSection
from app.ui.settings.backup_section import BackupSection
from app.ui.settings.people_section import PeopleSection
from app.ui.settings.platform_section import PlatformSection
from app.ui.settings.policy_section import PolicySection
from app.ui.settings.retention_section import RetentionSection
from app.ui.settings.self_check_section import SelfCheckSection
from app.ui.settings.settings_section import Section
from app.ui.settings.terminal_section import TerminalSection
from app.ui.settings.this_pc_section import ThisPcSection
from app.ui.settings.unit_section import UnitSection
from app.ui.settings.workday_section import WorkdaySection
from app.ui.theme import px, set_role
from app.ui.widgets.banner import Banner

SECTIONS: tuple[tuple[str, str, type[Section]], ...] = (
    ("this_pc", "monitor", ThisPcSection),
    ("self_check", "shield-check", SelfCheckSection),
    ("unit", "house", UnitSection),
    ("person", "users", PeopleSection),
    ("terminal", "key-round", TerminalSection),
    ("platform", "megaphone", PlatformSection),
    ("policy", "list-checks", PolicySection),
    ("workday", "calendar-days", WorkdaySection),
    ("retention", "clock", RetentionSection),
    ("backup", "database", BackupSection),
    ("audit", "history", AuditSection),
)


class SettingsPage(Page):
    """What can be set, each thing in its section; what needs the administrator says so."""

    name = "settings"
    heading = "设置"
    interests = frozenset({"people", "settings", "policy"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.notice = Banner()
        self.list = QListWidget()
        self.list.setAccessibleName("设置的部分")
        self.list.setFixedWidth(px(152))
        set_role(self.list, role="card")
        self.stack = QStackedWidget()
        self.sections: dict[str, Section] = {}
        for key, sign, kind in SECTIONS:
            section = kind(desk)
            self.sections[key] = section
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidget(section)
            self.stack.addWidget(scroll)
            item = QListWidgetItem(icon(sign, "muted"), section.heading)
            item.setSizeHint(QSize(0, px(42)))
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._chosen)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.body.addWidget(self.notice)
        self.body.addLayout(row, 1)
        self.list.setCurrentRow(0)

    def refresh(self) -> None:
        """Read the section that is shown again."""
        administers = Right.ADMINISTER in self.desk.actor.rights
        self.notice.say("" if administers else "单位、人员、制度参数、工作日和备份由系统管理员修改；这里可以查看。")
        self._section().refresh()

    def scenes(self) -> Iterable[tuple[str, Callable[[], None]]]:
        """Picture every section but the first, which the page shows by itself."""
        return [(key, partial(self.list.setCurrentRow, row)) for row, key in enumerate(self.sections)][1:]

    def show_subject(self, subject: str) -> None:
        """Show a section, e.g. `settings:backup` or `person:ID`."""
        kind, _, rest = subject.partition(":")
        key = rest if kind == "settings" else kind
        if key in self.sections:
            self.list.setCurrentRow(list(self.sections).index(key))

    def _section(self) -> Section:
        return list(self.sections.values())[max(0, self.list.currentRow())]

    def _chosen(self, row: int) -> None:
        self.stack.setCurrentIndex(row)
        if self.isVisible():
            self._section().refresh()
