"""The look-over names each thing that is wanting, and none that is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import open_checkup
from app.services.checkup import Checkup, Look
from tests.services.office import Office


@pytest.fixture
def looked(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Look]]:
    """Return what looks the office over under its own clock."""
    monkeypatch.setattr("app.bootstrap.utc_now", office.clock)

    def look() -> dict[str, Look]:
        return {found.subject: found for found in open_checkup(office.folder).looks()}

    return look


def test_a_sound_office_wants_nothing(looked: Callable[[], dict[str, Look]]) -> None:
    wanting = {subject for subject, look in looked().items() if look.fine is False}
    assert wanting == set()


def test_a_policy_that_was_altered_in_the_file_is_told(office: Office, looked: Callable[[], dict[str, Look]]) -> None:
    with closing(sqlite3.connect(office.folder / "xianshen.db")) as raw:
        raw.execute("DROP TRIGGER guard_policy_version_frozen")
        raw.execute("UPDATE policy_version SET text = replace(text, 'value = 10,', 'value = 90,')")
        raw.commit()
    assert looked()["制度参数"].sentence == "第 1 版的内容与启用时不同。"


def test_a_year_without_its_notice_is_told(office: Office, looked: Callable[[], dict[str, Look]]) -> None:
    office.clock.forward(days=365 * 4)
    assert "节假日安排没有录入" in looked()["制度参数"].sentence


def test_a_clock_that_stands_before_the_last_entry_is_told(
    office: Office, looked: Callable[[], dict[str, Look]]
) -> None:
    office.sign_in("许管")
    office.clock.now -= timedelta(minutes=9)
    assert looked()["时钟"].fine
    office.clock.now -= timedelta(minutes=9)
    assert "请校准时钟" in looked()["时钟"].sentence


def test_a_missing_font_is_named(
    office: Office, looked: Callable[[], dict[str, Look]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    for name in ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "Vera.ttf"):
        (fonts / name).write_bytes(b"a font")
    monkeypatch.setattr("app.bootstrap.FONTS", fonts)
    assert "缺少 NotoSansSC-Regular.ttf" in looked()["字体"].sentence


def test_too_little_room_is_told(
    office: Office, looked: Callable[[], dict[str, Look]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.checkup.LEAST_FREE", 1 << 62)
    assert looked()["磁盘空间"].fine is False


def test_what_is_only_told_is_never_wanting(office: Office) -> None:
    room = office.services.audit._room
    found = {look.subject: look for look in Checkup(room, lambda: "", ()).looks()}
    assert (found["系统密码库"].fine, found["备份"].fine) == (None, None)
    assert "还没有做过备份" in found["备份"].sentence
