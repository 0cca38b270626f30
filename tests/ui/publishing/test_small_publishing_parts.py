"""Screenshots, the choice of accounts, and what a post will be recorded as."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.errors import AlreadyPublishedError
from app.models.account import AccountState
from app.models.publication import PublicationKind
from app.services.post_text import Comparison
from app.ui.publishing.post_judgement import judge
from app.ui.publishing.screenshot_strip import ScreenshotStrip
from app.ui.publishing.target_choice import target_choice
from tests.services.pictures import png
from tests.ui.dragging import drop, files, hover
from tests.ui.work_office import Bench


@pytest.fixture
def strip(bench: Bench, qtbot: QtBot) -> ScreenshotStrip:
    made = ScreenshotStrip(bench.desk)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def thumbs(strip: ScreenshotStrip) -> list[QToolButton]:
    return [button for button in strip.findChildren(QToolButton) if button.isVisible()]


def test_pictures_come_in_their_order_and_go_with_one_click(
    bench: Bench, strip: ScreenshotStrip, tmp_path: Path
) -> None:
    paths = []
    for number in range(3):
        path = tmp_path / f"{number}.png"
        path.write_bytes(png(40, 60 + number))
        paths.append(path)
        strip.add(path)
        bench.settle()
    assert strip.sources == tuple(paths)
    QApplication.processEvents()
    assert len(thumbs(strip)) == 3
    assert thumbs(strip)[1].accessibleName() == "截图 2，按下去掉"
    thumbs(strip)[1].click()
    assert list(strip.sources) == [paths[0], paths[2]]
    strip.clear()
    assert not strip.sources
    assert not strip._shelf.isVisible()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("a.png", b"nothing of the kind", "不是"), ("b.png", png(40, 40)[:60], "已损坏"), ("c.png", b"", "空的")],
)
def test_what_is_no_picture_says_so_and_is_not_taken(
    bench: Bench, strip: ScreenshotStrip, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    strip.add(path)
    bench.settle()
    assert words in strip.hint.text()
    assert strip.hint.property("tone") == "danger"
    assert strip.sources == ()


def test_a_picture_of_two_hundred_megapixels_is_refused_by_its_head(
    bench: Bench, strip: ScreenshotStrip, tmp_path: Path
) -> None:
    data = bytearray(png(4, 4))
    data[16:24] = (20_000).to_bytes(4, "big") + (10_000).to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    path = tmp_path / "huge.png"
    path.write_bytes(bytes(data))
    strip.add(path)
    bench.settle()
    assert "尺寸过大" in strip.hint.text()
    assert strip.sources == ()


def test_pasting_takes_a_picture_and_says_when_there_is_none(
    bench: Bench, strip: ScreenshotStrip, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText("只有文字")
    strip.paste_button.click()
    assert "剪贴板里没有图片" in strip.hint.text()
    offer = QMimeData()
    offer.setImageData(QImage.fromData(png(20, 30)))
    QApplication.clipboard().setMimeData(offer)
    qtbot.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    [source] = strip.sources
    assert isinstance(source, bytes)
    assert QImage.fromData(source).size() == QImage.fromData(png(20, 30)).size()
    qtbot.keyClick(strip, Qt.Key.Key_X)
    assert len(strip.sources) == 1


def test_only_pictures_are_taken_by_dropping(bench: Bench, strip: ScreenshotStrip, tmp_path: Path) -> None:
    shot, other = tmp_path / "a.png", tmp_path / "a.docx"
    shot.write_bytes(png(20, 30))
    other.write_bytes(b"PK")
    assert not hover(strip, files([other]))
    assert drop(strip, files([other, shot]))
    bench.settle()
    assert strip.sources == (shot,)


def test_accounts_that_are_waited_for_stand_first(bench: Bench) -> None:
    accounts = bench.services.accounts.list()
    view = bench.services.drafts.view(bench.ids["publishing"])
    posts = bench.services.publications.of_draft(bench.ids["publishing"])
    found = target_choice(view, accounts, posts)
    assert [account_id for _words, account_id in found.choices] == [accounts[1].id, accounts[0].id]
    assert found.first == 0
    assert found.waiting == {accounts[1].id}
    assert found.recorded == {accounts[0].id}
    closed = tuple(replace(account, state=AccountState.CLOSED) for account in accounts)
    without = target_choice(None, closed, ())
    assert without.first == -1
    assert all("（已关停）" in words for words, _account in without.choices)
    assert target_choice(None, accounts[:1], ()).first == 0
    assert target_choice(None, (), ()).first == -1


def test_what_a_post_will_be_recorded_as_is_what_the_record_says(bench: Bench) -> None:
    from app.services.publications import PublicationEntry

    first, second = bench.office.account_ids()
    now = bench.desk.now()
    tries = [
        ("approved", first, now, ""),
        ("approved", second, now, "别的内容"),
        ("approved", first, now - timedelta(days=9), ""),
        ("fresh", first, now, ""),
        ("published", second, now, ""),
        ("withdrawn", first, now, ""),
    ]
    seen = set()
    for name, account, at, text in tries:
        view = bench.services.drafts.view(bench.ids[name])
        compared: Comparison | None = None
        if text:
            compared = bench.services.publications.compare(bench.ids[name], account, text)
        foreseen = judge(view, account, at, compared)
        assert bool(foreseen.because) is (foreseen.kind is not PublicationKind.REVIEWED)
        entry = PublicationEntry(account, at, "", text, who="某", why="急", done="已改")
        if any(post.account_id == account for post in bench.services.publications.of_draft(bench.ids[name])):
            with pytest.raises(AlreadyPublishedError):
                bench.services.publications.record(bench.ids[name], entry)
            continue
        recorded = bench.services.publications.record(bench.ids[name], entry)
        assert recorded.kind is foreseen.kind
        seen.add(recorded.kind)
    assert seen == {PublicationKind.REVIEWED, PublicationKind.DIFFERENT, PublicationKind.UNREVIEWED}
    assert judge(None, first, now, None).kind is PublicationKind.UNREVIEWED
