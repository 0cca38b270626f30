"""Each guard is seen to refuse what it is there for, and seen to be what refused it: without it the act goes through.

The attacks come over a raw connection: another program's, without foreign keys or recursive triggers.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.papercode import PaperKind
from app.models.publication import Publication, PublicationKind
from app.models.records import IssuedPaper, Statement, StatementKind, StoredFile
from app.models.right import Role
from app.models.staff import Authorization, RoleGrant
from app.storage.database import FILE_NAME, connect, transaction
from app.storage.guards import GUARDS, set_guards
from tests.storage.office import NOW, approve, new_draft, open_office, put, submit
from tests.storage.registers import put_registers

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file with a row or two in every guarded table."""
    folder = tmp_path_factory.mktemp("full")
    with open_office(folder).writing() as unit:
        approve(unit, *submit(unit, put(unit, new_draft())))
        submit(unit, put(unit, new_draft("other")))
        unit.publications.add(
            Publication("post", PublicationKind.UNREVIEWED, "wechat", "标题", NOW, NOW, "author", "draft", 1)
        )
        unit.roles.add(RoleGrant("admin", "first", Role.ADMINISTRATOR, TODAY))
        unit.roles.add(RoleGrant("audit", "secret", Role.AUDITOR, TODAY))
        unit.roles.authorize(Authorization("given", "leader", "first", Role.PRINCIPAL_LEADER, TODAY, TODAY, "f" * 64))
        unit.files.register(StoredFile("a" * 64, 1), NOW)
        unit.papers.add(
            IssuedPaper("paper", PaperKind.REVIEW_SHEET, "draft", 1, "1号", "{}", 1, 1, "b" * 64, "a" * 64, 1, NOW, "x")
        )
        unit.months.add_archive(
            ArchiveRecord("month", Month(2026, 10), 1, "1号", "f", NOW, "first", "a", "b", 1, 1, 1, "c"), "{}"
        )
        unit.statements.add(Statement("said", "draft:draft", StatementKind.VOID, "不发了", "author", NOW))
        put_registers(unit)
        for _ in range(3):
            unit.audit.add("author", "", "act", "draft:draft", {})
    return folder / FILE_NAME


@pytest.fixture
def raw(full: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(shutil.copy(full, tmp_path), isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    yield connection
    connection.close()


def refuse(raw: sqlite3.Connection, guard: str, attack: str) -> None:
    """See an attack refused by the guard, and go through without it."""
    raw.execute("SAVEPOINT before")
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(attack)
    raw.execute("ROLLBACK TO before")
    raw.execute(f"DROP TRIGGER guard_{guard}")
    assert raw.execute(attack).rowcount > 0


FROZEN = {
    name.removeprefix("guard_").removesuffix("_frozen"): body
    for name, body in GUARDS.items()
    if name.endswith("_frozen")
}
COLUMNS = [
    (table, column.strip().removeprefix("NEW."))
    for table, body in FROZEN.items()
    for column in body.partition("WHEN (")[2].partition(")")[0].split(",")
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=map("-".join, COLUMNS))
def test_a_frozen_column_is_never_changed(raw: sqlite3.Connection, table: str, column: str) -> None:
    kinds = {row[1]: row[2] for row in raw.execute(f"PRAGMA table_info({table})")}
    changed = {"INTEGER": f"coalesce({column}, 0) + 7", "BLOB": "x'00'"}.get(kinds.get(column, "INTEGER"), "'changed'")
    key = "rowid" if table != "paper_number" else "serial"
    first = raw.execute(f"SELECT min({key}) FROM {table}").fetchone()[0]
    refuse(raw, f"{table}_frozen", f"UPDATE {table} SET {column} = {changed} WHERE {key} = {first}")


KEPT = sorted(name.removeprefix("guard_").removesuffix("_no_delete") for name in GUARDS if name.endswith("_no_delete"))


@pytest.mark.parametrize("table", KEPT)
def test_a_kept_row_is_never_removed(raw: sqlite3.Connection, table: str) -> None:
    refuse(raw, f"{table}_no_delete", f"DELETE FROM {table}")


@pytest.mark.parametrize("table", [table for table in KEPT if table != "audit"])
def test_a_kept_row_is_never_replaced_under_its_key(raw: sqlite3.Connection, table: str) -> None:
    others = {"decision_not_by_author", "decision_on_content", "publication_reviewed"}
    for guard in others:
        raw.execute(f"DROP TRIGGER guard_{guard}")
    refuse(raw, f"{table}_not_replaced", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


@pytest.mark.parametrize("table", [table for table in KEPT if table not in {"audit", "paper_number", "policy_version"}])
def test_a_kept_row_is_never_pushed_out_of_its_place(raw: sqlite3.Connection, table: str) -> None:
    names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    others = ", ".join(f"'new' || {name}" if name in {"id", "month"} else name for name in names)
    if table in {"revision", "review_step"}:
        others = ", ".join("99" if name in {"number", "position"} else name for name in names)
    attack = f"INSERT OR REPLACE INTO {table} (rowid, {', '.join(names)}) SELECT rowid, {others} FROM {table} LIMIT 1"
    for guard in ("decision_not_by_author", "decision_on_content", "role_clash_insert"):
        raw.execute(f"DROP TRIGGER guard_{guard}")
    refuse(raw, f"{table}_not_replaced", attack)


def test_a_sealed_version_is_never_replaced_under_another_id(raw: sqlite3.Connection) -> None:
    names = [row[1] for row in raw.execute("PRAGMA table_info(archive)") if row[1] != "id"]
    copy = f"INSERT OR REPLACE INTO archive (id, {', '.join(names)}) SELECT 'twin', {', '.join(names)} FROM archive"
    refuse(raw, "archive_not_replaced", copy)


def audit_row(seq: str, prev: str, word: str = "INSERT") -> str:
    return f"{word} INTO audit VALUES ({seq}, 'at', 'actor', 'role', 'act', 'x:1', '{{}}', {prev}, 'hash')"


LAST_HASH = "(SELECT hash FROM audit ORDER BY seq DESC LIMIT 1)"
SECOND_HASH = "(SELECT hash FROM audit WHERE seq = 2)"
VALUES = "'d', 'draft', 1, 1, 'agree', '', 'leader', '2026-11-23', NULL, 'first', 'now', 'screen'"
PRINT = "(SELECT fingerprint FROM revision WHERE draft_id = 'draft')"


def decided(values: str = VALUES, print_: str = PRINT, scan: str = "") -> str:
    return f"INSERT INTO decision VALUES ({values}, {print_}, '{scan}', '', NULL, x'')"


def granted(person: str, role: str, from_on: str, to_on: str) -> str:
    return f"INSERT INTO role_grant VALUES ('new', '{person}', '{role}', '{from_on}', {to_on}, '[]', '')"


ATTACKS = {
    ("audit_no_update", "UPDATE audit SET detail = 'x' WHERE seq = 2"),
    ("audit_in_order", audit_row("5", LAST_HASH)),
    ("audit_in_order", audit_row("4", SECOND_HASH)),
    ("audit_in_order", audit_row("0", LAST_HASH)),
    ("audit_in_order", audit_row("3", SECOND_HASH, "INSERT OR REPLACE")),
    ("draft_number_stays", "UPDATE draft SET number_serial = 99 WHERE id = 'draft'"),
    ("draft_number_stays", "UPDATE draft SET number_serial = NULL WHERE id = 'draft'"),
    ("archive_handed_over_once", "UPDATE archive SET handed_over_on = '' WHERE handed_over_on <> ''"),
    ("archive_handed_over_once", "UPDATE archive SET handover_scan_sha256 = 'other' WHERE handed_over_on <> ''"),
    ("publication_key_stays", "UPDATE publication SET audit_key = x'' WHERE audit_key <> x''"),
    ("publication_key_stays", "UPDATE publication SET audit_key = x'01' WHERE audit_key <> x''"),
    ("decision_not_by_author", decided(VALUES.replace("leader", "author"))),
    ("decision_needs_scan", decided(VALUES.replace("screen", "paper"))),
    ("decision_on_content", decided(print_="'other'")),
    ("decision_on_content", decided(VALUES.replace("1, 1", "2, 1"))),
    ("role_clash_insert", granted("first", "auditor", "2026-11-23", "NULL")),
    ("role_clash_insert", granted("first", "auditor", "2026-01-01", "'2026-11-23'")),
    ("role_clash_insert", granted("secret", "administrator", "2027-01-01", "'2027-01-01'")),
    ("role_clash_update", "UPDATE role_grant SET to_on = NULL WHERE id = 'ended'"),
}


@pytest.mark.parametrize(("guard", "attack"), sorted(ATTACKS))
def test_each_single_guard_refuses_its_attack(raw: sqlite3.Connection, guard: str, attack: str) -> None:
    raw.execute(granted("secret", "administrator", "2026-01-01", "'2026-01-31'").replace("'new'", "'ended'"))
    raw.execute("UPDATE archive SET handed_over_on = '2026-11-30', handover_scan_sha256 = 'scan'")
    refuse(raw, guard, attack)


@pytest.mark.parametrize("table", ["decision", "revision", "paper_number"])
@pytest.mark.parametrize("after", ["NULL", "'2027'"])
def test_what_is_void_stays_void_from_its_moment(raw: sqlite3.Connection, table: str, after: str) -> None:
    raw.execute(f"UPDATE {table} SET voided_at = '2026'")
    raw.execute(f"UPDATE {table} SET voided_at = '2026'")
    refuse(raw, f"{table}_voided_once", f"UPDATE {table} SET voided_at = {after}")


def test_a_decision_on_a_void_revision_is_refused(raw: sqlite3.Connection) -> None:
    raw.execute("UPDATE revision SET voided_at = '2026'")
    refuse(raw, "decision_on_content", decided())


def test_every_guard_is_attacked_in_this_module() -> None:
    by_table = {f"{table}_frozen" for table in FROZEN} | {f"{table}_no_delete" for table in KEPT}
    by_table |= {f"{table}_not_replaced" for table in KEPT if table != "audit"}
    by_table |= {f"{table}_voided_once" for table in ("decision", "revision", "paper_number")}
    single = {guard for guard, _ in ATTACKS} | {"publication_reviewed"}
    assert {f"guard_{name}" for name in by_table | single} == set(GUARDS)


ALLOWED = [
    audit_row("4", LAST_HASH),
    decided(),
    decided(VALUES.replace("screen", "paper"), scan="a" * 64),
    "UPDATE draft SET state = 'published', title = 'x', content = 'x', version = 9 WHERE id = 'draft'",
    "UPDATE draft SET number_serial = number_serial WHERE id = 'draft'",
    "UPDATE publication SET link = 'https://x.cn', screenshots = '[]', matches = 1",
    "UPDATE archive SET handed_over_on = '2026-11-30', handover_scan_sha256 = 'x'",
    "UPDATE person SET name = 'x', left_on = '2026-11-30' WHERE id = 'author'",
    "UPDATE unit SET name = 'x'",
    "UPDATE account SET state = 'closed'",
    "UPDATE role_grant SET to_on = '2026-11-23'",
    "UPDATE authorization SET to_on = '2026-11-22'",
    granted("author", "auditor", "2026-11-23", "NULL"),
    granted("author", "administrator", "2026-11-23", "NULL"),
    granted("first", "auditor", "2026-01-01", "'2026-11-22'"),
    granted("first", "auditor", "2026-11-25", "'2026-11-24'"),
    granted("first", "administrator", "2026-11-23", "NULL"),
    granted("first", "reviewer", "2026-11-23", "NULL"),
]


@pytest.mark.parametrize("act", ALLOWED)
def test_what_is_allowed_goes_through(raw: sqlite3.Connection, act: str) -> None:
    assert raw.execute(act).rowcount > 0


@pytest.fixture
def approved(raw: sqlite3.Connection) -> sqlite3.Connection:
    for guard in GUARDS:
        if guard != "guard_publication_reviewed":
            raw.execute(f"DROP TRIGGER {guard}")
    return raw


def reviewed(
    account: str = "wechat", draft: str = "'draft'", revision: int = 1, at: str = "2026-11-23T02:00:00"
) -> str:
    return f"""INSERT INTO publication VALUES ('new', 'reviewed', '{account}', '标题', '{at}.000000Z', 'now', 'author',
        {draft}, {revision}, '', '', 1, 1, '[]', '', '', '', 0, x'')"""


VOIDED = "UPDATE revision SET voided_at = '{at}.000000Z'; UPDATE decision SET voided_at = '{at}.000000Z'"
ON_PAPER = "UPDATE decision SET decided_at = NULL, decided_on = "
SECOND = """INSERT INTO decision SELECT 'second', draft_id, revision, position, verdict, opinion, {by}, decided_on,
    decided_at, registered_by, recorded_at, way, fingerprint, scan_sha256, authorization_id, voided_at, audit_key
    FROM decision WHERE position = 3"""


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ("", reviewed()),
        ("", reviewed("weibo")),
        ("", reviewed(at="2030-01-01T00:00:00")),
        ("UPDATE review_step SET kind = 'copy_edit' WHERE position = 1", reviewed()),
        # A paper without a time counts by its Beijing day: 23:59 UTC of the day before is the 23rd there.
        (
            "UPDATE revision SET submitted_at = '2026-11-22T16:00:00.000000Z';" + ON_PAPER + "'2026-11-23'",
            reviewed(at="2026-11-22T16:00:00"),
        ),
        (VOIDED.format(at="2026-11-23T02:00:01"), reviewed()),
        ("UPDATE review_step SET quorum = 2 WHERE position = 3;" + SECOND.format(by="'first'"), reviewed()),
        ("DELETE FROM decision", reviewed().replace("'reviewed'", "'unreviewed'")),
        ("DELETE FROM decision", reviewed().replace("'reviewed'", "'different'")),
        ("DELETE FROM decision", reviewed(draft="NULL").replace("'reviewed'", "'earlier'")),
    ],
)
def test_a_reviewed_post_with_every_decision_goes_through(approved: sqlite3.Connection, before: str, act: str) -> None:
    approved.executescript(before)
    assert approved.execute(act).rowcount == 1


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ("", reviewed(draft="NULL")),
        ("", reviewed(draft="'other'")),
        ("", reviewed(revision=2)),
        ("", reviewed("douyin")),
        ("", reviewed(at="2026-11-23T01:59:59")),
        ("UPDATE revision SET voided_at = '2026'", reviewed()),
        ("UPDATE decision SET voided_at = '2026' WHERE position = 1", reviewed()),
        ("UPDATE revision SET voided_at = '2026-11-23T02:00:00.000000Z'", reviewed()),
        ("UPDATE decision SET voided_at = '2026-11-23T02:00:00.000000Z' WHERE position = 3", reviewed()),
        (VOIDED.format(at="2026-11-23T02:00:01"), reviewed(at="2026-11-23T02:00:01")),
        ("UPDATE revision SET submitted_at = '2026-11-23T02:00:01.000000Z'", reviewed()),
        ("UPDATE decision SET verdict = 'return' WHERE position = 1", reviewed()),
        ("UPDATE decision SET verdict = 'ask_superior' WHERE position = 2", reviewed()),
        ("UPDATE decision SET decided_by = 'author' WHERE position = 3", reviewed()),
        ("DELETE FROM decision WHERE position = 2", reviewed()),
        ("DELETE FROM review_step", reviewed()),
        ("UPDATE review_step SET kind = 'countersign' WHERE position = 2", reviewed()),
        ("UPDATE review_step SET kind = 'countersign' WHERE position = 3", reviewed()),
        ("UPDATE review_step SET quorum = 0; DELETE FROM decision", reviewed()),
        ("UPDATE review_step SET quorum = 2 WHERE position = 3", reviewed()),
        ("UPDATE review_step SET quorum = 2 WHERE position = 3;" + SECOND.format(by="decided_by"), reviewed()),
        (ON_PAPER + "'2026-11-24'", reviewed(at="2026-11-23T15:59:59")),
        (ON_PAPER + "'2026-11-23'", reviewed(at="2026-11-22T15:59:59")),
    ],
)
def test_a_reviewed_post_without_every_decision_is_refused(approved: sqlite3.Connection, before: str, act: str) -> None:
    approved.executescript(before)
    refuse(approved, "publication_reviewed", act)


def test_the_program_itself_may_record_a_reviewed_post(tmp_path: Path) -> None:
    with open_office(tmp_path).writing() as unit:
        draft, revision = submit(unit, put(unit, new_draft()))
        approve(unit, draft, revision)
        post = Publication("new", PublicationKind.REVIEWED, "wechat", "标题", NOW, NOW, "author", "draft", 1)
        unit.publications.add(post)
        with pytest.raises(sqlite3.IntegrityError, match="without decisions"):
            unit.publications.add(replace(post, id="early", published_at=NOW - timedelta(microseconds=1)))
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            unit.publications.update(replace(post, kind=PublicationKind.EARLIER))


def test_guards_are_set_again_after_a_table_was_rebuilt(full: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(full, tmp_path))
    db = connect(path)
    with transaction(db, immediate=True):
        assert not set_guards(db)
        db.execute("DROP TRIGGER guard_audit_no_update")
        for name in ("guard_of_old", '"another ""one"""'):
            db.execute(f"CREATE TRIGGER {name} AFTER INSERT ON decision BEGIN DELETE FROM target; END")
        assert set_guards(db)
        assert not set_guards(db)
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()}
    assert names == set(GUARDS)
    db.close()
