"""A publication is a fact: it can always be recorded, and what kind of fact it is, is found out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import (
    AlreadyPublishedError,
    FieldInvalidError,
    FieldTooLongError,
    MissingFieldError,
    NotApprovedError,
    NotEarlierError,
    NotFoundError,
    PublishedEarlierError,
    ReasonNeededError,
    RightMissingError,
)
from app.models.content import Block, BlockKind, Variant
from app.models.difference import Change
from app.models.draft import DraftState
from app.models.publication import PublicationKind, TargetState
from app.models.records import StatementKind
from app.models.review import Verdict
from app.models.stated_words import WordsReport
from app.services.earlier_publications import EarlierEntry
from app.services.publications import PublicationEntry
from tests.services.office import PASSCODE, Office

BODY = "请先开窗、关阀，到室外拨打抢修电话。"


def entry(office: Office, **facts: object) -> PublicationEntry:
    usual: dict[str, object] = {
        "account_id": office.account_ids()[0],
        "published_at": office.clock.now,
        "link": "https://mp.example.cn/s/1",
        "published_text": BODY,
    }
    return PublicationEntry(**(usual | facts))  # type: ignore[arg-type]


def explained(entered: PublicationEntry) -> PublicationEntry:
    return replace(entered, who="值班员", why="突发停水", done="已补审")


def test_an_approved_text_that_went_out_as_approved_is_reviewed(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    publication = services.publications.record(draft.id, entry(office))
    assert publication.kind is PublicationKind.REVIEWED
    assert (publication.compared, publication.matches, publication.late) == (True, True, False)
    assert services.drafts.view(draft.id).draft.state is DraftState.PUBLISHED


def test_white_space_of_the_platform_is_no_difference_but_one_character_is(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    account = office.account_ids()[0]
    assert services.publications.compare(draft.id, account, f"  {BODY[:5]}\n\n{BODY[5:]}  ").matches
    compared = services.publications.compare(draft.id, account, BODY.replace("室外", "室内"))
    assert not compared.matches
    changed = [(run.change, run.text) for run in compared.runs if run.change is not Change.SAME]
    assert changed == [(Change.REMOVED, "外"), (Change.ADDED, "内")]


def test_our_own_plain_text_pasted_back_is_no_difference(office: Office) -> None:
    blocks = (
        Block(BlockKind.BULLET, "关阀"),
        Block(BlockKind.NUMBERED, "开窗"),
        Block(BlockKind.NUMBERED, "到室外"),
        Block(BlockKind.TABLE, rows=(("电话", "96777"),)),
    )
    draft = office.approved(replace(office.content(), blocks=blocks))
    services = office.sign_in("陈账")
    account = office.account_ids()[0]
    _html, text = services.packages.rich_text(draft.id, account)
    assert "1. 开窗" in text
    assert services.publications.compare(draft.id, account, text).matches
    assert services.publications.compare(draft.id, account, text.partition("\n")[2]).matches
    assert not services.publications.compare(draft.id, account, text.replace("开窗", "关窗")).matches


def test_a_text_that_differs_is_recorded_as_what_it_is_and_asks_why(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    differing = entry(office, published_text=BODY.replace("室外", "室内"))
    with pytest.raises(ReasonNeededError):
        services.publications.record(draft.id, differing)
    publication = services.publications.record(draft.id, explained(differing))
    assert publication.kind is PublicationKind.DIFFERENT


def test_what_went_out_without_approval_is_recorded_as_that(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    with pytest.raises(ReasonNeededError):
        services.publications.record(draft.id, entry(office))
    publication = services.publications.record(draft.id, explained(entry(office)))
    assert publication.kind is PublicationKind.UNREVIEWED
    # The review goes on, and later approval does not turn the fact into another.
    assert services.drafts.view(draft.id).draft.state is DraftState.IN_REVIEW


def test_a_post_earlier_than_its_decisions_is_unreviewed(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    early = entry(office, published_at=office.clock.now - timedelta(days=1))
    publication = services.publications.record(draft.id, explained(early))
    assert publication.kind is PublicationKind.UNREVIEWED


def test_a_post_without_any_draft_can_be_recorded(office: Office) -> None:
    services = office.sign_in("陈账")
    with pytest.raises(MissingFieldError):
        services.publications.record("", explained(entry(office)))
    publication = services.publications.record("", explained(entry(office, note_title="停水通知")))
    assert (publication.kind, publication.draft_id) == (PublicationKind.UNREVIEWED, "")


def test_nothing_goes_out_tomorrow(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    with pytest.raises(PublishedEarlierError):
        services.publications.record(draft.id, entry(office, published_at=office.clock.now + timedelta(hours=1)))


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "mp.example.cn", "https://a b"])
def test_a_link_is_a_web_address(office: Office, link: str) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    with pytest.raises(FieldInvalidError):
        services.publications.record(draft.id, entry(office, link=link))


def test_an_account_is_recorded_once_for_a_revision(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    services.publications.record(draft.id, entry(office))
    with pytest.raises(AlreadyPublishedError):
        services.publications.record(draft.id, entry(office))


def test_each_account_has_its_own_state_and_text(office: Office) -> None:
    first, second = office.account_ids()
    content = replace(
        office.content(),
        account_ids=(first, second),
        variants=(Variant(second, "短标题", (Block(BlockKind.PARAGRAPH, "微博短文。"),)),),
    )
    draft = office.approved(content)
    services = office.sign_in("陈账")
    assert [p.content.plain_body for p in services.publications.packages(draft.id)] == [BODY, "微博短文。"]
    services.publications.record(draft.id, entry(office))
    assert services.drafts.view(draft.id).draft.state is DraftState.PUBLISHING
    with pytest.raises(ReasonNeededError):
        services.publications.drop_target(draft.id, second, "")
    services.publications.drop_target(draft.id, second, "微博停更")
    view = services.drafts.view(draft.id)
    assert view.draft.state is DraftState.PUBLISHED
    assert {target.account_id: target.state for target in view.targets} == {
        first: TargetState.PUBLISHED,
        second: TargetState.DROPPED,
    }


def test_an_account_that_was_published_or_never_meant_cannot_be_dropped(office: Office) -> None:
    first, second = office.account_ids()
    draft = office.approved(replace(office.content(), account_ids=(first,)))
    services = office.sign_in("陈账")
    with pytest.raises(NotFoundError):
        services.publications.drop_target(draft.id, second, "停更")
    two = office.approved(replace(office.content(), account_ids=(first, second)))
    services = office.sign_in("陈账")
    services.publications.record(two.id, entry(office))
    with pytest.raises(AlreadyPublishedError):
        services.publications.drop_target(two.id, first, "停更")
    assert services.drafts.view(two.id).draft.state is DraftState.PUBLISHING


def test_a_draft_that_goes_out_nowhere_any_more_is_void_and_not_published(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    saved = services.publications.drop_target(draft.id, office.account_ids()[0], "活动取消")
    assert saved.state is DraftState.VOID
    view = services.drafts.view(draft.id)
    assert view.revision is not None
    assert view.revision.voided_at is not None
    with services.publications._room.store.reading() as unit:
        [given] = unit.numbers.list("review_sheet", 2026)
    assert given.voided_at is not None


def test_what_went_out_unreviewed_and_is_dropped_then_stays_a_post(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    services.publications.record(draft.id, explained(entry(office)))
    steps = services.drafts.view(draft.id).steps
    services.reviews.register_paper(draft.id, 1, tuple(office.signed(step) for step in steps), office.scan())
    saved = services.publications.drop_target(draft.id, office.account_ids()[0], "已经发出")
    assert saved.state is DraftState.PUBLISHED
    assert [p.kind for p in services.publications.of_draft(draft.id)] == [PublicationKind.UNREVIEWED]


def test_nothing_unapproved_leaves_as_a_package(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    with pytest.raises(NotApprovedError):
        services.publications.packages(draft.id)


def test_only_the_account_manager_records(office: Office) -> None:
    draft = office.approved()
    with pytest.raises(RightMissingError):
        office.sign_in("林晓").publications.record(draft.id, entry(office))


def test_a_refused_record_leaves_no_file_behind(office: Office) -> None:
    draft = office.approved()
    before = sorted((office.folder / "attachments").rglob("*"))
    services = office.sign_in("林晓")
    with pytest.raises(RightMissingError):
        services.publications.record(draft.id, entry(office, screenshots=(b"a screenshot nobody may keep",)))
    assert sorted((office.folder / "attachments").rglob("*")) == before


def test_torn_characters_in_a_pasted_page_stop_nothing_and_an_endless_page_is_refused(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    with pytest.raises(FieldTooLongError):
        services.publications.record(draft.id, explained(entry(office, published_text="长" * 500_001)))
    torn = explained(entry(office, published_text=BODY + "\ud83d", note_title="\udc00"))
    publication = services.publications.record(draft.id, torn)
    assert publication.published_text == BODY + "\ufffd"
    assert services.audit.check().broken_at == 0


def test_a_link_that_is_put_right_leaves_the_old_one_on_record(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    publication = services.publications.record(draft.id, entry(office, link="https://mp.example.cn/s/wrong"))
    services.publications.complete(publication.id, link="https://mp.example.cn/s/right")
    with services.publications._room.store.reading() as unit:
        [before] = unit.statements.of_subject(f"publication:{publication.id}", StatementKind.LINK)
    assert before.text == "https://mp.example.cn/s/wrong"
    assert services.publications.get(publication.id).link == "https://mp.example.cn/s/right"
    assert not any("example.cn" in entry.detail for entry in services.audit.page(0, 100))
    assert services.audit.check().words == WordsReport()


def test_screenshots_are_kept_byte_for_byte_and_may_come_later(office: Office) -> None:
    draft = office.approved()
    services = office.sign_in("陈账")
    publication = services.publications.record(draft.id, entry(office, link="", screenshots=(b"a png",)))
    later = services.publications.complete(publication.id, link="https://mp.example.cn/s/2", screenshots=(b"more",))
    assert later.link == "https://mp.example.cn/s/2"
    assert [services.drafts.file(digest) for digest in later.screenshot_sha256s] == [b"a png", b"more"]


def test_earlier_posts_are_recorded_once_and_judged_by_nothing(office: Office) -> None:
    services = office.sign_in("陈账")
    earlier = EarlierEntry(office.account_ids()[0], "旧文", office.clock.now - timedelta(days=90), "")
    assert services.publications.earlier.record((earlier, earlier)) == 1
    assert services.publications.earlier.record((earlier,)) == 0
    [publication] = services.publications.page(0, 9)
    assert publication.kind is PublicationKind.EARLIER


def test_what_went_out_since_the_first_day_of_use_is_never_an_earlier_post(office: Office) -> None:
    services = office.sign_in("陈账")
    office.clock.forward(days=3)
    account, before = office.account_ids()[0], services.audit.count()
    sound = EarlierEntry(account, "旧文", office.clock.now - timedelta(days=90))
    for days in (0, 2, 3):
        passed_off = EarlierEntry(account, "没有审过的", office.clock.now - timedelta(days=days))
        with pytest.raises(NotEarlierError):
            services.publications.earlier.record((sound, passed_off))
    assert (services.publications.count(), services.audit.count()) == (0, before)


def test_what_went_out_approved_stays_reviewed_when_the_draft_is_opened_for_change_afterwards(office: Office) -> None:
    draft = office.approved()
    office.clock.forward(minutes=10)
    posted = office.clock.now
    office.clock.forward(hours=1)
    author = office.sign_in("林晓")
    author.drafts.revise(draft.id)
    changed = replace(author.drafts.view(draft.id).draft, content=office.content(title="改过的", body="改过的一段。"))
    author.drafts.save(changed)
    services = office.sign_in("陈账")
    before, targets = services.drafts.view(draft.id).draft, services.drafts.view(draft.id).targets
    publication = services.publications.record(draft.id, entry(office, published_at=posted))
    # Compared with what was signed and not with what is typed now; the draft goes on being written.
    assert (publication.kind, publication.revision, publication.matches) == (PublicationKind.REVIEWED, 1, True)
    assert publication.title == office.content().title
    assert services.drafts.view(draft.id).draft == before
    assert services.drafts.view(draft.id).targets == targets
    with pytest.raises(AlreadyPublishedError):
        services.publications.record(draft.id, entry(office, published_at=posted))


def test_a_time_before_the_last_decision_or_after_the_voiding_stays_unreviewed(office: Office) -> None:
    draft = office.submitted()
    for name, verdict in (("吴审", Verdict.AGREE), ("郑密", Verdict.PUBLIC), ("王局", Verdict.AGREE)):
        office.clock.forward(minutes=10)
        early = office.clock.now
        office.sign_in(name).reviews.decide(draft.id, 1, verdict, "", PASSCODE)
    office.clock.forward(minutes=10)
    author = office.sign_in("林晓")
    author.drafts.revise(draft.id)
    view = author.drafts.view(draft.id)
    assert view.revision is not None
    assert view.revision.voided_at is not None
    services = office.sign_in("陈账")
    for moment in (early, view.revision.voided_at):
        with pytest.raises(ReasonNeededError):
            services.publications.record(draft.id, entry(office, published_at=moment))
    last = services.publications.record(
        draft.id, entry(office, published_at=view.revision.voided_at - timedelta(microseconds=1))
    )
    assert last.kind is PublicationKind.REVIEWED


def test_two_revisions_of_a_draft_go_out_each_as_what_was_signed(office: Office) -> None:
    draft = office.approved()
    first = office.clock.now
    office.clock.forward(hours=1)
    author = office.sign_in("林晓")
    author.drafts.revise(draft.id)
    author.drafts.save(replace(author.drafts.view(draft.id).draft, content=office.content(body="改过的一段。")))
    office.clock.forward(hours=1)
    between = office.clock.now
    office.clock.forward(hours=1)
    author.drafts.submit(draft.id, author.drafts.view(draft.id).draft.version)
    services = office.sign_in("陈账")
    steps = services.drafts.view(draft.id).steps
    services.reviews.register_paper(draft.id, 2, tuple(office.signed(step) for step in steps), office.scan())
    former = services.publications.record(draft.id, entry(office, published_at=first))
    assert (former.kind, former.revision) == (PublicationKind.REVIEWED, 1)
    # The second text still waits for its post, on the same account.
    assert services.drafts.view(draft.id).draft.state is DraftState.APPROVED
    # Signed on the same day, but submitted only later: nothing stood then.
    with pytest.raises(ReasonNeededError):
        services.publications.record(draft.id, entry(office, published_at=between))
    latest = services.publications.record(draft.id, entry(office, published_text="改过的一段。"))
    assert (latest.kind, latest.revision) == (PublicationKind.REVIEWED, 2)
    assert services.drafts.view(draft.id).draft.state is DraftState.PUBLISHED


def test_after_a_post_of_the_former_text_one_without_approval_can_still_be_recorded(office: Office) -> None:
    draft = office.approved()
    posted = office.clock.now
    office.clock.forward(hours=1)
    office.sign_in("林晓").drafts.revise(draft.id)
    services = office.sign_in("陈账")
    services.publications.record(draft.id, entry(office, published_at=posted))
    later = services.publications.record(draft.id, explained(entry(office)))
    assert later.kind is PublicationKind.UNREVIEWED
    with pytest.raises(AlreadyPublishedError):
        services.publications.record(draft.id, explained(entry(office)))


def test_a_draft_given_up_after_its_text_went_out_keeps_its_number(office: Office) -> None:
    draft = office.approved()
    posted = office.clock.now
    office.clock.forward(hours=1)
    office.sign_in("林晓").drafts.revise(draft.id)
    office.sign_in("陈账").publications.record(draft.id, entry(office, published_at=posted))
    services = office.sign_in("林晓")
    services.drafts.void(draft.id, "不再改了")
    with services.publications._room.store.reading() as unit:
        [given] = unit.numbers.list("review_sheet", 2026)
    assert given.voided_at is None
