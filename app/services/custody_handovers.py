"""密码交接: accounts go from one custodian to another before a witness, on a signed slip (article 6)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from app.errors import (
    CustodianUnfitError,
    DecisionTooEarlyError,
    FieldInvalidError,
    HandoverTickError,
    NotFoundError,
    PersonLeftError,
    ReasonNeededError,
    RoleConflictError,
)
from app.intake.scan_pages import check_scans
from app.models.clock import beijing_day
from app.models.custody_handover import (
    HANDOVER_LIFECYCLE,
    CustodyHandover,
    HandedAccount,
    HandoverAction,
    HandoverState,
)
from app.models.keeping import Keeping
from app.models.papercode import PaperKind
from app.models.records import StatementKind, UseKind
from app.models.right import Right, Role
from app.models.staff import Person
from app.models.storable import storable, storable_record
from app.models.visible_text import has_words
from app.services.handover_checks import (
    HandoverLine,
    check_password,
    check_whole,
    handover_line,
    move,
    slip_facts,
)
from app.services.handover_slip_text import handover_slip
from app.services.kept_things import keeping
from app.services.papers import PaperBytes, Papers
from app.services.record_room import RecordRoom
from app.services.signers import holds
from app.services.written_words import refuse_marked_words

NUMBERS = "password_handover"
"""The series of numbers, as the policy names it."""


class CustodyHandovers:
    """The drawer with the hand-over slips."""

    def __init__(self, room: RecordRoom, papers: Papers) -> None:
        self._room, self._papers = room, papers

    def keeping(self, person_id: str) -> Keeping:
        """Return what a person still keeps: what a hand-over proposes."""
        with self._room.store.reading() as unit:
            return keeping(unit, person_id, self._room.today())

    def receivers(self) -> tuple[Person, ...]:
        """Return who keeps passwords today, for all or for named accounts."""
        with self._room.store.reading() as unit:
            return unit.roles.holders(Role.PASSWORD_CUSTODIAN, self._room.today())

    def lines(self) -> tuple[HandoverLine, ...]:
        """Return every hand-over, newest first."""
        with self._room.store.reading() as unit:
            return tuple(handover_line(unit, one) for one in unit.handovers.list())

    def line(self, handover_id: str) -> HandoverLine:
        """Return one hand-over."""
        with self._room.store.reading() as unit:
            return handover_line(unit, unit.handovers.get(handover_id))

    def begin(
        self,
        from_person_id: str,
        to_person_id: str,
        witness_id: str,
        account_ids: tuple[str, ...],
        unfinished: str = "",
    ) -> CustodyHandover:
        """Begin a hand-over of some of what a person keeps; giver, receiver and witness are three people.

        Raises `RoleConflictError`, `HandoverTickError` (`running`, `no_accounts`, `others`) and `CustodianUnfitError`
        for a receiver who does not keep passwords of these accounts.
        """
        unfinished = storable(unfinished).strip()
        refuse_marked_words(self._room, "unfinished", unfinished)
        if len({from_person_id, to_person_id, witness_id}) < 3:
            raise RoleConflictError
        if not account_ids:
            raise HandoverTickError("no_accounts")
        with self._room.store.writing() as unit:
            actor, today = self._room.acting(unit, Right.REGISTER_PAPER), self._room.today()
            for person in (unit.people.get(one) for one in (from_person_id, to_person_id, witness_id)):
                if person.left_on is not None and person.id != from_person_id:
                    raise PersonLeftError
            if any(one.runs and one.from_person_id == from_person_id for one in unit.handovers.list()):
                raise HandoverTickError("running")
            if not set(account_ids) <= {one.id for one in keeping(unit, from_person_id, today).accounts}:
                raise HandoverTickError("others")
            if not holds(unit, to_person_id, Role.PASSWORD_CUSTODIAN, today, account_ids):
                raise CustodianUnfitError(unit.people.get(to_person_id).name)
            begun = CustodyHandover(
                self._room.new_id(),
                from_person_id,
                to_person_id,
                witness_id,
                HandoverState.WRITING,
                tuple(HandedAccount(account_id) for account_id in dict.fromkeys(account_ids)),
                actor.person_id,
                self._room.now(),
                unfinished,
            )
            unit.handovers.put(begun)
            facts: dict[str, object] = {
                "from": from_person_id,
                "to": to_person_id,
                "witness": witness_id,
                "accounts": list(account_ids),
                "words": unit.handovers.words(begun.id),
            }
            self._room.record(unit, actor, "handover.begin", f"custody_handover:{begun.id}", facts)
        return begun

    def tick(self, handover: CustodyHandover, accounts: tuple[HandedAccount, ...], unfinished: str) -> CustodyHandover:
        """Write down what has been done; 密码已改 counts only when the records of passwords say so, too.

        Raises `HandoverTickError` (`unchanged`, `not_sealed`, `still_held`) and `ChangedMeanwhileError`.
        """
        accounts, unfinished = storable_record((accounts, unfinished.strip()))
        refuse_marked_words(self._room, "unfinished", unfinished, *(one.note for one in accounts))
        with self._room.store.writing() as unit:
            before = unit.handovers.get(handover.id)
            actor = self._room.acting(unit, HANDOVER_LIFECYCLE.rule(before.state, HandoverAction.TICK).right)
            if [one.account_id for one in accounts] != [one.account_id for one in before.accounts]:
                raise HandoverTickError("others")
            for one in accounts:
                if one.password_changed:
                    check_password(unit, before, one.account_id)
            saved = unit.handovers.save(replace(handover, accounts=accounts, unfinished=unfinished))
            facts: dict[str, object] = {
                "ticks": {
                    one.account_id: [one.password_changed, one.binding_changed, one.operator_removed]
                    for one in accounts
                },
                "words": unit.handovers.words(saved.id),
            }
            self._room.record(unit, actor, "handover.tick", f"custody_handover:{saved.id}", facts)
        return saved

    def present(self, handover_id: str) -> CustodyHandover:
        """Give a hand-over its number once all is done that the slip says; from now on it waits for signatures."""
        now = self._room.now()
        with self._room.store.writing() as unit:
            before = unit.handovers.get(handover_id)
            rule = HANDOVER_LIFECYCLE.rule(before.state, HandoverAction.PRESENT)
            actor = self._room.acting(unit, rule.right)
            check_whole(unit, before)
            adopted = unit.policies.current(beijing_day(now))
            word = unit.units.get().code_word + adopted.policy.number_word(NUMBERS).value
            subject = f"custody_handover:{handover_id}"
            number = unit.numbers.give(NUMBERS, beijing_day(now).year, word, subject, now)
            saved = unit.handovers.save(replace(before, state=rule.target, number=number))
            self._room.record(unit, actor, "handover.present", subject, {"number": str(number)})
        return saved

    def sign(self, handover_id: str, signed_on: date, scan: Path, further: tuple[Path, ...] = ()) -> CustodyHandover:
        """Register the slip signed by all three, with its scan: the register names the receiver from now on.

        Raises `HandoverTickError` when a password was sealed to the giver again since.
        """
        self._room.require(Right.REGISTER_PAPER)
        files = (scan, *further)
        check_scans(*files)
        now, subject = self._room.now(), f"custody_handover:{handover_id}"
        with self._room.receiving(*files) as received, self._room.store.writing() as unit:
            before = unit.handovers.get(handover_id)
            rule = HANDOVER_LIFECYCLE.rule(before.state, HandoverAction.SIGN)
            actor = self._room.acting(unit, rule.right)
            if signed_on > self._room.today():
                raise FieldInvalidError("signed_on")
            if signed_on < beijing_day(before.created_at):
                raise DecisionTooEarlyError
            check_whole(unit, before)
            first, *rest = (
                self._room.keep(unit, file, UseKind.SCAN, subject, source.name, now)
                for file, source in zip(received, files, strict=True)
            )
            saved = unit.handovers.save(replace(before, state=rule.target, signed_on=signed_on, scan_sha256=first))
            moved = move(unit, saved, signed_on)
            facts: dict[str, object] = {"on": signed_on.isoformat(), "scan": first, "accounts": moved}
            facts |= {"further": rest} if rest else {}
            self._room.record(unit, actor, "handover.sign", subject, facts)
        return saved

    def withdraw(self, handover_id: str, reason: str) -> CustodyHandover:
        """Take a hand-over back with a reason; its number stays in the ledger as 作废."""
        reason = storable(reason).strip()
        if not has_words(reason):
            raise ReasonNeededError
        refuse_marked_words(self._room, "reason", reason)
        now, subject = self._room.now(), f"custody_handover:{handover_id}"
        with self._room.store.writing() as unit:
            before = unit.handovers.get(handover_id)
            rule = HANDOVER_LIFECYCLE.rule(before.state, HandoverAction.WITHDRAW)
            actor = self._room.acting(unit, rule.right)
            words = self._room.state(unit, actor, subject, StatementKind.WITHDRAWAL, reason)
            if before.number is not None:
                unit.numbers.void(NUMBERS, before.number.year, before.number.serial, now)
            saved = unit.handovers.save(replace(before, state=rule.target))
            self._room.record(unit, actor, "handover.withdraw", subject, {"words": words})
        return saved

    def slip(self, handover_id: str) -> PaperBytes:
        """Issue 密码交接单 of a hand-over that has its number; once signed it is reprinted as it was signed."""
        with self._room.store.reading() as unit:
            handover = unit.handovers.get(handover_id)
            if handover.number is None:
                raise NotFoundError("paper", handover_id)
            facts = slip_facts(unit, handover)
        return self._papers.issued_form(
            PaperKind.PASSWORD_HANDOVER,
            f"custody_handover:{handover_id}",
            str(handover.number),
            lambda head: handover_slip(handover, facts, head),
            settled=handover.state is not HandoverState.WAITING,
        )

    def note_printed(self, handover_id: str, where: str) -> None:
        """Record that the slip was printed or saved as a file."""
        self._papers.note_paper_printed(PaperKind.PASSWORD_HANDOVER, f"custody_handover:{handover_id}", where)


def _ticked(one: HandedAccount) -> list[bool]:
    return [one.password_changed, one.binding_changed, one.operator_removed]
