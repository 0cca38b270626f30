"""A signed sheet that was scanned or photographed finds its draft, its revision and its open steps."""

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.errors import FileUnreadableError, RightMissingError
from app.intake.scan_reading import page_picture
from app.models.content import Block, BlockKind
from app.models.draft import Draft
from app.models.papercode import PaperCode, PaperKind
from app.models.records import UseKind
from app.models.review import StepKind, Verdict
from app.services.scans import ScanMatch, ScanOutcome
from tests.intake.scan_maker import page, photographed, written
from tests.services.office import PASSCODE, Office, signed_page


def printed(office: Office, draft: Draft, name: str = "审核表.pdf") -> Path:
    """Print the sheet and lay it, as it came out, on the desk."""
    path = office.folder.parent / name
    path.write_bytes(office.services.papers.review_sheet(draft.id).data)
    return path


def pages_of(path: Path, count: int) -> list[Image.Image]:
    return [Image.open(io.BytesIO(page_picture(path, n, 2339))).convert("L") for n in range(1, count + 1)]


def only(matches: tuple[ScanMatch, ...]) -> ScanMatch:
    (match,) = matches
    return match


def code_on(office: Office, draft: Draft) -> PaperCode:
    """Return a code as the paper of a draft carries it, to be altered."""
    [paper] = office.services.drafts.view(draft.id).papers[:1]
    revision = office.services.drafts.view(draft.id).revision
    assert revision is not None
    return PaperCode(
        "JA-SL-01",
        PaperKind.REVIEW_SHEET,
        draft.id,
        paper.revision,
        1,
        paper.pages,
        revision.fingerprint,
        paper.audit_seq,
        paper.audit_head,
    )


def examined(office: Office, code: PaperCode) -> ScanMatch:
    return only(office.services.scans.examine(written(office.folder.parent / "扫描.png", page(code=code))))


def test_the_printed_sheet_finds_its_draft_and_its_open_steps(office: Office) -> None:
    draft = office.submitted()
    match = only(office.sign_in("陈账").scans.examine(printed(office, draft)))
    assert (match.outcome, match.draft_id, match.revision, match.current_revision) == (
        ScanOutcome.MATCHED, draft.id, 1, 1,
    )  # fmt: skip
    assert match.title == draft.content.title
    assert match.in_review
    assert match.missing_pages == ()
    assert [step.position for step in match.open_steps] == sorted(step.position for step in match.open_steps)
    assert match.open_steps[-1].kind is StepKind.PRINCIPAL_LEADER


def test_a_telephone_photograph_of_the_sheet_finds_it_too(office: Office) -> None:
    draft = office.submitted()
    sheet = pages_of(printed(office, draft), 1)[0]
    path = written(office.folder.parent / "照片.jpg", photographed(sheet).rotate(187, expand=True, fillcolor=70))
    before = path.read_bytes()
    services = office.sign_in("陈账")
    match = only(services.scans.examine(path))
    assert (match.outcome, match.draft_id) == (ScanOutcome.MATCHED, draft.id)
    assert path.read_bytes() == before
    (upright,) = services.scans.pictures(path, 600, 3)
    with Image.open(io.BytesIO(upright)) as shown:
        assert max(shown.size) == 600


def test_pages_of_a_long_sheet_that_were_not_scanned_are_told(office: Office) -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, f"第{n}段，" + "各街道要逐户走访，登记隐患。" * 12) for n in range(40))
    draft = office.submitted(replace(office.content(), blocks=blocks))
    path = printed(office, draft)
    paper = office.services.drafts.view(draft.id).papers[0]
    assert paper.pages >= 3
    first, _, *rest = pages_of(path, paper.pages)
    match = only(office.services.scans.examine(written(office.folder.parent / "缺页.pdf", *rest, first)))
    assert match.missing_pages == (2,)
    assert match.pages == tuple(range(1, paper.pages))


def test_two_sheets_and_a_bare_page_in_one_file_are_told_apart(office: Office) -> None:
    one, two = office.submitted(), office.submitted(office.content("另一件"))
    sheets = [pages_of(printed(office, draft), 1)[0] for draft in (one, two)]
    path = written(office.folder.parent / "一叠.pdf", sheets[0], page(""), sheets[1])
    matches = office.services.scans.examine(path)
    assert [(m.outcome, m.pages, m.draft_id) for m in matches] == [
        (ScanOutcome.MATCHED, (1,), one.id), (ScanOutcome.MATCHED, (3,), two.id), (ScanOutcome.NO_CODE, (2,), ""),
    ]  # fmt: skip


def test_a_sheet_of_an_older_revision_is_stale(office: Office) -> None:
    draft = office.submitted()
    old = printed(office, draft, "旧表.pdf")
    services = office.sign_in("吴审")
    services.reviews.decide(draft.id, 1, Verdict.RETURN, "请补充电话", PASSCODE)
    services = office.sign_in("林晓")
    again = services.drafts.view(draft.id).draft
    again = services.drafts.save(replace(again, content=office.content(body="请拨打抢修电话 96677。")))
    services.drafts.submit(again.id, again.version)
    match = only(services.scans.examine(old))
    assert (match.outcome, match.revision, match.current_revision) == (ScanOutcome.STALE, 1, 2)
    assert match.open_steps == ()


def test_a_sheet_printed_under_the_unit_s_former_code_is_still_its_own(office: Office) -> None:
    draft = office.submitted()
    path = office.folder.parent / "sheet.pdf"
    path.write_bytes(office.services.papers.review_sheet(draft.id).data)
    admin = office.sign_in("许管")
    own = admin.settings.unit()
    admin.settings.change_unit(
        code="11350111MB1234567X", name=own.name, short_name="", supervisor=own.supervisor, code_word=own.code_word
    )
    [match] = office.sign_in("陈账").scans.examine(path)
    assert (match.outcome, match.draft_id) == (ScanOutcome.MATCHED, draft.id)


def test_papers_that_are_not_ours_are_told_by_their_code(office: Office) -> None:
    draft = office.submitted()
    printed(office, draft)
    code = code_on(office, draft)
    assert examined(office, code).outcome is ScanOutcome.MATCHED
    for altered, outcome in (
        (replace(code, unit_code="JA-XX-99"), ScanOutcome.FOREIGN),
        (replace(code, subject_id="12345678-1234-4234-8234-123456789abc"), ScanOutcome.FOREIGN),
        (replace(code, kind=PaperKind.ARCHIVE_COVER), ScanOutcome.OTHER_PAPER),
        (replace(code, audit_head="0" * 64), ScanOutcome.NOT_WITNESSED),
        (replace(code, audit_seq=code.audit_seq + 500), ScanOutcome.NOT_WITNESSED),
        (replace(code, fingerprint="0" * 64), ScanOutcome.STALE),
        (replace(code, revision=7), ScanOutcome.STALE),
    ):
        match = examined(office, altered)
        assert match.outcome is outcome, altered
        assert match.open_steps == ()


@pytest.mark.parametrize(
    ("text", "problem"), [("", ""), ("XS2:NEW", "newer"), ("XS1:A:RS", "damaged"), ("https://a.cn", "foreign")]
)
def test_a_page_without_a_code_that_counts_waits_for_a_person_to_pick(office: Office, text: str, problem: str) -> None:
    draft = office.submitted()
    match = only(office.services.scans.examine(written(office.folder.parent / "a.png", page(text))))
    assert (match.outcome, match.pages, match.problem) == (ScanOutcome.NO_CODE, (1,), problem)
    picked = office.services.scans.pick(draft.id, match.pages)
    assert (picked.outcome, picked.draft_id, picked.pages) == (ScanOutcome.MATCHED, draft.id, (1,))
    assert picked.open_steps


def test_a_sheet_of_an_approved_draft_opens_no_step(office: Office) -> None:
    draft = office.submitted()
    path = printed(office, draft)
    services = office.sign_in("陈账")
    decisions = tuple(office.signed(step) for step in services.drafts.view(draft.id).steps)
    services.reviews.register_paper(draft.id, 1, decisions, path)
    match = only(services.scans.examine(path))
    assert (match.outcome, match.in_review, match.open_steps) == (ScanOutcome.MATCHED, False, ())


def test_a_scan_is_kept_byte_for_byte_with_its_draft(office: Office) -> None:
    draft = office.submitted()
    path = printed(office, draft)
    services = office.sign_in("陈账")
    digest = services.scans.file_only(draft.id, path)
    assert services.drafts.file(digest) == path.read_bytes()
    assert [use.kind for use in services.drafts.view(draft.id).scans] == [UseKind.SCAN]
    assert services.audit.page(0, 1)[0].action == "scan.file"


def test_who_may_not_file_scans_leaves_no_trace(office: Office) -> None:
    draft = office.submitted()
    path = printed(office, draft)
    services = office.sign_in("许管")
    before = services.audit.count()
    with pytest.raises(RightMissingError):
        services.scans.file_only(draft.id, path)
    assert services.audit.count() == before
    assert services.drafts.view(draft.id).scans == ()


def test_a_file_that_is_no_scan_is_refused_with_its_reason(office: Office) -> None:
    path = office.folder.parent / "a.txt"
    path.write_text("文字", encoding="utf-8")
    with pytest.raises(FileUnreadableError):
        office.services.scans.examine(path)


def test_a_scan_whose_name_is_no_text_is_kept_under_what_can_be_read(office: Office) -> None:
    draft = office.submitted()
    # As a stick written by an old system names it: bytes that are no UTF-8.
    scan = Path(os.fsdecode(os.fsencode(office.folder.parent) + b"/\xc7\xa9\xd7\xd6-1.pdf"))
    scan.write_bytes(signed_page("1"))
    services = office.sign_in("陈账")
    step = services.drafts.view(draft.id).steps[0]
    services.reviews.register_paper(draft.id, 1, (office.signed(step),), scan)
    [kept] = services.drafts.view(draft.id).scans
    assert kept.name.endswith("-1.pdf")
    assert kept.name.encode()


def photographs(office: Office, draft: Draft, folder: str = "照片") -> list[Path]:
    """Print a sheet and photograph each page by itself; the camera's names are no order of the pages."""
    sheet = printed(office, draft)
    place = office.folder.parent / folder
    place.mkdir()
    count = office.services.drafts.view(draft.id).papers[0].pages
    return [written(place / f"IMG_{9 - n}.png", one) for n, one in enumerate(pages_of(sheet, count), start=1)]


def long_draft(office: Office) -> Draft:
    content = replace(
        office.content(), blocks=tuple(Block(BlockKind.PARAGRAPH, "请先开窗、关阀。" * 60) for _ in range(9))
    )
    return office.submitted(content)


def test_one_photograph_a_page_makes_one_sheet_with_the_signed_page_first(office: Office) -> None:
    draft = long_draft(office)
    scans = office.sign_in("陈账").scans
    first, *rest = photographs(office, draft)
    assert len(rest) > 1
    # The camera's order is nobody's order.
    pile = scans.examine_pile(rest[-1], (first, *reversed(rest[:-1])))
    assert only(pile.found).missing_pages == ()
    assert only(pile.found).sheet_pages == tuple(range(1, len(rest) + 2))
    assert pile.files == (first, *rest), "in the order of the pages"


def test_what_is_no_further_page_of_the_sheet_stays_in_the_pile(office: Office, tmp_path: Path) -> None:
    draft, other = long_draft(office), long_draft(office)
    scans = office.sign_in("陈账").scans
    first, second, *_ = photographs(office, draft)
    foreign = photographs(office, other, "另一件")[1]
    broken, bare = tmp_path / "坏.jpg", written(tmp_path / "空白.png", page(""))
    broken.write_bytes(b"nothing")
    again = tmp_path / "又一张.png"
    again.write_bytes(first.read_bytes())
    pile = scans.examine_pile(first, (broken, foreign, bare, again, tmp_path / "没有.jpg", second))
    assert pile.files == (first, second)
    assert 2 not in only(pile.found).missing_pages
    assert 1 not in only(pile.found).missing_pages
    both = written(tmp_path / "两页.pdf", *pages_of(printed(office, draft), 2))
    assert scans.examine_pile(first, (both,)).files == (first,), "it may have been signed in between"
    whole = scans.examine_pile(printed(office, draft), (second,))
    assert len(whole.files) == 1, "a sheet that lacks nothing takes nothing"


def test_every_file_of_a_sheet_is_kept_with_the_draft_by_one_act(office: Office) -> None:
    draft = long_draft(office)
    services = office.sign_in("陈账")
    files = photographs(office, draft)
    pile = services.scans.examine_pile(files[-1], files[:-1])
    before = services.audit.count()
    services.scans.file_only(draft.id, pile.files[0], pile.files[1:])
    kept = services.drafts.view(draft.id).scans
    assert [use.name for use in kept] == [file.name for file in files]
    assert services.audit.count() == before + 1
