"""今日: what waits for this person, what is late first; each line opens what it is about."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.labels import long_moment
from app.models.backup import RestoredFacts
from app.models.clock import beijing_day
from app.models.papercode import PaperKind
from app.models.right import Right
from app.services.today import TaskKind, TodayTask
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.theme import px, set_role
from app.ui.today.task_words import GROUPS, chip_of, task_words
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_notice import EmptyNotice

_WEEKDAYS = "一二三四五六日"
_SHOWN = 100
_ROOMY = 520


class TaskLine(QFrame):
    """One line of 今日; a click or Enter opens it."""

    opened = Signal(str)

    def __init__(self, task: TodayTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.task = task
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self, role="task")
        title, detail = task_words(task)
        self.setAccessibleName(f"{title}，{detail}")
        word, tone = chip_of(task)
        number = QLabel(task.number)
        set_role(number, role="muted")
        words = ElidedLabel(title)
        told = ElidedLabel(detail)
        set_role(told, role="muted")
        self._told = told
        self._texts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._texts.setSpacing(px(2))
        self._texts.addWidget(words, 1)
        self._texts.addWidget(told)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(9), px(14), px(9))
        row.setSpacing(px(12))
        chip = Chip(word, tone)
        chip.setFixedWidth(px(88))
        number.setFixedWidth(px(108))
        row.addWidget(chip)
        if task.number:
            row.addWidget(number)
        row.addLayout(self._texts, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put how it stands below the title where it would leave the title a few characters."""
        super().resizeEvent(event)
        below = 2 * self._told.sizeHint().width() > self._texts.geometry().width()
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        if way != self._texts.direction():
            self._texts.setDirection(way)
            self._texts.setSpacing(px(2) if below else px(12))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open on a click."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.task.subject)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.task.subject)
        else:
            super().keyPressEvent(event)


class TodayPage(Page):
    """The first page of every day."""

    name = "today"
    heading = "今日"
    interests = frozenset({"drafts", "publications", "accounts", "months", "settings", "policy", "passwords"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tasks: tuple[TodayTask, ...] = ()
        self.day = ElidedLabel()
        set_role(self.day, role="muted")
        self.header.insertWidget(1, self.day)
        self.print_button = self.add_button("待签清单", self.printing, icon="printer")
        self.print_button.setToolTip("打印一张清单，放在送签的一叠上面")
        self.new_button = self.add_button("新建稿件", self.new, primary=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(6))
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(6), 0)
        flow.addLayout(self._lines)
        flow.addStretch(1)
        self.list_area = QScrollArea()
        self.list_area.setWidgetResizable(True)
        self.list_area.setFrameShape(QFrame.Shape.NoFrame)
        self.list_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_area.setWidget(inner)
        self.empty = EmptyNotice("circle-check", "现在没有等您办的事。")
        self.restored = Banner(tone=Tone.WARNING)
        self.settle_button = self.restored.offer("现在核对", self._settle)
        self._lost: RestoredFacts | None = None
        self.body.addWidget(self.restored)
        self.body.addWidget(self.list_area, 1)
        self.body.addWidget(self.empty, 1)
        self.list_area.hide()

    def refresh(self) -> None:
        """Read what waits now."""
        today = beijing_day(self.desk.now())
        self._say_day(today)
        rights = self.desk.actor.rights
        self.new_button.setVisible(Right.WRITE in rights)
        self.print_button.setVisible(Right.REGISTER_PAPER in rights)
        self.desk.tasks.run(self, self.desk.services.today.tasks, self.show_tasks, topic="tasks")
        self.desk.tasks.run(self, self.desk.services.lost_span.pending, self._show_restored, topic="restored")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the year where there is no room for it."""
        super().resizeEvent(event)
        self._say_day(beijing_day(self.desk.now()))

    def _say_day(self, today: date) -> None:
        year = f"{today.year}年" if self.width() >= px(_ROOMY) else ""
        self.day.setText(f"{year}{today.month}月{today.day}日　星期{_WEEKDAYS[today.weekday()]}")

    def show_tasks(self, tasks: tuple[TodayTask, ...]) -> None:
        """Show what waits, in groups that say what is to be done."""
        self.tasks = tasks
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = tasks[:_SHOWN]
        for heading, kinds in GROUPS:
            found = [task for task in shown if task.kind in kinds]
            if found:
                self._lines.addWidget(self._heading(f"{heading}　{sum(t.kind in kinds for t in tasks)}"))
            for task in found:
                line = TaskLine(task)
                line.opened.connect(self._open)
                self._lines.addWidget(line)
        if len(tasks) > _SHOWN:
            self._lines.addWidget(self._heading(f"另有 {len(tasks) - _SHOWN} 件，办完上面的会接着列出。"))
        self._show_whether_empty()

    def _show_whether_empty(self) -> None:
        # Who is asked to settle what a restore left has something to do.
        waits = bool(self.tasks) or (self._lost is not None and Right.ADMINISTER in self.desk.actor.rights)
        self.list_area.setVisible(waits)
        self.empty.setVisible(not waits)

    def _show_restored(self, facts: RestoredFacts | None) -> None:
        self._lost = facts
        administers = Right.ADMINISTER in self.desk.actor.rights
        words = ""
        if facts is not None:
            since = f"数据是从{long_moment(facts.taken_at)}的备份恢复的，以后办过的事不在里面。"
            who = "" if administers else "请系统管理员登录，在这一页上"
            words = f"{since}{who}照纸面核对最后的编号以后才能取号。"
        self.restored.say(words, Tone.WARNING)
        self.settle_button.setVisible(administers)
        self._show_whether_empty()

    def _settle(self) -> None:
        from app.ui.settings.lost_span_dialog import LostSpanDialog

        if self._lost is not None:
            dialog = LostSpanDialog(self.desk, self, self._lost)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    @staticmethod
    def _heading(text: str) -> QLabel:
        heading = QLabel(text)
        heading.setContentsMargins(0, px(8), 0, 0)
        set_role(heading, role="muted")
        return heading

    def _open(self, subject: str) -> None:
        draft = next((t for t in self.tasks if t.subject == subject), None)
        if draft is not None and draft.kind in {TaskKind.UNFINISHED, TaskKind.RETURNED}:
            subject = subject.replace("draft:", "draft-editor:", 1)
        self.desk.open(subject)

    def new(self) -> None:
        """Open an empty draft; its first word starts it."""
        self.desk.open("draft-editor:new")

    def printing(self) -> None:
        """Preview 待签清单."""
        from app.ui.papers.preview_dialog import PreviewDialog

        papers, subject = self.desk.services.papers, f"person:{self.desk.actor.person_id}"
        dialog = PreviewDialog(
            self.desk,
            self,
            lambda: papers.waiting_list(()),
            lambda where: papers.note_paper_printed(PaperKind.WAITING_LIST, subject, where),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
