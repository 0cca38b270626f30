"""密码交接单: what goes from one custodian to another, under a witness's eyes (article 6; domain.md 3.11)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.models.credential import Credential
from app.models.lifecycle import Lifecycle, Rule
from app.models.numbering import OfficeNumber
from app.models.particulars import Charge, Particulars
from app.models.right import Right

CUSTODY = (Charge.CUSTODIAN_A, Charge.CUSTODIAN_B)
"""What the register calls those who keep an account's password."""


class HandoverState(StrEnum):
    """Where a hand-over stands."""

    WRITING = "writing"
    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class HandoverAction(StrEnum):
    """What is done with a hand-over."""

    TICK = "tick"
    PRESENT = "present"
    SIGN = "sign"
    WITHDRAW = "withdraw"


_S, _A = HandoverState, HandoverAction

HANDOVER_LIFECYCLE: Lifecycle[HandoverState, HandoverAction] = Lifecycle(
    [
        Rule(_S.WRITING, _A.TICK, Right.REGISTER_PAPER, _S.WRITING, "第六条"),
        Rule(_S.WRITING, _A.PRESENT, Right.REGISTER_PAPER, _S.WAITING, "第六条"),
        Rule(_S.WRITING, _A.WITHDRAW, Right.REGISTER_PAPER, _S.WITHDRAWN),
        Rule(_S.WAITING, _A.SIGN, Right.REGISTER_PAPER, _S.DONE, "第六条"),
        Rule(_S.WAITING, _A.WITHDRAW, Right.REGISTER_PAPER, _S.WITHDRAWN),
    ]
)


@dataclass(frozen=True)
class HandedAccount:
    """One account of a hand-over with its three ticks; what has no password needs no new one."""

    account_id: str
    password_changed: bool = False
    binding_changed: bool = False
    operator_removed: bool = False
    note: str = ""


@dataclass(frozen=True)
class CustodyHandover:
    """One slip: 移交人, 接收人, 监交人, the accounts, and the signed scan that ends it."""

    id: str
    from_person_id: str
    to_person_id: str
    witness_id: str
    state: HandoverState
    accounts: tuple[HandedAccount, ...]
    created_by: str
    created_at: datetime
    unfinished: str = ""
    """未办事项."""
    number: OfficeNumber | None = None
    signed_on: date | None = None
    scan_sha256: str = ""
    version: int = 0

    @property
    def runs(self) -> bool:
        """Whether something is still to be done with it."""
        return self.state in {HandoverState.WRITING, HandoverState.WAITING}


def password_fault(credential: Credential, handover: CustodyHandover) -> str:
    """Say why a password does not count as handed over: `unchanged`, `not_sealed`, `still_held`, or '' when it does."""
    if credential.changed_at <= handover.created_at:
        return "unchanged"
    if credential.kept_by(handover.to_person_id) is None:
        return "not_sealed"
    return "still_held" if credential.kept_by(handover.from_person_id) is not None else ""


def handed_on(particulars: Particulars, from_person_id: str, to_person_id: str) -> Particulars:
    """Return an account's particulars with the custody of one person in another's hands; nobody is A and B at once."""
    held = [one.charge for one in particulars.people if one.person_id == from_person_id and one.charge in CUSTODY]
    if not held:
        return particulars
    first = Charge.CUSTODIAN_A if Charge.CUSTODIAN_A in held else held[0]
    own = [one.charge for one in particulars.people if one.person_id == to_person_id and one.charge in CUSTODY]
    target = min([first, *own], key=CUSTODY.index)
    known = next((one.phone for one in particulars.people if one.person_id == to_person_id), "")
    people, placed = [], False
    for one in particulars.people:
        if one.charge not in CUSTODY or one.person_id not in {from_person_id, to_person_id}:
            people.append(one)
        elif not placed:
            placed = True
            people.append(replace(one, charge=target, person_id=to_person_id, phone=known, platform_role=""))
    return replace(particulars, people=tuple(people))
