"""Everything a window or a command can ask for, each service built when it is first asked for.

The sign-in page needs three of them; what brings Word, PDF and picture libraries waits until somebody is in.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.services.account_desk import AccountDesk
    from app.services.account_import import AccountImport
    from app.services.account_ledger_book import AccountLedgerBook
    from app.services.account_list import AccountList
    from app.services.account_papers import AccountPapers
    from app.services.applications import Applications
    from app.services.archives import Archives
    from app.services.audit_desk import AuditDesk
    from app.services.backup_desk import BackupDesk
    from app.services.code_desk import CodeDesk
    from app.services.custody import Custody
    from app.services.custody_handovers import CustodyHandovers
    from app.services.custody_list import CustodyList
    from app.services.drafts import Drafts
    from app.services.front_door import FrontDoor
    from app.services.imports import Imports
    from app.services.lost_span import LostSpan
    from app.services.papers import Papers
    from app.services.password_loans import PasswordLoans
    from app.services.pc_check import SelfCheck
    from app.services.platform_list import PlatformList
    from app.services.publications import Publications
    from app.services.publish_packages import PublishPackages
    from app.services.record_room import Session
    from app.services.retention_desk import RetentionDesk
    from app.services.reviews import Reviews
    from app.services.scans import Scans
    from app.services.search_desk import SearchDesk
    from app.services.settings_desk import SettingsDesk
    from app.services.setup import Setup
    from app.services.sign_in import SignIn
    from app.services.staff_list import StaffList
    from app.services.terminal_leaves import TerminalLeaves
    from app.services.terminals import Terminals
    from app.services.text_checks import TextChecks
    from app.services.today import Today
    from app.services.working_days import WorkingDays

    Makers = Mapping[str, Callable[["Services"], object]]


class Services:
    """The unit's services over one data folder; asking twice gives the same one, from any thread."""

    def __init__(self, folder: Path, session: Session, makers: Makers) -> None:
        self.folder = folder
        self.session = session
        self._makers = makers

    def warm_up(self) -> None:
        """Build every service now, so that nobody waits for a library later."""
        for name in self._makers:
            getattr(self, name)

    def _made(self, name: str) -> object:
        return self._makers[name](self)

    @cached_property
    def door(self) -> FrontDoor:
        """What is shown before anybody signs in."""
        return self._made("door")  # type: ignore[return-value]

    @cached_property
    def setup(self) -> Setup:
        """The first start."""
        return self._made("setup")  # type: ignore[return-value]

    @cached_property
    def sign_in(self) -> SignIn:
        """The door."""
        return self._made("sign_in")  # type: ignore[return-value]

    @cached_property
    def codes(self) -> CodeDesk:
        """One-time codes and the recovery slip."""
        return self._made("codes")  # type: ignore[return-value]

    @cached_property
    def staff(self) -> StaffList:
        """The unit's people."""
        return self._made("staff")  # type: ignore[return-value]

    @cached_property
    def accounts(self) -> AccountList:
        """Accounts on file."""
        return self._made("accounts")  # type: ignore[return-value]

    @cached_property
    def account_desk(self) -> AccountDesk:
        """The register with its warnings."""
        return self._made("account_desk")  # type: ignore[return-value]

    @cached_property
    def account_import(self) -> AccountImport:
        """Ledgers of accounts coming in."""
        return self._made("account_import")  # type: ignore[return-value]

    @cached_property
    def account_ledger_book(self) -> AccountLedgerBook:
        """The register going out."""
        return self._made("account_ledger_book")  # type: ignore[return-value]

    @cached_property
    def account_papers(self) -> AccountPapers:
        """The papers of the register, printed."""
        return self._made("account_papers")  # type: ignore[return-value]

    @cached_property
    def platforms(self) -> PlatformList:
        """The table of platforms."""
        return self._made("platforms")  # type: ignore[return-value]

    @cached_property
    def applications(self) -> Applications:
        """The papers of accounts' lives."""
        return self._made("applications")  # type: ignore[return-value]

    @cached_property
    def terminals(self) -> Terminals:
        """The machines from which accounts may be entered."""
        return self._made("terminals")  # type: ignore[return-value]

    @cached_property
    def terminal_leaves(self) -> TerminalLeaves:
        """Machines that go out of the office."""
        return self._made("terminal_leaves")  # type: ignore[return-value]

    @cached_property
    def custody(self) -> Custody:
        """The safe."""
        return self._made("custody")  # type: ignore[return-value]

    @cached_property
    def handovers(self) -> CustodyHandovers:
        """Custody in other hands."""
        return self._made("handovers")  # type: ignore[return-value]

    @cached_property
    def loans(self) -> PasswordLoans:
        """Passwords lent out, and the lists of what was changed and lent."""
        return self._made("loans")  # type: ignore[return-value]

    @cached_property
    def self_check(self) -> SelfCheck:
        """The look at this PC."""
        return self._made("self_check")  # type: ignore[return-value]

    @cached_property
    def custody_list(self) -> CustodyList:
        """What is shown of the safe."""
        return self._made("custody_list")  # type: ignore[return-value]

    @cached_property
    def checks(self) -> TextChecks:
        """The text check."""
        return self._made("checks")  # type: ignore[return-value]

    @cached_property
    def drafts(self) -> Drafts:
        """Writing and submitting."""
        return self._made("drafts")  # type: ignore[return-value]

    @cached_property
    def imports(self) -> Imports:
        """Files into drafts and lists."""
        return self._made("imports")  # type: ignore[return-value]

    @cached_property
    def reviews(self) -> Reviews:
        """Decisions on screen and from paper."""
        return self._made("reviews")  # type: ignore[return-value]

    @cached_property
    def papers(self) -> Papers:
        """The printing desk."""
        return self._made("papers")  # type: ignore[return-value]

    @cached_property
    def scans(self) -> Scans:
        """Signed sheets coming back."""
        return self._made("scans")  # type: ignore[return-value]

    @cached_property
    def publications(self) -> Publications:
        """What went out."""
        return self._made("publications")  # type: ignore[return-value]

    @cached_property
    def packages(self) -> PublishPackages:
        """What is carried to the platforms."""
        return self._made("packages")  # type: ignore[return-value]

    @cached_property
    def archives(self) -> Archives:
        """The months."""
        return self._made("archives")  # type: ignore[return-value]

    @cached_property
    def today(self) -> Today:
        """What waits for the person at the desk."""
        return self._made("today")  # type: ignore[return-value]

    @cached_property
    def retention(self) -> RetentionDesk:
        """What is kept how long, and its end."""
        return self._made("retention")  # type: ignore[return-value]

    @cached_property
    def search(self) -> SearchDesk:
        """Ctrl+K."""
        return self._made("search")  # type: ignore[return-value]

    @cached_property
    def settings(self) -> SettingsDesk:
        """Unit, policy and this PC."""
        return self._made("settings")  # type: ignore[return-value]

    @cached_property
    def working_days(self) -> WorkingDays:
        """The table of working days."""
        return self._made("working_days")  # type: ignore[return-value]

    @cached_property
    def audit(self) -> AuditDesk:
        """The audit chain."""
        return self._made("audit")  # type: ignore[return-value]

    @cached_property
    def lost_span(self) -> LostSpan:
        """What a restore leaves to be confirmed."""
        return self._made("lost_span")  # type: ignore[return-value]

    @cached_property
    def backups(self) -> BackupDesk:
        """Backup and restore."""
        return self._made("backups")  # type: ignore[return-value]
