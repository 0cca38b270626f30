"""What the bench runs in processes of their own: each prints its figures as one line of JSON."""

import json
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HOME = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(HOME))

SAMPLE_PASSCODE = "xianshen-sample"


def say(**figures: float) -> None:
    print(json.dumps(figures), flush=True)


def megabytes() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def median(act: Callable[[], object], times: int = 7) -> float:
    """Return the median of some runs in seconds, after one that warms up."""
    act()
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def medians(floor: Callable[[], object], ours: Callable[[], object], times: int = 9) -> dict[str, float]:
    """Run both in turn, so that the machine's moods meet them alike; return the median of each in seconds."""
    spent: dict[str, list[float]] = {"floor": [], "ours": []}
    for turn in range(times + 1):
        for name, act in (("floor", floor), ("ours", ours)):
            begun = time.perf_counter()
            act()
            if turn:
                spent[name].append(time.perf_counter() - begun)
    return {name: statistics.median(each) for name, each in spent.items()}


def bare_window() -> None:
    """A PySide6 window with one field that takes a key: the floor of any start."""
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QVBoxLayout, QWidget

    app = QApplication([])
    window, inner = QMainWindow(), QWidget()
    field = QLineEdit()
    layout = QVBoxLayout(inner)
    layout.addWidget(QLabel("口令"))
    layout.addWidget(field)
    window.setCentralWidget(inner)
    window.show()
    field.setFocus()
    _when_a_key_arrives(field, app.quit)
    app.exec()


def remember_door(folder: str) -> None:
    """Leave in a data folder what the window remembers after every run: whose name stood on the door."""
    from app.bootstrap import open_services
    from app.ui.window_memory import WindowMemory, remember

    sign = open_services(Path(folder)).door.look()
    assert sign.unit is not None
    remember(Path(folder), WindowMemory(None, "light", 100, sign.unit.short_name, sign.unit.sample, sign.names[0]))
    say(done=1.0)


def sign_in_page(folder: str) -> None:
    """The program's own start, until its passcode field takes a key; then until the records are open behind it."""
    from PySide6.QtCore import QCoreApplication, QTimer
    from PySide6.QtWidgets import QLineEdit

    from app.ui.application import make_window, start_application
    from app.ui.opening import Opening
    from app.ui.window_memory import recall

    def open_records(place: Path) -> object:
        from app.bootstrap import open_services

        return open_services(place)

    memory = recall(Path(folder))
    start_application(memory.theme, memory.scale)
    window = make_window(Opening(open_records, open_records, Path(folder), Path(folder)), memory)  # type: ignore[arg-type]
    window.begin()
    window.show()

    def until_open() -> None:
        if window.door.threshold is None:
            QTimer.singleShot(1, until_open)
            return
        say(megabytes=megabytes())
        QCoreApplication.quit()

    fields = [f for f in window.findChildren(QLineEdit) if f.echoMode() is QLineEdit.EchoMode.Password]
    _when_a_key_arrives(fields[0], until_open)
    QCoreApplication.exec()
    window.desk.tasks.close()


def _when_a_key_arrives(field: object, then: Callable[[], None]) -> None:
    from PySide6.QtCore import QEvent, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLineEdit

    assert isinstance(field, QLineEdit)

    def arrived(_text: str) -> None:
        field.window().grab()
        say(megabytes=megabytes())
        then()

    field.textChanged.connect(arrived)

    def press() -> None:
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.postEvent(field, key)

    QTimer.singleShot(0, press)


def today(folder: str, name: str) -> None:
    """From the right passcode to 今日 drawn, against checking it and drawing an empty page."""
    from argon2 import PasswordHasher
    from PySide6.QtWidgets import QApplication, QWidget

    from app.bootstrap import open_services
    from app.ui.changes import Changes
    from app.ui.desk import Desk
    from app.ui.dialogs import Dialogs
    from app.ui.page import Page
    from app.ui.tasks import Tasks
    from app.ui.theme import apply_theme
    from app.ui.today.today_page import TodayPage

    app = QApplication([])
    apply_theme(app, "light", 100)
    services = open_services(Path(folder))
    dialogs = Dialogs()
    tasks = Tasks(dialogs)
    desk = Desk(services, tasks, Changes(), dialogs)
    hasher = PasswordHasher()
    stored = hasher.hash(SAMPLE_PASSCODE)

    def floor() -> None:
        hasher.verify(stored, SAMPLE_PASSCODE)
        _drawn(Page(desk))

    def ours() -> None:
        desk.actor = services.sign_in.sign_in(name, SAMPLE_PASSCODE).actor
        _drawn(TodayPage(desk))

    def _drawn(page: QWidget) -> None:
        page.resize(1240, 820)
        page.show()
        tasks.wait_idle()
        app.processEvents()
        page.grab()
        page.close()
        page.deleteLater()
        app.processEvents()

    say(**medians(floor, ours))
    tasks.close()


def first_rows(folder: str, name: str) -> None:
    """The first rows of the drafts, against a bare query in a bare table."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    from app.bootstrap import open_services
    from app.ui.changes import Changes
    from app.ui.desk import Desk
    from app.ui.dialogs import Dialogs
    from app.ui.drafts.draft_table import DraftTableModel
    from app.ui.tasks import Tasks
    from app.ui.theme import apply_theme

    app = QApplication([])
    apply_theme(app, "light", 100)
    services = open_services(Path(folder))
    dialogs = Dialogs()
    tasks = Tasks(dialogs)
    desk = Desk(services, tasks, Changes(), dialogs)
    desk.actor = services.sign_in.sign_in(name, SAMPLE_PASSCODE).actor
    read: list[int] = []

    def floor() -> None:
        connection = sqlite3.connect(Path(folder) / "xianshen.db")
        sql = "SELECT number_serial, title, state, account_ids, author_id, updated_at FROM draft"
        rows = connection.execute(f"{sql} ORDER BY updated_at DESC, id LIMIT 50").fetchall()
        connection.close()
        model = QStandardItemModel()
        for row in rows:
            model.appendRow([QStandardItem(str(cell)) for cell in row])
        _drawn(model)

    def ours() -> None:
        model = DraftTableModel(desk)
        model.reload()
        tasks.wait_idle()
        _drawn(model)
        read.append(sum(model.row(number) is not None for number in range(0, model.rowCount(), 50)))
        tasks.wait_idle()

    def _drawn(model: object) -> None:
        view = QTableView()
        view.setModel(model)  # type: ignore[arg-type]
        view.resize(860, 660)
        view.show()
        app.processEvents()
        view.grab()
        view.close()
        view.deleteLater()
        app.processEvents()

    say(**medians(floor, ours, 15), pages_read=float(read[0]))
    tasks.close()


def search(folder: str, name: str) -> None:
    """A two-character search, against opening the file in sqlite3 and asking for the same MATCH."""
    from app.bootstrap import open_services

    services = open_services(Path(folder))
    services.sign_in.sign_in(name, SAMPLE_PASSCODE)

    def floor() -> None:
        connection = sqlite3.connect(Path(folder) / "xianshen.db")
        sql = """SELECT d.title, s.body FROM search_text AS t CROSS JOIN search_document AS s ON s.id = t.rowid
            JOIN draft AS d ON d.id = s.subject_id WHERE t.body MATCH ? ORDER BY t.rowid DESC LIMIT 20"""
        rows = connection.execute(sql, ('"活 动"',)).fetchall()
        connection.close()
        assert rows

    found = services.search.find("活动")
    assert found
    say(**medians(floor, lambda: services.search.find("活动"), 25))


def bare_sheet() -> None:
    """One page of Chinese by ReportLab alone, with the same three fonts: what a fresh process costs at least."""
    _bare_page()()
    say(done=1.0)


def whole_sheet() -> None:
    """A review sheet with PDF/A in a fresh process."""
    _sheet(1)()
    say(done=1.0)


def sheets() -> None:
    """A sheet warm against a bare page warm, and what a further page of 附页 costs."""
    one, ten, thirty = _sheet(1), _sheet(10), _sheet(30)
    counted = [float(compose()) for compose in (ten, thirty)]
    times = [median(compose, 5) for compose in (ten, thirty)]
    say(
        **medians(_bare_page(), one),
        further_page=(times[1] - times[0]) / (counted[1] - counted[0]),
        pages_10=counted[0],
        pages_30=counted[1],
        seconds_10=times[0],
        seconds_30=times[1],
    )


def _bare_page() -> Callable[[], int]:
    import io

    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    fonts = HOME / "resources" / "fonts"
    for name in ("NotoSerifSC-Regular", "NotoSansSC-Regular", "NotoSerifSC-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf")))

    def compose() -> int:
        canvas = Canvas(io.BytesIO(), A4)
        canvas.setFont("NotoSerifSC-Bold", 18)
        canvas.drawString(60, 780, "福州市晋安区政务新媒体信息发布审核表")
        for line in range(30):
            canvas.setFont("NotoSansSC-Regular" if line % 2 else "NotoSerifSC-Regular", 10.5)
            canvas.drawString(60, 740 - 18 * line, "请先开窗、关阀，到室外拨打抢修电话，并通知物业和邻居一起留意。")
            canvas.rect(55, 735 - 18 * line, 480, 18)
        canvas.showPage()
        canvas.save()
        return 1

    return compose


def _sheet(pages: int) -> Callable[[], int]:
    from datetime import UTC, datetime

    from app.forms.review_sheet import compose_review_sheet
    from app.forms.typeface import Fonts
    from app.models.content import Block, BlockKind
    from app.models.paper import Field, PaperHead, ReviewSheet, SignatureBox
    from app.models.papercode import PaperKind

    head = PaperHead(
        unit_name="福州市晋安区示例局",
        unit_code="JA-SL-01",
        kind=PaperKind.REVIEW_SHEET,
        subject_id="29f17665-8190-488d-82a5-3fe5a483b576",
        title="福州市晋安区政务新媒体信息发布审核表",
        number="晋示审〔2026〕118号",
        revision=1,
        fingerprint="7f" * 32,
        audit_seq=20417,
        audit_head="a5" * 32,
        issued_at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC),
    )
    paragraph = "入冬以来，居民用电用气负荷明显上升。为保障安全，请留意以下事项，并转告家中老人。" * 4
    body = tuple(Block(BlockKind.PARAGRAPH, paragraph) for _ in range(1 if pages == 1 else pages * 8))
    steps = tuple(SignatureBox(name, ("同意", "退回修改")) for name in ("初审", "保密审查", "主要领导签批"))
    fields = (
        Field("标题", "关于冬季用电用气安全的提示", wide=True),
        Field("发布账号", "微信公众号"),
        Field("信息来源", "原创"),
    )
    sheet = ReviewSheet(head, fields, "", body, checks=("涉及国家秘密：否",), steps=steps, footnote="")
    fonts = Fonts(HOME / "resources" / "fonts")
    return lambda: compose_review_sheet(sheet, fonts).pages


def archive(place: str) -> None:
    """Write a package whose payload lies in a folder."""
    from app.archive.bag_writer import write_package
    from app.models.archive_package import Package, PackageFile

    files = tuple(
        PackageFile(f"items/{path.name}", path.name, source=path)
        for path in sorted((Path(place) / "payload").iterdir())
    )
    with TemporaryDirectory(dir=place) as target:
        begun = time.perf_counter()
        write_package(Package("bag", files, ()), Path(target))
        say(ours=time.perf_counter() - begun)


_ALL = (bare_window, remember_door, sign_in_page, today, first_rows, search, bare_sheet, whole_sheet, sheets, archive)
PROBES: dict[str, Callable[..., None]] = {probe.__name__: probe for probe in _ALL}

if __name__ == "__main__":
    PROBES[sys.argv[1]](*sys.argv[2:])
