"""What a restore brought back, and then the highest numbers on paper, before anybody signs in."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.errors import AppError
from app.labels import long_moment, over_said, size_text, words_said
from app.messages import explain, shown
from app.models.backup import RestoredFacts
from app.models.stated_words import WordsReport
from app.services.backup_desk import LackingFile
from app.services.restoring import RestoreReport
from app.ui.desk import Desk
from app.ui.settings.lost_span_form import LostSpanForm, lost_span_words
from app.ui.start.door_card import DoorCard, door_label
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner

MOST_NAMED = 5
"""Lost files named on the page; a folder that lost all of them has thousands."""


class RestoredPage(DoorCard):
    """Says what came back, what is lost, and where the records lie; `go_on` leads to the numbers."""

    go_on = Signal()

    def __init__(
        self,
        report: RestoreReport,
        lacking: tuple[LackingFile, ...],
        usual: Path,
        parent: QWidget | None = None,
    ) -> None:
        """`usual` is the folder that the program opens when it is started the way it was."""
        snapshot = report.snapshot
        super().__init__("恢复好了", shown(snapshot.unit_name), 640, parent)
        came = snapshot.attachments - len(snapshot.missing)
        size = size_text(snapshot.database_size + snapshot.attachment_bytes)
        rows = self.rows
        rows.addWidget(
            door_label(
                f"恢复到 {long_moment(snapshot.taken_at)}的状态：审计记录 {snapshot.audit_seq} 条，附件 {came} 个，"
                f"共 {size}，{_checked_words(report.words)}备份没有被改动。"
            )
        )
        rows.addWidget(Banner(_altered_words(report.words), Tone.DANGER))
        rows.addWidget(Banner(_lost_words(len(snapshot.missing), lacking), Tone.WARNING))
        rows.addWidget(Banner(_over_words(report), Tone.WARNING))
        rows.addWidget(Banner(_folder_words(report.folder, usual), Tone.WARNING))
        rows.addWidget(door_label(f"数据文件夹：{report.folder}", "small"))
        rows.addWidget(door_label("下一步：照纸面核对最后的编号。核对以前不能取号，也就不能提交、印发和归档。"))
        rows.addSpacing(px(4))
        self.button = QPushButton("下一步")
        set_role(self.button, kind="primary")
        self.button.clicked.connect(self.go_on)
        rows.addWidget(self.button)

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for a key at once."""
        super().showEvent(event)
        self.button.setFocus()


class PaperNumbersPage(DoorCard):
    """Asks what the papers say; the administrator who confirmed the restore answers, or puts it off."""

    finished = Signal()

    def __init__(self, desk: Desk, report: RestoreReport, facts: RestoredFacts, parent: QWidget | None = None) -> None:
        super().__init__("照纸面核对最后的编号", "", 640, parent)
        self._desk, self._administrator = desk, report.administrator
        self.form = LostSpanForm(facts)
        self.note = Banner()
        self.later_button, self.button = QPushButton("以后再核对"), QPushButton("核对并接着编号")
        self.later_button.setToolTip("登录以后，系统管理员在“今日”页上核对；核对以前不能取号")
        set_role(self.button, kind="primary")
        self.later_button.clicked.connect(self.finished)
        self.button.clicked.connect(self.settle)
        rows = self.rows
        rows.addWidget(door_label(lost_span_words(facts)))
        rows.addWidget(self.form)
        rows.addWidget(self.note)
        rows.addWidget(door_label("手边没有纸的，可以以后由系统管理员在“今日”页上核对；核对以前不能取号。", "small"))
        rows.addSpacing(px(4))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.later_button)
        foot.addWidget(self.button)
        rows.addLayout(foot)

    def settle(self) -> None:
        """Record what the papers say."""
        if not self.button.isEnabled():
            return
        tops, seq, head = self.form.tops(), self.form.seq.value(), self.form.head.text()
        lost_span, administrator = self._desk.services.lost_span, self._administrator
        self.button.setEnabled(False)
        self._desk.tasks.run(
            self,
            lambda: lost_span.settle(tops, seq, head, administrator),
            lambda _report: self.finished.emit(),
            self._refused,
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first number."""
        super().showEvent(event)
        self.form.boxes[0].setFocus()

    def _refused(self, error: AppError) -> None:
        self.button.setEnabled(True)
        self.note.say(str(explain(error)), Tone.DANGER)


def _checked_words(words: WordsReport) -> str:
    return "与备份逐一核对相同。" if words_said(words) else "全部核对无误。"


def _altered_words(words: WordsReport) -> str:
    said = words_said(words)
    if not said:
        return ""
    return (
        f"这份备份的审计记录前后相接，但{said}：做备份以前就已经这样，已记入审计记录。"
        "请与审计员一起用纸面核对；更早的备份里可能还是原样，请留着。"
    )


def _over_words(report: RestoreReport) -> str:
    """Tell what may have been removed once already: whether it was, the records of that time do not know."""
    said = over_said(report.over)
    if not said:
        return ""
    return (
        f"按电脑今天的日期，其中{said}已过保管期限。做这份备份以后清除过的，现在又在了："
        "请档案员登录后在“设置”的“保管期限”里核对，重新清除。"
    )


def _lost_words(number: int, lacking: tuple[LackingFile, ...]) -> str:
    if not number:
        return ""
    named = "；".join(map(str, lacking[:MOST_NAMED]))
    more = f"……等 {len(lacking)} 处" if len(lacking) > MOST_NAMED else ""
    return (
        f"有 {number} 个附件在做备份以前就已经不在，这次也没有：{named}{more}。"
        "已记入审计记录；能从别处找到的，请登录后重新登记。"
    )


def _folder_words(folder: Path, usual: Path) -> str:
    if folder == usual:
        return ""
    return (
        f"这次启动接着打开恢复的数据。以后启动时，打开的仍是原来的 {usual}。要一直用恢复的数据：退出程序，"
        f"先把 {usual} 改名留存，再把 {folder} 放到它的位置，改成它原来的名字“{usual.name}”。"
    )
