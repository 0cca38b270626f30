"""The one place where the parts are put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from app.forms.typeface import Fonts
from app.intake.pictures import print_picture
from app.intake.scans import read_scan
from app.paths import FONTS, LEXICON, POLICY_FILE
from app.services.account_list import AccountList
from app.services.archives import Archives
from app.services.audit_desk import AuditDesk
from app.services.backup_desk import BackupDesk
from app.services.code_desk import CodeDesk
from app.services.drafts import Drafts
from app.services.imports import Imports
from app.services.papers import Papers
from app.services.publications import Publications
from app.services.publish_packages import PublishPackages
from app.services.record_room import RecordRoom, Session
from app.services.reviews import Reviews
from app.services.scans import Scans
from app.services.search_desk import SearchDesk
from app.services.settings_desk import SettingsDesk
from app.services.setup import Setup
from app.services.sign_in import SignIn
from app.services.staff_list import StaffList
from app.services.text_checks import TextChecks
from app.services.today import Today
from app.services.working_days import WorkingDays
from app.storage.attachments import AttachmentStore
from app.storage.unit_of_work import Store
from app.textcheck.lexicon import load_lexicon
from app.vault.passcode_hash import PasscodeHasher


@dataclass(frozen=True)
class Services:
    """Everything a window or a command can ask for."""

    folder: Path
    session: Session
    setup: Setup
    sign_in: SignIn
    codes: CodeDesk
    staff: StaffList
    accounts: AccountList
    checks: TextChecks
    drafts: Drafts
    imports: Imports
    reviews: Reviews
    papers: Papers
    scans: Scans
    publications: Publications
    packages: PublishPackages
    archives: Archives
    today: Today
    search: SearchDesk
    settings: SettingsDesk
    working_days: WorkingDays
    audit: AuditDesk
    backups: BackupDesk


def utc_now() -> datetime:
    """Return the PC's clock."""
    return datetime.now(UTC)


def open_services(
    folder: Path,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = lambda: str(uuid4()),
    hasher: PasscodeHasher | None = None,
) -> Services:
    """Open a data folder and build every service over it.

    Raises `NewerDatabaseError`, `DatabaseDamagedError`, `UnsafeFolderError` and their kin from the store.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hasher = hasher or PasscodeHasher()
    files = AttachmentStore(folder / "attachments")
    room = RecordRoom(Store(folder, clock), files, clock, new_id)
    sign_in = SignIn(room, hasher)
    codes = CodeDesk(room, hasher, sign_in)
    checks = TextChecks(load_lexicon(LEXICON))
    papers = Papers(room, Fonts(FONTS), print_picture)
    drafts = Drafts(room, checks)
    publications = Publications(room)
    return Services(
        folder=folder,
        session=room.session,
        setup=Setup(room, codes, hasher, POLICY_FILE),
        sign_in=sign_in,
        codes=codes,
        staff=StaffList(room),
        accounts=AccountList(room),
        checks=checks,
        drafts=drafts,
        imports=Imports(drafts, publications),
        reviews=Reviews(room, sign_in),
        papers=papers,
        scans=Scans(room, read_scan),
        publications=publications,
        packages=PublishPackages(room, publications),
        archives=Archives(room, papers),
        today=Today(room),
        search=SearchDesk(room),
        settings=SettingsDesk(room),
        working_days=WorkingDays(room),
        audit=AuditDesk(room),
        backups=BackupDesk(room),
    )
