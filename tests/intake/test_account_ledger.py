"""A ledger of accounts is read row by row, by the words of its headings."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.errors import FileUnreadableError
from app.intake.account_ledger import LedgerRow, read_account_ledger

SAMPLES = Path(__file__).parent.parent / "data" / "samples"


def xlsx(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def reason(path: Path) -> str:
    with pytest.raises(FileUnreadableError) as refused:
        read_account_ledger(path)
    return refused.value.reason


def test_the_offices_own_ledger_below_two_lines_of_title_is_read() -> None:
    rows = read_account_ledger(SAMPLES / "account-ledger.xlsx")
    assert [row.line for row in rows] == [4, 5, 6, 7, 8, 9]
    assert rows[1].texts == {
        "name": "示例发布",
        "platform": "新浪微博",
        "link": "https://example.org/u/1",
        "unit": "示例局",
        "certified": "是",
        "staff": "甲",
        "field": "综合",
    }
    assert "name" not in rows[4].texts
    assert rows[3].texts["field"] == "=1+1"


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (("平台", "账号名称", "账号ID", "账号"), {"platform": "1", "name": "2", "handle": "3"}),
        (("账号名称", "账号", "所属平台"), {"name": "1", "handle": "2", "platform": "3"}),
        (
            ("*平台（必填）", "账号 名称", "主管领导姓名", "后台管理人员"),
            {"platform": "1", "name": "2", "leader": "3", "staff": "4"},
        ),
        (("平台", "名称", "类型", "简介"), {"platform": "1", "name": "2", "kind": "3", "introduction": "4"}),
    ],
)
def test_columns_are_found_by_their_words(tmp_path: Path, headings: tuple[str, ...], columns: dict[str, str]) -> None:
    [row] = read_account_ledger(xlsx(tmp_path / "a.xlsx", headings, [str(n) for n in range(1, len(headings) + 1)]))
    assert row.texts == columns


def test_days_are_read_as_people_write_them_and_what_is_none_is_left_out(tmp_path: Path) -> None:
    head = ("平台", "账号名称", "认证到期日", "开通时间", "备案日期")
    rows = read_account_ledger(
        xlsx(
            tmp_path / "a.xlsx",
            head,
            ("微博", "甲", "2027年3月1日", datetime(2020, 5, 6), "无"),  # noqa: DTZ001
            ("微博", "乙", "长期", "去年", ""),
        )
    )
    assert rows[0] == LedgerRow(
        2,
        {"platform": "微博", "name": "甲"},
        {"certified_until": date(2027, 3, 1), "opened_on": date(2020, 5, 6)},
        "",
    )
    assert rows[1].days == {}
    assert "去年" in rows[1].problem


def test_sums_repeated_headings_and_empty_rows_are_no_accounts(tmp_path: Path) -> None:
    head = ("平台", "账号名称")
    rows = read_account_ledger(xlsx(tmp_path / "a.xlsx", head, ("微博", "甲"), head, ("", ""), ("合计", "1")))
    assert [row.line for row in rows] == [2]


def test_a_csv_in_gb_18030_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("平台,账号名称\n微博,𬭎示例\n".encode("gb18030"))
    assert read_account_ledger(path)[0].texts["name"] == "𬭎示例"


def test_a_cell_of_a_whole_book_is_cut_and_told(tmp_path: Path) -> None:
    [row] = read_account_ledger(xlsx(tmp_path / "a.xlsx", ("平台", "账号名称"), ("微博", "长" * 5000)))
    assert len(row.texts["name"]) == 2000
    assert "5000" in row.problem


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    assert reason(SAMPLES / "platform-messages.xlsx") == "no_account_rows"
    assert reason(xlsx(tmp_path / "a.xlsx", ("平台", "账号名称"))) == "no_account_rows"
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert reason(broken) != "no_account_rows"
