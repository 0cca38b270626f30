"""Form, category, review class, urgency and planned time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QDate, QTime, QTimeZone
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QVBoxLayout, QWidget

from app.labels import label
from app.models.clock import BEIJING, beijing
from app.models.content import Form
from app.models.draft import Draft, ReviewClass, Urgency
from app.ui.editor.section import Section
from app.ui.theme import px
from app.ui.widgets.day_field import open_calendar
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid

_E = TypeVar("_E", bound=StrEnum)


class HandlingSection(Section):
    """All but the form is not content: changing it voids nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("形式与办理", parent)
        self.form = _choices(Form)
        self.category = ElidedCombo()
        self.review_class = _choices(ReviewClass)
        self.urgent = QCheckBox(label(Urgency.URGENT))
        self.urgent.setToolTip("加急件排在前面；审核环节一个不少。")
        self.planned = QCheckBox("已定")
        self.planned.setAccessibleName("拟发布时间已定")
        self.planned_at = QDateTimeEdit()
        self.planned_at.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.planned_at.setTimeZone(QTimeZone(QTimeZone.Initialization.UTC))
        open_calendar(self.planned_at)
        self.planned_at.setAccessibleName("拟发布时间")
        when = QVBoxLayout()
        when.setSpacing(px(4))
        when.addWidget(self.planned)
        when.addWidget(self.planned_at)
        grid = FormGrid()
        grid.add("形式", self.form)
        grid.add("栏目", self.category)
        grid.add("审核等级", self.review_class, "等级决定要经过哪些审核环节。")
        grid.add("紧急程度", self.urgent)
        grid.add("拟发布时间", when)
        self.column.addWidget(grid)
        self.planned.toggled.connect(self.planned_at.setVisible)
        for box in (self.form, self.category, self.review_class):
            box.currentIndexChanged.connect(self._told)
        self.urgent.toggled.connect(self._told)
        self.planned.toggled.connect(self._told)
        self.planned_at.dateTimeChanged.connect(self._told)
        self._loading = False

    def load(self, draft: Draft, categories: Sequence[str], now: datetime) -> None:
        """Show how a draft is to be handled; a category that the policy no longer has stays to choose."""
        self._loading = True
        _choose(self.form, draft.content.form)
        self.category.clear()
        self.category.addItem("（未定）", "")
        names = [*categories, *([draft.category] if draft.category and draft.category not in categories else [])]
        for name in names:
            self.category.addItem(name, name)
        self.category.setCurrentIndex(max(0, self.category.findData(draft.category)))
        _choose(self.review_class, draft.review_class)
        self.urgent.setChecked(draft.urgency is Urgency.URGENT)
        self.planned.setChecked(draft.planned_at is not None)
        shown = beijing(draft.planned_at or now)
        # The field shows Beijing's clock whatever the PC's says: plain numbers, no zone.
        self.planned_at.setDate(QDate(shown.year, shown.month, shown.day))
        self.planned_at.setTime(QTime(shown.hour, shown.minute))
        self.planned_at.setVisible(draft.planned_at is not None)
        self._loading = False

    @property
    def chosen_form(self) -> Form:
        """The form of the post."""
        return Form(str(self.form.currentData()))

    @property
    def chosen_class(self) -> ReviewClass:
        """The review class."""
        return ReviewClass(str(self.review_class.currentData()))

    @property
    def urgency(self) -> Urgency:
        """Whether it is urgent."""
        return Urgency.URGENT if self.urgent.isChecked() else Urgency.NORMAL

    @property
    def chosen_category(self) -> str:
        """The category, or nothing."""
        return str(self.category.currentData() or "")

    @property
    def moment(self) -> datetime | None:
        """The planned time, aware, or None."""
        if not self.planned.isChecked():
            return None
        day, clock = self.planned_at.date(), self.planned_at.time()
        local = datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute(), tzinfo=BEIJING)
        return local.astimezone(UTC)

    def _told(self, _value: object = None) -> None:
        if not self._loading:
            self.edited.emit()


def _choices(kind: type[_E]) -> QComboBox:
    box = QComboBox()
    for value in kind:
        box.addItem(label(value), value.value)
    return box


def _choose(box: QComboBox, value: StrEnum) -> None:
    box.setCurrentIndex(box.findData(value.value))
