"""One unit of work: one connection, one transaction, every repository over it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlite_utils.db import Database

from app.storage.account_records import AccountRecords
from app.storage.audit_records import AuditRecords
from app.storage.database import FILE_NAME, connect, transaction, translated
from app.storage.draft_records import DraftRecords
from app.storage.file_records import FileRecords, PaperRecords
from app.storage.migrations import bring_up_to_date
from app.storage.month_records import MonthRecords
from app.storage.people_records import PeopleRecords, RoleRecords, UnitRecords
from app.storage.policy_records import NumberRecords, PolicyRecords, SettingRecords, WorkdayRecords
from app.storage.publication_records import PublicationRecords, TargetRecords
from app.storage.review_records import ReviewRecords, RevisionRecords
from app.storage.search_index import SearchIndex
from app.storage.sign_in_records import PasscodeRecords, SignInRecords


class UnitOfWork:
    """Every repository over one open transaction."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self.units = UnitRecords(db)
        self.people = PeopleRecords(db)
        self.roles = RoleRecords(db)
        self.passcodes = PasscodeRecords(db)
        self.sign_ins = SignInRecords(db)
        self.settings = SettingRecords(db)
        self.accounts = AccountRecords(db)
        self.policies = PolicyRecords(db)
        self.workdays = WorkdayRecords(db)
        self.numbers = NumberRecords(db)
        self.drafts = DraftRecords(db)
        self.revisions = RevisionRecords(db)
        self.reviews = ReviewRecords(db)
        self.targets = TargetRecords(db)
        self.publications = PublicationRecords(db)
        self.files = FileRecords(db)
        self.papers = PaperRecords(db)
        self.months = MonthRecords(db)
        self.audit = AuditRecords(db, clock)
        self.search = SearchIndex(db)


class Store:
    """The unit's database in its data folder."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._clock = clock
        bring_up_to_date(self.path)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Open a transaction that may write; it commits at the end, and any exception undoes all of it."""
        with self._open(query_only=False) as db, transaction(db, immediate=True):
            yield UnitOfWork(db, self._clock)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Open one snapshot that cannot write."""
        with self._open(query_only=True) as db, transaction(db, immediate=False):
            yield UnitOfWork(db, self._clock)

    @contextmanager
    def _open(self, *, query_only: bool) -> Iterator[Database]:
        with translated(self.path, query_only=query_only):
            db = connect(self.path, query_only=query_only)
            try:
                yield db
            finally:
                db.close()
