"""Terminals are put on file, recognised, looked over, taken out on a signed paper, and given up (article 6)."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import (
    AppError,
    ChangedMeanwhileError,
    FieldInvalidError,
    FileUnreadableError,
    MissingFieldError,
    NotFoundError,
    PersonLeftError,
    RightMissingError,
    SecrecyMarkedWordsError,
    TerminalRefusedError,
)
from app.models.audit import AuditEntry
from app.models.right import Role
from app.models.staff import RoleLimit
from app.models.terminal import Standing, Terminal, TerminalKind, Whereabouts
from app.services.terminal_leaves import TerminalLeaves
from app.services.terminals import TerminalLine, Terminals
from tests.services.office import PASSCODE, Office

MARK, OTHER = "a" * 64, "b" * 64


@dataclass
class Register:
    """The register over an office, on a machine whose mark a test sets."""

    office: Office
    mark: str = MARK
    terminals: Terminals = field(init=False)
    leaves: TerminalLeaves = field(init=False)

    def __post_init__(self) -> None:
        self.office.sign_in("陈账")
        room = self.office.services.audit._room
        self.terminals, self.leaves = Terminals(room, lambda: self.mark), TerminalLeaves(room)

    @property
    def today(self) -> date:
        return self.office.services.today.day()

    def plan(self, number: str = "01", person: str = "陈账", **more: object) -> Terminal:
        holder = self.office.person(person).id
        made = Terminal("", number, "办公室一号机", TerminalKind.COMPUTER, holder, "三楼办公室")
        return replace(made, **more)  # type: ignore[arg-type]

    def put(self, number: str = "01", *, here: bool = False, **more: object) -> Terminal:
        return self.terminals.register(self.plan(number, **more), here=here)  # type: ignore[arg-type]

    def line(self, number: str) -> TerminalLine:
        return next(line for line in self.terminals.lines() if line.terminal.number == number)

    def scan(self) -> Path:
        return self.office.scan("外出审批.pdf")

    def take_out(self, terminal: Terminal, days: int = 2, *, begin: int = 0, by: str = "王局") -> None:
        first = self.today + timedelta(days=begin)
        approver = self.office.person(by).id
        self.leaves.take_out(terminal.id, first, first + timedelta(days=days), "外出采访", approver, self.scan())

    def last(self) -> AuditEntry:
        return self.office.services.audit.page(0, 1)[0]

    def refused(self, reason: str, act: Callable[[], object]) -> None:
        before = self.last().seq
        with pytest.raises(TerminalRefusedError) as told:
            act()
        assert (told.value.reason, self.last().seq) == (reason, before)


@pytest.fixture
def register(office: Office) -> Register:
    return Register(office)


def test_this_machine_is_recognised_once_it_is_registered(register: Register) -> None:
    assert register.terminals.this_terminal().standing is Standing.UNREGISTERED
    made = register.put(here=True)
    found = register.terminals.this_terminal()
    assert (found.standing, found.terminal) == (Standing.REGISTERED, made)
    assert (register.line("01").here, register.line("01").person) == (True, "陈账")
    register.mark = OTHER
    assert register.terminals.this_terminal().standing is Standing.UNREGISTERED
    assert not register.line("01").here


def test_a_machine_of_which_the_system_says_nothing_is_nobodys(register: Register) -> None:
    register.put()
    register.mark = ""
    found = register.terminals.this_terminal()
    assert (found.standing, found.is_registered) == (Standing.UNKNOWN, False)
    assert not register.line("01").here
    register.refused("unknown", lambda: register.put("02", here=True))


def test_passwords_are_for_a_registered_machine_and_the_accounts_it_is_for(register: Register) -> None:
    first, second = register.office.account_ids()
    store = register.office.services.audit._room.store

    def here(account: str) -> Terminal:
        with store.reading() as unit:
            return register.terminals.require_here(unit, account)

    register.refused("unregistered", lambda: here(first))
    made = register.put(here=True, account_ids=(first,))
    assert here(first) == made
    register.refused("other_accounts", lambda: here(second))
    register.mark = ""
    register.refused("unknown", lambda: here(first))
    register.mark = MARK
    register.terminals.retire(made.id)
    register.refused("retired", lambda: here(first))


def test_every_act_is_one_entry_with_facts_and_without_what_was_typed(register: Register) -> None:
    first, _ = register.office.account_ids()
    before = register.last().seq
    made = register.put(here=True, account_ids=(first,))
    changed = register.terminals.change(replace(made, place="四楼", kind=TerminalKind.TABLET), here=True)
    register.terminals.note_check(changed.id, register.today, "杀毒软件已更新")
    register.take_out(changed)
    register.leaves.come_back(changed.id, register.today)
    register.terminals.retire(changed.id)
    entries = register.office.services.audit.page(0, 6)
    assert [entry.action.partition(".")[2] for entry in reversed(entries)] == [
        *("register", "change", "check", "leave", "return", "retire")
    ]
    assert register.last().seq == before + 6
    assert {entry.subject for entry in entries} == {f"terminal:{made.id}"}
    assert json.loads(entries[-1].detail)["accounts"] == [first]
    told = "".join(entry.detail for entry in entries)
    assert not any(word in told for word in ("三楼", "四楼", "杀毒", "采访"))


def test_only_who_registers_papers_touches_the_register(register: Register) -> None:
    made = register.put()
    plan = register.plan("02")
    day, by, scan = register.today, register.office.person("王局").id, register.scan()
    register.office.sign_in("许管")
    for act in (
        lambda: register.terminals.register(plan, here=False),
        lambda: register.terminals.change(made, here=False),
        lambda: register.terminals.note_check(made.id, day, "好"),
        lambda: register.terminals.retire(made.id),
        lambda: register.leaves.take_out(made.id, day, day, "采访", by, scan),
        lambda: register.leaves.come_back(made.id, day),
    ):
        with pytest.raises(RightMissingError):
            act()
    assert register.terminals.lines()[0].terminal == made


def test_what_must_be_filled_in_is_asked_for(register: Register) -> None:
    for lacking, named in (("number", "terminal_number"), ("name", "terminal_name"), ("place", "place")):
        with pytest.raises(MissingFieldError) as told:
            register.put(**{lacking: " "})  # type: ignore[arg-type]
        assert told.value.field == named
    with pytest.raises(NotFoundError):
        register.put(person_id="nobody")
    with pytest.raises(NotFoundError):
        register.put(account_ids=("nothing",))
    with pytest.raises(SecrecyMarkedWordsError):
        register.put(place="机密★10年")
    register.refused("not_this_machine", lambda: register.put(here=True, kind=TerminalKind.PHONE))
    assert register.terminals.lines() == ()


def test_a_number_and_a_machine_stand_for_one_terminal_that_is_in_use(register: Register) -> None:
    made = register.put(here=True)
    register.refused("number_taken", lambda: register.put("01"))
    register.refused("machine_taken", lambda: register.put("02", here=True))
    other = register.put("02")
    register.refused("number_taken", lambda: register.terminals.change(replace(other, number="01"), here=False))
    register.refused("machine_taken", lambda: register.terminals.change(other, here=True))
    register.terminals.retire(made.id)
    again = register.put("01", here=True)
    assert register.terminals.this_terminal().terminal == again
    # Who was given up stands last.
    assert [line.terminal.id for line in register.terminals.lines()] == [other.id, again.id, made.id]
    assert [line.here for line in register.terminals.lines()] == [False, True, False]


def test_a_terminal_that_was_given_up_is_told_and_never_changed(register: Register) -> None:
    made = register.put(here=True)
    retired = register.terminals.retire(made.id)
    assert retired.retired_on == register.today
    found = register.terminals.this_terminal()
    assert (found.standing, found.terminal) == (Standing.RETIRED, retired)
    for act in (
        lambda: register.terminals.change(retired, here=False),
        lambda: register.terminals.note_check(made.id, register.today, "好"),
        lambda: register.terminals.retire(made.id),
        lambda: register.take_out(made),
    ):
        register.refused("stopped", act)


def test_the_binding_to_this_machine_goes_only_from_this_machine(register: Register) -> None:
    made = register.put(here=True)
    register.mark = OTHER
    kept = register.terminals.change(replace(made, place="四楼"), here=False)
    assert kept.machine_id == MARK
    register.mark = MARK
    freed = register.terminals.change(kept, here=False)
    assert freed.machine_id == ""
    assert register.terminals.this_terminal().standing is Standing.UNREGISTERED


def test_a_check_keeps_its_day_and_words_and_a_change_leaves_them(register: Register) -> None:
    made = register.put(protection="自己写的", protection_checked_on=None)
    day = register.today - timedelta(days=3)
    checked = register.terminals.note_check(made.id, day, "  杀毒软件已更新，系统补丁到10月  ")
    assert (checked.protection, checked.protection_checked_on) == ("杀毒软件已更新，系统补丁到10月", day)
    changed = register.terminals.change(replace(checked, place="四楼", protection="改掉"), here=False)
    assert (changed.protection, changed.place) == (checked.protection, "四楼")
    with pytest.raises(ChangedMeanwhileError):
        register.terminals.change(checked, here=False)
    with pytest.raises(FieldInvalidError):
        register.terminals.note_check(made.id, register.today + timedelta(days=1), "好")
    with pytest.raises(MissingFieldError):
        register.terminals.note_check(made.id, register.today, " ")


def test_a_terminal_goes_out_on_a_signed_paper_and_is_told_when_it_does_not_come_back(register: Register) -> None:
    made = register.put(here=True)
    register.take_out(made, 2, begin=1)
    where = []
    for _day in range(5):
        found = register.terminals.this_terminal()
        assert found.where is register.line("01").where
        where.append(found.where)
        register.office.clock.forward(days=1)
    away, overdue = Whereabouts.AWAY, Whereabouts.OVERDUE
    assert where == [Whereabouts.IN_OFFICE, away, away, away, overdue]
    register.refused("away", lambda: register.take_out(made))
    back = register.leaves.come_back(made.id, register.today)
    assert back.returned_on == register.today
    assert (register.line("01").leave, register.line("01").where) == (None, Whereabouts.IN_OFFICE)
    register.refused("returned", lambda: register.leaves.come_back(made.id, register.today))
    register.take_out(made)
    assert [one.returned_on for one in register.leaves.list(made.id)] == [None, back.returned_on]


def test_a_leader_approves_who_holds_the_office_on_that_day(register: Register) -> None:
    made = register.put()
    approvers = {person.name for person in register.leaves.approvers(register.today)}
    assert approvers == {"王局", "何副"}
    register.refused("approver", lambda: register.take_out(made, by="吴审"))
    register.take_out(made, by="何副")
    register.leaves.come_back(made.id, register.today)
    register.office.sign_in("许管").staff.leave(register.office.person("何副").id, register.today, "调离", PASSCODE)
    register.office.clock.forward(days=1)
    register.office.sign_in("陈账")
    gone = next(
        line.person.id for line in register.office.services.staff.list(include_left=True) if line.person.left_on
    )
    register.refused(
        "approver",
        lambda: register.leaves.take_out(made.id, register.today, register.today, "采访", gone, register.scan()),
    )


def test_a_paper_for_days_to_come_is_signed_by_who_leads_today(register: Register) -> None:
    made = register.put()
    admin, role = register.office.sign_in("许管"), Role.DEPUTY_LEADER
    for_a_while = (RoleLimit(role, to_on=register.today + timedelta(days=10)),)
    admin.staff.set_roles(register.office.person("吴审").id, frozenset({role}), "代理", PASSCODE, for_a_while)
    register.office.sign_in("陈账")
    assert "吴审" in {person.name for person in register.leaves.approvers(register.today + timedelta(days=30))}
    assert "吴审" not in {person.name for person in register.leaves.approvers(register.today - timedelta(days=1))}
    register.take_out(made, begin=30, by="吴审")


@pytest.mark.parametrize(
    ("days", "reason", "scan", "error"),
    [
        ((0, -1), "采访", "scan.pdf", FieldInvalidError),
        ((0, 1), " ", "scan.pdf", MissingFieldError),
        ((0, 1), "绝密★", "scan.pdf", SecrecyMarkedWordsError),
        ((0, 1), "采访", "missing.pdf", FileUnreadableError),
    ],
)
def test_a_paper_that_is_not_in_order_is_refused_and_nothing_is_kept(
    register: Register, days: tuple[int, int], reason: str, scan: str, error: type[AppError]
) -> None:
    made = register.put()
    path = register.office.scan() if scan == "scan.pdf" else register.office.folder.parent / scan
    first, last = (register.today + timedelta(days=count) for count in days)
    by = register.office.person("王局").id
    with pytest.raises(error):
        register.leaves.take_out(made.id, first, last, reason, by, path)
    assert register.leaves.list(made.id) == ()
    assert list((register.office.folder / "attachments").glob("??/*")) == []


def test_a_return_of_tomorrow_is_refused(register: Register) -> None:
    made = register.put()
    register.take_out(made)
    with pytest.raises(FieldInvalidError):
        register.leaves.come_back(made.id, register.today + timedelta(days=1))


def test_who_answers_for_a_terminal_and_leaves_is_shown_until_somebody_else_does(register: Register) -> None:
    made = register.put(person="林晓")
    person = register.office.person("林晓").id
    register.office.sign_in("许管").staff.leave(person, register.today, "调离", PASSCODE)
    register.office.sign_in("陈账")
    assert register.line("01").person_left
    # The old holder may stay while something else is put right, but gets no further terminal.
    changed = register.terminals.change(replace(made, place="四楼"), here=False)
    with pytest.raises(PersonLeftError):
        register.put("02", person_id=person)
    register.terminals.change(replace(changed, person_id=register.office.person("陈账").id), here=False)
    assert not register.line("01").person_left


def test_the_scan_of_an_approval_is_named_as_such(register: Register) -> None:
    register.take_out(register.put())
    [scan] = (register.office.folder / "attachments").glob("??/*")
    [told] = register.office.services.backups.lacking((scan.name,))
    assert str(told) == "扫描件“外出审批.pdf”（终端外出审批）"
