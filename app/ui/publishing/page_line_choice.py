"""Lines around a published text: a person ticks those that belong to the page, and only then are they left out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.models.page_lines import PageLine
from app.ui.theme import px
from app.ui.widgets.tab_order import tab_through
from app.ui.widgets.upright_scroll import upright_scroll

_SHOWN = 48
_MANY = 5


class PageLineChoice(QWidget):
    """Shows each line with a tick; `marked` tells that other lines are left out than before.

    What every page has is ticked already, but nothing is left out before the button is pressed.
    """

    marked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._around: tuple[PageLine, ...] = ()
        self._left_out: tuple[int, ...] = ()
        self.ticks: dict[int, QCheckBox] = {}
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(px(10), px(6), px(10), px(6))
        self._column.setSpacing(px(2))
        self._scroll = upright_scroll(self._list, frame=True)
        self._scroll.setAccessibleName("前后多出的行")
        self.button = QPushButton("勾选的是页面自带的，不参加比对")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._leave_out)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(self._scroll)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def left_out(self) -> tuple[int, ...]:
        """The numbers of the lines that the person said belong to the page."""
        return self._left_out

    def put_back(self, numbers: tuple[int, ...]) -> None:
        """Leave out what was left out before, where the text still has such lines."""
        self._left_out = numbers

    def wait(self) -> None:
        """Forget what was said: the text is another one, and its lines are not known yet."""
        self._left_out = ()
        self.setEnabled(False)

    def show_lines(self, around: tuple[PageLine, ...]) -> None:
        """Show the lines around the text as it stands now; without any there is nothing to choose."""
        self.setEnabled(True)
        self.setVisible(bool(around))
        if not set(self._left_out) <= {line.number for line in around}:
            self._left_out = ()
        if around != self._around:
            self._around = around
            self._fill()
        self._ready()

    def _fill(self) -> None:
        for tick in self.ticks.values():
            self._column.removeWidget(tick)
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        for line in self._around:
            words = line.text if len(line.text) <= _SHOWN else f"{line.text[:_SHOWN]}……"
            tick = QCheckBox(words.replace("&", "&&"))
            tick.setToolTip(line.text if words != line.text else "")
            tick.setChecked(line.number in self._left_out if self._left_out else line.likely)
            tick.toggled.connect(lambda _on: self._changed())
            self._column.addWidget(tick)
            self.ticks[line.number] = tick
        if self.ticks:
            # Tab would come to what is made later after everything else: the button leads to them, and follows them.
            tab_through((self.button, *self.ticks.values(), self.button))
        rows = min(len(self._around), _MANY)
        height = max((tick.sizeHint().height() for tick in self.ticks.values()), default=0) + px(2)
        self._scroll.setFixedHeight(rows * height + px(14))

    def _ready(self) -> None:
        ticked = any(tick.isChecked() for tick in self.ticks.values())
        self.button.setVisible(not self._left_out)
        self.button.setEnabled(ticked)
        self.button.setToolTip("" if ticked else "先勾选页面自带的行。")

    def _changed(self) -> None:
        if self._left_out:
            self._left_out = ()
            self.marked.emit()
        self._ready()

    def _leave_out(self) -> None:
        self._left_out = tuple(number for number, tick in self.ticks.items() if tick.isChecked())
        self.marked.emit()
        # The button goes away, and the focus would go on to whatever comes next in the dialog.
        next(iter(self.ticks.values())).setFocus()
        self._ready()
