"""What a person still keeps of the accounts: nobody goes before it is in other hands (article 6)."""

from datetime import date

from app.errors import HandoverNeededError
from app.models.account import Account, AccountState
from app.models.custody_handover import CUSTODY
from app.models.keeping import Keeping
from app.models.right import Role
from app.services.signers import holds
from app.storage.unit_of_work import UnitOfWork


def keeping(unit: UnitOfWork, person_id: str, today: date) -> Keeping:
    """Return what a person keeps; a deregistered account counts only while a password of it is still kept."""
    accounts = {account.id: account for account in unit.accounts.list()}

    def found(account_ids: set[str]) -> tuple[Account, ...]:
        return tuple(account for account in accounts.values() if account.id in account_ids)

    living = [account for account in accounts.values() if account.state is not AccountState.DEREGISTERED]
    scans = {
        account.id
        for account in living
        for one in unit.scan_operators.of(account.id)
        if one.person_id == person_id and one.removed_on is None and (one.to_on is None or one.to_on >= today)
    }
    return Keeping(
        tuple(one for one in living if set(CUSTODY) & set(one.particulars.concerns(person_id))),
        found({one.account_id for one in unit.credentials.list() if one.kept_by(person_id) is not None}),
        found(scans),
        tuple(one for one in unit.terminals.list() if one.person_id == person_id and one.retired_on is None),
    )


def refuse_leaving(unit: UnitOfWork, person_id: str, today: date) -> None:
    """Refuse that somebody leaves who still keeps a password or enters an account by scanning."""
    kept = keeping(unit, person_id, today)
    if kept.accounts:
        _refuse(unit, person_id, kept, kept.custody, kept.scans)


def refuse_no_sign_in(unit: UnitOfWork, person_id: str, today: date) -> None:
    """Refuse that somebody who keeps passwords may not sign in any more: nobody else opens their envelopes."""
    kept = keeping(unit, person_id, today)
    if kept.custody:
        _refuse(unit, person_id, kept, kept.custody, ())


def custody_reach(unit: UnitOfWork, person_id: str, today: date) -> tuple[Account, ...]:
    """Return the accounts whose password a person keeps and may keep today."""
    kept = keeping(unit, person_id, today).custody
    return tuple(one for one in kept if holds(unit, person_id, Role.PASSWORD_CUSTODIAN, today, (one.id,)))


def refuse_lost_reach(unit: UnitOfWork, person_id: str, today: date, before: tuple[Account, ...]) -> None:
    """Refuse that the role 密码保管人 is taken from somebody for accounts they keep and could keep before."""
    gone = tuple(one for one in before if not holds(unit, person_id, Role.PASSWORD_CUSTODIAN, today, (one.id,)))
    if gone:
        _refuse(unit, person_id, keeping(unit, person_id, today), gone, ())


def _refuse(
    unit: UnitOfWork, person_id: str, kept: Keeping, custody: tuple[Account, ...], scans: tuple[Account, ...]
) -> None:
    raise HandoverNeededError(
        unit.people.get(person_id).name,
        tuple(one.caption for one in custody),
        tuple(one.caption for one in scans),
        tuple(one.number for one in kept.terminals),
    )
