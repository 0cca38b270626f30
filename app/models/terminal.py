"""Machines from which accounts may be entered (article 6: control of terminals)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Whereabouts(StrEnum):
    """Where a registered machine is, as far as its approvals say."""

    IN_OFFICE = "in_office"
    AWAY = "away"
    OVERDUE = "overdue"
    """The days of its approval are over, and nobody recorded that it came back."""


class Standing(StrEnum):
    """What the register knows of the machine in front of a person."""

    REGISTERED = "registered"
    RETIRED = "retired"
    UNREGISTERED = "unregistered"
    UNKNOWN = "unknown"
    """The system does not tell a mark by which it could be known again."""


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

    @property
    def is_open(self) -> bool:
        """Say whether it is still to come back."""
        return self.returned_on is None


def whereabouts(leave: TerminalLeave | None, day: date) -> Whereabouts:
    """Say where a machine is on a day under the approval that is still open, if there is one."""
    if leave is None or not leave.is_open or day < leave.from_on:
        return Whereabouts.IN_OFFICE
    return Whereabouts.AWAY if day <= leave.to_on else Whereabouts.OVERDUE


@dataclass(frozen=True)
class ThisTerminal:
    """The machine in front of a person: whether it is registered, and as which terminal."""

    standing: Standing
    terminal: Terminal | None = None
    leave: TerminalLeave | None = None
    """The approval to take it out that is still open."""
    where: Whereabouts = Whereabouts.IN_OFFICE

    @property
    def is_registered(self) -> bool:
        """Say whether accounts may be entered from it at all."""
        return self.standing is Standing.REGISTERED
