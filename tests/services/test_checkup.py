"""The look-over names each thing that is wanting, and none that is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap import open_checkup
from app.models.self_check import Look
from app.services.file_removal import give_up
from tests.services.office import Office
from tests.storage.putting import put


@pytest.fixture
def looked(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Look]]:
    """Return what looks the office over under its own clock."""
    monkeypatch.setattr("app.bootstrap.utc_now", office.clock)
    # What this PC itself is like is another matter.
    monkeypatch.setattr("app.bootstrap.SYSTEM_ROOT", office.folder.parent / "no system")

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
    assert looked()["时钟"].todo == "请校准时钟。"


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


def test_a_missing_file_is_named_by_what_it_is_kept_with(office: Office, looked: Callable[[], dict[str, Look]]) -> None:
    draft = office.approved()
    scan = next((office.folder / "attachments").glob("??/*"))
    scan.unlink()
    found = looked()["附件"]
    assert found.fine is False
    assert f"扫描件“scan.pdf”（{draft.number.short if draft.number else ''}“{draft.content.title}”）" in found.sentence
    assert f"指纹开头 {scan.name[:8].upper()}" in found.sentence


def test_of_many_missing_files_some_are_named_and_all_are_counted(
    office: Office, looked: Callable[[], dict[str, Look]]
) -> None:
    office.sign_in("林晓")
    for number in range(7):
        office.services.drafts.start(office.content(), office.scan(f"来文{number}.txt"))
    for path in (office.folder / "attachments").glob("??/*"):
        path.write_bytes(b"altered")
    sentence = looked()["附件"].sentence
    assert "7 个中有 7 个" in sentence
    assert sentence.count("指纹开头") == 5
    assert "等 7 处" in sentence


def test_a_file_that_nobody_knows_is_only_told_and_one_that_should_be_gone_is_wanting(
    office: Office, looked: Callable[[], dict[str, Look]]
) -> None:
    room = office.services.audit._room
    stray = put(room.files, b"named by no record")
    found = looked()["附件"]
    assert (found.fine, "另有 1 个没有登记" in found.sentence) == (True, True)
    with room.store.writing() as unit:
        give_up(unit, [stray.sha256])
    found = looked()["附件"]
    assert (found.fine, "有 1 个应当删除的文件" in found.sentence) == (False, True)
