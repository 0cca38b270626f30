"""The stores of secrets that may be used, each built by its class: the one list, for the vault and for the doctor.

Never keyring's own choice: an environment variable or `keyringrc.cfg` can swap it for one that keeps nothing or
keeps it plainly, and `KEYRING_PROPERTY_…` can send a good one elsewhere (into memory, to another wallet).
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from keyring.backend import KeyringBackend

from app.errors import VaultAbsentError

DESKTOP_STORE = "桌面密钥环"
_APPLICATION = "xianshen"
_CLASSES = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "app.vault.secret_service.PromptlessSecretService",
    }
)


@dataclass(frozen=True)
class AllowedStore:
    """A store of secrets of this system: its `name` on screen, and what builds it, given a limit in seconds.

    `ends_itself` says that each call of the backend ends within the limit; any other is left behind on a thread.
    `refusals` are the errors of the system's own library.
    """

    name: str
    build: Callable[[float], KeyringBackend]
    ends_itself: bool = False
    refusals: tuple[type[Exception], ...] = ()


class ServiceDiedError(Exception):
    """The service or the bus went away in the middle of a call: what the call asked for may or may not be done."""


def present_store(limit: float) -> AllowedStore | None:
    """Return the store of this system, or None; nothing in it is touched.

    Raises `TimeoutError` when the desktop's store does not answer within the limit (seconds).
    """
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _mac()
    return _desktop(limit) or _kde()


def built(kind: type[KeyringBackend]) -> KeyringBackend:
    """Build a backend without what the environment says about it; refuse any class that is not on the list."""
    if f"{kind.__module__}.{kind.__name__}" not in _CLASSES:
        raise VaultAbsentError(sys.platform)
    backend = kind()
    vars(backend).clear()
    return backend


def windows_keyring(_limit: float) -> KeyringBackend:
    """Build the store of Windows, whose entries stay on this PC: else they travel with a roaming profile."""
    from keyring.backends.Windows import WinVaultKeyring

    backend = built(WinVaultKeyring)
    setattr(backend, "persist", "local machine")  # noqa: B010 - the class declares how it is read, not how it is set
    return backend


def mac_keyring(_limit: float) -> KeyringBackend:
    """Build the store of macOS."""
    from keyring.backends.macOS import Keyring

    backend = built(Keyring)
    # The class takes another file from the environment.
    vars(backend)["keychain"] = None
    return backend


def kde_keyring(_limit: float) -> KeyringBackend:
    """Build the wallet of KDE, which keyring reaches by the library dbus-python."""
    from keyring.backends.kwallet import DBusKeyring

    backend = built(DBusKeyring)
    vars(backend).update(handle=-1, appid=_APPLICATION)
    return backend


def desktop_keyring(limit: float) -> KeyringBackend:
    """Build the Secret Service of a Linux desktop; every call ends so many seconds from now."""
    from app.vault.secret_service import PromptlessSecretService

    backend = built(PromptlessSecretService)
    vars(backend).update(end=time.monotonic() + limit, appid=_APPLICATION)
    return backend


def _windows() -> AllowedStore | None:
    from keyring.backends.Windows import WinVaultKeyring

    if not WinVaultKeyring.viable:
        return None
    windows = import_module(WinVaultKeyring.__module__)
    return AllowedStore("Windows 凭据管理器", windows_keyring, refusals=(windows.pywintypes.error,))


def _mac() -> AllowedStore | None:
    from keyring.backends.macOS import Keyring

    return AllowedStore("系统钥匙串", mac_keyring) if Keyring.viable else None


def _desktop(limit: float) -> AllowedStore | None:
    from app.vault.secret_service import is_reachable

    return AllowedStore(DESKTOP_STORE, desktop_keyring, ends_itself=True) if is_reachable(limit) else None


def _kde() -> AllowedStore | None:
    from keyring.backends.kwallet import DBusKeyring

    if not DBusKeyring.viable:
        return None
    return AllowedStore("KDE 密码库", kde_keyring, refusals=(import_module("dbus").DBusException,))
