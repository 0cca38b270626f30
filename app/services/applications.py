"""The papers of an account's life: written, signed and sealed, sent in, carried out (articles 4, 5 and 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import (
    ActionNotAllowedError,
    DeciderUnfitError,
    DecisionTooEarlyError,
    FieldInvalidError,
    MissingFieldError,
    ReasonNeededError,
)
from app.intake.scan_pages import check_scans
from app.models.account import ACCOUNT_LIFECYCLE, Account, AccountAction, AccountState
from app.models.account_application import (
    APPLICATION_LIFECYCLE,
    Announcement,
    Application,
    ApplicationAction,
    ApplicationKind,
    ApplicationState,
    ApplicationText,
    FilingType,
)
from app.models.account_change import carried_out
from app.models.application_effects import effect_of
from app.models.clock import beijing_day
from app.models.records import StatementKind, UseKind
from app.models.right import Right, Role
from app.models.storable import storable, storable_record
from app.models.visible_text import has_words
from app.services.account_names import renaming_facts
from app.services.record_room import RecordRoom
from app.services.signers import authorization, holds
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork

_KEPT = frozenset({AccountState.RUNNING, AccountState.CLOSING})
_BEGUN: Mapping[FilingType | None, frozenset[AccountState]] = {
    FilingType.OPENING: frozenset({AccountState.PLANNED}),
    FilingType.NEW: frozenset({AccountState.OPENED}),
}
"""In which states of the account a filing begins; all other papers are about one that is kept."""


@dataclass(frozen=True)
class Signing:
    """What stands on a signed and sealed paper, with the files that show it."""

    signed_by: str
    signed_on: date
    scan: Path
    further: tuple[Path, ...] = ()
    """The files with the other pages."""


def number_kind(kind: ApplicationKind) -> str:
    """Return the series of numbers that a kind of paper has, as the policy names it."""
    return f"account_{kind}"


class Applications:
    """The drawer with the filing, change and closing papers."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def list(self) -> tuple[Application, ...]:
        """Return every paper, newest first."""
        with self._room.store.reading() as unit:
            return unit.applications.list()

    def of(self, account_id: str) -> tuple[Application, ...]:
        """Return the papers of one account, oldest first."""
        with self._room.store.reading() as unit:
            return unit.applications.of(account_id)

    def begin(self, account_id: str, kind: ApplicationKind, text: ApplicationText) -> Application:
        """Begin a paper about an account; several may run at once, but only one filing or closing.

        Raises `MissingFieldError` for a change of nothing, `ReasonNeededError` without a reason.
        """
        text = storable_record(text)
        self._check(kind, text)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            account = unit.accounts.get(account_id)
            fits = _BEGUN.get(text.filing_type, _KEPT) if kind is ApplicationKind.FILING else _KEPT
            running = (one for one in unit.applications.of(account_id) if one.kind is kind and one.runs)
            if account.state not in fits or (kind is not ApplicationKind.CHANGE and any(running)):
                raise ActionNotAllowedError(ApplicationAction.PRESENT, account.state)
            begun = Application(
                self._room.new_id(), kind, account_id, ApplicationState.WRITING, actor.person_id, self._room.now(), text
            )
            words = unit.applications.put(begun)
            facts: dict[str, object] = {"kind": kind, "account": account_id, "words": words}
            self._room.record(unit, actor, "application.begin", f"application:{begun.id}", facts)
        return begun

    def revise(self, application: Application, text: ApplicationText) -> Application:
        """Write a paper anew that nobody has been asked to sign yet."""
        text = storable_record(text)
        self._check(application.kind, text)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = unit.applications.get(application.id)
            if before.state is not ApplicationState.WRITING:
                raise ActionNotAllowedError(ApplicationAction.PRESENT, before.state)
            # Of what the caller hands in, the version alone counts beside the text.
            saved = unit.applications.save(replace(before, text=text, version=application.version))
            facts: dict[str, object] = {"words": unit.applications.words(saved.id)}
            self._room.record(unit, actor, "application.revise", f"application:{saved.id}", facts)
        return saved

    def present(self, application_id: str) -> Application:
        """Give a paper its number: from now on it is printed and waits for signature and seal."""
        now = self._room.now()
        with self._room.store.writing() as unit:
            before = unit.applications.get(application_id)
            adopted, kind = unit.policies.current(beijing_day(now)), number_kind(before.kind)
            word = unit.units.get().code_word + adopted.policy.number_word(kind).value
            number = unit.numbers.give(kind, beijing_day(now).year, word, f"application:{application_id}", now)
            after = replace(before, number=number, policy_version=adopted.version)
            return self._step(unit, before, after, ApplicationAction.PRESENT, {"number": str(number)})

    def sign(self, application_id: str, signing: Signing) -> Application:
        """Register that the principal leader signed and the seal was set; the scan is filed with it (articles 4, 5)."""
        return self._decided(application_id, ApplicationAction.SIGN, signing, "")

    def refuse(self, application_id: str, signing: Signing, opinion: str) -> Application:
        """Register that the principal leader did not agree, with the words that say why."""
        if not has_words(opinion):
            raise ReasonNeededError
        return self._decided(application_id, ApplicationAction.REFUSE, signing, opinion)

    def withdraw(self, application_id: str, reason: str) -> Application:
        """Take a paper back before anybody has signed it; its number stays in the ledger as 作废."""
        reason = storable(reason)
        if not has_words(reason):
            raise ReasonNeededError
        refuse_marked_words(self._room, "reason", reason)
        now = self._room.now()
        with self._room.store.writing() as unit:
            before = unit.applications.get(application_id)
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            subject = f"application:{application_id}"
            words = self._room.state(unit, actor, subject, StatementKind.WITHDRAWAL, reason.strip())
            if before.number is not None:
                unit.numbers.void(number_kind(before.kind), before.number.year, before.number.serial, now)
            return self._step(unit, before, before, ApplicationAction.WITHDRAW, {"words": words})

    def submit(self, application_id: str, submitted_on: date) -> Application:
        """Register that the signed paper was sent to the district office (article 5)."""
        with self._room.store.writing() as unit:
            before = unit.applications.get(application_id)
            if before.text.filing_type is FilingType.OPENING:
                raise ActionNotAllowedError(ApplicationAction.SUBMIT, before.state)
            self._check_day(submitted_on, before.signed_on, "submitted_on")
            after = replace(before, submitted_on=submitted_on)
            return self._step(unit, before, after, ApplicationAction.SUBMIT, {"on": submitted_on.isoformat()})

    def file(self, application_id: str, filed_on: date, filing_number: str, receipt: Path | None = None) -> Application:
        """Register the district office's answer: day, its number, and its receipt if there is one (article 5)."""
        filing_number = storable(filing_number).strip()
        if not filing_number:
            raise MissingFieldError("filing_number")
        self._room.require(Right.REGISTER_PAPER)
        files = (receipt,) if receipt is not None else ()
        check_scans(*files)
        now, subject = self._room.now(), f"application:{application_id}"
        with self._room.receiving(*files) as received, self._room.store.writing() as unit:
            before = unit.applications.get(application_id)
            self._check_day(filed_on, before.submitted_on, "filed_on")
            kept = [
                self._room.keep(unit, file, UseKind.SCAN, subject, source.name, now)
                for file, source in zip(received, files, strict=True)
            ]
            after = replace(before, filed_on=filed_on, filing_number=filing_number, receipt_sha256="".join(kept))
            facts: dict[str, object] = {"on": filed_on.isoformat(), "number": filing_number, "scan": "".join(kept)}
            return self._step(unit, before, after, ApplicationAction.FILE, facts)

    def carry_out(self, application_id: str, carried_out_on: date) -> Account:
        """Register that the platform shows a signed change since a day: now the register says so too (article 7).

        Raises `ChangedMeanwhileError` when another paper has changed the same thing since.
        """
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            application = unit.applications.get(application_id)
            if application.kind is not ApplicationKind.CHANGE or not application.granted or application.carried_out_on:
                raise ActionNotAllowedError(ApplicationAction.CARRY_OUT, application.state)
            self._check_day(carried_out_on, application.signed_on, "carried_out_on")
            before = unit.accounts.get(application.account_id)
            saved = unit.accounts.save(carried_out(before, application.text.changes))
            unit.applications.save(replace(application, carried_out_on=carried_out_on))
            facts = {"application": application_id, "on": carried_out_on.isoformat()} | renaming_facts(before, saved)
            self._room.record(unit, actor, "account.change", f"account:{saved.id}", facts)
        return saved

    def end(
        self, application_id: str, action: AccountAction, on: date, announcement: Announcement | None = None
    ) -> Account:
        """Take the next step of a signed closing: announce it, close the account, or have it deregistered."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            application = unit.applications.get(application_id)
            account = unit.accounts.get(application.account_id)
            rule = ACCOUNT_LIFECYCLE.rule(account.state, action)
            if application.kind is not ApplicationKind.CLOSING or not application.granted:
                raise ActionNotAllowedError(action, account.state)
            self._check_day(on, application.signed_on, "carried_out_on")
            told = storable_record(announcement) if announcement is not None else application.text.announcement
            if action is AccountAction.ANNOUNCE_CLOSING and not has_words(told.text):
                raise MissingFieldError("announcement")
            unit.applications.save(
                replace(application, text=replace(application.text, announcement=told), carried_out_on=on)
            )
            saved = unit.accounts.save(replace(account, state=rule.target))
            facts: dict[str, object] = {
                "application": application_id,
                "on": on.isoformat(),
                "words": unit.applications.words(application_id),
            }
            self._room.record(unit, actor, f"account.{action}", f"account:{saved.id}", facts)
        return saved

    def _check(self, kind: ApplicationKind, text: ApplicationText) -> None:
        if kind is ApplicationKind.FILING:
            if text.filing_type is None:
                raise MissingFieldError("filing_type")
        elif not has_words(text.reason):
            raise ReasonNeededError
        if kind is ApplicationKind.CHANGE and not text.changes:
            raise MissingFieldError("changes")
        if kind is ApplicationKind.CLOSING and text.closing_type is None:
            raise MissingFieldError("closing_type")
        changed = (line.after for line in text.changes)
        words = (text.reason, text.basis, text.remains, text.successor, text.announcement.text, *changed)
        refuse_marked_words(self._room, "reason", *words)

    def _check_day(self, day: date, not_before: date | None, name: str) -> None:
        if day > self._room.today():
            raise FieldInvalidError(name)
        if not_before is not None and day < not_before:
            raise DecisionTooEarlyError

    def _decided(self, application_id: str, action: ApplicationAction, signing: Signing, opinion: str) -> Application:
        opinion = storable(opinion)
        self._room.require(Right.REGISTER_PAPER)
        files: Sequence[Path] = (signing.scan, *signing.further)
        check_scans(*files)
        refuse_marked_words(self._room, "opinion", opinion)
        now, subject = self._room.now(), f"application:{application_id}"
        with self._room.receiving(*files) as received, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = unit.applications.get(application_id)
            self._check_day(signing.signed_on, beijing_day(before.created_at), "signed_on")
            who, day, account = signing.signed_by, signing.signed_on, (before.account_id,)
            leader = Role.PRINCIPAL_LEADER
            if not (holds(unit, who, leader, day, account) or authorization(unit, who, leader, day, account)):
                raise DeciderUnfitError
            first, *rest = (
                self._room.keep(unit, file, UseKind.SCAN, subject, source.name, now)
                for file, source in zip(received, files, strict=True)
            )
            facts: dict[str, object] = {"by": who, "on": day.isoformat(), "scan": first}
            facts |= {"further": rest} if rest else {}
            if opinion.strip():
                facts["words"] = self._room.state(unit, actor, subject, StatementKind.REFUSAL, opinion.strip())
            after = replace(before, signed_by=who, signed_on=day, scan_sha256=first)
            return self._step(unit, before, after, action, facts)

    def _step(
        self,
        unit: UnitOfWork,
        before: Application,
        after: Application,
        action: ApplicationAction,
        facts: dict[str, object],
    ) -> Application:
        """Move a paper, and with it its account, by one entry of the chain."""
        rule = APPLICATION_LIFECYCLE.rule(before.state, action)
        actor = self._room.acting(unit, rule.right)
        saved = unit.applications.save(replace(after, state=rule.target))
        effect, account = effect_of(before, action), unit.accounts.get(before.account_id)
        moved = account
        if effect.action is not None:
            moved = replace(moved, state=ACCOUNT_LIFECYCLE.rule(account.state, effect.action).target)
        if effect.filing is not None:
            moved = replace(moved, filing=effect.filing)
        if moved != account:
            unit.accounts.save(moved)
            facts = facts | {"account": moved.id, "state": moved.state, "filing": moved.filing}
        self._room.record(unit, actor, f"application.{action}", f"application:{saved.id}", facts)
        return saved
