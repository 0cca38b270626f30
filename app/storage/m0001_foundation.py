"""The first schema: people, policy, drafts, review, publication, papers, months, and the audit chain."""

from sqlite_utils.db import Database

_SCHEMA = """
CREATE TABLE unit (
    id TEXT PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
    supervisor TEXT NOT NULL, code_word TEXT NOT NULL, sample INTEGER NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE TABLE unit_name (
    unit_id TEXT NOT NULL REFERENCES unit(id), name TEXT NOT NULL, code TEXT NOT NULL, from_on TEXT NOT NULL,
    to_on TEXT
) STRICT;
CREATE TABLE person (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, department TEXT NOT NULL, duty TEXT NOT NULL,
    signs_in INTEGER NOT NULL, left_on TEXT, audit_key BLOB NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person(name);
CREATE TABLE person_name (
    person_id TEXT NOT NULL REFERENCES person(id), name TEXT NOT NULL, from_on TEXT NOT NULL, to_on TEXT
) STRICT;
CREATE TABLE role_grant (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), role TEXT NOT NULL,
    from_on TEXT NOT NULL, to_on TEXT, account_ids TEXT NOT NULL, basis TEXT NOT NULL
) STRICT;
CREATE INDEX role_grant_by_person ON role_grant(person_id);
CREATE TABLE authorization (
    id TEXT PRIMARY KEY, from_person_id TEXT NOT NULL REFERENCES person(id),
    to_person_id TEXT NOT NULL REFERENCES person(id), role TEXT NOT NULL,
    from_on TEXT NOT NULL, to_on TEXT NOT NULL, scan_sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE passcode (
    person_id TEXT PRIMARY KEY REFERENCES person(id), hash TEXT NOT NULL, one_time INTEGER NOT NULL,
    expires_on TEXT, public_key BLOB NOT NULL, private_key BLOB NOT NULL, changed_at TEXT NOT NULL,
    reset_reason TEXT NOT NULL, reset_by TEXT NOT NULL, reset_seen INTEGER NOT NULL
) STRICT;
CREATE TABLE sign_in_guard (
    name_hash TEXT PRIMARY KEY, failures INTEGER NOT NULL, locked_until TEXT
) STRICT;
CREATE TABLE statement (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, about TEXT NOT NULL,
    stated_by TEXT NOT NULL, stated_at TEXT NOT NULL, audit_key BLOB NOT NULL
) STRICT;
CREATE INDEX statement_by_subject ON statement(subject, kind, stated_at);
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE account (
    id TEXT PRIMARY KEY, platform TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, filing TEXT NOT NULL,
    handle TEXT NOT NULL, link TEXT NOT NULL, needs_variant INTEGER NOT NULL, opened_on TEXT,
    version INTEGER NOT NULL
) STRICT;
CREATE TABLE policy_version (
    version INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
    effective_on TEXT NOT NULL, approved_by TEXT NOT NULL, adopted_at TEXT NOT NULL
) STRICT;
CREATE TABLE workday (day TEXT PRIMARY KEY, works INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE workday_year (year INTEGER PRIMARY KEY, source TEXT NOT NULL) STRICT;
CREATE TABLE paper_number (
    kind TEXT NOT NULL, year INTEGER NOT NULL, serial INTEGER NOT NULL, word TEXT NOT NULL,
    subject TEXT NOT NULL, given_at TEXT NOT NULL, voided_at TEXT, PRIMARY KEY (kind, year, serial)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft (
    id TEXT PRIMARY KEY, author_id TEXT NOT NULL REFERENCES person(id), state TEXT NOT NULL, title TEXT NOT NULL,
    number_word TEXT, number_year INTEGER, number_serial INTEGER, revision INTEGER NOT NULL, open_position INTEGER,
    account_ids TEXT NOT NULL, urgency TEXT NOT NULL, planned_at TEXT, created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL, version INTEGER NOT NULL, review_class TEXT NOT NULL, category TEXT NOT NULL,
    notes TEXT NOT NULL, silenced TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX draft_by_update ON draft(updated_at DESC, id);
CREATE INDEX draft_by_state ON draft(state, updated_at DESC, id, author_id);
CREATE INDEX draft_by_author ON draft(author_id, updated_at DESC, id);
CREATE TABLE revision (
    draft_id TEXT NOT NULL REFERENCES draft(id), number INTEGER NOT NULL, content TEXT NOT NULL,
    fingerprint TEXT NOT NULL, submitted_at TEXT NOT NULL, submitted_by TEXT NOT NULL REFERENCES person(id),
    policy_version INTEGER NOT NULL REFERENCES policy_version(version), lexicon_version TEXT NOT NULL,
    review_class TEXT NOT NULL, silenced TEXT NOT NULL, voided_at TEXT, PRIMARY KEY (draft_id, number)
) STRICT;
CREATE TABLE review_step (
    draft_id TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL,
    role TEXT NOT NULL, quorum INTEGER NOT NULL, due_on TEXT, PRIMARY KEY (draft_id, revision, position),
    FOREIGN KEY (draft_id, revision) REFERENCES revision(draft_id, number)
) STRICT;
CREATE TABLE decision (
    id TEXT PRIMARY KEY, draft_id TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
    verdict TEXT NOT NULL, opinion TEXT NOT NULL, decided_by TEXT NOT NULL REFERENCES person(id),
    decided_on TEXT NOT NULL, decided_at TEXT, registered_by TEXT NOT NULL REFERENCES person(id),
    recorded_at TEXT NOT NULL, way TEXT NOT NULL, fingerprint TEXT NOT NULL, scan_sha256 TEXT NOT NULL,
    authorization_id TEXT NOT NULL, voided_at TEXT,
    FOREIGN KEY (draft_id, revision, position) REFERENCES review_step(draft_id, revision, position)
) STRICT;
CREATE INDEX decision_by_draft ON decision(draft_id, revision, position);
CREATE INDEX decision_by_day ON decision(decided_on, draft_id);
CREATE TABLE target (
    draft_id TEXT NOT NULL REFERENCES draft(id), account_id TEXT NOT NULL REFERENCES account(id),
    state TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (draft_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE publication (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, account_id TEXT NOT NULL REFERENCES account(id), title TEXT NOT NULL,
    published_at TEXT NOT NULL, recorded_at TEXT NOT NULL, recorded_by TEXT NOT NULL REFERENCES person(id),
    draft_id TEXT REFERENCES draft(id), revision INTEGER NOT NULL, link TEXT NOT NULL, published_text TEXT NOT NULL,
    compared INTEGER NOT NULL, matches INTEGER NOT NULL, screenshots TEXT NOT NULL,
    who TEXT NOT NULL, why TEXT NOT NULL, done TEXT NOT NULL, late INTEGER NOT NULL
) STRICT;
CREATE INDEX publication_by_time ON publication(published_at DESC, id);
CREATE INDEX publication_by_account ON publication(account_id, published_at);
CREATE INDEX publication_by_kind ON publication(kind, published_at);
CREATE INDEX publication_by_draft ON publication(draft_id);
CREATE INDEX publication_by_link ON publication(link) WHERE link <> '';
CREATE TABLE attachment (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, stored_at TEXT NOT NULL) STRICT;
CREATE TABLE attachment_use (
    sha256 TEXT NOT NULL REFERENCES attachment(sha256), kind TEXT NOT NULL, subject TEXT NOT NULL,
    name TEXT NOT NULL, added_at TEXT NOT NULL, PRIMARY KEY (subject, kind, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_use_by_file ON attachment_use(sha256);
CREATE INDEX attachment_use_by_time ON attachment_use(kind, added_at);
CREATE TABLE paper (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject_id TEXT NOT NULL, revision INTEGER NOT NULL,
    number TEXT NOT NULL, policy_version INTEGER NOT NULL, audit_seq INTEGER NOT NULL,
    audit_head TEXT NOT NULL, pdf_sha256 TEXT NOT NULL REFERENCES attachment(sha256), pages INTEGER NOT NULL,
    issued_at TEXT NOT NULL, issued_by TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX paper_by_subject ON paper(subject_id, revision, issued_at);
CREATE TABLE month_explanation (
    month TEXT NOT NULL, gap_key TEXT NOT NULL, text TEXT NOT NULL, written_by TEXT NOT NULL REFERENCES person(id),
    written_at TEXT NOT NULL, PRIMARY KEY (month, gap_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE archive (
    id TEXT PRIMARY KEY, month TEXT NOT NULL, version INTEGER NOT NULL, number TEXT NOT NULL,
    folder_name TEXT NOT NULL, written_at TEXT NOT NULL, written_by TEXT NOT NULL REFERENCES person(id),
    sha256_manifest_digest TEXT NOT NULL, sm3_manifest_digest TEXT NOT NULL, files INTEGER NOT NULL,
    size INTEGER NOT NULL, audit_seq INTEGER NOT NULL, audit_head TEXT NOT NULL, reason TEXT NOT NULL,
    handed_over_on TEXT NOT NULL, handover_scan_sha256 TEXT NOT NULL, contents TEXT NOT NULL,
    UNIQUE (month, version)
) STRICT;
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_subject ON audit(subject, seq);
CREATE INDEX audit_by_action ON audit(action, at);
CREATE TABLE search_document (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject_id TEXT NOT NULL, month TEXT NOT NULL,
    body TEXT NOT NULL, UNIQUE (kind, subject_id)
) STRICT;
CREATE VIRTUAL TABLE search_text USING fts5(body, tokenize = "ascii", columnsize = 0);
"""


def apply(db: Database) -> None:
    """Create every table of the first version; attributes follow `app.models`."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)
