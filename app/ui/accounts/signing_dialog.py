"""What the principal leader wrote on a paper of an account: agreed or not, when, with the scan (articles 4, 5)."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from app.labels import label
from app.models.account_application import Application
from app.models.clock import beijing_day
from app.models.person_names import told_apart
from app.models.right import Role
from app.models.staff import Person
from app.services.account_desk import AccountView
from app.services.applications import Signing
from app.ui.accounts.account_step_words import paper_word
from app.ui.accounts.particulars_form import text_field
from app.ui.desk import Desk
from app.ui.signed_paper_dialog import SCAN_FILES, SignedPaperDialog
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.day_field import DayField
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid


class SigningDialog(SignedPaperDialog):
    """Offers whoever could sign on the chosen day, deputies under an authorization last."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, view: AccountView, paper: Application, *, refused: bool = False
    ) -> None:
        title = "登记不同意" if refused else "登记签批"
        heading = " ".join(filter(None, (f"{title}：{paper_word(paper)}", str(paper.number or ""))))
        super().__init__(desk, parent, title, heading, title, "申请表")
        self._application, self._refused = paper, refused
        self.further: tuple[Path, ...] = ()
        today, first = desk.services.today.day(), beijing_day(paper.created_at)
        self.day = DayField(today, first=first, last=today)
        self.leader = ElidedCombo()
        self.opinion = text_field("")
        self.about_account = Banner(f"{view.account.caption}：签字、盖章齐全的才能登记。")
        self.more_button = QPushButton("还有其他页……")
        self.more_button.setAutoDefault(False)
        self.more_button.clicked.connect(self.choose_further)
        self.more_button.hide()
        self.foot.insertWidget(0, self.more_button)
        self.form = FormGrid()
        self.form.add("签批日期", self.day)
        self.form.add("签批人", self.leader, f"{label(Role.PRINCIPAL_LEADER)}，或者有授权书的代签人。")
        if refused:
            self.form.add("意见", self.opinion, "照纸上写的填。", needed=True)
        self.day.dateChanged.connect(lambda _day: self._read_leaders())
        self.act_button.clicked.connect(self.record)
        self.lay_out(self.about_account, self.form, self.drop, self.chosen, self.notice)
        self._read_leaders()
        self.remember(f"{paper.id} {refused}", self.day, *((self.opinion,) if refused else ()))

    def take(self, path: Path) -> None:
        """Take the scan; it may have further files."""
        super().take(path)
        self.further = ()
        self.more_button.show()

    def choose_further(self) -> None:
        """Ask for the files with the other pages."""
        paths = self._desk.dialogs.open_files(self, "选择其他页的扫描件", SCAN_FILES)
        if paths and self.scan is not None:
            self.further = paths
            self.chosen.say(f"扫描件：{self.scan.name}，另有 {len(paths)} 个文件", Tone.GOOD)

    def record(self) -> None:
        """Record what stands on the paper."""
        scan, papers, paper_id = self.scan, self._desk.services.applications, self._application.id
        signer = self.leader.currentData()
        if scan is None:
            return
        if not signer:
            self.notice.say("这一天没有人能签。请核对日期，或者先在“设置”的人员里登记。", Tone.DANGER)
            return
        signing = Signing(signer, self.day.day, scan, self.further)
        opinion = self.opinion.toPlainText()

        def job() -> Application:
            return papers.refuse(paper_id, signing, opinion) if self._refused else papers.sign(paper_id, signing)

        self.act(job, lambda _paper: self.done_with("accounts"))

    def _read_leaders(self) -> None:
        """Read who could sign on the day that stands in the field."""
        staff, day, account_id = self._desk.services.staff, self.day.day, self._application.account_id
        self._desk.tasks.run(
            self,
            lambda: staff.holders(Role.PRINCIPAL_LEADER, day, (account_id,)),
            self._show_leaders,
            topic="leaders",
        )

    def _show_leaders(self, people: tuple[Person, ...]) -> None:
        chosen = self.leader.currentData()
        self.leader.clear()
        for person_id, name in told_apart(people).items():
            self.leader.addItem(name, person_id)
        self.leader.setCurrentIndex(max(0, self.leader.findData(chosen)))
        self.form.complain(self.leader, "" if people else "这一天没有人能签。")
