import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.errors import FileUnreadableError
from app.intake import sheet_rows
from app.intake.earlier_posts import EarlierPost, read_earlier_posts
from app.models.clock import BEIJING

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
HEAD: list[object] = ["序号", "发布账号", "平台", "文章标题", "发布时间", "链接"]


def xlsx(path: Path, rows: Sequence[Sequence[object]], *merged: str) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def read(path: Path) -> tuple[EarlierPost, ...]:
    return read_earlier_posts(path).rows


def reason(path: Path) -> str:
    with pytest.raises(FileUnreadableError) as refused:
        read_earlier_posts(path)
    return refused.value.reason


def test_rows_below_a_merged_title_come_over_by_their_headings(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2025年发布台账"],
        HEAD,
        [1, "示例发布", "微信公众号", "防汛通知", datetime(2025, 7, 1, 8, 30), "https://e.example.cn/1"],  # noqa: DTZ001
        [],
        [2, "示例发布", "微博", 110, date(2025, 7, 2), "无"],
        HEAD,
        ["合计", None, None, "2篇"],
    ]
    first, second = read(xlsx(tmp_path / "台账.xlsx", rows, "A1:F1"))
    assert first == EarlierPost(
        3,
        "示例发布",
        "防汛通知",
        datetime(2025, 7, 1, 8, 30, tzinfo=BEIJING),
        "https://e.example.cn/1",
        "",
        "微信公众号",
    )
    assert second == EarlierPost(5, "示例发布", "110", datetime(2025, 7, 2, tzinfo=BEIJING), "", "", "微博")


def test_an_account_merged_over_several_rows_counts_for_all_of_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["账号", "标题", "日期"],
        ["示例发布", "甲", "2025-7-1"],
        [None, "乙", "2025-7-2"],
        [None, "丙", "2025-7-3"],
    ]
    posts = read(xlsx(tmp_path / "a.xlsx", rows, "A2:A3"))
    assert [post.account_name for post in posts] == ["示例发布", "示例发布", ""]


@pytest.mark.parametrize(
    ("day_name", "clock_name"),
    [("发布日期", "时间"), ("日期", "发布时间"), ("日期", "时间"), ("推送日期", "具体时间"), ("发布日期", "发布时间")],
)
@pytest.mark.parametrize("turned", [False, True])
def test_day_and_clock_in_two_columns_are_joined(tmp_path: Path, day_name: str, clock_name: str, turned: bool) -> None:
    names, cells = [day_name, clock_name], ["2025-7-1", "08:30"]
    head, row = ["标题", *names[:: -1 if turned else 1]], ["甲", *cells[:: -1 if turned else 1]]
    (post,) = read(xlsx(tmp_path / "a.xlsx", [head, row]))
    assert (post.published_at, post.problem) == (datetime(2025, 7, 1, 8, 30, tzinfo=BEIJING), "")


def test_a_second_column_of_another_time_changes_nothing(tmp_path: Path) -> None:
    head = ["标题", "发布时间", "审核日期", "撰稿时间"]
    (post,) = read(xlsx(tmp_path / "a.xlsx", [head, ["甲", "2025-7-1", "2025-6-30", "08:30"]]))
    assert post.published_at == datetime(2025, 7, 1, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["示例", "", "2025-7-1", ""], "没有标题"),
        (["示例", "\u200b\u3164", "2025-7-1", ""], "没有标题"),
        (["示例", "甲", "", ""], "没有发布时间"),
        (["示例", "甲", "7月1日", ""], "没有写年份"),
        (["示例", "长" * 501, "2025-7-1", ""], "最多 500 个字"),
        (["示例", "甲", "2025-7-1", "javascript:alert(1)"], "不是网址"),
        (["名" * 101, "甲", "2025-7-1", ""], "账号名称太长"),
    ],
)
def test_every_row_says_itself_what_is_wrong_and_the_others_come_over(
    tmp_path: Path, row: list[str], words: str
) -> None:
    good = ["示例", "好的一行", "2025-7-1", "https://e.example.cn"]
    posts = read(xlsx(tmp_path / "a.xlsx", [["账号", "标题", "发布日期", "网址"], good, row, good]))
    assert [bool(post.problem) for post in posts] == [False, True, False]
    assert words in posts[1].problem
    assert posts[1].problem.endswith("。")
    assert posts[1].line == 3


def test_what_looks_like_a_formula_is_text_and_a_formula_without_result_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["标题", "时间"])
    sheet.append(["=1+1", "2025-7-1"])
    sheet["A2"].data_type = "s"
    sheet.append(["=A2&B2", "2025-7-1"])
    sheet.append(["+8613800138000", "2025-7-1"])
    book.save(tmp_path / "a.xlsx")
    text, formula, plus = read(tmp_path / "a.xlsx")
    assert (text.title, text.problem) == ("=1+1", "")
    assert "公式没有结果" in formula.problem
    assert plus.title == "+8613800138000"


def test_an_import_does_not_die_at_row_900(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["标题", "时间"], *([f"第{n}条", 45_000 + n] for n in range(1000))])
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"]
    # A number that is none, and a shared text that does not exist.
    sheet, times = re.subn(b'<c r="A701".*?</c>', b'<c r="A701" t="s"><v>99999</v></c>', sheet)
    assert times == 1
    assert b"<v>45899</v>" in sheet
    sheet = sheet.replace(b"<v>45899</v>", b"<v>NaN?</v>")
    entries["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries.items():
            new.writestr(name, data)
    posts = read(path)
    assert len(posts) == 1000
    assert [post.line for post in posts if post.problem] == [701, 901]


def test_the_size_that_a_sheet_claims_is_not_believed(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["标题", "时间"], *([f"第{n}条", "2025-7-1"] for n in range(20))])
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    sheet = entries["xl/worksheets/sheet1.xml"]
    entries["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B21"', b'ref="A1:A2"')
    assert entries["xl/worksheets/sheet1.xml"] != sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries.items():
            new.writestr(name, data)
    assert len(read(path)) == 20


def test_a_sheet_without_headings_gives_way_to_the_next_and_a_hidden_one_is_not_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["说明", "请按模板填写"])
    hidden = book.create_sheet("旧")
    hidden.append(["标题", "时间"])
    hidden.append(["旧的", "2024-1-1"])
    hidden.sheet_state = "hidden"
    right = book.create_sheet("数据")
    right.append(["标题", "时间"])
    right.append(["新的", "2025-1-1"])
    book.save(tmp_path / "a.xlsx")
    assert [post.title for post in read(tmp_path / "a.xlsx")] == ["新的"]


TABLE = "作品名称,作者,首次发布时间,作品链接\n示例短视频,示例发布,2025-07-01 08:30:00,https://v.example.cn/1\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_lists_of_every_encoding_and_delimiter_are_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    (tmp_path / "导出.csv").write_bytes(TABLE.replace(",", delimiter).encode(encoding))
    (post,) = read(tmp_path / "导出.csv")
    assert (post.title, post.link, post.problem) == ("示例短视频", "https://v.example.cn/1", "")
    assert post.published_at == datetime(2025, 7, 1, 8, 30, tzinfo=BEIJING)


def test_quoted_cells_with_line_breaks_keep_the_line_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('标题,时间\n"第一行\n第二行",2025-7-1\n="00123",\t2025-7-2\n', encoding="utf-8")
    first, second = read(tmp_path / "a.csv")
    assert (first.line, first.title) == (2, "第一行 第二行")
    assert (second.line, second.title, second.problem) == (4, "00123", "")


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    lines = ["标题,时间", '"坏了,2025-7-1', *(f"第{n}条,2025-7-1" for n in range(1000))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    assert len(read(tmp_path / "a.csv")) == 1001


def test_lists_without_headings_rows_or_room_are_refused(tmp_path: Path) -> None:
    assert reason(SAMPLES / "account-ledger.xlsx") == "no_rows"
    assert reason(SAMPLES / "platform-messages.xlsx") == "no_rows"
    assert reason(SAMPLES / "old.doc") == "old_word"
    assert reason(SAMPLES / "notice.docx") == "not_sheet"
    (tmp_path / "a.csv").write_text("标题,时间\n", encoding="utf-8")
    assert reason(tmp_path / "a.csv") == "no_rows"
    (tmp_path / "b.csv").write_text("标题,时间\n" + "甲,2025-7-1\n" * 100_001, encoding="utf-8")
    assert reason(tmp_path / "b.csv") == "too_many_rows"
    (tmp_path / "网页.xls").write_text("<html><table></table></html>", encoding="utf-8")
    assert reason(tmp_path / "网页.xls") == "old_excel"


def test_a_csv_of_too_many_cells_or_bytes_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("标题,时间\n" + "甲,2025-7-1,,,\n" * 100, encoding="utf-8")
    assert len(read(path)) == 100
    monkeypatch.setattr(sheet_rows, "_MOST_CELLS", 400)
    assert reason(path) == "too_many_rows"
    monkeypatch.setattr(sheet_rows, "LARGEST_CSV", path.stat().st_size - 1)
    assert reason(path) == "too_large"


@given(st.text('a"\r\n,\x85\u2028\x0b;', max_size=20))
def test_lines_of_a_csv_end_where_a_file_would_end_them(text: str) -> None:
    lines = [match.group() for match in sheet_rows.LINES.finditer(text)]
    assert lines == list(io.StringIO(text, newline=""))


def test_entities_and_unreadable_books_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["标题", "时间"], ["甲", "2025-7-1"]])
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}

    def with_part(name: str, data: bytes) -> Path:
        other = tmp_path / "b.xlsx"
        with zipfile.ZipFile(other, "w") as new:
            for key, value in {**entries, name: data}.items():
                new.writestr(key, value)
        return other

    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert reason(with_part("xl/worksheets/sheet1.xml", bomb)) == "rigged"
    assert reason(with_part("xl/workbook.xml", b"<workbook/>")) == "no_rows"
    assert reason(with_part("xl/styles.xml", b"<a")) == "broken"
