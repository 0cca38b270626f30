"""Passcodes and lock-outs outlive a restart."""

from dataclasses import replace
from datetime import date

from app.models.passcode import PasscodeRecord, SignInGuard
from app.storage.unit_of_work import Store
from tests.storage.office import NOW

RECORD = PasscodeRecord("author", "$argon2id$", True, date(2026, 11, 30), b"", b"", NOW, "忘记口令", "leader", False)


def test_a_passcode_reads_back_and_is_replaced(store: Store) -> None:
    chosen = replace(RECORD, one_time=False, expires_on=None, public_key=bytes(32), private_key=bytes(range(256)))
    with store.writing() as unit:
        assert unit.passcodes.find("author") is None
        for record in (RECORD, chosen):
            unit.passcodes.save(record)
            assert unit.passcodes.find("author") == record


def test_wrong_tries_are_counted_until_cleared(store: Store) -> None:
    counted = SignInGuard("hash", 5, NOW)
    with store.writing() as unit:
        assert unit.sign_ins.find("hash") == SignInGuard("hash")
        unit.sign_ins.save(SignInGuard("hash", 4))
        unit.sign_ins.save(counted)
    with Store(store.folder, lambda: NOW).writing() as unit:
        assert unit.sign_ins.find("hash") == counted
        unit.sign_ins.clear("hash")
        assert unit.sign_ins.find("hash") == SignInGuard("hash")
