"""Drafts: one at a time with its whole text, or many as light rows."""

from collections.abc import Iterable
from dataclasses import replace

from sqlite_utils.db import Database

from app.errors import ChangedMeanwhileError, NotFoundError
from app.models.clock import from_text, to_text
from app.models.draft import Draft, DraftState, ReviewClass, Urgency
from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.models.fingerprint import canonical, parse_content
from app.models.month import Month
from app.models.numbering import OfficeNumber
from app.models.right import Role
from app.storage.draft_rows import (
    count_by_filter,
    count_rows,
    is_decidable,
    page_rows,
    rows_in_states,
    rows_of,
    rows_waiting,
)
from app.storage.rows import (
    Row,
    as_json,
    as_written,
    change,
    moment,
    moment_text,
    pairs,
    reader,
    select,
    select_one,
    write,
)


class DraftRecords:
    """Drafts by id; nobody deletes one."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, draft_id: str) -> Draft:
        draft = self.find(draft_id)
        if draft is None:
            raise NotFoundError("draft", draft_id)
        return draft

    def find(self, draft_id: str) -> Draft | None:
        row = select_one(self._db, "SELECT * FROM draft WHERE id = ?", (draft_id,))
        return read_draft(row) if row else None

    def author_of(self, draft_id: str) -> str:
        row = select_one(self._db, "SELECT author_id FROM draft WHERE id = ?", (draft_id,))
        if row is None:
            raise NotFoundError("draft", draft_id)
        return str(row["author_id"])

    def add(self, draft: Draft) -> None:
        row: Row = {"id": draft.id, "author_id": draft.author_id, "created_at": to_text(draft.created_at)}
        write(self._db, "draft", row | _standing(draft) | _working_copy(draft) | {"version": draft.version})

    def save(self, draft: Draft) -> Draft:
        """Save a draft as an act leaves it, and return it with its new version.

        Raises `ChangedMeanwhileError` when another hand saved first.
        """
        return self._save(draft, _standing(draft) | _working_copy(draft))

    def save_working_copy(self, draft: Draft) -> Draft:
        """Save what is typed, never state, number or revision; else as `save`."""
        return self._save(draft, _working_copy(draft))

    def page(self, query: DraftQuery, offset: int, limit: int) -> tuple[DraftRow, ...]:
        """Return some rows, newest first."""
        return page_rows(self._db, query, offset, limit)

    def count(self, query: DraftQuery) -> int:
        return count_rows(self._db, query)

    def counts(self, person_id: str) -> dict[DraftFilter, int]:
        """Return how many drafts each chip holds; `mine` are those of one author."""
        return count_by_filter(self._db, person_id)

    def waiting_at(self, roles: frozenset[Role], *, decider: str = "") -> tuple[DraftRow, ...]:
        """Return the drafts in review whose open step is one of the roles' (of any when none is named), by due day.

        With a decider, only those that this person has not written and not decided yet.
        """
        return rows_waiting(self._db, roles, decider)

    def may_still_decide(self, draft_id: str, person_id: str) -> bool:
        """Say whether a person has neither written a draft nor decided at its open step."""
        return is_decidable(self._db, draft_id, person_id)

    def rows(self, draft_ids: tuple[str, ...]) -> tuple[DraftRow, ...]:
        return rows_of(self._db, draft_ids)

    def in_states(self, states: Iterable[DraftState]) -> tuple[DraftRow, ...]:
        """Return every draft in some states, newest first."""
        return rows_in_states(self._db, tuple(states))

    def decided_unpublished(self, month: Month) -> tuple[str, ...]:
        """Return the ids of the drafts without any publication whose last decision fell into a month."""
        sql = """SELECT DISTINCT draft_id FROM decision AS d WHERE decided_on >= ? AND decided_on < ?
            AND NOT EXISTS (SELECT 1 FROM publication AS p WHERE p.draft_id = d.draft_id)
            AND NOT EXISTS (SELECT 1 FROM decision AS l WHERE l.draft_id = d.draft_id AND l.decided_on >= ?)
            ORDER BY draft_id"""
        first, after = month.first_day.isoformat(), month.next.first_day.isoformat()
        return tuple(row["draft_id"] for row in select(self._db, sql, (first, after, after)))

    def first_decided_month(self) -> Month | None:
        """Return the month of the first decision ever given."""
        row = select_one(self._db, "SELECT min(decided_on) AS first FROM decision")
        with as_written("decision"):
            return Month.parse(row["first"][:7]) if row and row["first"] else None

    def _save(self, draft: Draft, row: Row) -> Draft:
        newer = draft.version + 1
        if not change(self._db, "draft", row | {"version": newer}, {"id": draft.id, "version": draft.version}):
            self.author_of(draft.id)
            raise ChangedMeanwhileError
        return replace(draft, version=newer)


def _standing(draft: Draft) -> Row:
    number = draft.number
    return {
        "state": str(draft.state),
        "number_word": number.word if number else None,
        "number_year": number.year if number else None,
        "number_serial": number.serial if number else None,
        "revision": draft.revision,
    }


def _working_copy(draft: Draft) -> Row:
    return {
        "title": draft.content.title,
        "account_ids": as_json(draft.content.account_ids),
        "urgency": str(draft.urgency),
        "planned_at": moment_text(draft.planned_at),
        "updated_at": to_text(draft.updated_at),
        "review_class": str(draft.review_class),
        "category": draft.category,
        "notes": draft.notes,
        "silenced": as_json(draft.silenced),
        "content": canonical(draft.content),
    }


@reader("draft")
def read_draft(row: Row) -> Draft:
    """Read a row of `draft`; raises as `reader` says."""
    serial = row["number_serial"]
    return Draft(
        id=row["id"],
        author_id=row["author_id"],
        state=DraftState(row["state"]),
        content=parse_content(row["content"]),
        number=OfficeNumber(row["number_word"], row["number_year"], serial) if serial is not None else None,
        revision=row["revision"],
        review_class=ReviewClass(row["review_class"]),
        urgency=Urgency(row["urgency"]),
        category=row["category"],
        planned_at=moment(row["planned_at"]),
        notes=row["notes"],
        silenced=pairs(row["silenced"]),
        created_at=from_text(row["created_at"]),
        updated_at=from_text(row["updated_at"]),
        version=row["version"],
    )
