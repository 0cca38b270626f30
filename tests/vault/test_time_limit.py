"""A call without an end is given up, holds back the next one until it ended, and does not hold up the program."""

import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from app.errors import VaultSilentError
from app.models.envelope_address import EnvelopeAddress
from app.vault.allowed_stores import AllowedStore, windows_keyring
from app.vault.credential_store import CredentialStore
from app.vault.time_limit import LimitedCalls
from tests.vault.windows_vault import WindowsVault

LIN = EnvelopeAddress("account", "person-lin")


def test_an_answer_and_an_error_come_through() -> None:
    calls = LimitedCalls()
    assert calls.wait(lambda: 7, 10) == 7
    with pytest.raises(ZeroDivisionError):
        calls.wait(lambda: 1 / 0, 10)
    assert calls.wait(lambda: None, 10) is None


def test_a_call_without_an_end_is_given_up_and_none_begins_before_it_ended() -> None:
    calls, free, begun = LimitedCalls(), Event(), list[str]()
    with pytest.raises(TimeoutError):
        calls.wait(lambda: free.wait(20), 0.05)
    with pytest.raises(TimeoutError):
        calls.wait(lambda: begun.append("overtaken"), 0.05)
    assert begun == []
    free.set()
    calls.wait(lambda: begun.append("in turn"), 20)
    assert begun == ["in turn"]


def test_a_late_write_does_not_overtake_the_one_that_heals_it(monkeypatch: pytest.MonkeyPatch) -> None:
    vault, free = WindowsVault(monkeypatch), Event()
    written = vault.CredWrite

    def slow(credential: dict[str, object], flags: int) -> None:
        free.wait(20)
        written(credential, flags)

    store = CredentialStore("unit", lambda _limit: AllowedStore("Windows 凭据管理器", windows_keyring), limit=0.1)
    monkeypatch.setattr(vault, "CredWrite", slow, raising=False)
    for text in ("first", "second"):
        with pytest.raises(VaultSilentError) as told:
            store.store(LIN, text)
        assert told.value.act == "store"
    assert store._calls._turn.locked()
    free.set()
    store._limit = 20
    store.store(LIN, "third")
    assert store.find(LIN) == "third"


def test_a_hung_call_does_not_keep_the_program_from_ending() -> None:
    code = (
        "from threading import Event\n"
        "from app.vault.time_limit import LimitedCalls\n"
        "try:\n    LimitedCalls().wait(Event().wait, 0.1)\nexcept TimeoutError:\n    print('given up')\n"
    )
    began = time.monotonic()
    home = Path(__file__).parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=home, capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout == "given up\n"
    assert answer.stderr == ""
    assert time.monotonic() - began < 30
