"""Numbers that go on beyond what was lost, as the paper tells it."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.errors import (
    ChangedMeanwhileError,
    FieldInvalidError,
    HeadMismatchError,
    MissingFieldError,
    NumberImplausibleError,
    NumbersUnconfirmedError,
    RightMissingError,
    SignedOutError,
)
from app.models.backup import NumberSeries, SeriesTop
from app.models.clock import BEIJING
from app.models.month import Month
from app.services.audit_desk import Witness
from app.services.lost_span import LostSpan
from app.services.restoring import Restoring
from app.services.scans import ScanOutcome
from app.storage.unit_of_work import Store
from tests.services.office import Office, cheap_hasher
from tests.services.restored_office import ADMIN, OTHER, Restored
from tests.services.test_publications import entry


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Restored:
    whole = Restored(tmp_path_factory.mktemp("built"))
    whole.restore()
    return whole


@pytest.fixture
def restored(built: Restored, tmp_path: Path) -> Restored:
    return built.apart(tmp_path)


@pytest.fixture
def desk(built: Restored, restored: Restored) -> LostSpan:
    shutil.copytree(built.target, restored.target)
    return LostSpan(restored.room())


def tops(desk: LostSpan, **serials: int) -> tuple[SeriesTop, ...]:
    """Return the series as they are, with some of the newest year found higher on paper."""
    facts = desk.pending()
    assert facts is not None
    newest = max(s.year for s in facts.series)
    given = {s.kind: s.last for s in facts.series if s.year == newest} | serials
    return tuple(SeriesTop(s.kind, s.year, given[s.kind] if s.year == newest else s.last) for s in facts.series)


def submit_another(restored: Restored) -> str:
    office = Office(restored.target, restored.clock)
    return str(office.submitted().number)


def test_after_a_restore_the_series_and_the_head_wait_to_be_confirmed(restored: Restored, desk: LostSpan) -> None:
    facts = desk.pending()
    assert facts is not None
    assert facts.snapshot == restored.saved.snapshot.name
    assert (facts.audit_seq, facts.audit_head) == (restored.saved.audit_seq, restored.saved.audit_head)
    assert facts.series == (
        NumberSeries("review_sheet", 2026, "晋示审", 2),
        NumberSeries("archive_cover", 2026, "晋示档", 0),
        NumberSeries("account_filing", 2026, "晋示备", 0),
        NumberSeries("account_change", 2026, "晋示变", 0),
        NumberSeries("account_closing", 2026, "晋示停", 0),
        NumberSeries("password_handover", 2026, "晋示交", 0),
        NumberSeries("review_sheet", 2025, "晋示审", 0),
        NumberSeries("archive_cover", 2025, "晋示档", 0),
    )
    with pytest.raises(NumbersUnconfirmedError):
        submit_another(restored)


def test_numbers_continue_beyond_the_highest_on_paper_and_the_lost_span_is_recorded(
    restored: Restored, desk: LostSpan
) -> None:
    head = restored.head
    typed = " ".join(head.hash[i : i + 4] for i in range(0, 32, 4)).upper()
    report = desk.settle(tops(desk, review_sheet=5), head.seq, typed)
    assert report.numbers == (("review_sheet", 2026, 3, 5),)
    assert (report.audit_from, report.audit_to) == (restored.saved.audit_seq + 1, head.seq)
    assert desk.pending() is None
    room = restored.room()
    with room.store.reading() as unit:
        entry = unit.audit.find(unit.audit.head().seq)
        assert entry is not None
        assert entry.action == "backup.settle"
        assert f'"audit_to":{head.seq}' in entry.detail
        assert '"numbers":[["review_sheet",2026,3,5]]' in entry.detail
        given = unit.numbers.list("review_sheet", 2026)
        assert [line.number.serial for line in given] == [1, 2, 3, 4, 5]
        assert {line.subject for line in given[2:]} == {f"lost:{restored.saved.snapshot.name}"}
    assert submit_another(restored) == "晋示审〔2026〕6号"
    with pytest.raises(ChangedMeanwhileError):
        desk.settle((), 0, "")


def test_a_paper_of_the_lost_span_is_told_apart_from_a_forged_one(restored: Restored, desk: LostSpan) -> None:
    head = restored.head
    desk.settle(tops(desk, review_sheet=5), head.seq, head.hash[:32])
    office = Office(restored.target, restored.clock)
    assert office.services.audit.witnesses(head.seq, head.hash) is Witness.LOST
    assert office.services.audit.witnesses(restored.saved.audit_seq, restored.saved.audit_head) is Witness.MATCHES
    assert office.services.audit.witnesses(restored.saved.audit_seq, "0" * 64) is Witness.DIFFERS
    assert office.services.audit.witnesses(head.seq + 500, "0" * 64) is Witness.DIFFERS
    # The newest paper told the head of its last entry: another head under that number is no witness.
    assert office.services.audit.witnesses(head.seq, head.hash[:32]) is Witness.LOST
    assert office.services.audit.witnesses(head.seq, "0" * 64) is Witness.DIFFERS
    assert office.services.audit.witnesses(head.seq, head.hash[:16] + "0" * 16) is Witness.DIFFERS
    # Of the entries before it nothing is left to compare with.
    assert office.services.audit.witnesses(head.seq - 1, "0" * 32) is Witness.LOST


def test_a_sheet_of_the_lost_span_is_told_apart_from_a_foreign_one(restored: Restored, desk: LostSpan) -> None:
    sheets = {draft.id: restored.office.sign_in("陈账").papers.review_sheet(draft.id) for draft in (restored.lost,)}
    head = restored.office.services.audit.check().head
    path = restored.target.parent / "lost.pdf"
    path.write_bytes(sheets[restored.lost.id].data)
    office = Office(restored.target, restored.clock)
    [before] = office.services.scans.examine(path)
    assert (before.outcome, before.draft_id) == (ScanOutcome.FOREIGN, "")
    desk.settle(tops(desk, review_sheet=5), head.seq, head.hash[:32])
    [match] = office.services.scans.examine(path)
    assert (match.outcome, match.draft_id) == (ScanOutcome.LOST_SPAN, "")


def test_a_head_may_be_typed_as_it_is_grouped_on_paper_and_in_full_width(restored: Restored, desk: LostSpan) -> None:
    office = Office(restored.target, restored.clock)
    saved = restored.saved
    grouped = "-".join(saved.audit_head[i : i + 4] for i in range(0, 32, 4))
    wide = grouped.upper().translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    for typed in (grouped, f" {wide}　"):
        assert office.services.audit.witnesses(saved.audit_seq, typed) is Witness.MATCHES
    for typed in ("", saved.audit_head[:15], "存证号" + saved.audit_head, saved.audit_head + "0"):
        assert office.services.audit.witnesses(saved.audit_seq, typed) is Witness.DIFFERS


def test_when_paper_knows_no_more_nothing_is_lost(restored: Restored, desk: LostSpan) -> None:
    report = desk.settle(tops(desk), restored.saved.audit_seq, restored.saved.audit_head)
    assert report.numbers == ()
    assert (report.audit_from, report.audit_to) == (0, 0)
    assert submit_another(restored) == "晋示审〔2026〕3号"


def test_without_any_paper_the_numbers_are_still_confirmed(restored: Restored, desk: LostSpan) -> None:
    assert desk.settle(tops(desk, archive_cover=1), 0, "").numbers == (("archive_cover", 2026, 1, 1),)


def test_a_paper_printed_after_the_restore_is_no_loss(restored: Restored, desk: LostSpan) -> None:
    room = restored.room()
    with room.store.reading() as unit:
        head = unit.audit.head()
    assert head.seq > restored.saved.audit_seq
    assert desk.settle(tops(desk), head.seq, head.hash[:32]).audit_to == 0


@pytest.mark.parametrize("serial", [1, 0, -1, 5_003])
def test_a_number_that_cannot_be_is_refused_and_nothing_recorded(
    restored: Restored, desk: LostSpan, serial: int
) -> None:
    before = Store(restored.target, restored.clock)
    with before.reading() as unit:
        seq = unit.audit.head().seq
    with pytest.raises(NumberImplausibleError):
        desk.settle(tops(desk, review_sheet=serial), 0, "")
    with before.reading() as unit:
        assert unit.audit.head().seq == seq
        assert len(unit.numbers.list("review_sheet", 2026)) == 2
    assert desk.pending() is not None


def test_the_largest_believable_jump_is_taken(restored: Restored, desk: LostSpan) -> None:
    assert desk.settle(tops(desk, review_sheet=5_002), 0, "").numbers == (("review_sheet", 2026, 3, 5_002),)
    assert submit_another(restored) == "晋示审〔2026〕5003号"


def test_series_that_are_missing_twice_or_unknown_are_refused(desk: LostSpan) -> None:
    given = tops(desk)
    with pytest.raises(MissingFieldError):
        desk.settle(given[:1], 0, "")
    for wrong in ((*given, given[0]), (*given, replace(given[0], kind="x")), (*given, replace(given[0], year=2019))):
        with pytest.raises(FieldInvalidError):
            desk.settle(wrong, 0, "")


@pytest.mark.parametrize("head", ["", "0" * 31, "0" * 65, "g" * 32, "ab cd", "x" * 64])
def test_a_head_that_is_none_is_refused(restored: Restored, desk: LostSpan, head: str) -> None:
    with pytest.raises(FieldInvalidError) as told:
        desk.settle(tops(desk), restored.head.seq, head)
    assert told.value.field == "audit_head"


def test_a_paper_that_contradicts_the_records_stops_everything(restored: Restored, desk: LostSpan) -> None:
    with pytest.raises(HeadMismatchError) as told:
        desk.settle(tops(desk), restored.saved.audit_seq, "0" * 32)
    assert told.value.seq == restored.saved.audit_seq
    for seq in (-1, restored.saved.audit_seq + 200_001):
        with pytest.raises(NumberImplausibleError):
            desk.settle(tops(desk), seq, "0" * 32)
    assert desk.pending() is not None


def test_only_an_administrator_settles(restored: Restored) -> None:
    restored.restore()
    desk = LostSpan(restored.room("陈账"))
    with pytest.raises(RightMissingError):
        desk.settle(tops(desk), 0, "")


def test_the_administrator_who_confirmed_the_restore_settles_at_once_and_nobody_later(restored: Restored) -> None:
    report = restored.restoring.restore(restored.stick, restored.target, OTHER, ADMIN)
    assert report.administrator.name == "许管"
    room = restored.room()
    room.session.person_id = ""
    desk = LostSpan(room)
    with pytest.raises(SignedOutError):
        desk.settle(tops(desk), 0, "")
    with pytest.raises(SignedOutError):
        desk.settle(tops(desk), 0, "", replace(report.administrator, person_id="somebody"))
    office = Office(restored.target, restored.clock)
    office.sign_in("林晓")
    with pytest.raises(SignedOutError):
        desk.settle(tops(desk), 0, "", report.administrator)
    shutil.rmtree(restored.target)
    report = restored.restoring.restore(restored.stick, restored.target, OTHER, ADMIN)
    desk = LostSpan(room)
    desk.settle(tops(desk), 0, "", report.administrator)
    with room.store.reading() as unit:
        newest = unit.audit.find(unit.audit.head().seq)
        assert newest is not None
        assert (newest.action, newest.actor) == ("backup.settle", report.administrator.person_id)
        assert "administrator" in newest.role


def test_numbers_of_every_year_up_to_today_are_asked_for(restored: Restored) -> None:
    restored.clock.forward(days=120)
    restored.restore()
    facts = LostSpan(restored.room()).pending()
    assert facts is not None
    others = ("account_filing", "account_change", "account_closing", "password_handover")
    assert [(s.kind, s.year, s.last) for s in facts.series] == [
        ("review_sheet", 2027, 0),
        ("archive_cover", 2027, 0),
        *((kind, 2027, 0) for kind in others),
        ("review_sheet", 2026, 2),
        ("archive_cover", 2026, 0),
        *((kind, 2026, 0) for kind in others),
        ("review_sheet", 2025, 0),
        ("archive_cover", 2025, 0),
    ]


def published_in(office: Office, *moments: datetime) -> None:
    for moment in moments:
        office.clock.now = moment
        draft = office.approved()
        office.services.publications.record(draft.id, entry(office))


def sealed(office: Office, month: Month, target: Path) -> str:
    services = office.sign_in("陈账")
    for gap in services.archives.overview(month).unexplained:
        services.archives.explain(month, gap.key, "当时没有留存")
    target.mkdir(exist_ok=True)
    return services.archives.write(month, target).record.number


def test_a_cover_of_the_old_year_that_was_sealed_after_a_backup_in_january_is_never_given_twice(tmp_path: Path) -> None:
    office = Office(tmp_path / "data").open()
    published_in(office, datetime(2026, 11, 20, 9, tzinfo=BEIJING), datetime(2026, 12, 20, 9, tzinfo=BEIJING))
    office.clock.now = datetime(2027, 1, 2, 9, tzinfo=BEIJING)
    stick = tmp_path / "stick"
    stick.mkdir()
    office.sign_in("许管").backups.back_up(stick)
    office.clock.forward(days=1)
    assert sealed(office, Month(2026, 12), tmp_path / "bags") == "晋示档〔2026〕1号"
    head = office.services.audit.check().head
    target = tmp_path / "new"
    report = Restoring(cheap_hasher(), office.clock).restore(stick, target, ADMIN, OTHER)
    again = Office(target, office.clock)
    desk = again.services.lost_span
    facts = desk.pending()
    assert facts is not None
    told = tuple(
        SeriesTop(s.kind, s.year, 1 if (s.kind, s.year) == ("archive_cover", 2026) else s.last) for s in facts.series
    )
    assert desk.settle(told, head.seq, head.hash, report.administrator).numbers == (("archive_cover", 2026, 1, 1),)
    assert sealed(again, Month(2026, 11), tmp_path / "bags") == "晋示档〔2026〕2号"


def test_every_year_of_a_month_that_was_still_open_is_asked_for(tmp_path: Path) -> None:
    office = Office(tmp_path / "data").open()
    published_in(office, datetime(2026, 11, 20, 9, tzinfo=BEIJING))
    office.clock.now = datetime(2029, 1, 2, 9, tzinfo=BEIJING)
    stick = tmp_path / "stick"
    stick.mkdir()
    office.sign_in("许管").backups.back_up(stick)
    report = Restoring(cheap_hasher(), office.clock).restore(stick, tmp_path / "new", ADMIN, OTHER)
    assert report.snapshot.audit_seq
    facts = Office(tmp_path / "new", office.clock).services.lost_span.pending()
    assert facts is not None
    assert [s.year for s in facts.series if s.kind == "archive_cover"] == [2029, 2028, 2027, 2026]


def test_records_that_were_never_restored_wait_for_nothing(restored: Restored) -> None:
    shutil.copytree(restored.office.folder, restored.target)
    desk = LostSpan(restored.room())
    assert desk.pending() is None
    with pytest.raises(ChangedMeanwhileError):
        desk.settle((), 0, "")
