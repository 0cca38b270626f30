"""Passwords are lent with an approval, are back once changed again, and both lists can be printed."""

import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.errors import LoanRefusedError, MissingFieldError, NotCustodianError, RightMissingError, RoleConflictError
from app.models.credential import ChangeCause
from app.services.papers import PaperBytes
from tests.services.office import SetClock
from tests.services.test_custody import LONG, OTHER, PASSWORD, Safe, actions, kept, terms


@pytest.fixture(scope="session")
def made_safe(tmp_path_factory: pytest.TempPathFactory) -> Safe:
    """Set it up once: passcodes take real effort."""
    made = Safe(tmp_path_factory.mktemp("lending") / "records").open()
    made.services.sign_in.sign_out()
    return made


@pytest.fixture
def safe(made_safe: Safe, tmp_path: Path) -> Safe:
    shutil.copytree(made_safe.folder, tmp_path / "records")
    copied = Safe(tmp_path / "records", SetClock(made_safe.clock.now))
    copied.sign_in("陈账")
    return copied


def words(paper: PaperBytes) -> str:
    pages = pdfium.PdfDocument(paper.data)
    return "".join("".join(pages[n].get_textpage().get_text_range().split()) for n in range(len(pages)))


def test_a_loan_is_over_when_the_password_is_changed_again(safe: Safe) -> None:
    credential, before = kept(safe), 0
    desk, approver, user = safe.services.loans, safe.person("何副").id, safe.person("林晓").id
    before = len(actions(safe))
    lent = desk.lend(credential.id, "重大活动值守", approver, user)
    assert actions(safe)[before:] == ["borrowing.lend"]
    assert desk.of(credential.id) == (lent,)
    with pytest.raises(LoanRefusedError):
        desk.lend(credential.id, "又一次", approver, user)
    safe.services.custody.change(credential.id, OTHER, ChangeCause.BORROWED, LONG)
    [back] = desk.of(credential.id)
    assert back.returned_at is not None
    assert desk.lend(credential.id, "又一次", approver, user).returned_at is None


def test_the_words_of_a_loan_are_bound_to_its_entry(safe: Safe) -> None:
    credential = kept(safe)
    lent = safe.services.loans.lend(credential.id, "重大活动值守", safe.person("何副").id, safe.person("林晓").id)
    with safe.services.custody._room.store.reading() as unit:
        [entry] = unit.audit.of_action("borrowing.lend")
        assert f"borrowing:{lent.id}" in entry.detail
        assert "值守" not in entry.detail


def test_a_loan_needs_a_reason_a_leader_and_somebody_who_does_not_keep_it(safe: Safe) -> None:
    only = (safe.both()[0],)
    credential = safe.enter("贺甲").keep(terms(safe, custodian_ids=only), PASSWORD, LONG)
    desk, approver, user = safe.services.loans, safe.person("何副").id, safe.person("林晓").id
    with pytest.raises(MissingFieldError):
        desk.lend(credential.id, " ", approver, user)
    with pytest.raises(RoleConflictError):
        desk.lend(credential.id, "值守", approver, approver)
    for reason, who, used_by in (("approver", user, safe.person("吴审").id), ("custodian", approver, only[0])):
        with pytest.raises(LoanRefusedError) as told:
            desk.lend(credential.id, "值守", who, used_by)
        assert told.value.reason == reason
    safe.enter("尤乙")
    with pytest.raises(NotCustodianError):
        desk.lend(credential.id, "值守", approver, user)
    safe.sign_in("陈账")
    with pytest.raises(RightMissingError):
        desk.lend(credential.id, "值守", approver, user)
    assert desk.of(credential.id) == ()


def test_both_lists_say_when_and_who_and_never_what(safe: Safe) -> None:
    credential = kept(safe)
    desk, approver, user = safe.services.loans, safe.person("何副").id, safe.person("林晓").id
    desk.lend(credential.id, "重大活动值守", approver, user)
    witness = safe.person("王局").id
    safe.services.custody.change(credential.id, OTHER, ChangeCause.BORROWED, LONG, witness_id=witness)
    changes, loans = words(desk.changes_paper()), words(desk.loans_paper())
    for wanted in ("密码变更记录", "晋安示例发布", "贺甲", "王局", "2次"):
        assert wanted in changes
    for wanted in ("启封、借用登记", "重大活动值守", "何副", "林晓", "1次"):
        assert wanted in loans
    assert PASSWORD.reveal() not in changes + loans
    assert OTHER.reveal() not in changes + loans
