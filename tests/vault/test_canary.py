"""One password goes through the vault, and stands nowhere afterwards: not in the keyring's files, not in the log."""

import logging
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.errors import AppError
from app.logs import start_log
from app.models.envelope_address import EnvelopeAddress
from app.models.secret import Secret
from app.vault.credential_store import CredentialStore
from app.vault.password_strength import judged
from app.vault.sealed_envelope import open_envelope, seal
from tests.test_secrets import sought
from tests.vault.keyring_session import Session, needs_keyring, session

CANARY = "kanarie-Mima-4471-jinan!"
ADDRESS = EnvelopeAddress("account", "person-lin")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[logging.Logger]:
    """Let every library speak into the program's own log, as loudly as it can."""
    ours, root = logging.getLogger("xianshen"), logging.getLogger()
    before, level = list(ours.handlers), root.level
    ours.handlers.clear()
    started = start_log(tmp_path / "log")
    root.setLevel(logging.DEBUG)
    started.setLevel(logging.DEBUG)
    root.addHandler(started.handlers[0])
    yield started
    root.removeHandler(started.handlers[0])
    root.setLevel(level)
    started.setLevel(logging.INFO)
    for handler in started.handlers:
        handler.close()
    ours.handlers[:] = before


def through_everything(opened: Session, log: logging.Logger) -> str:
    """Judge, seal, store, fail and open, and log each failure with its trace; return the envelope."""
    secret, key = Secret(CANARY), X25519PrivateKey.generate()
    judged(secret, ("晋安示例",))
    envelope = seal(secret, key.public_key().public_bytes_raw(), ADDRESS)
    store = CredentialStore("unit", limit=1.0)
    store.store(ADDRESS, envelope)
    assert open_envelope(store.find(ADDRESS) or "", key.private_bytes_raw(), ADDRESS) == secret
    log.info("stored %s %r", secret, {"password": secret})

    def stopped() -> None:
        opened.signal(signal.SIGSTOP)
        try:
            store.store(ADDRESS, envelope)
        finally:
            opened.signal(signal.SIGCONT)

    def locked() -> None:
        opened.lock()
        store.store(ADDRESS, envelope)

    trials = [
        lambda: seal(Secret(CANARY * 40), key.public_key().public_bytes_raw(), ADDRESS),
        lambda: seal(secret, b"", ADDRESS),
        lambda: open_envelope(envelope, X25519PrivateKey.generate().private_bytes_raw(), ADDRESS),
        lambda: Secret(CANARY + "\n"),
        stopped,
        locked,
    ]
    failed = 0
    for trial in trials:
        try:
            trial()
        except AppError:
            log.exception("failed")
            failed += 1
    assert failed == len(trials)
    return envelope


@needs_keyring
def test_a_password_stands_nowhere_in_the_clear(tmp_path: Path, log: logging.Logger) -> None:
    home = tmp_path / "home"
    with session(home) as opened:
        opened.start_keyring()
        envelope = through_everything(opened, log)
    kept = opened.files / "login.keyring"
    assert kept.stat().st_size > len(envelope)
    assert (tmp_path / "log" / "xianshen.log").stat().st_size > 1000
    # The keyring's own files hold neither the password nor the envelope.
    found = sought([CANARY, envelope, ADDRESS.custodian_id + CANARY], tmp_path)
    files = sum(path.is_file() for path in tmp_path.rglob("*"))
    print(f"files searched for the password: {files} trials, {len(found)} violations")
    assert found == []
    planted = home / "data" / "keyrings" / "planted"
    planted.write_bytes(kept.read_bytes()[:100] + CANARY.encode("utf-16-le"))
    log.info("careless %s", CANARY)
    places = sought([CANARY], tmp_path)
    assert len(places) == 2
    assert places[0].endswith("keyrings/planted")
    assert places[1].endswith("log/xianshen.log")
