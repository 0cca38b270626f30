"""Removing for good what is kept no longer: the only place where kept rows leave the file, guards lifted for it."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlite_utils.db import Database

from app.errors import RecordAlteredError
from app.models.clock import to_text
from app.models.expiry import RecordGroup
from app.models.records import UseKind
from app.storage.file_records import FileRecords
from app.storage.guards import lifted_guards
from app.storage.rows import Row, select
from app.storage.search_index import SearchIndex

_LIVES = """SELECT id, number_serial IS NULL AS unsubmitted,
    CAST(strftime('%Y', last, '+8 hours') AS INTEGER) AS year FROM (
        SELECT id, number_serial, max(updated_at,
            coalesce((SELECT max(max(recorded_at, published_at, coalesce(
                (SELECT max(added_at) FROM attachment_use WHERE subject = 'publication:' || publication.id), '')))
                FROM publication WHERE draft_id = draft.id), ''),
            coalesce((SELECT max(recorded_at) FROM decision WHERE draft_id = draft.id), ''),
            coalesce((SELECT max(added_at) FROM attachment_use WHERE subject = 'draft:' || draft.id), ''),
            coalesce((SELECT max(stated_at) FROM statement WHERE subject = 'draft:' || draft.id), '')) AS last
        FROM draft)"""
"""Every draft with the Beijing year of the last act on it, on its posts, or beside them."""
_LOOSE = """SELECT id, CAST(strftime('%Y', max(recorded_at, published_at, coalesce(
    (SELECT max(added_at) FROM attachment_use WHERE subject = 'publication:' || publication.id), '')), '+8 hours')
    AS INTEGER) AS year FROM publication WHERE draft_id IS NULL"""
_ARCHIVES = "SELECT id, CAST(substr(month, 1, 4) AS INTEGER) AS year FROM archive"
_LISTS = """SELECT id, pdf_sha256 FROM paper WHERE CAST(strftime('%Y', issued_at, '+8 hours') AS INTEGER) <= ?
    AND subject_id NOT IN (SELECT id FROM draft) AND subject_id NOT IN (SELECT id FROM archive)"""
_LEAVERS = """SELECT id, CAST(substr(left_on, 1, 4) AS INTEGER) AS year FROM person WHERE left_on IS NOT NULL
    AND audit_key <> x''
    AND NOT EXISTS (SELECT 1 FROM draft WHERE author_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM decision WHERE decided_by = person.id OR registered_by = person.id)
    AND NOT EXISTS (SELECT 1 FROM publication WHERE recorded_by = person.id)
    AND NOT EXISTS (SELECT 1 FROM archive WHERE written_by = person.id)
    AND NOT EXISTS (SELECT 1 FROM paper WHERE issued_by = person.id)
    AND NOT EXISTS (SELECT 1 FROM application WHERE person.id IN (created_by, signed_by))
    AND NOT EXISTS (SELECT 1 FROM account, json_each(iif(json_valid(particulars), particulars, '{}'), '$.people') AS one
                    WHERE json_extract(one.value, '$.person_id') = person.id)
    AND NOT EXISTS (SELECT 1 FROM terminal WHERE person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM terminal_leave WHERE approved_by = person.id)
    AND NOT EXISTS (SELECT 1 FROM credential WHERE person.id IN (changed_by, witness_id))
    AND NOT EXISTS (SELECT 1 FROM borrowing WHERE person.id IN (approved_by, used_by))
    AND NOT EXISTS (SELECT 1 FROM scan_operator WHERE person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM custody_handover
                    WHERE person.id IN (from_person_id, to_person_id, witness_id, created_by))
    AND NOT EXISTS (SELECT 1 FROM personal_account WHERE person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM personal_check WHERE checked_by = person.id)"""
_OF_DRAFT = ("publication", "decision", "review_step", "revision", "target")
_PASSING = "passing_paper_by_file"
_FORMER_NAME = "（已清除）"


class ExpiredRecords:
    """Counts records by the Beijing year of their last act, and removes whole years."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._files = FileRecords(db)

    def years(self, group: RecordGroup) -> Mapping[int, int]:
        """Return how many things of a group there are, year by year."""
        if group is RecordGroup.LEAVERS:
            return Counter(_years("person", select(self._db, _LEAVERS)))
        unsubmitted = group is RecordGroup.UNSUBMITTED
        lives = [row for row in select(self._db, _LIVES) if bool(row["unsubmitted"]) is unsubmitted]
        found = Counter(_years("draft", lives))
        if not unsubmitted:
            found.update(_years("publication", select(self._db, _LOOSE)))
            found.update(_years("archive", select(self._db, _ARCHIVES)))
        return found

    def remove(
        self, group: RecordGroup, through: int, at: datetime, tick: Callable[[], object] = lambda: None
    ) -> tuple[str, ...]:
        """Remove what a group holds up to a year; return the digests of the files that nothing uses any more.

        The numbers given stay in the ledger, and the entries in the chain. Words are nowhere in the file afterwards.
        `tick` is called after each thing that `years` counts; what it raises undoes all of it.
        """
        if group is RecordGroup.LEAVERS:
            with lifted_guards(self._db, ("person", "role_grant", "authorization", "statement")):
                digests: set[str] = set()
                for person in [row["id"] for row in select(self._db, _LEAVERS) if row["year"] <= through]:
                    digests |= self._forget(person)
                    tick()
                return self._gone(digests)
        with lifted_guards(self._db, (*_OF_DRAFT, "draft", "paper", "archive", "statement")):
            unsubmitted = group is RecordGroup.UNSUBMITTED
            lives = [r for r in select(self._db, _LIVES) if bool(r["unsubmitted"]) is unsubmitted]
            drafts = [row["id"] for row in lives if row["year"] <= through]
            loose: list[str] = []
            archives: list[str] = []
            if not unsubmitted:
                loose = [row["id"] for row in select(self._db, _LOOSE) if row["year"] <= through]
                archives = self._archives(through)
            digests = self._remove_rows(drafts, loose, archives, tick)
            if not unsubmitted:
                digests |= self._remove_year(through)
            self._keep_for_archives(digests, at)
            orphans = self._gone(digests)
        SearchIndex(self._db).optimize()
        return orphans

    def _archives(self, through: int) -> list[str]:
        return [row["id"] for row in select(self._db, _ARCHIVES) if row["year"] <= through]

    def _remove_rows(
        self, drafts: list[str], loose: list[str], archives: list[str], tick: Callable[[], object]
    ) -> set[str]:
        """Remove these with everything beside them; return the digests of the files that they used."""
        digests: set[str] = set()
        search = SearchIndex(self._db)
        for draft in drafts:
            for post in self._of("publication", "draft_id", draft):
                digests |= self._remove_beside("publication", post["id"])
            digests |= self._remove_beside("draft", draft)
            for table in _OF_DRAFT:
                self._delete(table, "draft_id", draft)
            search.remove("draft", draft)
            self._delete("draft", "id", draft)
            tick()
        for kind, things in (("publication", loose), ("archive", archives)):
            for thing in things:
                digests |= self._remove_beside(kind, thing)
                self._delete(kind, "id", thing)
                tick()
        return digests

    def _remove_beside(self, kind: str, id_: str) -> set[str]:
        """Remove what is kept with one thing; return the digests of the files."""
        subject = f"{kind}:{id_}"
        digests = {row["sha256"] for row in self._of("attachment_use", "subject", subject)}
        digests |= {row["pdf_sha256"] for row in self._of("paper", "subject_id", id_)}
        self._delete("attachment_use", "subject", subject)
        self._delete("paper", "subject_id", id_)
        self._delete("statement", "subject", subject)
        return digests

    def _remove_year(self, through: int) -> set[str]:
        """Remove what belongs to months and to no draft: explanations, lists and covers."""
        self._db.execute("DELETE FROM month_explanation WHERE CAST(substr(month, 1, 4) AS INTEGER) <= ?", (through,))
        rows = select(self._db, _LISTS, (through,))
        for row in rows:
            self._delete("paper", "id", row["id"])
        return {row["pdf_sha256"] for row in rows}

    def _keep_for_archives(self, digests: set[str], at: datetime) -> None:
        """Let the archives that stay keep the files that they froze, so that they can still be written again."""
        sql = """SELECT archive.id, file.value AS file FROM archive, json_each(archive.contents, '$.files') AS file"""
        for row in select(self._db, sql):
            file = json.loads(row["file"])
            if file["sha256"] in digests:
                self._files.use(file["sha256"], UseKind.PAPER, f"archive:{row['id']}", file["member"], at)

    def _forget(self, person: str) -> set[str]:
        """Take away what is known of a person, and return the signed authorizations; their acts stay without a name."""
        self._delete("person_name", "person_id", person)
        self._delete("passcode", "person_id", person)
        self._delete("statement", "subject", f"person:{person}")
        self._db.execute("UPDATE role_grant SET basis = '' WHERE person_id = ?", (person,))
        sql = "UPDATE person SET name = ?, department = '', duty = '', signs_in = 0, audit_key = x'' WHERE id = ?"
        self._db.execute(sql, (_FORMER_NAME, person))
        digests: set[str] = set()
        for row in select(
            self._db, "SELECT id FROM authorization WHERE ? IN (from_person_id, to_person_id)", (person,)
        ):
            subject = f"authorization:{row['id']}"
            digests |= {use["sha256"] for use in self._of("attachment_use", "subject", subject)}
            self._delete("attachment_use", "subject", subject)
            self._db.execute("UPDATE authorization SET scan_sha256 = '' WHERE id = ?", (row["id"],))
        return digests

    def _gone(self, digests: Iterable[str]) -> tuple[str, ...]:
        """Take the files that nothing uses any more off record, and return their digests."""
        with self._papers_by_file():
            orphans = tuple(sorted(digest for digest in digests if not self._files.used(digest)))
            for digest in orphans:
                self._delete("attachment", "sha256", digest)
        return orphans

    @contextmanager
    def _papers_by_file(self) -> Iterator[None]:
        """Index the papers by their file for a while, inside the transaction.

        Without it SQLite reads every paper there is for each file that leaves, to see that none refers to it.
        """
        self._db.execute(f"CREATE INDEX {_PASSING} ON paper(pdf_sha256)")
        yield
        self._db.execute(f"DROP INDEX {_PASSING}")

    def forget_attempts(self, before: datetime) -> None:
        """Forget the wrong tries at signing in that no longer hold anybody up."""
        self._db.execute(
            "DELETE FROM sign_in_guard WHERE locked_until IS NOT NULL AND locked_until < ?", (to_text(before),)
        )

    def _of(self, table: str, column: str, value: str) -> list[Row]:
        return select(self._db, f"SELECT * FROM {table} WHERE {column} = ?", (value,))  # noqa: S608

    def _delete(self, table: str, column: str, value: str) -> None:
        self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (value,))  # noqa: S608


def _years(table: str, rows: Iterable[Row]) -> Iterator[int]:
    """Yield the year of each; a moment that this program cannot have written has none (`RecordAlteredError`)."""
    for row in rows:
        if not row["year"]:
            raise RecordAlteredError(table, row["id"])
        yield row["year"]
