"""Dialogs as large as they would like to be, and never larger than the screen."""

from PySide6.QtWidgets import QDialog

from app.ui.theme import px

_EDGE = 48
"""Pixels that the frame of a window and the task bar take."""


def fit_to_screen(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size in pixels at 100 %, or what the screen has room for."""
    room = dialog.screen().availableSize()
    dialog.resize(min(px(width), room.width() - _EDGE), min(px(height), room.height() - _EDGE))


def grow_to_words(dialog: QDialog) -> None:
    """Make a shown dialog as high as its words need at its width, or as the screen allows."""
    layout = dialog.layout()
    wanted = layout.totalHeightForWidth(dialog.width()) if layout is not None else 0
    room = dialog.screen().availableSize().height() - _EDGE
    if dialog.height() < min(wanted, room):
        dialog.resize(dialog.width(), min(wanted, room))


def grow_by(dialog: QDialog, pixels: int) -> None:
    """Make a shown dialog higher, but no higher than the screen allows."""
    room = dialog.screen().availableSize().height() - _EDGE
    if pixels > 0 and dialog.height() < room:
        dialog.resize(dialog.width(), min(dialog.height() + pixels, room))
