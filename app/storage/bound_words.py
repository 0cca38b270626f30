"""What people wrote beside an act, bound to its audit entry by a hash under the record's own key."""

import secrets
from collections.abc import Iterator

from sqlite_utils.db import Database

from app.models.audit import keyed_hash
from app.models.fingerprint import fingerprint_of
from app.models.stated_words import DecisionFact, PostFact, Standing
from app.storage.rows import Row, as_json, select_one, stream

_TABLES = {
    "revision": "SELECT draft_id, number, silenced, audit_key FROM revision WHERE audit_key <> x''",
    "decision": "SELECT id, opinion, audit_key FROM decision WHERE audit_key <> x''",
    "publication": "SELECT id, title, link, published_text, who, why, done, audit_key FROM publication"
    " WHERE audit_key <> x''",
    "explanation": "SELECT month, gap_key, text, audit_key FROM month_explanation WHERE audit_key <> x''",
    "application": "SELECT id, text, audit_key FROM application",
    "borrowing": "SELECT id, reason, audit_key FROM borrowing",
    "custody_handover": "SELECT id, accounts, unfinished, audit_key FROM custody_handover",
    "statement": "SELECT id, subject, kind, about, text, audit_key FROM statement",
}


def fresh_key() -> bytes:
    """Draw the key of one record."""
    return secrets.token_bytes(32)


def bound_row(table: str, row: Row) -> dict[str, str]:
    """Return the place of a record that has a key, and the keyed hash of what its people wrote."""
    match table:
        case "revision":
            place, words = f"{row['draft_id']}:{row['number']}", row["silenced"]
        case "decision":
            place, words = row["id"], row["opinion"]
        case "publication":
            place = row["id"]
            words = as_json([row[name] for name in ("title", "link", "published_text", "who", "why", "done")])
        case "application":
            place, words = row["id"], row["text"]
        case "borrowing":
            place, words = row["id"], row["reason"]
        case "custody_handover":
            place, words = row["id"], as_json([row["accounts"], row["unfinished"]])
        case "explanation":
            place, words = f"{row['month']}:{row['gap_key']}", row["text"]
        case _:
            place, words = row["id"], as_json([row[name] for name in ("subject", "kind", "about", "text")])
    return {f"{table}:{place}": keyed_hash(row["audit_key"], words)}


def bound_words(db: Database, table: str, key: str) -> dict[str, str]:
    """Return the place of one record of a table and the keyed hash of what its people wrote, as it stands now."""
    joint = "AND" if " WHERE " in _TABLES[table] else "WHERE"
    row = select_one(db, f"{_TABLES[table]} {joint} id = ?", (key,))
    return bound_row(table, row) if row else {}


class BoundWords:
    """Reads every record whose words stand in the chain."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def standing(self) -> Standing:
        """Return the records as they stand now, to be compared with the chain."""
        return Standing(self._words(), self._statements(), self._decisions(), self._contents(), self._posts())

    def _words(self) -> Iterator[tuple[str, str]]:
        for table, sql in _TABLES.items():
            for row in stream(self._db, sql):
                yield from bound_row(table, row).items()

    def _statements(self) -> Iterator[tuple[str, str]]:
        for row in stream(self._db, "SELECT id, text, audit_key FROM statement"):
            yield f"statement:{row['id']}", keyed_hash(row["audit_key"], row["text"])

    def _decisions(self) -> Iterator[tuple[str, DecisionFact]]:
        sql = "SELECT id, draft_id, revision, position, verdict, decided_by FROM decision"
        for row in stream(self._db, sql):
            fact = (row["draft_id"], row["revision"], row["position"], row["verdict"], row["decided_by"])
            yield f"decision:{row['id']}", fact

    def _posts(self) -> Iterator[tuple[str, PostFact]]:
        sql = """SELECT id, kind, account_id AS account, coalesce(draft_id, 'none') AS draft, revision, published_at
            FROM publication ORDER BY recorded_at, id"""
        for row in stream(self._db, sql):
            yield f"publication:{row.pop('id')}", row

    def _contents(self) -> Iterator[tuple[str, str]]:
        for row in stream(self._db, "SELECT draft_id, number, content FROM revision"):
            yield f"revision:{row['draft_id']}:{row['number']}", fingerprint_of(row["content"])
