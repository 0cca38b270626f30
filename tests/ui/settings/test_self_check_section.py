"""本机安全自检 in the window: every finding with its word, and what to do below it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.labels import label
from app.models.self_check import CheckSubject, Colour
from app.ui.desk import Desk
from app.ui.settings.self_check_section import SelfCheckSection
from app.ui.widgets.chip import Chip
from tests.ui.conftest import WRITER


@pytest.fixture
def section(
    desk: Desk,
    sign_in: Callable[..., object],
    show: Callable[..., None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> SelfCheckSection:
    (tmp_path / "pc/etc").mkdir(parents=True)
    monkeypatch.setattr("app.bootstrap.SYSTEM_ROOT", tmp_path / "pc")
    sign_in(WRITER)
    shown = SelfCheckSection(desk)
    show(shown)
    shown.refresh()
    desk.tasks.wait_idle()
    return shown


def test_every_finding_stands_there_with_its_word_and_what_to_do(section: SelfCheckSection) -> None:
    assert [look.subject for look in section.looks] == [label(subject) for subject in CheckSubject]
    chips = [chip.text for chip in section.findChildren(Chip)]
    assert chips == [label(look.colour) for look in section.looks]
    told = {text.text() for text in section.findChildren(QLabel)}
    assert {look.sentence for look in section.looks} <= told
    assert {look.todo for look in section.looks if look.todo} <= told
    amber = sum(look.colour is Colour.AMBER for look in section.looks)
    assert section.notice.text == f"没有要处理的。有 {amber} 项要留意。"


def test_looking_again_shows_what_has_become_red(section: SelfCheckSection, tmp_path: Path) -> None:
    (tmp_path / "pc/etc/sddm.conf").write_text("[Autologin]\nUser=clerk\n", "utf-8")
    section.again_button.click()
    section.desk.tasks.wait_idle()
    assert section.notice.text.startswith("有 1 项要处理。")
    look = next(look for look in section.looks if look.subject == label(CheckSubject.AUTOMATIC_LOGIN))
    assert look.colour is Colour.RED
    assert section.again_button.isEnabled()
