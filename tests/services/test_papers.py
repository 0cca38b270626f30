"""An issued paper is kept with its bytes; a reprint is the same paper until something on it changed."""

import subprocess
from dataclasses import replace

import pytest

from app.errors import ChangedMeanwhileError, NotFoundError
from app.forms.review_sheet import compose_review_sheet
from app.models.content import Block, BlockKind, Picture
from app.models.papercode import PaperCode
from app.models.review import Verdict
from app.services.audit_desk import Witness
from tests.services.office import PASSCODE, Office
from tests.services.pictures import png


def text_of(data: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def test_a_sheet_says_what_is_to_be_signed(office: Office) -> None:
    draft = office.submitted()
    paper = office.services.papers.review_sheet(draft.id)
    text = text_of(paper.data)
    for words in ("晋示审〔2026〕1号", "关于冬季用电用气安全的提示", "主要领导", "保密审查", "微信公众号"):
        assert words in text.replace(" ", ""), words
    assert paper.file_name == "晋示审〔2026〕1号 第1稿 福州市晋安区政务新媒体信息发布审核表.pdf"


def test_a_sheet_tells_whoever_signs_what_the_check_asked_and_nobody_answered(office: Office) -> None:
    body = "联系人身份证号110105194912310021，为您提供全市最好、第一的服务。"
    draft = office.submitted(office.content(body=body))
    text = text_of(office.services.papers.review_sheet(draft.id).data).replace(" ", "").replace("\n", "")
    assert "机器检查：提醒没有说明的有疑似公民身份号码1处、绝对化用语2处，请签批人留意" in text
    plain = office.submitted()
    text = text_of(office.services.papers.review_sheet(plain.id).data).replace(" ", "").replace("\n", "")
    assert "机器检查：无未处理事项" in text


def test_a_reprint_is_the_same_bytes_and_no_second_paper(office: Office) -> None:
    draft = office.submitted()
    first = office.services.papers.review_sheet(draft.id)
    office.clock.forward(days=1)
    second = office.sign_in("陈账").papers.review_sheet(draft.id)
    assert first.data == second.data
    assert len(office.services.drafts.view(draft.id).papers) == 1


def test_a_sheet_is_named_after_the_text_it_prints_while_the_next_is_written(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("林晓")
    printed = services.papers.review_sheet(draft.id)
    revised = services.drafts.revise(draft.id)
    services.drafts.save(replace(revised, content=replace(revised.content, title="改过的新标题")))
    paper = services.papers.review_sheet(draft.id)
    assert paper.data == printed.data
    assert paper.title == printed.title == draft.content.title != "改过的新标题"
    assert draft.content.title in text_of(paper.data)


def test_a_new_name_of_unit_or_person_makes_no_second_paper_of_what_was_signed(office: Office) -> None:
    draft = office.submitted()
    first = office.services.papers.review_sheet(draft.id)
    office.clock.forward(days=2)
    admin = office.sign_in("许管")
    own = admin.settings.unit()
    admin.settings.change_unit(
        code=own.code, name="福州市晋安区新局", short_name="", supervisor=own.supervisor, code_word=own.code_word
    )
    admin.staff.change(office.person("林晓").id, "林小晓", "办公室", "", signs_in=True)
    assert admin.papers.review_sheet(draft.id).data == first.data
    assert len(admin.drafts.view(draft.id).papers) == 1


def test_papers_of_the_past_name_people_as_they_were_called_then(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("吴审")
    services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    office.clock.forward(days=2)
    admin = office.sign_in("许管")
    admin.staff.change(office.person("吴审").id, "吴新审", "办公室", "", signs_in=True)
    admin.staff.change(office.person("郑密").id, "郑新密", "办公室", "", signs_in=True)
    admin.sign_in.sign_out()
    services.sign_in.sign_in("郑新密", PASSCODE)
    services.reviews.decide(draft.id, 1, Verdict.PUBLIC, "", PASSCODE)
    text = text_of(services.papers.review_sheet(draft.id).data)
    assert "吴审" in text
    assert "吴新审" not in text
    assert "郑新密" in text


def test_a_void_revision_is_reprinted_as_it_was_and_never_issued_but_as_void(office: Office) -> None:
    printed, unprinted = office.submitted(), office.submitted()
    first = office.sign_in("林晓").papers.review_sheet(printed.id)
    for draft in (printed, unprinted):
        office.services.drafts.withdraw(draft.id)
    assert office.services.papers.review_sheet(printed.id).data == first.data
    assert "作废" in text_of(office.services.papers.review_sheet(unprinted.id).data)
    assert "作废" not in text_of(first.data).replace("内容改动后本表作废", "")


def test_a_sheet_whose_revision_fell_while_it_was_set_is_not_issued(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = office.submitted()
    services = office.sign_in("林晓")

    def meanwhile(*arguments: object) -> object:
        services.drafts.withdraw(draft.id)
        return compose_review_sheet(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("app.services.papers.compose_review_sheet", meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        services.papers.review_sheet(draft.id)
    assert services.drafts.view(draft.id).papers == ()


def test_a_decision_on_screen_is_printed_on_later_sheets(office: Office) -> None:
    draft = office.submitted()
    first = office.services.papers.review_sheet(draft.id)
    services = office.sign_in("吴审")
    services.reviews.decide(draft.id, 1, Verdict.AGREE, "数字已核", PASSCODE)
    second = services.papers.review_sheet(draft.id)
    assert first.data != second.data
    assert "系统内同意" in text_of(second.data)
    assert len(services.drafts.view(draft.id).papers) == 2


def test_the_code_on_the_sheet_witnesses_the_chain(office: Office) -> None:
    draft = office.submitted()
    office.services.papers.review_sheet(draft.id)
    [paper] = office.services.drafts.view(draft.id).papers
    assert office.services.audit.witnesses(paper.audit_seq, paper.audit_head) is Witness.MATCHES
    assert office.services.audit.witnesses(paper.audit_seq, "0" * 64) is Witness.DIFFERS
    assert office.services.audit.witnesses(paper.audit_seq, "") is Witness.DIFFERS
    issued = office.services.audit.page(0, 1)[0]
    assert issued.action == "paper.issue"
    assert paper.pdf_sha256 in issued.detail


def test_the_scan_of_an_issued_sheet_finds_its_draft(office: Office) -> None:
    draft = office.submitted()
    paper = office.services.papers.review_sheet(draft.id)
    path = office.folder.parent / "signed.pdf"
    path.write_bytes(paper.data)
    [match] = office.services.scans.examine(path)
    assert (match.outcome, match.draft_id, match.missing_pages) == ("matched", draft.id, ())
    assert [step.position for step in match.open_steps] == [1, 2, 3]


def test_the_scan_of_an_older_sheet_is_stale(office: Office) -> None:
    draft = office.submitted()
    path = office.folder.parent / "signed.pdf"
    path.write_bytes(office.services.papers.review_sheet(draft.id).data)
    services = office.sign_in("林晓")
    services.drafts.revise(draft.id)
    services.drafts.submit(draft.id, services.drafts.view(draft.id).draft.version)
    [match] = services.scans.examine(path)
    assert (match.outcome, match.revision, match.current_revision, match.open_steps) == ("stale", 1, 2, ())


def test_a_draft_that_was_never_submitted_has_no_sheet(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    with pytest.raises(NotFoundError):
        services.papers.review_sheet(draft.id)


def test_pictures_stand_on_the_continuation_pages(office: Office) -> None:
    services = office.sign_in("林晓")
    digest = services.drafts.keep_file(png(300, 200))
    block = Block(BlockKind.PICTURE, picture=Picture(digest, "现场.png", "演练现场", "本单位拍摄"))
    content = office.content()
    draft = office.submitted(replace(content, blocks=(*content.blocks, block)))
    paper = office.services.papers.review_sheet(draft.id)
    assert paper.pages >= 2
    assert "演练现场" in text_of(paper.data)


def test_a_code_slip_is_printed_and_not_kept(office: Office) -> None:
    admin = office.sign_in("许管")
    before = admin.audit.count()
    code = admin.codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    paper = admin.papers.code_slip(code)
    assert code.code in text_of(paper.data)
    assert admin.audit.count() == before + 1
    for path in office.folder.rglob("*"):
        assert not path.is_file() or paper.data not in path.read_bytes()


def test_the_slip_for_the_safe_has_a_name_of_its_own(office: Office) -> None:
    admin = office.sign_in("许管")
    code = admin.codes.renew_recovery(PASSCODE)
    paper = admin.papers.code_slip(code)
    text = text_of(paper.data)
    assert code.code in text
    assert "系统管理员恢复口令单" in text
    assert "首次登录" not in text
    assert (paper.title, paper.file_name) == ("系统管理员恢复口令单", "系统管理员恢复口令单（封存备用）.pdf")


def test_the_waiting_list_names_what_waits(office: Office) -> None:
    office.submitted()
    paper = office.sign_in("陈账").papers.waiting_list(())
    text = text_of(paper.data)
    assert "〔2026〕1号" in text
    assert "初审" in text


def test_printing_is_an_act(office: Office) -> None:
    draft = office.submitted()
    office.services.papers.note_printed(draft.id, "printer")
    assert office.services.audit.page(0, 1)[0].action == "paper.print"


def test_the_code_of_the_sheet_is_of_this_unit_and_revision(office: Office) -> None:
    draft = office.submitted()
    path = office.folder.parent / "sheet.pdf"
    path.write_bytes(office.services.papers.review_sheet(draft.id).data)
    from app.intake.scan_reading import read_scan

    codes = [code for page in read_scan(path) for code in page.codes]
    assert codes
    assert {(code.unit_code, code.subject_id, code.revision) for code in codes} == {("JA-SL-01", draft.id, 1)}
    assert all(isinstance(code, PaperCode) for code in codes)


def test_a_renamed_account_makes_no_second_paper_of_what_was_submitted_before(office: Office) -> None:
    draft = office.submitted()
    first = office.services.papers.review_sheet(draft.id)
    accounts = office.sign_in("陈账").accounts
    old = accounts.list()[0]
    twice = accounts.change(replace(accounts.change(replace(old, name="晋安新名")), name="再改一次"))
    again = office.services.papers.review_sheet(draft.id)
    assert again.data == first.data
    assert [e.action for e in office.services.audit.page(0, 2)] == ["account.change", "account.change"]
    later = office.submitted()
    office.services.papers.review_sheet(later.id)
    with office.services.audit._room.store.reading() as unit:
        [old_paper], [new_paper] = unit.papers.of_subject(draft.id), unit.papers.of_subject(later.id)
    assert old.caption in old_paper.data.replace("\\", "")
    assert twice.caption in new_paper.data.replace("\\", "")
