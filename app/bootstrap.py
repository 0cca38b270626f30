"""The one place where the parts are put together."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.paths import FONTS, LEXICON, POLICY_FILE, SAMPLE
from app.services.file_removal import remove_given_up
from app.services.office import Services
from app.services.record_room import RecordRoom
from app.storage.attachments import AttachmentStore
from app.storage.records_place import WindowLock, check_data_folder, check_place
from app.storage.unit_of_work import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.checkup import Checkup
    from app.services.envelope_drawer import EnvelopeStore
    from app.services.pc_check import SelfCheck
    from app.services.restoring import Restoring
    from app.services.sample_years import SampleCounts
    from app.services.sealed_bags import SealedBags
    from app.services.self_test import SelfTest
    from app.vault.passcode_hash import PasscodeHasher

__all__ = [
    "Services",
    "create_sample",
    "create_sample_years",
    "hold_window",
    "open_checkup",
    "open_restoring",
    "open_sealed_bags",
    "open_self_test",
    "open_services",
    "utc_now",
]


SYSTEM_ROOT = Path("/")
"""Below which the self-check reads what the system says of itself."""


def utc_now() -> datetime:
    """Return the PC's clock."""
    return datetime.now(UTC)


def open_services(
    folder: Path,
    clock: Callable[[], datetime] = utc_now,
    new_id: Callable[[], str] = lambda: str(uuid4()),
    hasher: PasscodeHasher | None = None,
    open_store: Callable[[str], EnvelopeStore] | None = None,
) -> Services:
    """Open a data folder; every service over it is built when it is first asked for.

    Raises `NewerDatabaseError`, `DatabaseDamagedError`, `UnsafeFolderError` and their kin from the store.
    """
    room = _room(folder, clock, new_id)
    remove_given_up(room)
    return _services(room, hasher, open_store)


def create_sample(folder: Path, hasher: PasscodeHasher | None = None) -> Services:
    """Fill an empty data folder with the made-up office of `resources/sample`, as it would be today, and open it."""
    from app.services.sample_clock import SampleClock
    from app.services.sample_material import read_sample
    from app.services.sample_office import SampleOffice
    from app.vault.passcode_hash import PasscodeHasher

    clock, hasher = SampleClock(utc_now()), hasher or PasscodeHasher()
    room = _room(folder, clock, lambda: str(uuid4()))
    office = SampleOffice(room, _services(room, hasher), clock, hasher, read_sample(SAMPLE))
    office.build(utc_now(), FONTS / "NotoSansSC-Regular.ttf")
    return open_services(folder)


def create_sample_years(
    folder: Path, years: int, seed: int, until: datetime, tell: Callable[[str], None], drafts: int = 1500
) -> SampleCounts:
    """Fill an empty data folder with made-up records of some years, so many drafts a year, that end at a moment."""
    from app.models.policy import read_policy
    from app.services.sample_clock import SampleClock
    from app.services.sample_material import read_sample
    from app.services.sample_years import SampleYears
    from app.vault.passcode_hash import PasscodeHasher

    clock, hasher = SampleClock(until), PasscodeHasher()
    rng = Random(seed)
    room = _room(folder, clock, lambda: str(UUID(int=rng.getrandbits(128), version=4)))
    papers, policy = _services(room, hasher).papers, read_policy(POLICY_FILE.read_text("utf-8"))
    return SampleYears(room, papers, clock, hasher, read_sample(SAMPLE), policy, rng).write(years, until, tell, drafts)


def open_checkup(folder: Path) -> Checkup:
    """Open a data folder only to look it over, with nothing changed in it.

    Raises as `open_services`, and `OlderDatabaseError` for what that would migrate.
    """
    from app.forms.typeface import BOLD, SANS, SERIF, SIGNS
    from app.services.checkup import Checkup

    fonts = tuple(FONTS / name for name in (SERIF, BOLD, SANS, SIGNS))
    check_place(folder)
    store = Store(folder, utc_now, look_only=True)
    room = RecordRoom(store, AttachmentStore(folder / "attachments"), utc_now, lambda: str(uuid4()))
    return Checkup(room, _self_check(room), fonts)


def open_sealed_bags(folder: Path) -> SealedBags:
    """Open a data folder only to hold bags against its sealed months, with nothing changed in it; as `open_checkup`."""
    from app.services.sealed_bags import SealedBags

    check_place(folder)
    store = Store(folder, utc_now, look_only=True)
    return SealedBags(RecordRoom(store, AttachmentStore(folder / "attachments"), utc_now, lambda: str(uuid4())))


def open_restoring(
    clock: Callable[[], datetime] = utc_now, hasher: PasscodeHasher | None = None, *, searches: bool = True
) -> Restoring:
    """Return what restores backups; it opens no data folder, and counts wrong tries as long as it is kept.

    Unless `searches`, it looks only into folders that are named to it, and at no drive.
    """
    from app.services.restoring import Restoring
    from app.vault.passcode_hash import PasscodeHasher

    return Restoring(hasher or PasscodeHasher(), clock, searches=searches)


def open_self_test(folder: Path, hasher: PasscodeHasher | None = None) -> SelfTest:
    """Prepare a trial of this installation in an empty folder of its own."""
    from app.services.sample_clock import SampleClock
    from app.services.sample_material import read_sample
    from app.services.self_test import SelfTest, TrialGround

    now, records, written = utc_now(), folder / "data", folder / "written"
    written.mkdir()
    clock = SampleClock(now)
    services = open_services(records, clock, hasher=hasher)
    ground = TrialGround(services, clock, read_sample(SAMPLE), FONTS / "NotoSansSC-Regular.ttf", written)
    return SelfTest(ground, now, open_checkup(records))


def hold_window(folder: Path) -> WindowLock:
    """Become the only window on a data folder until it is released, or raise `AlreadyRunningError`."""
    lock = WindowLock(folder)
    lock.acquire()
    return lock


def _room(folder: Path, clock: Callable[[], datetime], new_id: Callable[[], str]) -> RecordRoom:
    check_data_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return RecordRoom(Store(folder, clock), AttachmentStore(folder / "attachments"), clock, new_id)


def _self_check(room: RecordRoom) -> SelfCheck:
    from app.services.pc_check import PcView, SelfCheck
    from app.services.terminals import Terminals
    from app.storage.disk_encryption import disk_encryption
    from app.storage.drive_facts import file_system_of
    from app.vault.automatic_login import automatic_login
    from app.vault.machine_mark import machine_mark
    from app.vault.secret_store_presence import secret_store_name

    pc = PcView(
        secret_store_name,
        lambda: automatic_login(SYSTEM_ROOT),
        lambda folder: disk_encryption(folder, SYSTEM_ROOT),
        lambda folder: file_system_of(folder, SYSTEM_ROOT),
    )
    return SelfCheck(room, Terminals(room, machine_mark), pc)


def _services(
    room: RecordRoom, hasher: PasscodeHasher | None, open_store: Callable[[str], EnvelopeStore] | None = None
) -> Services:
    workshop = _Workshop(room, hasher, open_store)
    makers = {name: getattr(workshop, name) for name in vars(_Workshop) if not name.startswith("_")}
    return Services(room.store.folder, room.session, makers)


class _Workshop:
    """One method a service, named as in `Services`; each imports what it builds only when it builds it."""

    def __init__(
        self,
        room: RecordRoom,
        hasher: PasscodeHasher | None,
        open_store: Callable[[str], EnvelopeStore] | None = None,
    ) -> None:
        self._room, self._given, self._given_store = room, hasher, open_store

    @cached_property
    def _hasher(self) -> PasscodeHasher:
        from app.vault.passcode_hash import PasscodeHasher

        return self._given or PasscodeHasher()

    def door(self, _services: Services) -> object:
        from app.services.front_door import FrontDoor

        return FrontDoor(self._room)

    def setup(self, services: Services) -> object:
        from app.services.setup import Setup

        return Setup(self._room, services.codes, self._hasher, POLICY_FILE)

    def sign_in(self, _services: Services) -> object:
        from app.services.sign_in import SignIn

        return SignIn(self._room, self._hasher)

    def codes(self, services: Services) -> object:
        from app.services.code_desk import CodeDesk

        return CodeDesk(self._room, self._hasher, services.sign_in)

    def staff(self, services: Services) -> object:
        from app.services.staff_list import StaffList

        return StaffList(self._room, services.sign_in)

    def accounts(self, _services: Services) -> object:
        from app.services.account_list import AccountList

        return AccountList(self._room)

    def account_desk(self, _services: Services) -> object:
        from app.services.account_desk import AccountDesk

        return AccountDesk(self._room)

    def account_import(self, _services: Services) -> object:
        from app.services.account_import import AccountImport

        return AccountImport(self._room)

    def account_ledger_book(self, _services: Services) -> object:
        from app.services.account_ledger_book import AccountLedgerBook

        return AccountLedgerBook(self._room)

    def account_papers(self, services: Services) -> object:
        from app.services.account_papers import AccountPapers

        return AccountPapers(self._room, services.papers)

    def platforms(self, _services: Services) -> object:
        from app.services.platform_list import PlatformList

        return PlatformList(self._room)

    def applications(self, _services: Services) -> object:
        from app.services.applications import Applications

        return Applications(self._room)

    def terminals(self, _services: Services) -> object:
        from app.services.terminals import Terminals
        from app.vault.machine_mark import machine_mark

        return Terminals(self._room, machine_mark)

    def terminal_leaves(self, _services: Services) -> object:
        from app.services.terminal_leaves import TerminalLeaves

        return TerminalLeaves(self._room)

    def custody(self, services: Services) -> object:
        from app.services.custody import Custody
        from app.vault.credential_store import CredentialStore

        return Custody(self._room, services.sign_in, services.terminals, self._given_store or CredentialStore)

    def handovers(self, services: Services) -> object:
        from app.services.custody_handovers import CustodyHandovers

        return CustodyHandovers(self._room, services.papers)

    def loans(self, services: Services) -> object:
        from app.services.password_loans import PasswordLoans

        return PasswordLoans(self._room, services.papers)

    def self_check(self, _services: Services) -> object:
        return _self_check(self._room)

    def custody_list(self, services: Services) -> object:
        from app.services.custody_list import CustodyList

        return CustodyList(self._room, services.custody)

    def checks(self, _services: Services) -> object:
        from app.services.text_checks import TextChecks
        from app.textcheck.lexicon import load_lexicon

        return TextChecks(load_lexicon(LEXICON))

    def drafts(self, services: Services) -> object:
        from app.services.drafts import Drafts

        return Drafts(self._room, services.checks)

    def imports(self, services: Services) -> object:
        from app.services.imports import Imports

        return Imports(services.drafts, services.publications, self._room.clock)

    def reviews(self, services: Services) -> object:
        from app.services.reviews import Reviews

        return Reviews(self._room, services.sign_in)

    def papers(self, services: Services) -> object:
        from app.forms.typeface import Fonts
        from app.intake.pictures import print_picture
        from app.services.papers import Papers

        return Papers(self._room, Fonts(FONTS), print_picture, services.checks)

    def scans(self, _services: Services) -> object:
        from app.intake.scan_reading import page_picture, read_scan
        from app.services.scans import Scans

        return Scans(self._room, read_scan, page_picture)

    def publications(self, _services: Services) -> object:
        from app.services.publications import Publications

        return Publications(self._room)

    def packages(self, services: Services) -> object:
        from app.intake.pictures import print_picture
        from app.services.publish_packages import PublishPackages

        return PublishPackages(self._room, services.publications, print_picture)

    def archives(self, services: Services) -> object:
        from app.services.archives import Archives

        return Archives(self._room, services.papers)

    def today(self, _services: Services) -> object:
        from app.services.today import Today

        return Today(self._room)

    def search(self, _services: Services) -> object:
        from app.services.search_desk import SearchDesk

        return SearchDesk(self._room)

    def settings(self, services: Services) -> object:
        from app.services.settings_desk import SettingsDesk

        return SettingsDesk(self._room, services.sign_in)

    def working_days(self, _services: Services) -> object:
        from app.services.working_days import WorkingDays

        return WorkingDays(self._room)

    def audit(self, _services: Services) -> object:
        from app.services.audit_desk import AuditDesk

        return AuditDesk(self._room)

    def lost_span(self, _services: Services) -> object:
        from app.services.lost_span import LostSpan

        return LostSpan(self._room)

    def retention(self, services: Services) -> object:
        from app.services.retention_desk import RetentionDesk

        return RetentionDesk(self._room, services.sign_in)

    def backups(self, _services: Services) -> object:
        from app.services.backup_desk import BackupDesk

        return BackupDesk(self._room)
