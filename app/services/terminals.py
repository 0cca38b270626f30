"""The machines from which accounts may be entered: on file, recognised, looked over, given up (article 6)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app.errors import FieldInvalidError, MissingFieldError, PersonLeftError, TerminalRefusedError
from app.models.person_names import told_apart
from app.models.right import Right
from app.models.storable import storable, storable_record
from app.models.terminal import (
    Standing,
    Terminal,
    TerminalKind,
    TerminalLeave,
    ThisTerminal,
    Whereabouts,
    whereabouts,
)
from app.services.record_room import RecordRoom
from app.services.terminal_leaves import in_use, open_leaves
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TerminalLine:
    """One terminal as the list shows it."""

    terminal: Terminal
    person: str
    """Who answers for it, told apart from namesakes."""
    person_left: bool
    leave: TerminalLeave | None
    """The approval to take it out that is still open."""
    where: Whereabouts
    here: bool
    """Whether it is this very machine."""


class Terminals:
    """The register of machines; `machine_mark` names the one the program runs on, '' when it is not known."""

    def __init__(self, room: RecordRoom, machine_mark: Callable[[], str]) -> None:
        self._room, self._mark = room, machine_mark

    def lines(self) -> tuple[TerminalLine, ...]:
        """Return every terminal, those given up last."""
        mark, today = self._mark(), self._room.today()
        with self._room.store.reading() as unit:
            people = {person.id: person for person in unit.people.list(include_left=True)}
            names, leaves = told_apart(list(people.values())), open_leaves(unit)
            return tuple(
                TerminalLine(
                    one,
                    names.get(one.person_id, ""),
                    one.person_id not in people or people[one.person_id].left_on is not None,
                    leaves.get(one.id),
                    whereabouts(leaves.get(one.id), today),
                    bool(mark) and one.machine_id == mark and one.retired_on is None,
                )
                for one in unit.terminals.list()
            )

    def this_terminal(self) -> ThisTerminal:
        """Say whether the machine in front of the person is registered, and as which terminal."""
        with self._room.store.reading() as unit:
            return self.recognised(unit)

    def recognised(self, unit: UnitOfWork) -> ThisTerminal:
        """As `this_terminal`, within a transaction that is open already."""
        mark = self._mark()
        if not mark:
            return ThisTerminal(Standing.UNKNOWN)
        found = unit.terminals.of_machine(mark)
        if found is None:
            once = unit.terminals.where("machine_id = ? ORDER BY rowid DESC", mark)
            return ThisTerminal(Standing.RETIRED, once[0]) if once else ThisTerminal(Standing.UNREGISTERED)
        leave = open_leaves(unit).get(found.id)
        return ThisTerminal(Standing.REGISTERED, found, leave, whereabouts(leave, self._room.today()))

    def require_here(self, unit: UnitOfWork, account_id: str) -> Terminal:
        """Return the registered terminal this is, or raise `TerminalRefusedError`: no password is shown elsewhere."""
        found = self.recognised(unit)
        if found.terminal is None or not found.is_registered:
            raise TerminalRefusedError(found.standing, found.terminal.number if found.terminal else "")
        if not found.terminal.serves(account_id):
            raise TerminalRefusedError("other_accounts", found.terminal.number)
        return found.terminal

    def serves_here(self, unit: UnitOfWork, account_id: str) -> bool:
        """Say whether this is a registered terminal from which an account may be entered."""
        found = self.recognised(unit)
        return found.terminal is not None and found.is_registered and found.terminal.serves(account_id)

    def register(self, terminal: Terminal, *, here: bool) -> Terminal:
        """Put a machine on file; `here` says that it is this very one."""
        terminal = self._checked(replace(terminal, machine_id=""), here=here)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            mark = self._own_mark() if here else ""
            made = replace(terminal, id=self._room.new_id(), machine_id=mark, retired_on=None, version=0)
            self._fits(unit, made)
            unit.terminals.add(made)
            self._room.record(unit, actor, "terminal.register", f"terminal:{made.id}", _facts(made))
        return made

    def change(self, terminal: Terminal, *, here: bool) -> Terminal:
        """Change what is on file of a machine; `here` binds it to this very one, or frees it from it."""
        terminal = self._checked(terminal, here=here)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = in_use(unit, terminal.id)
            mark = self._own_mark() if here else ("" if before.machine_id == self._mark() else before.machine_id)
            changed = replace(
                terminal,
                machine_id=mark,
                protection=before.protection,
                protection_checked_on=before.protection_checked_on,
                retired_on=None,
            )
            self._fits(unit, changed, before)
            saved = unit.terminals.save(changed)
            self._room.record(unit, actor, "terminal.change", f"terminal:{saved.id}", _facts(saved))
        return saved

    def note_check(self, terminal_id: str, checked_on: date, protection: str) -> Terminal:
        """Record that somebody looked at what protects a machine, when, and what was found."""
        protection = storable(protection).strip()
        if not protection:
            raise MissingFieldError("protection")
        if checked_on > self._room.today():
            raise FieldInvalidError("checked_on")
        refuse_marked_words(self._room, "terminal", protection)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = in_use(unit, terminal_id)
            saved = unit.terminals.save(replace(before, protection=protection, protection_checked_on=checked_on))
            facts: dict[str, object] = {"on": checked_on.isoformat()}
            self._room.record(unit, actor, "terminal.check", f"terminal:{saved.id}", facts)
        return saved

    def retire(self, terminal_id: str) -> Terminal:
        """Give a machine up from today; what it was stays on record."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            today = self._room.today()
            saved = unit.terminals.save(replace(in_use(unit, terminal_id), retired_on=today))
            facts: dict[str, object] = {"on": today.isoformat()}
            self._room.record(unit, actor, "terminal.retire", f"terminal:{saved.id}", facts)
        return saved

    def _own_mark(self) -> str:
        mark = self._mark()
        if not mark:
            raise TerminalRefusedError(Standing.UNKNOWN)
        return mark

    def _checked(self, terminal: Terminal, *, here: bool) -> Terminal:
        stored = storable_record(terminal)
        named = {"number": stored.number.strip(), "name": stored.name.strip(), "place": stored.place.strip()}
        for field, text in named.items():
            if not text:
                raise MissingFieldError(field if field == "place" else f"terminal_{field}")
        refuse_marked_words(self._room, "terminal", *named.values())
        if here and terminal.kind is TerminalKind.PHONE:
            raise TerminalRefusedError("not_this_machine")
        return replace(stored, number=named["number"], name=named["name"], place=named["place"])

    @staticmethod
    def _fits(unit: UnitOfWork, terminal: Terminal, before: Terminal | None = None) -> None:
        for account_id in terminal.account_ids:
            unit.accounts.get(account_id)
        person = unit.people.get(terminal.person_id)
        if person.left_on is not None and (before is None or before.person_id != person.id):
            raise PersonLeftError
        for other in unit.terminals.where("retired_on IS NULL AND id <> ?", terminal.id):
            if other.number == terminal.number:
                raise TerminalRefusedError("number_taken", terminal.number)
            if terminal.machine_id and other.machine_id == terminal.machine_id:
                raise TerminalRefusedError("machine_taken", other.number)


def _facts(terminal: Terminal) -> dict[str, object]:
    return {
        "kind": terminal.kind,
        "person": terminal.person_id,
        "dedicated": terminal.dedicated,
        "accounts": sorted(terminal.account_ids),
        "machine": terminal.machine_id,
    }
