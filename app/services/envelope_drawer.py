"""The custodians' envelopes: sealed to their keys, put into the system's store of secrets, opened by one of them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Protocol

from app.errors import AppError, CredentialMissingHereError, CustodianUnfitError
from app.models.credential import Credential, Envelope
from app.models.envelope_address import EnvelopeAddress
from app.models.right import Role
from app.models.secret import Secret
from app.services.record_room import RecordRoom
from app.services.signers import holds
from app.storage.unit_of_work import UnitOfWork
from app.vault.key_pair import unwrap
from app.vault.sealed_envelope import open_envelope, seal


class EnvelopeStore(Protocol):
    """The system's store of secrets, as `app.vault.credential_store` keeps envelopes in it."""

    def store(self, address: EnvelopeAddress, envelope: str) -> None:
        """Keep an envelope and read it back."""

    def find(self, address: EnvelopeAddress) -> str | None:
        """Return the envelope kept on this PC, or None."""

    def remove(self, address: EnvelopeAddress) -> bool:
        """Remove an envelope; return whether there was one."""

    def unlock(self) -> None:
        """Let the system ask its owner to unlock the store."""


class EnvelopeDrawer:
    """What custody asks of the store of secrets; it writes nothing into the records."""

    def __init__(self, room: RecordRoom, open_store: Callable[[str], EnvelopeStore]) -> None:
        self._room, self._open_store = room, open_store

    def public_key(self, unit: UnitOfWork, person_id: str, account_id: str) -> bytes:
        """Return the key to seal to, or raise `CustodianUnfitError` for who keeps no passwords of the account."""
        record = unit.passcodes.find(person_id)
        fit = holds(unit, person_id, Role.PASSWORD_CUSTODIAN, self._room.today(), (account_id,))
        if not fit or record is None or not record.public_key:
            raise CustodianUnfitError(unit.people.get(person_id).name)
        return record.public_key

    @staticmethod
    def key_digest(unit: UnitOfWork, person_id: str) -> str:
        """Return the SHA-256 of a person's public key as it is now, or '' without one."""
        record = unit.passcodes.find(person_id)
        return sha256(record.public_key).hexdigest() if record is not None and record.public_key else ""

    def store(self) -> EnvelopeStore:
        """Return the store of this unit's envelopes."""
        with self._room.store.reading() as unit:
            return self._open_store(unit.units.get().id)

    def keys(self, unit: UnitOfWork, people: Iterable[str], account_id: str) -> dict[str, bytes]:
        """Return the keys of those people who keep passwords of the account still.

        One whose role is over, or who has no key, must not keep the others from changing a password. Raises
        `CustodianUnfitError` when nobody is left.
        """
        found, unfit = dict[str, bytes](), list[CustodianUnfitError]()
        for person_id in people:
            try:
                found[person_id] = self.public_key(unit, person_id, account_id)
            except CustodianUnfitError as none:
                unfit.append(none)
        if unfit and not found:
            raise unfit[0]
        return found

    @contextmanager
    def sealing(self, credential_id: str, password: Secret, keys: dict[str, bytes]) -> Iterator[tuple[Envelope, ...]]:
        """Put an envelope into the store for each custodian, for the act that records them.

        Each was read back before the act begins. When the act fails, what lay there before is put back.
        """
        store, now = self.store(), self._room.now()
        places = {person_id: EnvelopeAddress(credential_id, person_id) for person_id in keys}
        before = {address: store.find(address) for address in places.values()}
        try:
            for person_id, address in places.items():
                store.store(address, seal(password, keys[person_id], address))
            yield tuple(Envelope(person_id, now, sha256(key).hexdigest()) for person_id, key in keys.items())
        except BaseException:
            for address, old in before.items():
                # What the store says now is told by the error that is on its way already.
                with suppress(AppError):
                    if old is None:
                        store.remove(address)
                    else:
                        store.store(address, old)
            raise

    def open(self, credential: Credential, person_id: str, passcode: str) -> Secret:
        """Open a custodian's envelope with the key under their passcode, or raise `CredentialMissingHereError`."""
        with self._room.store.reading() as unit:
            record = unit.passcodes.find(person_id)
        address = EnvelopeAddress(credential.id, person_id)
        envelope = self.store().find(address)
        if envelope is None or record is None:
            raise CredentialMissingHereError
        return open_envelope(envelope, unwrap(record.private_key, passcode), address)

    def remove(self, credential_id: str, people: Iterable[str]) -> None:
        """Take envelopes out after the record says so; one that stays is opened by nobody but its custodian."""
        store = self.store()
        for person_id in people:
            store.remove(EnvelopeAddress(credential_id, person_id))
