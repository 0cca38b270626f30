"""The order in which Tab goes through fields, for those that were made later than what stands below them."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def tab_through(fields: Iterable[QWidget]) -> None:
    """Let Tab go from each field to the next."""
    for earlier, later in pairwise(fields):
        QWidget.setTabOrder(earlier, later)
