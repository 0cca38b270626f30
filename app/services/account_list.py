"""The unit's accounts as the main job needs them: something to publish to (articles 4 and 5)."""

from dataclasses import replace

from app.errors import ActionNotAllowedError, MissingFieldError
from app.models.account import ACCOUNT_LIFECYCLE, Account, AccountAction, AccountState, FilingState
from app.models.right import Right
from app.models.storable import storable_record
from app.services.account_names import renaming_facts
from app.services.record_room import RecordRoom

PUBLISHABLE = frozenset({AccountState.OPENED, AccountState.RUNNING, AccountState.CLOSING})


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
        """Put an account that already runs on file, as 未备案（补录）."""
        platform, name, handle, link = storable_record((platform, name, handle, link))
        if not platform.strip() or not name.strip():
            raise MissingFieldError("account_name")
        account = Account(
            self._room.new_id(),
            platform.strip(),
            name.strip(),
            AccountState.RUNNING,
            FilingState.NOT_FILED,
            handle.strip(),
            link.strip(),
            needs_variant,
        )
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            unit.accounts.save(account)
            self._room.record(unit, actor, "account.register", f"account:{account.id}", {"platform": account.platform})
        return account

    def change(self, account: Account) -> Account:
        """Save the descriptive fields of an account, its former name in the entry; its state moves only by `act`."""
        account = storable_record(account)
        if not account.platform.strip() or not account.name.strip():
            raise MissingFieldError("account_name")
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = unit.accounts.get(account.id)
            saved = unit.accounts.save(replace(account, state=before.state, filing=before.filing))
            self._room.record(unit, actor, "account.change", f"account:{account.id}", renaming_facts(before, saved))
        return saved

    def act(self, account_id: str, action: AccountAction) -> Account:
        """Move an account along its life."""
        with self._room.store.writing() as unit:
            account = unit.accounts.get(account_id)
            rule = ACCOUNT_LIFECYCLE.rule(account.state, action)
            actor = self._room.acting(unit, rule.right)
            if action is AccountAction.FILE and account.filing is not FilingState.FILED:
                raise ActionNotAllowedError(action, account.state)
            saved = unit.accounts.save(replace(account, state=rule.target))
            self._room.record(unit, actor, f"account.{action}", f"account:{account_id}")
        return saved
