"""Custody goes from one to another before a witness, on a signed slip, and nobody leaves before that."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.errors import (
    ActionNotAllowedError,
    CustodianUnfitError,
    DecisionTooEarlyError,
    FieldInvalidError,
    HandoverNeededError,
    HandoverTickError,
    ReasonNeededError,
    RightMissingError,
    RoleConflictError,
)
from app.messages import explain
from app.models.credential import ChangeCause, Credential, ScanOperator
from app.models.custody_handover import CustodyHandover, HandedAccount, HandoverState
from app.models.particulars import Charge, Particulars, PersonInCharge
from app.models.right import Role
from app.models.stated_words import WordsReport
from app.services.papers import PaperBytes
from app.services.scans import ScanOutcome
from app.services.staff_list import StaffList
from app.ui.review.scan_words import outcome_sentence
from tests.services.office import PASSCODE, SetClock
from tests.services.test_custody import LONG, OTHER, PASSWORD, Safe, actions, kept


class HandingOver(Safe):
    """A safe with a third custodian who takes over from 贺甲."""

    names = ("贺甲", "尤乙", "丁接")

    def both(self) -> tuple[str, str]:
        return self.person("贺甲").id, self.person("尤乙").id

    def three(self) -> tuple[str, str, str]:
        return self.person("贺甲").id, self.person("丁接").id, self.person("王局").id

    def charged(self, account: int = 1) -> None:
        """Put the two custodians on file of an account."""
        self.sign_in("陈账")
        found = self.services.accounts.list()[account]
        first, second = self.both()
        people = (PersonInCharge(Charge.CUSTODIAN_A, first, "8801"), PersonInCharge(Charge.CUSTODIAN_B, second))
        self.services.accounts.change(replace(found, particulars=Particulars(people=people)))

    def begun(self, accounts: tuple[int, ...] = (1,)) -> CustodyHandover:
        desk = self.sign_in("陈账").handovers
        return desk.begin(*self.three(), tuple(self.account_ids()[one] for one in accounts), "素材还没有交")

    def sealed_anew(self, credential: Credential) -> None:
        """Let 尤乙 seal to the receiver, and the receiver change the password."""
        receivers = (self.person("丁接").id, self.person("尤乙").id)
        self.enter("尤乙").seal_again(credential.id, receivers, LONG)
        self.enter("丁接").change(credential.id, OTHER, ChangeCause.HANDOVER, LONG)
        self.sign_in("陈账")

    def ticked(self, handover: CustodyHandover, *, password: bool = True, operator: bool = True) -> CustodyHandover:
        ticks = tuple(HandedAccount(one.account_id, password, True, operator) for one in handover.accounts)
        return self.services.handovers.tick(handover, ticks, handover.unfinished)

    def presented(self) -> CustodyHandover:
        credential = kept(self)
        self.charged()
        begun = self.begun()
        self.sealed_anew(credential)
        return self.services.handovers.present(self.ticked(begun).id)

    def today(self) -> date:
        return self.services.today.day()

    def printed(self, paper: PaperBytes) -> Path:
        path = self.folder.parent / "slip.pdf"
        path.write_bytes(paper.data)
        return path


@pytest.fixture(scope="session")
def made_safe(tmp_path_factory: pytest.TempPathFactory) -> HandingOver:
    """Set it up once: passcodes take real effort."""
    made = HandingOver(tmp_path_factory.mktemp("handing") / "records")
    made.open()
    made.services.sign_in.sign_out()
    return made


@pytest.fixture
def safe(made_safe: HandingOver, tmp_path: Path) -> HandingOver:
    shutil.copytree(made_safe.folder, tmp_path / "records")
    copied = HandingOver(tmp_path / "records", SetClock(made_safe.clock.now))
    copied.sign_in("陈账")
    return copied


def words(paper: PaperBytes) -> str:
    pages = pdfium.PdfDocument(paper.data)
    return "".join("".join(pages[n].get_textpage().get_text_range().split()) for n in range(len(pages)))


def refused(reason: str, act: Callable[[], object]) -> None:
    with pytest.raises(HandoverTickError) as told:
        act()
    assert told.value.reason == reason
    assert "{" not in str(explain(told.value))


def test_what_somebody_keeps_is_proposed(safe: HandingOver) -> None:
    kept(safe, account=0)
    safe.charged()
    giver, receiver, _ = safe.three()
    keeping = safe.services.handovers.keeping(giver)
    assert [one.id for one in keeping.charges] == [safe.account_ids()[1]]
    assert [one.id for one in keeping.passwords] == [safe.account_ids()[0]]
    assert {one.id for one in keeping.accounts} == set(safe.account_ids())
    assert safe.services.handovers.keeping(receiver).accounts == ()
    assert [one.number for one in safe.services.handovers.keeping(safe.person("陈账").id).terminals] == ["01"]


def test_a_whole_hand_over_moves_the_charges_and_is_one_entry_a_step(safe: HandingOver) -> None:
    credential = kept(safe)
    safe.charged()
    before = len(actions(safe))
    begun = safe.begun()
    desk = safe.services.handovers
    safe.sealed_anew(credential)
    waiting = desk.present(safe.ticked(begun).id)
    assert str(waiting.number) == "晋示交〔2026〕1号"
    desk.sign(waiting.id, safe.today(), safe.scan())
    [line] = desk.lines()
    assert (line.handover.state, line.handover.signed_on) == (HandoverState.DONE, safe.today())
    assert [one for one in actions(safe)[before:] if one.startswith("handover.")] == [
        *("handover.begin", "handover.tick", "handover.present", "handover.sign")
    ]
    told = safe.services.accounts.list()[1].particulars
    assert told.in_charge(Charge.CUSTODIAN_A)[0].person_id == safe.person("丁接").id
    assert told.in_charge(Charge.CUSTODIAN_B)[0].person_id == safe.person("尤乙").id
    assert desk.keeping(safe.person("贺甲").id).accounts == ()
    report = safe.services.audit.check()
    assert report.words == WordsReport()


def test_a_password_counts_as_changed_only_when_the_records_say_so(safe: HandingOver) -> None:
    credential = kept(safe)
    begun = safe.begun()
    refused("unchanged", lambda: safe.ticked(begun))
    safe.enter("贺甲").change(credential.id, OTHER, ChangeCause.HANDOVER, LONG)
    safe.sign_in("陈账")
    refused("not_sealed", lambda: safe.ticked(begun))
    safe.enter("贺甲").seal_again(credential.id, (safe.person("丁接").id, safe.person("贺甲").id), LONG)
    safe.sign_in("陈账")
    refused("still_held", lambda: safe.ticked(begun))
    safe.enter("丁接").seal_again(credential.id, (safe.person("丁接").id,), LONG)
    safe.sign_in("陈账")
    assert safe.ticked(begun).accounts[0].password_changed


def test_a_slip_says_no_more_than_was_done(safe: HandingOver) -> None:
    credential = kept(safe)
    begun = safe.begun()
    desk = safe.services.handovers
    refused("open", lambda: desk.present(begun.id))
    safe.sealed_anew(credential)
    with safe.services.custody._room.store.writing() as unit:
        giver, account = safe.person("贺甲").id, safe.account_ids()[1]
        unit.scan_operators.add(ScanOperator("scan", account, giver, "运营者", "短信", safe.today()))
    ticked = safe.ticked(begun, operator=False)
    refused("operator", lambda: desk.present(ticked.id))
    waiting = desk.present(safe.ticked(ticked).id)
    safe.enter("丁接").seal_again(credential.id, (safe.person("丁接").id, giver), LONG)
    safe.sign_in("陈账")
    refused("still_held", lambda: desk.sign(waiting.id, safe.today(), safe.scan()))
    safe.enter("丁接").seal_again(credential.id, (safe.person("丁接").id,), LONG)
    safe.sign_in("陈账").handovers.sign(waiting.id, safe.today(), safe.scan())
    with safe.services.custody._room.store.reading() as unit:
        assert unit.scan_operators.of(account)[0].removed_on == safe.today()


def test_an_account_without_a_password_needs_no_new_one(safe: HandingOver) -> None:
    safe.charged()
    begun = safe.begun()
    [line] = safe.services.handovers.lines()
    assert line.without_password == {safe.account_ids()[1]}
    waiting = safe.services.handovers.present(begun.id)
    assert "没有密码" in words(safe.services.handovers.slip(waiting.id))


def test_giver_receiver_and_witness_are_three_people_and_the_receiver_is_a_custodian(safe: HandingOver) -> None:
    kept(safe)
    desk = safe.sign_in("陈账").handovers
    giver, receiver, witness = safe.three()
    account = safe.account_ids()[1:]
    for three in ((giver, giver, witness), (giver, receiver, giver), (giver, receiver, receiver)):
        with pytest.raises(RoleConflictError):
            desk.begin(*three, account)
    with pytest.raises(CustodianUnfitError):
        desk.begin(giver, safe.person("林晓").id, witness, account)
    refused("no_accounts", lambda: desk.begin(giver, receiver, witness, ()))
    refused("others", lambda: desk.begin(giver, receiver, witness, safe.account_ids()[:1]))
    desk.begin(giver, receiver, witness, account)
    refused("running", lambda: desk.begin(giver, receiver, witness, account))


def test_the_slip_names_the_three_and_the_ticks_and_never_the_password(safe: HandingOver) -> None:
    waiting = safe.presented()
    paper = safe.services.handovers.slip(waiting.id)
    text = words(paper)
    for wanted in ("密码交接单", "晋示交〔2026〕1号", "贺甲", "丁接", "王局", "晋安示例发布", "素材还没有交", "监交人"):
        assert wanted in text
    assert PASSWORD.reveal() not in text
    assert OTHER.reveal() not in text
    assert safe.services.handovers.slip(waiting.id) == paper


def test_a_signed_slip_is_known_by_its_code(safe: HandingOver) -> None:
    waiting = safe.presented()
    path = safe.printed(safe.services.handovers.slip(waiting.id))
    [match] = safe.services.scans.examine(path)
    assert (match.outcome, match.handover_id) == (ScanOutcome.ACCOUNT_PAPER, waiting.id)
    said, _tone = outcome_sentence(match)
    assert "贺甲移交给丁接" in said
    assert "密码交接" in said
    safe.services.handovers.sign(waiting.id, safe.today(), path)
    [match] = safe.services.scans.examine(path)
    assert (match.outcome, match.handover_id) == (ScanOutcome.STALE_ACCOUNT_PAPER, waiting.id)
    assert "已经登记过" in outcome_sentence(match)[0]


def test_a_slip_is_signed_between_its_beginning_and_today(safe: HandingOver) -> None:
    waiting, today = safe.presented(), safe.today()
    desk = safe.services.handovers
    with pytest.raises(FieldInvalidError):
        desk.sign(waiting.id, today + timedelta(days=1), safe.scan())
    with pytest.raises(DecisionTooEarlyError):
        desk.sign(waiting.id, today - timedelta(days=1), safe.scan())
    desk.sign(waiting.id, today, safe.scan())
    with pytest.raises(ActionNotAllowedError):
        desk.sign(waiting.id, today, safe.scan())


def test_a_hand_over_is_taken_back_with_a_reason_and_its_number_is_void(safe: HandingOver) -> None:
    waiting = safe.presented()
    desk = safe.services.handovers
    with pytest.raises(ReasonNeededError):
        desk.withdraw(waiting.id, " ")
    assert desk.withdraw(waiting.id, "人员又不动了").state is HandoverState.WITHDRAWN
    with safe.services.custody._room.store.reading() as unit:
        [given] = unit.numbers.list("password_handover", 2026)
    assert given.voided_at is not None
    kept_still = safe.services.accounts.list()[1].particulars.in_charge(Charge.CUSTODIAN_A)[0]
    assert kept_still.person_id == safe.person("贺甲").id


def test_only_who_registers_papers_hands_over(safe: HandingOver) -> None:
    waiting = safe.presented()
    desk = safe.sign_in("许管").handovers
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.begin(*safe.three(), safe.account_ids()[1:]),
        lambda: desk.tick(waiting, waiting.accounts, ""),
        lambda: desk.sign(waiting.id, safe.today(), safe.scan()),
        lambda: desk.withdraw(waiting.id, "改人了"),
    )
    for act in acts:
        with pytest.raises((RightMissingError, ActionNotAllowedError)):
            act()
    assert desk.line(waiting.id).handover == waiting


def leaving(safe: HandingOver) -> list[Callable[[StaffList], object]]:
    person = safe.person("贺甲")
    return [
        lambda staff: staff.leave(person.id, safe.today(), "调离", PASSCODE),
        lambda staff: staff.set_roles(person.id, frozenset(), "分工调整", PASSCODE),
        lambda staff: staff.change(person.id, person.name, "办公室", "", signs_in=False),
    ]


@pytest.mark.parametrize("way", range(3))
def test_nobody_goes_who_still_keeps_a_password(safe: HandingOver, way: int) -> None:
    kept(safe)
    act, before = leaving(safe)[way], len(actions(safe))
    staff = safe.sign_in("许管").staff
    before = len(actions(safe))
    with pytest.raises(HandoverNeededError) as told:
        act(staff)
    assert len(actions(safe)) == before
    said = str(explain(told.value))
    assert "贺甲还保管着密码：微博“晋安示例发布”" in said
    assert "密码交接" in said


@pytest.mark.parametrize("way", range(3))
def test_who_has_handed_over_may_go(safe: HandingOver, way: int) -> None:
    waiting = safe.presented()
    safe.services.handovers.sign(waiting.id, safe.today(), safe.scan())
    act = leaving(safe)[way]
    act(safe.sign_in("许管").staff)


def test_a_custodian_on_file_alone_does_not_leave_either(safe: HandingOver) -> None:
    safe.charged()
    staff = safe.sign_in("许管").staff
    with pytest.raises(HandoverNeededError):
        staff.leave(safe.person("贺甲").id, safe.today(), "调离", PASSCODE)


def test_who_enters_by_scanning_stays_but_may_lose_roles(safe: HandingOver) -> None:
    clerk = safe.person("林晓")
    with safe.services.custody._room.store.writing() as unit:
        unit.scan_operators.add(ScanOperator("s", safe.account_ids()[0], clerk.id, "运营者", "", safe.today()))
    staff = safe.sign_in("许管").staff
    with pytest.raises(HandoverNeededError) as told:
        staff.leave(clerk.id, safe.today(), "调离", PASSCODE)
    assert "扫码登录" in str(explain(told.value))
    staff.set_roles(clerk.id, frozenset({Role.DUTY_OFFICER}), "分工调整", PASSCODE)


def test_a_terminal_is_named_but_keeps_nobody(safe: HandingOver) -> None:
    kept(safe, account=0)
    clerk = safe.person("陈账")
    assert safe.services.handovers.keeping(clerk.id).terminals
    safe.sign_in("许管").staff.leave(clerk.id, safe.today(), "调离", PASSCODE)


def test_narrowing_the_role_away_from_a_kept_account_is_refused_too(safe: HandingOver) -> None:
    from app.models.staff import RoleLimit

    kept(safe)
    staff, person = safe.sign_in("许管").staff, safe.person("贺甲")
    first, second = safe.account_ids()
    role = frozenset({Role.PASSWORD_CUSTODIAN})
    with pytest.raises(HandoverNeededError):
        staff.set_roles(person.id, role, "分工", PASSCODE, (RoleLimit(Role.PASSWORD_CUSTODIAN, (first,)),))
    staff.set_roles(person.id, role, "分工", PASSCODE, (RoleLimit(Role.PASSWORD_CUSTODIAN, (second,)),))
