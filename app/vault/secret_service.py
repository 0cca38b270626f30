"""The store of secrets of a Linux desktop, asked over D-Bus without ever waiting longer than it may.

keyring's own class asks the system to unlock a locked store, or to make a missing one, and waits for that window for
ever; so does any call to a service that hangs. Here each connection has an end, and only `unlock` shows the window.
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import secretstorage
from jeepney import DBusErrorResponse
from jeepney.bus import get_bus
from jeepney.io.blocking import DBusConnection, prep_socket
from keyring.backends.SecretService import Keyring
from keyring.errors import InitError, KeyringLocked
from secretstorage.collection import COLLECTION_IFACE, SERVICE_IFACE, SESSION_COLLECTION, get_collection_by_alias
from secretstorage.defines import SS_PATH
from secretstorage.exceptions import (
    ItemNotFoundException,
    LockedException,
    PromptDismissedException,
    SecretServiceNotAvailableException,
)
from secretstorage.util import PROMPT_IFACE, DBusAddressWrapper, add_match_rules, exec_prompt

from app.vault.allowed_stores import ServiceDiedError

_NO_REPLY = "org.freedesktop.DBus.Error.NoReply"
_TIMED_OUT = "org.freedesktop.DBus.Error.TimedOut"
_IS_LOCKED = "org.freedesktop.Secret.Error.IsLocked"
_NO_WINDOW = "/"
_GRACE = 2.0
_APPLICATION = "xianshen"


class EndingConnection(DBusConnection):  # type: ignore[misc]
    """A connection to the session bus on which no wait lasts beyond an end (`TimeoutError`)."""

    def __init__(self, limit: float) -> None:
        """Connect; the end is so many seconds from now."""
        if limit <= 0:
            raise TimeoutError
        self._end = time.monotonic() + limit
        sock = prep_socket(get_bus("SESSION"), timeout=min(limit, 2.0))
        sock.settimeout(limit)
        try:
            super().__init__(sock)
            add_match_rules(self)
        except BaseException:
            sock.close()
            raise

    def lengthen(self, seconds: float) -> None:
        """Put the end off, to so many seconds from now."""
        self._end = time.monotonic() + seconds

    def receive(self, *, timeout: float | None = None) -> Any:
        """Return the next message, or raise `TimeoutError` when the connection's end has come."""
        left = max(self._end - time.monotonic(), 0.0)
        return super().receive(timeout=left if timeout is None else min(timeout, left))


class PromptlessSecretService(Keyring):
    """keyring's Secret Service without its windows, and with an `end` (of the monotonic clock) for all its calls.

    Raises `InitError` (there is none), `KeyringLocked`, `TimeoutError` and `ServiceDiedError`.
    """

    end = 0.0

    def get_preferred_collection(self) -> secretstorage.Collection:
        """Return the default collection, open, on a connection of its own that the caller closes."""
        connection = _connect(self.end - time.monotonic())
        try:
            with _told(began=False):
                collection = _default(connection)
                if collection is None or collection.is_locked():
                    raise KeyringLocked("locked")
        except BaseException:
            connection.close()
            raise
        return collection

    def unlock(self, item: secretstorage.Item) -> None:
        """Refuse an item that is locked by itself."""
        if item.is_locked():
            raise KeyringLocked("an item is locked")

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept under a name, or None."""
        with _told():
            found: str | None = super().get_password(service, username)  # type: ignore[no-untyped-call]
            return found

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text under a name, in the place of what was there."""
        with _told():
            super().set_password(service, username, password)  # type: ignore[no-untyped-call]

    def delete_password(self, service: str, username: str) -> None:
        """Remove what is kept under a name."""
        with _told():
            super().delete_password(service, username)  # type: ignore[no-untyped-call]

    def ask_to_unlock(self) -> None:
        """Show the system's own window in which its owner unlocks the store, or makes one; take it away at the end."""
        with closing(_connect(self.end - time.monotonic())) as connection, _told():
            service = DBusAddressWrapper(SS_PATH, SERVICE_IFACE, connection)
            collection = _default(connection)
            if collection is None:
                label = {f"{COLLECTION_IFACE}.Label": ("s", _APPLICATION)}
                _, window = service.call("CreateCollection", "a{sv}s", label, "default")
            else:
                _, window = service.call("Unlock", "ao", [collection.collection_path])
            if window != _NO_WINDOW:
                _show(connection, window)
            collection = collection or _default(connection)
            if collection is None or collection.is_locked():
                raise KeyringLocked("the window was dismissed")


def _show(connection: EndingConnection, window: str) -> None:
    """Show a window of the system until somebody answers it."""
    try:
        exec_prompt(connection, window)
    except TimeoutError:
        # It would stay on the screen and unlock the store long after this program gave up.
        connection.lengthen(_GRACE)
        DBusAddressWrapper(window, PROMPT_IFACE, connection).call("Dismiss", "")
        raise


def is_reachable(limit: float) -> bool:
    """Say whether the session has a Secret Service, or raise `TimeoutError`."""
    try:
        _connect(limit).close()
    except InitError:
        return False
    return True


def _connect(limit: float) -> EndingConnection:
    """Connect to a session bus that has a Secret Service; raises `InitError` (none) or `TimeoutError` (silent)."""
    try:
        connection = EndingConnection(limit)
    except TimeoutError:
        raise
    except (KeyError, ValueError, StopIteration, OSError, RuntimeError, DBusErrorResponse) as gone:
        raise InitError("no session bus") from gone
    try:
        if not secretstorage.check_service_availability(connection):
            raise InitError("no secret service")
    except (ConnectionError, DBusErrorResponse) as gone:
        connection.close()
        raise InitError("the session bus is gone") from gone
    except BaseException:
        connection.close()
        raise
    return connection


def _default(connection: EndingConnection) -> secretstorage.Collection | None:
    """Return the collection in which new secrets go, or None; one that lives in memory alone is no place for them."""
    try:
        collection = get_collection_by_alias(connection, "default")
    except ItemNotFoundException:
        return None
    if collection.collection_path == SESSION_COLLECTION:
        raise InitError("the default collection forgets at log-out")
    return collection


@contextmanager
def _told(*, began: bool = True) -> Iterator[None]:
    """Tell the errors of D-Bus in keyring's words; once the work `began`, it may be done or not."""
    try:
        yield
    except (LockedException, PromptDismissedException) as locked:
        raise KeyringLocked("locked") from locked
    except (SecretServiceNotAvailableException, ItemNotFoundException, DBusErrorResponse) as fault:
        name = _error_name(fault)
        if name == _IS_LOCKED:
            raise KeyringLocked("locked") from fault
        if not began and name not in {_NO_REPLY, _TIMED_OUT}:
            raise InitError("no secret service") from fault
        raise ServiceDiedError from fault
    except TimeoutError:
        raise
    except OSError as fault:
        raise ServiceDiedError from fault


def _error_name(fault: Exception) -> str:
    named = fault if isinstance(fault, DBusErrorResponse) else fault.__cause__
    return str(getattr(named, "name", ""))
