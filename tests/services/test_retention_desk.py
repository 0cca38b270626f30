"""What is over goes for good and by one act; what is not over, or belongs to what is kept, stays."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import (
    CancelledError,
    ClockDoubtfulError,
    NotFoundError,
    NothingExpiredError,
    ReasonNeededError,
    RightMissingError,
    SamePersonError,
    SignInRefusedError,
    TargetNotWritableError,
)
from app.models.archive_package import Progress
from app.models.clock import BEIJING
from app.models.draft import Draft, DraftState
from app.models.draft_list import DraftFilter, DraftQuery
from app.models.expiry import ROWS, RecordGroup, kept_years
from app.models.month import Month
from app.models.papercode import PaperKind
from app.models.records import IssuedPaper, StoredFile, UseKind
from app.models.review import Verdict
from app.models.right import Role
from app.models.shipped_words import Stated
from app.models.stated_words import WordsReport
from app.services import retention_desk
from app.services.late_material import removed_through
from app.services.office import Services
from app.services.publications import PublicationEntry
from app.services.retention_desk import RetentionDesk
from app.storage.attachments import AttachmentStore
from app.storage.database import FILE_NAME
from app.storage.expired_records import ExpiredRecords
from app.storage.guards import GUARDS
from tests.services.office import PASSCODE, Office
from tests.services.test_publications import entry, explained

ALL = DraftQuery(DraftFilter.ALL)
BASIS = "晋示鉴〔2037〕1号"
SECOND = ("周计", PASSCODE)
OVER = datetime(2037, 1, 4, 9, 0, tzinfo=BEIJING)
"""Ten whole years after 2026."""


def desk(office: Office, name: str = "陈账") -> RetentionDesk:
    return office.sign_in(name).retention


def in_the_file(office: Office, words: str) -> bool:
    return words.encode() in (office.folder / FILE_NAME).read_bytes()


def stored(office: Office) -> set[str]:
    return {path.name for path in (office.folder / "attachments").rglob("*") if path.is_file()}


def guards(office: Office) -> set[str]:
    with closing(sqlite3.connect(office.folder / FILE_NAME)) as db:
        return {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()}


def worked_until(office: Office, moment: datetime) -> Services:
    """Let somebody sign in the day before, so that the clock can be believed, and sit down at a moment."""
    office.clock.now = moment - timedelta(days=1)
    office.sign_in("许管")
    office.clock.now = moment
    return office.sign_in("陈账")


def published(office: Office) -> Draft:
    draft = office.approved()
    office.services.publications.record(draft.id, entry(office))
    return draft


def a_year(office: Office) -> str:
    """Let one draft go its whole way in October 2026, and its month be archived; return its id."""
    draft = published(office)
    services = office.services
    services.publications.record("", explained(entry(office, note_title="没有稿子的一条")))
    services.reviews.note_reminder(draft.id, services.staff.list()[0].person.id, "电话催了一次")
    office.clock.now = datetime(2026, 11, 2, 9, 0, tzinfo=BEIJING)
    for gap in services.archives.overview(Month(2026, 10)).unexplained:
        services.archives.explain(Month(2026, 10), gap.key, "当时没有留下")
    services.archives.write(Month(2026, 10), office.folder.parent)
    return draft.id


def test_nothing_is_over_in_the_year_of_use_and_the_day_from_which_it_may_go_is_told(office: Office) -> None:
    a_year(office)
    retention = desk(office)
    filed = next(e for e in retention.expiries() if e.group is RecordGroup.FILED)
    assert (filed.years, filed.oldest, filed.due, filed.first_on) == (10, 2026, 0, date(2037, 1, 1))
    with pytest.raises(NothingExpiredError) as refused:
        retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert refused.value.first_on == date(2037, 1, 1)


def test_on_the_last_day_nothing_goes_and_on_the_next_it_may(office: Office) -> None:
    a_year(office)
    office.clock.now = datetime(2036, 12, 31, 23, 30, tzinfo=BEIJING)
    assert not any(e.due for e in desk(office).expiries() if e.group is RecordGroup.FILED)
    office.clock.now = datetime(2037, 1, 1, 0, 30, tzinfo=BEIJING)
    assert next(e.due for e in desk(office).expiries() if e.group is RecordGroup.FILED) == 3


def test_a_year_goes_with_its_files_and_words_and_leaves_numbers_and_chain(office: Office) -> None:
    draft_id = a_year(office)
    words = ("没有稿子的一条", "电话催了一次", "当时没有留下")
    body = office.services.drafts.view(draft_id).draft.content.plain_body[:12]
    assert in_the_file(office, body)
    assert all(in_the_file(office, word) for word in words)
    entries = office.services.audit.count()
    services = worked_until(office, OVER)
    removed = services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert removed.records == 3
    assert removed.left == 0
    assert not in_the_file(office, body)
    assert not any(in_the_file(office, word) for word in words)
    assert stored(office) == set()
    assert services.drafts.count(ALL) == services.publications.count() == 0
    assert services.archives.history() == ()
    with services.publications._room.store.reading() as unit:
        assert [given.number.serial for given in unit.numbers.list("review_sheet", 2026)] == [1]
    report = services.audit.check()
    assert (report.broken_at, report.words) == (0, WordsReport())
    assert report.entries > entries
    assert guards(office) == set(GUARDS)


def test_of_years_that_were_removed_no_archive_is_asked_for(office: Office) -> None:
    a_year(office)
    # Goes on in the next year: its post of December stays, and December is over all the same.
    office.clock.now = datetime(2026, 12, 20, 9, 0, tzinfo=BEIJING)
    draft = published(office)
    office.clock.now = datetime(2027, 2, 3, 9, 0, tzinfo=BEIJING)
    office.sign_in("陈账").publications.record(
        draft.id,
        explained(PublicationEntry(office.account_ids()[1], office.clock.now, "https://mp.example.cn/s/late")),
    )
    services = worked_until(office, OVER)
    services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert [row.id for row in services.drafts.page(ALL, 0, 9)] == [draft.id]
    asked = [task.subject for task in services.today.tasks() if task.subject.startswith("month:")]
    assert asked[0] == "month:2027-01"
    assert not any("2026" in subject for subject in asked)
    assert services.archives.months()[-1].month == Month(2027, 1)


def test_a_later_archive_keeps_the_files_that_it_froze(office: Office, tmp_path: Path) -> None:
    draft_id = a_year(office)
    # A screenshot of the October post comes in January and goes with that month's archive.
    office.clock.now = datetime(2027, 1, 5, 9, 0, tzinfo=BEIJING)
    services = office.sign_in("陈账")
    post = services.publications.of_draft(draft_id)[0]
    services.publications.complete(post.id, screenshots=(b"a picture that came late",))
    office.clock.now = datetime(2027, 2, 2, 9, 0, tzinfo=BEIJING)
    january = Month(2027, 1)
    for gap in services.archives.overview(january).unexplained:
        services.archives.explain(january, gap.key, "说明")
    services.archives.write(january, tmp_path)
    record = services.archives.history()[0]
    worked_until(office, OVER).retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    again = tmp_path / "again"
    again.mkdir()
    written = office.services.archives.export_again(record.id, again)
    assert written.sha256_manifest_digest == record.sha256_manifest_digest
    late = [path for path in written.folder.rglob("*") if path.is_file() and b"came late" in path.read_bytes()]
    assert len(late) == 1


def test_drafts_never_submitted_go_after_two_years_and_no_others(office: Office, tmp_path: Path) -> None:
    kept = office.submitted()
    author = office.sign_in("林晓")
    source = tmp_path / "旧稿.txt"
    source.write_text("一段谁也没有送审的话，编号 qzxwvjk7。", encoding="utf-8")
    loose = author.imports.draft_from_file(source).draft
    assert in_the_file(office, "qzxwvjk7")
    services = worked_until(office, datetime(2029, 1, 3, 9, 0, tzinfo=BEIJING))
    assert services.retention.remove(RecordGroup.UNSUBMITTED, BASIS, PASSCODE, *SECOND).records == 1
    assert [row.id for row in services.drafts.page(ALL, 0, 9)] == [kept.id]
    assert not in_the_file(office, "谁也没有送审")
    assert not in_the_file(office, "qzxwvjk7")
    assert services.search.find("谁也没有送审") == ()
    assert loose.state is DraftState.WRITING
    assert guards(office) == set(GUARDS)


def test_a_leaver_is_forgotten_only_when_nothing_of_theirs_is_kept(office: Office) -> None:
    a_year(office)
    admin = office.sign_in("许管")
    writer = next(line.person.id for line in admin.staff.list() if line.person.name == "林晓")
    left_on = office.clock.now.date()
    # Recorded after New Year: its words go with the person's year all the same.
    office.clock.now = datetime(2027, 1, 8, 9, 0, tzinfo=BEIJING)
    office.sign_in("许管").staff.leave(writer, left_on, "免职通知3号", PASSCODE)
    services = worked_until(office, OVER)
    with pytest.raises(NothingExpiredError):
        services.retention.remove(RecordGroup.LEAVERS, BASIS, PASSCODE, *SECOND)
    services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert services.retention.remove(RecordGroup.LEAVERS, BASIS, PASSCODE, *SECOND).records == 1
    assert not in_the_file(office, "林晓")
    assert not in_the_file(office, "免职通知3号")
    assert office.sign_in("周计").audit.check().words == WordsReport()
    services = office.sign_in("陈账")
    assert "（已清除）" in services.staff.names().values()
    with pytest.raises(NothingExpiredError):
        services.retention.remove(RecordGroup.LEAVERS, BASIS, PASSCODE, *SECOND)


def test_what_was_said_of_a_leaver_goes_with_them_and_is_not_called_lost(office: Office) -> None:
    admin = office.sign_in("许管")
    admin.staff.leave(office.person("何副").id, admin.today.day(), "退休通知4号", PASSCODE)
    services = worked_until(office, OVER)
    assert services.retention.remove(RecordGroup.LEAVERS, BASIS, PASSCODE, *SECOND).records == 1
    assert not in_the_file(office, "退休通知4号")
    assert office.sign_in("周计").audit.check().words == WordsReport()


def test_only_the_archivist_removes_with_a_basis_the_own_passcode_and_a_second_person(office: Office) -> None:
    a_year(office)
    worked_until(office, OVER)
    with pytest.raises(RightMissingError):
        desk(office, "林晓").remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    with pytest.raises(ReasonNeededError):
        desk(office).remove(RecordGroup.FILED, "  ", PASSCODE, *SECOND)
    with pytest.raises(SignInRefusedError):
        desk(office).remove(RecordGroup.FILED, BASIS, "wrong-passcode", *SECOND)
    with pytest.raises(SignInRefusedError):
        desk(office).remove(RecordGroup.FILED, BASIS, PASSCODE, "周计", "wrong-passcode")
    with pytest.raises(SamePersonError):
        desk(office).remove(RecordGroup.FILED, BASIS, PASSCODE, "陈账", PASSCODE)
    assert office.services.drafts.count(ALL) == 1


def test_what_the_policy_keeps_for_ever_is_never_over(office: Office) -> None:
    a_year(office)
    admin = office.sign_in("许管")
    ten, ever = (f'review_sheet = {{ value = "{years}"' for years in ("10年", "永久"))
    text = admin.settings.current_policy().policy.text
    assert ten in text
    admin.settings.adopt_policy(text.replace(ten, ever), office.clock.now.date(), "局长办公会", PASSCODE)
    office.clock.now = datetime(2126, 1, 4, 9, 0, tzinfo=BEIJING)
    filed = next(e for e in desk(office).expiries() if e.group is RecordGroup.FILED)
    assert (filed.years, filed.due, filed.first_on) == (None, 0, None)


def test_a_removal_that_fails_on_the_way_removes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    a_year(office)
    worked_until(office, OVER)
    retention, before, files = desk(office), office.services.audit.count(), stored(office)

    def broken(*_arguments: object) -> None:
        raise OSError("the power went")

    monkeypatch.setattr(ExpiredRecords, "_keep_for_archives", broken)
    with pytest.raises(OSError, match="power"):
        retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert office.services.drafts.count(ALL) == 1
    assert office.services.audit.count() == before
    assert stored(office) == files
    assert guards(office) == set(GUARDS)


def test_how_far_a_removal_is_is_told_thing_by_thing_and_then_file_by_file(office: Office) -> None:
    a_year(office)
    told: list[Progress] = []
    services = worked_until(office, OVER)
    removed = services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND, told.append)
    assert [(p.done, p.total) for p in told if p.stage == "remove"] == [(1, 3), (2, 3), (3, 3)]
    assert [(p.done, p.total) for p in told if p.stage == "erase"] == [(0, removed.files)]
    assert removed.files > 0


def test_cancelled_among_the_records_nothing_was_done(office: Office) -> None:
    a_year(office)
    services = worked_until(office, OVER)
    before, files = services.audit.count(), stored(office)

    def cancel_at_the_last(progress: Progress) -> None:
        if progress.done == progress.total:
            raise CancelledError

    with pytest.raises(CancelledError):
        services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND, cancel_at_the_last)
    assert services.drafts.count(ALL) == 1
    assert (services.audit.count(), stored(office)) == (before, files)
    assert guards(office) == set(GUARDS)
    assert services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND).records == 3


def test_cancelled_among_the_files_the_rest_goes_at_the_next_start(office: Office) -> None:
    a_year(office)
    services = worked_until(office, OVER)

    def cancel_among_files(progress: Progress) -> None:
        if progress.stage == "erase":
            raise CancelledError

    removed = services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND, cancel_among_files)
    assert removed.left == removed.files == len(stored(office))
    assert services.drafts.count(ALL) == 0
    Office(office.folder, office.clock)
    assert stored(office) == set()


def test_a_file_that_is_held_open_stops_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    a_year(office)
    services = worked_until(office, OVER)
    held = min(stored(office))
    erase = AttachmentStore.erase

    def refuse_one(store: AttachmentStore, sha256: str) -> None:
        if sha256 == held:
            raise TargetNotWritableError(sha256)
        erase(store, sha256)

    with monkeypatch.context() as patched:
        patched.setattr(AttachmentStore, "erase", refuse_one)
        assert services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND).left == 1
    assert stored(office) == {held}
    Office(office.folder, office.clock)
    assert stored(office) == set()


def test_of_many_papers_not_each_is_read_for_every_file_that_goes(office: Office) -> None:
    a_year(office)
    services = worked_until(office, OVER)
    with services.retention._room.store.writing() as unit:
        [draft] = [row.id for row in unit.drafts.page(ALL, 0, 9)]
        person = unit.drafts.get(draft).author_id
        for number in range(400):
            used, printed = (StoredFile(f"{side}{number:063}", 1) for side in "ab")
            unit.files.register(used, OVER)
            unit.files.use(used.sha256, UseKind.SCAN, f"draft:{draft}", "scan", OVER)
            unit.files.register(printed, OVER)
            file, kind = printed.sha256, PaperKind.REVIEW_SHEET
            unit.papers.add(IssuedPaper(f"kept {number}", kind, "kept", 1, "", "{}", 1, 1, "", file, 1, OVER, person))
        unit.db.execute("UPDATE attachment_use SET added_at = '2026-10-12T05:00:00.000000Z'")
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        unit.db.conn.set_progress_handler(step, 1_000)
        assert len(unit.expired.remove(RecordGroup.FILED, 2026, OVER)) > 400
        unit.db.conn.set_progress_handler(None, 0)
        # 400 files among 400 papers; each against each would be 1 500 thousand steps and more.
        assert steps < 700
        indexes = {row[0] for row in unit.db.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()}
        assert not any("passing" in index for index in indexes)


def test_the_copy_that_a_migration_kept_goes_too(office: Office) -> None:
    a_year(office)
    former = office.folder / "xianshen-before-m0002_bound_words-20261124T000000.db"
    former.write_bytes(b"what was there")
    worked_until(office, OVER)
    desk(office).remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert not former.exists()


def test_a_kill_behind_the_commit_leaves_the_former_copy_to_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = a_year(office)
    words = office.services.drafts.view(draft_id).draft.content.title
    former = office.folder / "xianshen-before-m0002_bound_words-20261124T000000.db"
    former.write_bytes((office.folder / FILE_NAME).read_bytes())
    worked_until(office, OVER)

    def cut_off(*_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(retention_desk, "remove_given_up", cut_off)
    with pytest.raises(KeyboardInterrupt):
        desk(office).remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert words.encode() in former.read_bytes()
    Office(office.folder, office.clock)
    left = [path for path in office.folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]
    assert left == []


def test_words_returned_with_a_reason_go_too(office: Office) -> None:
    draft = office.submitted()
    office.sign_in("吴审").reviews.decide(draft.id, 1, Verdict.RETURN, "地名写错了，请改。", PASSCODE)
    assert in_the_file(office, "地名写错了")
    worked_until(office, OVER)
    assert desk(office).remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND).records == 1
    assert not in_the_file(office, "地名写错了")


def test_under_a_clock_that_has_jumped_nothing_is_removed(office: Office) -> None:
    a_year(office)
    office.clock.now = datetime(2046, 1, 1, 9, 0, tzinfo=BEIJING)
    services = office.sign_in("陈账")
    with pytest.raises(ClockDoubtfulError):
        services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    office.clock.now = datetime(2026, 11, 9, 9, 0, tzinfo=BEIJING)
    services = office.sign_in("陈账")
    assert services.drafts.count(ALL) == 1
    assert [state.month for state in services.archives.months()] == [Month(2026, 10)]


def test_only_the_years_that_held_something_count_as_removed(office: Office) -> None:
    a_year(office)
    services = worked_until(office, datetime(2046, 1, 4, 9, 0, tzinfo=BEIJING))
    services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    with services.publications._room.store.reading() as unit:
        assert removed_through(unit) == 2026


def test_a_month_can_be_opened_and_sealed_after_what_was_given_up_in_it_is_gone(office: Office, tmp_path: Path) -> None:
    office.approved()
    author = office.sign_in("林晓")
    draft = author.drafts.start(office.content(title="不要了的草稿"))
    author.drafts.void(draft.id, "不用了")
    services = worked_until(office, datetime(2029, 1, 5, 9, 0, tzinfo=BEIJING))
    services.retention.remove(RecordGroup.UNSUBMITTED, BASIS, PASSCODE, *SECOND)
    assert services.audit.check().words == WordsReport()
    october = Month(2026, 10)
    for gap in services.archives.overview(october).unexplained:
        services.archives.explain(october, gap.key, "说明")
    assert services.archives.write(october, tmp_path).written.files > 0


def test_a_kept_month_with_late_material_of_a_removed_year_can_be_opened_and_sealed_again(
    office: Office, tmp_path: Path
) -> None:
    office.clock.now = datetime(2026, 12, 20, 9, 0, tzinfo=BEIJING)
    draft = published(office)
    sealed(office, Month(2026, 12), tmp_path / "december", datetime(2027, 1, 3, 9, 0, tzinfo=BEIJING))
    post = office.services.publications.of_draft(draft.id)[0]
    office.services.publications.complete(post.id, screenshots=(b"late picture",))
    sealed(office, Month(2027, 1), tmp_path / "january", datetime(2027, 2, 3, 9, 0, tzinfo=BEIJING))
    # Removed with the year of its last act, which the late picture made 2027.
    services = worked_until(office, OVER)
    services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert services.drafts.count(ALL) == 1
    services = worked_until(office, OVER.replace(year=2038))
    services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert services.drafts.count(ALL) == 0
    assert services.archives.overview(Month(2038, 1)).publications == 0


def test_a_late_record_of_a_removed_year_is_kept_and_goes_as_late_material(office: Office) -> None:
    a_year(office)
    services = worked_until(office, OVER)
    services.retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    when = datetime(2026, 12, 30, 9, 0, tzinfo=BEIJING)
    late = PublicationEntry(
        office.account_ids()[0], when, who="甲", why="忘了登记", done="补登", note_title="迟到的一条"
    )
    services.publications.record("", late)
    assert next(e.due for e in services.retention.expiries() if e.group is RecordGroup.FILED) == 0
    assert services.archives.overview(Month(2037, 1)).supplements == 1


def test_what_came_to_a_draft_later_keeps_it_for_its_own_years(office: Office) -> None:
    draft_id = a_year(office)
    office.clock.now = datetime(2027, 3, 1, 9, 0, tzinfo=BEIJING)
    services = office.sign_in("陈账")
    services.reviews.note_reminder(draft_id, services.staff.list()[0].person.id, "第二年又催了一次")
    worked_until(office, OVER).retention.remove(RecordGroup.FILED, BASIS, PASSCODE, *SECOND)
    assert [row.id for row in office.services.drafts.page(ALL, 0, 9)] == [draft_id]


def test_a_leavers_name_goes_from_the_basis_of_roles_and_the_signed_authorization_goes(office: Office) -> None:
    admin = office.sign_in("许管")
    deputy = office.person("何副").id
    admin.staff.set_roles(deputy, frozenset({Role.DEPUTY_LEADER, Role.REVIEWER}), "何副同志分工〔2026〕3号", PASSCODE)
    manager = office.sign_in("陈账")
    today = office.clock.now.date()
    manager.staff.authorize(
        office.person("王局").id,
        deputy,
        Role.PRINCIPAL_LEADER,
        today,
        today + timedelta(days=9),
        office.scan(),
        PASSCODE,
    )
    office.clock.forward(days=1)
    office.sign_in("许管").staff.leave(deputy, today, "免职通知", PASSCODE)
    assert in_the_file(office, "何副")
    services = worked_until(office, OVER)
    removed = services.retention.remove(RecordGroup.LEAVERS, BASIS, PASSCODE, *SECOND)
    assert (removed.records, removed.files) == (1, 1)
    assert not in_the_file(office, "何副")
    # Nobody knows any more who that was: not listed, and taken in again as a new person.
    assert deputy not in [line.person.id for line in services.staff.list(include_left=True)]
    with pytest.raises(NotFoundError):
        office.sign_in("许管").staff.come_back(deputy, frozenset(), "返岗", PASSCODE, signs_in=True)


def test_a_period_of_no_years_removes_nothing() -> None:
    stated = {name: Stated("0年", "") for name in ROWS[RecordGroup.FILED]}
    assert kept_years(stated, RecordGroup.FILED) is None


def sealed(office: Office, month: Month, target: Path, at: datetime) -> None:
    office.clock.now = at
    services = office.sign_in("陈账")
    target.mkdir()
    for gap in services.archives.overview(month).unexplained:
        services.archives.explain(month, gap.key, "说明")
    services.archives.write(month, target)
