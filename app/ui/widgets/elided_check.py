"""A box to check beside somebody's long name: what does not fit ends in …, the whole is in the tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from app.ui.theme import px
from app.ui.widgets.plain_tooltip import plain_tooltip

_LEAST = 96


class ElidedCheck(QCheckBox):
    """Takes the width it is given, and never makes its form wider than the window."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Get by with the box and a few characters."""
        return QSize(min(px(_LEAST), self.sizeHint().width()), self.sizeHint().height())

    @property
    def shown_text(self) -> str:
        """The name as it fits beside the box."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        mnemonics = Qt.TextFlag.TextShowMnemonic.value
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room, mnemonics)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box and what fits of the name."""
        shown = self.shown_text
        whole = plain_tooltip(self.text().replace("&&", "&")) if shown != self.text() else ""
        if self.toolTip() != whole:
            self.setToolTip(whole)
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = shown
        painter.drawControl(QStyle.ControlElement.CE_CheckBox, option)
        painter.end()
