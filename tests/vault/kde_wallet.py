"""The calls that keyring makes of the KDE wallet over dbus-python, in memory."""
# ruff: noqa: N802 - the names are those of the wallet

from typing import Any

import pytest
from keyring.backends import kwallet


class KdeWallet:
    class DBusException(Exception):  # noqa: N818 - the name is dbus-python's
        """dbus.DBusException"""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.is_locked = False
        self.is_full = False
        self._kept: dict[tuple[str, str], str] = {}
        patch.setattr(kwallet, "dbus", self, raising=False)
        patch.setattr(kwallet, "DBusGMainLoop", lambda: None, raising=False)

    # ---- dbus-python ------------------------------------------------------------------------------

    def SessionBus(self, mainloop: None) -> "KdeWallet":
        return self

    def get_object(self, _bus: str, _path: str) -> "KdeWallet":
        return self

    def Interface(self, wallet: Any, name: str) -> "KdeWallet":
        assert name == "org.kde.KWallet"
        return self

    # ---- the wallet -------------------------------------------------------------------------------

    def networkWallet(self) -> str:
        return "kdewallet"

    def open(self, _wallet: str, _window: int, application: str) -> int:
        assert application == "xianshen"
        return -1 if self.is_locked else 7

    def isOpen(self, _handle: int) -> bool:
        return not self.is_locked

    def hasFolder(self, _handle: int, _folder: str, _application: str) -> bool:
        return False

    def readPasswordList(self, *_given: object) -> dict[str, str]:
        return {}

    def removeFolder(self, *_given: object) -> None:
        pass

    def hasEntry(self, _handle: int, folder: str, key: str, _application: str) -> bool:
        return (folder, key) in self._kept

    def readPassword(self, _handle: int, folder: str, key: str, _application: str) -> str:
        return self._kept.get((folder, key), "")

    def writePassword(self, _handle: int, folder: str, key: str, text: str, _application: str) -> int:
        if self.is_full:
            return -1
        self._kept[folder, key] = text
        return 0

    def removeEntry(self, _handle: int, folder: str, key: str, _application: str) -> int:
        del self._kept[folder, key]
        return 0
