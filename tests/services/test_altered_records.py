"""Records that another program has altered: every page says so or goes on, the check names them, nothing breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_checkup, open_services
from app.errors import AppError
from app.labels import words_said
from app.messages import explain
from app.models.monthly import GapKind
from app.models.publication import PublicationKind
from tests.services.altered_office import OCTOBER, altered, build, columns, questions
from tests.services.office import PASSCODE, SetClock, cheap_hasher

BAD: dict[str, tuple[object, ...]] = {"TEXT": ("zzz", "{}", ""), "INTEGER": (-1, 2**62), "BLOB": (b"x",)}
USUAL = (
    *(("publication", "published_at"), ("publication", "screenshots"), ("draft", "content"), ("account", "id")),
    *(("account", "state"), ("archive", "contents"), ("audit", "detail"), ("audit", "hash"), ("setting", "value")),
)
"""Columns of every sort; the trial for a release takes each column there is."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "data"
    folder.mkdir()
    build(folder)
    return folder


def sentences(folder: Path) -> Iterator[tuple[str, str]]:
    """Ask everything, and yield what is refused with its sentence; what is no fact for a person comes out as a bug."""
    for name, ask in questions(folder):
        try:
            ask()
        except AppError as told:
            yield name.split()[0], str(explain(told))


def doctor(folder: Path) -> str:
    """Return what `doctor` finds wanting."""
    try:
        return "".join(look.sentence for look in open_checkup(folder).looks() if look.fine is False)
    except AppError as told:
        return str(explain(told))


def try_column(whole: Path, place: Path, table: str, column: str, value: object) -> None:
    place.mkdir()
    sql = f"UPDATE OR IGNORE {table} SET {column} = ?"
    if altered(whole, place / "data", sql, value):
        assert all(sentence for _name, sentence in sentences(place / "data"))
        doctor(place / "data")


def test_of_an_office_that_nobody_touched_nothing_is_told(whole: Path, tmp_path: Path) -> None:
    altered(whole, tmp_path / "data", "SELECT 1")
    refused = {name for name, _sentence in sentences(tmp_path / "data")}
    assert refused == {"Publications.packages", "Publications.own_packages", "Papers.review_sheet"}
    assert "不是本程序写下的" not in doctor(tmp_path / "data")


@pytest.mark.parametrize(("table", "column"), USUAL)
def test_whatever_stands_in_a_column_is_told_in_words(whole: Path, tmp_path: Path, table: str, column: str) -> None:
    try_column(whole, tmp_path / "case", table, column, "zzz")


@pytest.mark.release
def test_whatever_stands_in_any_column_is_told_in_words(whole: Path, tmp_path: Path) -> None:
    for number, (table, column, kind, nullable) in enumerate(columns(whole)):
        for order, value in enumerate((*BAD[kind], *((None,) if nullable else ()))):
            try_column(whole, tmp_path / f"{number}-{order}", table, column, value)


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE publication SET kind = 'REVIEWED' WHERE kind = 'unreviewed'", "发布记录"),
        ("UPDATE publication SET kind = 'reviewed' WHERE kind = 'unreviewed'", "发布记录"),
        ("UPDATE publication SET published_at = '2026-11-01T05:00:00.000000Z'", "发布记录"),
        ("UPDATE publication SET account_id = (SELECT max(id) FROM account WHERE id <> account_id)", "发布记录"),
        ("UPDATE publication SET recorded_at = 'yesterday'", "发布记录"),
        ("UPDATE publication SET recorded_by = 'nobody'", "发布记录"),
        ("UPDATE decision SET way = 'Paper'", "签批意见"),
        ("UPDATE decision SET decided_on = '2026-13-45'", "签批意见"),
        ("UPDATE role_grant SET role = 'king'", "角色"),
        ("UPDATE draft SET state = 'lost'", "稿件"),
        ("UPDATE draft SET author_id = 'nobody'", "稿件"),
        ("UPDATE account SET filing = ''", "账号"),
        ("UPDATE paper_number SET given_at = ''", "编号"),
        ("UPDATE OR IGNORE attachment_use SET sha256 = 'gone'", "附件登记"),
    ],
)
def test_the_check_and_doctor_name_what_this_program_cannot_have_written(
    whole: Path, tmp_path: Path, sql: str, kind: str
) -> None:
    assert altered(whole, tmp_path / "data", sql)
    said = doctor(tmp_path / "data")
    assert "处不是本程序写下的" in said
    assert kind in said


RAW = """INSERT INTO publication (id, kind, account_id, title, published_at, recorded_at, recorded_by, revision, link,
    published_text, compared, matches, screenshots, who, why, done, late) SELECT 'raw', ?, account_id, '混进来的一条',
    '2026-11-03T05:00:00.000000Z', recorded_at, recorded_by, 0, '', '', 0, 0, '[]', '甲', '乙', '丙', 0
    FROM publication LIMIT 1"""


@pytest.mark.parametrize("kind", ["REVIEWED", "reviewed", "unreviewed", "earlier"])
def test_a_post_put_in_by_hand_is_named_and_its_month_still_opens(whole: Path, tmp_path: Path, kind: str) -> None:
    assert altered(whole, tmp_path / "data", RAW, kind) == 1
    services = open_services(
        tmp_path / "data", SetClock(SetClock().now.replace(month=11, day=4)), hasher=cheap_hasher()
    )
    services.sign_in.sign_in("陈账", PASSCODE)
    report = services.audit.check()
    assert report.broken_at == 0
    assert report.words.foreign == ("publication:raw",)
    assert "有 1 处不是本程序写下的（发布记录 1 处）" in words_said(report.words)
    november = services.archives.overview(OCTOBER.next)
    titles = {gap.title for gap in november.gaps if gap.kind is GapKind.ALTERED and gap.must_explain}
    assert titles == ({"混进来的一条"} if kind == "REVIEWED" else set())
    post = services.publications.get("raw")
    assert (post.kind is PublicationKind.ALTERED) is (kind == "REVIEWED")
    assert post in services.publications.page(0, 9)
