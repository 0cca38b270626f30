"""The parts of the Windows credential manager that keyring calls, in memory, with the limits of the real one."""
# ruff: noqa: N802, N803 - the names are those of Windows

from typing import Any

import pytest
from keyring.backends import Windows

CRED_MAX_CREDENTIAL_BLOB_SIZE = 5 * 512


class RefusedError(Exception):
    """pywintypes.error"""

    def __init__(self, winerror: int, funcname: str) -> None:
        super().__init__(winerror, funcname)
        self.winerror, self.funcname = winerror, funcname


class WindowsVault:
    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_SESSION, CRED_PERSIST_LOCAL_MACHINE, CRED_PERSIST_ENTERPRISE = 1, 2, 3
    error = RefusedError

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.is_forbidden = False
        patch.setattr(Windows, "win32cred", self, raising=False)
        patch.setattr(Windows, "pywintypes", self, raising=False)

    def CredRead(self, Type: int, TargetName: str) -> dict[str, Any]:
        if TargetName not in self.kept:
            raise RefusedError(1168, "CredRead")
        return dict(self.kept[TargetName])

    def CredWrite(self, credential: dict[str, Any], _flags: int) -> None:
        blob = credential["CredentialBlob"].encode("utf-16-le")
        if self.is_forbidden:
            raise RefusedError(1312, "CredWrite")
        if len(blob) > CRED_MAX_CREDENTIAL_BLOB_SIZE:
            raise RefusedError(1783, "CredWrite")
        self.kept[credential["TargetName"]] = {**credential, "CredentialBlob": blob}

    def CredDelete(self, Type: int, TargetName: str) -> None:
        if TargetName not in self.kept:
            raise RefusedError(1168, "CredDelete")
        del self.kept[TargetName]
