"""The unit's accounts."""

from dataclasses import replace

from sqlite_utils.db import Database

from app.errors import ChangedMeanwhileError, NotFoundError
from app.models.account import Account, AccountState, FilingState
from app.models.particulars import Particulars
from app.storage.record_text import read_record, record_text
from app.storage.rows import Row, change, day, day_text, reader, select, select_one, write


class AccountRecords:
    """Accounts on file, in the order in which they came; none is ever deleted."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, account_id: str) -> Account:
        account = self.find(account_id)
        if account is None:
            raise NotFoundError("account", account_id)
        return account

    def find(self, account_id: str) -> Account | None:
        row = select_one(self._db, "SELECT * FROM account WHERE id = ?", (account_id,))
        return read_account(row) if row else None

    def list(self) -> tuple[Account, ...]:
        return tuple(map(read_account, select(self._db, "SELECT * FROM account ORDER BY rowid")))

    def save(self, account: Account) -> Account:
        """Put an account on file, or save its change; raise `ChangedMeanwhileError` if its version is not the last."""
        row: Row = {
            "platform": account.platform,
            "name": account.name,
            "state": str(account.state),
            "filing": str(account.filing),
            "handle": account.handle,
            "link": account.link,
            "needs_variant": int(account.needs_variant),
            "opened_on": day_text(account.opened_on),
            "particulars": record_text(account.particulars),
        }
        newer = account.version + 1
        if change(self._db, "account", row | {"version": newer}, {"id": account.id, "version": account.version}):
            return replace(account, version=newer)
        if self.find(account.id) is not None:
            raise ChangedMeanwhileError
        write(self._db, "account", {"id": account.id} | row | {"version": account.version})
        return account


@reader("account")
def read_account(row: Row) -> Account:
    """Read a row of `account`; raises as `reader` says."""
    return Account(
        row["id"],
        row["platform"],
        row["name"],
        AccountState(row["state"]),
        FilingState(row["filing"]),
        row["handle"],
        row["link"],
        bool(row["needs_variant"]),
        day(row["opened_on"]),
        row["version"],
        read_record(Particulars, row["particulars"]),
    )
