"""密码交接单: what goes from one custodian to another, under a witness's eyes (article 6; domain.md 3.11)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.numbering import OfficeNumber


class HandoverState(StrEnum):
    """Where a hand-over stands."""

    WRITING = "writing"
    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"


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
