"""A dropped file becomes a draft or a list of earlier posts; what may not stay leaves nothing behind."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.errors import AccountNotCoveredError, FieldTooLongError, FileUnreadableError, SecrecyMarkError
from app.messages import explain
from app.models.account import Account
from app.models.clock import BEIJING
from app.models.content import Content
from app.models.right import Role
from app.services.earlier_publications import EarlierEntry
from tests.intake.word_maker import NAMESPACES, docx, image, p, picture, run
from tests.services.office import Office
from tests.services.test_signers import narrow

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def stored(office: Office) -> set[str]:
    """Return every file that lies in the attachments."""
    return {path.name for path in (office.folder / "attachments").rglob("*") if path.is_file()}


def test_a_word_file_becomes_a_draft_with_its_pictures_and_its_original(office: Office) -> None:
    services = office.sign_in("林晓")
    path = SAMPLES / "notice.docx"
    before = path.read_bytes()
    imported = services.imports.draft_from_file(path)
    view = services.drafts.view(imported.draft.id)
    assert view.draft.content.title == "关于开展冬季便民服务日活动的通知"
    shown = [shown.sha256 for shown in view.draft.content.pictures()]
    assert len(shown) == 2
    assert [hashlib.sha256(services.drafts.file(digest)).hexdigest() for digest in shown] == shown
    assert services.imports.thumbnail(shown[0], 40)[:8] == b"\x89PNG\r\n\x1a\n"
    assert services.drafts.file(hashlib.sha256(before).hexdigest()) == before
    assert path.read_bytes() == before
    assert imported.notes


def test_a_text_file_of_the_old_encoding_becomes_a_draft(office: Office) -> None:
    imported = office.sign_in("林晓").imports.draft_from_file(SAMPLES / "notice-gb18030.txt")
    assert imported.draft.content.title == "关于调整窗口服务时间的通知"
    assert "𬭎某、㛃某" in imported.draft.content.plain_body


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (p("机密★1年") + p("正文。") + p(picture("a.png")), {}),
        (
            p("正文。") + p(picture("a.png")),
            {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{p(run('机') + run('密★1年'))}</w:hdr>")},
        ),
        (
            p("正文。") + p(picture("a.png")),
            {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{p('页眉') * 15}{p('机密')}</w:hdr>")},
        ),
        (p(run("正文。") + run("秘密★10年", "<w:vanish/>")) + p(picture("a.png")), {}),
    ],
    ids=["in the text", "in the page header", "far down in the page header", "hidden"],
)
def test_a_secrecy_mark_anywhere_in_the_file_leaves_nothing_on_this_pc(
    office: Office, tmp_path: Path, body: str, parts: dict[str, tuple[str, str]]
) -> None:
    path = docx(tmp_path / "涉密.docx", body, media={"a.png": image()}, parts=parts)
    services = office.sign_in("林晓")
    before = stored(office)
    for way in (services.imports.draft_from_file, services.imports.text_from_file, services.drafts.attach):
        entries = services.audit.count()
        with pytest.raises(SecrecyMarkError, match="file") as refused:
            way(path)
        assert "涉密.docx”里有密级标志" in str(explain(refused.value))
        assert stored(office) == before
        assert services.audit.count() == entries + 1
        assert services.audit.page(0, 1)[0].action == "draft.secrecy_refused"


def pdf_of(path: Path, *pages: str, password: str = "") -> Path:
    """Draw a PDF with one line of words a page."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    drawing = Canvas(str(path), encrypt=password or None)
    for words in pages:
        drawing.setFont("STSong-Light", 12)
        drawing.drawString(100, 700, words)
        drawing.showPage()
    drawing.save()
    return path


def test_the_words_of_an_attachment_are_looked_at_before_it_is_kept(office: Office, tmp_path: Path) -> None:
    services = office.sign_in("林晓")
    note, table, paper = tmp_path / "附件说明.txt", tmp_path / "名单.csv", tmp_path / "方案.pdf"
    note.write_text("附件说明\n\n机密★10年\n", encoding="gb18030")
    table.write_text("序号,内容\n1,秘密★\n", encoding="utf-8")
    pdf_of(paper, "第一页", "机密")
    before = stored(office)
    for path in (note, table, paper):
        with pytest.raises(SecrecyMarkError):
            services.drafts.attach(path)
    assert stored(office) == before


def test_an_attachment_that_nobody_here_can_read_is_kept_as_it_is(office: Office, tmp_path: Path) -> None:
    services = office.sign_in("林晓")
    locked, torn, odd = tmp_path / "加密.pdf", tmp_path / "坏.pdf", tmp_path / "坏.docx"
    pdf_of(locked, "第一页", password="once")
    torn.write_bytes(b"%PDF-1.7 and nothing")
    odd.write_bytes(b"PK\x03\x04" + bytes(100))
    fine = pdf_of(tmp_path / "方案.pdf", "机密文件的保管办法")
    for path in (locked, torn, odd, fine, SAMPLES / "old.doc", SAMPLES / "notice.docx"):
        assert services.drafts.file(services.drafts.attach(path).sha256) == path.read_bytes()


def test_a_text_too_long_for_a_draft_is_refused_before_anything_is_kept(office: Office, tmp_path: Path) -> None:
    path = docx(tmp_path / "长.docx", p(picture("a.png")) + p("长" * 500_001), media={"a.png": image()})
    services = office.sign_in("林晓")
    before = stored(office)
    with pytest.raises(FieldTooLongError):
        services.imports.draft_from_file(path)
    assert stored(office) == before


def test_a_refused_file_leaves_no_trace(office: Office) -> None:
    services = office.sign_in("林晓")
    entries, before = services.audit.count(), stored(office)
    with pytest.raises(FileUnreadableError):
        services.imports.draft_from_file(SAMPLES / "old.doc")
    assert (services.audit.count(), stored(office)) == (entries, before)


def test_a_pasted_picture_is_kept_and_a_broken_one_is_not(office: Office) -> None:
    services = office.sign_in("林晓")
    block = services.imports.picture_block(image(), "粘贴的图片.png")
    assert block.picture is not None
    assert services.drafts.file(block.picture.sha256) == image()
    before = stored(office)
    with pytest.raises(FileUnreadableError):
        services.imports.picture_block(image()[:50], "坏.png")
    assert stored(office) == before


def test_the_original_goes_when_a_secrecy_mark_is_cleared(office: Office) -> None:
    services = office.sign_in("林晓")
    imported = services.imports.draft_from_file(SAMPLES / "notice-gb18030.txt")
    digest = hashlib.sha256((SAMPLES / "notice-gb18030.txt").read_bytes()).hexdigest()
    assert services.drafts.file(digest)
    services.drafts.clear_secrecy_mark(replace(imported.draft, content=Content()))
    assert digest not in stored(office)


# ---- 补录 ----------------------------------------------------------------------------------------

HEAD = "账号,平台,标题,发布时间,链接\n"


def rows(office: Office, text: str, accounts: tuple[Account, ...] | None = None) -> list[tuple[str, bool]]:
    """Read a list; return each row's problem and whether it can be recorded."""
    path = office.folder.parent / "补录.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    services = office.sign_in("陈账")
    read = services.imports.earlier_rows(path, services.accounts.list() if accounts is None else accounts)
    return [(row.problem, row.entry is not None) for row in read]


@pytest.mark.parametrize(
    "account",
    ["晋安示例,微信公众号", "晋安示例,", "晋安示例,微信", "微信公众号“晋安示例”,", "微信公众号晋安示例,",
     "晋安 示例,微信公众号"],
)  # fmt: skip
def test_an_account_is_found_by_any_usual_name(office: Office, account: str) -> None:
    assert rows(office, f"{account},旧文,2025-7-1,\n") == [("", True)]


@pytest.mark.parametrize(
    ("account", "words"),
    [("别的号,", "没有名为“别的号”的账号"), ("晋安示例,抖音", "没有名为抖音“晋安示例”的账号"), (",", "没有写账号名称")],
)
def test_an_account_that_is_not_meant_for_certain_is_asked_for(office: Office, account: str, words: str) -> None:
    [(problem, usable)] = rows(office, f"{account},旧文,2025-7-1,\n")
    assert words in problem
    assert not usable


def test_one_name_on_two_platforms_needs_the_platform(office: Office) -> None:
    first, second = office.services.accounts.list()
    twins = (first, replace(second, name=first.name))
    text = f"{first.name},,甲,2025-7-1,\n{first.name},新浪微博,甲,2025-7-1,\n"
    [(problem, _), fine] = rows(office, text, twins)
    assert "不止一个" in problem
    assert fine == ("", True)


def test_the_only_account_needs_no_name(office: Office) -> None:
    assert rows(office, ",,甲,2025-7-1,\n", office.services.accounts.list()[:1]) == [("", True)]


def test_rows_of_the_future_and_rows_twice_are_not_recorded(office: Office) -> None:
    text = (
        "晋安示例,微信公众号,甲,2025-7-1 08:00,https://a.example.cn/1\n" * 2
        + "晋安示例,微信公众号,乙,2099-7-1,\n"
        + "晋安示例,微信公众号,丙,11月3日,\n"
    )
    (first, again, future, unclear) = rows(office, text)
    assert first == ("", True)
    assert "已有相同记录" in again[0]
    assert "还没有到" in future[0]
    assert "没有写年份" in unclear[0]


def test_a_post_of_the_first_day_of_use_is_no_earlier_post(office: Office) -> None:
    text = "晋安示例,微信公众号,甲,2026-10-11 23:59,\n晋安示例,微信公众号,乙,2026-10-12 00:00,\n"
    (before, first_day) = rows(office, text)
    assert before == ("", True)
    assert "2026年10月12日起已用本程序" in first_day[0]
    assert not first_day[1]


def test_a_link_with_a_blank_in_it_stops_its_own_row_only(office: Office) -> None:
    text = "晋安示例,,甲,2025-7-1,https://a.example.cn/1 2\n晋安示例,,乙,2025-7-1,https://a.example.cn/3\n"
    (broken, fine) = rows(office, text)
    assert "空格" in broken[0]
    assert fine == ("", True)


def test_a_list_is_recorded_once_however_often_it_is_imported(office: Office) -> None:
    services = office.sign_in("陈账")
    path = office.folder.parent / "补录.csv"
    path.write_text(
        HEAD + "晋安示例,微信公众号,甲,2025-7-1 08:30,https://a.example.cn/1\n晋安示例,,,2025-7-2,\n", encoding="utf-8"
    )
    read = services.imports.earlier_rows(path, services.accounts.list())
    assert services.imports.record_earlier(read) == 1
    [post] = services.publications.page(0, 10)
    assert (post.title, post.published_at) == ("甲", datetime(2025, 7, 1, 8, 30, tzinfo=BEIJING))
    again = services.imports.earlier_rows(path, services.accounts.list())
    assert [row.entry for row in again] == [None, None]
    assert services.imports.record_earlier(again) == 0


def test_a_row_of_an_account_that_somebody_else_keeps_is_a_problem_of_its_row(office: Office) -> None:
    one, other = office.account_ids()
    assert rows(office, "晋安示例,,甲,2025-7-1,\n") == [("", True)]
    narrow(office, "陈账", Role.ACCOUNT_MANAGER, (other,))
    (outside, inside) = rows(office, "晋安示例,,甲,2025-7-1,\n晋安示例发布,,乙,2025-7-1,\n")
    assert outside == ("您的角色不管微信公众号“晋安示例”，请由管这个账号的人补录。", False)
    assert inside == ("", True)
    earlier = office.services.publications.earlier
    moment = datetime(2025, 7, 1, 8, 30, tzinfo=BEIJING)
    with pytest.raises(AccountNotCoveredError):
        earlier.record((EarlierEntry(other, "乙", moment), EarlierEntry(one, "甲", moment)))
    assert office.services.publications.count() == 0


def test_a_text_that_is_one_long_paragraph_is_parted_at_its_line_ends(office: Office, tmp_path: Path) -> None:
    line = "请先开窗、关阀，到室外拨打抢修电话。"
    path = docx(tmp_path / "一段.docx", f"<w:p><w:r>{f'<w:t>{line}</w:t><w:br/>' * 1500}</w:r></w:p>")
    read = office.sign_in("林晓").imports.text_from_file(path)
    assert len(read.blocks) >= 1500
    assert not any(block.is_long for block in read.blocks)


def test_a_paragraph_of_a_whole_book_is_parted_behind_sentences_and_told(office: Office, tmp_path: Path) -> None:
    sentence = "请先开窗、关阀，到室外拨打抢修电话。"
    path = tmp_path / "一段.txt"
    path.write_text(f"关于安全用气的提示\n\n{sentence * 27_000}\n", encoding="utf-8")
    services = office.sign_in("林晓")
    imported = services.imports.draft_from_file(path)
    blocks = services.drafts.view(imported.draft.id).draft.content.blocks
    assert len(blocks) == 25
    assert all(not block.is_long and block.text.endswith("。") for block in blocks)
    assert "".join(block.text for block in blocks) == sentence * 27_000
    assert any("486000 个字" in note and "分成 25 段" in note and "字句没有改动" in note for note in imported.notes)
    assert services.imports.plain_text(path).count("\n") == 1


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_words_of_a_published_file_hold_its_first_line_once(office: Office, tmp_path: Path, gap: str) -> None:
    path = tmp_path / "发布后.txt"
    path.write_text(f"敲门行动{gap}请您开门配合。\n", encoding="utf-8")
    assert office.sign_in("林晓").imports.plain_text(path) == "敲门行动\n请您开门配合。"
