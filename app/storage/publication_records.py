"""Posts that went out, and how far a draft is on each of its target accounts."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlite_utils.db import Database

from app.errors import NotFoundError
from app.models.clock import from_text, to_text
from app.models.month import Month
from app.models.publication import Publication, PublicationKind, Target, TargetState
from app.storage.bound_words import bound_row, fresh_key
from app.storage.rows import Row, as_json, as_written, change, reader, select, select_one, write


class PublicationRecords:
    """Publications are facts: they are added and completed, never removed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, publication: Publication, key: bytes | None = None) -> dict[str, str]:
        """Keep a post; return its place and the keyed hash of title, link, text and answers, for its audit entry."""
        row = _row(publication) | {"audit_key": key or fresh_key()}
        write(self._db, "publication", row)
        return bound_row("publication", row)

    def get(self, publication_id: str) -> Publication:
        found = self.find(publication_id)
        if found is None:
            raise NotFoundError("publication", publication_id)
        return found

    def find(self, publication_id: str) -> Publication | None:
        row = select_one(self._db, "SELECT * FROM publication WHERE id = ?", (publication_id,))
        return read_publication(row) if row else None

    def update(self, publication: Publication) -> dict[str, str]:
        """Change what may still be added to a post; return its place and keyed hash as they stand after it."""
        kept = select_one(self._db, "SELECT audit_key FROM publication WHERE id = ?", (publication.id,))
        row = _row(publication) | {"audit_key": (kept and kept["audit_key"]) or fresh_key()}
        if not change(self._db, "publication", row, {"id": publication.id}):
            raise NotFoundError("publication", publication.id)
        return bound_row("publication", row)

    def of_draft(self, draft_id: str) -> tuple[Publication, ...]:
        return self._many("WHERE draft_id = ? ORDER BY published_at, id", (draft_id,))

    def in_month(self, month: Month) -> tuple[Publication, ...]:
        """Return what went out in a month, oldest first."""
        return self._many("WHERE published_at >= ? AND published_at < ? ORDER BY published_at, id", _span(month))

    def page(self, offset: int, limit: int) -> tuple[Publication, ...]:
        """Return some publications, newest first."""
        return self._many("ORDER BY published_at DESC, id LIMIT ? OFFSET ?", (limit, offset))

    def count(self) -> int:
        row = select_one(self._db, "SELECT count(*) AS number FROM publication")
        return int(row["number"]) if row else 0

    def exists_like(self, account_id: str, link: str, title: str, published_at: datetime) -> bool:
        """Say whether an account has a post with this link, or with this title and time and no other link."""
        with_link = "SELECT 1 FROM publication WHERE link = ? AND link <> '' AND account_id = ?"
        if select_one(self._db, with_link, (link.strip(), account_id)):
            return True
        alike = """SELECT 1 FROM publication WHERE account_id = ? AND published_at = ? AND title = ?
            AND (link = '' OR ? = '')"""
        return select_one(self._db, alike, (account_id, to_text(published_at), title, link.strip())) is not None

    def last_by_account(self) -> dict[str, datetime]:
        """Return when each account that ever published did so last."""
        sql = """SELECT id, (SELECT max(published_at) FROM publication WHERE account_id = account.id) AS last
            FROM account"""
        with as_written("publication"):
            return {row["id"]: from_text(row["last"]) for row in select(self._db, sql) if row["last"]}

    def first_reviewed_month(self) -> Month | None:
        """Return the first month with a post that was not 补录, reviewed or not: months before need no archive."""
        sql = "SELECT min(published_at) AS first FROM publication WHERE kind = ?"
        kinds = [kind for kind in PublicationKind if kind is not PublicationKind.EARLIER]
        rows = [row for kind in kinds for row in select(self._db, sql, (str(kind),)) if row["first"]]
        with as_written("publication"):
            return min((Month.of(from_text(row["first"])) for row in rows), default=None)

    def _many(self, rest: str, parameters: tuple[object, ...]) -> tuple[Publication, ...]:
        rows = select(self._db, f"SELECT * FROM publication {rest}", parameters)  # noqa: S608
        return tuple(map(read_publication, rows))


class TargetRecords:
    """One row a draft and target account."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self, draft_id: str) -> tuple[Target, ...]:
        sql = """SELECT target.* FROM target JOIN account ON account.id = target.account_id
            WHERE draft_id = ? ORDER BY account.rowid"""
        return tuple(map(read_target, select(self._db, sql, (draft_id,))))

    def save(self, target: Target) -> None:
        row: Row = {
            "draft_id": target.draft_id,
            "account_id": target.account_id,
            "state": str(target.state),
            "reason": target.reason,
        }
        write(self._db, "target", row, replace=True)

    def set_accounts(self, draft_id: str, account_ids: Iterable[str]) -> None:
        """Let a draft wait for exactly these accounts; one that has published already is never taken away."""
        before, after = {target.account_id: target for target in self.list(draft_id)}, set(account_ids)
        for account_id, target in before.items():
            if account_id not in after and target.state is not TargetState.PUBLISHED:
                sql = "DELETE FROM target WHERE draft_id = ? AND account_id = ?"
                self._db.execute(sql, (draft_id, account_id))
        for account_id in after - before.keys():
            self.save(Target(draft_id, account_id))


def _span(month: Month) -> tuple[str, str]:
    return to_text(month.starts_at), to_text(month.ends_at)


def _row(publication: Publication) -> Row:
    return {
        "id": publication.id,
        "kind": str(publication.kind),
        "account_id": publication.account_id,
        "title": publication.title,
        "published_at": to_text(publication.published_at),
        "recorded_at": to_text(publication.recorded_at),
        "recorded_by": publication.recorded_by,
        "draft_id": publication.draft_id or None,
        "revision": publication.revision,
        "link": publication.link,
        "published_text": publication.published_text,
        "compared": int(publication.compared),
        "matches": int(publication.matches),
        "screenshots": as_json(publication.screenshot_sha256s),
        "who": publication.who,
        "why": publication.why,
        "done": publication.done,
        "late": int(publication.late),
    }


@reader("target")
def read_target(row: Row) -> Target:
    """Read a row of `target`; raises as `reader` says."""
    return Target(row["draft_id"], row["account_id"], TargetState(row["state"]), row["reason"])


@reader("publication")
def read_publication(row: Row) -> Publication:
    """Read a row of `publication`; raises as `reader` says."""
    return Publication(
        id=row["id"],
        kind=_kind(row["kind"]),
        account_id=row["account_id"],
        title=row["title"],
        published_at=from_text(row["published_at"]),
        recorded_at=from_text(row["recorded_at"]),
        recorded_by=row["recorded_by"],
        draft_id=row["draft_id"] or "",
        revision=row["revision"],
        link=row["link"],
        published_text=row["published_text"],
        compared=bool(row["compared"]),
        matches=bool(row["matches"]),
        screenshot_sha256s=tuple(json.loads(row["screenshots"])),
        who=row["who"],
        why=row["why"],
        done=row["done"],
        late=bool(row["late"]),
    )


def _kind(text: str) -> PublicationKind:
    return PublicationKind(text) if text in set(PublicationKind) else PublicationKind.ALTERED
