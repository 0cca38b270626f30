"""The custodians' envelopes: sealed to their keys, put into the system's store of secrets, opened by one of them."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Protocol

from app.errors import CredentialMissingHereError, CustodianUnfitError
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

    def seal(self, credential_id: str, password: Secret, keys: dict[str, bytes]) -> tuple[Envelope, ...]:
        """Put an envelope into the store for each custodian; each was read back when this returns."""
        store, now = self.store(), self._room.now()
        for person_id, key in keys.items():
            address = EnvelopeAddress(credential_id, person_id)
            store.store(address, seal(password, key, address))
        return tuple(Envelope(person_id, now, sha256(key).hexdigest()) for person_id, key in keys.items())

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
