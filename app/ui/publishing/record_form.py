"""The fields of one post: account, time, link, screenshots, the published text, and why it is not as it should be."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, QMimeData, Qt
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.models.clock import BEIJING, beijing
from app.models.visible_text import has_words
from app.services.post_text import Comparison
from app.services.publications import PublicationEntry
from app.ui.desk import Desk
from app.ui.file_landing import OF_NO_USE
from app.ui.publishing.page_line_choice import PageLineChoice
from app.ui.publishing.published_field import PublishedField
from app.ui.publishing.screenshot_strip import PICTURE_ENDINGS, ScreenshotStrip
from app.ui.theme import px
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.day_field import open_calendar
from app.ui.widgets.difference_view import DifferenceView
from app.ui.widgets.drop_zone import dropped_paths
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.file_drop import Paths
from app.ui.widgets.form_grid import FormGrid


class RecordForm(FormGrid):
    """Holds what a person enters; `entry` returns it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.account = ElidedCombo()
        self.account.setPlaceholderText("选择账号")
        self.post_title = QLineEdit()
        self.post_title.setMaxLength(500)
        self.moment = QDateTimeEdit()
        self.moment.setDisplayFormat("yyyy年M月d日 HH:mm")
        open_calendar(self.moment)
        self.link = QLineEdit()
        self.link.setPlaceholderText("https://")
        self.link.setMaxLength(2000)
        self.screenshots = ScreenshotStrip(desk)
        # The whole dialog takes them.
        self.screenshots.setAcceptDrops(False)
        self.published = PublishedField()
        self.published.setPlaceholderText("从发布后的页面复制标题和正文，粘贴到这里，程序逐字比对")
        self.published.setFixedHeight(px(112))
        self.file_button = QPushButton("从文件读取……")
        self.file_button.setAutoDefault(False)
        self.comparison = Banner(tone=Tone.GOOD)
        self.page_lines = PageLineChoice()
        self.published.textChanged.connect(self.page_lines.wait)
        self.difference = DifferenceView()
        self.difference.setFixedHeight(px(140))
        self.difference.hide()
        text = QVBoxLayout()
        text.setSpacing(px(6))
        text.addWidget(self.published)
        text.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        text.addWidget(self.comparison)
        text.addWidget(self.page_lines)
        text.addWidget(self.difference)
        self.add("发布账号", self.account, needed=True)
        self.add("标题", self.post_title, needed=True)
        self.add("发布时间", self.moment, needed=True)
        self.add("发布链接", self.link, "从浏览器地址栏复制；现在没有的可以先空着，归档前补上或写明原因。")
        self.add("发布截图", self.screenshots)
        self.add("发布内容", text)
        self.who, self.why, self.handled = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.who, self.why, self.handled):
            field.setMaxLength(500)
        self.add("谁发的", self.who, needed=True)
        self.add("为什么", self.why, needed=True)
        self.add("怎么处理的", self.handled, needed=True)
        self.asks_why = True
        self.ask_why(needed=False)
        now = beijing(desk.now())
        self.moment.setDateTime(QDateTime(now.year, now.month, now.day, now.hour, now.minute, 0))

    @property
    def published_at(self) -> datetime:
        """When it went out, told to the minute, of which the last second counts.

        A post in the minute in which its last decision was given came after the decision.
        """
        picked = self.moment.dateTime()
        day, clock = picked.date(), picked.time()
        minute = datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=BEIJING)
        now = self._desk.now()
        return min(minute + timedelta(seconds=59), now) if minute <= now else minute

    @property
    def account_id(self) -> str:
        """The chosen account, or nothing."""
        return str(self.account.currentData() or "")

    def ask_why(self, *, needed: bool) -> None:
        """Ask who, why and what was done, or no longer; what was typed stays."""
        if needed is not self.asks_why:
            self.asks_why = needed
            for field in (self.who, self.why, self.handled):
                self.show_row(field, shown=needed)

    def show_comparison(self, found: Comparison | None, what: str) -> None:
        """Show how the published text compares with the one that was approved or submitted, as `what` says."""
        around = found.around if found is not None else ()
        self.page_lines.show_lines(around)
        self.difference.setVisible(found is not None and not found.matches and not around)
        if found is None:
            self.comparison.say("")
        elif found.matches:
            words = f"与{what}的内容一致。"
            if found.left_out:
                words = f"去掉勾选的 {len(found.left_out)} 行以后，{words}这几行会写进发布记录。"
            self.comparison.say(words, Tone.GOOD)
        elif around and self.page_lines.left_out:
            self.comparison.say(f"没有勾选的行算作发出去的内容，与{what}的内容不一致。", Tone.DANGER)
        elif around:
            self.comparison.say(
                f"{what}的正文一字不差，只是前后多出 {len(around)} 行。是页面自带的（账号名、日期、阅读数）请勾选，"
                "是发出去的内容就不要勾选。",
                Tone.WARNING,
            )
        else:
            self.comparison.say(f"与{what}的内容不一致：红色划去的没有发出去，绿色下划线的是多出来的。", Tone.DANGER)
            self.difference.show_runs(found.runs)

    def entry(self) -> PublicationEntry:
        """Return what is filled in."""
        asked = self.asks_why
        return PublicationEntry(
            account_id=self.account_id,
            published_at=self.published_at,
            link=self.link.text(),
            published_text=self.published.toPlainText(),
            screenshots=self.screenshots.sources,
            who=self.who.text() if asked else "",
            why=self.why.text() if asked else "",
            done=self.handled.text() if asked else "",
            note_title=self.post_title.text(),
            page_lines=self.page_lines.left_out,
        )

    def missing(self, *, titled: bool) -> QWidget | None:
        """Return the first field that must be filled and is not, with the complaint below it."""
        self.calm()
        needed: list[tuple[QWidget, bool, str]] = [(self.account, bool(self.account_id), "请选择账号。")]
        if not titled:
            needed.append((self.post_title, has_words(self.post_title.text()), "请填写发出去的标题。"))
        if self.asks_why:
            needed += [
                (self.who, has_words(self.who.text()), "请写明是谁发的。"),
                (self.why, has_words(self.why.text()), "请写明为什么会这样。"),
                (self.handled, has_words(self.handled.text()), "请写明怎么处理的，例如已补审、已改正、已删除。"),
            ]
        wrong = [(field, complaint) for field, filled, complaint in needed if not filled]
        for field, complaint in wrong:
            self.complain(field, complaint)
        return wrong[0][0] if wrong else None

    @property
    def touched(self) -> bool:
        """Whether anything was typed that would be lost."""
        fields = (self.link, self.who, self.why, self.handled, self.post_title)
        return bool(
            any(field.text().strip() for field in fields)
            or self.published.toPlainText().strip()
            or self.screenshots.sources
        )

    def put_back(self, typed: PublicationEntry) -> None:
        """Fill in what was typed before."""
        self.account.setCurrentIndex(self.account.findData(typed.account_id))
        at = beijing(typed.published_at)
        self.moment.setDateTime(QDateTime(at.year, at.month, at.day, at.hour, at.minute, 0))
        self.link.setText(typed.link)
        self.published.setPlainText(typed.published_text)
        self.page_lines.put_back(typed.page_lines)
        for source in typed.screenshots:
            self.screenshots.add(source)
        for field, text in ((self.who, typed.who), (self.why, typed.why), (self.handled, typed.done)):
            field.setText(text)
        self.post_title.setText(typed.note_title)

    def start_over(self) -> None:
        """Empty everything but the time, for the next account."""
        for field in (self.link, self.who, self.why, self.handled, self.post_title):
            field.clear()
        self.published.clear()
        self.screenshots.clear()
        self.calm()

    def take(self, offer: QMimeData) -> tuple[Paths, Paths]:
        """Take pictures among what is dropped as screenshots; return the texts, and the files of no use."""
        self.screenshots.take(offer)
        _pictures, texts, others = _sorted(dropped_paths(offer))
        return texts, others


def drop_words(paths: Paths) -> str:
    """Say what letting go of files would do."""
    pictures, texts, _others = _sorted(paths)
    acts = [words for words, found in (("放进发布截图", pictures), ("读入发布内容", texts)) if found]
    return f"松开鼠标，{'，'.join(acts)}" if acts else OF_NO_USE


def _sorted(paths: Paths) -> tuple[Paths, Paths, Paths]:
    """Return pictures, texts and the rest."""
    pictures = tuple(path for path in paths if path.suffix.lower() in PICTURE_ENDINGS)
    texts = tuple(path for path in paths if path.suffix.lower() in {".docx", ".txt"})
    return pictures, texts, tuple(path for path in paths if path not in {*pictures, *texts})
