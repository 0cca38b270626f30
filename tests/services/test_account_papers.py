"""The papers of the register are issued, reprinted, and found again by their code."""

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.errors import NotFoundError
from app.models.account import Account
from app.models.account_application import (
    Announcement,
    Application,
    ApplicationKind,
    ApplicationText,
    ClosingType,
    FilingType,
)
from app.models.account_change import change_lines
from app.models.particulars import Binding, Charge, Owner, Particulars, PersonInCharge
from app.services.papers import PaperBytes
from app.services.scans import ScanOutcome
from tests.services.office import Office
from tests.services.test_applications import account, signing, today

LATE = ApplicationText(FilingType.LATE)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "records").open()
    made.sign_in("陈账")
    return made


def words(paper: PaperBytes) -> str:
    pages = pdfium.PdfDocument(paper.data)
    text = "".join(pages[number].get_textpage().get_text_range() for number in range(len(pages)))
    return "".join(text.split())


def presented(office: Office, kind: ApplicationKind, text: ApplicationText) -> Application:
    desk = office.services.applications
    return desk.present(desk.begin(account(office).id, kind, text).id)


def filled(office: Office) -> Account:
    people = (
        PersonInCharge(Charge.LEADER, office.person("何副").id, "0591-8800", ""),
        PersonInCharge(Charge.BACK_OFFICE, office.person("陈账").id, "0591-8801", "运营者"),
        PersonInCharge(Charge.CUSTODIAN_A, office.person("许管").id),
    )
    told = Particulars(kind="订阅号", scope="本局政务信息", people=people, phone=Binding("0591-8802", Owner.UNIT))
    return office.services.accounts.change(replace(account(office), particulars=told))


def saved(office: Office, paper: PaperBytes) -> Path:
    path = office.folder.parent / "printed.pdf"
    path.write_bytes(paper.data)
    return path


def test_a_filing_form_says_what_the_register_says(office: Office) -> None:
    filled(office)
    paper = office.services.account_papers.form(presented(office, ApplicationKind.FILING, LATE).id)
    text = words(paper)
    for wanted in (
        "备案登记表",
        "晋示备〔2026〕1号",
        "晋安示例",
        "订阅号",
        "本局政务信息",
        "何副",
        "0591-8801",
        "运营者",
        "许管（主）",
        "0591-8802（单位所有）",
        "补备案",
        "盖章",
        "参考式样",
    ):
        assert wanted in text
    assert paper.file_name.startswith("晋示备〔2026〕1号")


def test_a_form_is_printed_again_as_it_was_until_the_register_changes(office: Office) -> None:
    filled(office)
    application = presented(office, ApplicationKind.FILING, LATE)
    first = office.services.account_papers.form(application.id)
    assert office.services.account_papers.form(application.id) == first
    now = account(office)
    office.services.accounts.change(replace(now, particulars=replace(now.particulars, scope="改过的范围")))
    second = office.services.account_papers.form(application.id)
    assert "改过的范围" in words(second)
    office.services.applications.sign(application.id, signing(office))
    now = account(office)
    office.services.accounts.change(replace(now, particulars=replace(now.particulars, scope="签后又改")))
    assert office.services.account_papers.form(application.id) == second


def test_a_printed_form_is_found_by_its_code_and_an_older_one_is_told(office: Office) -> None:
    filled(office)
    application = presented(office, ApplicationKind.FILING, LATE)
    first = saved(office, office.services.account_papers.form(application.id))
    [match] = office.services.scans.examine(first)
    assert (match.outcome, match.application_id) == (ScanOutcome.ACCOUNT_PAPER, application.id)
    assert (match.number, match.title) == (str(application.number), account(office).caption)
    older = first.rename(first.with_name("older.pdf"))
    now = account(office)
    office.services.accounts.change(replace(now, particulars=replace(now.particulars, scope="改过的范围")))
    newer = saved(office, office.services.account_papers.form(application.id))
    assert office.services.scans.examine(older)[0].outcome is ScanOutcome.STALE_ACCOUNT_PAPER
    assert office.services.scans.examine(newer)[0].outcome is ScanOutcome.ACCOUNT_PAPER
    office.services.applications.sign(application.id, signing(office))
    assert office.services.scans.examine(newer)[0].outcome is ScanOutcome.STALE_ACCOUNT_PAPER


def test_a_change_form_shows_before_and_after_in_words(office: Office) -> None:
    filled(office)
    before = account(office)
    people = (PersonInCharge(Charge.LEADER, office.person("王局").id, "0591-8888"),)
    after = replace(before, name="晋安新名", particulars=replace(before.particulars, people=people))
    text = ApplicationText(changes=change_lines(before, after), reason="班子分工调整", wanted_on=today(office))
    printed = words(office.services.account_papers.form(presented(office, ApplicationKind.CHANGE, text).id))
    for wanted in (
        "变更申请表",
        "晋示变〔2026〕1号",
        "晋安示例",
        "晋安新名",
        "何副",
        "王局",
        "班子分工调整",
        "☑不需要",
    ):
        assert wanted.removeprefix("☑") in printed
    assert "[[" not in printed


def test_a_closing_form_shows_reason_remains_and_announcement(office: Office) -> None:
    text = ApplicationText(
        closing_type=ClosingType.DEREGISTER,
        reason="功能相近",
        remains="存档后注销",
        announcement=Announcement("本账号停止更新", today(office)),
    )
    printed = words(office.services.account_papers.form(presented(office, ApplicationKind.CLOSING, text).id))
    for wanted in ("关停（注销）申请表", "晋示停〔2026〕1号", "功能相近", "存档后注销", "本账号停止更新"):
        assert wanted in printed


def test_a_paper_that_has_no_number_or_is_the_districts_own_is_not_printed(office: Office) -> None:
    desk = office.services.applications
    begun = desk.begin(account(office).id, ApplicationKind.FILING, LATE)
    with pytest.raises(NotFoundError):
        office.services.account_papers.form(begun.id)
    desk.withdraw(begun.id, "改用区里的表")
    own = presented(office, ApplicationKind.FILING, replace(LATE, own_form=True))
    with pytest.raises(NotFoundError):
        office.services.account_papers.form(own.id)


def test_a_print_is_one_entry(office: Office) -> None:
    application = presented(office, ApplicationKind.FILING, LATE)
    office.services.account_papers.form(application.id)
    office.services.account_papers.note_printed(application, "打印机")
    with office.services.applications._room.store.reading() as unit:
        acts = [(entry.action, entry.subject) for entry in unit.audit.entries()][-2:]
    assert acts == [("paper.issue", f"application:{application.id}"), ("paper.print", f"application:{application.id}")]


def test_the_responsibility_list_names_who_does_what(office: Office) -> None:
    filled(office)
    paper = office.services.account_papers.responsibility_list()
    text = words(paper)
    for wanted in ("责任清单", "王局", "何副", "陈账", "许管", "吴审", "微信公众号“晋安示例”", "（无）"):
        assert wanted in text
    assert paper.pages == 1
    [match] = office.services.scans.examine(saved(office, paper))
    assert match.outcome is ScanOutcome.OTHER_PAPER
