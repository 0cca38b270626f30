"""A platform password as the records know it: that it is kept, by whom and since when, never what it is (article 6)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.models.clock import beijing_day


class ChangeCause(StrEnum):
    """Why a password was changed."""

    FIRST = "first"
    PERIODIC = "periodic"
    HANDOVER = "handover"
    SUSPECTED_LEAK = "suspected_leak"
    PLATFORM = "platform"
    BORROWED = "borrowed"


@dataclass(frozen=True)
class Envelope:
    """One custodian's sealed envelope: that it was put into the system's store of secrets, and when."""

    person_id: str
    sealed_at: datetime
    key_digest: str
    """SHA-256 of the public key it was sealed to: after a reset nobody can open it any more."""


@dataclass(frozen=True)
class Credential:
    """The password of one account; `label` tells apart what one account has several of, e.g. 管理后台."""

    id: str
    account_id: str
    label: str
    changed_at: datetime
    changed_by: str
    cause: ChangeCause
    witness_id: str = ""
    envelope_number: str = ""
    """密封信封号, when a paper envelope lies in the safe too."""
    envelopes: tuple[Envelope, ...] = ()
    ended_at: datetime | None = None
    version: int = 0

    def due_on(self, age_days: int) -> date:
        """Return the day on which the password has to be changed at the latest."""
        return beijing_day(self.changed_at) + timedelta(days=age_days)

    def kept_by(self, person_id: str) -> Envelope | None:
        """Return a custodian's envelope, or None."""
        return next((one for one in self.envelopes if one.person_id == person_id), None)


class UsageKind(StrEnum):
    """What is done with a kept password."""

    REVEAL = "reveal"
    COPY = "copy"
    BORROW = "borrow"


@dataclass(frozen=True)
class Borrowing:
    """启封/借用登记: somebody else was let use a password; it is over when the password has been changed again."""

    id: str
    credential_id: str
    borrowed_at: datetime
    reason: str
    approved_by: str
    used_by: str
    returned_at: datetime | None = None


@dataclass(frozen=True)
class ScanOperator:
    """Somebody who enters an account by scanning, with the platform's role and its end."""

    id: str
    account_id: str
    person_id: str
    platform_role: str
    second_factor: str
    from_on: date
    to_on: date | None = None
    removed_on: date | None = None
