"""Accounts are kept in order and never overwritten by an older hand."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import ChangedMeanwhileError, NotFoundError
from app.models.account import Account, AccountState, FilingState
from app.storage.unit_of_work import Store

ACCOUNT = Account(
    "new", "抖音", "晋安", AccountState.PLANNED, FilingState.SUBMITTED, "ja", "https://x", True, date(2026, 2, 28)
)


def test_an_account_reads_back_as_it_was_put_on_file(store: Store) -> None:
    with store.writing() as unit:
        assert unit.accounts.save(ACCOUNT) == ACCOUNT
    with store.reading() as unit:
        assert unit.accounts.get("new") == ACCOUNT
        assert [account.id for account in unit.accounts.list()] == ["wechat", "weibo", "new"]
        assert unit.accounts.find("nobody") is None
        with pytest.raises(NotFoundError):
            unit.accounts.get("nobody")


def test_the_second_of_two_hands_is_told(store: Store) -> None:
    with store.writing() as unit:
        unit.accounts.save(ACCOUNT)
        saved = unit.accounts.save(replace(ACCOUNT, name="晋安区"))
        assert saved.version == ACCOUNT.version + 1
        with pytest.raises(ChangedMeanwhileError):
            unit.accounts.save(replace(ACCOUNT, name="别的"))
        assert unit.accounts.get("new") == saved
        assert unit.accounts.save(replace(saved, name="又改")).name == "又改"
