"""The left bar: the office's day, and what waits at each place for this person."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.labels import label
from app.models.staff import Actor, Unit
from app.ui.icons import put_icon
from app.ui.pages import PageEntry
from app.ui.theme import px, set_role, tokens
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.upright_scroll import upright_scroll

FOOT = "foot"


class PlaceButton(QPushButton):
    """One place of the bar with the number that waits there."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        # The blank keeps the name apart from its icon.
        super().__init__(f" {text}", parent)
        self._name, self._icon_name = text, icon
        self.setAccessibleName(text)
        self.count = 0
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, kind="place")
        put_icon(self, icon, "muted", 18)
        self.toggled.connect(self._toned)

    def show_count(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self.count = count
        self.setAccessibleName(f"{self._name}，{count} 件待办" if count else self._name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the number at the right of the name."""
        super().paintEvent(event)
        if not self.count:
            return
        painter = QPainter(self)
        painter.setPen(QColor(tokens().primary if self.isChecked() else tokens().muted))
        place = QRect(self.rect()).adjusted(0, 0, -px(14), 0)
        shown = str(self.count) if self.count < 1000 else "999+"
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def sizeHint(self) -> QSize:
        """Leave room for the number."""
        return super().sizeHint() + QSize(px(40), 0)

    def _toned(self, checked: bool) -> None:
        put_icon(self, self._icon_name, "primary" if checked else "muted", 18)


class Sidebar(QWidget):
    """Unit, places, and below them who is signed in, 锁定 and 设置."""

    chosen = Signal(str)
    lock_asked = Signal()
    help_asked = Signal()
    search_asked = Signal()

    def __init__(self, unit: Unit, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_role(self, role="sidebar")
        self.setFixedWidth(px(208))
        self.places: dict[str, PlaceButton] = {}
        self.headings: list[QLabel] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(18), px(12), px(12))
        layout.setSpacing(px(2))
        self.product = QLabel("先审")
        set_role(self.product, role="heading")
        self.unit_label = ElidedLabel(unit.short_name or unit.name)
        set_role(self.unit_label, role="muted")
        for part in (self.product, self.unit_label):
            part.setContentsMargins(px(12), 0, px(4), 0)
            layout.addWidget(part)
        layout.addSpacing(px(12))
        self.search_button = self._small("search", "搜索", "搜索全部稿件（Ctrl+K）", self.search_asked)
        self._inner = self._groups(entries)
        self._scroll = upright_scroll(self._inner)
        layout.addWidget(self._scroll, 1)
        for entry in entries:
            if entry.group == FOOT:
                layout.addWidget(self._place(entry))
        layout.addSpacing(px(8))
        self.name_label = ElidedLabel()
        set_role(self.name_label, role="strong")
        self.roles_label = ElidedLabel()
        set_role(self.roles_label, role="small")
        for part in (self.name_label, self.roles_label):
            part.setContentsMargins(px(12), 0, px(4), 0)
            layout.addWidget(part)
        layout.addSpacing(px(4))
        foot = QHBoxLayout()
        foot.setSpacing(px(4))
        self.lock_button = QPushButton(" 锁定")
        self.lock_button.setAccessibleName("锁定")
        self.lock_button.setToolTip("锁定窗口，由本人或另一人重新登录（Ctrl+L）")
        set_role(self.lock_button, kind="place")
        put_icon(self.lock_button, "lock", "muted", 18)
        self.lock_button.clicked.connect(self.lock_asked)
        foot.addWidget(self.lock_button, 1)
        foot.addWidget(self.search_button)
        foot.addWidget(self._small("circle-question-mark", "帮助", "帮助与快捷键（F1）", self.help_asked))
        layout.addLayout(foot)

    def _groups(self, entries: Sequence[PageEntry]) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        group = ""
        for entry in entries:
            if entry.group == FOOT:
                continue
            if entry.group != group:
                group = entry.group
                heading = QLabel(group)
                heading.setContentsMargins(px(12), px(12), 0, px(2))
                set_role(heading, role="small")
                column.addWidget(heading)
                self.headings.append(heading)
            column.addWidget(self._place(entry))
        column.addStretch(1)
        return inner

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the bar into its height."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the bar in anew: only now the sizes of its parts are those of the style."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """On a low screen do without the name of the product, then without headings; at last the places scroll."""
        layout = self.layout()
        assert layout is not None
        rest = layout.minimumSize().height() - self._scroll.minimumSizeHint().height()
        own = self.product.sizeHint().height() + layout.spacing() if self.product.isHidden() else 0
        column = self._inner.layout()
        assert column is not None
        heads = sum(one.sizeHint().height() + column.spacing() for one in self.headings if one.isHidden())
        wanted = rest + own + self._inner.sizeHint().height() + heads
        name = self.product.sizeHint().height() + layout.spacing()
        self.product.setVisible(self.height() >= wanted)
        for heading in self.headings:
            heading.setVisible(self.height() >= wanted - name)

    def show_person(self, actor: Actor) -> None:
        """Show who is signed in and as what."""
        self.name_label.setText(actor.name)
        self.roles_label.setText("、".join(label(role) for role in sorted(actor.roles)))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show what waits at each place."""
        for key, place in self.places.items():
            place.show_count(counts.get(key, 0))

    def mark(self, key: str) -> None:
        """Mark the place that is open."""
        for other, place in self.places.items():
            place.setChecked(other == key)
            if other == key and self._inner.isAncestorOf(place):
                self._scroll.ensureWidgetVisible(place)

    def _place(self, entry: PageEntry) -> PlaceButton:
        button = PlaceButton(entry.label, entry.icon)
        button.clicked.connect(lambda _checked=False, key=entry.key: self._chose(key))
        self.places[entry.key] = button
        return button

    def _chose(self, key: str) -> None:
        # Clicking the open place must not uncheck it.
        self.mark(key)
        self.chosen.emit(key)

    def _small(self, icon: str, name: str, tooltip: str, asked: "Signal | object") -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(tooltip)
        put_icon(button, icon, "muted", 18)
        button.clicked.connect(asked)
        return button
