"""The register of accounts, its papers, terminals and credentials, and what stands beside it (articles 1 to 7, 14)."""

from sqlite_utils.db import Database

_SCHEMA = """
ALTER TABLE account ADD COLUMN particulars TEXT NOT NULL DEFAULT '{}';
CREATE TABLE platform (
    name TEXT PRIMARY KEY, platform_class TEXT NOT NULL, entry TEXT NOT NULL, kinds TEXT NOT NULL,
    commercial TEXT NOT NULL, password_least INTEGER NOT NULL, password_most INTEGER NOT NULL,
    position INTEGER NOT NULL, retired INTEGER NOT NULL
) STRICT;
CREATE TABLE application (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, account_id TEXT NOT NULL REFERENCES account(id), state TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES person(id), created_at TEXT NOT NULL, text TEXT NOT NULL, number TEXT,
    policy_version INTEGER NOT NULL, signed_by TEXT NOT NULL, signed_on TEXT, scan_sha256 TEXT NOT NULL,
    submitted_on TEXT, filed_on TEXT, filing_number TEXT NOT NULL, receipt_sha256 TEXT NOT NULL, carried_out_on TEXT,
    version INTEGER NOT NULL, audit_key BLOB NOT NULL
) STRICT;
CREATE INDEX application_by_account ON application(account_id, created_at);
CREATE INDEX application_by_state ON application(state, created_at);
CREATE TABLE outsourced_operator (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, contact TEXT NOT NULL, contract_from TEXT, contract_to TEXT,
    agreement_on TEXT, agreement_sha256 TEXT NOT NULL, vetted_on TEXT, ended_on TEXT, version INTEGER NOT NULL
) STRICT;
CREATE TABLE personal_account (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(id), platform TEXT NOT NULL, name TEXT NOT NULL,
    certified_as TEXT NOT NULL, applied_on TEXT NOT NULL, consent TEXT NOT NULL, decided_on TEXT,
    notice_signed_on TEXT, ended_on TEXT, scan_sha256 TEXT NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE INDEX personal_account_by_person ON personal_account(person_id);
CREATE TABLE personal_check (
    id TEXT PRIMARY KEY, personal_account_id TEXT NOT NULL REFERENCES personal_account(id), checked_on TEXT NOT NULL,
    finding TEXT NOT NULL, checked_by TEXT NOT NULL REFERENCES person(id)
) STRICT;
CREATE INDEX personal_check_by_account ON personal_check(personal_account_id, checked_on);
CREATE TABLE impostor (
    id TEXT PRIMARY KEY, platform TEXT NOT NULL, name TEXT NOT NULL, found_on TEXT NOT NULL, link TEXT NOT NULL,
    reported_on TEXT, reported_to TEXT NOT NULL, outcome TEXT NOT NULL, closed_on TEXT, screenshot_sha256 TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE TABLE terminal (
    id TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person(id), place TEXT NOT NULL, dedicated INTEGER NOT NULL,
    machine_id TEXT NOT NULL, protection TEXT NOT NULL, protection_checked_on TEXT, account_ids TEXT NOT NULL,
    retired_on TEXT, version INTEGER NOT NULL
) STRICT;
CREATE TABLE terminal_leave (
    id TEXT PRIMARY KEY, terminal_id TEXT NOT NULL REFERENCES terminal(id), from_on TEXT NOT NULL, to_on TEXT NOT NULL,
    reason TEXT NOT NULL, approved_by TEXT NOT NULL REFERENCES person(id), scan_sha256 TEXT NOT NULL, returned_on TEXT
) STRICT;
CREATE INDEX terminal_leave_by_terminal ON terminal_leave(terminal_id, from_on);
CREATE TABLE credential (
    id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account(id), label TEXT NOT NULL,
    changed_at TEXT NOT NULL, changed_by TEXT NOT NULL REFERENCES person(id), cause TEXT NOT NULL,
    witness_id TEXT NOT NULL, envelope_number TEXT NOT NULL, ended_at TEXT, version INTEGER NOT NULL
) STRICT;
CREATE INDEX credential_by_account ON credential(account_id);
CREATE TABLE credential_envelope (
    credential_id TEXT NOT NULL REFERENCES credential(id), person_id TEXT NOT NULL REFERENCES person(id),
    position INTEGER NOT NULL, sealed_at TEXT NOT NULL, key_digest TEXT NOT NULL,
    PRIMARY KEY (credential_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE borrowing (
    id TEXT PRIMARY KEY, credential_id TEXT NOT NULL REFERENCES credential(id), borrowed_at TEXT NOT NULL,
    reason TEXT NOT NULL, approved_by TEXT NOT NULL REFERENCES person(id), used_by TEXT NOT NULL REFERENCES person(id),
    returned_at TEXT, audit_key BLOB NOT NULL
) STRICT;
CREATE INDEX borrowing_by_credential ON borrowing(credential_id, borrowed_at);
CREATE TABLE scan_operator (
    id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account(id), person_id TEXT NOT NULL REFERENCES person(id),
    platform_role TEXT NOT NULL, second_factor TEXT NOT NULL, from_on TEXT NOT NULL, to_on TEXT, removed_on TEXT
) STRICT;
CREATE INDEX scan_operator_by_account ON scan_operator(account_id, from_on);
CREATE TABLE custody_handover (
    id TEXT PRIMARY KEY, from_person_id TEXT NOT NULL REFERENCES person(id),
    to_person_id TEXT NOT NULL REFERENCES person(id), witness_id TEXT NOT NULL REFERENCES person(id),
    state TEXT NOT NULL, accounts TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES person(id),
    created_at TEXT NOT NULL, unfinished TEXT NOT NULL, number TEXT, signed_on TEXT, scan_sha256 TEXT NOT NULL,
    version INTEGER NOT NULL, audit_key BLOB NOT NULL
) STRICT;
CREATE INDEX custody_handover_by_giver ON custody_handover(from_person_id, state)
"""

_PLATFORMS = (
    ("微信公众号", "public_account", "scan", '["订阅号","服务号"]', '["赞赏","流量主","返佣商品"]', 8, 16),
    ("微信视频号", "video_channel", "scan", "[]", '["橱窗","直播打赏","互选广告"]', 8, 16),
    ("微博", "microblog", "both", "[]", '["打赏","橱窗","广告共享计划"]', 8, 16),
    ("今日头条", "news", "both", "[]", '["赞赏","头条广告","商品卡"]', 8, 20),
    ("抖音", "short_video", "both", "[]", '["橱窗","直播打赏","星图"]', 8, 20),
    ("快手", "short_video", "both", "[]", '["小店","直播打赏","磁力聚星"]', 8, 20),
    ("哔哩哔哩", "short_video", "both", "[]", '["充电","花火","直播打赏"]', 8, 16),
    ("小程序", "mini_program", "scan", "[]", '["流量主","虚拟支付"]', 8, 16),
    ("移动客户端", "mobile_client", "password", "[]", '["广告","内购"]', 8, 32),
    ("其他", "other", "password", "[]", "[]", 8, 32),
)
"""What the table begins with; a unit edits it. Lengths of passwords are defaults, not the platforms' promise."""


def apply(db: Database) -> None:
    """Widen the accounts, add the tables beside them, and put the usual platforms on the list."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)
    for position, row in enumerate(_PLATFORMS):
        db.execute("INSERT INTO platform VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", (*row, position))
    # Names that were typed before there was a table stay as they are, as platforms of the unit's own.
    own = db.execute("SELECT DISTINCT platform FROM account WHERE platform NOT IN (SELECT name FROM platform)")
    for position, (name,) in enumerate(own.fetchall(), start=len(_PLATFORMS)):
        db.execute("INSERT INTO platform VALUES (?, 'other', 'password', '[]', '[]', 8, 32, ?, 0)", (name, position))
