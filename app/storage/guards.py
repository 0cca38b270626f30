"""Triggers for the few rules that must never break, compared with the file's at every start.

They stand here and not in a migration because `table.transform()` silently drops a table's triggers. A refusal
is an `IntegrityError` with the text given here: services refuse earlier and in words, so it is a bug.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlite_utils.db import Database

# Columns that never change once a row is written. The row's own place counts too: moved onto another row's by
# UPDATE OR REPLACE, a row would remove that other one without any delete trigger.
_FROZEN: dict[str, str] = {
    "unit": "rowid id created_at",
    "person": "rowid id created_at",
    "account": "rowid id",
    "application": "rowid id kind account_id created_by created_at audit_key",
    "credential": "rowid id account_id",
    "borrowing": "rowid id credential_id borrowed_at reason approved_by used_by audit_key",
    "custody_handover": "rowid id from_person_id to_person_id created_by created_at audit_key",
    "terminal": "rowid id",
    "terminal_leave": "rowid id terminal_id from_on to_on reason approved_by scan_sha256",
    "personal_check": "rowid id personal_account_id checked_on finding checked_by",
    "role_grant": "rowid id person_id role from_on account_ids basis",
    "authorization": "rowid id from_person_id to_person_id role from_on scan_sha256",
    "policy_version": "version name digest text effective_on approved_by adopted_at",
    "paper_number": "kind year serial word subject given_at",
    "draft": "rowid id author_id created_at",
    "revision": "rowid draft_id number content fingerprint submitted_at submitted_by policy_version lexicon_version"
    " review_class silenced audit_key",
    "review_step": "rowid draft_id revision position kind role quorum due_on",
    "decision": "rowid id draft_id revision position verdict opinion decided_by decided_on decided_at registered_by"
    " recorded_at way fingerprint scan_sha256 authorization_id audit_key",
    "publication": "rowid id kind account_id published_at recorded_at recorded_by draft_id revision",
    "paper": "rowid id kind subject_id revision number policy_version audit_seq audit_head pdf_sha256 pages"
    " issued_at issued_by data",
    "statement": "rowid id subject kind text about stated_by stated_at audit_key",
    "archive": "rowid id month version number folder_name written_at written_by sha256_manifest_digest"
    " sm3_manifest_digest files size audit_seq audit_head reason contents",
}

# Rows that are never removed, with their keys. INSERT OR REPLACE from a raw connection removes a row without its
# delete trigger, so a second row under any of the keys is refused before it is written.
_KEPT: dict[str, tuple[str, ...]] = {
    "unit": ("rowid", "id"),
    "person": ("rowid", "id"),
    "account": ("rowid", "id"),
    "application": ("rowid", "id"),
    "credential": ("rowid", "id"),
    "borrowing": ("rowid", "id"),
    "custody_handover": ("rowid", "id"),
    "terminal": ("rowid", "id"),
    "terminal_leave": ("rowid", "id"),
    "personal_account": ("rowid", "id"),
    "personal_check": ("rowid", "id"),
    "impostor": ("rowid", "id"),
    "outsourced_operator": ("rowid", "id"),
    "role_grant": ("rowid", "id"),
    "authorization": ("rowid", "id"),
    "policy_version": ("version",),
    "paper_number": ("kind, year, serial",),
    "draft": ("rowid", "id"),
    "revision": ("rowid", "draft_id, number"),
    "review_step": ("rowid", "draft_id, revision, position"),
    "decision": ("rowid", "id"),
    "publication": ("rowid", "id"),
    "paper": ("rowid", "id"),
    "archive": ("rowid", "id", "month, version"),
}

# What is voided once stays so, from that moment.
_VOIDED_ONCE = ("paper_number", "revision", "decision")

_SINGLE: dict[str, str] = {
    "audit_no_update": "BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    "audit_no_delete": "BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    "audit_in_order": """BEFORE INSERT ON audit
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
          OR NEW.prev IS NOT coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
        BEGIN SELECT RAISE(ABORT, 'audit entry out of order'); END""",
    "draft_number_stays": """BEFORE UPDATE ON draft
        WHEN OLD.number_serial IS NOT NULL AND (NEW.number_word, NEW.number_year, NEW.number_serial)
             IS NOT (OLD.number_word, OLD.number_year, OLD.number_serial)
        BEGIN SELECT RAISE(ABORT, 'a draft keeps its number'); END""",
    "archive_handed_over_once": """BEFORE UPDATE ON archive
        WHEN OLD.handed_over_on <> ''
         AND (NEW.handed_over_on, NEW.handover_scan_sha256) IS NOT (OLD.handed_over_on, OLD.handover_scan_sha256)
        BEGIN SELECT RAISE(ABORT, 'a month is handed over once'); END""",
    "publication_key_stays": """BEFORE UPDATE ON publication
        WHEN OLD.audit_key <> x'' AND NEW.audit_key IS NOT OLD.audit_key
        BEGIN SELECT RAISE(ABORT, 'a post keeps the key that binds its words'); END""",
    "decision_not_by_author": """BEFORE INSERT ON decision
        WHEN NEW.decided_by = (SELECT author_id FROM draft WHERE id = NEW.draft_id)
        BEGIN SELECT RAISE(ABORT, 'own draft'); END""",
    "decision_needs_scan": """BEFORE INSERT ON decision WHEN NEW.way = 'paper' AND NEW.scan_sha256 = ''
        BEGIN SELECT RAISE(ABORT, 'paper decision without scan'); END""",
    "decision_on_content": """BEFORE INSERT ON decision
        WHEN NOT EXISTS (SELECT 1 FROM revision WHERE draft_id = NEW.draft_id AND number = NEW.revision
                         AND fingerprint = NEW.fingerprint AND voided_at IS NULL)
        BEGIN SELECT RAISE(ABORT, 'decision on other content'); END""",
    # 审后发布: the account is one of those signed for, and every step of the revision has its quorum of other
    # people's decisions on exactly this content, none later than the post (a paper without a time counts by its
    # Beijing day). What was voided only after the post stood when it went out.
    "publication_reviewed": """BEFORE INSERT ON publication
        WHEN NEW.kind = 'reviewed' AND (
            NOT EXISTS (SELECT 1 FROM revision AS r, json_each(r.content, '$.account_ids') AS a
                        WHERE r.draft_id = NEW.draft_id AND r.number = NEW.revision AND a.value = NEW.account_id
                          AND r.submitted_at <= NEW.published_at
                          AND coalesce(r.voided_at > NEW.published_at, 1))
            OR 2 > (SELECT count(DISTINCT s.kind) FROM review_step AS s
                    WHERE s.draft_id = NEW.draft_id AND s.revision = NEW.revision
                      AND s.kind IN ('secrecy_review', 'principal_leader'))
            OR EXISTS (
                SELECT 1 FROM review_step AS s WHERE s.draft_id = NEW.draft_id AND s.revision = NEW.revision
                AND max(s.quorum, 1) > (
                    SELECT count(DISTINCT d.decided_by) FROM decision AS d
                    WHERE d.draft_id = s.draft_id AND d.revision = s.revision AND d.position = s.position
                      AND coalesce(d.voided_at > NEW.published_at, 1) AND d.verdict IN ('agree', 'public')
                      AND d.decided_by <> (SELECT author_id FROM draft WHERE id = NEW.draft_id)
                      AND CASE WHEN d.decided_at IS NOT NULL THEN d.decided_at <= NEW.published_at
                               ELSE d.decided_on <= date(NEW.published_at, '+8 hours') END)))
        BEGIN SELECT RAISE(ABORT, 'publication without decisions'); END""",
}

# Administrator and auditor are never one person on one day; a grant that ended before it began holds on none.
_CLASH = """BEFORE {act} ON role_grant
    WHEN NEW.role IN ('administrator', 'auditor') AND NEW.from_on <= coalesce(NEW.to_on, '9999-12-31')
     AND EXISTS (SELECT 1 FROM role_grant AS g
                 WHERE g.person_id = NEW.person_id AND g.role IN ('administrator', 'auditor') AND g.role <> NEW.role
                   AND g.from_on <= coalesce(g.to_on, '9999-12-31')
                   AND g.from_on <= coalesce(NEW.to_on, '9999-12-31')
                   AND NEW.from_on <= coalesce(g.to_on, '9999-12-31'))
    BEGIN SELECT RAISE(ABORT, 'administrator and auditor in one person'); END"""


def _made() -> dict[str, str]:
    guards = _SINGLE | {f"role_clash_{act.lower()}": _CLASH.format(act=act) for act in ("INSERT", "UPDATE")}
    for table, columns in _FROZEN.items():
        new, old = (", ".join(f"{row}.{column}" for column in columns.split()) for row in ("NEW", "OLD"))
        guards[f"{table}_frozen"] = f"""BEFORE UPDATE ON {table} WHEN ({new}) IS NOT ({old})
            BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"""
    for table, keys in _KEPT.items():
        guards[f"{table}_no_delete"] = f"""BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, '{table} is never removed'); END"""
        taken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE ({key}) = (NEW.{key.replace(', ', ', NEW.')}))"  # noqa: S608
            for key in keys
        )
        guards[f"{table}_not_replaced"] = f"""BEFORE INSERT ON {table} WHEN {taken}
            BEGIN SELECT RAISE(ABORT, '{table} is never replaced'); END"""
    for table in _VOIDED_ONCE:
        guards[f"{table}_voided_once"] = f"""BEFORE UPDATE ON {table}
            WHEN OLD.voided_at IS NOT NULL AND NEW.voided_at IS NOT OLD.voided_at
            BEGIN SELECT RAISE(ABORT, '{table} stays void'); END"""
    return guards


GUARDS = {f"guard_{name}": body for name, body in _made().items()}


@contextmanager
def lifted_guards(db: Database, tables: Iterable[str]) -> Iterator[None]:
    """Lift the guards of some tables within the open transaction, for the one act that removes what is kept no longer.

    They stand again before anybody else can write; when the act fails, nothing of it and of this remains.
    """
    for table in tables:
        for guard in (f"guard_{table}_frozen", f"guard_{table}_no_delete"):
            if guard in GUARDS:
                db.execute(f"DROP TRIGGER {guard}")
    yield
    set_guards(db)


def set_guards(db: Database) -> bool:
    """Make these the file's only triggers, and say whether anything was written.

    An older form of a guard does not stay, nor does what somebody else put into the file to act on our writing.
    """
    found = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    wanted = {name: f"CREATE TRIGGER {name} {body}" for name, body in GUARDS.items()}
    if found == wanted:
        return False
    for name in found:
        quoted = name.replace('"', '""')
        db.execute(f'DROP TRIGGER "{quoted}"')
    for statement in wanted.values():
        db.execute(statement)
    return True
