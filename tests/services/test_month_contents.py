"""What a month holds: what happened in it, and what came too late for the archive it belongs to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from app.errors import NothingFiledError
from app.labels import long_date
from app.messages import gap_sentence
from app.models.clock import BEIJING, beijing_day
from app.models.draft import Draft, DraftState
from app.models.month import Month
from app.models.monthly import GapKind
from app.models.publication import PublicationKind
from app.models.review import Verdict
from app.models.right import Role
from app.services.archive_files import GIVEN_UP
from app.services.earlier_publications import EarlierEntry
from app.services.month_contents import _number_gaps, _paper_gaps, month_contents
from app.services.publications import PublicationEntry
from app.services.today import TaskKind
from tests.services.office import PASSCODE, Office, signed_page
from tests.services.test_archives import BODY, OCTOBER, publish

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


@pytest.fixture
def write(office: Office, tmp_path: Path) -> Callable[[Month], Path]:
    """Return what explains every gap of a month, archives it, and gives its payload folder."""

    def written(month: Month, reason: str = "") -> Path:
        services = office.sign_in("陈账")
        for gap in services.archives.overview(month).unexplained:
            services.archives.explain(month, gap.key, "说明")
        return services.archives.write(month, tmp_path, reason=reason).written.folder / "data"

    return written


def sheet(folder: Path, name: str) -> list[tuple[str, ...]]:
    rows = openpyxl.load_workbook(folder / "ledger.xlsx")[name].iter_rows(min_row=2, values_only=True)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in rows]


def lines(folder: Path, section: str) -> list[tuple[str, ...]]:
    return [row for row in sheet(folder, "发布台账") if row[1] == section]


def set_clock(office: Office, month: int, day: int) -> None:
    office.clock.now = datetime(2026, month, day, 9, 0, tzinfo=BEIJING)


def returned(office: Office, opinion: str = "请核实数字") -> Draft:
    """A draft whose first step sends it back on paper today."""
    draft = office.submitted()
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    signed = office.signed(step, Verdict.RETURN, opinion)
    return services.reviews.register_paper(draft.id, draft.revision, (signed,), office.scan(f"{draft.id}.pdf"))


def test_a_month_with_nothing_but_a_returned_draft_is_archived_too(
    office: Office, write: Callable[[Month], Path]
) -> None:
    returned(office)
    set_clock(office, 12, 3)
    services = office.sign_in("陈账")
    assert [state.month for state in services.archives.months()] == [NOVEMBER, OCTOBER]
    assert {task.subject for task in services.today.tasks()} >= {"month:2026-10", "month:2026-11"}
    [line] = lines(write(OCTOBER), "未发布的审核件")
    assert line[6] == "已退回"


def test_months_before_the_first_one_filed_are_asked_for_nowhere(office: Office, tmp_path: Path) -> None:
    set_clock(office, 11, 3)
    services = office.sign_in("陈账")
    assert services.archives.months() == ()
    assert not [task for task in services.today.tasks() if task.kind is TaskKind.ARCHIVE]
    with pytest.raises(NothingFiledError) as refused:
        services.archives.write(OCTOBER, tmp_path)
    assert refused.value.first == ""
    returned(office)
    set_clock(office, 12, 3)
    services = office.sign_in("陈账")
    assert [state.month for state in services.archives.months()] == [NOVEMBER]
    assert [t.subject for t in services.today.tasks() if t.kind is TaskKind.ARCHIVE] == ["month:2026-11"]
    with pytest.raises(NothingFiledError) as refused:
        services.archives.write(OCTOBER, tmp_path)
    assert refused.value.first == "2026年11月"
    assert list(tmp_path.glob("xianshen-*")) == []


def test_a_month_of_use_in_which_nothing_was_filed_is_archived_as_nil(
    office: Office, write: Callable[[Month], Path]
) -> None:
    returned(office)
    set_clock(office, 12, 3)
    assert lines(write(NOVEMBER), "未发布的审核件") == []


def test_what_was_decided_on_is_archived_and_not_what_was_typed_since(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = returned(office)
    decided_on = beijing_day(office.clock.now)
    office.clock.forward(days=2)
    services = office.sign_in("林晓")
    text = replace(office.content("改过的标题", "改过的正文。"))
    saved = services.drafts.save(replace(services.drafts.view(draft.id).draft, content=text))
    services.drafts.submit(draft.id, saved.version)
    set_clock(office, 11, 3)
    folder = write(OCTOBER)
    approved = (folder / "items/0001/approved.txt").read_text("utf-8-sig")
    assert BODY in approved
    assert "改过" not in approved
    [line] = lines(folder, "未发布的审核件")
    assert line[3] == office.content().title
    assert line[5] == long_date(decided_on), "the day of the decision, not of what was typed since"
    heading = openpyxl.load_workbook(folder / "ledger.xlsx")["发布台账"]["F1":"G1"]
    assert [cell.value for row in heading for cell in row] == ["时间", "性质或状态"]
    [row] = sheet(folder, "审核记录")
    assert row[1:4] == ("1", "初审", "退回修改")


def test_every_decision_on_every_revision_stands_in_the_ledger(office: Office, write: Callable[[Month], Path]) -> None:
    draft = returned(office)
    services = office.sign_in("林晓")
    services.drafts.submit(draft.id, services.drafts.view(draft.id).draft.version)
    services = office.sign_in("陈账")
    steps = services.drafts.view(draft.id).steps
    services.reviews.register_paper(draft.id, 2, tuple(office.signed(step) for step in steps), office.scan("two.pdf"))
    services.papers.review_sheet(draft.id)
    entry = PublicationEntry(office.account_ids()[0], office.clock.now, "https://a.example.cn/1", BODY)
    services.publications.record(draft.id, entry)
    set_clock(office, 11, 3)
    folder = write(OCTOBER)
    rows = sheet(folder, "审核记录")
    assert [(row[1], row[2]) for row in rows] == [
        ("1", "初审"),
        ("2", "初审"),
        ("2", "保密审查"),
        ("2", "主要领导签批"),
    ]
    assert "请核实数字" in rows[0]
    assert len(list((folder / "items/0001").glob("scan-*"))) == 2


def test_a_consent_that_fell_with_its_text_is_marked_and_a_return_is_not(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = office.submitted()
    office.sign_in("吴审").reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    office.sign_in("郑密").reviews.decide(draft.id, 1, Verdict.PUBLIC_AFTER_CHANGE, "删去内部电话", PASSCODE)
    services = office.sign_in("林晓")
    services.drafts.submit(draft.id, services.drafts.view(draft.id).draft.version)
    set_clock(office, 11, 3)
    assert [row[3] for row in sheet(write(OCTOBER), "审核记录")] == ["同意（已作废）", "处理后公开"]


def test_a_decision_that_is_registered_after_its_month_was_archived_brings_the_whole_draft(
    office: Office, write: Callable[[Month], Path]
) -> None:
    publish(office)
    draft = office.submitted(office.content("月底送签的一件"))
    office.services.papers.review_sheet(draft.id)
    set_clock(office, 11, 3)
    write(OCTOBER)
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    signed = replace(office.signed(step, Verdict.RETURN, "不急"), decided_on=date(2026, 10, 30))
    services.reviews.register_paper(draft.id, 1, (signed,), office.scan("late.pdf"))
    set_clock(office, 12, 3)
    folder = write(NOVEMBER)
    [line] = lines(folder, "补充材料")
    assert (line[3], line[6], line[8]) == ("月底送签的一件", "补登签批", "补充2026年10月的存档")
    names = {path.name for path in (folder / "supplement/items/0001").iterdir()}
    assert names == {"sheet.pdf", "scan-01.pdf", "approved.txt"}
    [row] = sheet(folder, "审核记录")
    assert row[6] == "2026-10-30"
    assert row[8].endswith("（补记）")
    assert row[9] == "补充2026年10月的存档"
    office.clock.forward(days=31)
    office.clock.forward(days=3)
    assert lines(write(DECEMBER), "补充材料") == []


def test_a_link_that_is_completed_late_points_back_to_its_month(office: Office, write: Callable[[Month], Path]) -> None:
    publish(office, link="")
    set_clock(office, 11, 3)
    write(OCTOBER)
    services = office.sign_in("陈账")
    [post] = services.publications.page(0, 9)
    services.publications.complete(post.id, link="https://a.example.cn/later")
    set_clock(office, 12, 3)
    [line] = lines(write(NOVEMBER), "补充材料")
    assert line[6:9] == ("补记发布链接", "https://a.example.cn/later", "补充2026年10月的存档")


def test_an_earlier_post_of_an_archived_month_is_no_supplement(office: Office, write: Callable[[Month], Path]) -> None:
    publish(office)
    set_clock(office, 11, 3)
    write(OCTOBER)
    services = office.sign_in("陈账")
    before = datetime(2026, 10, 11, 9, 0, tzinfo=BEIJING)
    services.publications.earlier.record((EarlierEntry(office.account_ids()[0], "启用前一天", before),))
    assert services.publications.count() == 2
    set_clock(office, 12, 3)
    assert lines(write(NOVEMBER), "补充材料") == []


@pytest.mark.parametrize("day", [31, 13])
def test_a_clock_that_was_set_back_loses_nothing(office: Office, write: Callable[[Month], Path], day: int) -> None:
    draft_id = publish(office)
    set_clock(office, 11, 3)
    write(OCTOBER)
    services = office.sign_in("陈账")
    set_clock(office, 10, day)
    services.scans.file_only(draft_id, office.scan("late.pdf"))
    set_clock(office, 12, 3)
    [line] = lines(write(NOVEMBER), "补充材料")
    assert line[8] == "补充2026年10月的存档"


def test_what_is_recorded_while_the_archive_is_being_written_goes_with_the_next(
    office: Office, write: Callable[[Month], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.archive.bag_writer import write_package

    draft_id = publish(office)
    set_clock(office, 11, 3)

    def meanwhile(*arguments: object) -> object:
        office.services.scans.file_only(draft_id, office.scan("meanwhile.pdf"))
        return write_package(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr("app.services.archives.write_package", meanwhile)
        folder = write(OCTOBER)
    assert len(list((folder / "items/0001").glob("scan-*"))) == 1
    set_clock(office, 12, 3)
    [line] = lines(write(NOVEMBER), "补充材料")
    assert line[6] == "补交签字扫描件"


def test_the_signed_slip_goes_with_the_month_of_the_hand_over(office: Office, write: Callable[[Month], Path]) -> None:
    publish(office)
    set_clock(office, 11, 3)
    write(OCTOBER)
    archives = office.sign_in("陈账").archives
    archives.hand_over(archives.history()[0].id, date(2026, 11, 3), office.scan("slip.pdf"))
    set_clock(office, 12, 3)
    folder = write(NOVEMBER)
    [line] = lines(folder, "存档移交")
    assert line[3] == "2026年10月存档第1版移交"
    assert [path.name for path in (folder / "supplement/late").iterdir()] == ["0001.pdf"]


def test_a_number_that_becomes_void_later_stands_in_the_ledger_of_that_month(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = returned(office)
    set_clock(office, 11, 3)
    assert sheet(write(OCTOBER), "编号台账")[0][2:] == (office.content().title, "有效")
    services = office.sign_in("林晓")
    assert services.drafts.void(draft.id, "活动取消").state is DraftState.VOID
    set_clock(office, 12, 3)
    [row] = sheet(write(NOVEMBER), "编号台账")
    assert (row[0], row[2], row[3]) == ("晋示审〔2026〕1号", office.content().title, "作废（2026-11-03）")


def test_a_deputy_s_signature_is_marked_and_brings_its_authorization(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    today, leader, deputy = services.today.day(), office.person("王局").id, office.person("何副").id
    services.staff.authorize(leader, deputy, Role.PRINCIPAL_LEADER, today, today, office.scan("授权书.pdf"), PASSCODE)
    steps = services.drafts.view(draft.id).steps
    signed = [office.signed(step) for step in steps]
    signed[-1] = replace(signed[-1], decided_by=deputy)
    services.reviews.register_paper(draft.id, 1, tuple(signed), office.scan())
    services.papers.review_sheet(draft.id)
    entry = PublicationEntry(office.account_ids()[0], office.clock.now, "https://a.example.cn/1", BODY)
    assert services.publications.record(draft.id, entry).kind is PublicationKind.REVIEWED
    set_clock(office, 11, 3)
    folder = write(OCTOBER)
    assert [row[5] for row in sheet(folder, "审核记录")] == ["吴审", "郑密", "何副（受托）"]
    assert (folder / "items/0001/authorization-01.pdf").read_bytes() == signed_page("授权书.pdf")


def test_a_renamed_person_stands_in_the_ledger_as_they_were_called_then(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = office.submitted()
    office.sign_in("吴审").reviews.decide(draft.id, 1, Verdict.RETURN, "请改", PASSCODE)
    set_clock(office, 11, 1)
    office.sign_in("许管").staff.change(office.person("吴审").id, "吴新审", "办公室", "", signs_in=True)
    set_clock(office, 11, 3)
    assert [row[5] for row in sheet(write(OCTOBER), "审核记录")] == ["吴审"]


def test_a_renamed_account_stands_in_the_ledger_as_it_was_called_when_the_post_went_out(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    old = services.accounts.list()[0]
    services.publications.record(draft.id, PublicationEntry(old.id, office.clock.now))
    set_clock(office, 11, 1)
    renamed = services.accounts.change(replace(old, name="晋安新名"))
    services.accounts.change(replace(renamed, handle="改了别的"))
    set_clock(office, 11, 3)
    cells = [cell for row in sheet(write(OCTOBER), "发布台账") for cell in row]
    assert old.caption in cells
    assert not any("晋安新名" in str(cell) for cell in cells)


MOMENTS = [
    (datetime(2026, 10, 31, 23, 59, 59, tzinfo=BEIJING), OCTOBER),
    (datetime(2026, 11, 1, 0, 0, 0, tzinfo=BEIJING), NOVEMBER),
]


@pytest.mark.parametrize(("at", "month"), MOMENTS)
def test_a_post_belongs_to_its_beijing_month(office: Office, at: datetime, month: Month) -> None:
    set_clock(office, 11, 2)
    services = office.sign_in("陈账")
    entry = PublicationEntry(
        office.account_ids()[0], at, "https://a.example.cn/1", BODY, who="甲", why="急", done="补", note_title="夜里"
    )
    services.publications.record("", entry)
    found = {m: services.archives.overview(m).publications for m in (OCTOBER, NOVEMBER)}
    assert found == {OCTOBER: int(month == OCTOBER), NOVEMBER: int(month == NOVEMBER)}


def test_an_account_given_up_after_the_archive_points_back_to_it_with_its_reason(
    office: Office, write: Callable[[Month], Path]
) -> None:
    first, second = office.account_ids()
    draft_id = publish(office, content=replace(office.content(), account_ids=(first, second)))
    set_clock(office, 11, 3)
    write(OCTOBER)
    office.sign_in("陈账").publications.drop_target(draft_id, second, "该账号停用")
    set_clock(office, 12, 3)
    [line] = lines(write(NOVEMBER), "补充材料")
    assert (line[2], line[4], line[6]) == ("晋示审〔2026〕1号", "微博“晋安示例发布”", "不再发布")
    assert line[8] == "补充2026年10月的存档；该账号停用"
    office.clock.forward(days=31)
    assert lines(write(NOVEMBER.next), "补充材料") == []


def test_a_draft_given_up_after_the_archive_points_back_to_it(office: Office, write: Callable[[Month], Path]) -> None:
    draft = returned(office)
    set_clock(office, 11, 3)
    write(OCTOBER)
    office.sign_in("林晓").drafts.void(draft.id, "活动取消")
    set_clock(office, 12, 3)
    [line] = lines(write(NOVEMBER), "补充材料")
    assert (line[2], line[6], line[8]) == ("晋示审〔2026〕1号", "作废", "补充2026年10月的存档；活动取消")


def test_a_draft_given_up_before_anybody_decided_stands_in_the_month_of_that(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = office.submitted()
    set_clock(office, 11, 2)
    office.sign_in("林晓").drafts.withdraw(draft.id)
    set_clock(office, 12, 3)
    assert lines(write(OCTOBER), GIVEN_UP) == []
    [line] = lines(write(NOVEMBER), GIVEN_UP)
    assert (line[2], line[3], line[6], line[8]) == ("晋示审〔2026〕1号", office.content().title, "撤回", "")


def test_a_draft_returned_and_given_up_in_one_month_stands_there_once(
    office: Office, write: Callable[[Month], Path]
) -> None:
    draft = returned(office)
    office.sign_in("林晓").drafts.void(draft.id, "活动取消")
    set_clock(office, 11, 3)
    rows = [row for row in sheet(write(OCTOBER), "发布台账") if row[2] == "晋示审〔2026〕1号"]
    assert [(row[1], row[6], row[8]) for row in rows] == [("未发布的审核件", "已作废", "活动取消")]


def test_the_overview_counts_what_came_late_as_the_cover_does(office: Office, write: Callable[[Month], Path]) -> None:
    draft_id = publish(office)
    set_clock(office, 11, 3)
    write(OCTOBER)
    services = office.sign_in("陈账")
    services.scans.file_only(draft_id, office.scan("late.pdf"))
    services.publications.complete(services.publications.page(0, 1)[0].id, screenshots=(b"a later one",))
    set_clock(office, 12, 3)
    overview = services.archives.overview(NOVEMBER)
    assert (overview.publications, overview.supplements) == (0, 2)
    assert services.archives.overview(OCTOBER).supplements == 0
    assert len(lines(write(NOVEMBER), "补充材料")) == overview.supplements


def test_an_empty_sheet_of_the_ledger_says_so(office: Office, write: Callable[[Month], Path]) -> None:
    returned(office)
    set_clock(office, 12, 3)
    folder = write(NOVEMBER)
    for name in ("发布台账", "审核记录", "编号台账", "缺项说明"):
        [row] = sheet(folder, name)
        assert (row[0], set(row[1:])) == ("无", {""}), name


def test_a_signature_that_was_voided_after_the_post_is_still_asked_for_its_scan(office: Office) -> None:
    draft = office.approved()
    posted = office.clock.now
    office.clock.forward(hours=1)
    office.sign_in("林晓").drafts.revise(draft.id)
    services = office.sign_in("陈账")
    services.publications.record(draft.id, PublicationEntry(office.account_ids()[0], posted))
    with services.publications._room.store.reading() as unit:
        [file] = month_contents(unit, Month(2026, 10)).drafts
    assert file.scans
    assert GapKind.NO_SCAN not in _paper_gaps(file)
    assert GapKind.NO_SCAN in _paper_gaps(replace(file, scans=()))


def test_a_number_that_is_missing_from_the_series_is_named_whole(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.submitted(), office.submitted(), office.submitted()
    services = office.sign_in("陈账")
    with services.publications._room.store.reading() as unit:
        assert _number_gaps(unit, Month(2026, 10)) == []
        first, _second, third = unit.numbers.list("review_sheet", 2026)
        monkeypatch.setattr(unit.numbers, "list", lambda _kind, _year: (first, third))
        [gap] = _number_gaps(unit, Month(2026, 10))
    assert (gap.number, gap.key) == ("晋示审〔2026〕2号", "number_missing:2")


def test_a_number_given_by_a_clock_that_ran_ahead_is_told_as_that_and_not_as_missing(
    office: Office, write: Callable[[Month], Path]
) -> None:
    set_clock(office, 12, 3)
    office.submitted()
    set_clock(office, 10, 20)
    office.submitted()
    services = office.sign_in("陈账")
    [gap] = [gap for gap in services.archives.overview(OCTOBER).gaps if gap.number]
    assert (gap.kind, gap.number, gap.must_explain) == (GapKind.NUMBER_BY_LATER_CLOCK, "晋示审〔2026〕1号", False)
    assert "台账里记在那个月" in gap_sentence(gap)
    office.clock.now = datetime(2027, 1, 5, 9, 0, tzinfo=BEIJING)
    assert not any(gap.number for gap in services.archives.overview(DECEMBER).gaps)
    assert [row[0] for row in sheet(write(DECEMBER), "编号台账")] == ["晋示审〔2026〕1号"]
