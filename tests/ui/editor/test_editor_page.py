import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.errors import AppError, FileUnreadableError, NotEnoughSpaceError, SecrecyMarkError
from app.forms.body_text import characters
from app.models.content import (
    Attachment,
    Block,
    BlockKind,
    Content,
    Declarations,
    Form,
    Origin,
    Picture,
    Source,
    Variant,
    Video,
)
from app.models.draft import Draft, DraftState, ReviewClass, Urgency
from app.models.draft_list import DraftQuery
from app.models.fingerprint import fingerprint
from app.models.right import Role
from app.models.staff import Actor, RoleLimit
from app.services.secrecy_clearing import Cleared
from app.ui.desk import Desk
from app.ui.editor.draft_keeper import KeepState
from app.ui.editor.editor_page import EditorPage
from app.ui.editor.side_panel import CHECKS
from app.ui.theme import apply_theme
from tests.intake.word_maker import NAMESPACES, docx, p, run
from tests.ui import dragging

P = BlockKind.PARAGRAPH
SECRET = "机密★10年 某某部署情况纪要"
WRITER, MANAGER, ADMINISTRATOR = "信息员乙", "管理员甲", "系统己"


def png(colour: str = "red", side: int = 40) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QColor, QImageWriter

    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def body(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(P, text) for text in texts)


class Bench:
    """An editor over a real office, and what it asked to open."""

    def __init__(self, desk: Desk, show: Callable[..., None], dialogs: Any) -> None:
        self.desk, self.dialogs = desk, dialogs
        self.opened: list[str] = []
        desk.open = self.opened.append
        self.page = EditorPage(desk)
        show(self.page, 1100, 760)

    def wait(self) -> None:
        assert self.desk.tasks.wait_idle(20_000)
        QApplication.processEvents()
        assert self.desk.tasks.wait_idle(20_000)

    def start(self, content: Content | None = None) -> Draft:
        draft = self.desk.services.drafts.start(content)
        self.open(draft)
        return draft

    def open(self, draft: Draft) -> None:
        self.page.show_subject(f"draft-editor:{draft.id}")
        self.wait()

    def check(self) -> None:
        self.page.checking.check()
        self.wait()

    def save(self) -> None:
        assert self.page.keeper is not None
        self.page.keeper.save()
        self.wait()

    def type(self, words: str) -> None:
        cursor = self.page.pane.current.body.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(words)

    def stored(self) -> Draft:
        assert self.page.keeper is not None
        return self.desk.services.drafts.view(self.page.keeper.draft_id).draft

    def actions(self) -> list[str]:
        return [entry.action for entry in self.desk.services.audit.page(0, 30)]


@pytest.fixture
def bench(desk: Desk, sign_in: Callable[[str], Actor], show: Callable[..., None], dialogs: Any) -> Iterator[Bench]:
    sign_in(WRITER)
    found = Bench(desk, show, dialogs)
    yield found
    dialogs.answers.clear()
    found.page.keep_input()
    found.wait()
    found.page.close()


def accounts(bench: Bench) -> tuple[str, ...]:
    return tuple(account.id for account in bench.desk.services.accounts.targets())


def complete(bench: Bench, *texts: str) -> Content:
    return Content(
        title="区图书馆延长开放时间",
        blocks=body(*(texts or ("今天起延长一小时。",))),
        account_ids=accounts(bench)[:1],
        declarations=Declarations(no_secrets=True),
    )


# ---- keeping ------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_after_a_pause(bench: Bench, qtbot: QtBot) -> None:
    bench.start()
    bench.page.pane.main.title.setFocus()
    qtbot.keyClicks(bench.page.pane.main.title, "Title")
    assert bench.page.state_label.text() == "未保存"
    qtbot.waitUntil(lambda: bench.page.state_label.text().startswith("已保存"), timeout=5000)
    assert bench.stored().content.title == "Title"


def test_characters_are_counted_as_on_the_sheet(bench: Bench) -> None:
    picture = Picture(bench.desk.services.drafts.keep_file(png()), "图.png", "说明", "本单位拍摄")
    blocks = (
        Block(P, "甲 乙\n丙"),
        Block(BlockKind.TABLE, rows=(("街道", "3"),)),
        Block(BlockKind.PICTURE, picture=picture),
    )
    bench.open(bench.desk.services.drafts.start(Content(title="标题", blocks=blocks)))
    bench.page.checking.check()
    assert bench.page.words_label.text() == f"正文 {characters(blocks)} 字" == "正文 6 字"


def test_opening_a_draft_changes_nothing(bench: Bench) -> None:
    first, second = accounts(bench)
    digest = bench.desk.services.drafts.keep_file(png())
    content = Content(
        title="标题𬭎",
        summary="摘要\n两行",
        form=Form.VIDEO,
        blocks=(
            Block(BlockKind.HEADING, "一、", 1),
            Block(P, "𬭎😀\n软换行"),
            Block(BlockKind.NUMBERED, "甲"),
            Block(BlockKind.TABLE, rows=(("a", "b"), ("c",))),
            Block(BlockKind.PICTURE, picture=Picture(digest, "图.png", "说明", "本单位拍摄")),
            Block(P, ""),
        ),
        attachments=(Attachment(digest, "附件.pdf", 12), Attachment(digest, "又一份.pdf", 12)),
        video=Video("演练.mp4", 1234, "c" * 64, 95, digest),
        account_ids=(second, first),
        variants=(Variant(second, "短标题", body("短文")),),
        source=Source(Origin.REPOST, "示例局", "原标题", "https://example.gov.cn/1"),
        declarations=Declarations(no_secrets=True, personal_data=True, ai_made=True, map_number="闽S〔2026〕1号"),
    )
    draft = bench.desk.services.drafts.start(content)
    draft = bench.desk.services.drafts.save(
        replace(
            draft,
            review_class=ReviewClass.SENSITIVE,
            urgency=Urgency.URGENT,
            category="旧栏目",
            planned_at=datetime(2026, 11, 30, 1, 30, tzinfo=UTC),
            notes="备注",
        )
    )
    before = bench.desk.services.audit.count()
    bench.open(draft)
    assert bench.page.keeper is not None
    assert not bench.page.keeper.unsaved
    assert bench.page.form.gather(draft) == draft
    assert fingerprint(bench.page.form.content()) == fingerprint(content)
    assert bench.page.panel.handling.planned_at.text() == "2026-11-30 09:30"
    bench.page.keep_input()
    bench.wait()
    assert bench.stored() == draft
    assert bench.desk.services.audit.count() == before


def test_leaving_keeps_every_word_though_a_save_is_on_its_way(bench: Bench) -> None:
    bench.start()
    bench.type("甲")
    assert bench.page.keeper is not None
    bench.page.keeper.save()
    bench.type("乙")
    bench.page.keeper.save()
    bench.type("丙")
    bench.page.keep_input()
    # As the lock does: the session ends behind what is being saved.
    bench.desk.tasks.run(bench.page, bench.desk.services.sign_in.sign_out, lambda _done: None)
    bench.wait()
    assert bench.stored().content.plain_body == "甲乙丙"
    assert not bench.page.keeper.unsaved
    assert bench.dialogs.errors == []
    bench.desk.actor = bench.desk.services.sign_in.sign_in(WRITER, "晋安-河边-散步-7").actor


def test_the_chain_tells_when_editing_began_and_ended(bench: Bench) -> None:
    draft = bench.start()
    assert "draft.edit_begin" not in bench.actions()
    for word in "甲乙":
        bench.type(word)
        bench.save()
    bench.page.keep_input()
    bench.wait()
    assert bench.actions()[:2] == ["draft.edit_end", "draft.edit_begin"]
    ended = bench.desk.services.audit.page(0, 1)[0]
    assert fingerprint(bench.desk.services.drafts.view(draft.id).draft.content) in str(ended)
    bench.type("丙")
    bench.page.keep_input()
    bench.wait()
    assert bench.actions()[:4] == ["draft.edit_end", "draft.edit_begin", "draft.edit_end", "draft.edit_begin"]


def test_another_draft_is_opened_only_after_the_first_is_kept(bench: Bench) -> None:
    first = bench.start()
    bench.type("第一件")
    bench.start(Content(title="第二件"))
    assert bench.desk.services.drafts.view(first.id).draft.content.plain_body == "第一件"
    assert bench.page.pane.main.title.text == "第二件"
    assert bench.page.form.content().blocks == ()


def test_text_saved_elsewhere_is_not_overwritten_without_a_word(bench: Bench) -> None:
    draft = bench.start(complete(bench))
    services = bench.desk.services
    services.drafts.save(replace(draft, content=replace(draft.content, title="别处改的")))
    bench.type("我写的")
    bench.save()
    assert bench.page.conflict.isVisible()
    assert "我写的" in bench.page.form.content().plain_body
    assert bench.stored().content.title == "别处改的"
    bench.page.overtaking.keep_mine()
    bench.wait()
    assert "我写的" in bench.stored().content.plain_body
    assert not bench.page.conflict.isVisible()


def test_both_texts_can_be_kept(bench: Bench) -> None:
    draft = bench.start(complete(bench))
    bench.desk.services.drafts.save(replace(draft, content=replace(draft.content, title="别处改的")))
    bench.type("我写的")
    bench.save()
    bench.page.overtaking.keep_both()
    bench.wait()
    assert bench.opened[-1].startswith("draft-editor:")
    mine = bench.desk.services.drafts.view(bench.opened[-1].partition(":")[2]).draft
    assert mine.id != draft.id
    assert "我写的" in mine.content.plain_body
    assert bench.desk.services.drafts.view(draft.id).draft.content.title == "别处改的"


def test_an_overtaken_text_is_kept_apart_when_the_window_closes(bench: Bench) -> None:
    draft = bench.start(complete(bench))
    bench.desk.services.drafts.save(replace(draft, content=replace(draft.content, title="别处改的")))
    bench.type("我写的")
    bench.save()
    bench.page.keep_input()
    bench.wait()
    bench.page.keep_input()
    bench.wait()
    texts = [
        bench.desk.services.drafts.view(row.id).draft.content.plain_body
        for row in bench.desk.services.drafts.page(DraftQuery(), 0, 9)
    ]
    assert len(texts) == 2
    assert any("我写的" in text for text in texts)
    assert bench.page.pane.main.title.text == "别处改的"
    assert bench.page.unsaved == ""


def test_leaving_what_cannot_be_saved_is_asked_first(bench: Bench) -> None:
    other = bench.desk.services.drafts.start(Content(title="别的"))
    bench.start(complete(bench))
    bench.type(SECRET)
    bench.check()
    assert "密级标志" in bench.page.unsaved
    bench.dialogs.answers.append(False)
    bench.open(other)
    assert SECRET in bench.page.form.content().plain_body
    bench.dialogs.answers.append(True)
    bench.open(other)
    assert bench.page.pane.main.title.text == "别的"
    assert bench.page.unsaved == ""


def test_a_change_made_elsewhere_is_shown_when_nothing_is_typed(bench: Bench) -> None:
    draft = bench.start(complete(bench))
    bench.desk.services.drafts.save(replace(draft, content=replace(draft.content, title="别处改的")))
    bench.page.refresh()
    bench.wait()
    assert bench.page.pane.main.title.text == "别处改的"


def test_a_full_disk_is_told_and_the_next_key_tries_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.start()
    services = bench.desk.services
    real = services.drafts.save

    def full(_draft: Draft) -> Draft:
        raise NotEnoughSpaceError(1000)

    monkeypatch.setattr(services.drafts, "save", full)
    bench.type("甲")
    bench.save()
    assert "没有保存" in bench.page.trouble.text
    assert bench.page.state_label.text() == "未保存"
    monkeypatch.setattr(services.drafts, "save", real)
    bench.type("乙")
    bench.save()
    assert bench.stored().content.plain_body == "甲乙"
    assert bench.page.trouble.text == ""


def test_a_title_too_long_is_told_and_stays(bench: Bench) -> None:
    bench.start()
    bench.page.pane.main.title.insertPlainText("长" * 501)
    bench.save()
    assert "501" in bench.page.trouble.text
    assert bench.page.pane.main.counter.text() == "501/500"
    assert len(bench.page.pane.main.title.text) == 501
    bench.page.pane.main.title.textCursor().deletePreviousChar()
    bench.save()
    assert bench.stored().content.title == "长" * 500


# ---- checks -------------------------------------------------------------------------------------


def test_a_number_is_marked_where_it_stands_and_masked_with_one_click(bench: Bench) -> None:
    bench.start(complete(bench, "𬭎😀请打", "电话13812345678。"))
    bench.check()
    (row,) = bench.page.panel.findings.rows
    (mark,) = bench.page.pane.main.body.marks.marks
    assert mark.cursor.selectedText() == "13812345678"
    assert bench.page.parts.chip(CHECKS).text() == "检查 1"
    row.locate.click()
    assert bench.page.pane.main.body.textCursor().selectedText() == "13812345678"
    row.mask_button.click()
    bench.check()
    assert "13812345678" not in bench.page.form.content().plain_body
    assert bench.page.panel.findings.rows == ()
    bench.page.pane.main.body.undo()
    assert "13812345678" in bench.page.form.content().plain_body


def test_a_number_in_the_title_is_marked_too(bench: Bench) -> None:
    bench.start(replace(complete(bench), title="𬭎联系13812345678"))
    bench.check()
    (row,) = bench.page.panel.findings.rows
    row.mask_button.click()
    assert "13812345678" not in bench.page.pane.main.title.text
    assert bench.page.pane.main.title.text.startswith("𬭎联系138")


def test_a_reason_is_kept_with_the_draft(bench: Bench) -> None:
    bench.start(complete(bench, "电话13812345678。"))
    bench.check()
    bench.dialogs.answers.append("对外公布的值班电话")
    bench.page.panel.findings.rows[0].answer.click()
    bench.wait()
    # The answer is stored by its own act, not by a saving that follows.
    assert dict(bench.stored().silenced) == {"mobile": "对外公布的值班电话"}
    assert bench.page.keeper is not None
    assert bench.page.keeper.state is KeepState.KEPT
    (row,) = bench.page.panel.findings.rows
    assert row.answer.text() == "改理由"
    assert bench.page.parts.chip(CHECKS).text() == "检查"
    assert "draft.answer" in bench.actions()
    assert bench.dialogs.unfinished.take("说明理由", f"{bench.stored().id}:mobile") is None


def test_what_is_typed_while_an_answer_is_on_its_way_takes_nothing_of_it_back(bench: Bench) -> None:
    bench.start(complete(bench, "电话13812345678。"))
    bench.check()
    bench.dialogs.answers.append("对外公布的值班电话")
    bench.page.panel.findings.rows[0].answer.click()
    bench.type("再写一句。")
    assert bench.page.keeper is not None
    bench.page.keeper.save()
    bench.wait()
    assert dict(bench.stored().silenced) == {"mobile": "对外公布的值班电话"}
    assert "再写一句" in bench.stored().content.plain_body


def test_an_answer_that_another_hand_overtook_is_neither_saved_nor_recorded(bench: Bench) -> None:
    draft = bench.start(complete(bench, "电话13812345678。"))
    bench.check()
    elsewhere = replace(draft.content, title="别处改的")
    bench.desk.services.drafts.save(replace(draft, content=elsewhere))
    bench.dialogs.answers.append("对外公布的值班电话")
    bench.page.panel.findings.rows[0].answer.click()
    bench.wait()
    assert not bench.page.conflict.isHidden()
    assert bench.stored().silenced == ()
    assert "draft.answer" not in bench.actions()
    assert bench.dialogs.unfinished.take("说明理由", f"{draft.id}:mobile") == "对外公布的值班电话"


def test_no_reason_is_asked_for_while_a_secrecy_mark_stands(bench: Bench) -> None:
    bench.start(complete(bench, "电话13812345678。"))
    bench.type(SECRET)
    bench.check()
    row = next(row for row in bench.page.panel.findings.rows if row.found.finding.rule == "mobile")
    row.answer.click()
    bench.wait()
    assert bench.dialogs.asked[-1].startswith("请先处理密级标志")
    assert "draft.answer" not in bench.actions()


def test_findings_wait_until_the_input_method_is_done(bench: Bench) -> None:
    from PySide6.QtGui import QInputMethodEvent

    bench.start()
    field = bench.page.pane.main.body
    QApplication.sendEvent(field, QInputMethodEvent("jimi", []))
    assert bench.page.keeper is not None
    assert not bench.page.keeper.unsaved
    done = QInputMethodEvent("", [])
    done.setCommitString("机密")
    QApplication.sendEvent(field, done)
    assert bench.page.keeper.unsaved


def test_what_a_paste_left_behind_stands_until_it_is_read(bench: Bench) -> None:
    bench.start(complete(bench))
    page = QMimeData()
    page.setHtml("<p>网页上的一段。</p><img src='https://example.cn/a.png'>")
    bench.page.pane.main.body.insertFromMimeData(page)
    bench.wait()
    bench.save()
    assert "网页上的一段。" in bench.stored().content.plain_body
    assert "网络图片没有贴入" in bench.page.left_behind.text
    bench.type("再写一句。")
    bench.save()
    assert not bench.page.left_behind.isHidden()
    assert bench.page.left_behind.button is not None
    bench.page.left_behind.button.click()
    assert bench.page.left_behind.isHidden()


def test_a_paste_of_rtf_alone_says_what_to_do_and_takes_nothing_away(bench: Bench) -> None:
    bench.start(complete(bench))
    rich = QMimeData()
    rich.setData("text/rtf", rb"{\rtf1\ansi words}")
    QGuiApplication.clipboard().setMimeData(rich)
    for field in (bench.page.pane.main.body, bench.page.pane.main.title):
        bench.page.left_behind.say("")
        field.selectAll()
        assert field.canPaste()
        field.paste()
        assert "先粘贴到 Word 或 WPS" in bench.page.left_behind.text
    assert bench.page.form.content().plain_body == "今天起延长一小时。"
    assert bench.page.form.content().title == "区图书馆延长开放时间"
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize("name", ["通知.rtf", "通知.doc", "通知.wps", "通知.odt"])
def test_a_text_that_cannot_be_read_is_attached_only_when_that_is_wanted(
    bench: Bench, tmp_path: Path, name: str
) -> None:
    bench.start(complete(bench))
    rich = tmp_path / name
    rich.write_bytes(rb"{\rtf1\ansi abc}")
    bench.dialogs.answers += [False, True]
    found: list[int] = []
    for _ in range(2):
        bench.page.files.take((rich,))
        bench.wait()
        found.append(len(bench.page.panel.attachments.attachments))
    assert found == [0, 1]
    assert all("不能放进正文" in asked for asked in bench.dialogs.asked[-2:])


def test_a_file_with_a_secrecy_mark_goes_neither_into_the_text_nor_to_the_attachments(
    bench: Bench, tmp_path: Path
) -> None:
    draft = bench.start(complete(bench))
    header = {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{p(run('机密★1年'))}</w:hdr>")}
    path = docx(tmp_path / "通报.docx", p("这是通报的正文。"), parts=header)
    kept = raw_files(bench.desk.services.folder / "attachments")
    bench.dialogs.answers += [True, False]
    for _ in range(2):
        bench.page.files.take((path,))
        bench.wait()
    assert [type(error) for error in bench.dialogs.errors] == [SecrecyMarkError, SecrecyMarkError]
    assert bench.page.form.content() == draft.content
    assert bench.page.left_behind.isHidden()
    assert raw_files(bench.desk.services.folder / "attachments") == kept


# ---- secrecy marks ------------------------------------------------------------------------------


def raw_files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_secrecy_mark_stops_the_saving_at_once(bench: Bench, qtbot: QtBot) -> None:
    bench.start(complete(bench))
    mime = QMimeData()
    mime.setText(SECRET)
    bench.page.pane.main.body.insertFromMimeData(mime)
    qtbot.waitUntil(bench.page.secrecy.isVisible, timeout=5000)
    bench.wait()
    assert bench.page.keeper is not None
    assert bench.page.keeper.state is KeepState.STOPPED
    assert not bench.page.submit_button.isEnabled()
    assert "某某部署情况纪要" not in bench.stored().content.plain_body
    bench.page.keep_input()
    bench.wait()
    assert "某某部署情况纪要".encode() not in raw_files(bench.desk.services.folder)
    assert bench.dialogs.errors == []


def test_clearing_leaves_nothing_anywhere(bench: Bench, tmp_path: Path) -> None:
    source = tmp_path / "来文.txt"
    source.write_text("普通的一段话，写得长一些。\n第二段。", "utf-8")
    draft = bench.desk.services.imports.draft_from_file(source).draft
    bench.open(draft)
    kept = bench.desk.services.drafts.keep_file(png("green"))
    bench.page.panel.attachments.take(Attachment(kept, "附件.png", 10))
    bench.save()
    page, folder = bench.page, bench.desk.services.folder
    page.pane.main.summary.insertPlainText("摘要里的话")
    picture = png("blue")
    file = tmp_path / "密.png"
    file.write_bytes(picture)
    page.pane.main.body.insert_files((file,))
    bench.type(SECRET)
    bench.wait()
    QGuiApplication.clipboard().setText(SECRET)
    bench.check()
    assert page.secrecy.isVisible()
    bench.dialogs.answers.append(True)
    page.secrecy.clear.click()
    bench.wait()
    assert not page.secrecy.isVisible()
    assert QGuiApplication.clipboard().text() == ""
    for field in (page.pane.main.title, page.pane.main.summary, page.pane.main.body):
        assert not field.document().isUndoAvailable()
        field.undo()
        assert field.toPlainText() == ""
    assert bench.stored().content == replace(Content(), account_ids=())
    assert "draft.secrecy_cleared" in bench.actions()
    raw = raw_files(folder)
    for words in (SECRET, "某某部署情况纪要", "普通的一段话", "摘要里的话"):
        assert words.encode() not in raw
    assert picture not in raw
    assert png("green") not in raw
    assert "保密工作机构" in bench.dialogs.asked[-1]
    bench.type("新的开始")
    bench.save()
    assert bench.stored().content.plain_body == "新的开始"


def test_a_clearing_that_could_not_be_stored_is_offered_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "来文.txt"
    source.write_text("普通的一段话，写得长一些。", "utf-8")
    bench.open(bench.desk.services.imports.draft_from_file(source).draft)
    bench.type(SECRET)
    bench.check()
    drafts, tries = bench.desk.services.drafts, list[Draft]()
    real = drafts.clear_secrecy_mark

    def full_once(emptied: Draft) -> Cleared:
        tries.append(emptied)
        if len(tries) == 1:
            raise NotEnoughSpaceError(1000)
        return real(emptied)

    monkeypatch.setattr(drafts, "clear_secrecy_mark", full_once)
    bench.dialogs.answers += [True, True]
    bench.page.secrecy.clear.click()
    bench.wait()
    assert len(tries) == 2
    assert bench.dialogs.asked[-2] == "还没有清除"
    assert "普通的一段话".encode() not in raw_files(bench.desk.services.folder)
    assert "已经清除" in bench.dialogs.asked[-1]


def test_a_file_that_another_program_holds_open_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.start(complete(bench))
    bench.type(SECRET)
    bench.check()
    drafts = bench.desk.services.drafts
    real = drafts.clear_secrecy_mark
    monkeypatch.setattr(drafts, "clear_secrecy_mark", lambda emptied: replace(real(emptied), left=2))
    bench.dialogs.answers.append(True)
    bench.page.secrecy.clear.click()
    bench.wait()
    assert "有 2 个文件可能正被别的程序占用" in bench.dialogs.asked[-1]


def test_a_submitted_text_that_stays_is_told_with_where_and_whom_to_tell(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.start(complete(bench))
    bench.type(SECRET)
    bench.check()
    drafts = bench.desk.services.drafts
    real = drafts.clear_secrecy_mark
    monkeypatch.setattr(drafts, "clear_secrecy_mark", lambda emptied: replace(real(emptied), submitted=(1, 3)))
    bench.dialogs.answers.append(True)
    bench.page.secrecy.clear.click()
    bench.wait()
    told = bench.dialogs.asked[-1]
    assert "送审过的还在" in told
    for words in ("第1稿、第3稿", "备份", "存档", "保密工作机构"):
        assert words in told


def test_clearing_is_asked_first(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.type(SECRET)
    bench.check()
    bench.dialogs.answers.append(False)
    bench.page.secrecy.clear.click()
    bench.wait()
    assert SECRET in bench.page.form.content().plain_body
    assert bench.page.secrecy.isVisible()


def test_a_false_alarm_with_a_reason_is_kept(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.type("桌游《绝密★行动》比赛报名。")
    bench.check()
    page = bench.page
    assert page.secrecy.isVisible()
    assert not page.secrecy.declare.isEnabled()
    page.secrecy.reason.setText("游戏名称")
    page.secrecy.declare.click()
    bench.wait()
    assert not page.secrecy.isVisible()
    assert "绝密★行动" in bench.stored().content.plain_body
    assert [reason for _key, reason in bench.stored().silenced] == ["游戏名称"]
    assert page.pane.main.body.document().isUndoAvailable()
    assert page.submit_button.isEnabled()


def test_a_mark_taken_out_by_hand_cannot_be_undone_back(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.type(SECRET)
    bench.check()
    keeper = bench.page.keeper
    assert keeper is not None
    assert keeper.state == "stopped"
    bench.page.pane.main.body.undo()
    bench.check()
    bench.wait()
    assert not keeper.unsaved
    bench.page.pane.main.body.redo()
    assert SECRET not in bench.page.form.content().plain_body


# ---- submission ---------------------------------------------------------------------------------


def test_what_is_missing_is_listed_in_words_and_leads_there(bench: Bench) -> None:
    digest = bench.desk.services.drafts.keep_file(png())
    bench.start(
        Content(
            blocks=(Block(BlockKind.PICTURE, picture=Picture(digest, "图.png")), *body("电话13812345678")),
            source=Source(Origin.REPOST),
        )
    )
    page = bench.page
    page.submit_button.click()
    bench.wait()
    words = [button.text() for button in page.missing.buttons.values()]
    assert words == [
        *("标题", "发布账号", "来源单位", "原标题", "原文链接或文号", "不涉密声明", "图片授权说明"),
        "检查提示：手机号码",
    ]
    assert page.isEnabled()
    assert page.missing.isVisible()
    places: dict[str, QWidget] = {
        "title": page.pane.main.title,
        "source_link": page.panel.source.link,
        "picture_licence": page.pane.strip.licence,
        "accounts": next(iter(page.panel.accounts.checks.values())),
        "no_secrets": page.panel.declarations.no_secrets,
    }
    for name, place in places.items():
        page.missing.buttons[name].click()
        assert page.focusWidget() is place, name
    page.missing.buttons["rule:mobile"].click()
    assert page.panel.findings.isVisible()
    assert bench.stored().state is DraftState.WRITING


def test_what_was_missing_goes_from_the_list_as_it_is_filled_in(bench: Bench) -> None:
    bench.start(Content(blocks=body("电话13812345678"), source=Source(Origin.REPOST)))
    page = bench.page
    page.submit_button.click()
    bench.wait()
    page.pane.main.title.setPlainText("冬季用电提醒")
    page.panel.source.unit.setText("示例街道")
    bench.check()
    bench.wait()
    assert list(page.missing.buttons) == ["accounts", "source_title", "source_link", "no_secrets", "rule:mobile"]
    page.panel.source.title.setText("原标题")
    page.panel.source.link.setText("晋文〔2026〕3号")
    next(iter(page.panel.accounts.checks.values())).click()
    page.panel.declarations.no_secrets.click()
    bench.check()
    bench.wait()
    assert list(page.missing.buttons) == ["rule:mobile"]
    assert page.missing.isVisible()
    page.pane.main.body.selectAll()
    page.pane.main.body.textCursor().insertText("没有号码。")
    bench.check()
    bench.wait()
    assert not page.missing.isVisible()
    # Emptied again, it is told at the next submission and not before.
    page.pane.main.title.setPlainText("")
    bench.check()
    bench.wait()
    assert not page.missing.isVisible()


def test_a_complete_draft_is_submitted_as_it_stands(bench: Bench) -> None:
    draft = bench.start(complete(bench))
    bench.type("最后一句。")
    bench.page.panel.handling.review_class.setCurrentIndex(1)
    bench.page.submit_button.click()
    bench.wait()
    assert bench.opened == [f"draft:{draft.id}"]
    view = bench.desk.services.drafts.view(draft.id)
    assert view.draft.state is DraftState.IN_REVIEW
    assert view.revision is not None
    assert view.revision.content.plain_body.endswith("最后一句。")
    assert view.revision.review_class is ReviewClass.IMPORTANT
    assert bench.actions()[0] == "draft.submit"
    # An important draft needs a 分管领导, and the unit has none.
    assert ["分管领导" in told for told in bench.dialogs.asked] == [True]


def test_only_the_accounts_of_the_role_are_offered(bench: Bench) -> None:
    services, passcode = bench.desk.services, "晋安-河边-散步-7"
    one, other = services.accounts.targets()
    draft = bench.start(complete(bench))
    assert draft.content.account_ids == (one.id,)
    bench.save()
    writer = services.session.person_id
    services.sign_in.sign_in(ADMINISTRATOR, passcode)
    officer = Role.INFORMATION_OFFICER
    services.staff.set_roles(writer, frozenset({officer}), "分工", passcode, (RoleLimit(officer, (other.id,)),))
    bench.desk.actor = services.sign_in.sign_in(WRITER, passcode).actor
    bench.page.keeper = None
    bench.open(draft)
    boxes = bench.page.panel.accounts.checks
    assert [box.text() for box in boxes.values()] == [other.caption, f"{one.caption}（不在您的角色范围内）"]
    bench.page.submit_button.click()
    bench.wait()
    assert f"权限不含{one.caption}" in bench.page.trouble.text
    assert bench.stored().state is DraftState.WRITING
    boxes[one.id].click()
    boxes[other.id].click()
    bench.page.submit_button.click()
    bench.wait()
    assert services.drafts.view(draft.id).draft.state is DraftState.IN_REVIEW


def test_whoever_submits_is_told_which_step_has_nobody_to_sign_it(bench: Bench) -> None:
    staff = bench.desk.services.staff
    secrecy = next(line.person.id for line in staff.list() if line.person.name == "保密丁")
    bench.desk.services.sign_in.sign_in(ADMINISTRATOR, "晋安-河边-散步-7")
    staff.set_roles(secrecy, frozenset(), "调岗", "晋安-河边-散步-7")
    bench.desk.actor = bench.desk.services.sign_in.sign_in(WRITER, "晋安-河边-散步-7").actor
    draft = bench.start(complete(bench))
    bench.page.submit_button.click()
    bench.wait()
    [told] = bench.dialogs.asked
    assert "保密审查：现在没有保密审查员能签" in told
    assert "人员与角色" in told
    assert bench.desk.services.drafts.view(draft.id).draft.state is DraftState.IN_REVIEW
    assert bench.opened[-1] == f"draft:{draft.id}"


def test_a_submitted_draft_is_read_only_until_a_new_revision_is_wanted(bench: Bench) -> None:
    draft = bench.start(complete(bench))
    bench.page.submit_button.click()
    bench.wait()
    assert bench.dialogs.asked == []
    bench.open(draft)
    page = bench.page
    assert page.pane.main.body.isReadOnly()
    assert not page.submit_button.isVisible()
    assert "另起一稿" in page.banner.text
    bench.dialogs.answers.append(False)
    page.revise_button.click()
    bench.wait()
    assert bench.stored().state is DraftState.IN_REVIEW
    bench.dialogs.answers.append(True)
    page.revise_button.click()
    bench.wait()
    assert bench.stored().state is DraftState.WRITING
    assert not page.pane.main.body.isReadOnly()
    assert page.submit_button.isVisible()
    assert "第 2 稿" in page.title_label.text()
    bench.type("改一处。")
    bench.save()
    assert bench.stored().content.plain_body.endswith("改一处。")


def test_somebody_else_may_only_read(bench: Bench, sign_in: Callable[[str], Actor]) -> None:
    draft = bench.desk.services.drafts.start(complete(bench))
    bench.desk.services.sign_in.sign_out()
    sign_in(MANAGER)
    bench.open(draft)
    page = bench.page
    assert WRITER in page.banner.text
    assert page.pane.main.title.isReadOnly()
    assert not page.panel.accounts.isEnabled()
    assert not page.revise_button.isVisible()
    page.keep_input()
    bench.wait()
    assert bench.dialogs.errors == []


def test_the_sheet_is_previewed_only_after_submission(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.page.printing()
    assert bench.dialogs.asked[-1].startswith("还没有审核表")


# ---- accounts, files, video ---------------------------------------------------------------------


def test_an_account_that_needs_its_own_text_gets_a_tab(bench: Bench) -> None:
    bench.start(complete(bench))
    _first, second = accounts(bench)
    page = bench.page
    assert page.pane.tabs.count() == 1
    page.panel.accounts.checks[second].click()
    assert page.pane.tabs.count() == 2
    assert page.form.content().variants == ()
    page.panel.accounts.variants[second].click()
    bench.type("微博短文")
    page.pane.current.title.insertPlainText("短标题")
    bench.save()
    assert bench.stored().content.variants == (Variant(second, "短标题", body("微博短文")),)
    bench.dialogs.answers.append(False)
    page.panel.accounts.checks[second].click()
    assert page.panel.accounts.checks[second].isChecked()
    assert page.form.content().variant_for(second) is not None
    bench.dialogs.answers.append(True)
    page.panel.accounts.checks[second].click()
    bench.save()
    assert bench.stored().content.variants == ()
    assert bench.stored().content.account_ids == accounts(bench)[:1]


def test_files_dropped_on_the_text_land_where_one_expects(bench: Bench, tmp_path: Path) -> None:
    picture, paper, text = tmp_path / "图.png", tmp_path / "方案.pdf", tmp_path / "来文.txt"
    picture.write_bytes(png())
    paper.write_bytes(b"%PDF-1.7 x")
    text.write_text("来文第一段，有一些字。\n来文第二段。", "gb18030")
    bench.start(complete(bench))
    at_end = bench.page.pane.main.body.textCursor()
    at_end.movePosition(QTextCursor.MoveOperation.End)
    bench.page.pane.main.body.setTextCursor(at_end)
    for files in ((picture,), (paper, text)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        bench.dialogs.answers.append(True)
        bench.page.pane.main.body.insertFromMimeData(mime)
        bench.wait()
    bench.save()
    content = bench.stored().content
    assert [b.kind for b in content.blocks if b.picture] == [BlockKind.PICTURE]
    assert "来文第二段。" in content.plain_body
    (attached,) = content.attachments
    assert (attached.name, attached.size) == ("方案.pdf", 10)
    assert bench.desk.services.drafts.file(attached.sha256) == b"%PDF-1.7 x"
    assert text.read_bytes().startswith("来文".encode("gb18030"))
    bench.page.panel.attachments.load(())
    bench.page.edited()
    bench.save()
    assert bench.stored().content.attachments == ()


def test_a_pasted_picture_reaches_the_disk_with_its_draft_only(bench: Bench) -> None:
    bench.start(complete(bench))
    image = QImage(30, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.cyan)
    mime = QMimeData()
    mime.setImageData(image)
    files = bench.desk.services.folder / "attachments"
    before = sorted(files.rglob("*"))
    bench.page.pane.main.body.insertFromMimeData(mime)
    bench.wait()
    assert sorted(files.rglob("*")) == before
    bench.save()
    (picture,) = bench.stored().content.pictures()
    assert bench.desk.services.drafts.file(picture.sha256)


def test_a_picture_that_is_too_large_is_told_of(bench: Bench, tmp_path: Path) -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    huge = tmp_path / "两亿像素.png"
    header = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0)
    huge.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b""))
    bench.start(complete(bench))
    bench.page.pane.main.body.insert_files((huge,))
    bench.wait()
    assert "两亿像素.png" in bench.page.left_behind.text
    assert not any(block.picture for block in bench.page.form.content().blocks)


def test_a_video_is_named_by_digest_and_stays_where_it_is(bench: Bench, tmp_path: Path) -> None:
    import hashlib

    film, cover = tmp_path / "演练.mp4", tmp_path / "封面.png"
    film.write_bytes(b"film" * 100_000)
    cover.write_bytes(png("green", 200))
    bench.start(complete(bench))
    section = bench.page.panel.video
    bench.dialogs.answers += [film, cover]
    section.choose.click()
    bench.wait()
    section.minutes.setValue(1)
    section.seconds.setValue(35)
    section.choose_cover.click()
    bench.wait()
    bench.page.panel.handling.form.setCurrentIndex(bench.page.panel.handling.form.findData(Form.VIDEO.value))
    bench.save()
    video = bench.stored().content.video
    assert video == Video(
        "演练.mp4",
        400_000,
        hashlib.sha256(film.read_bytes()).hexdigest(),
        95,
        hashlib.sha256(cover.read_bytes()).hexdigest(),
    )
    assert not section.cover.pixmap().isNull()
    with pytest.raises(AppError):
        bench.desk.services.drafts.file(video.sha256)


def test_a_video_that_is_gone_is_told_of(bench: Bench, tmp_path: Path) -> None:
    bench.start()
    bench.dialogs.answers.append(tmp_path / "没有.mp4")
    bench.page.panel.video.choose.click()
    bench.wait()
    assert bench.page.panel.video.video is None
    assert len(bench.dialogs.errors) == 1


def test_going_back_keeps_and_opens_the_draft_in_its_list(bench: Bench) -> None:
    draft = bench.start()
    bench.type("甲")
    assert bench.page.step_back()
    bench.wait()
    assert bench.opened == [f"draft:{draft.id}"]
    assert bench.stored().content.plain_body == "甲"


# ---- look ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("theme", "scale", "width"), [("light", 100, 720), ("dark", 150, 712), ("light", 150, 1500)])
def test_nothing_needs_more_room_than_there_is(
    desk: Desk,
    sign_in: Callable[[str], Actor],
    show: Callable[..., None],
    dialogs: Any,
    qapp: QApplication,
    theme: str,
    scale: int,
    width: int,
) -> None:
    sign_in(WRITER)
    apply_theme(qapp, theme, scale)
    bench = Bench(desk, show, dialogs)
    bench.start(complete(bench, "电话13812345678。"))
    bench.page.submit()
    bench.wait()
    assert bench.page.missing.isVisible()
    bench.type(SECRET)
    bench.check()
    bench.page.resize(width, 600)
    bench.wait()
    assert bench.page.minimumSizeHint().width() <= width
    assert bench.page.size().toTuple() == (width, 600)
    bench.page.close()


def test_every_control_has_a_name_and_is_reached_by_tab(bench: Bench) -> None:
    bench.start(complete(bench, "电话13812345678。"))
    bench.check()
    for kind in (QAbstractButton, QLineEdit, QComboBox, QTextEdit, QPlainTextEdit):
        for widget in bench.page.findChildren(kind):
            if widget.objectName().startswith("qt_") or not widget.isVisible():
                continue
            named = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            assert named, widget
            if isinstance(widget, QTextEdit | QPlainTextEdit):
                assert widget.tabChangesFocus()


def test_the_database_holds_no_word_of_what_was_never_saved(bench: Bench) -> None:
    bench.start()
    bench.type("从未保存的话")
    rows = sqlite3.connect(bench.desk.services.folder / "xianshen.db")
    try:
        dump = "\n".join(rows.iterdump())
    finally:
        rows.close()
    assert "从未保存的话" not in dump


def drafts_of(bench: Bench) -> int:
    return bench.desk.services.drafts.count(DraftQuery())


def test_a_blank_draft_that_is_left_untouched_leaves_nothing_behind(bench: Bench) -> None:
    bench.page.show_subject("draft-editor:new")
    bench.wait()
    assert bench.page.isEnabled()
    assert "空白稿件" in bench.page.state_label.text()
    bench.page.refresh()
    bench.wait()
    bench.page.step_back()
    bench.wait()
    assert bench.opened[-1] == "page:drafts"
    assert drafts_of(bench) == 0
    assert "draft.start" not in bench.actions()


def test_the_first_character_starts_a_blank_draft_once(bench: Bench) -> None:
    bench.page.show_subject("draft-editor:new")
    bench.wait()
    bench.type("防")
    bench.page.refresh()
    bench.wait()
    bench.type("汛")
    bench.save()
    assert bench.stored().content.plain_body == "防汛"
    bench.page.step_back()
    bench.wait()
    assert bench.opened[-1] == f"draft:{bench.stored().id}"
    assert drafts_of(bench) == 1
    assert bench.actions().count("draft.start") == 1
    assert bench.page.pane.main.body.toPlainText() == "防汛"


def test_a_secret_pasted_as_the_first_words_can_be_cleared(bench: Bench) -> None:
    bench.page.show_subject("draft-editor:new")
    bench.wait()
    bench.type(SECRET)
    bench.check()
    assert bench.page.keeper is not None
    assert bench.page.keeper.state is KeepState.STOPPED
    bench.dialogs.answers = [True]
    bench.page.secrecy.clear_wanted.emit()
    bench.wait()
    assert bench.stored().content == Content()
    assert "draft.secrecy_cleared" in bench.actions()


def test_submitting_a_blank_draft_says_what_is_missing(bench: Bench) -> None:
    bench.page.show_subject("draft-editor:new")
    bench.wait()
    bench.page.submit()
    bench.wait()
    assert bench.page.missing.isVisible()
    bench.type("防汛")
    bench.save()
    assert drafts_of(bench) == 1


def test_who_may_not_write_is_told_so_and_sent_back(bench: Bench, sign_in: Callable[[str], Actor]) -> None:
    sign_in(ADMINISTRATOR)
    bench.page.show_subject("draft-editor:new")
    bench.wait()
    assert bench.opened[-1] == "page:drafts"
    assert len(bench.dialogs.errors) == 1


def with_pictures(bench: Bench, *licences: str) -> Content:
    sha256 = bench.desk.services.drafts.keep_file(png())
    [account, *_rest] = bench.desk.services.accounts.targets()
    shown = [Block(BlockKind.PICTURE, picture=Picture(sha256, f"{n}.png", "", w)) for n, w in enumerate(licences)]
    own = Variant(account.id, "单独", (Block(BlockKind.PICTURE, picture=Picture(sha256, "单独.png", "", "")),))
    blocks = tuple(block for pair in zip(body("一", "二", "三"), shown, strict=True) for block in pair)
    return Content(title="标题", blocks=blocks, account_ids=(account.id,), variants=(own,))


def choose_picture(bench: Bench, number: int) -> None:
    field = bench.page.pane.current.body
    cursor = field.textCursor()
    cursor.setPosition(field.pictures[number][0])
    field.setTextCursor(cursor)


def licences(bench: Bench) -> list[str]:
    content = bench.page.form.content()
    blocks = (*content.blocks, *content.variants[0].blocks)
    return [block.picture.licence for block in blocks if block.picture]


def test_the_licence_above_is_taken_over_with_one_click(bench: Bench) -> None:
    bench.start(with_pictures(bench, "本单位拍摄&制作", "", ""))
    strip = bench.page.pane.strip
    choose_picture(bench, 0)
    assert strip.reuse.text() == "也用于另外 3 张没有授权说明的图片"
    choose_picture(bench, 1)
    assert strip.reuse.text() == "沿用：本单位拍摄&&制作"
    strip.reuse.click()
    assert licences(bench) == ["本单位拍摄&制作", "本单位拍摄&制作", "", ""]
    bench.page.pane.main.body.undo()
    assert licences(bench) == ["本单位拍摄&制作", "", "", ""]


def test_one_licence_goes_to_every_picture_without_one_and_to_no_other(bench: Bench) -> None:
    bench.start(with_pictures(bench, "", "某某授权", ""))
    strip = bench.page.pane.strip
    choose_picture(bench, 0)
    assert strip.reuse.text() == "沿用：某某授权"
    strip.licence.setText("本单位拍摄")
    strip.licence.textEdited.emit("本单位拍摄")
    assert strip.reuse.isVisible()
    strip.reuse.click()
    assert licences(bench) == ["本单位拍摄", "某某授权", "本单位拍摄", "本单位拍摄"]
    assert not strip.reuse.isVisible()
    bench.page.pane.main.body.undo()
    assert licences(bench) == ["本单位拍摄", "某某授权", "", "本单位拍摄"]


def test_without_a_licence_or_with_every_one_written_nothing_is_offered(bench: Bench) -> None:
    bench.start(with_pictures(bench, "", "", ""))
    choose_picture(bench, 1)
    assert bench.page.pane.strip.isVisible()
    assert not bench.page.pane.strip.reuse.isVisible()


LINE = "请先开窗、关阀，到室外拨打抢修电话。"


def test_a_pasted_text_that_is_one_long_paragraph_is_parted_at_its_line_ends(bench: Bench) -> None:
    bench.start()
    mime = QMimeData()
    mime.setHtml("<p>" + "<br>".join([LINE] * 2000) + "</p>")
    bench.page.pane.main.body.insertFromMimeData(mime)
    bench.wait()
    assert [block.text for block in bench.page.form.content().blocks] == [LINE] * 2000
    bench.page.pane.main.body.undo()
    assert bench.page.pane.main.body.toPlainText() == ""


def test_a_paragraph_that_makes_typing_slow_is_told_of_until_it_is_parted(bench: Bench) -> None:
    bench.start(Content(title="标题", blocks=body(LINE * 1200)))
    bench.check()
    assert "请按 Enter 分段" in bench.page.words_label.text()
    field = bench.page.pane.main.body
    cursor = field.textCursor()
    cursor.setPosition(len(LINE) * 600)
    cursor.insertBlock()
    bench.check()
    assert bench.page.words_label.text() == f"正文 {len(LINE) * 1200} 字"


def test_attachments_that_are_dropped_together_keep_their_order_and_the_useless_are_refused(
    bench: Bench, tmp_path: Path
) -> None:
    bench.start()
    place = tmp_path / "市 局（测试）100%#é"
    (place / "夹").mkdir(parents=True)
    for name, data in (("大.pdf", b"%PDF" * 500_000), ("通知.lnk", b"L\0\0\0"), ("空.pdf", b""), ("图 一.png", png())):
        (place / name).write_bytes(data)
    paths = [place / name for name in ("大.pdf", "夹", "通知.lnk", "空.pdf", "图 一.png", "没有.pdf")]
    assert dragging.drop(bench.page.panel.attachments, dragging.files(paths))
    bench.wait()
    assert [attachment.name for attachment in bench.page.form.content().attachments] == ["大.pdf", "图 一.png"]
    reasons = [error.reason for error in bench.dialogs.errors if isinstance(error, FileUnreadableError)]
    assert reasons == ["folder", "shortcut", "empty", "missing"]


def test_a_source_that_nobody_can_look_up_is_told_how_to_write_it(bench: Bench) -> None:
    source = Source(Origin.REPOST, "省气象台", "寒潮蓝色预警信号", "javascript:alert(1)")
    bench.start(Content(title="冬季用电提醒", blocks=body("正文。"), source=source))
    bench.page.submit_button.click()
    bench.wait()
    assert "source_link" in bench.page.missing.buttons
    told = [words.text() for words in bench.page.panel.source.findChildren(QLabel)]
    assert "转载要填写查得到的原文链接（http:// 或 https:// 开头）或文号（第十二条）。" in told


def test_the_title_of_a_dropped_file_fills_an_empty_title_and_is_never_lost(bench: Bench, tmp_path: Path) -> None:
    bench.start()
    source = tmp_path / "通知.txt"
    source.write_text("关于开展便民服务日活动的通知\n\n本周六上午在社区广场办理。\n", encoding="utf-8")
    bench.dialogs.answers += [True, True]
    bench.page.files.take((source,))
    bench.wait()
    sheet = bench.page.pane.current
    assert sheet.title.text == "关于开展便民服务日活动的通知"
    assert [block.text for block in sheet.body.reading().blocks] == ["本周六上午在社区广场办理。"]
    bench.page.files.take((source,))
    bench.wait()
    assert sheet.title.text == "关于开展便民服务日活动的通知"
    assert "关于开展便民服务日活动的通知" in [block.text for block in sheet.body.reading().blocks]


def test_a_dropped_text_may_be_left_where_it_is(bench: Bench, tmp_path: Path) -> None:
    bench.start(complete(bench))
    before = bench.page.form.content()
    first, second = tmp_path / "通知.txt", tmp_path / "方案.txt"
    for path in (first, second):
        path.write_text("关于开展便民服务日活动的通知\n\n本周六上午办理。\n", encoding="utf-8")
    bench.dialogs.answers += [None, False]
    bench.page.files.take((first, second))
    bench.wait()
    content = bench.page.form.content()
    assert (content.title, content.blocks) == (before.title, before.blocks)
    assert [attachment.name for attachment in content.attachments] == ["方案.txt"]


def test_clearing_takes_away_what_was_said_of_an_import(bench: Bench) -> None:
    bench.start(complete(bench))
    bench.page.left_behind.say("标题取自第一段“机密的事”，请核对。")
    bench.dialogs.answers += [True]
    bench.type("机密★")
    bench.check()
    bench.page.secrecy.clear_wanted.emit()
    bench.wait()
    assert bench.page.left_behind.text == ""
