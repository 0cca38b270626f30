"""A real gnome-keyring locked, silent, killed or absent: it refuses or works, and loses nothing unsaid."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from keyring.errors import KeyringLocked

from app.errors import AppError, VaultAbsentError, VaultLockedError, VaultSilentError
from app.models.envelope_address import EnvelopeAddress
from app.vault.allowed_stores import desktop_keyring
from app.vault.credential_store import CredentialStore
from app.vault.secret_store_presence import secret_store_name
from tests.vault.keyring_session import Session, needs_keyring, secretstorage, session, until

from app.vault.secret_service import EndingConnection, PromptlessSecretService  # isort: skip - Linux only, as keyring_session is

pytestmark = needs_keyring
LIN = EnvelopeAddress("account", "person-lin")
STORE = "桌面密钥环"
ACTS = ("store", "find", "kept", "remove")


def done(store: CredentialStore, act: str) -> None:
    """Do one of the acts of a store."""
    if act == "store":
        store.store(LIN, "new")
    elif act == "kept":
        store.kept([LIN])
    else:
        getattr(store, act)(LIN)


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Session]:
    with session(tmp_path) as opened:
        opened.start_keyring()
        yield opened


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Session]:
    """Give a session bus without any service on it."""
    with session(tmp_path, bare=True) as opened:
        yield opened


def silent_prompter(opened: Session) -> None:
    """Put somebody on the bus who takes the place of the window and never answers."""
    code = (
        "from jeepney.io.blocking import open_dbus_connection, Proxy\n"
        "from jeepney.bus_messages import message_bus\n"
        "connection = open_dbus_connection()\n"
        "Proxy(message_bus, connection).RequestName('org.gnome.keyring.SystemPrompter')\n"
        "while True:\n    print(connection.receive(), flush=True)\n"
    )
    opened.start([sys.executable, "-c", code])
    until(lambda: opened.owner("org.gnome.keyring.SystemPrompter"))


# ---- locked -------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_a_locked_keyring_is_told_at_once_and_no_window_is_waited_for(desktop: Session, act: str) -> None:
    silent_prompter(desktop)
    store = CredentialStore("unit")
    store.store(LIN, "old")
    desktop.lock()
    began = time.monotonic()
    with pytest.raises(VaultLockedError) as told:
        done(store, act)
    assert time.monotonic() - began < 5
    assert told.value.store == STORE
    desktop.signal(signal.SIGKILL)
    desktop.start_keyring()
    assert store.find(LIN) == "old"


def test_an_item_that_is_locked_by_itself_is_refused_without_asking(desktop: Session) -> None:
    class Locked:
        def is_locked(self) -> bool:
            return True

        def unlock(self) -> None:
            raise AssertionError("asked")

    backend = desktop_keyring(5.0)
    assert isinstance(backend, PromptlessSecretService)
    with pytest.raises(KeyringLocked):
        backend.unlock(Locked())  # type: ignore[arg-type]


def test_an_unlocking_that_nobody_answers_ends(desktop: Session) -> None:
    silent_prompter(desktop)
    desktop.lock()
    began = time.monotonic()
    with pytest.raises(VaultLockedError):
        CredentialStore("unit", limit=0.3).unlock()
    assert time.monotonic() - began < 8


def test_without_a_display_to_ask_on_the_keyring_stays_locked(desktop: Session) -> None:
    desktop.lock()
    with pytest.raises(VaultLockedError):
        CredentialStore("unit").unlock()


def test_keyring_itself_waits_for_ever_where_ours_does_not(desktop: Session) -> None:
    """The control: the window that nobody answers does hold keyring's own class."""
    silent_prompter(desktop)
    desktop.lock()
    code = "from keyring.backends.SecretService import Keyring; Keyring().get_password('a', 'b')"
    waiting = desktop.start([sys.executable, "-c", code])
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(3)


# ---- silent and killed --------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_a_keyring_that_hangs_is_given_up_and_mends(desktop: Session, act: str) -> None:
    store = CredentialStore("unit", limit=1.0)
    store.store(LIN, "old")
    desktop.signal(signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(VaultSilentError) as told:
        done(store, act)
    assert time.monotonic() - began < 8
    assert (told.value.store, told.value.act) == (STORE, "find" if act == "kept" else act)
    desktop.signal(signal.SIGCONT)
    patient = CredentialStore("unit")
    patient.store(LIN, "again")
    assert patient.find(LIN) == "again"


def test_a_bus_that_hangs_is_given_up(desktop: Session) -> None:
    store = CredentialStore("unit", limit=1.0)
    bus = desktop.bus_pid()
    os.kill(bus, signal.SIGSTOP)
    try:
        began = time.monotonic()
        with pytest.raises(VaultSilentError):
            store.store(LIN, "new")
        assert time.monotonic() - began < 8
        assert secret_store_name() == ""
    finally:
        os.kill(bus, signal.SIGCONT)
    store.store(LIN, "again")
    assert store.find(LIN) == "again"


class Fate:
    """Does something to the keyring at the n-th message that is sent to it."""

    def __init__(self, patch: pytest.MonkeyPatch, opened: Session, at: int, *, after: bool) -> None:
        self.sent = 0
        self._send = EndingConnection.send
        self._at, self._after, self._pid = at, after, opened.owner()

        def passed(connection: Any, message: Any, serial: Any = None) -> None:
            self._passed(connection, message, serial)

        patch.setattr(EndingConnection, "send", passed)
        patch.setattr(EndingConnection, "send_message", passed)

    def _passed(self, connection: Any, message: Any, serial: Any) -> None:
        self.sent += 1
        if self.sent == self._at and not self._after:
            os.kill(self._pid, signal.SIGKILL)
        elif self.sent == self._at:
            # It has the message, and dies before it can have answered.
            os.kill(self._pid, signal.SIGSTOP)
        self._send(connection, message, serial)
        if self.sent == self._at and self._after:
            os.kill(self._pid, signal.SIGKILL)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("act", ["store", pytest.param("remove", marks=pytest.mark.release)])
def test_a_keyring_killed_at_any_message_never_seems_to_have_done_what_it_did_not(
    tmp_path: Path, act: str, after: bool
) -> None:
    violations, trials, ended = list[str](), 0, False
    with session(tmp_path) as opened:
        while not ended:
            trials += 1
            opened.start_keyring()
            store = CredentialStore("unit", limit=5.0)
            store.store(LIN, "old")
            told: AppError | None = None
            with pytest.MonkeyPatch.context() as patch:
                fate = Fate(patch, opened, trials, after=after)
                try:
                    done(store, act)
                except (VaultSilentError, VaultLockedError, VaultAbsentError) as error:
                    told = error
                ended = fate.sent < trials
            opened.kill_keyring()
            opened.start_keyring()
            new = "new" if act == "store" else None
            # Locked or absent is said only where nothing was done, silence where nobody knows.
            possible = {new} if told is None else {"old", new} if isinstance(told, VaultSilentError) else {"old"}
            if (found := store.find(LIN)) not in possible:
                violations.append(f"at message {trials}: told {told!r}, found {found}")
            done(store, act)
            if store.find(LIN) != new:
                violations.append(f"at message {trials}: not healed")
            opened.kill_keyring()
    moment = "after" if after else "before"
    print(f"{act}, keyring killed {moment} a message: {trials} trials, {len(violations)} violations")
    assert violations == []
    assert trials > 20


# ---- absent -------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_a_session_without_a_keyring_is_told(bare: Session, act: str) -> None:
    with pytest.raises(VaultAbsentError):
        done(CredentialStore("unit"), act)
    assert secret_store_name() == ""


@pytest.mark.parametrize("address", [None, "", "nonsense", "unix:path=/nonexistent", "tcp:host=localhost,port=1"])
def test_without_a_session_bus_the_store_is_absent(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    for act in ACTS:
        with pytest.raises(VaultAbsentError):
            done(CredentialStore("unit"), act)
    with pytest.raises(VaultAbsentError):
        CredentialStore("unit").unlock()


def test_a_keyring_whose_default_collection_forgets_at_log_out_keeps_nothing(desktop: Session) -> None:
    from secretstorage.defines import SS_PATH
    from secretstorage.util import SERVICE_IFACE, DBusAddressWrapper

    memory = "/org/freedesktop/secrets/collection/session"
    desktop.asked(lambda c: DBusAddressWrapper(SS_PATH, SERVICE_IFACE, c).call("SetAlias", "so", "default", memory))
    assert desktop.asked(lambda c: secretstorage.get_default_collection(c).is_locked()) is False
    with pytest.raises(VaultAbsentError):
        CredentialStore("unit").store(LIN, "new")


# ---- two at once --------------------------------------------------------------------------------


def test_two_processes_store_at_once_and_nothing_is_lost(desktop: Session) -> None:
    code = (
        "import sys\n"
        "from app.models.envelope_address import EnvelopeAddress\n"
        "from app.vault.credential_store import CredentialStore\n"
        "store, me = CredentialStore('unit'), sys.argv[1]\n"
        "for number in range(25):\n"
        "    store.store(EnvelopeAddress(f'account {number}', me), f'{me} {number}')\n"
        "    try:\n"
        "        store.store(EnvelopeAddress('shared', 'both'), f'{me} {number}')\n"
        "    except Exception as error:\n"
        "        assert type(error).__name__ == 'VaultNotKeptError', error\n"
    )
    people = ("lin", "chen")
    running = [
        subprocess.Popen([sys.executable, "-c", code, who], env={**desktop.environment, "PYTHONPATH": str(Path.cwd())})
        for who in people
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    store = CredentialStore("unit")
    for who in people:
        for number in range(25):
            assert store.find(EnvelopeAddress(f"account {number}", who)) == f"{who} {number}"
    assert store.find(EnvelopeAddress("shared", "both")) in {"lin 24", "chen 24"}
    assert store.remove(EnvelopeAddress("shared", "both"))
    assert store.find(EnvelopeAddress("shared", "both")) is None
