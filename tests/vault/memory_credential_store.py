"""A credential store in memory, for tests of what uses one; it is held to the contract of the real one."""

from collections.abc import Iterable

from app.errors import AppError, SecretTooLongError
from app.models.envelope_address import EnvelopeAddress
from app.vault.sealed_envelope import LARGEST, utf16_size


class MemoryCredentialStore:
    """Keeps envelopes as `CredentialStore` does; every act raises `trouble` while there is any."""

    def __init__(self) -> None:
        self.trouble: AppError | None = None
        self._kept: dict[EnvelopeAddress, str] = {}

    def store(self, address: EnvelopeAddress, envelope: str) -> None:
        if utf16_size(envelope) > LARGEST:
            raise SecretTooLongError(utf16_size(envelope), LARGEST)
        self._ask()
        self._kept[address] = envelope

    def find(self, address: EnvelopeAddress) -> str | None:
        self._ask()
        return self._kept.get(address)

    def kept(self, addresses: Iterable[EnvelopeAddress]) -> frozenset[EnvelopeAddress]:
        return frozenset(address for address in addresses if self.find(address) is not None)

    def remove(self, address: EnvelopeAddress) -> bool:
        self._ask()
        return self._kept.pop(address, None) is not None

    def unlock(self) -> None:
        self._ask()

    def _ask(self) -> None:
        if self.trouble is not None:
            raise self.trouble
