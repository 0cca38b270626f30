"""Step 日期: which of the snapshots comes back; its database is read once before anybody types a passcode."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.errors import AppError, CancelledError
from app.labels import long_moment, size_text
from app.messages import explain, shown
from app.models.archive_package import Progress
from app.models.backup import BackupFacts, BackupSnapshot
from app.services.restoring import Restoring
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.start.door_card import door_label
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px, set_role
from app.ui.widgets.plain_tooltip import plain_tooltip


class SnapshotStep(WizardStep):
    """Lists the snapshots, the newest first."""

    label = "日期"
    heading = "恢复到哪一天"
    explanation = "一般选最近的一份。备份以后办过的事不在里面，恢复后要照纸面核对编号。"

    def __init__(self, desk: Desk, restoring: Restoring) -> None:
        super().__init__()
        self._desk, self._restoring = desk, restoring
        self._facts: BackupFacts | None = None
        self._states: dict[str, str] = {}
        """What reading said of a snapshot, by its name: nothing when it is whole."""
        self._wanted = ""
        self.list = QListWidget()
        self.list.setAccessibleName("备份的日期")
        self.list.setMinimumHeight(px(200))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemSelectionChanged.connect(self._selected)
        self.state = door_label("", "muted")
        self.older = door_label("", "muted")
        set_role(self.older, tone="warning")
        self.older.hide()
        self.rows.addWidget(self.list, 1)
        self.rows.addWidget(self.state)
        self.rows.addWidget(self.older)

    @property
    def facts(self) -> BackupFacts | None:
        """The backup whose snapshots are listed."""
        return self._facts

    @property
    def snapshot(self) -> BackupSnapshot | None:
        """The snapshot that is selected."""
        items = self.list.selectedItems()
        if not items or self._facts is None:
            return None
        return self._facts.find(items[0].data(Qt.ItemDataRole.UserRole))

    def show_facts(self, facts: BackupFacts) -> None:
        """List the snapshots of a backup; coming back to the same one keeps what was selected."""
        if facts == self._facts:
            return
        self._facts = facts
        self._states.clear()
        self.list.clear()
        lines = {snapshot.name: self._words(snapshot) for snapshot in facts.snapshots}
        lines |= dict.fromkeys(facts.damaged, "说明已损坏，读不出来，不能选用")
        lines |= dict.fromkeys(facts.newer, "由新版程序写成，请先安装新版程序")
        for name in sorted(lines, key=_ordinal, reverse=True):
            usable = facts.find(name) is not None
            words = lines[name] if usable else f"{name}　{lines[name]}"
            item = QListWidgetItem(icon("database" if usable else "circle-alert"), words)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setToolTip(plain_tooltip(words))
            item.setSizeHint(QSize(0, px(42)))
            if not usable:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
            if name == facts.newest.name:
                self.list.setCurrentItem(item)

    def missing(self) -> str:
        """Say that none is selected, is still being read, or is damaged."""
        snapshot = self.snapshot
        if snapshot is None:
            return "请选中一份备份。"
        return self._states.get(snapshot.name, "正在核对这一份的数据库，请稍候。")

    def take_focus(self) -> None:
        """Go to the list."""
        self.list.setFocus()

    @staticmethod
    def _words(snapshot: BackupSnapshot) -> str:
        files = f"附件 {snapshot.attachments} 个，{size_text(snapshot.database_size + snapshot.attachment_bytes)}"
        lost = f"，其中 {len(snapshot.missing)} 个早已不在" if snapshot.missing else ""
        # The unit last: it is the same in every line, and the longest.
        when, unit = long_moment(snapshot.taken_at), shown(snapshot.unit_name)
        return f"{when}　审计记录 {snapshot.audit_seq} 条，{files}{lost}　{unit}"

    def _selected(self) -> None:
        snapshot, facts = self.snapshot, self._facts
        self._wanted = snapshot.name if snapshot is not None else ""
        self._tell()
        if snapshot is None or facts is None or snapshot.name in self._states:
            return
        name = snapshot.name

        def report(_progress: Progress) -> None:
            if self._wanted != name:
                raise CancelledError

        self._desk.tasks.run(
            self,
            lambda: self._restoring.check(facts.folder, snapshot, report),
            lambda _done: self._judged(facts, name, ""),
            lambda error: self._spoilt(facts, name, error),
            lane="files",
        )

    def _spoilt(self, facts: BackupFacts, name: str, error: AppError) -> None:
        if not isinstance(error, CancelledError):
            self._judged(facts, name, str(explain(error)))
        elif self._wanted == name and facts is self._facts:
            # It was left and came back to before the reading had noticed.
            self._selected()

    def _judged(self, facts: BackupFacts, name: str, problem: str) -> None:
        if facts is self._facts:
            self._states[name] = problem
            self._tell()

    def _tell(self) -> None:
        snapshot, facts = self.snapshot, self._facts
        if snapshot is not None and facts is not None:
            whole = self._states.get(snapshot.name) == ""
            words = "数据库已读出核对，完好；附件在恢复时逐个核对。" if whole else "正在核对这一份的数据库……"
            self.state.setText("" if self._states.get(snapshot.name) else words)
            every = (*facts.damaged, *facts.newer, *(s.name for s in facts.snapshots))
            newer = sum(_ordinal(name) > snapshot.ordinal for name in every)
            self.older.setText(f"这不是最近的一份：后面还有 {newer} 份，那以后办过的事都不在里面。" if newer else "")
            self.older.setVisible(bool(newer))
        self.changed.emit()


def _ordinal(name: str) -> int:
    return int(name.partition("-")[0])
