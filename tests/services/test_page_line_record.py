"""Lines of the page are left out of a comparison on somebody's word, and that word stays on record."""

import json
from pathlib import Path

import pytest

from app.errors import ReasonNeededError
from app.models.month import Month
from app.models.publication import Publication, PublicationKind
from app.models.records import StatementKind
from app.models.stated_words import WordsReport
from app.services.publications import PublicationEntry
from app.storage.database import FILE_NAME
from tests.services.office import Office
from tests.services.test_audit_desk import alter

BODY = "请先开窗、关阀，到室外拨打抢修电话。"
TITLE = "关于冬季用电用气安全的提示"
PAGE = f"{TITLE}\n原创　示例编辑\n2026年10月9日 10:30\n\n{BODY}\n阅读 120\n"
AROUND = (2, 3, 6)
TOLD = ("第2行：原创　示例编辑", "第3行：2026年10月9日 10:30", "第6行：阅读 120")


def record(office: Office, text: str = PAGE, lines: tuple[int, ...] = AROUND, **facts: str) -> Publication:
    """Approve and print a draft and record its post."""
    draft = office.approved()
    services = office.sign_in("陈账")
    services.papers.review_sheet(draft.id)
    entry = PublicationEntry(
        office.account_ids()[0],
        office.clock.now,
        link="https://mp.example.cn/s/1",
        published_text=text,
        screenshots=(b"a screenshot",),
        page_lines=lines,
        **facts,
    )
    return services.publications.record(draft.id, entry)


def test_a_copied_page_matches_without_its_own_lines_and_says_so_on_record(office: Office) -> None:
    post = record(office)
    services = office.services
    assert (post.kind, post.matches) == (PublicationKind.REVIEWED, True)
    assert post.published_text == PAGE, "what was pasted stays whole"
    assert services.publications.page_lines(post.id) == TOLD


def test_what_was_left_out_is_bound_to_the_entry_of_the_act(office: Office) -> None:
    post = record(office)
    room = office.services.publications._room
    with room.store.reading() as unit:
        [stated] = unit.statements.of_subject(f"publication:{post.id}", StatementKind.PAGE_LINES)
    [entry] = [one for one in office.services.audit.page(0, 9) if one.action == "publication.record"]
    facts = json.loads(entry.detail)
    assert facts["left_out"] == list(AROUND)
    assert set(facts["words"]) == {f"publication:{post.id}", f"statement:{stated.id}"}
    assert "示例编辑" not in entry.detail
    assert office.services.audit.check().words == WordsReport()
    alter(office.folder / FILE_NAME, f"UPDATE statement SET text = '第2行：别的' WHERE id = '{stated.id}'")
    assert office.services.audit.check().words.altered == (f"statement:{stated.id}",)


def test_nothing_is_left_out_unless_somebody_says_so(office: Office) -> None:
    with pytest.raises(ReasonNeededError):
        record(office, lines=())
    differing = record(office, lines=(), who="值班员", why="误贴", done="已改正")
    assert (differing.kind, differing.matches) == (PublicationKind.DIFFERENT, False)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (PAGE.replace("室外", "室内"), AROUND),
        (PAGE.replace(BODY, f"{BODY[:9]}\n不要打开门窗\n{BODY[9:]}"), (2, 3, 6, 8)),
        (PAGE.replace(TITLE, TITLE.replace("冬季", "夏季")), (1, *AROUND)),
        (PAGE, (2, 3)),
        (PAGE, (1, *AROUND)),
        (PAGE, (*AROUND, 5)),
        (PAGE, (*AROUND, 99)),
    ],
    ids=["a word", "a line within", "the title", "too few", "the title marked", "the body marked", "no such line"],
)
def test_a_difference_in_the_approved_text_cannot_be_left_out(
    office: Office, text: str, lines: tuple[int, ...]
) -> None:
    with pytest.raises(ReasonNeededError):
        record(office, text, lines)
    post = record(office, text, lines, who="值班员", why="误改", done="已改正")
    assert post.kind is PublicationKind.DIFFERENT
    assert office.services.publications.page_lines(post.id) == ()


def test_where_the_whole_text_matches_nothing_is_left_out(office: Office) -> None:
    post = record(office, f"{TITLE}\n{BODY}", (1,))
    assert post.matches
    assert office.services.publications.page_lines(post.id) == ()


def test_the_account_s_own_name_is_likely_one_of_the_page(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    account = services.accounts.list()[0]
    found = services.publications.compare(draft.id, account.id, f"{account.name}\n{BODY}\n咨询 87654321")
    assert not found.matches
    assert [(line.number, line.likely) for line in found.around] == [(1, True), (3, False)]
    assert services.publications.compare(draft.id, account.id, "\ud83d", 0, (1,)).around == ()


def test_a_month_s_archive_shows_what_was_left_out_beside_the_text(office: Office, tmp_path: Path) -> None:
    record(office)
    office.clock.forward(days=25)
    folder = office.sign_in("陈账").archives.write(Month(2026, 10), tmp_path).written.folder
    item = folder / "data" / "items" / "0001"
    assert (item / "published-01.txt").read_text("utf-8-sig") == PAGE
    assert (item / "published-01-left-out.txt").read_text("utf-8-sig").splitlines() == list(TOLD)
    assert "未参加比对的行" in (folder / "data" / "index.html").read_text("utf-8")
