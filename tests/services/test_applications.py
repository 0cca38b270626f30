"""The papers of an account's life move it along, and nothing else does."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import (
    ActionNotAllowedError,
    ApplicationNeededError,
    ChangedMeanwhileError,
    DeciderUnfitError,
    DecisionTooEarlyError,
    FieldInvalidError,
    FileUnreadableError,
    MissingFieldError,
    ReasonNeededError,
    RightMissingError,
    SecrecyMarkedWordsError,
)
from app.models.account import Account, AccountAction, AccountState, FilingState
from app.models.account_application import (
    AccountField,
    Announcement,
    Application,
    ApplicationKind,
    ApplicationState,
    ApplicationText,
    ClosingType,
    FilingType,
)
from app.models.account_change import change_lines
from app.models.clock import BEIJING
from app.models.particulars import Binding, Charge, Owner, Particulars, PersonInCharge
from app.models.records import UseKind
from app.services.applications import Signing
from tests.services.office import Office

OPENING = ApplicationText(FilingType.OPENING, reason="便民服务需要")
NEW = ApplicationText(FilingType.NEW)
LATE = ApplicationText(FilingType.LATE)
YEARLY = ApplicationText(FilingType.YEARLY)
FILING, CHANGE, CLOSING = ApplicationKind.FILING, ApplicationKind.CHANGE, ApplicationKind.CLOSING


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "records").open()
    made.sign_in("陈账")
    return made


def today(office: Office) -> date:
    return office.clock.now.astimezone(BEIJING).date()


def signing(office: Office, who: str = "王局", days: int = 0) -> Signing:
    return Signing(office.person(who).id, today(office) + timedelta(days), office.scan())


def planned(office: Office, name: str = "晋安示例视频") -> Account:
    wanted = Account("", "抖音", name, AccountState.PLANNED, FilingState.NOT_FILED)
    return office.services.accounts.plan(wanted)


def account(office: Office, account_id: str = "") -> Account:
    accounts = office.services.accounts.list()
    return next((one for one in accounts if one.id == account_id), accounts[0])


def where(office: Office, account_id: str) -> tuple[AccountState, FilingState]:
    found = account(office, account_id)
    return found.state, found.filing


def filed(office: Office, account_id: str, text: ApplicationText = LATE) -> Application:
    """Carry a filing form through to the district office's number."""
    desk = office.services.applications
    begun = desk.begin(account_id, FILING, text)
    desk.present(begun.id)
    desk.sign(begun.id, signing(office))
    desk.submit(begun.id, today(office))
    return desk.file(begun.id, today(office), "晋政媒备〔2026〕7号", office.scan("receipt.pdf"))


def changed(office: Office, text: str, **particulars: object) -> Application:
    before = account(office)
    after = replace(before, particulars=replace(before.particulars, **particulars))  # type: ignore[arg-type]
    wanted = ApplicationText(changes=change_lines(before, after), reason=text)
    return office.services.applications.begin(before.id, CHANGE, wanted)


def signed_change(office: Office, **particulars: object) -> Application:
    desk, begun = office.services.applications, changed(office, "工作需要", **particulars)
    desk.present(begun.id)
    return desk.sign(begun.id, signing(office))


def entries(office: Office) -> list[str]:
    with office.services.applications._room.store.reading() as unit:
        return [entry.action for entry in unit.audit.entries()]


def test_a_new_account_runs_only_after_approval_and_a_signed_filing(office: Office) -> None:
    desk, new = office.services.applications, planned(office)
    opening = desk.begin(new.id, FILING, OPENING)
    assert where(office, new.id) == (AccountState.PLANNED, FilingState.NOT_FILED)
    assert str(desk.present(opening.id).number) == "晋示备〔2026〕1号"
    assert where(office, new.id)[0] is AccountState.AWAITING_APPROVAL
    with pytest.raises(ActionNotAllowedError):
        office.services.accounts.open(new.id, today(office), "ja", "")
    desk.sign(opening.id, signing(office))
    assert where(office, new.id)[0] is AccountState.APPROVED
    with pytest.raises(ActionNotAllowedError):
        desk.submit(opening.id, today(office))
    with pytest.raises(ActionNotAllowedError):
        desk.begin(new.id, FILING, NEW)
    office.services.accounts.open(new.id, today(office), "ja", "https://example.org/ja")
    assert where(office, new.id) == (AccountState.OPENED, FilingState.NOT_FILED)
    assert new.id not in {one.id for one in office.services.accounts.targets()}
    filing = desk.begin(new.id, FILING, NEW)
    desk.present(filing.id)
    with pytest.raises(ActionNotAllowedError):
        desk.submit(filing.id, today(office))
    desk.sign(filing.id, signing(office))
    assert where(office, new.id)[0] is AccountState.OPENED
    desk.submit(filing.id, today(office))
    assert where(office, new.id) == (AccountState.RUNNING, FilingState.SUBMITTED)
    assert new.id in {one.id for one in office.services.accounts.targets()}
    done = desk.file(filing.id, today(office), "晋政媒备〔2026〕7号")
    assert where(office, new.id) == (AccountState.RUNNING, FilingState.FILED)
    assert (done.state, done.filing_number) == (ApplicationState.FILED, "晋政媒备〔2026〕7号")


def test_each_step_is_one_entry(office: Office) -> None:
    before = len(entries(office))
    filed(office, account(office).id)
    assert entries(office)[before:] == [f"application.{act}" for act in ("begin", "present", "sign", "submit", "file")]


def test_the_scans_are_filed_with_the_paper(office: Office) -> None:
    paper = filed(office, account(office).id)
    with office.services.applications._room.store.reading() as unit:
        uses = unit.files.uses(f"application:{paper.id}", UseKind.SCAN)
    assert {use.sha256 for use in uses} == {paper.scan_sha256, paper.receipt_sha256}


def test_an_account_of_the_set_up_is_filed_late_while_it_runs(office: Office) -> None:
    first = account(office)
    assert where(office, first.id) == (AccountState.RUNNING, FilingState.NOT_FILED)
    filed(office, first.id)
    assert where(office, first.id) == (AccountState.RUNNING, FilingState.FILED)
    filed(office, first.id, YEARLY)
    assert where(office, first.id) == (AccountState.RUNNING, FilingState.FILED)


def test_only_one_filing_of_an_account_runs(office: Office) -> None:
    desk, first = office.services.applications, account(office)
    begun = desk.begin(first.id, FILING, LATE)
    with pytest.raises(ActionNotAllowedError):
        desk.begin(first.id, FILING, LATE)
    desk.withdraw(begun.id, "填错了")
    desk.begin(first.id, FILING, LATE)


def test_a_refused_opening_leaves_the_account_planned_and_its_reason_on_record(office: Office) -> None:
    desk, new = office.services.applications, planned(office)
    opening = desk.begin(new.id, FILING, OPENING)
    desk.present(opening.id)
    with pytest.raises(ReasonNeededError):
        desk.refuse(opening.id, signing(office), " ")
    assert desk.refuse(opening.id, signing(office), "已有账号可用").state is ApplicationState.REFUSED
    assert where(office, new.id)[0] is AccountState.PLANNED
    desk.begin(new.id, FILING, OPENING)


def test_a_withdrawn_paper_keeps_its_number_as_void(office: Office) -> None:
    desk, new = office.services.applications, planned(office)
    opening = desk.begin(new.id, FILING, OPENING)
    desk.present(opening.id)
    with pytest.raises(ReasonNeededError):
        desk.withdraw(opening.id, "")
    desk.withdraw(opening.id, "名称要改")
    assert where(office, new.id)[0] is AccountState.PLANNED
    with desk._room.store.reading() as unit:
        [given] = unit.numbers.list("account_filing", 2026)
    assert given.voided_at is not None
    second = desk.present(desk.begin(new.id, FILING, OPENING).id)
    assert str(second.number) == "晋示备〔2026〕2号"


def test_nobody_but_the_principal_leader_signs(office: Office) -> None:
    desk = office.services.applications
    begun = desk.begin(account(office).id, FILING, LATE)
    desk.present(begun.id)
    with pytest.raises(DeciderUnfitError):
        desk.sign(begun.id, signing(office, "何副"))
    assert desk.of(begun.account_id)[0].state is ApplicationState.WAITING
    with pytest.raises(FieldInvalidError):
        desk.sign(begun.id, signing(office, days=1))
    with pytest.raises(DecisionTooEarlyError):
        desk.sign(begun.id, signing(office, days=-1))


def test_a_scan_that_cannot_be_looked_at_registers_nothing(office: Office, tmp_path: Path) -> None:
    desk = office.services.applications
    begun = desk.begin(account(office).id, FILING, LATE)
    desk.present(begun.id)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(FileUnreadableError):
        desk.sign(begun.id, replace(signing(office), scan=broken))
    assert desk.of(begun.account_id)[0].state is ApplicationState.WAITING


def test_days_follow_one_another(office: Office) -> None:
    desk = office.services.applications
    begun = desk.begin(account(office).id, FILING, LATE)
    desk.present(begun.id)
    office.clock.forward(days=3)
    desk.sign(begun.id, signing(office))
    with pytest.raises(DecisionTooEarlyError):
        desk.submit(begun.id, today(office) - timedelta(1))
    with pytest.raises(FieldInvalidError):
        desk.submit(begun.id, today(office) + timedelta(1))
    desk.submit(begun.id, today(office))
    with pytest.raises(MissingFieldError):
        desk.file(begun.id, today(office), " ")


def test_a_filed_account_changes_only_by_a_signed_paper(office: Office) -> None:
    first = account(office)
    edited = replace(first, name="晋安示例局", particulars=Particulars(scope="政务信息", field="住建"))
    office.services.accounts.change(edited)
    filed(office, first.id)
    now = account(office)
    assert now.name == "晋安示例局"
    with pytest.raises(ApplicationNeededError) as refused:
        office.services.accounts.change(replace(now, name="又改", particulars=replace(now.particulars, scope="别的")))
    assert refused.value.fields == (AccountField.NAME, AccountField.SCOPE)
    office.services.accounts.change(replace(now, particulars=replace(now.particulars, field="城管")))
    assert account(office).particulars.field == "城管"


def test_a_change_takes_effect_when_it_was_carried_out_and_the_former_name_is_known(office: Office) -> None:
    filed(office, account(office).id)
    before = account(office)
    people = (PersonInCharge(Charge.LEADER, office.person("何副").id), PersonInCharge(Charge.BACK_OFFICE, "x", "1"))
    after = replace(
        before,
        name="晋安区示例局",
        particulars=replace(before.particulars, people=people, phone=Binding("0591-1", Owner.UNIT), scope="政务"),
    )
    desk = office.services.applications
    begun = desk.begin(before.id, CHANGE, ApplicationText(changes=change_lines(before, after), reason="机构改革"))
    with pytest.raises(ActionNotAllowedError):
        desk.carry_out(begun.id, today(office))
    desk.present(begun.id)
    desk.sign(begun.id, signing(office))
    assert account(office) == before
    carried = desk.carry_out(begun.id, today(office))
    assert replace(carried, version=0) == replace(after, version=0)
    with pytest.raises(ActionNotAllowedError):
        desk.carry_out(begun.id, today(office))
    entry = [one for one in entries(office) if one == "account.change"]
    assert len(entry) == 1


def test_of_two_changes_that_run_at_once_the_second_does_not_undo_the_first_unseen(office: Office) -> None:
    filed(office, account(office).id)
    first, second = signed_change(office, scope="甲"), signed_change(office, scope="乙")
    other = signed_change(office, function="丙")
    desk = office.services.applications
    desk.carry_out(first.id, today(office))
    with pytest.raises(ChangedMeanwhileError):
        desk.carry_out(second.id, today(office))
    desk.carry_out(other.id, today(office))
    assert (account(office).particulars.scope, account(office).particulars.function) == ("甲", "丙")


def test_an_account_ends_by_announcement_closing_and_deregistration(office: Office) -> None:
    desk, first = office.services.applications, account(office)
    text = ApplicationText(closing_type=ClosingType.DEREGISTER, reason="功能相近", remains="存档后注销")
    begun = desk.begin(first.id, CLOSING, text)
    desk.present(begun.id)
    with pytest.raises(ActionNotAllowedError):
        desk.end(begun.id, AccountAction.ANNOUNCE_CLOSING, today(office), Announcement("公告"))
    desk.sign(begun.id, signing(office))
    with pytest.raises(MissingFieldError):
        desk.end(begun.id, AccountAction.ANNOUNCE_CLOSING, today(office))
    desk.end(begun.id, AccountAction.ANNOUNCE_CLOSING, today(office), Announcement("本账号停更", today(office)))
    assert where(office, first.id)[0] is AccountState.CLOSING
    desk.end(begun.id, AccountAction.CLOSE, today(office))
    assert first.id not in {one.id for one in office.services.accounts.targets()}
    desk.end(begun.id, AccountAction.DEREGISTER, today(office))
    assert where(office, first.id)[0] is AccountState.DEREGISTERED


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        (FILING, ApplicationText(), MissingFieldError),
        (CHANGE, ApplicationText(reason="改"), MissingFieldError),
        (CLOSING, ApplicationText(reason="停"), MissingFieldError),
        (CLOSING, ApplicationText(closing_type=ClosingType.CLOSE), ReasonNeededError),
        (FILING, ApplicationText(FilingType.LATE, reason="机密★一年"), SecrecyMarkedWordsError),
    ],
)
def test_an_unfinished_paper_is_refused(
    office: Office, kind: ApplicationKind, text: ApplicationText, error: type[Exception]
) -> None:
    first = account(office)
    with pytest.raises(error):
        office.services.applications.begin(first.id, kind, text)
    assert office.services.applications.list() == ()


def test_who_does_not_register_papers_begins_none(office: Office) -> None:
    first = account(office)
    office.sign_in("林晓")
    with pytest.raises(RightMissingError):
        office.services.applications.begin(first.id, FILING, LATE)


def test_a_paper_is_written_anew_until_it_is_presented(office: Office) -> None:
    desk = office.services.applications
    begun = desk.begin(account(office).id, FILING, LATE)
    revised = desk.revise(begun, replace(LATE, reason="补齐"))
    assert revised.text.reason == "补齐"
    presented = desk.present(begun.id)
    with pytest.raises(ActionNotAllowedError):
        desk.revise(presented, LATE)


def test_words_of_a_paper_that_somebody_altered_are_found(office: Office) -> None:
    desk = office.services.applications
    begun = desk.begin(account(office).id, FILING, replace(LATE, reason="原来的理由"))
    audit = office.sign_in("周计").audit
    assert audit.check().words.altered == ()
    with desk._room.store.writing() as unit:
        unit.db.execute("UPDATE application SET text = replace(text, '原来', '别的')")
    assert audit.check().words.altered == (f"application:{begun.id}",)
