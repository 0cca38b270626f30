"""Several things to tick, side by side."""

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.widgets.flow_layout import FlowLayout


class TickList(QWidget):
    """Ticks by key; they can be offered anew, and what is ticked and offered still stays ticked."""

    def __init__(self, choices: Mapping[str, str], ticked: Iterable[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._flow = FlowLayout(self, spacing=14)
        self.offer(choices, ticked)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys that are ticked, in their order."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def offer(self, choices: Mapping[str, str], ticked: Iterable[str] = ()) -> None:
        """Offer other things."""
        chosen = {*ticked, *self.ticked}
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.boxes = {key: QCheckBox(words.replace("&", "&&"), self) for key, words in choices.items()}
        for key, box in self.boxes.items():
            box.setChecked(key in chosen)
            box.show()
            self._flow.addWidget(box)
        self.updateGeometry()

    def typed_state(self) -> tuple[str, ...]:
        """Return what is ticked."""
        return self.ticked

    def show_typed(self, state: tuple[str, ...]) -> None:
        """Tick these and no others."""
        for key, box in self.boxes.items():
            box.setChecked(key in state)
