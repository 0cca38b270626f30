"""Whether the PC has a store of secrets is told truly, without a session bus too."""

import sys

import pytest

from app.vault.secret_store_presence import secret_store_name


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is Linux's")
def test_without_a_session_there_is_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert secret_store_name() == ""
