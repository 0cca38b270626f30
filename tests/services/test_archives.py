"""A month is complete or explained, written, sealed, exported again and handed over."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import bagit
import openpyxl
import pytest

from app.errors import (
    AttachmentMissingError,
    CancelledError,
    ChangedMeanwhileError,
    FieldInvalidError,
    GapsUnexplainedError,
    MonthDeliveredError,
    MonthNotOverError,
    ReasonNeededError,
    RightMissingError,
    SealingBusyError,
    TargetInsideSourceError,
)
from app.messages import explain
from app.models.archive_package import ProblemKind, Progress
from app.models.content import Content
from app.models.month import Month
from app.models.monthly import GapKind
from app.services.month_sealing import MonthSealing
from app.services.publications import PublicationEntry
from tests.services.office import Office

OCTOBER = Month(2026, 10)
NAME = "xianshen-JA-SL-01-2026-10-v1"
BODY = "请先开窗、关阀，到室外拨打抢修电话。"


def publish(office: Office, content: Content | None = None, **facts: object) -> str:
    """Approve, print and publish a draft; return its id."""
    draft = office.approved(content)
    services = office.sign_in("陈账")
    services.papers.review_sheet(draft.id)
    usual: dict[str, object] = {
        "account_id": office.account_ids()[0],
        "published_at": office.clock.now,
        "link": "https://mp.example.cn/s/1",
        "published_text": BODY,
        "screenshots": (b"a screenshot",),
    }
    services.publications.record(draft.id, PublicationEntry(**(usual | facts)))  # type: ignore[arg-type]
    return draft.id


@pytest.fixture
def november(office: Office) -> Office:
    """An office with one draft published in October, seen from the beginning of November."""
    publish(office)
    office.clock.forward(days=25)
    office.sign_in("陈账")
    return office


def test_a_complete_month_is_written_as_a_bag_for_every_judge(november: Office, tmp_path: Path) -> None:
    services = november.services
    overview = services.archives.overview(OCTOBER)
    assert (overview.publications, overview.drafts, overview.scans, overview.unexplained) == (1, 1, 1, ())
    archived = services.archives.write(OCTOBER, tmp_path)

    folder = archived.written.folder
    assert folder.name == "xianshen-JA-SL-01-2026-10-v1"
    assert bagit.Bag(str(folder)).validate()
    judged = subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=folder, check=False)
    assert judged.returncode == 0
    assert services.archives.verify(folder).valid
    for name in ("cover.pdf", "index.html", "ledger.xlsx", "items/0001/sheet.pdf", "items/0001/scan-01.pdf"):
        assert (folder / "data" / name).is_file(), name
    scan = next(use for use in services.drafts.view(_draft_id(november)).scans)
    assert (folder / "data" / "items/0001/scan-01.pdf").read_bytes() == services.drafts.file(scan.sha256)


def _draft_id(office: Office) -> str:
    return office.services.publications.page(0, 1)[0].draft_id


def test_the_ledger_opens_in_another_program_and_holds_the_month(november: Office, tmp_path: Path) -> None:
    folder = november.services.archives.write(OCTOBER, tmp_path).written.folder
    book = openpyxl.load_workbook(folder / "data" / "ledger.xlsx")
    assert {"发布台账", "审核记录", "编号台账", "缺项说明"} <= set(book.sheetnames)
    texts = {str(cell) for row in book["发布台账"].iter_rows(values_only=True) for cell in row}
    assert "关于冬季用电用气安全的提示" in texts
    numbers = {str(cell) for row in book["编号台账"].iter_rows(values_only=True) for cell in row}
    assert "晋示审〔2026〕1号" in numbers


def test_a_month_that_is_not_over_cannot_be_archived(office: Office, tmp_path: Path) -> None:
    publish(office)
    with pytest.raises(MonthNotOverError):
        office.sign_in("陈账").archives.write(OCTOBER, tmp_path)


def test_gaps_are_named_and_must_be_explained(office: Office, tmp_path: Path) -> None:
    publish(office, link="", screenshots=())
    office.clock.forward(days=25)
    services = office.sign_in("陈账")
    overview = services.archives.overview(OCTOBER)
    assert {gap.kind for gap in overview.gaps} == {GapKind.NO_LINK, GapKind.NO_SCREENSHOT}
    with pytest.raises(GapsUnexplainedError):
        services.archives.write(OCTOBER, tmp_path)
    [gap] = overview.unexplained
    with pytest.raises(ReasonNeededError):
        services.archives.explain(OCTOBER, gap.key, " ")
    services.archives.explain(OCTOBER, gap.key, "平台后台当月不能生成链接")
    folder = services.archives.write(OCTOBER, tmp_path).written.folder
    text = subprocess.run(["pdftotext", folder / "data/cover.pdf", "-"], capture_output=True, check=True).stdout
    words = text.decode().replace("\n", "")
    assert "平台后台当月不能生成链接" in words
    # The cover writes a number whole wherever it stands.
    [number] = {gap.number for gap in overview.gaps}
    assert number == "晋示审〔2026〕1号"
    assert words.count("〔2026〕1号") == words.count("晋示审〔2026〕1号") + words.count("晋示档〔2026〕1号")
    assert words.count("晋示审〔2026〕1号") == 3
    info = (folder / "bag-info.txt").read_text("utf-8")
    assert "Source-Organization: " in info
    assert "Address" not in info


def test_what_was_not_reviewed_is_red_in_the_month(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    entry = PublicationEntry(
        office.account_ids()[0], office.clock.now, "https://a.example.cn/1", BODY, who="甲", why="急", done="补审"
    )
    services.publications.record(draft.id, entry)
    assert GapKind.UNREVIEWED in {gap.kind for gap in services.archives.overview(OCTOBER).gaps}


def test_only_who_may_archive_archives(november: Office, tmp_path: Path) -> None:
    with pytest.raises(RightMissingError):
        november.sign_in("吴审").archives.write(OCTOBER, tmp_path)
    assert list(tmp_path.glob("xianshen-*")) == []


def test_cancelling_seals_nothing(november: Office, tmp_path: Path) -> None:
    def report(_progress: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        november.services.archives.write(OCTOBER, tmp_path, report)
    assert november.services.archives.history() == ()
    assert list(tmp_path.glob("xianshen-*")) == []
    assert november.services.archives.write(OCTOBER, tmp_path).record.number == "晋示档〔2026〕1号"


def test_a_second_sealing_needs_a_reason_and_keeps_the_number(november: Office, tmp_path: Path) -> None:
    services = november.services
    first = services.archives.write(OCTOBER, tmp_path).record
    with pytest.raises(ReasonNeededError):
        services.archives.write(OCTOBER, tmp_path)
    second = services.archives.write(OCTOBER, tmp_path, reason="补了一份扫描件").record
    assert (second.number, second.version, second.reason) == (first.number, 2, "补了一份扫描件")
    assert [record.version for record in services.archives.history()] == [2, 1]


def test_an_archive_without_the_lists_of_its_tag_files_is_not_whole(november: Office, tmp_path: Path) -> None:
    archives = november.services.archives
    folder = archives.write(OCTOBER, tmp_path).written.folder
    lists = sorted(folder.glob("tagmanifest-*.txt"))
    assert [path.name for path in lists] == ["tagmanifest-sha256.txt", "tagmanifest-sm3.txt"]
    lists[1].unlink()
    assert archives.verify(folder).valid
    lists[0].unlink()
    report = archives.verify(folder)
    assert [(p.kind, p.file, p.warning) for p in report.problems] == [
        (ProblemKind.NO_TAG_MANIFEST, "tagmanifest-sha256.txt", False)
    ]
    assert not report.valid


def test_a_sealed_month_is_exported_again_byte_for_byte(november: Office, tmp_path: Path) -> None:
    services = november.services
    archived = services.archives.write(OCTOBER, tmp_path)
    # What happens afterwards does not change what was sealed.
    services.publications.complete(services.publications.page(0, 1)[0].id, screenshots=(b"a later screenshot",))
    (tmp_path / "again").mkdir()
    again = services.archives.export_again(archived.record.id, tmp_path / "again")
    assert again.sha256_manifest_digest == archived.record.sha256_manifest_digest
    assert again.sm3_manifest_digest == archived.record.sm3_manifest_digest
    one = sorted(p.relative_to(archived.written.folder) for p in archived.written.folder.rglob("*"))
    two = sorted(p.relative_to(again.folder) for p in again.folder.rglob("*"))
    assert one == two


def test_after_hand_over_there_is_no_new_version(november: Office, tmp_path: Path) -> None:
    services = november.services
    record = services.archives.write(OCTOBER, tmp_path).record
    assert services.archives.handover_slip(record.id).pages == 1
    services.archives.hand_over(record.id, date(2026, 11, 6), november.scan("handover.pdf"))
    assert services.archives.history()[0].handed_over_on == "2026-11-06"
    with pytest.raises(MonthDeliveredError):
        services.archives.write(OCTOBER, tmp_path, reason="想再改")


def test_what_is_recorded_after_sealing_goes_with_the_later_month(november: Office, tmp_path: Path) -> None:
    services = november.services
    services.archives.write(OCTOBER, tmp_path)
    entry = PublicationEntry(
        november.account_ids()[1],
        november.clock.now.replace(month=10, day=20),
        "https://weibo.example.cn/2",
        "漏登记的一条",
        who="甲",
        why="漏登记",
        done="补登记",
        note_title="漏登记的一条",
    )
    services.publications.record("", entry)
    november.clock.forward(days=31)
    # What was not reviewed is explained in the month that files it.
    for gap in services.archives.overview(Month(2026, 11)).unexplained:
        services.archives.explain(Month(2026, 11), gap.key, "漏登记，已补")
    folder = services.archives.write(Month(2026, 11), tmp_path).written.folder
    assert "补充材料" in (folder / "data" / "index.html").read_text("utf-8")
    assert "漏登记的一条" in (folder / "data" / "index.html").read_text("utf-8")


def test_months_are_listed_from_the_first_publication_on(november: Office, tmp_path: Path) -> None:
    november.clock.forward(days=61)
    states = november.services.archives.months()
    assert [str(state.month) for state in states] == ["2026-12", "2026-11", "2026-10"]
    assert all(state.record is None for state in states)


def test_a_lost_attachment_stops_the_archive_and_says_so(november: Office, tmp_path: Path) -> None:
    shutil.rmtree(november.folder / "attachments")
    with pytest.raises(AttachmentMissingError):
        november.services.archives.write(OCTOBER, tmp_path)
    assert november.services.archives.history() == ()


def test_a_run_that_broke_off_before_sealing_does_not_stand_in_the_way(
    november: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archives = november.services.archives
    with monkeypatch.context() as patch:
        patch.setattr(MonthSealing, "seal", broken_off)
        with pytest.raises(KeyboardInterrupt):
            archives.write(OCTOBER, tmp_path)
    assert archives.history() == ()
    [refused] = tmp_path.glob("xianshen-*")
    # As a power cut leaves it, after which nothing can be renamed any more.
    unsealed = refused.rename(tmp_path / NAME)

    archived = archives.write(OCTOBER, tmp_path)
    assert archived.record.version == 1
    assert archived.written.folder == unsealed
    # Nothing is removed: a bag is never thrown away by a program.
    assert archived.set_aside.startswith(f"{unsealed.name}-unsealed-2026")
    # Whole, but not what was sealed under this number.
    [problem] = archives.verify(tmp_path / archived.set_aside).problems
    assert problem.kind is ProblemKind.NOT_AS_SEALED
    assert archived.set_aside in november.services.audit.page(0, 1)[0].detail


def test_a_month_is_not_written_into_the_data_folder(november: Office) -> None:
    archives = november.services.archives
    inside = november.folder / "attachments"
    for target in (november.folder, inside):
        with pytest.raises(TargetInsideSourceError):
            archives.write(OCTOBER, target)
    assert not list(november.folder.rglob("xianshen-*/"))
    assert archives.history() == ()


def broken_off(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_sealed_bag_or_a_foreign_folder_of_the_name_is_never_put_aside(november: Office, tmp_path: Path) -> None:
    from app.errors import TargetExistsError

    archives = november.services.archives
    foreign = tmp_path / NAME
    foreign.mkdir()
    (foreign / "bag-info.txt").write_text("Xianshen-Month: 2026-10\n", "utf-8")
    with pytest.raises(TargetExistsError):
        archives.write(OCTOBER, tmp_path)
    assert [path.name for path in foreign.iterdir()] == ["bag-info.txt"]


def test_a_second_sealing_is_refused_at_once_while_one_goes_on(
    november: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.archive.bag_writer import write_package
    from app.services import archives as module

    archives = november.services.archives
    refused = []

    def meanwhile(*arguments: object) -> object:
        before = november.services.audit.count()
        with pytest.raises(SealingBusyError) as told:
            archives.write(OCTOBER, tmp_path)
        assert november.services.audit.count() == before
        refused.append(str(explain(told.value)))
        return write_package(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_package", meanwhile)
    archives.write(OCTOBER, tmp_path)
    assert refused == ["正在归档，另一个窗口或命令还没有封存完。请等它结束再试。"]
    assert [(record.version, record.number) for record in archives.history()] == [(1, "晋示档〔2026〕1号")]
    assert [path.name for path in tmp_path.glob("xianshen-*")] == [NAME]
    # The lock is let go of with the seal.
    assert archives.write(OCTOBER, tmp_path, reason="补了一份扫描件").record.version == 2


def test_a_bag_whose_sealing_is_refused_never_keeps_the_real_name(
    november: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.archive.bag_writer import write_package
    from app.services import archives as module

    archives = november.services.archives
    [one, two] = [tmp_path / "one", tmp_path / "two"]
    one.mkdir()
    two.mkdir()

    def meanwhile(*arguments: object) -> object:
        # A lock that somebody took away, e.g. with the file it lies on.
        (november.folder / "archive.lock").unlink()
        with monkeypatch.context() as patch:
            patch.setattr(module, "write_package", write_package)
            archives.write(OCTOBER, two)
        return write_package(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "write_package", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        archives.write(OCTOBER, one)
    assert [(record.version, record.number) for record in archives.history()] == [(1, "晋示档〔2026〕1号")]
    [left] = one.iterdir()
    assert left.name.startswith(f"{NAME}-unsealed-2026")
    [problem] = archives.verify(left).problems
    assert problem.kind is ProblemKind.NOT_AS_SEALED
    assert [path.name for path in two.iterdir()] == [NAME]


def test_a_bag_that_was_sealed_keeps_its_name_though_something_fails_behind_it(
    november: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archives, seal = november.services.archives, MonthSealing.seal

    def fails_late(*arguments: object) -> None:
        seal(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(MonthSealing, "seal", fails_late)
    with pytest.raises(KeyboardInterrupt):
        archives.write(OCTOBER, tmp_path)
    assert [record.version for record in archives.history()] == [1]
    assert [path.name for path in tmp_path.glob("xianshen-*")] == [NAME]


def test_a_scan_and_a_screenshot_that_come_late_go_with_the_month_they_came_in(
    november: Office, tmp_path: Path
) -> None:
    services = november.services
    services.archives.write(OCTOBER, tmp_path)
    [publication] = services.publications.page(0, 1)
    services.scans.file_only(publication.draft_id, november.scan("late.jpg"))
    services.publications.complete(publication.id, screenshots=(b"a later screenshot",))
    november.clock.forward(days=31)
    folder = services.archives.write(Month(2026, 11), tmp_path).written.folder
    page = (folder / "data" / "index.html").read_text("utf-8")
    assert page.count("补充2026年10月的存档") == 2
    late = sorted(path.name for path in (folder / "data" / "supplement" / "late").iterdir())
    assert late == ["0001.jpg", "0002.png"]
    # Once filed, they are not filed again with a later month.
    november.clock.forward(days=31)
    after = services.archives.write(Month(2026, 12), tmp_path).written.folder
    assert "的存档" not in (after / "data" / "index.html").read_text("utf-8")


def test_a_post_recorded_late_brings_its_sheet_and_scan(november: Office, tmp_path: Path) -> None:
    services = november.services
    draft = november.approved()
    services = november.sign_in("陈账")
    services.papers.review_sheet(draft.id)
    services.archives.write(OCTOBER, tmp_path)
    at = november.clock.now.replace(month=10, day=30)
    entry = PublicationEntry(
        november.account_ids()[0], at, "https://a.example.cn/9", BODY, who="甲", why="漏登记", done="补登记"
    )
    services.publications.record(draft.id, entry)
    november.clock.forward(days=31)
    for gap in services.archives.overview(Month(2026, 11)).unexplained:
        services.archives.explain(Month(2026, 11), gap.key, "说明")
    folder = services.archives.write(Month(2026, 11), tmp_path).written.folder
    members = {str(path.relative_to(folder / "data")) for path in (folder / "data" / "supplement").rglob("*.pdf")}
    assert {"supplement/items/0001/sheet.pdf", "supplement/items/0001/scan-01.pdf"} <= members


def test_the_slip_is_issued_once_and_reprinted_byte_for_byte(november: Office, tmp_path: Path) -> None:
    services = november.services
    record = services.archives.write(OCTOBER, tmp_path).record
    first = services.archives.handover_slip(record.id)
    november.clock.forward(days=2)
    assert services.archives.handover_slip(record.id).data == first.data
    assert [e.action for e in services.audit.page(0, 2)] == ["paper.issue", "archive.seal"]


def test_only_the_newest_version_is_handed_over_once_and_on_a_possible_day(november: Office, tmp_path: Path) -> None:
    archives = november.services.archives
    first = archives.write(OCTOBER, tmp_path).record
    second = archives.write(OCTOBER, tmp_path, reason="补了一份").record
    with pytest.raises(ChangedMeanwhileError):
        archives.hand_over(first.id, date(2026, 11, 6), november.scan("slip.pdf"))
    for day in (date(2026, 11, 5), date(2026, 11, 7)):
        with pytest.raises(FieldInvalidError):
            archives.hand_over(second.id, day, november.scan("slip.pdf"))
    archives.hand_over(second.id, date(2026, 11, 6), november.scan("slip.pdf"))
    with pytest.raises(MonthDeliveredError):
        archives.hand_over(second.id, date(2026, 11, 6), november.scan("another.pdf"))
    with pytest.raises(MonthDeliveredError):
        archives.explain(OCTOBER, "no_link:1", "来不及了")


def test_who_may_not_archive_exports_nothing_and_leaves_no_scan(november: Office, tmp_path: Path) -> None:
    record = november.services.archives.write(OCTOBER, tmp_path).record
    (tmp_path / "again").mkdir()
    files = sorted((november.folder / "attachments").rglob("*"))
    archives = november.sign_in("吴审").archives
    with pytest.raises(RightMissingError):
        archives.export_again(record.id, tmp_path / "again")
    with pytest.raises(RightMissingError):
        archives.hand_over(record.id, date(2026, 11, 6), november.scan("slip.pdf"))
    assert list((tmp_path / "again").iterdir()) == []
    assert sorted((november.folder / "attachments").rglob("*")) == files


def test_an_altered_file_stops_a_second_export_by_its_name(november: Office, tmp_path: Path) -> None:
    services = november.services
    archived = services.archives.write(OCTOBER, tmp_path)
    [scan] = services.drafts.view(_draft_id(november)).scans
    kept = november.folder / "attachments" / scan.sha256[:2] / scan.sha256
    data = bytearray(kept.read_bytes())
    data[3] ^= 1
    kept.write_bytes(data)
    (tmp_path / "again").mkdir()
    with pytest.raises(AttachmentMissingError) as altered:
        services.archives.export_again(archived.record.id, tmp_path / "again")
    assert altered.value.sha256 == scan.sha256
    assert list((tmp_path / "again").iterdir()) == []
    assert services.audit.page(0, 1)[0].action == "archive.seal"
