"""A step of a paper that is told by its day alone: sent in, carried out, closed, deregistered (articles 5 and 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.account import AccountAction
from app.models.account_application import Application
from app.services.account_desk import AccountView
from app.services.account_steps import PaperStep
from app.services.applications import Applications
from app.ui.accounts.account_step_words import paper_word
from app.ui.accounts.announcement_field import AnnouncementField
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.day_field import DayField
from app.ui.widgets.detail_section import wrapped
from app.ui.widgets.form_grid import FormGrid

Act = Callable[[Applications, str, date], object]


@dataclass(frozen=True)
class _DayStep:
    title: str
    day: str
    says: str
    act: Act


def _end(action: AccountAction) -> Act:
    return lambda papers, paper_id, day: papers.end(paper_id, action, day)


_STEPS: dict[PaperStep, _DayStep] = {
    PaperStep.SUBMIT: _DayStep(
        "登记报送",
        "报送日期",
        "签字盖章的表报给区政府办公室以后，在这里登记（第五条）。",
        lambda papers, paper_id, day: papers.submit(paper_id, day),
    ),
    PaperStep.CARRY_OUT: _DayStep(
        "登记变更完成",
        "完成日期",
        "平台上已经改好以后再登记；登记以后，这里的资料也跟着改（第七条）。",
        lambda papers, paper_id, day: papers.carry_out(paper_id, day),
    ),
    PaperStep.CLOSE: _DayStep(
        "登记关停", "关停日期", "公告期满、平台上已经关停以后再登记；以后不能再用它发稿。", _end(AccountAction.CLOSE)
    ),
    PaperStep.DEREGISTER: _DayStep(
        "登记注销", "注销日期", "平台上注销办完以后再登记。", _end(AccountAction.DEREGISTER)
    ),
}
DAY_STEPS = frozenset(_STEPS)


class PaperDayDialog(FormDialog):
    """Asks for the day, not before the signature and not after today."""

    def __init__(
        self, desk: Desk, parent: QWidget | None, view: AccountView, paper: Application, step: PaperStep
    ) -> None:
        told = _STEPS[step]
        heading = f"{told.title}：{view.account.caption}"
        super().__init__(desk, parent, told.title, heading, told.title, width=460)
        self._application, self._told = paper, told
        today = desk.services.today.day()
        self.day = DayField(today, first=paper.signed_on, last=today)
        form = FormGrid()
        which = wrapped(" ".join(filter(None, (paper_word(paper), str(paper.number or "")))))
        which.setContentsMargins(0, px(7), 0, 0)
        form.add("申请表", which)
        form.add(told.day, self.day)
        self.act_button.clicked.connect(self.record)
        self.lay_out(Banner(told.says), form, self.notice)
        self.day.setFocus()
        self.remember(f"{paper.id} {step}", self.day)

    def record(self) -> None:
        """Record the step."""
        papers, paper_id = self._desk.services.applications, self._application.id
        day, act = self.day.day, self._told.act
        self.act(lambda: act(papers, paper_id, day), lambda _done: self.done_with("accounts"))


class AnnounceDialog(FormDialog):
    """登记停更公告: the day, and what the public is told."""

    def __init__(self, desk: Desk, parent: QWidget | None, view: AccountView, paper: Application) -> None:
        title = "登记停更公告"
        super().__init__(desk, parent, title, f"{title}：{view.account.caption}", title)
        self._application = paper
        today = desk.services.today.day()
        self.day = DayField(today, first=paper.signed_on, last=today)
        self.announcement = AnnouncementField(paper.text.announcement, today)
        form = FormGrid()
        form.add("公告日期", self.day)
        form.add_wide(self.announcement)
        self.act_button.clicked.connect(self.record)
        self.lay_out(Banner("公告期内账号仍要按更新间隔更新。"), form, self.notice)
        self.announcement.text.setFocus()
        self.remember(f"{paper.id} announce", self.day, self.announcement)

    def record(self) -> None:
        """Record the announcement."""
        papers, paper_id = self._desk.services.applications, self._application.id
        day, told = self.day.day, self.announcement.told
        self.act(
            lambda: papers.end(paper_id, AccountAction.ANNOUNCE_CLOSING, day, told),
            lambda _account: self.done_with("accounts"),
        )
