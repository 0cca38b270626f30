"""Passwords are kept for their custodians, looked at with a reason, and stand nowhere in the clear."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import open_services
from app.errors import (
    ChangedMeanwhileError,
    CredentialMissingHereError,
    CustodianUnfitError,
    EnvelopeInvalidError,
    MissingFieldError,
    NotCustodianError,
    OwnPasscodeWrongError,
    ReasonNeededError,
    RightMissingError,
    TerminalRefusedError,
    VaultLockedError,
    VaultNotKeptError,
)
from app.models.credential import ChangeCause, Credential, UsageKind
from app.models.envelope_address import EnvelopeAddress
from app.models.records import StatementKind
from app.models.right import Role
from app.models.secret import Secret
from app.models.staff import Person
from app.models.terminal import Terminal, TerminalKind
from app.services.custody import Custody, CustodyTerms
from app.storage.custody_records import CredentialRecords
from tests.services.office import PASSCODE, Office, cheap_hasher
from tests.vault.memory_credential_store import MemoryCredentialStore

LONG = "shuiniu-cheku-1937-gaoshan"
PASSWORD = Secret("Qm7#rT2!vX9p")
OTHER = Secret("Zk4$wN8@bL1c")
WHY = "登录后台发布通知"


class Safe(Office):
    """An office with two custodians, a registered terminal, and envelopes in memory."""

    store: MemoryCredentialStore
    names: tuple[str, ...] = ("贺甲", "尤乙")

    def __post_init__(self) -> None:
        self.store = MemoryCredentialStore()
        self.services = open_services(
            self.folder, self.clock, hasher=cheap_hasher(), open_store=lambda _unit_id: self.store
        )

    def open(self) -> "Safe":
        super().open()
        staff = self.sign_in("许管").staff
        roles = frozenset({Role.PASSWORD_CUSTODIAN})
        for name in self.names:
            person = staff.add(name, "办公室", "", signs_in=True, roles=roles, passcode=PASSCODE)
            code = self.services.codes.issue(person.id, "新任", PASSCODE)
            self.services.sign_in.sign_out()
            self.services.sign_in.choose(name, code.code, LONG)
            self.sign_in("许管")
        self.sign_in("陈账").terminals.register(self.terminal(), here=True)
        return self

    def terminal(self) -> Terminal:
        return Terminal("", "01", "一号机", TerminalKind.COMPUTER, self.person("陈账").id, "三楼")

    def enter(self, name: str) -> Custody:
        if self.services.session.person_id:
            self.services.sign_in.sign_out()
        self.services.sign_in.sign_in(name, LONG)
        return self.services.custody

    def both(self) -> tuple[str, str]:
        first, second = (self.person(name).id for name in self.names)
        return first, second


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    return Safe(tmp_path / "records").open()


def terms(safe: Safe, account: int = 1, **more: object) -> CustodyTerms:
    return replace(CustodyTerms(safe.account_ids()[account], "登录密码", safe.both()), **more)  # type: ignore[arg-type]


def kept(safe: Safe, password: Secret = PASSWORD, account: int = 1) -> Credential:
    return safe.enter("贺甲").keep(terms(safe, account), password, LONG)


def actions(safe: Safe) -> list[str]:
    with safe.services.custody._room.store.reading() as unit:
        return [entry.action for entry in unit.audit.entries()]


def test_each_custodian_opens_the_same_password_and_every_look_is_one_entry_with_its_reason(safe: Safe) -> None:
    credential = kept(safe)
    before = len(actions(safe))
    assert safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG) == PASSWORD
    assert actions(safe)[before:] == ["credential.reveal"]
    assert safe.enter("尤乙").reveal(credential.id, UsageKind.COPY, WHY, LONG) == PASSWORD
    with safe.services.custody._room.store.reading() as unit:
        said = unit.statements.of_subject(f"credential:{credential.id}", StatementKind.USAGE)
    assert [one.text for one in said] == [WHY, WHY]


def test_the_password_stands_nowhere_in_the_data_folder(safe: Safe) -> None:
    credential = kept(safe)
    safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG)
    safe.services.custody.change(credential.id, OTHER, ChangeCause.PERIODIC, LONG)
    planted = b"planted-control-" + WHY.encode()
    (safe.folder / "control.txt").write_bytes(planted + PASSWORD.reveal().encode("utf-16-le"))
    hits = set()
    for path in safe.folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            for secret in (PASSWORD, OTHER):
                if any(secret.reveal().encode(code) in held for code in ("utf-8", "utf-16-le", "utf-16-be")):
                    hits.add(path.name)
    assert hits == {"control.txt"}


@pytest.mark.parametrize("who", ["陈账", "许管", "王局"])
def test_nobody_but_a_custodian_keeps_or_sees_a_password(safe: Safe, who: str) -> None:
    credential = kept(safe)
    custody = safe.sign_in(who).custody
    with pytest.raises(RightMissingError):
        custody.reveal(credential.id, UsageKind.REVEAL, WHY, PASSCODE)
    with pytest.raises(RightMissingError):
        custody.keep(terms(safe), OTHER, PASSCODE)


def test_a_custodian_of_other_accounts_is_told_so(safe: Safe) -> None:
    credential = safe.enter("贺甲").keep(terms(safe, custodian_ids=safe.both()[:1]), PASSWORD, LONG)
    with pytest.raises(NotCustodianError):
        safe.enter("尤乙").reveal(credential.id, UsageKind.REVEAL, WHY, LONG)


@pytest.mark.parametrize(
    ("reason", "passcode", "error"),
    [(" ", LONG, ReasonNeededError), (WHY, "wrong-wrong-wrong", OwnPasscodeWrongError)],
)
def test_no_look_without_reason_and_own_passcode(
    safe: Safe, reason: str, passcode: str, error: type[Exception]
) -> None:
    credential = kept(safe)
    with pytest.raises(error):
        safe.services.custody.reveal(credential.id, UsageKind.REVEAL, reason, passcode)
    assert "credential.reveal" not in actions(safe)


def test_an_unregistered_machine_reveals_nothing_and_says_why(safe: Safe) -> None:
    credential = kept(safe)
    terminals = safe.sign_in("陈账").terminals
    terminals.retire(terminals.lines()[0].terminal.id)
    with pytest.raises(TerminalRefusedError):
        safe.enter("贺甲").reveal(credential.id, UsageKind.REVEAL, WHY, LONG)
    assert "credential.reveal" not in actions(safe)


def test_what_the_store_did_not_keep_is_not_said_to_be_kept(safe: Safe) -> None:
    custody = safe.enter("贺甲")
    for trouble in (VaultLockedError("密码库"), VaultNotKeptError("密码库")):
        safe.store.trouble = trouble
        with pytest.raises(type(trouble)):
            custody.keep(terms(safe), PASSWORD, LONG)
    safe.store.trouble = None
    assert custody.lines() == ()
    assert "credential.keep" not in actions(safe)


def test_after_a_restore_the_password_is_said_to_be_missing_here(safe: Safe) -> None:
    credential = kept(safe)
    address = EnvelopeAddress(credential.id, safe.both()[0])
    safe.store.remove(address)
    assert safe.services.custody.missing_here([credential]) == {address}
    with pytest.raises(CredentialMissingHereError):
        safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG)
    assert "credential.reveal" not in actions(safe)


def test_a_changed_password_is_the_one_that_both_open(safe: Safe) -> None:
    credential = kept(safe)
    safe.clock.forward(days=91)
    [line] = safe.services.custody.lines()
    assert line.late
    safe.services.custody.change(credential.id, OTHER, ChangeCause.PERIODIC, LONG)
    [line] = safe.services.custody.lines()
    assert not line.late
    assert line.credential.cause is ChangeCause.PERIODIC
    for name in safe.names:
        assert safe.enter(name).reveal(credential.id, UsageKind.REVEAL, WHY, LONG) == OTHER


def test_a_password_is_due_after_the_policys_days(safe: Safe) -> None:
    kept(safe)
    [line] = safe.services.custody.lines()
    assert line.due_on == safe.clock.now.date() + timedelta(90)
    assert not line.late


def test_after_a_reset_the_other_custodian_seals_again(safe: Safe) -> None:
    credential = kept(safe)
    second = safe.both()[1]
    code = safe.sign_in("许管").codes.issue(second, "忘记口令", PASSCODE)
    safe.services.sign_in.sign_out()
    safe.services.sign_in.choose("尤乙", code.code, LONG + "-2")
    with pytest.raises(EnvelopeInvalidError):
        safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG + "-2")
    custody = safe.enter("贺甲")
    assert custody.lines()[0].stale_ids == (second,)
    custody.seal_again(credential.id, safe.both(), LONG)
    assert custody.lines()[0].stale_ids == ()
    safe.services.sign_in.sign_out()
    safe.services.sign_in.sign_in("尤乙", LONG + "-2")
    assert safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG + "-2") == PASSWORD


def test_who_is_custodian_no_more_has_no_envelope_left(safe: Safe) -> None:
    credential = kept(safe)
    first, second = safe.both()
    safe.services.custody.seal_again(credential.id, (first,), LONG)
    assert safe.store.find(EnvelopeAddress(credential.id, second)) is None
    with pytest.raises(NotCustodianError):
        safe.enter("尤乙").reveal(credential.id, UsageKind.REVEAL, WHY, LONG)


def test_a_password_that_is_given_up_leaves_no_envelope(safe: Safe) -> None:
    credential = kept(safe)
    safe.services.custody.end(credential.id, LONG)
    assert safe.services.custody.lines() == ()
    assert safe.store.kept(EnvelopeAddress(credential.id, who) for who in safe.both()) == frozenset()


def test_a_password_that_another_account_has_is_told_without_keeping_anything(safe: Safe) -> None:
    credential = kept(safe)
    custody = safe.services.custody
    assert [account.id for account in custody.same_as(Secret(PASSWORD.reveal()), LONG)] == [credential.account_id]
    assert custody.same_as(OTHER, LONG) == ()
    assert custody.same_as(PASSWORD, LONG, but=credential.id) == ()


def person_of(safe: Safe, name: str) -> Person:
    return safe.person(name)


@pytest.mark.parametrize(("people", "error"), [((), MissingFieldError), (("王局",), CustodianUnfitError)])
def test_a_password_is_sealed_to_custodians_alone(safe: Safe, people: tuple[str, ...], error: type[Exception]) -> None:
    custody = safe.enter("贺甲")
    ids = tuple(person_of(safe, name).id for name in people)
    with pytest.raises(error):
        custody.keep(terms(safe, custodian_ids=ids), PASSWORD, LONG)
    assert custody.lines() == ()


def broken(*_arguments: object) -> None:
    raise ChangedMeanwhileError


def test_an_act_that_fails_leaves_the_password_that_the_records_speak_of(
    safe: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    credential = kept(safe)
    with monkeypatch.context() as patch:
        patch.setattr(CredentialRecords, "put_envelopes", broken)
        with pytest.raises(ChangedMeanwhileError):
            safe.services.custody.change(credential.id, OTHER, ChangeCause.PERIODIC, LONG)
        with pytest.raises(ChangedMeanwhileError):
            safe.services.custody.keep(terms(safe, 0), OTHER, LONG)
    assert "credential.change" not in actions(safe)
    for name in safe.names:
        assert safe.enter(name).reveal(credential.id, UsageKind.REVEAL, WHY, LONG) == PASSWORD
    assert len(safe.store.kept(safe.store._kept)) == 2


def test_a_custodian_whose_role_is_over_does_not_keep_the_other_from_changing(safe: Safe) -> None:
    credential = kept(safe)
    first, second = safe.both()
    with safe.services.custody._room.store.writing() as unit:
        for grant in unit.roles.grants(second):
            unit.roles.end(grant.id, safe.clock.now.date() - timedelta(1))
    changed = safe.enter("贺甲").change(credential.id, OTHER, ChangeCause.SUSPECTED_LEAK, LONG)
    assert [one.person_id for one in changed.envelopes] == [first]
    assert safe.store.find(EnvelopeAddress(credential.id, second)) is None
    assert safe.services.custody.reveal(credential.id, UsageKind.REVEAL, WHY, LONG) == OTHER


def test_a_former_custodian_and_an_unregistered_machine_compare_nothing(safe: Safe) -> None:
    kept(safe)
    terminals = safe.sign_in("陈账").terminals
    line = terminals.lines()[0]
    terminals.retire(line.terminal.id)
    assert safe.enter("贺甲").same_as(PASSWORD, LONG) == ()
    with safe.services.custody._room.store.writing() as unit:
        for grant in unit.roles.grants(safe.both()[0]):
            unit.roles.end(grant.id, safe.clock.now.date() - timedelta(1))
    with pytest.raises(RightMissingError):
        safe.services.custody.same_as(PASSWORD, LONG)


def test_a_password_is_given_up_by_its_custodian_alone(safe: Safe) -> None:
    credential = safe.enter("贺甲").keep(terms(safe, custodian_ids=safe.both()[:1]), PASSWORD, LONG)
    with pytest.raises(NotCustodianError):
        safe.enter("尤乙").end(credential.id, LONG)
    assert len(safe.services.custody.lines()) == 1
