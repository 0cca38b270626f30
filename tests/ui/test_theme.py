import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.theme import apply_theme, px, set_role, tokens
from app.ui.tokens import DARK, LIGHT


def test_the_theme_reaches_palette_tokens_and_widgets(qapp: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    apply_theme(qapp, "dark", 100)
    assert tokens() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.background
    apply_theme(qapp, "light", 100)
    assert tokens() is LIGHT
    assert field.palette().color(QPalette.ColorRole.Text).name().upper() == LIGHT.text


def test_the_scale_changes_text_and_distances(qapp: QApplication) -> None:
    apply_theme(qapp, "light", 150)
    assert (px(14), px(1), px(0)) == (21, 2, 0)
    assert qapp.font().pixelSize() == 21
    apply_theme(qapp, "light", 90)
    assert px(14) == 14, "an unknown scale is 100 %"


def test_qts_own_words_are_chinese(qapp: QApplication, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()
    assert QCoreApplication.translate("QLineEdit", "&Copy") != "&Copy"


def test_a_chinese_font_draws_rare_characters(qapp: QApplication) -> None:
    metrics = QFontMetrics(QGuiApplication.font())
    assert [c for c in "晋安〔〕“”，。𬭎𬘡𫖯" if not metrics.inFontUcs4(ord(c))] == []
    assert not metrics.inFontUcs4(0xE123)


def test_fcitx_without_its_plugin_falls_back_to_ibus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("app.ui.theme.QLibraryInfo.path", lambda _place: str(tmp_path))
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")
    theme.prepare_environment()
    assert os.environ["QT_IM_MODULE"] == "ibus"
    contexts = tmp_path / "platforminputcontexts"
    contexts.mkdir()
    (contexts / "libfcitxplatforminputcontextplugin.so").touch()
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    theme.prepare_environment()
    assert os.environ["QT_IM_MODULE"] == "fcitx"
    monkeypatch.delenv("QT_IM_MODULE")
    theme.prepare_environment()
    assert "QT_IM_MODULE" not in os.environ


def test_a_role_is_worn_at_once(qtbot: QtBot) -> None:
    label = QLabel("标题")
    qtbot.addWidget(label)
    label.ensurePolished()
    before = label.fontInfo().pixelSize()
    set_role(label, role="title")
    assert label.fontInfo().pixelSize() > before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_arrows_of_a_file_dialog_stand_out_from_its_ground(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, theme: str
) -> None:
    apply_theme(qapp, theme, 100)
    dialog = QFileDialog(None, "选择文件", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    for name in ("backButton", "forwardButton", "toParentButton", "newFolderButton"):
        button = dialog.findChild(QToolButton, name)
        assert button is not None
        drawn = button.icon().pixmap(16, 16).toImage()
        pixels = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
        lights = [pixel.lightness() for pixel in pixels if pixel.alpha() > 200]
        assert lights
        assert (min(lights) > 150) if theme == "dark" else (max(lights) < 110), name
