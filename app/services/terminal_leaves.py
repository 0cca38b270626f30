"""外出使用审批: a registered machine goes out of the office for some days, on a signed paper (article 6)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.errors import FieldInvalidError, MissingFieldError, TerminalRefusedError
from app.intake.scan_pages import check_scans
from app.models.records import UseKind
from app.models.right import Right, Role
from app.models.staff import Person
from app.models.storable import storable
from app.models.terminal import Terminal, TerminalLeave
from app.services.record_room import RecordRoom
from app.services.signers import signers
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork

APPROVING = (Role.PRINCIPAL_LEADER, Role.DEPUTY_LEADER)
"""Who approves that a terminal leaves the office."""


class TerminalLeaves:
    """The approvals to take terminals out, and their coming back."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def list(self, terminal_id: str) -> tuple[TerminalLeave, ...]:
        """Return every approval to take a terminal out, newest first."""
        with self._room.store.reading() as unit:
            return unit.terminals.leaves.where("terminal_id = ? ORDER BY from_on DESC, rowid DESC", terminal_id)

    def approvers(self, from_on: date) -> tuple[Person, ...]:
        """Return who may approve that a terminal goes out from a day on, deputies under a 授权 too."""
        with self._room.store.reading() as unit:
            return tuple(self._approvers(unit, from_on).values())

    def take_out(
        self, terminal_id: str, from_on: date, to_on: date, reason: str, approved_by: str, scan: Path
    ) -> TerminalLeave:
        """Record a signed approval with its scan; both days count.

        Raises `TerminalRefusedError` (`away`, `approver`) and, for days in the wrong order, `FieldInvalidError`.
        """
        reason = storable(reason).strip()
        if not reason:
            raise MissingFieldError("leave_reason")
        if to_on < from_on:
            raise FieldInvalidError("to_on")
        refuse_marked_words(self._room, "terminal", reason)
        self._room.require(Right.REGISTER_PAPER)
        check_scans(scan)
        new_id, now = self._room.new_id(), self._room.now()
        with self._room.receiving(scan) as (file,), self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            terminal = in_use(unit, terminal_id)
            if terminal_id in open_leaves(unit):
                raise TerminalRefusedError("away", terminal.number)
            if approved_by not in self._approvers(unit, from_on):
                raise TerminalRefusedError("approver")
            kept = self._room.keep(unit, file, UseKind.SCAN, f"terminal_leave:{new_id}", scan.name, now)
            leave = TerminalLeave(new_id, terminal_id, from_on, to_on, reason, approved_by, kept)
            unit.terminals.leaves.add(leave)
            days = f"{from_on.isoformat()}/{to_on.isoformat()}"
            facts: dict[str, object] = {"leave": new_id, "days": days, "approved_by": approved_by, "scan": kept}
            self._room.record(unit, actor, "terminal.leave", f"terminal:{terminal_id}", facts)
        return leave

    def come_back(self, terminal_id: str, returned_on: date) -> TerminalLeave:
        """Record that a terminal is in the office again; before its first day that means it never left."""
        if returned_on > self._room.today():
            raise FieldInvalidError("returned_on")
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            leave = open_leaves(unit).get(terminal_id)
            if leave is None:
                raise TerminalRefusedError("returned", unit.terminals.get(terminal_id).number)
            back = unit.terminals.leaves.save(replace(leave, returned_on=returned_on))
            facts: dict[str, object] = {"leave": back.id, "on": returned_on.isoformat()}
            self._room.record(unit, actor, "terminal.return", f"terminal:{terminal_id}", facts)
        return back

    def _approvers(self, unit: UnitOfWork, from_on: date) -> dict[str, Person]:
        # A paper is signed before the machine goes, and not after today.
        day = min(from_on, self._room.today())
        return {person.id: person for role in APPROVING for person in signers(unit, role, day)}


def in_use(unit: UnitOfWork, terminal_id: str) -> Terminal:
    """Return a terminal that was not given up, or raise `TerminalRefusedError`."""
    terminal = unit.terminals.get(terminal_id)
    if terminal.retired_on is not None:
        raise TerminalRefusedError("stopped", terminal.number)
    return terminal


def open_leaves(unit: UnitOfWork) -> dict[str, TerminalLeave]:
    """Return the approvals under which terminals are still to come back, by terminal."""
    return {leave.terminal_id: leave for leave in unit.terminals.leaves.where("returned_on IS NULL")}
