"""What accounts were called on a day, as papers and ledgers name them; a renaming's entry holds the former name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.models.account import Account
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AccountNames:
    """Every account by id, and what each was called before which moments, in the order of the chain."""

    accounts: Mapping[str, Account]
    former: Mapping[str, tuple[tuple[datetime, str, str], ...]]
    """(moment of the renaming, platform and name before it) of each account that was renamed."""

    def caption(self, account_id: str, at: datetime) -> str:
        """Return what an account was called at a moment, as papers name it, or '' for an unknown one."""
        account = self.accounts.get(account_id)
        if account is None:
            return ""
        for renamed_at, platform, name in self.former.get(account_id, ()):
            if at < renamed_at:
                return replace(account, platform=platform, name=name).caption
        return account.caption


def account_names(unit: UnitOfWork) -> AccountNames:
    """Read the accounts with their former names; a renaming whose entry tells none is not seen."""
    former: dict[str, tuple[tuple[datetime, str, str], ...]] = {}
    for entry in unit.audit.of_action("account.change"):
        facts = entry.facts
        if "name_before" in facts:
            account_id = entry.subject.partition(":")[2]
            before = (entry.at, str(facts["platform_before"]), str(facts["name_before"]))
            former[account_id] = (*former.get(account_id, ()), before)
    return AccountNames({account.id: account for account in unit.accounts.list()}, former)


def renaming_facts(before: Account, after: Account) -> dict[str, object]:
    """Return what the entry of a change tells of the former name: nothing when it stays."""
    if (before.platform, before.name) == (after.platform, after.name):
        return {}
    return {"platform_before": before.platform, "name_before": before.name}
