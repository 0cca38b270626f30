"""The register of the unit's accounts (articles 4, 5 and 7)."""

from dataclasses import replace
from datetime import date

from app.errors import ApplicationNeededError, FieldInvalidError, MissingFieldError
from app.models.account import ACCOUNT_LIFECYCLE, Account, AccountAction, AccountState, FilingState
from app.models.account_change import needs_application
from app.models.right import Right
from app.models.storable import storable_record
from app.services.account_names import renaming_facts
from app.services.post_text import checked_link
from app.services.record_room import RecordRoom

PUBLISHABLE = frozenset({AccountState.RUNNING, AccountState.CLOSING})
"""An opened account runs once its filing has been sent in (article 5)."""


class AccountList:
    """Accounts on file."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def list(self) -> tuple[Account, ...]:
        """Return every account on file."""
        with self._room.store.reading() as unit:
            return unit.accounts.list()

    def targets(self) -> tuple[Account, ...]:
        """Return the accounts a draft may be meant for."""
        return tuple(account for account in self.list() if account.state in PUBLISHABLE)

    def register(
        self, platform: str, name: str, *, handle: str = "", link: str = "", needs_variant: bool = False
    ) -> Account:
        """Put an account that already runs on file by the little that a list of accounts tells, as `bring`."""
        return self.bring(
            Account(
                *("", platform, name, AccountState.RUNNING, FilingState.NOT_FILED),
                *(handle.strip(), link.strip(), needs_variant),
            )
        )

    def bring(self, account: Account) -> Account:
        """Put an account that already runs on file with all that is known of it, as 未备案（补录）."""
        account = replace(
            self._checked(account),
            id=self._room.new_id(),
            state=AccountState.RUNNING,
            filing=FilingState.NOT_FILED,
            version=0,
        )
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            unit.accounts.save(account)
            self._room.record(unit, actor, "account.register", f"account:{account.id}", {"platform": account.platform})
        return account

    def change(self, account: Account) -> Account:
        """Save the descriptive fields of an account, its former name in the entry; its state moves only by papers.

        Raises `ApplicationNeededError` for what a filed account changes only by a signed paper (article 7).
        """
        account = self._checked(account)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = unit.accounts.get(account.id)
            if fields := needs_application(before, account):
                raise ApplicationNeededError(fields)
            saved = unit.accounts.save(replace(account, state=before.state, filing=before.filing))
            self._room.record(unit, actor, "account.change", f"account:{account.id}", renaming_facts(before, saved))
        return saved

    def plan(self, account: Account) -> Account:
        """Put an account on file that the unit means to open; it opens only after the unit's approval (article 4)."""
        account = self._checked(account)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            planned = replace(
                account, id=self._room.new_id(), state=AccountState.PLANNED, filing=FilingState.NOT_FILED, version=0
            )
            unit.accounts.save(planned)
            facts: dict[str, object] = {"platform": planned.platform}
            self._room.record(unit, actor, "account.plan", f"account:{planned.id}", facts)
        return planned

    def open(self, account_id: str, opened_on: date, handle: str, link: str) -> Account:
        """Register that an approved account was opened on its platform; next its filing form is signed (article 5)."""
        handle, link = storable_record((handle, link))
        if opened_on > self._room.today():
            raise FieldInvalidError("opened_on")
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            account = unit.accounts.get(account_id)
            rule = ACCOUNT_LIFECYCLE.rule(account.state, AccountAction.OPEN)
            opened = replace(
                account, state=rule.target, opened_on=opened_on, handle=handle.strip(), link=checked_link(link)
            )
            saved = unit.accounts.save(opened)
            facts: dict[str, object] = {"on": opened_on.isoformat()}
            self._room.record(unit, actor, "account.open", f"account:{account_id}", facts)
        return saved

    @staticmethod
    def _checked(account: Account) -> Account:
        account = storable_record(account)
        if not account.platform.strip() or not account.name.strip():
            raise MissingFieldError("account_name")
        return replace(account, platform=account.platform.strip(), name=account.name.strip())
