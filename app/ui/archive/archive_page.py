"""月度归档: the months on the left; what the chosen one holds, lacks and became on the right."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from app.models.month import Month
from app.models.monthly import MonthState
from app.models.papercode import PaperKind
from app.services.archives import Archived
from app.ui.archive.month_panel import WRITE_WHY, MonthFacts, MonthPanel, read_month
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.theme import px, set_role
from app.ui.widgets.empty_notice import EmptyNotice


class ArchivePage(Page):
    """The archivist's page."""

    name = "archive"
    heading = "月度归档"
    interests = frozenset({"months", "publications", "drafts"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._month: Month | None = None
        self.add_button("核对存档", self.verify)
        self.months = QListWidget()
        self.months.setAccessibleName("月份")
        self.months.setFixedWidth(px(220))
        self.months.setUniformItemSizes(True)
        set_role(self.months, role="card")
        self.months.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.panel = MonthPanel(desk)
        self.panel.explained.connect(self._explain)
        self.panel.write_wanted.connect(self.write)
        self.panel.slip_wanted.connect(self.show_slip)
        self.panel.hand_over_wanted.connect(self.hand_over)
        self.panel.again_wanted.connect(self.export_again)
        self.empty = EmptyNotice(
            "archive", "还没有可以归档的月份。提交过稿件或登记过发布的月份，到下个月初会出现在这里。"
        )
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(self.months)
        row.addWidget(self.panel, 1)
        row.addWidget(self.empty, 1)
        self.body.addLayout(row, 1)
        self.panel.hide()

    def refresh(self) -> None:
        """Read the months and the chosen one again."""
        self.desk.tasks.run(self, self.desk.services.archives.months, self._show_months, topic="months")

    def show_subject(self, subject: str) -> None:
        """Show one month, e.g. `month:2026-10`."""
        kind, _, key = subject.partition(":")
        if kind == "month":
            self._month = Month.parse(key)
            self.refresh()

    def _show_months(self, states: tuple[MonthState, ...]) -> None:
        listed = [state.month for state in states]
        wanted = self._month if self._month in listed else next(iter(listed), None)
        self.months.blockSignals(True)
        self.months.clear()
        for state in states:
            item = QListWidgetItem(f"{state.month.chinese}　{_state_word(state)}")
            item.setData(Qt.ItemDataRole.UserRole, str(state.month))
            item.setSizeHint(QSize(0, px(42)))
            self.months.addItem(item)
            if state.month == wanted:
                self.months.setCurrentItem(item)
        self.months.blockSignals(False)
        self.months.setVisible(bool(states))
        self.panel.setVisible(bool(states))
        self.empty.setVisible(not states)
        self._chosen(self.months.currentItem())

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        month = Month.parse(item.data(Qt.ItemDataRole.UserRole))
        self._month = month
        self.desk.tasks.run(self, lambda: read_month(self.desk, month), self._show_month, topic="month")

    def _show_month(self, facts: MonthFacts) -> None:
        if facts.overview.month == self._month:
            self.panel.show_month(facts)

    def _explain(self, key: str, text: str) -> None:
        month = self._month
        if month is None:
            return
        archives = self.desk.services.archives

        def explained(_done: object) -> None:
            self.desk.dialogs.text_taken(WRITE_WHY, f"{month}:{key}")
            self.desk.changes.tell("months")

        self.desk.tasks.run(self, lambda: archives.explain(month, key, text), explained)

    def write(self) -> None:
        """Ask where to, write the month, and say when the drive may be pulled."""
        facts = self.panel.facts
        if facts is None:
            return
        reason, title = "", "重新封存"
        if facts.record is not None:
            asked = self.desk.dialogs.ask_text(
                self,
                title,
                "理由",
                about=str(facts.overview.month),
                text=f"已经封存过。重新封存会另成第{facts.record.version + 1}版，两版都留在记录里。",
                yes="重新封存",
            )
            if not asked:
                return
            reason = asked
        target = self._target(facts.size)
        if target is None:
            return
        archives, month = self.desk.services.archives, facts.overview.month

        def resealed(archived: Archived) -> None:
            self.desk.dialogs.text_taken(title, str(month))
            self._written(archived)

        self.desk.tasks.run_with_progress(
            self,
            f"正在归档{month.chinese}",
            lambda report: archives.write(month, target, report, reason=reason),
            resealed,
        )

    def _written(self, archived: Archived) -> None:
        from app.ui.archive.written_dialog import WrittenDialog

        self.desk.changes.tell("months")
        self._open(WrittenDialog(self.desk, self, archived.written, archived.record, archived.set_aside))

    def export_again(self) -> None:
        """Write a sealed month once more from what was frozen."""
        facts = self.panel.facts
        if facts is None or facts.record is None:
            return
        target = self._target(facts.record.size)
        if target is None:
            return
        archives, record = self.desk.services.archives, facts.record
        from app.ui.archive.written_dialog import WrittenDialog

        self.desk.tasks.run_with_progress(
            self,
            "正在再次导出",
            lambda report: archives.export_again(record.id, target, report),
            lambda written: self._open(WrittenDialog(self.desk, self, written, record)),
        )

    def verify(self) -> None:
        """Verify any archive that is chosen."""
        folder = self.desk.dialogs.folder(self, "选择存档最外层的文件夹")
        if folder is not None:
            self.verify_folder(folder)

    def verify_folder(self, folder: Path) -> None:
        """Verify an archive and show what was found."""
        from app.ui.archive.verify_dialog import VerifyDialog

        archives = self.desk.services.archives
        self.desk.tasks.run_with_progress(
            self,
            "正在核对存档",
            lambda report: archives.verify(folder, report),
            lambda found: self._open(VerifyDialog(self, found)),
        )

    def show_slip(self) -> None:
        """Preview 归档交接单."""
        from app.ui.papers.preview_dialog import PreviewDialog

        facts = self.panel.facts
        if facts is not None and facts.record is not None:
            services, archive_id = self.desk.services, facts.record.id
            self._open(
                PreviewDialog(
                    self.desk,
                    self,
                    lambda: services.archives.handover_slip(archive_id),
                    lambda where: services.papers.note_paper_printed(
                        PaperKind.HANDOVER_SLIP, f"archive:{archive_id}", where
                    ),
                )
            )

    def hand_over(self) -> None:
        """Mark the month 已移交 with the signed slip."""
        from app.ui.archive.handover_dialog import HandoverDialog

        facts = self.panel.facts
        if facts is not None and facts.record is not None:
            self._open(HandoverDialog(self.desk, self, facts.record))

    def printing(self) -> None:
        """Preview the handover slip of a sealed month."""
        self.show_slip()

    def _target(self, size: int) -> Path | None:
        from app.ui.archive.target_dialog import TargetDialog

        dialog = TargetDialog(self.desk, self, size)
        chosen = dialog.target if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return chosen

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _state_word(state: MonthState) -> str:
    if state.record is None:
        return "未归档"
    return "已移交" if state.record.handed_over_on else f"已封存 第{state.record.version}版"
