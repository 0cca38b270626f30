"""Submitted revisions, the steps of their review, and the decisions on them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlite_utils.db import Database

from app.errors import NotFoundError
from app.models.clock import from_text, to_text
from app.models.draft import ReviewClass, Revision
from app.models.fingerprint import canonical, parse_content
from app.models.review import Decision, DecisionWay, ReviewStep, StepKind, Verdict, open_step
from app.models.right import Role
from app.storage.bound_words import bound_row, fresh_key
from app.storage.rows import Row, as_json, day, day_text, moment, moment_text, pairs, reader, select, select_one, write


class RevisionRecords:
    """What was submitted, frozen; a revision is only ever voided."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, revision: Revision, key: bytes | None = None) -> dict[str, str]:
        """Keep a revision; return its place and the keyed hash of the reasons given, for its audit entry."""
        row: Row = {
            "draft_id": revision.draft_id,
            "number": revision.number,
            "content": canonical(revision.content),
            "fingerprint": revision.fingerprint,
            "submitted_at": to_text(revision.submitted_at),
            "submitted_by": revision.submitted_by,
            "policy_version": revision.policy_version,
            "lexicon_version": revision.lexicon_version,
            "review_class": str(revision.review_class),
            "silenced": as_json(revision.silenced),
            "voided_at": moment_text(revision.voided_at),
            "audit_key": key or fresh_key(),
        }
        write(self._db, "revision", row)
        return bound_row("revision", row)

    def get(self, draft_id: str, number: int) -> Revision:
        revision = self.find(draft_id, number)
        if revision is None:
            raise NotFoundError("revision", f"{draft_id} {number}")
        return revision

    def find(self, draft_id: str, number: int) -> Revision | None:
        row = select_one(self._db, "SELECT * FROM revision WHERE draft_id = ? AND number = ?", (draft_id, number))
        return read_revision(row) if row else None

    def void(self, draft_id: str, number: int, at: datetime) -> None:
        """Mark that a revision no longer stands; the moment at which it first fell stays."""
        sql = "UPDATE revision SET voided_at = ? WHERE draft_id = ? AND number = ? AND voided_at IS NULL"
        self._db.execute(sql, (to_text(at), draft_id, number))


class ReviewRecords:
    """Steps as copied from the policy, and decisions as given; a decision is only ever voided.

    `draft.open_position` follows them, so that a list need not count decisions.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def add_steps(self, steps: Iterable[ReviewStep]) -> None:
        revisions = set()
        for step in steps:
            row: Row = {
                "draft_id": step.draft_id,
                "revision": step.revision,
                "position": step.position,
                "kind": str(step.kind),
                "role": str(step.role),
                "quorum": step.quorum,
                "due_on": day_text(step.due_on),
            }
            write(self._db, "review_step", row)
            revisions.add((step.draft_id, step.revision))
        for draft_id, revision in revisions:
            self._note_open_step(draft_id, revision)

    def steps(self, draft_id: str, revision: int) -> tuple[ReviewStep, ...]:
        sql = "SELECT * FROM review_step WHERE draft_id = ? AND revision = ? ORDER BY position"
        return tuple(map(read_step, select(self._db, sql, (draft_id, revision))))

    def decisions(self, draft_id: str, revision: int) -> tuple[Decision, ...]:
        """Return the decisions on one revision in the order of their steps; voided ones included."""
        sql = "SELECT * FROM decision WHERE draft_id = ? AND revision = ? ORDER BY position, rowid"
        return tuple(map(read_decision, select(self._db, sql, (draft_id, revision))))

    def all_decisions(self, draft_id: str) -> tuple[Decision, ...]:
        """Return every decision on a draft as they came, oldest first; voided ones included."""
        sql = "SELECT * FROM decision WHERE draft_id = ? ORDER BY revision, rowid"
        return tuple(map(read_decision, select(self._db, sql, (draft_id,))))

    def add(self, decision: Decision, key: bytes | None = None) -> dict[str, str]:
        """Keep a decision; return its place and the keyed hash of its opinion, for its audit entry."""
        row: Row = {
            "id": decision.id,
            "draft_id": decision.draft_id,
            "revision": decision.revision,
            "position": decision.position,
            "verdict": str(decision.verdict),
            "opinion": decision.opinion,
            "decided_by": decision.decided_by,
            "decided_on": decision.decided_on.isoformat(),
            "decided_at": moment_text(decision.decided_at),
            "registered_by": decision.registered_by,
            "recorded_at": to_text(decision.recorded_at),
            "way": str(decision.way),
            "fingerprint": decision.fingerprint,
            "scan_sha256": decision.scan_sha256,
            "authorization_id": decision.authorization_id,
            "voided_at": moment_text(decision.voided_at),
            "audit_key": key or fresh_key(),
        }
        write(self._db, "decision", row)
        self._note_open_step(decision.draft_id, decision.revision)
        return bound_row("decision", row)

    def void(self, draft_id: str, revision: int, at: datetime) -> None:
        """Mark that the decisions on a revision no longer count; those voided before keep their moment."""
        sql = "UPDATE decision SET voided_at = ? WHERE draft_id = ? AND revision = ? AND voided_at IS NULL"
        self._db.execute(sql, (to_text(at), draft_id, revision))
        self._note_open_step(draft_id, revision)

    def _note_open_step(self, draft_id: str, revision: int) -> None:
        step = open_step(self.steps(draft_id, revision), self.decisions(draft_id, revision))
        position = step.position if step else None
        self._db.execute("UPDATE draft SET open_position = ? WHERE id = ?", (position, draft_id))


@reader("revision")
def read_revision(row: Row) -> Revision:
    """Read a row of `revision`; raises as `reader` says."""
    return Revision(
        draft_id=row["draft_id"],
        number=row["number"],
        content=parse_content(row["content"]),
        fingerprint=row["fingerprint"],
        submitted_at=from_text(row["submitted_at"]),
        submitted_by=row["submitted_by"],
        policy_version=row["policy_version"],
        lexicon_version=row["lexicon_version"],
        review_class=ReviewClass(row["review_class"]),
        silenced=pairs(row["silenced"]),
        voided_at=moment(row["voided_at"]),
    )


@reader("review_step")
def read_step(row: Row) -> ReviewStep:
    """Read a row of `review_step`; raises as `reader` says."""
    return ReviewStep(
        row["draft_id"],
        row["revision"],
        row["position"],
        StepKind(row["kind"]),
        Role(row["role"]),
        row["quorum"],
        day(row["due_on"]),
    )


@reader("decision")
def read_decision(row: Row) -> Decision:
    """Read a row of `decision`; raises as `reader` says."""
    return Decision(
        id=row["id"],
        draft_id=row["draft_id"],
        revision=row["revision"],
        position=row["position"],
        verdict=Verdict(row["verdict"]),
        opinion=row["opinion"],
        decided_by=row["decided_by"],
        decided_on=date.fromisoformat(row["decided_on"]),
        decided_at=moment(row["decided_at"]),
        registered_by=row["registered_by"],
        recorded_at=from_text(row["recorded_at"]),
        way=DecisionWay(row["way"]),
        fingerprint=row["fingerprint"],
        scan_sha256=row["scan_sha256"],
        authorization_id=row["authorization_id"],
        voided_at=moment(row["voided_at"]),
    )
