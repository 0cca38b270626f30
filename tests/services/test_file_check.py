"""Files that belong to no draft: every word of a Word file is checked, at the place a person finds it."""

from pathlib import Path

import pytest

from app.paths import LEXICON
from app.services.file_check import FileCheck
from app.services.text_checks import TextChecks
from app.textcheck.lexicon import load_lexicon
from tests.intake.word_maker import NAMESPACES, cell, centred, docx, p, run, table

MOBILE = "13912345678"
LONG = "各街道要高度重视，压实责任，做好防汛值守和应急准备，确保群众安全度汛。"


@pytest.fixture(scope="module")
def file_check() -> FileCheck:
    return FileCheck(TextChecks(load_lexicon(LEXICON)))


def header(*lines: str) -> dict[str, tuple[str, str]]:
    return {"header1.xml": ("header", f"<w:hdr {NAMESPACES}>{''.join(map(p, lines))}</w:hdr>")}


def places(file_check: FileCheck, path: Path) -> list[tuple[str, int, int]]:
    return [(f.rule, f.line, f.column) for f in file_check.check(path).findings]


@pytest.mark.parametrize("before", [(), tuple(f"第{n}行" for n in range(15))], ids=["alone", "after other words"])
def test_a_mark_in_a_page_header_is_found_however_long_the_text_is(
    file_check: FileCheck, tmp_path: Path, before: tuple[str, ...]
) -> None:
    path = docx(tmp_path / "甲.docx", p(LONG) * 20, parts=header(*before, "机密"))
    [mark] = file_check.check(path).findings
    assert (mark.rule, mark.line) == ("secrecy_mark", 21 + len(before))
    assert mark.message.startswith("在页眉页脚、批注、隐藏或已删的文字里：")


def test_words_of_secrets_in_a_page_header_are_no_mark(file_check: FileCheck, tmp_path: Path) -> None:
    path = docx(tmp_path / "甲.docx", p(LONG) * 20, parts=header("保守国家秘密", "机密文件管理办法"))
    assert file_check.check(path).findings == ()


def test_a_mark_alone_far_down_in_the_text_is_no_head(file_check: FileCheck, tmp_path: Path) -> None:
    path = docx(tmp_path / "甲.docx", p(LONG) * 20 + p("机密"))
    assert file_check.check(path).findings == ()


def test_lines_count_blank_paragraphs_and_the_letterhead_before_the_title(
    file_check: FileCheck, tmp_path: Path
) -> None:
    body = (
        p(f"值班电话{MOBILE}")
        + p("")
        + centred("示例局文件")
        + centred("关于做好防汛工作的通知")
        + p("")
        + p(f"联系人{MOBILE}")
        + table(cell(p("姓名")) + cell(p("电话")), cell(p("张某")) + cell(p(MOBILE)))
        + p("")
        + p(f"{run('第一行')}<w:r><w:br/></w:r>{run('手机' + MOBILE)}")
    )
    path = docx(tmp_path / "甲.docx", body)
    assert places(file_check, path) == [("mobile", 1, 5), ("mobile", 6, 4), ("mobile", 8, 4), ("mobile", 10, 3)]


def test_the_title_keeps_its_line(file_check: FileCheck, tmp_path: Path) -> None:
    path = docx(tmp_path / "甲.docx", p("") + p("内部编号") + centred(f"致{MOBILE}的回信") + p(LONG))
    assert places(file_check, path) == [("mobile", 3, 2)]


def test_a_text_box_counts_as_the_paragraph_it_hangs_on(file_check: FileCheck, tmp_path: Path) -> None:
    words = f"<w:txbxContent>{p('甲')}{p(MOBILE)}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{words}</v:textbox></v:shape></w:pict></w:r>"
    path = docx(tmp_path / "甲.docx", p(LONG) + p(run("带框") + box) + p(f"手机{MOBILE}"))
    assert places(file_check, path) == [("mobile", 2, 1), ("mobile", 3, 3)]


def test_a_mark_alone_in_a_cell_of_the_head_is_found(file_check: FileCheck, tmp_path: Path) -> None:
    path = docx(tmp_path / "甲.docx", table(cell(p("份号 000001")) + cell(p("机密"))) + p(LONG))
    assert places(file_check, path) == [("secrecy_mark", 1, 11)]
