"""The chips above a list: one is chosen, each says how many."""

from collections.abc import Hashable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.ui.theme import set_role
from app.ui.widgets.flow_layout import FlowLayout


class FilterBar(QWidget):
    """Checkable chips with counts; `chosen` carries the key of the chip."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[Hashable, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = dict(choices)
        self._chips: dict[Hashable, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = FlowLayout(self)
        for key, label in choices:
            chip = QPushButton(label)
            set_role(chip, kind="chip")
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(chip)
            layout.addWidget(chip)
            self._chips[key] = chip
        if choices:
            self._chips[choices[0][0]].setChecked(True)

    @property
    def current(self) -> Hashable:
        """The key of the chosen chip."""
        return next(key for key, chip in self._chips.items() if chip.isChecked())

    def choose(self, key: Hashable) -> None:
        """Choose a chip as if it had been clicked."""
        self._chips[key].setChecked(True)
        self.chosen.emit(key)

    def show_counts(self, counts: Mapping[Hashable, int]) -> None:
        """Write beside each chip how many there are."""
        for key, chip in self._chips.items():
            chip.setText(f"{self._labels[key]} {counts[key]}" if key in counts else self._labels[key])
        layout = self.layout()
        assert layout is not None
        layout.invalidate()

    def chip(self, key: Hashable) -> QPushButton:
        """Return the chip of a key."""
        return self._chips[key]
