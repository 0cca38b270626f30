"""登记移交: the day on the signed slip, and its scan."""

from PySide6.QtWidgets import QWidget

from app.models.clock import BEIJING, beijing_day
from app.models.monthly import ArchiveRecord
from app.ui.desk import Desk
from app.ui.signed_paper_dialog import SignedPaperDialog
from app.ui.tokens import Tone
from app.ui.widgets.day_field import DayField
from app.ui.widgets.form_grid import FormGrid


class HandoverDialog(SignedPaperDialog):
    """Marks a month 已移交; afterwards there is no new version of it."""

    def __init__(self, desk: Desk, parent: QWidget, record: ArchiveRecord) -> None:
        heading = f"{record.month.chinese}移交给主管单位"
        super().__init__(desk, parent, "登记移交", heading, "登记移交", "归档交接单")
        self._record = record
        today = beijing_day(desk.now())
        self.day = DayField(today, first=record.written_at.astimezone(BEIJING).date(), last=today)
        form = FormGrid()
        form.add("移交日期", self.day)
        self.notice.say("登记以后，这个月不能再重新封存；后来补的材料随当月归档。", Tone.WARNING)
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.drop, self.chosen, self.notice)
        self.remember(record.id, self.day)

    def record(self) -> None:
        """Record the handover."""
        scan, on = self.scan, self.day.day
        if scan is None:
            return
        archives, archive_id = self._desk.services.archives, self._record.id
        self.act(lambda: archives.hand_over(archive_id, on, scan), lambda _done: self.done_with("months"))
