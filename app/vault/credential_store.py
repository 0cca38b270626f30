"""Sealed envelopes in the system's own store of secrets: one entry for each credential and custodian (article 6).

Everything here may take as long as its limit: never call it from the window's thread.
"""

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordDeleteError

from app.errors import (
    AppError,
    EnvelopeInvalidError,
    SecretTooLongError,
    VaultAbsentError,
    VaultLockedError,
    VaultNotKeptError,
    VaultNotRemovedError,
    VaultSilentError,
)
from app.models.envelope_address import EnvelopeAddress
from app.vault.allowed_stores import DESKTOP_STORE, AllowedStore, ServiceDiedError, present_store
from app.vault.sealed_envelope import LARGEST, utf16_size
from app.vault.time_limit import LimitedCalls

_REMOVALS = 8
_LEAST_WAIT = 0.1
_NO_ENTRY = EnvelopeAddress("none", "none")


class CredentialStore:
    """Keeps, finds and removes the envelopes of one unit.

    Every act raises `VaultAbsentError`, `VaultLockedError` or `VaultSilentError`, and never shows a window of the
    system but in `unlock`. Nothing is ever kept anywhere else.
    """

    def __init__(
        self, unit_id: str, find_store: Callable[[float], AllowedStore | None] = present_store, limit: float = 10.0
    ) -> None:
        """Serve one unit; each act ends within `limit` seconds, `unlock` within six times that."""
        self._unit, self._find_store, self._limit = unit_id, find_store, limit
        self._calls = LimitedCalls()

    def store(self, address: EnvelopeAddress, envelope: str) -> None:
        """Keep an envelope in the place of the one before, and read it back.

        Raises `SecretTooLongError` over 2,560 bytes in UTF-16 and `VaultNotKeptError`. After `VaultSilentError`
        the old or the new envelope is kept, and storing again mends it.
        """
        if utf16_size(envelope) > LARGEST:
            raise SecretTooLongError(utf16_size(envelope), LARGEST)
        service, custodian = self._names(address)

        def write(backend: KeyringBackend) -> None:
            backend.set_password(service, custodian, envelope)
            if _read_back(backend, service, custodian) != envelope:
                raise KeyringError("read back something else")

        self._ask(write, "store")

    def find(self, address: EnvelopeAddress) -> str | None:
        """Return the envelope kept on this PC, or None; raises `EnvelopeInvalidError` for what is no text."""
        service, custodian = self._names(address)
        found: str | None = self._ask(lambda backend: backend.get_password(service, custodian), "find")
        return found

    def kept(self, addresses: Iterable[EnvelopeAddress]) -> frozenset[EnvelopeAddress]:
        """Return those of the addresses whose envelopes can be read back on this PC; each read has its own limit."""
        return frozenset(address for address in addresses if self.find(address) is not None)

    def remove(self, address: EnvelopeAddress) -> bool:
        """Remove an envelope; return whether there was one. Raises `VaultNotRemovedError`."""
        service, custodian = self._names(address)

        def clear(backend: KeyringBackend) -> bool:
            if backend.get_password(service, custodian) is None:
                return False
            # Another program may have put a second one under the same name.
            for _ in range(_REMOVALS):
                backend.delete_password(service, custodian)
                if _read_back(backend, service, custodian) is None:
                    return True
            raise PasswordDeleteError("still there")

        return bool(self._ask(clear, "remove"))

    def unlock(self) -> None:
        """Let the system show its own window in which its owner unlocks the store, and wait for the answer."""

        def show(backend: KeyringBackend) -> None:
            ask = getattr(backend, "ask_to_unlock", None)
            if ask is not None:
                ask()
            else:
                # The other systems show their window whenever something is read.
                backend.get_password(*self._names(_NO_ENTRY))

        try:
            self._ask(show, "find", 6 * self._limit)
        except VaultSilentError as unanswered:
            raise VaultLockedError(unanswered.store) from None

    def _names(self, address: EnvelopeAddress) -> tuple[str, str]:
        return f"xianshen/{self._unit}/{address.credential_id}", address.custodian_id

    def _ask(self, work: Callable[[KeyringBackend], Any], act: str, limit: float | None = None) -> Any:
        """Do something in the store that is there now, and tell its errors in ours; `act` is the verb."""
        end = time.monotonic() + (limit or self._limit)
        try:
            store = self._find_store(end - time.monotonic())
        except TimeoutError:
            raise VaultSilentError(DESKTOP_STORE, act) from None
        if store is None:
            raise VaultAbsentError(sys.platform)
        left = max(end - time.monotonic(), _LEAST_WAIT)
        faults: tuple[type[Exception], ...] = (
            KeyringError,
            TimeoutError,
            ServiceDiedError,
            UnicodeDecodeError,
            *store.refusals,
        )
        try:
            if store.ends_itself:
                return work(store.build(left))
            return self._calls.wait(lambda: work(store.build(left)), left)
        except faults as fault:
            raise _told(fault, store.name, act) from None


def _read_back(backend: KeyringBackend, service: str, custodian: str) -> str | None:
    """Read what is kept after a change; where that fails, the change may be done or not."""
    try:
        return backend.get_password(service, custodian)
    except (KeyringError, UnicodeDecodeError):
        raise ServiceDiedError from None


def _told(fault: Exception, store: str, act: str) -> AppError:
    match fault:
        case KeyringLocked():
            return VaultLockedError(store)
        case InitError() | NoKeyringError():
            return VaultAbsentError(sys.platform)
        case TimeoutError() | ServiceDiedError():
            return VaultSilentError(store, act)
        case UnicodeDecodeError():
            return EnvelopeInvalidError("damaged")
    if act == "store":
        return VaultNotKeptError(store)
    return VaultNotRemovedError(store) if act == "remove" else VaultSilentError(store)
