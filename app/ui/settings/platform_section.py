"""平台: the unit's table of platforms on which its accounts can stand (article 1)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from app.labels import label
from app.models.platform import Platform
from app.models.right import Right
from app.services.record_room import roles_needed
from app.ui.desk import Desk
from app.ui.settings.platform_dialog import PlatformDialog
from app.ui.settings.settings_section import Section
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("平台", "类别", "进入方式", "账号类型", "商业功能", "密码长度")


class PlatformSection(Section):
    """Added, changed and retired here by whoever registers papers."""

    heading = "平台"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.platforms: tuple[Platform, ...] = ()
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "平台", wide=4)
        FittedColumns(self.table, {0: 150, 1: 92, 2: 92, 3: 120, 5: 92}, least=120, rigid=(0,))
        self.table.setMinimumHeight(px(320))
        self.table.doubleClicked.connect(lambda _index: self.change())
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._ready())
        self.change_button, self.add_button = QPushButton("修改……"), QPushButton("增加平台……")
        set_role(self.add_button, kind="primary")
        self.change_button.clicked.connect(lambda _checked=False: self.change())
        self.add_button.clicked.connect(lambda _checked=False: self.add())
        self.body.addWidget(self.table, 1)
        self.add_buttons(self.change_button, self.add_button)

    def refresh(self) -> None:
        """Read the table."""
        self.desk.tasks.run(self, self.desk.services.platforms.list, self._show, topic="platforms")

    def _show(self, platforms: tuple[Platform, ...]) -> None:
        chosen = self.chosen
        self.platforms = platforms
        self.model.setRowCount(0)
        for one in platforms:
            cells = (
                one.name + ("（已停用）" if one.retired else ""),
                label(one.platform_class),
                label(one.entry),
                "、".join(one.kinds),
                "、".join(one.commercial),
                f"{one.password_least} 到 {one.password_most} 位",
            )
            items = [QStandardItem(cell) for cell in cells]
            for item, cell in zip(items, cells, strict=True):
                item.setToolTip(plain_tooltip(cell))
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.model.appendRow(items)
        names = [one.name for one in platforms]
        if chosen is not None and chosen.name in names:
            self.table.selectRow(names.index(chosen.name))
        self._ready()

    @property
    def chosen(self) -> Platform | None:
        """The platform of the chosen row."""
        rows = self.table.selectionModel().selectedRows()
        return self.platforms[rows[0].row()] if rows and rows[0].row() < len(self.platforms) else None

    @property
    def _may(self) -> bool:
        return Right.REGISTER_PAPER in self.desk.actor.rights

    def _ready(self) -> None:
        who = f"由{'、'.join(label(role) for role in roles_needed(Right.REGISTER_PAPER))}办理。"
        for button, open_, why in (
            (self.add_button, True, ""),
            (self.change_button, self.chosen is not None, "先在上面选一个平台。"),
        ):
            button.setEnabled(self._may and open_)
            button.setToolTip("" if button.isEnabled() else who if not self._may else why)

    def add(self) -> None:
        """Put a further platform on the table."""
        self._open(PlatformDialog(self.desk, self))

    def change(self) -> None:
        """Change what is known of the chosen platform, or retire it."""
        if self._may and self.chosen is not None:
            self._open(PlatformDialog(self.desk, self, self.chosen))

    @staticmethod
    def _open(dialog: PlatformDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
