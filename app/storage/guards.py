"""Triggers for the few rules that must never break, set anew at every start.

They stand here and not in a migration because `table.transform()` silently drops a table's triggers.
"""

from sqlite_utils.db import Database

GUARDS: dict[str, str] = {
    "audit_no_update": """BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    "audit_no_delete": """BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    # INSERT OR REPLACE from a raw connection passes a delete trigger; this stops it.
    "audit_in_order": """BEFORE INSERT ON audit
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
          OR NEW.prev IS NOT coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
        BEGIN SELECT RAISE(ABORT, 'audit entry out of order'); END""",
    "decision_not_by_author": """BEFORE INSERT ON decision
        WHEN NEW.decided_by = (SELECT author_id FROM draft WHERE id = NEW.draft_id)
        BEGIN SELECT RAISE(ABORT, 'own draft'); END""",
    "decision_needs_scan": """BEFORE INSERT ON decision WHEN NEW.way = 'paper' AND NEW.scan_sha256 = ''
        BEGIN SELECT RAISE(ABORT, 'paper decision without scan'); END""",
    "decision_on_content": """BEFORE INSERT ON decision
        WHEN NEW.fingerprint IS NOT
            (SELECT fingerprint FROM revision WHERE draft_id = NEW.draft_id AND number = NEW.revision)
        BEGIN SELECT RAISE(ABORT, 'decision on other content'); END""",
    "decision_only_voided": """BEFORE UPDATE ON decision
        WHEN OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL
          OR (NEW.id, NEW.draft_id, NEW.revision, NEW.position, NEW.verdict, NEW.opinion, NEW.decided_by,
              NEW.decided_on, NEW.decided_at, NEW.registered_by, NEW.recorded_at, NEW.way, NEW.fingerprint,
              NEW.scan_sha256, NEW.authorization_id)
             IS NOT
             (OLD.id, OLD.draft_id, OLD.revision, OLD.position, OLD.verdict, OLD.opinion, OLD.decided_by,
              OLD.decided_on, OLD.decided_at, OLD.registered_by, OLD.recorded_at, OLD.way, OLD.fingerprint,
              OLD.scan_sha256, OLD.authorization_id)
        BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END""",
    "decision_no_delete": """BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END""",
    "revision_only_voided": """BEFORE UPDATE ON revision
        WHEN (NEW.draft_id, NEW.number, NEW.content, NEW.fingerprint, NEW.submitted_at, NEW.submitted_by)
             IS NOT
             (OLD.draft_id, OLD.number, OLD.content, OLD.fingerprint, OLD.submitted_at, OLD.submitted_by)
        BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END""",
    "revision_no_delete": """BEFORE DELETE ON revision BEGIN SELECT RAISE(ABORT, 'a revision is never removed'); END""",
    "number_no_delete": """BEFORE DELETE ON paper_number BEGIN SELECT RAISE(ABORT, 'a number is never reused'); END""",
    "paper_no_update": """BEFORE UPDATE ON paper BEGIN SELECT RAISE(ABORT, 'an issued paper is never changed'); END""",
    "paper_no_delete": """BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'an issued paper is never removed'); END""",
    "author_never_changes": """BEFORE UPDATE OF author_id ON draft WHEN NEW.author_id IS NOT OLD.author_id
        BEGIN SELECT RAISE(ABORT, 'the author of a draft never changes'); END""",
    # 审后发布: every step of the revision has its quorum of other people's standing decisions on exactly this
    # content, none later than the publication (a paper without a time counts by its Beijing day).
    "publication_reviewed": """BEFORE INSERT ON publication
        WHEN NEW.kind = 'reviewed' AND (
            NOT EXISTS (SELECT 1 FROM revision AS r WHERE r.draft_id = NEW.draft_id AND r.number = NEW.revision
                        AND r.voided_at IS NULL)
            OR NOT EXISTS (SELECT 1 FROM review_step AS s WHERE s.draft_id = NEW.draft_id
                           AND s.revision = NEW.revision AND s.kind = 'principal_leader')
            OR EXISTS (
                SELECT 1 FROM review_step AS s WHERE s.draft_id = NEW.draft_id AND s.revision = NEW.revision
                AND s.quorum > (
                    SELECT count(DISTINCT d.decided_by) FROM decision AS d
                    WHERE d.draft_id = s.draft_id AND d.revision = s.revision AND d.position = s.position
                      AND d.voided_at IS NULL AND d.verdict IN ('agree', 'public')
                      AND d.decided_by <> (SELECT author_id FROM draft WHERE id = NEW.draft_id)
                      AND CASE WHEN d.decided_at IS NOT NULL THEN d.decided_at <= NEW.published_at
                               ELSE d.decided_on <= date(NEW.published_at, '+8 hours') END)))
        BEGIN SELECT RAISE(ABORT, 'publication without decisions'); END""",
    "publication_kind_stays": """BEFORE UPDATE OF kind, draft_id, revision, published_at ON publication
        WHEN NEW.kind IS NOT OLD.kind OR NEW.draft_id IS NOT OLD.draft_id OR NEW.revision IS NOT OLD.revision
          OR NEW.published_at IS NOT OLD.published_at
        BEGIN SELECT RAISE(ABORT, 'a publication keeps its kind'); END""",
    "publication_no_delete": """BEFORE DELETE ON publication
        BEGIN SELECT RAISE(ABORT, 'a publication is never removed'); END""",
}


def set_guards(db: Database) -> None:
    """Drop and create every guard, so that an older form never stays."""
    for name, body in GUARDS.items():
        db.execute(f"DROP TRIGGER IF EXISTS guard_{name}")
        db.execute(f"CREATE TRIGGER guard_{name} {body}")
