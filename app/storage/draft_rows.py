"""Drafts as lists show them: light rows found by an index, never a content."""

import json

from sqlite_utils.db import Database

from app.models.clock import from_text
from app.models.draft import DraftState, Urgency
from app.models.draft_list import FILTER_STATES, DraftFilter, DraftQuery, DraftRow
from app.models.numbering import OfficeNumber
from app.models.review import StepKind
from app.models.right import Role
from app.storage.rows import Row, as_written, day, moment, reader, select, select_one
from app.storage.search_index import match_expression

# The rows are chosen by index alone; only what is shown is looked up.
LIGHT_DRAFT = """SELECT d.id, d.number_word, d.number_year, d.number_serial, d.title, d.state, s.kind AS step,
    s.due_on AS step_due_on, d.account_ids, person.name AS author, d.urgency, d.planned_at, d.updated_at
    FROM draft AS d JOIN person ON person.id = d.author_id
    LEFT JOIN review_step AS s ON d.state = 'in_review' AND s.draft_id = d.id AND s.revision = d.revision
        AND s.position = d.open_position"""
_NEWEST_FIRST = "ORDER BY updated_at DESC, id"
# With + the list's own index is walked, newest first, until enough rows are found; without, every find is sorted.
_FOUND = """+id IN (SELECT subject_id FROM search_document WHERE kind = 'draft'
    AND id IN (SELECT rowid FROM search_text WHERE search_text MATCH ?))"""


def page_rows(db: Database, query: DraftQuery, offset: int, limit: int) -> tuple[DraftRow, ...]:
    """Return some rows of a list, newest first."""
    where, parameters = _where(query)
    chosen = f"SELECT rowid FROM draft {where} {_NEWEST_FIRST} LIMIT ? OFFSET ?"  # noqa: S608
    sql = f"{LIGHT_DRAFT} WHERE d.rowid IN ({chosen}) ORDER BY d.updated_at DESC, d.id"
    return tuple(map(read_light_draft, select(db, sql, (*parameters, limit, offset))))


def count_rows(db: Database, query: DraftQuery) -> int:
    """Return how many rows a list has."""
    where, parameters = _where(query)
    row = select_one(db, f"SELECT count(*) AS number FROM draft {where}", parameters)  # noqa: S608
    return int(row["number"]) if row else 0


def count_by_filter(db: Database, person_id: str) -> dict[DraftFilter, int]:
    """Return how many drafts each chip holds, in one walk of one index."""
    sql = "SELECT state, count(*) AS number, coalesce(sum(author_id = ?), 0) AS own FROM draft GROUP BY state"
    rows = select(db, sql, (person_id,))
    with as_written("draft"):
        numbers = {DraftState(row["state"]): int(row["number"]) for row in rows}
    found = {chip: sum(numbers.get(state, 0) for state in states) for chip, states in FILTER_STATES.items()}
    found[DraftFilter.ALL] = sum(numbers.values())
    found[DraftFilter.MINE] = sum(int(row["own"]) for row in rows)
    return found


_DECIDABLE = """AND d.author_id <> ? AND NOT EXISTS (SELECT 1 FROM decision AS own
    WHERE own.draft_id = d.id AND own.revision = d.revision AND own.position = d.open_position
      AND own.voided_at IS NULL AND own.decided_by = ?)"""


def rows_waiting(db: Database, roles: frozenset[Role], decider: str = "") -> tuple[DraftRow, ...]:
    """Return the drafts in review whose open step is one of the roles', or of any role when none is named.

    With a decider, without those that are theirs or at whose open step they have decided already.
    """
    fits = f"AND s.role IN ({', '.join('?' * len(roles))})" if roles else ""
    fits += f" {_DECIDABLE}" if decider else ""
    sql = f"""{LIGHT_DRAFT} WHERE d.state = 'in_review' AND s.position IS NOT NULL {fits}
        ORDER BY s.due_on IS NULL, s.due_on, d.updated_at, d.id"""
    parameters = (*sorted(map(str, roles)), *((decider, decider) if decider else ()))
    return tuple(map(read_light_draft, select(db, sql, parameters)))


def is_decidable(db: Database, draft_id: str, person_id: str) -> bool:
    """Say whether a draft in review is not the person's own, nor decided by them at its open step."""
    sql = f"SELECT 1 FROM draft AS d WHERE d.id = ? AND d.open_position IS NOT NULL {_DECIDABLE}"  # noqa: S608
    return select_one(db, sql, (draft_id, person_id, person_id)) is not None


def rows_of(db: Database, draft_ids: tuple[str, ...]) -> tuple[DraftRow, ...]:
    """Return the rows of these drafts, in no order."""
    marks = ", ".join("?" * len(draft_ids))
    return tuple(map(read_light_draft, select(db, f"{LIGHT_DRAFT} WHERE d.id IN ({marks})", draft_ids)))


def rows_in_states(db: Database, states: tuple[DraftState, ...]) -> tuple[DraftRow, ...]:
    """Return every draft in some states, newest first."""
    sql = f"""{LIGHT_DRAFT} WHERE d.state IN ({", ".join("?" * len(states))})
        ORDER BY d.updated_at DESC, d.id"""
    return tuple(map(read_light_draft, select(db, sql, tuple(map(str, states)))))


def _where(query: DraftQuery) -> tuple[str, tuple[object, ...]]:
    """Return the condition of a list and its parameters."""
    terms: list[str] = []
    parameters: list[object] = []
    states = FILTER_STATES.get(query.filter)
    if states:
        terms.append(f"state IN ({', '.join('?' * len(states))})")
        parameters += map(str, states)
    if query.filter is DraftFilter.MINE or query.author_id:
        terms.append("author_id = ?")
        parameters.append(query.author_id)
    if query.words.strip():
        expression = match_expression(query.words)
        terms.append(_FOUND if expression else "FALSE")
        parameters += [expression] if expression else []
    return ("WHERE " + " AND ".join(terms) if terms else ""), tuple(parameters)


@reader("draft")
def read_light_draft(row: Row) -> DraftRow:
    """Read a row of `draft`; raises as `reader` says."""
    serial = row["number_serial"]
    return DraftRow(
        id=row["id"],
        number=OfficeNumber(row["number_word"], row["number_year"], serial) if serial is not None else None,
        title=row["title"],
        state=DraftState(row["state"]),
        step=StepKind(row["step"]) if row["step"] else None,
        step_due_on=day(row["step_due_on"]),
        account_ids=tuple(json.loads(row["account_ids"])),
        author=row["author"],
        urgency=Urgency(row["urgency"]),
        planned_at=moment(row["planned_at"]),
        updated_at=from_text(row["updated_at"]),
    )
