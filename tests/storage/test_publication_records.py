"""Posts and target accounts: months have Beijing's borders, and a list imported twice is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import NotFoundError
from app.models.month import Month
from app.models.publication import Publication, PublicationKind, Target, TargetState
from app.storage.unit_of_work import Store
from tests.storage.office import NOW, new_draft, put

POST = Publication("post", PublicationKind.UNREVIEWED, "wechat", "标题", NOW, NOW, "author")
FULL = replace(
    POST,
    id="full",
    recorded_at=NOW + timedelta(days=2),
    draft_id="draft",
    revision=2,
    link="https://example.gov.cn/1",
    published_text="发出的文字\n第二行",
    compared=True,
    matches=True,
    screenshot_sha256s=("b" * 64, "a" * 64),
    who="张三",
    why="急事",
    done="已报告",
    late=True,
)


def test_a_post_reads_back_with_and_without_a_draft(store: Store) -> None:
    with store.writing() as unit:
        put(unit, new_draft())
        for post in (POST, FULL):
            unit.publications.add(post)
            assert unit.publications.get(post.id) == post
        assert unit.publications.of_draft("draft") == (FULL,)
        assert unit.publications.of_draft("") == ()
        assert unit.publications.count() == 2


def test_a_post_is_completed_and_an_unknown_one_is_not_made(store: Store) -> None:
    after = replace(POST, link="https://x.cn", screenshot_sha256s=("c" * 64,))
    with store.writing() as unit:
        unit.publications.add(POST)
        unit.publications.update(after)
        assert unit.publications.get("post") == after
        for act in (lambda: unit.publications.get("none"), lambda: unit.publications.update(replace(POST, id="none"))):
            with pytest.raises(NotFoundError):
                act()


def test_a_month_begins_and_ends_at_beijing_midnight(store: Store) -> None:
    moments = {
        "october": datetime(2026, 10, 31, 15, 59, 59, 999_999, UTC),
        "first": datetime(2026, 10, 31, 16, 0, tzinfo=UTC),
        "last": datetime(2026, 11, 30, 15, 59, 59, 999_999, UTC),
        "december": datetime(2026, 11, 30, 16, 0, tzinfo=UTC),
    }
    november = Month(2026, 11)
    with store.writing() as unit:
        for name, moment in moments.items():
            unit.publications.add(replace(POST, id=name, published_at=moment, recorded_at=NOW))
        assert [post.id for post in unit.publications.in_month(november)] == ["first", "last"]
        assert [post.id for post in unit.publications.page(0, 2)] == ["december", "last"]
        assert [post.id for post in unit.publications.page(2, 1)] == ["first"]


@pytest.mark.parametrize(
    ("account", "link", "title", "shift", "known"),
    [
        ("wechat", "https://x.cn/1", "别的", timedelta(days=9), True),
        (" wechat", "https://x.cn/1", "标题", timedelta(0), False),
        ("weibo", "https://x.cn/1", "标题", timedelta(0), False),
        ("wechat", "", "标题", timedelta(0), True),
        ("wechat", "https://x.cn/2", "标题", timedelta(0), False),
        ("wechat", "", "标题", timedelta(minutes=1), False),
        ("wechat", "", "标题二", timedelta(0), False),
        ("wechat", " https://x.cn/1 ", "", timedelta(0), True),
    ],
)
def test_a_post_entered_again_is_known(
    store: Store, account: str, link: str, title: str, shift: timedelta, known: bool
) -> None:
    with store.writing() as unit:
        unit.publications.add(replace(POST, link="https://x.cn/1"))
        assert unit.publications.exists_like(account, link, title, NOW + shift) is known


def test_posts_without_a_link_are_told_apart_by_title_and_time(store: Store) -> None:
    with store.writing() as unit:
        unit.publications.add(POST)
        assert unit.publications.exists_like("wechat", "https://x.cn/9", "标题", NOW)
        assert not unit.publications.exists_like("wechat", "", "别的", NOW)


def test_each_account_knows_its_last_post(store: Store) -> None:
    with store.writing() as unit:
        assert unit.publications.last_by_account() == {}
        for days in (3, 9, 1):
            unit.publications.add(replace(POST, id=f"{days}", published_at=NOW + timedelta(days=days)))
        assert unit.publications.last_by_account() == {"wechat": NOW + timedelta(days=9)}


def test_earlier_posts_open_no_month(store: Store) -> None:
    with store.writing() as unit:
        unit.publications.add(replace(POST, id="e", kind=PublicationKind.EARLIER, published_at=NOW - timedelta(400)))
        assert unit.publications.first_reviewed_month() is None
        unit.publications.add(replace(POST, id="u", kind=PublicationKind.DIFFERENT, published_at=NOW))
        unit.publications.add(replace(POST, id="d", published_at=NOW - timedelta(40)))
        assert unit.publications.first_reviewed_month() == Month(2026, 10)


def test_targets_follow_the_accounts_but_a_published_one_stays(store: Store) -> None:
    with store.writing() as unit:
        put(unit, new_draft())
        waiting = (Target("draft", "wechat"), Target("draft", "weibo"))
        assert unit.targets.list("draft") == waiting
        unit.targets.set_accounts("draft", ("weibo", "wechat", "weibo"))
        assert unit.targets.list("draft") == waiting
        published = Target("draft", "wechat", TargetState.PUBLISHED)
        unit.targets.save(published)
        unit.targets.save(Target("draft", "weibo", TargetState.DROPPED, "改期"))
        unit.targets.set_accounts("draft", ("weibo", "wechat"))
        assert unit.targets.list("draft") == (published, Target("draft", "weibo", TargetState.DROPPED, "改期"))
        unit.targets.set_accounts("draft", ())
        assert unit.targets.list("draft") == (published,)
        unit.targets.set_accounts("draft", ("weibo",))
        assert unit.targets.list("draft") == (published, Target("draft", "weibo"))
