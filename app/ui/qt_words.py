"""Qt's own words in Chinese: its translation, and what that one still lacks."""

from PySide6.QtCore import QTranslator

LACKING = {
    ("QFileDialog", "&Look in:"): "位置(&L)：",
    ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
    ("QFileDialog", "Go back"): "后退",
    ("QFileDialog", "Go forward"): "前进",
    ("QFileDialog", "Go to the parent directory"): "上一级文件夹",
    ("QFileDialog", "Create a New Folder"): "新建文件夹",
    ("QFileDialog", "Change to list view mode"): "列表",
    ("QFileDialog", "Change to detail view mode"): "详细信息",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QAbstractFileIconProvider", "Drive"): "磁盘",
    ("QAbstractFileIconProvider", "%1 File"): "%1 文件",
    ("QAbstractFileIconProvider", "File"): "文件",
}
"""Context and English, as the file dialog of Qt 6.12 asks for them, and the Chinese."""


class QtWords(QTranslator):
    """The loaded translation, with `LACKING` where it says nothing."""

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:  # noqa: N803
        """Return the Chinese, or nothing for what neither knows."""
        found = super().translate(context, sourceText, disambiguation, n)
        return found or LACKING.get((context, sourceText), "")
