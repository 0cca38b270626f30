"""Headings look like headings; the look is laid over the document and never becomes part of it."""

from typing import Final

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat

from app.ui.theme import px

_SIZES: Final = {1: 20, 2: 17, 3: 15}


class HeadingLook(QSyntaxHighlighter):
    """Draws headings larger and bold."""

    def highlightBlock(self, text: str) -> None:
        """Give a heading its size."""
        level = self.currentBlock().blockFormat().headingLevel()
        if not level or not text:
            return
        shape = QTextCharFormat()
        shape.setFontWeight(QFont.Weight.Bold)
        shape.setProperty(QTextCharFormat.Property.FontPixelSize.value, px(_SIZES.get(level, 15)))
        self.setFormat(0, self.currentBlock().length(), shape)
