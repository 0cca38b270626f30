"""Only the listed stores are built, and nothing of the environment sways them: each hijack is seen to work first."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from app.errors import VaultAbsentError
from app.vault.allowed_stores import built, present_store
from app.vault.secret_store_presence import secret_store_name
from tests.vault.keyring_session import Session, needs_keyring, secretstorage, session

HOME = Path(__file__).parents[2]

# A stand-in for the package of that name, whose class keeps passwords in a plain file.
PLAINTEXT = """
from pathlib import Path
from keyring.backend import KeyringBackend

PLACE = Path(__file__).with_name("plain.txt")
PLACE.with_name("loaded.txt").touch()

class PlaintextKeyring(KeyringBackend):
    priority = 99
    def get_password(self, service, username):
        return PLACE.read_text() if PLACE.exists() else None
    def set_password(self, service, username, password):
        PLACE.write_text(password)
"""

OURS = """
from app.errors import AppError
from app.models.envelope_address import EnvelopeAddress
from app.vault.credential_store import CredentialStore
address = EnvelopeAddress("account", "lin")
try:
    CredentialStore("unit").store(address, "the envelope")
    print("kept", CredentialStore("unit").find(address))
except AppError as error:
    print(type(error).__name__)
"""
THEIRS = """
import keyring
keyring.set_password("xianshen/unit/account", "lin", "the envelope")
print("kept", keyring.get_password("xianshen/unit/account", "lin"))
"""
HIJACKS = ["null", "fail", "chainer", "plaintext", "file: null", "file: plaintext"]


class Planted(KeyringBackend):
    priority = 100

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("asked")


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with session(tmp_path_factory.mktemp("desktop")) as opened:
        opened.start_keyring()
        yield opened


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Put a package keyrings.alt of ours into a folder."""
    package = tmp_path / "path" / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text(PLAINTEXT)
    return package


def hijacked(opened: Session, plain: Path, hijack: str) -> dict[str, str]:
    """Return the environment of a program whose keyring is turned to another backend."""
    name = {
        "null": "keyring.backends.null.Keyring",
        "fail": "keyring.backends.fail.Keyring",
        "chainer": "keyring.backends.chainer.ChainerBackend",
        "plaintext": "keyrings.alt.file.PlaintextKeyring",
    }[hijack.removeprefix("file: ")]
    path = plain.parents[1]
    surroundings = {**opened.environment, "PYTHONPATH": f"{HOME}:{path}"}
    if not hijack.startswith("file"):
        return {**surroundings, "PYTHON_KEYRING_BACKEND": name}
    config = path / "config" / "python_keyring"
    config.mkdir(parents=True)
    text = f"[backend]\ndefault-keyring={name}\nkeyring-path={path}\n"
    (config / "keyringrc.cfg").write_text(text)
    return {**surroundings, "XDG_CONFIG_HOME": str(config.parent)}


def said(code: str, surroundings: dict[str, str]) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", code], env=surroundings, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    return answer.stdout.strip() or answer.stderr.strip().splitlines()[-1]


def entries(opened: Session) -> list[tuple[dict[str, str], bytes]]:
    """Empty the keyring of the session, and return what was in it: attributes and secret."""
    found = list[tuple[dict[str, str], bytes]]()

    def take(connection: object) -> None:
        for item in secretstorage.get_default_collection(connection).get_all_items():
            found.append((item.get_attributes(), item.get_secret()))
            item.delete()

    opened.asked(take)
    return found


def is_ours(found: list[tuple[dict[str, str], bytes]]) -> bool:
    named = {"service": "xianshen/unit/account", "username": "lin", "application": "xianshen"}
    [(attributes, secret)] = found
    return named.items() <= attributes.items() and secret == b"the envelope"


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, chainer.ChainerBackend, Planted, KeyringBackend])
def test_a_backend_that_is_not_listed_is_refused(kind: type[KeyringBackend]) -> None:
    with pytest.raises(VaultAbsentError):
        built(kind)


def test_keyring_s_own_secret_service_is_refused_too_since_it_waits_for_ever() -> None:
    from keyring.backends.SecretService import Keyring

    with pytest.raises(VaultAbsentError):
        built(Keyring)


@needs_keyring
@pytest.mark.parametrize("hijack", HIJACKS)
def test_a_hijacked_keyring_is_not_ours(desktop: Session, plain: Path, hijack: str) -> None:
    surroundings = hijacked(desktop, plain, hijack)
    control = said(THEIRS, surroundings)
    if hijack != "chainer":
        # What keyring itself makes of it: nothing is kept in the system's store.
        assert entries(desktop) == [], control
        assert ("plaintext" in hijack) == (plain / "plain.txt").exists()
    entries(desktop)
    for trace in plain.glob("*.txt"):
        trace.unlink()
    assert said(OURS, surroundings) == "kept the envelope"
    assert is_ours(entries(desktop))
    assert list(plain.glob("*.txt")) == []


@needs_keyring
@pytest.mark.parametrize("hijack", HIJACKS)
def test_without_a_store_a_hijack_brings_none(tmp_path: Path, plain: Path, hijack: str) -> None:
    with session(tmp_path, bare=True) as opened:
        assert said(OURS, hijacked(opened, plain, hijack)) == "VaultAbsentError"
    assert list(plain.glob("*.txt")) == []


@needs_keyring
@pytest.mark.parametrize(
    ("name", "value", "control"),
    [
        ("PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session", "nothing"),
        ("SCHEME", "KeePassXC", "another name"),
        ("APPID", "planted", "another name"),
        ("SET_PASSWORD", "planted", "nothing"),
        ("END", "1e300", "no such property"),
    ],
)
def test_a_property_from_the_environment_sways_nothing(desktop: Session, name: str, value: str, control: str) -> None:
    surroundings = {**desktop.environment, "PYTHONPATH": str(HOME), f"KEYRING_PROPERTY_{name}": value}
    class_of_keyring = "from keyring.backends.SecretService import Keyring\nkeyring = Keyring()\n"
    said(THEIRS.replace("import keyring\n", class_of_keyring), surroundings)
    swayed = entries(desktop)
    assert (swayed == []) == (control == "nothing")
    if control == "another name":
        assert value in {*swayed[0][0].values()} or "Title" in swayed[0][0]
    assert said(OURS, surroundings) == "kept the envelope"
    assert is_ours(entries(desktop))


@needs_keyring
def test_the_doctor_names_what_the_vault_uses(desktop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    store = present_store(5.0)
    assert store is not None
    assert secret_store_name() == store.name == "桌面密钥环"
