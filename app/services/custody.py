"""Keeping the accounts' passwords: sealed to each custodian, looked at only with a reason (article 6)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from app.errors import (
    CredentialMissingHereError,
    EnvelopeInvalidError,
    MissingFieldError,
    NotCustodianError,
    ReasonNeededError,
)
from app.models.account import Account
from app.models.credential import ChangeCause, Credential, UsageKind
from app.models.envelope_address import EnvelopeAddress
from app.models.records import StatementKind
from app.models.right import Right
from app.models.secret import Secret, equals_any
from app.models.storable import storable, storable_record
from app.models.visible_text import has_words
from app.services.envelope_drawer import EnvelopeDrawer, EnvelopeStore
from app.services.password_choice import JudgedPassword, PasswordChoice
from app.services.record_room import RecordRoom
from app.services.sign_in import SignIn
from app.services.terminals import Terminals
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CustodyTerms:
    """How a password is kept: what it is called, by whom, who saw it changed, and which paper envelope holds it."""

    account_id: str
    label: str
    custodian_ids: tuple[str, ...]
    """One or two; the first is the main one."""
    cause: ChangeCause = ChangeCause.FIRST
    witness_id: str = ""
    envelope_number: str = ""


@dataclass(frozen=True)
class CredentialLine:
    """One kept password as the register shows it."""

    credential: Credential
    account: Account
    due_on: date
    """The last day on which it may stay unchanged."""
    late: bool
    stale_ids: tuple[str, ...]
    """Custodians whose key was made anew since: they cannot open their envelope, another seals it again for them."""


class Custody:
    """The safe; every look into it is in the audit chain before anything is shown."""

    def __init__(
        self, room: RecordRoom, sign_in: SignIn, terminals: Terminals, open_store: Callable[[str], EnvelopeStore]
    ) -> None:
        """`open_store` returns the store of a unit's envelopes by the unit's id."""
        self._room, self._sign_in, self._terminals = room, sign_in, terminals
        self._drawer = EnvelopeDrawer(room, open_store)
        self._choice = PasswordChoice(room)

    def judge(self, account_id: str, password: Secret) -> JudgedPassword:
        """Say how well a password stands up to guessing, and whether the platform takes it; nothing is kept."""
        return self._choice.judge(account_id, password)

    def draw(self, account_id: str) -> Secret:
        """Draw a new password that the account's platform takes; nothing is kept."""
        return self._choice.draw(account_id)

    def lines(self) -> tuple[CredentialLine, ...]:
        """Return every kept password, the one that has to be changed first before the others; nothing is opened."""
        today = self._room.today()
        with self._room.store.reading() as unit:
            age = unit.policies.current(today).policy.limit("password_age_days").number
            found = [self._line(unit, one, age, today) for one in unit.credentials.list()]
        return tuple(sorted(found, key=lambda line: line.due_on))

    def keep(self, terms: CustodyTerms, password: Secret, passcode: str) -> Credential:
        """Take a password in: seal it to each custodian, read it back, and only then say that it is kept.

        Raises `CustodianUnfitError` for somebody who is no custodian of the account or has no key yet,
        `OwnPasscodeWrongError`, and what the store of secrets raises: then nothing is said to be kept.
        """
        terms = storable_record(terms)
        if not terms.label.strip():
            raise MissingFieldError("credential_label")
        if not 1 <= len(set(terms.custodian_ids)) == len(terms.custodian_ids) <= 2:
            raise MissingFieldError("custodians")
        self._room.require(Right.KEEP_PASSWORDS, terms.account_id)
        self._sign_in.confirm(passcode)
        now, credential_id = self._room.now(), self._room.new_id()
        with self._room.store.reading() as unit:
            unit.accounts.get(terms.account_id)
            keys = {who: self._drawer.public_key(unit, who, terms.account_id) for who in terms.custodian_ids}
        credential = Credential(
            credential_id,
            terms.account_id,
            terms.label.strip(),
            now,
            self._room.session.person_id,
            terms.cause,
            terms.witness_id,
            terms.envelope_number.strip(),
        )
        sealing = self._drawer.sealing(credential_id, password, keys)
        with sealing as envelopes, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, terms.account_id)
            unit.credentials.add(credential)
            unit.credentials.put_envelopes(credential_id, envelopes)
            facts = {"account": terms.account_id, "custodians": list(terms.custodian_ids), "cause": terms.cause}
            self._room.record(unit, actor, "credential.keep", f"credential:{credential_id}", facts)
        return replace(credential, envelopes=envelopes)

    def change(
        self, credential_id: str, password: Secret, cause: ChangeCause, passcode: str, *, witness_id: str = ""
    ) -> Credential:
        """Take in the new password of an account for all its custodians; what they had before is gone.

        Whoever keeps passwords of the account no more is left out, and has no envelope any more. Whoever had borrowed
        the old one has it no more: their loan is over.
        """
        self._sign_in.confirm(passcode)
        now = self._room.now()
        with self._room.store.reading() as unit:
            before = unit.credentials.get(credential_id)
            self._room.acting(unit, Right.KEEP_PASSWORDS, before.account_id)
            holders = [one.person_id for one in before.envelopes]
            keys = self._drawer.keys(unit, holders, before.account_id)
        gone = [who for who in holders if who not in keys]
        with self._drawer.sealing(credential_id, password, keys) as envelopes, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, before.account_id)
            changed = replace(before, changed_at=now, changed_by=actor.person_id, cause=cause, witness_id=witness_id)
            saved = unit.credentials.save(changed)
            unit.credentials.put_envelopes(credential_id, envelopes)
            for loan in unit.borrowings.open(credential_id):
                unit.borrowings.save(replace(loan, returned_at=now))
            facts = {"account": before.account_id, "cause": cause, "witness": witness_id, "left_out": gone}
            self._room.record(unit, actor, "credential.change", f"credential:{credential_id}", facts)
        self._drawer.remove(credential_id, gone)
        return replace(saved, envelopes=envelopes)

    def reveal(self, credential_id: str, usage: UsageKind, reason: str, passcode: str) -> Secret:
        """Open the own envelope for a reason, on a registered terminal; the look is on record before it is shown.

        Raises `NotCustodianError`, `ReasonNeededError`, `OwnPasscodeWrongError`, `CredentialMissingHereError` when
        this PC has no such envelope, `EnvelopeInvalidError` for one that the own key does not open, and what
        `Terminals.require_here` and the store of secrets raise.
        """
        reason = storable(reason).strip()
        if not has_words(reason):
            raise ReasonNeededError
        refuse_marked_words(self._room, "reason", reason)
        with self._room.store.reading() as unit:
            credential = unit.credentials.get(credential_id)
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            if credential.kept_by(actor.person_id) is None:
                raise NotCustodianError
            self._terminals.require_here(unit, credential.account_id)
        self._sign_in.confirm(passcode)
        password = self._drawer.open(credential, actor.person_id, passcode)
        subject = f"credential:{credential_id}"
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            terminal = self._terminals.require_here(unit, credential.account_id)
            words = self._room.state(unit, actor, subject, StatementKind.USAGE, reason, credential.account_id)
            facts = {"account": credential.account_id, "terminal": terminal.id, "usage": usage, "words": words}
            self._room.record(unit, actor, "credential.reveal", subject, facts)
        return password

    def seal_again(self, credential_id: str, custodian_ids: tuple[str, ...], passcode: str) -> Credential:
        """Seal a password to other custodians, or again to one whose key was made anew, without changing it.

        Who does it opens the own envelope for it; envelopes of those who are custodians no more are removed.
        """
        with self._room.store.reading() as unit:
            credential = unit.credentials.get(credential_id)
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            if credential.kept_by(actor.person_id) is None:
                raise NotCustodianError
            self._terminals.require_here(unit, credential.account_id)
            keys = {who: self._drawer.public_key(unit, who, credential.account_id) for who in custodian_ids}
        if not 1 <= len(keys) <= 2:
            raise MissingFieldError("custodians")
        self._sign_in.confirm(passcode)
        password = self._drawer.open(credential, actor.person_id, passcode)
        with self._drawer.sealing(credential_id, password, keys) as envelopes, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            saved = unit.credentials.save(credential)
            unit.credentials.put_envelopes(credential_id, envelopes)
            facts = {"account": credential.account_id, "custodians": list(custodian_ids)}
            self._room.record(unit, actor, "credential.seal_again", f"credential:{credential_id}", facts)
        gone = [one.person_id for one in credential.envelopes if one.person_id not in keys]
        self._drawer.remove(credential_id, gone)
        return replace(saved, envelopes=envelopes)

    def end(self, credential_id: str, passcode: str) -> None:
        """Give up a password that nobody needs any more, e.g. of an account that was deregistered."""
        with self._room.store.reading() as unit:
            credential = unit.credentials.get(credential_id)
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            if credential.kept_by(actor.person_id) is None:
                raise NotCustodianError
        self._sign_in.confirm(passcode)
        now = self._room.now()
        with self._room.store.writing() as unit:
            credential = unit.credentials.get(credential_id)
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            unit.credentials.save(replace(credential, ended_at=now))
            facts: dict[str, object] = {"account": credential.account_id}
            self._room.record(unit, actor, "credential.end", f"credential:{credential_id}", facts)
        self._drawer.remove(credential_id, [one.person_id for one in credential.envelopes])

    def same_as(self, password: Secret, passcode: str, *, but: str = "") -> tuple[Account, ...]:
        """Return the other accounts that have this password, as far as the person at the desk can open their envelopes.

        They are compared in memory, on a registered terminal alone; nothing that tells of a password is kept.
        """
        self._sign_in.confirm(passcode)
        person_id = self._room.session.person_id
        with self._room.store.reading() as unit:
            reach = self._room.acting(unit, Right.KEEP_PASSWORDS).reach(Right.KEEP_PASSWORDS)
            kept = [
                one
                for one in unit.credentials.list()
                if one.id != but and one.kept_by(person_id) is not None and reach.covers((one.account_id,))
            ]
            kept = [one for one in kept if self._terminals.serves_here(unit, one.account_id)]
            accounts = {one.account_id: unit.accounts.get(one.account_id) for one in kept}
        found = []
        for credential in kept:
            try:
                other = self._drawer.open(credential, person_id, passcode)
            except (CredentialMissingHereError, EnvelopeInvalidError):
                # What this person cannot open here cannot be compared; it is told where it is looked at.
                continue
            if equals_any(password, (other,)):
                found.append(accounts[credential.account_id])
        return tuple(found)

    def missing_here(self, credentials: Iterable[Credential]) -> frozenset[EnvelopeAddress]:
        """Return the envelopes that are on record but not in this PC's store, e.g. after a restore."""
        store = self._drawer.store()
        addresses = [EnvelopeAddress(one.id, envelope.person_id) for one in credentials for envelope in one.envelopes]
        return frozenset(address for address in addresses if store.find(address) is None)

    def unlock(self) -> None:
        """Let the system ask its owner to unlock the store of secrets."""
        self._drawer.store().unlock()

    def _line(self, unit: UnitOfWork, credential: Credential, age: int, today: date) -> CredentialLine:
        due = credential.due_on(age)
        digest = self._drawer.key_digest
        stale = tuple(one.person_id for one in credential.envelopes if digest(unit, one.person_id) != one.key_digest)
        return CredentialLine(credential, unit.accounts.get(credential.account_id), due, today > due, stale)
