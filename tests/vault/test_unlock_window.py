"""The desktop's own window for unlocking: shown when asked for, answered by its owner, taken away after the limit."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import VaultLockedError
from app.models.envelope_address import EnvelopeAddress
from app.vault.credential_store import CredentialStore
from tests.vault.keyring_session import LOGIN, Session, needs_keyring, session, until

pytestmark = [
    needs_keyring,
    pytest.mark.skipif(
        any(shutil.which(part) is None for part in ("Xvfb", "xdotool"))
        or not Path("/usr/libexec/gcr-prompter").exists(),
        reason="Xvfb, xdotool or gcr-prompter is not installed",
    ),
]
ADDRESS = EnvelopeAddress("account", "person")


@pytest.fixture
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading, "r", encoding="ascii") as pipe:
        number = f":{pipe.readline().strip()}"
    yield number
    server.terminate()
    server.wait()


@pytest.fixture
def locked(tmp_path: Path, display: str) -> Iterator[Session]:
    """Give a session whose keyring holds an envelope and is locked."""
    with session(tmp_path, display=display) as opened:
        opened.start_keyring()
        CredentialStore("unit").store(ADDRESS, "envelope")
        opened.lock()
        yield opened


def windows(opened: Session) -> set[str]:
    command = ["xdotool", "search", "--onlyvisible", "--class", "gcr-prompter"]
    return set(
        subprocess.run(command, env=opened.environment, capture_output=True, text=True, check=False).stdout.split()
    )


def pressed(opened: Session, *keys: str) -> None:
    subprocess.run(["xdotool", *keys], env=opened.environment, check=True)


def asked_in_background(store: CredentialStore, answers: list[str]) -> threading.Thread:
    def ask() -> None:
        try:
            store.unlock()
        except VaultLockedError:
            answers.append("locked")
        else:
            answers.append("open")

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_reading_shows_no_window_and_unlocking_does(locked: Session) -> None:
    store, answers = CredentialStore("unit"), list[str]()
    with pytest.raises(VaultLockedError):
        store.find(ADDRESS)
    assert locked.owner("org.gnome.keyring.SystemPrompter") == 0
    waiting = asked_in_background(store, answers)
    until(lambda: windows(locked))
    # A wrong word leaves the window open; the right one ends it.
    pressed(locked, "type", "wrong")
    pressed(locked, "key", "Return")
    pressed(locked, "key", "Escape")
    waiting.join(20)
    assert answers == ["locked"]
    until(lambda: not windows(locked))
    waiting = asked_in_background(store, answers)
    until(lambda: windows(locked))
    pressed(locked, "type", LOGIN)
    pressed(locked, "key", "Return")
    waiting.join(20)
    assert answers == ["locked", "open"]
    assert store.find(ADDRESS) == "envelope"


def test_a_window_that_nobody_answers_is_taken_away(locked: Session) -> None:
    answers = list[str]()
    waiting = asked_in_background(CredentialStore("unit", limit=2.0), answers)
    until(lambda: windows(locked))
    waiting.join(30)
    assert answers == ["locked"]
    until(lambda: not windows(locked))


def test_where_no_keyring_was_ever_made_the_window_makes_one(tmp_path: Path, display: str) -> None:
    """The bus starts the service by itself, as on a desktop that signs in without a password."""
    with session(tmp_path, display=display) as opened:
        store, answers = CredentialStore("unit"), list[str]()
        for act in (store.find, store.remove, lambda address: store.store(address, "envelope")):
            with pytest.raises(VaultLockedError):
                act(ADDRESS)
        assert not windows(opened)
        waiting = asked_in_background(store, answers)
        until(lambda: windows(opened))
        for key in (LOGIN, "Tab", LOGIN, "Return"):
            pressed(opened, *(("type", key) if key is LOGIN else ("key", key)))
        waiting.join(60)
        assert answers == ["open"]
        store.store(ADDRESS, "envelope")
        assert store.find(ADDRESS) == "envelope"
        assert [path.name for path in opened.files.glob("*.keyring")] != []
