"""保管期限: how long each kind of record is kept, and removing for good what is over."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget

from app.labels import label, long_date
from app.models.expiry import Expiry
from app.models.right import Right
from app.services.retention_desk import Removed
from app.services.staff_list import StaffLine
from app.ui.desk import Desk
from app.ui.settings.removal_dialog import RemovalDialog
from app.ui.settings.settings_section import Section
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

HEADINGS = ("记录", "保管多久", "最早的一批", "可以清除")


class RetentionSection(Section):
    """Nothing goes by itself: the archivist removes what is over, on a written basis."""

    heading = "保管期限"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.expiries: tuple[Expiry, ...] = ()
        hint = QLabel(
            "保管期限按年算，从最后一次办理的第二年1月1日起；期限和依据写在“制度参数”里。"
            "到期的记录不会自己消失：由档案员按本单位的鉴定意见、会同另一个人清除。编号和审计记录一直保留。"
        )
        hint.setWordWrap(True)
        set_role(hint, role="muted")
        self.body.addWidget(hint)
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "保管期限", wide=3)
        FittedColumns(self.table, {0: 196, 1: 92, 2: 100}, least=130, rigid=(1, 2))
        self.table.setMinimumHeight(px(180))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._ready())
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self.remove_button = QPushButton("清除到期的记录……")
        set_role(self.remove_button, kind="danger")
        self.remove_button.clicked.connect(self.remove)
        self.add_buttons(self.remove_button)

    def refresh(self) -> None:
        """Read what is kept and what is over."""
        self.desk.tasks.run(self, self.desk.services.retention.expiries, self._show, topic="retention")

    def _show(self, expiries: tuple[Expiry, ...]) -> None:
        kept, self.expiries = max(0, self.table.currentIndex().row()), expiries
        self.model.setRowCount(0)
        for expiry in expiries:
            years = "永久或另定" if expiry.years is None else f"{expiry.years}年"
            oldest = "—" if expiry.oldest is None else f"{expiry.oldest}年"
            cells = (label(expiry.group), years, oldest, _standing(expiry))
            items = [QStandardItem(cell) for cell in cells]
            basis = "\n".join(f"{stated.value}：{stated.basis}" for stated in expiry.stated)
            for item, tip in zip(items, (cells[0], basis, oldest, cells[3]), strict=True):
                item.setToolTip(tip)
            self.model.appendRow(items)
        self.table.selectRow(kept)
        self._ready()

    @property
    def chosen(self) -> Expiry | None:
        """The row that is chosen."""
        row = self.table.currentIndex().row()
        return self.expiries[row] if 0 <= row < len(self.expiries) else None

    def _ready(self) -> None:
        expiry, archives = self.chosen, Right.ARCHIVE in self.desk.actor.rights
        self.remove_button.setEnabled(archives and expiry is not None and expiry.due > 0)
        because = "由档案员或账号管理员办理。" if not archives else "选中的这一类现在没有到期的记录。"
        self.remove_button.setToolTip("" if self.remove_button.isEnabled() else because)

    def remove(self) -> None:
        """Ask the archivist for the basis and both people for their passcodes, and remove what is over."""
        expiry, actor = self.chosen, self.desk.actor.person_id
        if expiry is None or not expiry.due:
            return

        staff, sign_in = self.desk.services.staff, self.desk.services.sign_in

        def read() -> tuple[tuple[StaffLine, ...], dict[str, str]]:
            return staff.list(), sign_in.called()

        def ask(found: tuple[tuple[StaffLine, ...], dict[str, str]]) -> None:
            lines, called = found
            may = (line.person.id for line in lines if line.has_passcode and line.person.id != actor)
            others = tuple(called[person_id] for person_id in may if person_id in called)
            dialog = RemovalDialog(self.desk, self, expiry, others)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.removed.connect(self._removed)
            dialog.open()

        self.desk.tasks.run(self, read, ask)

    def _removed(self, removed: Removed) -> None:
        self.refresh()
        left = f"其中 {removed.left} 个文件还没有删完，下次启动时接着删除。" if removed.left else ""
        self.notice.say(f"清除了 {removed.records} 项记录和 {removed.files} 个文件，已记入审计记录。{left}", Tone.GOOD)


def _standing(expiry: Expiry) -> str:
    if expiry.due:
        return f"已到期 {expiry.due} 项"
    if expiry.years is None:
        return "一直保管"
    return f"{long_date(expiry.first_on)}起" if expiry.first_on else "还没有记录"
