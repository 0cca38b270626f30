"""Files dropped on the whole window, over real records: what a clerk expects of each kind on every page."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import FileUnreadableError
from app.messages import explain
from app.models.draft_list import DraftFilter, DraftQuery
from app.ui.drafts.draft_page import DraftPage
from app.ui.editor.editor_page import EditorPage
from app.ui.review.register_dialog import RegisterDialog
from app.ui.workplace import Workplace
from tests.services.pictures import png
from tests.ui.dragging import drop, files, hover
from tests.ui.work_office import Bench, bench

__all__ = ["bench"]


@pytest.fixture
def place(bench: Bench, qtbot: QtBot) -> Workplace:
    unit = bench.services.door.look().unit
    assert unit is not None
    made = Workplace(bench.desk, unit)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    made.start()
    bench.settle()
    return made


def text_file(folder: Path, name: str = "便民通知.txt") -> Path:
    path = folder / name
    path.write_text(f"{path.stem}\n\n周六上午在社区广场办理。", encoding="gb18030")
    return path


def newest(bench: Bench) -> str:
    return bench.services.drafts.page(DraftQuery(DraftFilter.ALL), 0, 1)[0].title


def row_place(place: Workplace, bench: Bench, name: str) -> QPoint:
    page = place.show_page("drafts")
    bench.settle()
    assert isinstance(page, DraftPage)
    row = page.model.place_of(bench.ids[name])
    return page.table.viewport().mapTo(place, page.table.visualRect(page.model.index(row, 1)).center())


@pytest.mark.parametrize("key", ["today", "drafts", "accounts", "archive", "settings"])
def test_on_every_page_a_text_becomes_a_draft_in_the_editor_and_stays_as_it_is(
    bench: Bench, place: Workplace, tmp_path: Path, key: str
) -> None:
    text = text_file(tmp_path)
    before = text.read_bytes()
    page = place.show_page(key)
    bench.settle()
    assert drop(page, files([text]), QPoint(400, 400))
    bench.settle()
    assert place.current_key == "editor"
    assert newest(bench) == "便民通知"
    assert text.read_bytes() == before


@pytest.mark.parametrize("key", ["today", "drafts", "accounts", "archive", "settings"])
def test_on_every_page_a_signed_scan_is_registered(bench: Bench, place: Workplace, key: str) -> None:
    page = place.show_page(key)
    bench.settle()
    assert drop(page, files([bench.worked.scans["signed"]]), QPoint(40, 20))
    dialog = bench.one(RegisterDialog)
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["fresh"]


def test_several_texts_become_drafts_and_the_list_is_shown(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    before = bench.services.drafts.counts()[DraftFilter.ALL]
    broken = tmp_path / "坏的.docx"
    broken.write_bytes(b"PK\x03\x04" + bytes(600))
    assert drop(place, files([text_file(tmp_path, "甲.txt"), broken, text_file(tmp_path, "乙.txt")]))
    bench.settle()
    assert bench.services.drafts.counts()[DraftFilter.ALL] == before + 2
    assert place.current_key == "drafts"
    assert [type(error) for error in bench.dialogs.errors] == [FileUnreadableError]


def test_an_old_word_file_is_refused_with_what_to_do(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    old, rich = tmp_path / "旧通知.doc", tmp_path / "通知.rtf"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    rich.write_bytes(rb"{\rtf1\ansi abc}")
    assert drop(place, files([old, rich]), QPoint(400, 400))
    bench.settle()
    assert [type(error) for error in bench.dialogs.errors] == [FileUnreadableError] * 2
    assert "另存为 .docx" in str(explain(bench.dialogs.errors[1]))


def test_what_is_of_no_use_is_told_of_and_the_rest_is_taken(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    others = [tmp_path / f"{name}.exe" for name in "abcd"]
    assert hover(place, files(others[:1]))
    assert place.landing.drop.hint.label.text() == "这种文件这里用不上"
    assert drop(place, files(others[:1]))
    bench.settle()
    [told] = bench.dialogs.asked
    assert "“a.exe”没有取用" in told
    assert "PDF" in told
    assert ".docx" in told
    assert place.current_key == "today"
    assert drop(place, files([*others, text_file(tmp_path)]))
    bench.settle()
    assert "等 4 个文件没有取用" in bench.dialogs.asked[1]
    assert newest(bench) == "便民通知"


def test_who_may_not_is_told_who_may(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    bench.sit("王局")
    for path, who in ((bench.worked.scans["signed"], "账号管理员"), (text_file(tmp_path), "信息员")):
        assert hover(place, files([path]))
        assert who in place.landing.drop.hint.label.text()
        assert drop(place, files([path]))
        bench.settle()
        assert who in bench.dialogs.asked[-1]
    assert bench.none(RegisterDialog)
    assert place.current_key == "today"


def test_a_scan_dropped_on_a_draft_without_a_readable_code_is_taken_for_it(bench: Bench, place: Workplace) -> None:
    assert drop(place, files([bench.worked.scans["blank"]]), row_place(place, bench, "half"))
    dialog = bench.one(RegisterDialog)
    assert dialog.match is not None
    assert dialog.match.draft_id == bench.ids["half"]
    assert "没有读到二维码" in dialog.notice.text


def test_the_hint_says_what_letting_go_would_do(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    hint = place.landing.drop.hint

    def said(point: QPoint, path: Path) -> str:
        assert hover(place, files([path]), point)
        assert hint.isVisible()
        assert hint.geometry() == place.rect()
        return hint.label.text()

    assert "导入为新稿件" in said(QPoint(300, 300), tmp_path / "a.docx")
    assert "等待初审的一件" in said(row_place(place, bench, "fresh"), tmp_path / "a.pdf")
    assert "按二维码找到稿件" in said(row_place(place, bench, "approved"), tmp_path / "a.pdf")
    QApplication.sendEvent(place, QDragLeaveEvent())
    assert not hint.isVisible()
    assert not place.landing.drop.eventFilter(place, QEvent(QEvent.Type.Enter))


def test_words_that_are_dragged_are_not_taken_for_files(place: Workplace) -> None:
    offer = files([])
    offer.setText("茶园街道")
    assert not hover(place, offer)
    assert not place.landing.drop.hint.isVisible()


def test_nothing_is_taken_behind_a_dialog(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    dialog = QDialog(place)
    dialog.open()
    bench.settle()
    assert not hover(place, files([text_file(tmp_path)]))
    dialog.close()
    bench.settle()
    assert hover(place, files([text_file(tmp_path)]))


def test_a_file_dropped_on_the_search_goes_to_the_page(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    page = place.show_page("drafts")
    bench.settle()
    assert isinstance(page.search, QLineEdit)
    offer = files([text_file(tmp_path)])
    offer.setText("便民通知.txt")
    assert drop(page.search, offer)
    bench.settle()
    assert page.search.text() == ""
    assert place.current_key == "editor"


def editor(bench: Bench, place: Workplace, name: str, person: str) -> EditorPage:
    bench.sit(person)
    bench.desk.open(f"draft-editor:{bench.ids[name]}")
    bench.settle()
    page = place.page
    assert isinstance(page, EditorPage)
    return page


def test_beside_the_text_of_a_draft_a_file_goes_where_it_would_go_on_it(
    bench: Bench, place: Workplace, tmp_path: Path
) -> None:
    page = editor(bench, place, "writing", "林晓")
    paper, picture = tmp_path / "方案.pdf", tmp_path / "图.png"
    paper.write_bytes(b"%PDF-1.7 x")
    picture.write_bytes(png(60, 40))
    title = page.pane.main.title
    before = title.text
    for target in (page.title_label, title.viewport()):
        assert hover(target, files([picture]))
        assert page.files.drop.hint.label.text() == "松开鼠标，图片放进正文"
        assert not place.landing.drop.hint.isVisible()
    assert drop(title.viewport(), files([picture, paper]))
    bench.settle()
    assert title.text == before
    assert len(page.pane.main.body.pictures) == 1
    assert [each.name for each in page.panel.attachments.attachments] == ["方案.pdf"]


def test_over_the_text_and_the_cards_a_frame_says_what_letting_go_would_do(
    bench: Bench, place: Workplace, tmp_path: Path
) -> None:
    page = editor(bench, place, "writing", "林晓")
    body = page.pane.main.body
    said = {
        "图.png": "松开鼠标，图片放进正文",
        "来文.docx": "松开鼠标，再选择放在哪里",
        "方案.pdf": "松开鼠标，添加为附件",
    }
    for name, words in said.items():
        assert hover(body.viewport(), files([tmp_path / name]))
        [shown] = [label for label in body.findChildren(QLabel) if label.isVisible() and label.text()]
        assert shown.text() == words
    QApplication.sendEvent(body.viewport(), QDragLeaveEvent())
    assert not [label for label in body.findChildren(QLabel) if label.isVisible()]
    assert hover(page.panel.attachments, files([tmp_path / "方案.pdf"]))
    assert page.panel.attachments.drop.hint.isVisible()


def test_over_a_draft_that_is_only_read_the_window_takes_files(bench: Bench, place: Workplace, tmp_path: Path) -> None:
    page = editor(bench, place, "writing", "陈账")
    assert page.read_only
    for target in (page.pane.main.body.viewport(), page.panel.attachments, page.title_label):
        assert hover(target, files([tmp_path / "a.pdf"]))
        assert place.landing.drop.hint.isVisible()
        assert "登记签字扫描件" in place.landing.drop.hint.label.text()
        QApplication.sendEvent(target, QDragLeaveEvent())
