"""Registering signed sheets: a scan finds its draft, and the person confirms each decision written on it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.messages import explain
from app.models.draft import Draft
from app.services.account_desk import AccountView
from app.services.drafts import DraftView
from app.services.scans import ScanMatch, ScanOutcome, ScanPile
from app.ui.custody.custody_handover_dialog import sign_handover
from app.ui.desk import Desk
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.review.register_frame import RegisterFrame
from app.ui.review.scan_tray import ScanTray
from app.ui.review.scan_words import outcome_sentence
from app.ui.signed_paper_dialog import SCAN_FILES
from app.ui.tokens import Tone
from app.ui.widgets.drop_zone import dropped_paths, take_copies
from app.ui.widgets.file_drop import FileDrop
from app.ui.widgets.tab_order import tab_through


class RegisterDialog(RegisterFrame):
    """The scan on the left, the decisions on it on the right; one sheet after the other.

    Opened for a draft it waits for the scan; opened with scans it looks each up by its code, and takes `draft_id`,
    the draft they were dropped on, only where no code can be read.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, *, draft_id: str = "", paths: tuple[Path, ...] = ()) -> None:
        super().__init__(desk, parent)
        self._wanted = draft_id
        self.tray = ScanTray()
        self.match: ScanMatch | None = None
        self._wire()
        self._ready()
        self.take(paths)

    def _wire(self) -> None:
        self.drop.button.clicked.connect(lambda _checked=False: self.choose_files())
        self.drop.dropped.connect(self.take)
        FileDrop(self, lambda _paths, _place: "松开鼠标，按二维码登记这些签字扫描件")
        self.choice.chosen.connect(self._picked)
        self.decisions.changed.connect(self._ready)
        self.act_button.clicked.connect(self.register)
        self.other_button.clicked.connect(self.choose_files)
        self.keep_button.clicked.connect(self.keep_only)
        self.sheet_button.clicked.connect(self.preview_sheet)
        self.account_button.clicked.connect(self.register_account_paper)
        self.skip_button.clicked.connect(self._go_on)

    def choose_files(self) -> None:
        """Ask for scans."""
        self.take(self._desk.dialogs.open_files(self, "选择签字扫描件", SCAN_FILES))

    def take(self, paths: tuple[Path, ...]) -> None:
        """Lay scans into the tray and read the first; none leaves everything as it is."""
        if paths:
            self.tray.fill(paths)
            self._read()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take scans anywhere on the dialog."""
        if dropped_paths(event.mimeData()):
            take_copies(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped in place of what lies there."""
        take_copies(event)
        self.take(dropped_paths(event.mimeData()))

    def _read(self) -> None:
        """Read the codes of the file that lies on top; its pages are shown once they are known."""
        path = self.tray.path
        assert path is not None
        self._clear("正在读取扫描件……")
        self.scan.clear()
        self.left.setCurrentWidget(self.scan)
        scans, below = self._desk.services.scans, self.tray.below

        def examined(pile: ScanPile) -> None:
            self.tray.join(pile.files)
            self.scan.show_files(pile.files)
            self.tray.sort(pile.found)
            self._show_top()

        def unreadable(error: AppError) -> bool:
            self.tray.drop_file()
            self.left.setCurrentWidget(self.drop)
            self._clear("这个文件读不出来")
            self.notice.say(str(explain(error)), Tone.DANGER)
            self._ready()
            return True

        self._desk.tasks.run(
            self, lambda: scans.examine_pile(path, below), examined, unreadable, lane="files", topic="examine"
        )

    def _clear(self, title: str) -> None:
        self.match = None
        self.decisions.keep_input()
        self.decisions.clear()
        self.choice.hide()
        self.heading.setText(title)
        self.notice.say("")
        self._ready()

    def _show_top(self) -> None:
        """Show the paper that lies on top, or ask what it is."""
        match = self.tray.top
        if match is None:
            return
        if match.outcome is not ScanOutcome.NO_CODE:
            self._accept(match)
            return
        self._clear("没有读到二维码")
        self.notice.say(*outcome_sentence(match, wanted=self._wanted))
        if self._wanted:
            self._picked(self._wanted)
        else:
            self.choice.show()
            self.choice.read()

    def _picked(self, draft_id: str) -> None:
        scans = self._desk.services.scans
        self._desk.tasks.run(
            self, lambda: scans.pick(draft_id), lambda match: self._accept(match, by_hand=True), topic="pick"
        )

    def _accept(self, match: ScanMatch, *, by_hand: bool = False) -> None:
        """Say what a paper is; when decisions may be registered from it, ask for them."""
        said = (self.notice.text, Tone.WARNING)
        self._clear(f"{match.number}　{match.title}" if match.title else "不能登记")
        self.match = match
        outcome = outcome_sentence(match, wanted=self._wanted, files=len(self.tray.sheet))
        self.notice.say(*(said if by_hand and match.in_review else outcome))
        if self.tray.unread and not by_hand:
            self.notice.say(f"{self.notice.text}第 {self.tray.unread} 页没有读到二维码。", Tone.WARNING)
        if match.outcome is ScanOutcome.MATCHED and match.open_steps and 1 not in match.missing_pages:
            drafts, draft_id = self._desk.services.drafts, match.draft_id

            def show(view: DraftView) -> None:
                self.decisions.show_draft(view, match.open_steps)
                foot = (self.other_button, self.skip_button, self.keep_button, self.cancel_button)
                tab_through((self.scan, *self.decisions.fields, *foot, self.act_button))
                self.decisions.fields[0].setFocus()

            self._desk.tasks.run(self, lambda: drafts.view(draft_id), show, topic="view")
        self._ready()

    def _ready(self) -> None:
        """Open what can be done with the paper on top."""
        match = self.match
        usable = match is not None and match.outcome in {ScanOutcome.MATCHED, ScanOutcome.STALE}
        missing = self.decisions.missing
        self.missing.setText(missing or self.decisions.left_out)
        self.missing.setVisible(bool(self.missing.text()))
        self.act_button.setEnabled(bool(self.decisions.forms) and not missing)
        self.act_button.setToolTip(missing or ("" if self.decisions.forms else "先放入可以登记的签字扫描件。"))
        self.keep_button.setVisible(usable)
        self.sheet_button.setVisible(match is not None and match.outcome is ScanOutcome.STALE)
        self.account_button.setVisible(match is not None and match.outcome is ScanOutcome.ACCOUNT_PAPER)
        self.other_button.setVisible(self.tray.path is not None and not self.tray.more)
        self.skip_button.setVisible(self.tray.more)
        self.setWindowTitle(f"登记签批（后面还有 {self.tray.waiting} 份）" if self.tray.more else "登记签批")

    def register_account_paper(self) -> None:
        """Register a signed form of an account with this scan, then take the next paper."""
        match, files = self.match, self.tray.sheet
        if match is None or not files:
            return
        if match.handover_id:
            sign_handover(self._desk, self, match.handover_id, files, self._go_on)
            return
        desk = self._desk.services.account_desk

        def show(view: AccountView) -> None:
            from app.ui.accounts.signing_dialog import SigningDialog

            paper = next(one for one in view.applications if one.id == match.application_id)
            dialog = SigningDialog(self._desk, self, view, paper)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.take(files[0])
            dialog.further = files[1:]
            dialog.accepted.connect(self._go_on)
            dialog.open()

        self._desk.tasks.run(self, lambda: desk.view(match.account_id), show, topic="view")

    def register(self) -> None:
        """Register what is filled in, with the scan."""
        match, files = self.match, self.tray.sheet
        if match is None or not files:
            return
        decisions = self.decisions.decisions()
        reviews = self._desk.services.reviews
        self.act(
            lambda: reviews.register_paper(match.draft_id, match.revision, decisions, files[0], files[1:]),
            self._registered,
        )

    def _registered(self, draft: Draft) -> None:
        self.decisions.clear()
        self._desk.changes.tell("drafts")
        self._desk.open(f"draft:{draft.id}")
        self._go_on()

    def refused(self, error: AppError) -> bool:
        """Say what is wrong, and open again what can be done."""
        super().refused(error)
        self._ready()
        return True

    def keep_only(self) -> None:
        """Keep the scan with the draft without a decision."""
        match, files = self.match, self.tray.sheet
        if match is None or not files:
            return
        scans = self._desk.services.scans

        def kept(_digest: str) -> None:
            self._desk.changes.tell("drafts")
            self._go_on()

        self._desk.tasks.run(self, lambda: scans.file_only(match.draft_id, files[0], files[1:]), kept, self.refused)

    def _go_on(self) -> None:
        """Take the next paper; after the last one the dialog closes."""
        turned = self.tray.next()
        if turned == "paper":
            self._show_top()
        elif turned == "file":
            self._read()
        else:
            self.accept()

    def done(self, result: int) -> None:
        """Keep what was filled in and not registered."""
        self.decisions.keep_input()
        super().done(result)

    def preview_sheet(self) -> None:
        """Show the sheet that is to be signed instead."""
        match, papers = self.match, self._desk.services.papers
        if match is None:
            return
        dialog = PreviewDialog(
            self._desk,
            self,
            lambda: papers.review_sheet(match.draft_id),
            printed=lambda where: papers.note_printed(match.draft_id, where),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
