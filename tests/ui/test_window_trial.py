"""What a window needs is tried without one, and what is lacking is named."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from app.models.self_check import Look
from app.ui import window_trial
from app.ui.window_trial import try_window
from tests.forms.specimens import review_paper

pytestmark = pytest.mark.usefixtures("qapp")


def told(paper: bytes = b"") -> dict[str, Look]:
    looks = {look.subject: look for look in try_window(paper)}
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets())
    return looks


def test_all_is_well_here() -> None:
    looks = told(review_paper().data)
    assert [(subject, look.fine) for subject, look in looks.items()] == [
        ("窗口", True),
        ("页面", True),
        ("图片", True),
        ("纸面预览", True),
    ]


def test_a_paper_that_cannot_be_drawn_is_told() -> None:
    assert told(b"no paper at all")["纸面预览"].fine is False


def test_english_buttons_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QCoreApplication, "translate", lambda _context, text: text)
    assert told()["窗口"].sentence == "缺少Qt 的中文，请重新安装本程序。"


def test_an_icon_without_ink_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_trial, "_has_ink", lambda _: False)
    assert "图标" in told()["窗口"].sentence


def test_a_missing_kind_of_picture_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [name for name in QImageReader.supportedImageFormats() if name.data() != b"svg"]
    monkeypatch.setattr(QImageReader, "supportedImageFormats", lambda: known)
    assert told()["图片"].sentence == "不能显示 svg，请重新安装本程序。"


def test_a_missing_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "app.ui.settings.settings_page", None)
    assert told()["页面"].sentence == "缺少组成部分 app.ui.settings.settings_page，请重新安装本程序。"
