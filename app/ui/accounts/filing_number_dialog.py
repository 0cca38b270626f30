"""The district office's answer to a filing: its number, the day, and its receipt if there is one (article 5)."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.models.account_application import Application
from app.services.account_desk import AccountView
from app.ui.accounts.particulars_form import line_field
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.signed_paper_dialog import SCAN_FILES
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.day_field import DayField
from app.ui.widgets.drop_zone import DropZone
from app.ui.widgets.form_grid import FormGrid


class FilingNumberDialog(FormDialog):
    """The receipt may be missing."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: AccountView, paper: Application) -> None:
        title = "登记备案号"
        super().__init__(desk, parent, title, f"{title}：{view.account.caption}", title)
        self._application = paper
        self.receipt: Path | None = None
        today = desk.services.today.day()
        self.number = line_field("", 60)
        self.day = DayField(today, first=paper.submitted_on, last=today)
        self.drop = DropZone("把备案回执扫描件拖到这里，没有可以不放", "选择文件……", self.choose)
        self.drop.button.setAutoDefault(False)
        self.drop.dropped.connect(lambda paths: self.take(paths[0]))
        self.chosen = Banner()
        form = FormGrid()
        form.add("备案号", self.number, "区政府办公室给的编号。", needed=True)
        form.add("备案日期", self.day)
        self.act_button.clicked.connect(self.record)
        self.lay_out(form, self.drop, self.chosen, self.notice)
        self.number.setFocus()
        self.remember(f"{paper.id} file", self.number, self.day)

    def choose(self) -> None:
        """Ask for the receipt."""
        path = self._desk.dialogs.open_file(self, "选择备案回执扫描件", SCAN_FILES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Take the receipt."""
        self.receipt = path
        self.chosen.say(f"回执：{path.name}", Tone.GOOD)

    def record(self) -> None:
        """Record the answer."""
        papers, paper_id = self._desk.services.applications, self._application.id
        day, number, receipt = self.day.day, self.number.text(), self.receipt
        self.act(lambda: papers.file(paper_id, day, number, receipt), lambda _paper: self.done_with("accounts"))
