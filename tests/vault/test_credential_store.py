"""What every credential store does: the one in memory, a real gnome-keyring, and the three others over their interface.

Windows, macOS and KDE are stood in for at the calls that keyring makes of the system.
"""

import secrets
from collections.abc import Iterator

import pytest

from app.errors import SecretTooLongError, VaultLockedError, VaultNotKeptError
from app.models.envelope_address import EnvelopeAddress
from app.vault.allowed_stores import AllowedStore, kde_keyring, mac_keyring, windows_keyring
from app.vault.credential_store import CredentialStore
from app.vault.sealed_envelope import LARGEST, utf16_size
from tests.vault.kde_wallet import KdeWallet
from tests.vault.keyring_session import needs_keyring, session
from tests.vault.mac_keychain import MacKeychain
from tests.vault.memory_credential_store import MemoryCredentialStore
from tests.vault.windows_vault import RefusedError, WindowsVault

Stores = CredentialStore | MemoryCredentialStore

ACCOUNT, OTHER = "4d5f0c1e-account", "8a1b-other"
LIN, CHEN = EnvelopeAddress(ACCOUNT, "person-lin"), EnvelopeAddress(ACCOUNT, "person-chen")
KINDS = ["memory", "windows", "mac", "kde", pytest.param("desktop", marks=needs_keyring)]


def over_windows(vault: WindowsVault) -> CredentialStore:
    store = AllowedStore("Windows 凭据管理器", windows_keyring, refusals=(RefusedError,))
    return CredentialStore("unit-1", lambda _limit: store)


@pytest.fixture(scope="module")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with session(tmp_path_factory.mktemp("desktop")) as opened:
        opened.start_keyring()
        yield


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Stores:
    if request.param == "memory":
        return MemoryCredentialStore()
    if request.param == "windows":
        return over_windows(WindowsVault(monkeypatch))
    if request.param == "mac":
        MacKeychain(monkeypatch)
        return CredentialStore("unit-1", lambda _limit: AllowedStore("系统钥匙串", mac_keyring))
    if request.param == "kde":
        KdeWallet(monkeypatch)
        return CredentialStore("unit-1", lambda _limit: AllowedStore("KDE 密码库", kde_keyring))
    request.getfixturevalue("desktop")
    # A unit of its own for each test: the session is shared.
    return CredentialStore(f"unit-{secrets.token_hex(4)}")


def test_what_was_stored_is_found_and_nothing_else(store: Stores) -> None:
    store.store(LIN, "envelope of Lin")
    assert store.find(LIN) == "envelope of Lin"
    assert store.find(EnvelopeAddress(OTHER, LIN.custodian_id)) is None
    assert store.find(CHEN) is None


def test_two_custodians_keep_their_own_envelope_in_any_order_of_storing(store: Stores) -> None:
    for round_ in range(3):
        for address in (LIN, CHEN) if round_ % 2 else (CHEN, LIN):
            store.store(address, f"{address.custodian_id} {round_}")
            if round_:
                assert store.find(LIN) is not None
                assert store.find(CHEN) is not None
        assert [store.find(address) for address in (LIN, CHEN)] == [f"person-lin {round_}", f"person-chen {round_}"]


def test_storing_again_takes_the_place_of_what_was_there(store: Stores) -> None:
    for text in ("first", "second", "second", "third"):
        store.store(LIN, text)
        assert store.find(LIN) == text
    assert store.remove(LIN) is True
    assert store.find(LIN) is None


def test_removing_takes_one_custodian_only_and_says_whether_there_was_one(store: Stores) -> None:
    assert store.remove(LIN) is False
    store.store(LIN, "a")
    store.store(CHEN, "b")
    assert store.remove(CHEN) is True
    assert store.remove(CHEN) is False
    assert (store.find(LIN), store.find(CHEN)) == ("a", None)
    store.store(CHEN, "c")
    assert store.remove(LIN) is True
    assert (store.find(LIN), store.find(CHEN)) == (None, "c")


def test_what_is_kept_is_told_of_a_list(store: Stores) -> None:
    absent = EnvelopeAddress(OTHER, LIN.custodian_id)
    assert store.kept([]) == store.kept([LIN, absent]) == frozenset()
    store.store(LIN, "a")
    assert store.kept([LIN, CHEN, absent]) == {LIN}


def test_2560_bytes_in_utf16_are_kept_and_two_more_are_not(store: Stores) -> None:
    largest = secrets.token_urlsafe(LARGEST)[: LARGEST // 2]
    assert utf16_size(largest) == 2560
    store.store(LIN, largest)
    assert store.find(LIN) == largest
    with pytest.raises(SecretTooLongError) as told:
        store.store(LIN, largest + "x")
    assert (told.value.size, told.value.limit) == (2562, 2560)
    assert store.find(LIN) == largest
    # A character beyond the plane takes four bytes there.
    with pytest.raises(SecretTooLongError):
        store.store(LIN, "𠮷" * 641)


def test_chinese_ids_and_texts_come_back_as_they_were(store: Stores) -> None:
    address = EnvelopeAddress("账号/一 二", "陈某·某")
    store.store(address, "信封内容𠮷é\u0301…")
    assert store.find(address) == "信封内容𠮷é\u0301…"
    assert store.find(EnvelopeAddress("账号/一 二", "陈某")) is None


def test_unlocking_what_is_open_asks_nobody(store: Stores) -> None:
    store.unlock()


def test_windows_keeps_entries_on_this_pc_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYRING_PROPERTY_PERSIST", "session")
    vault = WindowsVault(monkeypatch)
    over_windows(vault).store(LIN, "a")
    assert {name: entry["Persist"] for name, entry in vault.kept.items()} == {
        f"xianshen/unit-1/{ACCOUNT}": WindowsVault.CRED_PERSIST_LOCAL_MACHINE
    }


def test_windows_that_may_not_keep_passwords_is_told_and_keeps_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    vault = WindowsVault(monkeypatch)
    store = over_windows(vault)
    store.store(LIN, "old")
    vault.is_forbidden = True
    with pytest.raises(VaultNotKeptError) as told:
        store.store(LIN, "new")
    assert told.value.store == "Windows 凭据管理器"
    assert store.find(LIN) == "old"


def test_a_locked_keychain_and_wallet_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    keychain, wallet = MacKeychain(monkeypatch), KdeWallet(monkeypatch)
    for name, build, is_shut in (("系统钥匙串", mac_keyring, keychain), ("KDE 密码库", kde_keyring, wallet)):
        kept = AllowedStore(name, build)
        store = CredentialStore("unit-1", lambda _limit, kept=kept: kept)  # type: ignore[misc]
        is_shut.is_locked = True
        with pytest.raises(VaultLockedError) as told:
            store.find(LIN)
        assert told.value.store == name
        with pytest.raises((VaultLockedError, VaultNotKeptError)):
            store.store(LIN, "a")
        is_shut.is_locked = False
        store.store(LIN, "a")
        assert store.find(LIN) == "a"


def test_a_wallet_that_drops_what_it_takes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """keyring does not look at the answer of the wallet: the reading back does."""
    wallet = KdeWallet(monkeypatch)
    store = CredentialStore("unit-1", lambda _limit: AllowedStore("KDE 密码库", kde_keyring))
    store.store(LIN, "old")
    wallet.is_full = True
    with pytest.raises(VaultNotKeptError):
        store.store(LIN, "new")
    with pytest.raises(VaultNotKeptError):
        store.store(CHEN, "new")
    assert store.find(LIN) == "old"


@needs_keyring
def test_two_units_on_one_pc_do_not_meet(desktop: None) -> None:
    first, second = CredentialStore("unit-a"), CredentialStore("unit-b")
    first.store(LIN, "a")
    second.store(LIN, "b")
    assert (first.find(LIN), second.find(LIN)) == ("a", "b")
    assert second.remove(LIN)
    assert first.find(LIN) == "a"
