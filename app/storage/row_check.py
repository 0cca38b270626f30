"""Rows that this program cannot have written: values that no reader takes, and references that lead nowhere."""

from collections.abc import Callable, Iterator

from sqlite_utils.db import Database

from app.errors import RecordAlteredError
from app.models.content import Content
from app.models.fingerprint import canonical
from app.storage.account_records import read_account
from app.storage.draft_records import read_draft
from app.storage.draft_rows import LIGHT_DRAFT, read_light_draft
from app.storage.file_records import read_paper, read_use
from app.storage.month_records import LIGHT_ARCHIVE, read_archive
from app.storage.people_records import read_authorization, read_grant, read_person
from app.storage.policy_records import read_number, read_version, read_workday
from app.storage.publication_records import read_publication, read_target
from app.storage.review_records import read_decision, read_revision, read_step
from app.storage.rows import Row, select, stream
from app.storage.sign_in_records import read_guard, read_passcode
from app.storage.statement_records import read_statement

_REVISIONS = f"""SELECT draft_id, number, '{canonical(Content())}' AS content, fingerprint, submitted_at, submitted_by,
    policy_version, lexicon_version, review_class, silenced, voided_at FROM revision"""  # noqa: S608
"""Without their texts, long as they are: each is bound by its fingerprint anyway."""
_READERS: tuple[tuple[str, Callable[[Row], object]], ...] = (
    ("SELECT * FROM account", read_account),
    (LIGHT_ARCHIVE, read_archive),
    ("SELECT *, 0 AS size FROM attachment_use", read_use),
    ("SELECT * FROM authorization", read_authorization),
    ("SELECT * FROM decision", read_decision),
    ("SELECT * FROM draft", read_draft),
    (LIGHT_DRAFT, read_light_draft),
    ("SELECT * FROM paper", read_paper),
    ("SELECT * FROM paper_number", read_number),
    ("SELECT * FROM passcode", read_passcode),
    ("SELECT * FROM person", read_person),
    ("SELECT * FROM policy_version", read_version),
    ("SELECT * FROM publication", read_publication),
    ("SELECT * FROM review_step", read_step),
    (_REVISIONS, read_revision),
    ("SELECT * FROM role_grant", read_grant),
    ("SELECT * FROM sign_in_guard", read_guard),
    ("SELECT * FROM statement", read_statement),
    ("SELECT * FROM target", read_target),
    ("SELECT * FROM workday", read_workday),
)


class RowCheck:
    """Reads every row once, as the pages would."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def strange(self) -> Iterator[str]:
        """Yield the place (table:first column) of every row that cannot be read or refers to what is not there."""
        for sql, read in _READERS:
            for row in stream(self._db, sql):
                try:
                    read(row)
                except RecordAlteredError as told:
                    yield f"{told.table}:{told.row}"
        for row in select(self._db, "PRAGMA foreign_key_check"):
            yield f"{row['table']}:{row['rowid']}"
