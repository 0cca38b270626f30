import re
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.theme import prepare_application


def test_the_file_dialog_speaks_chinese(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    prepare_application(qapp)
    (tmp_path / "子文件夹").mkdir()
    dialog = QFileDialog(None, "选择", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    said += [button.toolTip() for button in dialog.findChildren(QToolButton)]
    words = [text for text in said if text]
    assert len(words) >= 5
    assert [text for text in words if re.search(r"[A-Za-z]{2,}", text)] == []
