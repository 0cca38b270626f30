"""Every page and dialog, light and dark, at 100 and 150 %: nothing clipped, nameless, or read as HTML."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.bootstrap import open_restoring
from app.models.account_application import ApplicationKind, ApplicationText, FilingType
from app.models.archive_package import BagReport, WrittenPackage
from app.models.backup import BackupSnapshot, NumberSeries, RestoredFacts
from app.models.expiry import Expiry, RecordGroup
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.right import Role
from app.models.staff import Actor, RoleLimit
from app.models.stated_words import WordsReport
from app.models.terminal import Terminal, TerminalKind
from app.services.account_steps import PaperStep
from app.services.backup_desk import LackingFile
from app.services.code_desk import OneTimeCode
from app.services.restoring import RestoreReport
from app.ui.accounts.change_dialog import ChangeDialog
from app.ui.accounts.closing_dialog import ClosingDialog
from app.ui.accounts.earlier_dialog import EarlierDialog
from app.ui.accounts.filing_dialog import FilingDialog
from app.ui.accounts.filing_number_dialog import FilingNumberDialog
from app.ui.accounts.open_account_dialog import OpenAccountDialog
from app.ui.accounts.paper_day_dialog import AnnounceDialog, PaperDayDialog
from app.ui.accounts.paper_scans_dialog import PaperScansDialog
from app.ui.accounts.particulars_dialog import ParticularsDialog
from app.ui.accounts.signing_dialog import SigningDialog
from app.ui.archive.archive_page import ArchivePage
from app.ui.archive.handover_dialog import HandoverDialog
from app.ui.archive.month_panel import read_month
from app.ui.archive.target_dialog import TargetDialog
from app.ui.archive.verify_dialog import VerifyDialog
from app.ui.archive.written_dialog import WrittenDialog
from app.ui.bug_dialog import BugDialog
from app.ui.editor.body_editor import BodyEditor
from app.ui.help_dialog import HelpDialog
from app.ui.pages import PAGES
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.progress_dialog import ProgressDialog
from app.ui.publishing.package_dialog import PackageDialog
from app.ui.publishing.posts_dialog import PostsDialog
from app.ui.publishing.record_dialog import RecordDialog
from app.ui.question_dialog import QuestionDialog
from app.ui.review.decide_dialog import DecideDialog
from app.ui.review.register_dialog import RegisterDialog
from app.ui.review.remind_dialog import RemindDialog
from app.ui.review.scans_dialog import ScansDialog
from app.ui.search.search_dialog import SearchDialog
from app.ui.settings.authorization_dialog import AuthorizationDialog
from app.ui.settings.lost_span_dialog import LostSpanDialog
from app.ui.settings.person_dialog import PersonDialog
from app.ui.settings.platform_dialog import PlatformDialog
from app.ui.settings.role_limit_dialog import RoleLimitDialog
from app.ui.settings.settings_page import SettingsPage
from app.ui.settings.terminal_check_dialog import TerminalCheckDialog
from app.ui.settings.terminal_dialog import TerminalDialog
from app.ui.settings.terminal_leave_dialog import TerminalLeaveDialog, TerminalReturnDialog
from app.ui.start.forgotten_page import ForgottenPage
from app.ui.start.passcode_page import PasscodePage
from app.ui.start.restore_wizard import RestoreWizard
from app.ui.start.restored_page import PaperNumbersPage, RestoredPage
from app.ui.start.setup_wizard import SetupWizard
from app.ui.start.sign_in_page import SignInPage
from app.ui.start.slips_page import SlipsPage
from app.ui.start.step_frame import StepFrame
from app.ui.start.welcome_page import TroublePage, WelcomePage
from app.ui.theme import apply_theme
from app.ui.widgets.elided_check import ElidedCheck
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.workplace import Workplace
from tests.services.office import PASSCODE
from tests.ui.page_states import LONGEST, states_of
from tests.ui.work_office import Bench, bench

__all__ = ["bench"]

LOOKS = (
    ("light", 100, (1024, 640)),
    ("dark", 100, (1280, 820)),
    ("light", 150, (1440, 960)),
    # What a taskbar and a title bar leave of 1280x720.
    ("dark", 150, (1024, 640)),
)
MARK = "<b>粗</b>"
TITLE = f"{MARK}关于冬季用电用气安全和有序取暖的温馨提示（征求意见稿）第二次修改以后再次送审的稿件"


def _shown(root: QWidget) -> list[QWidget]:
    every = (root, *root.findChildren(QWidget))
    return [widget for widget in every if widget.isVisible() and not widget.size().isEmpty()]


def _where(widget: QWidget) -> str:
    names: list[str] = []
    parent = widget.parentWidget()
    while parent is not None and len(names) < 3:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " in ".join([type(widget).__name__, *names])


def _wants(widget: QWidget) -> tuple[QSize, QSize]:
    """Return the room that a widget's words need and the room they have."""
    words = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, _words(widget))
    style = widget.style()
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width())), widget.size()
        return widget.sizeHint(), widget.size()
    if isinstance(widget, QComboBox):
        combo = QStyleOptionComboBox()
        widget.initStyleOption(combo)
        control = QStyle.ComplexControl.CC_ComboBox
        room = style.subControlRect(control, combo, QStyle.SubControl.SC_ComboBoxEditField, widget)
        return QSize(words.width(), 0), room.size()
    option = QStyleOptionButton()
    widget.initStyleOption(option)  # type: ignore[attr-defined]
    element = {
        QPushButton: QStyle.SubElement.SE_PushButtonContents,
        QCheckBox: QStyle.SubElement.SE_CheckBoxContents,
        QRadioButton: QStyle.SubElement.SE_RadioButtonContents,
    }
    kind = next(kind for kind in element if isinstance(widget, kind))
    room = style.subElementRect(element[kind], option, widget)
    sign = 0 if option.icon.isNull() else option.iconSize.width() + 4
    return QSize(words.width() + sign, min(words.height(), widget.fontMetrics().ascent())), room.size()


def _words(widget: QWidget) -> str:
    return widget.currentText() if isinstance(widget, QComboBox) else str(widget.text())  # type: ignore[attr-defined]


def clipped(root: QWidget) -> list[str]:
    """Name every visible widget whose words have less room than they need, or that sticks out of its parent."""
    found = []
    for widget in _shown(root):
        if not isinstance(widget, (QLabel, QPushButton, QCheckBox, QRadioButton, QComboBox)) or not _words(widget):
            continue
        if isinstance(widget, ElidedLabel | ElidedCombo | ElidedCheck) or (
            isinstance(widget, QComboBox) and widget.isEditable()
        ):
            continue
        need, room = _wants(widget)
        parent = widget.parentWidget()
        if need.width() > room.width() or need.height() > room.height():
            sizes = f"needs {need.width()}x{need.height()}, has {room.width()}x{room.height()}"
            found.append(f"{_words(widget)[:30]!r} {sizes}: {_where(widget)}")
        elif parent is not None and not parent.rect().contains(widget.geometry()):
            found.append(f"{_words(widget)[:30]!r} sticks out: {_where(widget)}")
    return found


def nameless(root: QWidget) -> list[str]:
    """Name every visible button or field that a screen reader has no word for."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextEdit)
    found = []
    for widget in _shown(root):
        # Parts of Qt's own widgets are named by the whole.
        if not isinstance(widget, kinds) or isinstance(widget.parentWidget(), (QLineEdit, QComboBox)):
            continue
        box = widget.parentWidget() if widget.objectName() == "qt_spinbox_lineedit" else None
        reader = QAccessible.queryAccessibleInterface(box or widget)
        if not reader.text(QAccessible.Text.Name).strip():
            found.append(_where(widget))
    return found


def holding_tab(root: QWidget) -> list[str]:
    """Name every field from which Tab does not lead on; only the body of a draft may keep it."""
    return [
        _where(widget)
        for widget in _shown(root)
        if isinstance(widget, (QPlainTextEdit, QTextEdit))
        and not widget.isReadOnly()
        and not isinstance(widget, BodyEditor)
        and not widget.tabChangesFocus()
    ]


def read_as_html(root: QWidget) -> list[str]:
    """Name every label and tooltip that would read people's words as HTML."""
    found = []
    for widget in _shown(root):
        if isinstance(widget, QLabel) and MARK in widget.text() and widget.textFormat() != Qt.TextFormat.PlainText:
            found.append(f"label {_where(widget)}")
        if MARK in widget.toolTip() and Qt.mightBeRichText(widget.toolTip()):  # type: ignore[attr-defined]
            found.append(f"tooltip {_where(widget)}")
    return found


def echoing(root: QWidget) -> list[str]:
    """Name every field for a passcode that shows it; the code on the slip from the safe is read off paper, once."""
    fields = [widget for widget in _shown(root) if isinstance(widget, QLineEdit)]
    named = [field for field in fields if "口令" in field.accessibleName() and field.accessibleName() != "恢复口令"]
    return [_where(field) for field in named if field.echoMode() is not QLineEdit.EchoMode.Password]


def sideways(root: QWidget) -> list[str]:
    """Name every part that is wider than the place it scrolls in; a list may be, a form may not."""
    found = []
    for area in _shown(root):
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inner is not None and inner.width() > area.viewport().width():
            found.append(f"{inner.width()} in {area.viewport().width()}: {_where(inner)}")
    return found


def misled_by_enter(root: QWidget) -> list[str]:
    """Name the button that Enter in a field presses, where another one is the act of the dialog.

    A disabled act is no excuse: it is enabled as soon as the fields are filled in.
    """
    shown = [widget for widget in _shown(root) if isinstance(widget, QPushButton) and isinstance(root, QDialog)]
    acts = [button for button in shown if button.property("kind") == "primary"]
    if len(acts) != 1 or acts[0].isDefault():
        return []
    return [f"{button.text()!r} instead of {acts[0].text()!r}" for button in shown if button.isDefault()]


def too_large(root: QWidget, size: tuple[int, int]) -> list[str]:
    """Say when a window cannot be made small enough for a screen of so many pixels."""
    layout = root.layout()
    assert layout is not None
    least = layout.totalMinimumSize().expandedTo(root.minimumSize())
    height = least.height()
    if isinstance(root, QDialog):
        height = max(height, layout.totalMinimumHeightForWidth(min(root.width(), size[0])))
    fits = least.width() <= size[0] and height <= size[1]
    return [] if fits else [f"wants at least {least.width()}x{height} of {size[0]}x{size[1]}"]


def looked_over(place: str, root: QWidget) -> list[str]:
    """Return every fault of one page or dialog."""
    return [
        f"{place}: {kind}: {line}"
        for kind, look in (
            ("clipped", clipped),
            ("scrolls sideways", sideways),
            ("nameless", nameless),
            ("keeps Tab", holding_tab),
            ("reads HTML", read_as_html),
            ("echoes", echoing),
            ("Enter presses", misled_by_enter),
        )
        for line in look(root)
    ]


def office_of_hostile_words(bench: Bench) -> str:
    """Let marked-up text stand wherever people write; return the draft that waits."""
    office = bench.office
    services = office.sign_in("陈账")
    account = services.accounts.list()[0]
    services.accounts.register("微博", f"{MARK}晋安发布")
    services.accounts.register("新华号", LONGEST[:100])
    services.accounts.change(replace(account, name=f"{MARK}晋安示例", handle=MARK))
    draft = office.submitted(office.content(TITLE, f"{MARK}请先开窗。"))
    services = office.sign_in("许管")
    services.staff.add(
        f"{MARK}丁", MARK, MARK, signs_in=True, roles=frozenset({Role.INFORMATION_OFFICER}), passcode=PASSCODE
    )
    long_words = LONGEST[:40], LONGEST[:60], LONGEST[:60]
    services.staff.add(*long_words, signs_in=False, roles=frozenset({Role.DEPUTY_LEADER}), passcode=PASSCODE)
    unit = services.settings.unit()
    services.settings.change_unit(
        code=unit.code, name=f"{MARK}局", short_name=f"{MARK}局", supervisor=MARK, code_word=unit.code_word
    )
    return draft.id


def dialogs_of(bench: Bench, parent: QWidget, draft_id: str, tmp_path: Path) -> Iterator[tuple[str, QDialog]]:
    """Build every dialog of the window one after the other, with something in it."""
    desk, ids, services = bench.desk, bench.ids, bench.services
    view = services.drafts.view
    yield "question", _question(parent)
    yield "danger", QuestionDialog(parent, TITLE, TITLE * 3, "作废这件稿件", "取消", danger=True)
    yield "bug", BugDialog(parent, ValueError(MARK))
    yield "progress", ProgressDialog("正在写入存档", parent)
    yield "help", HelpDialog(desk, parent, "drafts")
    yield "search", SearchDialog(desk, parent)
    for name in ("half", "fresh"):
        yield f"scans {name}", ScansDialog(desk, None, view(ids[name]))
    yield "register", RegisterDialog(desk, None, draft_id=draft_id)
    yield "register a scan", RegisterDialog(desk, None, draft_id=ids["fresh"], paths=(bench.worked.scans["signed"],))
    yield "remind", RemindDialog(desk, None, view(draft_id))
    yield "preview", PreviewDialog(desk, None, lambda: services.papers.review_sheet(draft_id), lambda _where: None)
    for name in ("approved", "publishing", ""):
        yield f"record {name}", RecordDialog(desk, None, ids[name] if name else "")
    yield "posts", PostsDialog(desk, None, ids["published"])
    yield "package", PackageDialog(desk, None, ids["approved"])
    choices = services.account_desk.choices()
    for account in services.accounts.list()[:2]:
        yield "account", ParticularsDialog(desk, parent, choices, account)
    yield "new account", ParticularsDialog(desk, parent, choices)
    yield "planned account", ParticularsDialog(desk, parent, choices, planned=True)
    yield from paper_dialogs(bench, parent)
    yield "platform", PlatformDialog(desk, parent, services.platforms.list()[0])
    yield "new platform", PlatformDialog(desk, parent)
    listed = tmp_path / "以前.csv"
    listed.write_text(f"发布时间,账号,标题,链接\n2026-01-02 09:00,晋安示例,{MARK},\n", "utf-8")
    yield "earlier", EarlierDialog(desk, parent, listed)
    lines = services.staff.list()
    for line in lines[-2:]:
        yield "person", PersonDialog(desk, parent, line)
    yield "new person", PersonDialog(desk, parent)
    limits = {role: RoleLimit(role, tuple(a.id for a in services.accounts.list())) for role in Role}
    yield "role limits", RoleLimitDialog(desk, parent, limits, {}, services.accounts.list())
    held = {role: date(2026, 10, 12) for role in Role}
    yield "held role limits", RoleLimitDialog(desk, parent, limits, held, services.accounts.list())
    yield "authorization", AuthorizationDialog(desk, parent, lines)
    moment = datetime(2026, 10, 12, 1, tzinfo=UTC)
    series = tuple(
        NumberSeries(*one)
        for year in (2027, 2026)
        for one in (("review_sheet", year, "晋示审", 118), ("archive_cover", year, "晋示档", 9))
    )
    yield "lost span", LostSpanDialog(desk, parent, RestoredFacts("备份", moment, moment, 9, "a5" * 32, series))
    yield from terminal_dialogs_of(bench, parent)
    record = sealed()
    yield "handover", HandoverDialog(desk, parent, record)
    yield "target", TargetDialog(desk, parent, 10**9)
    folder = tmp_path / "XS-JA-2026-10"
    yield "verified", VerifyDialog(parent, BagReport(folder, "1.0", ("sha256", "sm3"), 900, 10**9, ()))
    written = WrittenPackage(folder, "a5" * 32, "5a" * 32, 900, 10**9, True, True, True)
    yield "written", WrittenDialog(desk, parent, written, record)


def terminal_dialogs_of(bench: Bench, parent: QWidget) -> Iterator[tuple[str, QDialog]]:
    """Put a terminal on file that is out of the office, and build every dialog about it."""
    desk, services, day = bench.desk, bench.services, bench.services.today.day()
    people = tuple(line.person for line in services.staff.list())
    plan = Terminal("", MARK, f"{MARK}一号机", TerminalKind.PHONE, people[-1].id, MARK)
    made = services.terminals.register(plan, here=False)
    leader = services.terminal_leaves.approvers(day)[0].id
    services.terminal_leaves.take_out(made.id, day, day, f"{MARK}{TITLE}", leader, bench.office.scan())
    [line] = services.terminals.lines()
    accounts, names = services.accounts.list(), services.staff.names()
    yield "terminal", TerminalDialog(desk, parent, people, accounts, line)
    yield "new terminal", TerminalDialog(desk, parent, people, accounts)
    yield "terminal leave", TerminalLeaveDialog(desk, parent, line, services.terminal_leaves.list(made.id), names)
    yield "terminal return", TerminalReturnDialog(desk, parent, line)
    yield "terminal check", TerminalCheckDialog(desk, parent, line)


def paper_dialogs(bench: Bench, parent: QWidget) -> Iterator[tuple[str, QDialog]]:
    """Build the dialogs of an account's papers."""
    desk, services = bench.desk, bench.services
    account, papers = services.accounts.list()[0], services.applications
    paper = papers.begin(account.id, ApplicationKind.FILING, ApplicationText(FilingType.LATE, reason=MARK))
    paper = papers.present(paper.id)
    view, choices = services.account_desk.view(account.id), services.account_desk.choices()
    yield "filing", FilingDialog(desk, parent, view, FilingType.OPENING)
    change = ChangeDialog(desk, parent, view, choices)
    for tick in change.ticks.values():
        tick.setChecked(True)
    yield "change", change
    yield "closing", ClosingDialog(desk, parent, view)
    for refused in (False, True):
        yield "signing", SigningDialog(desk, parent, view, paper, refused=refused)
    yield "day", PaperDayDialog(desk, parent, view, paper, PaperStep.CARRY_OUT)
    yield "announce", AnnounceDialog(desk, parent, view, paper)
    yield "filing number", FilingNumberDialog(desk, parent, view, paper)
    yield "open account", OpenAccountDialog(desk, parent, view)
    yield "paper scans", PaperScansDialog(desk, parent, paper, ())


def sealed() -> ArchiveRecord:
    """Return the record of a month that was sealed and not handed over."""
    return ArchiveRecord(
        *("id", Month(2026, 10), 1, "晋示档〔2026〕9号", "XS-JA-2026-10", datetime(2026, 11, 2, 1, tzinfo=UTC), "陈账"),
        *("a5" * 32, "5a" * 32, 900, 10**9, 9, "a5" * 32),
    )


def _question(parent: QWidget) -> QuestionDialog:
    dialog = QuestionDialog(parent, "重发一次性口令", f"{MARK}将收到通知。", "确认")
    dialog.add_text("理由", multiline=True, required=True)
    dialog.add_passcode("您的口令")
    return dialog


def doors_of(bench: Bench) -> Iterator[tuple[str, QWidget]]:
    """Build every page before somebody is in."""
    desk = bench.desk
    yield "sign-in", SignInPage(desk, "晋安区示例局", bench.services.sign_in.names(), sample=True)
    yield "choose", PasscodePage(desk, "林晓", "ABCD-EFGH")
    yield "forgotten", ForgottenPage(desk, "许管")
    yield "welcome", WelcomePage("/home/office/.local/share/Xianshen")
    yield "trouble", TroublePage("数据来自更新的版本。", "请安装新版本。", "/home/office", restores=True)
    usual, other = Path("/home/office/.local/share/Xianshen"), Path("/home/office/.local/share/Xianshen-restored")
    yield "restore", RestoreWizard(desk, open_restoring(), other, usual)
    report = made_up_restore(other)
    lost = tuple(LackingFile("a5" * 32, "扫描件", f"{MARK}.pdf", TITLE) for _ in range(12))
    yield "restored", RestoredPage(report, lost, usual)
    moment = report.snapshot.taken_at
    series = tuple(
        NumberSeries(*one)
        for year in (2027, 2026)
        for one in (("review_sheet", year, "晋示审", 118), ("archive_cover", year, "晋示档", 9))
    )
    yield "numbers", PaperNumbersPage(desk, report, RestoredFacts("备份", moment, moment, 9, "a5" * 32, series))
    yield "wizard", SetupWizard(desk, "福州市晋安区人民政府办公室")
    codes = tuple(OneTimeCode(str(number), f"{MARK}张三", "ABCD-EFGH-JKMN", 7) for number in range(3))
    yield "slips", SlipsPage(desk, codes)


def made_up_restore(folder: Path) -> RestoreReport:
    """Return what a restore of a unit with a marked-up name says."""
    name, moment = "0007-2026-10-12-090000", datetime(2026, 10, 12, 1, tzinfo=UTC)
    snapshot = BackupSnapshot(
        *(name, 7, moment, "id", f"{MARK}局", 9, "a5" * 32, 10**6, "a5" * 32, 340, 10**9), ("b6" * 32,)
    )
    words = WordsReport(("decision:1", "decision:2", "statement:3"), ("statement:4",))
    over = (Expiry(RecordGroup.FILED, (), 10, 2026, 2026, 1650), Expiry(RecordGroup.LEAVERS, (), 10, 2026, 2026, 3))
    return RestoreReport(snapshot, folder, Actor("id", "许管", frozenset()), words, over)


class Tour:
    """Goes through the whole window and collects what is wrong."""

    def __init__(self, bench: Bench, size: tuple[int, int]) -> None:
        self.bench, self.size = bench, size
        self.draft_id = office_of_hostile_words(bench)
        self.found: set[str] = set()

    def look(self, place: str, root: QWidget) -> None:
        self.bench.settle()
        self.found.update(looked_over(place, root))
        self.found.update(f"{place}: {line}" for line in too_large(root.window(), self.size))

    def doors(self) -> None:
        for place, door in doors_of(self.bench):
            door.resize(*self.size)
            door.show()
            self.look(place, door)
            if isinstance(door, StepFrame):
                for number, step in enumerate(door.steps):
                    door.show_step(number)
                    self.look(f"wizard {step.label}", door)
            _let_go(door)

    def workplace(self, person: str) -> Workplace:
        unit = self.bench.services.door.look().unit
        assert unit is not None
        self.bench.sit(person)
        workplace = Workplace(self.bench.desk, unit)
        workplace.resize(*self.size)
        workplace.show()
        assert workplace.size().toTuple() == self.size, "the window wants more room than it has"
        return workplace

    def pages(self, person: str, workplace: Workplace) -> None:
        for entry in PAGES:
            page = workplace.show_page(entry.key)
            if not entry.within:
                self.look(f"{person} {entry.key}", workplace)
            if isinstance(page, SettingsPage):
                for name in page.sections:
                    page.show_subject(f"settings:{name}")
                    self.look(f"{person} settings {name}", workplace)
            if isinstance(page, ArchivePage):
                # The month with the most buttons is one that was sealed.
                page.panel.show_month(replace(read_month(self.bench.desk, Month(2026, 10)), record=sealed()))
                for part, shown in ((page.months, True), (page.panel, True), (page.empty, False)):
                    part.setVisible(shown)
                self.look(f"{person} sealed month", workplace)
            for state, bring_about in states_of(page, self.bench):
                bring_about()
                self.look(f"{person} {entry.key} {state}", workplace)
            page.refresh()
            for scene, act in page.scenes():
                act()
                self.look(f"{person} {entry.key} {scene}", workplace)
        for name in (self.draft_id, *self.bench.ids.values()):
            self.bench.desk.open(f"draft:{name}")
            self.look(f"{person} draft", workplace)

    def dialog(self, place: str, dialog: QDialog) -> None:
        dialog.open()
        self.look(place, dialog)
        _let_go(dialog)


@pytest.fixture
def _nothing_stays_open(bench: Bench) -> Iterator[None]:
    yield
    bench.settle()
    for window in QApplication.topLevelWidgets():
        # One may have gone with another that was its owner.
        if isValid(window):
            _let_go(window)


@pytest.mark.usefixtures("_nothing_stays_open")
@pytest.mark.parametrize(("theme", "scale", "size"), LOOKS)
def test_nothing_is_clipped_nameless_or_read_as_html(
    bench: Bench, qapp: QApplication, tmp_path: Path, theme: str, scale: int, size: tuple[int, int]
) -> None:
    apply_theme(qapp, theme, scale)
    tour = Tour(bench, size)
    tour.doors()
    for person in ("陈账", "许管", "林晓"):
        workplace = tour.workplace(person)
        tour.pages(person, workplace)
        if person == "陈账":
            for place, dialog in dialogs_of(bench, workplace, tour.draft_id, tmp_path):
                tour.dialog(place, dialog)
        _let_go(workplace)
    bench.sit("吴审")
    tour.dialog("decide", DecideDialog(bench.desk, None, tour.draft_id))
    assert not tour.found, "\n".join(sorted(tour.found))


def _let_go(widget: QWidget) -> None:
    if isinstance(widget, QDialog):
        widget.done(0)
    widget.hide()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_look_finds_what_is_clipped_nameless_or_holds_tab_and_what_reads_html_or_echoes(qapp: QApplication) -> None:
    outer = QWidget()
    outer.resize(400, 300)
    narrow, nowhere = QLabel("这些字放不下", outer), QPushButton("", outer)
    narrow.resize(20, 20)
    nowhere.setGeometry(0, 40, 30, 30)
    button, box = QPushButton("这个按钮太窄了", outer), QCheckBox("这个框太窄了", outer)
    button.setGeometry(0, 80, 30, 30)
    box.setGeometry(380, 120, 300, 30)
    wrapped, field = QLabel("折行以后放不下" * 9, outer), QTextEdit(outer)
    wrapped.setWordWrap(True)
    wrapped.setGeometry(0, 160, 60, 20)
    field.setGeometry(100, 160, 60, 60)
    marked = QLabel(MARK, outer)
    marked.setGeometry(100, 240, 200, 30)
    open_field = QLineEdit(outer)
    open_field.setAccessibleName("本人口令")
    open_field.setGeometry(100, 270, 200, 30)
    area, broad = QScrollArea(outer), QWidget()
    broad.setMinimumWidth(200)
    area.setWidget(broad)
    area.setGeometry(200, 0, 100, 60)
    outer.show()
    asked = QDialog()
    acts = QVBoxLayout(asked)
    for words, kind in (("取消", ""), ("登记", "primary")):
        acts.addWidget(button := QPushButton(words))
        button.setProperty("kind", kind)
    asked.show()
    assert misled_by_enter(asked) == ["'取消' instead of '登记'"]
    _let_go(asked)
    assert len(clipped(outer)) == 4
    assert len(nameless(outer)) == 2
    assert len(sideways(outer)) == 1
    assert len(holding_tab(outer)) == 1
    assert len(read_as_html(outer)) == 1
    assert len(echoing(outer)) == 1
    _let_go(outer)
