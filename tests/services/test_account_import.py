"""An existing ledger comes on file row by row, and the register goes out as one."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from app.errors import AppError, RightMissingError
from app.models.account import AccountState, FilingState
from app.models.particulars import Certification, Charge
from app.services.account_import import ImportRow
from tests.services.office import Office

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "account-ledger.xlsx"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "records").open()
    made.sign_in("陈账")
    return made


def ledger(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    head = ("平台", "账号名称", "账号链接", "主管领导", "后台管理人员", "备案号", "状态")
    for row in (head, *rows):
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "ledger.xlsx")
    return tmp_path / "ledger.xlsx"


def taken(rows: tuple[ImportRow, ...]) -> list[str]:
    return [row.name for row in rows if row.account is not None]


def test_the_sample_ledger_is_previewed_and_recorded_by_one_act(office: Office) -> None:
    desk = office.services.account_import
    rows = desk.rows(SAMPLE)
    assert [(row.line, bool(row.problem)) for row in rows] == [
        (4, False),
        (5, False),
        (6, False),
        (7, True),
        (8, True),
        (9, True),
    ]
    assert rows[1].platform == "微博"
    assert "第 4 行" in rows[3].problem
    assert rows[4].problem == "没有账号名称。"
    before = len(office.services.accounts.list())
    assert desk.record(rows) == 3
    accounts = office.services.accounts.list()[before:]
    assert [one.caption for one in accounts] == ["微信公众号“示例发布”", "微博“示例发布”", "今日头条“示例政务”"]
    assert all(one.state is AccountState.RUNNING and one.filing is FilingState.NOT_FILED for one in accounts)
    assert accounts[0].particulars.certification is Certification.ORGANISATION
    with desk._room.store.reading() as unit:
        assert [entry.action for entry in unit.audit.entries()][-1] == "account.import"


def test_a_second_import_adds_nothing(office: Office) -> None:
    desk = office.services.account_import
    rows = desk.rows(SAMPLE)
    desk.record(rows)
    assert desk.record(rows) == 0
    assert taken(desk.rows(SAMPLE)) == []


def test_people_come_over_by_their_names_and_others_are_told(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path, ("抖音", "晋安示例", "无", "何副", "陈账、查无", "榕备 7", ""))
    [row] = office.services.account_import.rows(path)
    assert row.account is not None
    told = row.account.particulars
    assert [one.person_id for one in told.in_charge(Charge.LEADER)] == [office.person("何副").id]
    assert [one.person_id for one in told.in_charge(Charge.BACK_OFFICE)] == [office.person("陈账").id]
    assert [note[:6] for note in row.notes] == ["“查无”不在", "备案号没有带"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("", "甲", "", "", "", "", ""), "没有平台"),
        (("抖音", "长" * 101, "", "", "", "", ""), "100"),
        (("抖音", "甲", "javascript:alert(1)", "", "", "", ""), "不是网址"),
        (("抖音", "甲", "", "", "", "", "已注销"), "不导入"),
        (("公众号", "晋安示例", "", "", "", "", ""), "已经在册"),
        (("抖音", "机密★一年", "", "", "", "", ""), "密级标志"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(office: Office, tmp_path: Path, row: tuple[object, ...], why: str) -> None:
    [found] = office.services.account_import.rows(ledger(tmp_path, row))
    assert found.account is None
    assert why in found.problem


def test_a_platform_of_the_units_own_goes_on_its_list(office: Office, tmp_path: Path) -> None:
    desk = office.services.account_import
    rows = desk.rows(ledger(tmp_path, ("区融媒", "甲", "", "", "", "", "")))
    assert "会加进去" in rows[0].notes[0]
    desk.record(rows)
    assert office.services.account_desk.platforms()[-1].name == "区融媒"


def test_a_thousand_rows_with_one_bad_at_the_end_are_read(office: Office, tmp_path: Path) -> None:
    many = [("抖音", f"账号{n}", "", "", "", "", "") for n in range(1000)]
    rows = office.services.account_import.rows(ledger(tmp_path, *many, ("抖音", "", "", "", "", "", "")))
    assert (len(rows), len(taken(rows))) == (1001, 1000)
    assert office.services.account_import.record(rows) == 1000
    assert len(office.services.account_desk.lines()) == 1002


def test_who_does_not_keep_the_register_imports_and_exports_nothing(office: Office, tmp_path: Path) -> None:
    office.sign_in("林晓")
    with pytest.raises(RightMissingError):
        office.services.account_import.rows(SAMPLE)
    with pytest.raises(RightMissingError):
        office.services.account_ledger_book.write(tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_place_that_cannot_be_written_is_told_and_leaves_no_entry(office: Office, tmp_path: Path) -> None:
    with pytest.raises(AppError):
        office.services.account_ledger_book.write(tmp_path / "nowhere" / "out.xlsx")
    with office.services.account_import._room.store.reading() as unit:
        assert [entry.action for entry in unit.audit.entries()][-1] != "account.export"


def test_the_register_goes_out_and_could_come_in_again(office: Office, tmp_path: Path) -> None:
    desk = office.services.account_import
    desk.record(desk.rows(SAMPLE))
    again = tmp_path / "again.xlsx"
    office.services.account_ledger_book.write(again)
    sheet = load_workbook(again).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][:3] == ["序号", "平台", "账号名称"]
    assert [row[2] for row in values[1:]] == ["晋安示例", "晋安示例发布", "示例发布", "示例发布", "示例政务"]
    assert {row.problem for row in desk.rows(again)} == {"这个账号已经在册。"}
    with desk._room.store.reading() as unit:
        assert [entry.action for entry in unit.audit.entries()][-1] == "account.export"
