"""The calls that keyring makes of the macOS keychain, in memory."""

import pytest
from keyring.backends import macOS


class RefusedError(Exception):
    """api.Error"""


class MissingError(RefusedError):
    """api.NotFound"""


class DeniedError(RefusedError):
    """api.KeychainDenied"""


class MacKeychain:
    Error, NotFound, KeychainDenied = RefusedError, MissingError, DeniedError

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.is_locked = False
        self._kept: dict[tuple[str, str], str] = {}
        patch.setattr(macOS, "api", self, raising=False)
        # What the class takes from the environment when it is loaded.
        patch.setattr(macOS.Keyring, "keychain", "/somewhere/else.keychain")

    def find_generic_password(self, keychain: None, service: str, username: str) -> str:
        self._open(keychain)
        try:
            return self._kept[service, username]
        except KeyError:
            raise MissingError from None

    def set_generic_password(self, keychain: None, service: str, username: str, password: str) -> None:
        self._open(keychain)
        self._kept[service, username] = password

    def delete_generic_password(self, keychain: None, service: str, username: str) -> None:
        self._open(keychain)
        if self._kept.pop((service, username), None) is None:
            raise MissingError

    def _open(self, keychain: None) -> None:
        assert keychain is None
        if self.is_locked:
            raise DeniedError
