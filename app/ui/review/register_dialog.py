"""Registering a signed sheet: the scan finds its draft, and the person confirms each decision written on it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.messages import explain
from app.models.draft import Draft
from app.models.staff import Person
from app.services.reviews import PaperDecision
from app.services.scans import ScanMatch, ScanOutcome
from app.ui.desk import Desk
from app.ui.review.decision_form import DecisionForm
from app.ui.review.draft_choice import DraftChoice
from app.ui.review.scan_view import ScanView
from app.ui.review.scan_words import outcome_sentence
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.drop_zone import DropZone

SCAN_FILES = "扫描件或照片 (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


class RegisterDialog(QDialog):
    """The scan on the left, the decisions on it on the right.

    Opened for a draft it waits for the scan; opened with a scan (`path`) it looks the draft up by its code.
    """

    def __init__(self, desk: Desk, parent: QWidget | None, *, draft_id: str = "", path: Path | None = None) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._wanted = desk, draft_id
        self.path: Path | None = None
        self.match: ScanMatch | None = None
        self.forms: list[DecisionForm] = []
        self.setWindowTitle("登记签批")
        self.resize(px(1080), px(720))
        self.drop = DropZone("把签好字的审核表扫描件或照片拖到这里", "选择文件……", self.choose_file)
        self.drop.dropped.connect(lambda paths: self.take(paths[0]))
        self.scan = ScanView(desk)
        self.left = QStackedWidget()
        self.left.addWidget(self.drop)
        self.left.addWidget(self.scan)
        self.title = QLabel("等待扫描件")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        set_role(self.title, role="subtitle")
        self.notice = Banner()
        self.choice = DraftChoice(desk)
        self.choice.chosen.connect(self._picked)
        self.choice.hide()
        self._form_box = QVBoxLayout()
        self._form_box.setSpacing(px(14))
        self.register_button = QPushButton("登记签批")
        set_role(self.register_button, kind="primary")
        self.register_button.clicked.connect(self.register)
        self.keep_button = QPushButton("只归卷，不登记签批")
        self.keep_button.clicked.connect(self.keep_only)
        self.keep_button.setAutoDefault(False)
        self.other_button = QPushButton("换一个文件")
        self.other_button.setAutoDefault(False)
        self.other_button.clicked.connect(self.choose_file)
        self._lay_out()
        self._ready()
        if path is not None:
            self.take(path)

    def _lay_out(self) -> None:
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.setSpacing(px(12))
        for widget in (self.title, self.notice, self.choice):
            flow.addWidget(widget)
        flow.addLayout(self._form_box)
        flow.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.other_button)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.register_button, 1)
        side = QVBoxLayout()
        side.setSpacing(px(12))
        side.addWidget(scroll, 1)
        side.addLayout(buttons)
        panel = QWidget()
        panel.setLayout(side)
        panel.setMinimumWidth(px(420))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(20), px(20), px(20), px(20))
        layout.setSpacing(px(20))
        layout.addWidget(self.left, 1)
        layout.addWidget(panel)

    def choose_file(self) -> None:
        """Ask for the scan."""
        path = self._desk.dialogs.open_file(self, "选择签字扫描件", SCAN_FILES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a scan and say what it is."""
        self.path, self.match = path, None
        self._show_forms({})
        self.choice.hide()
        self.title.setText("正在读取扫描件……")
        self.notice.say("")
        self.left.setCurrentWidget(self.scan)
        self.scan.show_file(path)
        self._ready()
        scans = self._desk.services.scans
        self._desk.tasks.run(self, lambda: scans.examine(path), self._examined, self._unreadable, lane="files")

    def _unreadable(self, error: AppError) -> bool:
        self.path = None
        self.left.setCurrentWidget(self.drop)
        self.title.setText("这个文件读不出来")
        self.notice.say(str(explain(error)), Tone.DANGER)
        self._ready()
        return True

    def _examined(self, matches: tuple[ScanMatch, ...]) -> None:
        chosen = next((m for m in matches if m.outcome is ScanOutcome.MATCHED), None)
        found = chosen or next((m for m in matches if m.outcome is not ScanOutcome.NO_CODE), None)
        if found is None:
            self._ask_which(matches)
            return
        self._accept(found)
        others = [m for m in matches if m is not found and m.outcome is not ScanOutcome.NO_CODE]
        if others:
            self.notice.say(
                f"这个文件里有 {len(others) + 1} 份表，这里只登记第一份；其余的请拆开后逐份登记。", Tone.WARNING
            )

    def _ask_which(self, matches: tuple[ScanMatch, ...]) -> None:
        self.title.setText("没有读到二维码")
        if self._wanted:
            self.notice.say("请核对左边确是这件稿件的签字页，再逐项登记。", Tone.WARNING)
            self._picked(self._wanted)
            return
        pages = sum(len(match.pages) for match in matches)
        self.notice.say(f"{pages} 页上都没有可以读出的二维码。请在下面选出是哪件稿件的审核表。", Tone.WARNING)
        self.choice.show()
        self.choice.read()
        self._ready()

    def _picked(self, draft_id: str) -> None:
        scans = self._desk.services.scans
        self._desk.tasks.run(self, lambda: scans.pick(draft_id), lambda match: self._accept(match, by_hand=True))

    def _accept(self, match: ScanMatch, *, by_hand: bool = False) -> None:
        self.match = match
        self.choice.hide()
        self.title.setText(f"{match.number}　{match.title}" if match.draft_id else "不能登记")
        sentence, tone = outcome_sentence(match, wanted=self._wanted)
        if sentence or not by_hand:
            self.notice.say(sentence, tone)
        usable = match.outcome is ScanOutcome.MATCHED and match.open_steps
        if not usable:
            self._ready()
            return
        services, steps = self._desk.services, match.open_steps

        def read() -> dict[int, tuple[Person, ...]]:
            today = self._desk.services.today.day()
            return {step.position: services.staff.holders(step.role, today) for step in steps}

        self._desk.tasks.run(self, read, self._show_forms)

    def _show_forms(self, people: dict[int, tuple[Person, ...]]) -> None:
        """Show a form for each step of which it is known who may sign."""
        while (item := self._form_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.forms = []
        for step in self.match.open_steps if self.match is not None else ():
            if step.position not in people:
                continue
            form = DecisionForm(step, people[step.position], self._desk.now())
            form.changed.connect(self._ready)
            self._form_box.addWidget(form)
            self.forms.append(form)
        self._ready()

    def _ready(self) -> None:
        """Open what can be done; a step counts only when all before it are filled in."""
        going = True
        for form in self.forms:
            form.setEnabled(going)
            going = going and form.passes
        usable = self.match is not None and self.match.outcome is ScanOutcome.MATCHED
        self.register_button.setEnabled(usable and bool(self.decisions()))
        self.keep_button.setVisible(usable and self.path is not None)
        self.other_button.setVisible(self.path is not None)

    def decisions(self) -> tuple[PaperDecision, ...]:
        """Return what is filled in, from the open step on, up to the first step that is not."""
        found: list[PaperDecision] = []
        for form in self.forms:
            decision = form.decision()
            if decision is None:
                break
            found.append(decision)
            if not form.passes:
                break
        return tuple(found)

    def register(self) -> None:
        """Register what is filled in, with the scan."""
        match, path = self.match, self.path
        if match is None or path is None:
            return
        decisions = self.decisions()
        self.register_button.setEnabled(False)
        reviews = self._desk.services.reviews
        self._desk.tasks.run(
            self,
            lambda: reviews.register_paper(match.draft_id, match.revision, decisions, path),
            self._registered,
            self._refused,
        )

    def _registered(self, draft: Draft) -> None:
        self._desk.changes.tell("drafts")
        self._desk.open(f"draft:{draft.id}")
        self.accept()

    def _refused(self, error: AppError) -> bool:
        self.notice.say(str(explain(error)), Tone.DANGER)
        self._ready()
        return True

    def keep_only(self) -> None:
        """Keep the scan with the draft without a decision."""
        match, path = self.match, self.path
        if match is None or path is None:
            return
        scans = self._desk.services.scans
        self._desk.tasks.run(self, lambda: scans.file_only(match.draft_id, path), self._kept, self._refused)

    def _kept(self, _digest: str) -> None:
        self._desk.changes.tell("drafts")
        self.accept()
