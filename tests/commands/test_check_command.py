"""`check`: files in, one list out, and no secret in it."""

import json
from pathlib import Path

import pytest

from app.paths import SAMPLE
from tests.commands.running import Runner

MOBILE, CARD = "13912345678", "350111199001010018"
KEYS = ["file", "line", "column", "length", "rule", "severity", "article", "message", "suggestion"]


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_findings_are_one_json_list_with_place_and_reason(command: Runner, tmp_path: Path) -> None:
    first = written(tmp_path, "甲.txt", f"通知\r\n\r\n联系人张某，手机{MOBILE}。\r\n")
    second = written(tmp_path, "乙.txt", f"电话：{MOBILE}")
    answer = command("check", first, second, "--json")
    found = json.loads(answer.out)
    assert answer.code == 1
    assert [list(item) for item in found] == [KEYS, KEYS]
    assert [(item["file"], item["line"], item["column"], item["length"]) for item in found] == [
        (str(first), 3, 9, 11),
        (str(second), 1, 4, 11),
    ]
    assert {item["severity"] for item in found} == {"block"}
    assert all(item["rule"] and item["article"] and item["suggestion"] for item in found)


@pytest.mark.parametrize("json_wanted", [True, False])
def test_the_matched_text_is_shown_masked_only(command: Runner, tmp_path: Path, json_wanted: bool) -> None:
    path = written(tmp_path, "名单.txt", f"张某，{CARD}，{MOBILE}")
    answer = command("check", path, *(["--json"] if json_wanted else []))
    assert MOBILE not in answer.out + answer.err
    assert CARD not in answer.out + answer.err
    assert "139****5678" in (answer.out if json_wanted else answer.err)


def test_without_json_the_findings_are_lines_for_people(command: Runner, tmp_path: Path) -> None:
    path = written(tmp_path, "名单.txt", f"第一行\n手机{MOBILE}")
    answer = command("check", path)
    assert answer.out == ""
    assert f"{path}:2:3　必须处理　" in answer.err


def test_a_clean_file_is_done(command: Runner, tmp_path: Path) -> None:
    path = written(tmp_path, "净.txt", "今天上午开展演练。")
    answer = command("check", path, "--json")
    assert (answer.code, json.loads(answer.out)) == (0, [])
    assert "没有必须处理的内容" in answer.err


def test_a_hint_alone_does_not_block(command: Runner, tmp_path: Path) -> None:
    path = written(tmp_path, "提醒.txt", "软管价格最优惠。")
    answer = command("check", path, "--json")
    assert answer.code == 0
    assert [item["severity"] for item in json.loads(answer.out)] == ["warn"]


def test_every_file_is_reported_also_after_one_that_cannot_be_read(command: Runner, tmp_path: Path) -> None:
    last = written(tmp_path, "乙.txt", f"手机{MOBILE}")
    empty = written(tmp_path, "空.txt", "")
    answer = command("check", tmp_path / "没有.txt", empty, tmp_path, last, "--json")
    found = json.loads(answer.out)
    assert answer.code == 1
    assert [item["rule"] for item in found] == ["unreadable", "unreadable", "unreadable", "mobile"]
    assert "文件“没有.txt”找不到了" in answer.err
    assert "文件“空.txt”是空的" in answer.err


def test_a_text_of_windows_and_a_word_file_are_read(command: Runner) -> None:
    answer = command("check", SAMPLE / "notice-gb18030.txt", SAMPLE / "notice.docx", "--json")
    found = json.loads(answer.out)
    assert [(item["line"], item["rule"]) for item in found] == [(4, "mobile")]


def test_a_mark_in_a_word_table_has_its_own_line(command: Runner, tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("联系方式")
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = MOBILE
    path = tmp_path / "表.docx"
    document.save(str(path))
    (item,) = json.loads(command("check", path, "--json").out)
    assert (item["rule"], item["length"]) == ("mobile", 11)


def test_checking_needs_no_records_and_makes_none(command: Runner, tmp_path: Path) -> None:
    path = written(tmp_path, "净.txt", "今天上午开展演练。")
    command("--data", tmp_path / "data", "check", path)
    assert not (tmp_path / "data").exists()
