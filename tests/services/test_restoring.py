"""Restoring by two people of the backup itself."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from app.errors import (
    AppError,
    BackupInvalidError,
    DriveRemovedError,
    FolderNotEmptyError,
    LockedOutError,
    NoAdministratorError,
    SamePersonError,
    UnsafeFolderError,
    WitnessRefusedError,
)
from app.models.archive_package import Progress
from app.models.clock import BEIJING
from app.models.expiry import RecordGroup
from app.models.records import UseKind
from app.models.stated_words import WordsReport
from app.services.restoring import Restoring, Witness
from app.storage.database import FILE_NAME
from tests.services.office import PASSCODE, Office, cheap_hasher
from tests.services.restored_office import ADMIN, OTHER, Restored
from tests.storage.backed_up import killed_at, tree


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Restored:
    whole = Restored(tmp_path_factory.mktemp("built"))
    whole.restore()
    return whole


@pytest.fixture
def restored(built: Restored, tmp_path: Path) -> Restored:
    return built.apart(tmp_path)


@pytest.mark.parametrize("turned", [False, True])
def test_two_people_of_the_backup_restore_it_and_the_chain_names_both(restored: Restored, turned: bool) -> None:
    restored.restore(*((OTHER, ADMIN) if turned else (ADMIN, OTHER)))
    with restored.room().store.reading() as unit:
        entry = unit.audit.find(unit.audit.head().seq)
        people = [unit.people.named(name)[0].id for name in ("许管", "林晓")]
        assert entry is not None
        assert (entry.action, entry.actor) == ("backup.restore", people[0])
        assert all(person in entry.detail for person in people)
        assert entry.prev == restored.saved.audit_head
        assert len(unit.files.uses(f"draft:{restored.lost.id}", UseKind.SCAN)) == 0
        assert unit.drafts.find(restored.lost.id) is None
    reopened = Office(restored.target, restored.clock)
    assert reopened.sign_in("林晓").session.person_id == people[1]
    assert reopened.services.audit.check().broken_at == 0


@pytest.mark.parametrize(
    ("first", "second", "error"),
    [
        (ADMIN, ADMIN, SamePersonError),
        (ADMIN, Witness(" 许管 ", PASSCODE), SamePersonError),
        (OTHER, Witness("周计", PASSCODE), NoAdministratorError),
        (ADMIN, Witness("林晓", "wrong"), WitnessRefusedError),
        (Witness("许管", "wrong"), OTHER, WitnessRefusedError),
        (ADMIN, Witness("没有这个人", PASSCODE), WitnessRefusedError),
        (ADMIN, Witness("", ""), WitnessRefusedError),
        (ADMIN, Witness("许管\x00", PASSCODE), SamePersonError),
    ],
)
def test_anybody_else_is_refused_without_a_trace(
    restored: Restored, first: Witness, second: Witness, error: type[AppError]
) -> None:
    assert restored.refused(first, second) is error


def test_the_slip_from_the_safe_stands_for_an_administrator_s_passcode(restored: Restored) -> None:
    slip = restored.recovery
    assert restored.refused(ADMIN, Witness("林晓", slip)) is WitnessRefusedError
    assert restored.refused(Witness("许管", slip), ADMIN) is SamePersonError
    restored.restore(Witness("许管", slip.lower().replace("-", " ")), OTHER)
    assert restored.target.is_dir()


def test_somebody_who_never_chose_a_passcode_confirms_nothing(restored: Restored, tmp_path: Path) -> None:
    shutil.copytree(restored.office.folder, tmp_path / "data")
    office = Office(tmp_path / "data", restored.clock)
    services = office.sign_in("许管")
    code = services.codes.issue(office.person("林晓").id, "忘记", PASSCODE)
    services.backups.back_up(restored.stick)
    for passcode in (code.code, PASSCODE):
        assert restored.refused(ADMIN, Witness("林晓", passcode)) is WitnessRefusedError


def test_wrong_tries_wait_by_name_and_are_told_in_the_chain(restored: Restored) -> None:
    restoring, wrong = restored.restoring, Witness("林晓", "wrong")

    def attempt(first: Witness, second: Witness) -> AppError:
        with pytest.raises(AppError) as told:
            restoring.restore(restored.stick, restored.target, first, second)
        assert not restored.target.exists()
        return told.value

    first = attempt(ADMIN, wrong)
    assert isinstance(first, WitnessRefusedError)
    assert first.which == (2,)
    both = attempt(Witness("许管", "wrong"), wrong)
    assert isinstance(both, WitnessRefusedError)
    assert both.which == (1, 2)
    for _try in range(2):
        assert isinstance(attempt(ADMIN, wrong), WitnessRefusedError)
    fifth = attempt(ADMIN, wrong)
    assert isinstance(fifth, LockedOutError)
    assert 0 < fifth.seconds <= 60
    # The right passcode waits as well; who was never wrong does not.
    assert isinstance(attempt(ADMIN, OTHER), LockedOutError)
    assert isinstance(attempt(Witness("吴审", PASSCODE), Witness("周计", PASSCODE)), NoAdministratorError)
    restored.clock.forward(minutes=1)
    restoring.restore(restored.stick, restored.target, ADMIN, OTHER)
    with restored.room().store.reading() as unit:
        entry = unit.audit.find(unit.audit.head().seq)
        assert entry is not None
        assert '"refused":6' in entry.detail


def test_a_witness_may_be_called_as_at_the_door_and_has_one_count_all_the_same(restored: Restored) -> None:
    restoring = restored.restoring
    for name in ("林晓", "林晓（办公室）", "林晓", "林晓（办公室）"):
        with pytest.raises(WitnessRefusedError):
            restoring.restore(restored.stick, restored.target, ADMIN, Witness(name, "wrong"))
    with pytest.raises(LockedOutError):
        restoring.restore(restored.stick, restored.target, ADMIN, Witness("林晓（办公室）", "wrong"))
    restored.clock.forward(minutes=1)
    restoring.restore(restored.stick, restored.target, ADMIN, Witness("林晓（办公室）", PASSCODE))
    assert restored.target.is_dir()


def test_what_is_typed_into_the_name_field_is_kept_nowhere(restored: Restored) -> None:
    restoring = restored.restoring
    with pytest.raises(WitnessRefusedError):
        restoring.restore(restored.stick, restored.target, ADMIN, Witness(PASSCODE, "wrong"))
    assert PASSCODE not in repr(vars(restoring._witnesses))


def test_a_database_is_read_before_anybody_is_asked(restored: Restored) -> None:
    restoring, snapshot = restored.restoring, restored.saved.snapshot
    seen: list[Progress] = []
    restoring.check(restored.stick, snapshot, seen.append)
    assert seen[-1].done == seen[-1].total == snapshot.database_size
    database = restored.stick / "snapshots" / snapshot.name / "xianshen.db"
    whole = database.read_bytes()
    database.write_bytes(whole[:-1] + b"!")
    for reason in ("database_damaged", "incomplete"):
        with pytest.raises(BackupInvalidError) as told:
            restoring.check(restored.stick, snapshot)
        assert told.value.reason == reason
        database.unlink(missing_ok=True)
    restored.stick.rename(restored.stick.with_name("pulled"))
    with pytest.raises(DriveRemovedError):
        restoring.check(restored.stick, snapshot)


def test_a_target_is_offered_where_nothing_was_begun(restored: Restored, tmp_path: Path) -> None:
    restoring, free = restored.restoring, tmp_path / "Xianshen"
    assert restoring.target_beside(free) == restoring.target_in(free) == free
    shutil.copytree(restored.office.folder, free)
    assert restoring.target_beside(free) == tmp_path / "Xianshen-restored"
    (tmp_path / "Xianshen-restored").mkdir()
    (tmp_path / "Xianshen-restored" / "x").touch()
    assert restoring.target_beside(free) == tmp_path / "Xianshen-restored2"
    assert restoring.target_in(tmp_path) == free
    with pytest.raises(FolderNotEmptyError):
        restoring.check_target(free)


def test_a_passcode_never_shows_in_a_trace() -> None:
    assert PASSCODE not in repr(ADMIN)


def test_an_unsafe_or_full_target_and_a_spoilt_backup_are_refused(restored: Restored, tmp_path: Path) -> None:
    with pytest.raises(UnsafeFolderError):
        restored.restoring.restore(restored.stick, tmp_path / "OneDrive" / "数据", ADMIN, OTHER)
    with pytest.raises(FolderNotEmptyError):
        restored.restoring.restore(restored.stick, restored.office.folder, ADMIN, OTHER)
    with pytest.raises(BackupInvalidError):
        restored.restoring.restore(tmp_path / "nothing", restored.target, ADMIN, OTHER)
    next((restored.stick / "attachments").glob("??/*")).unlink()
    assert restored.refused(ADMIN, OTHER) is BackupInvalidError
    assert restored.restoring.inspect(restored.stick).newest == restored.saved.snapshot


def test_a_restore_killed_at_many_moments_can_be_done_again(restored: Restored) -> None:
    """Also while the people are asked for and the mark is written into the records."""
    before, killed = tree(restored.stick), 0
    for moment in range(3, 120, 6):
        if not killed_at(
            moment,
            lambda report: restored.restoring.restore(restored.stick, restored.target, ADMIN, OTHER, report=report),
        ):
            break
        killed += 1
        assert tree(restored.stick) == before
        if restored.target.exists():
            shutil.rmtree(restored.target)
    assert killed >= 6
    shutil.rmtree(restored.target, ignore_errors=True)
    restored.restore()
    with restored.room().store.reading() as unit:
        entry = unit.audit.find(unit.audit.head().seq)
        assert entry is not None
        assert entry.action == "backup.restore"


def altered(office: Office) -> None:
    """Let somebody write other words into a decision, past the guards."""
    with closing(sqlite3.connect(office.folder / FILE_NAME)) as db:
        db.execute("DROP TRIGGER guard_decision_frozen")
        db.execute("UPDATE decision SET opinion = '被改过' WHERE id = (SELECT min(id) FROM decision)")
        db.commit()


def test_words_that_were_altered_before_the_backup_are_told_and_recorded(office: Office, tmp_path: Path) -> None:
    office.approved()
    altered(office)
    stick = tmp_path / "stick"
    stick.mkdir()
    office.sign_in("许管").backups.back_up(stick)
    restoring = Restoring(cheap_hasher(), office.clock)
    report = restoring.restore(stick, tmp_path / "new", ADMIN, OTHER)
    [place] = report.words.altered
    assert (place.partition(":")[0], report.words.lost) == ("decision", ())
    restored = Office(tmp_path / "new", office.clock).services.audit
    assert restored.check().words == report.words
    told = json.loads(restored.page(0, 1)[0].detail)
    assert (told["altered"], told["lost"]) == (1, 0)
    assert "被改过" not in restored.page(0, 1)[0].detail


def test_a_restore_without_a_word_changed_says_nothing_of_words(restored: Restored) -> None:
    report = restored.restoring.restore(restored.stick, restored.target, ADMIN, OTHER)
    assert report.words == WordsReport()
    entry = Office(restored.target, restored.clock).services.audit.page(0, 1)[0]
    assert entry.action == "backup.restore"
    assert "altered" not in entry.detail


def test_what_was_removed_after_the_backup_is_told_to_be_there_again_as_what_is_over(restored: Restored) -> None:
    restored.clock.now = datetime(2036, 12, 31, 9, tzinfo=BEIJING)
    report = restored.restoring.restore(restored.stick, restored.target, ADMIN, OTHER)
    assert report.over == ()
    restored.target = restored.target.with_name("later")
    restored.clock.now = datetime(2037, 1, 4, 9, tzinfo=BEIJING)
    [over] = restored.restoring.restore(restored.stick, restored.target, ADMIN, OTHER).over
    assert (over.group, over.through, over.due) == (RecordGroup.FILED, 2026, 2)
    reopened = Office(restored.target, restored.clock).sign_in("陈账")
    assert over in reopened.retention.expiries()
