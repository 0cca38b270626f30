"""What a hand-over must be before its slip may say so, and what it changes once it is signed (article 6)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.errors import HandoverTickError
from app.models.custody_handover import CustodyHandover, handed_on, password_fault
from app.models.person_names import told_apart
from app.services.handover_slip_text import SlipFacts
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class HandoverLine:
    """One hand-over as lists and dialogs show it."""

    handover: CustodyHandover
    names: Mapping[str, str]
    """Of its three people, by id."""
    captions: Mapping[str, str]
    """Of its accounts, by id."""
    faults: Mapping[str, str]
    """Why 密码已改 cannot be ticked, by account (a reason of `HandoverTickError`); '' when it can."""
    without_password: frozenset[str]
    """Accounts of which no password is kept: there is none to change."""


def handover_line(unit: UnitOfWork, handover: CustodyHandover) -> HandoverLine:
    """Return a hand-over with what it is shown with."""
    three = (handover.from_person_id, handover.to_person_id, handover.witness_id)
    faults: dict[str, str] = {}
    bare = set()
    for one in handover.accounts:
        kept = unit.credentials.of(one.account_id)
        faults[one.account_id] = next(filter(None, (password_fault(each, handover) for each in kept)), "")
        if not kept:
            bare.add(one.account_id)
    captions = {one.account_id: unit.accounts.get(one.account_id).caption for one in handover.accounts}
    names = told_apart([unit.people.get(one) for one in three])
    return HandoverLine(handover, names, captions, faults, frozenset(bare))


def check_password(unit: UnitOfWork, handover: CustodyHandover, account_id: str) -> None:
    """Refuse 密码已改 where the records of the account's passwords do not say so."""
    for credential in unit.credentials.of(account_id):
        fault = password_fault(credential, handover)
        if fault:
            raise HandoverTickError(fault, unit.accounts.get(account_id).caption)


def check_whole(unit: UnitOfWork, handover: CustodyHandover) -> None:
    """Refuse a slip that would say more than was done."""
    for one in handover.accounts:
        caption = unit.accounts.get(one.account_id).caption
        if unit.credentials.of(one.account_id) and not one.password_changed:
            raise HandoverTickError("open", caption)
        check_password(unit, handover, one.account_id)
        scanning = any(
            operator.person_id == handover.from_person_id and operator.removed_on is None
            for operator in unit.scan_operators.of(one.account_id)
        )
        if scanning and not one.operator_removed:
            raise HandoverTickError("operator", caption)


def move(unit: UnitOfWork, handover: CustodyHandover, day: date) -> list[str]:
    """Name the receiver in the register where the giver stood; return the accounts that changed."""
    moved = []
    for one in handover.accounts:
        account = unit.accounts.get(one.account_id)
        told = handed_on(account.particulars, handover.from_person_id, handover.to_person_id)
        if told != account.particulars:
            unit.accounts.save(replace(account, particulars=told))
            moved.append(account.id)
        for operator in unit.scan_operators.of(account.id):
            if operator.person_id == handover.from_person_id and operator.removed_on is None:
                unit.scan_operators.save(replace(operator, removed_on=day))
    return moved


def slip_facts(unit: UnitOfWork, handover: CustodyHandover) -> SlipFacts:
    """Read what the slip says beside the hand-over itself."""
    people = {
        one: unit.people.get(one) for one in (handover.from_person_id, handover.to_person_id, handover.witness_id)
    }
    accounts = {one.account_id: unit.accounts.get(one.account_id) for one in handover.accounts}
    envelopes = {
        account_id: "、".join(one.envelope_number for one in unit.credentials.of(account_id) if one.envelope_number)
        for account_id in accounts
    }
    bare = frozenset(account_id for account_id in accounts if not unit.credentials.of(account_id))
    terminals = tuple(
        one.number
        for one in unit.terminals.list()
        if one.person_id == handover.from_person_id and one.retired_on is None
    )
    return SlipFacts(people, accounts, envelopes, bare, terminals)
