"""Registers beside the accounts: personal certified accounts, impostors, outsourced operators (articles 3 and 14)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Consent(StrEnum):
    """What the unit decided about a personal certified account."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True)
class PersonalAccount:
    """Somebody's own account that names the unit, post or duties: only what daily management needs (article 14)."""

    id: str
    person_id: str
    platform: str
    name: str
    certified_as: str
    """The words of its certification, e.g. 某局干部."""
    applied_on: date
    consent: Consent = Consent.WAITING
    decided_on: date | None = None
    notice_signed_on: date | None = None
    """When the yearly notice was signed last."""
    ended_on: date | None = None
    scan_sha256: str = ""
    version: int = 0


@dataclass(frozen=True)
class PersonalCheck:
    """One look at a personal account, with its date and finding."""

    id: str
    personal_account_id: str
    checked_on: date
    finding: str
    checked_by: str


@dataclass(frozen=True)
class Impostor:
    """An account that passes for the unit's, and what was done about it (国办发〔2018〕123号)."""

    id: str
    platform: str
    name: str
    found_on: date
    link: str = ""
    reported_on: date | None = None
    reported_to: str = ""
    outcome: str = ""
    closed_on: date | None = None
    screenshot_sha256: str = ""
    version: int = 0


@dataclass(frozen=True)
class Operator:
    """An outsourced operator with contract and secrecy agreement."""

    id: str
    name: str
    contact: str = ""
    contract_from: date | None = None
    contract_to: date | None = None
    agreement_on: date | None = None
    """When the secrecy agreement was signed."""
    agreement_sha256: str = ""
    vetted_on: date | None = None
    ended_on: date | None = None
    version: int = 0
