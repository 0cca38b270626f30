"""Machines from which accounts may be entered (article 6: control of terminals)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TerminalKind(StrEnum):
    """What kind of machine it is."""

    COMPUTER = "computer"
    PHONE = "phone"
    TABLET = "tablet"


@dataclass(frozen=True)
class Terminal:
    """A registered machine; `machine_id` is this PC's own stable mark, empty where it cannot be known (a phone)."""

    id: str
    number: str
    """终端编号, as it stands on the machine's label."""
    name: str
    kind: TerminalKind
    person_id: str
    """Who answers for it."""
    place: str
    dedicated: bool = False
    machine_id: str = ""
    protection: str = ""
    """What protects it: anti-virus, patches, lock."""
    protection_checked_on: date | None = None
    account_ids: tuple[str, ...] = ()
    """Empty means all accounts."""
    retired_on: date | None = None
    version: int = 0

    def serves(self, account_id: str) -> bool:
        """Say whether an account may be entered from it."""
        return self.retired_on is None and (not self.account_ids or account_id in self.account_ids)


@dataclass(frozen=True)
class TerminalLeave:
    """外出使用审批: a registered machine goes out of the office for some days."""

    id: str
    terminal_id: str
    from_on: date
    to_on: date
    reason: str
    approved_by: str
    scan_sha256: str
    returned_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether it counts on a day, both ends included."""
        return self.from_on <= day <= self.to_on and (self.returned_on is None or day <= self.returned_on)
