"""Who does what for an account: people from the staff list, each with telephone and the platform's role (article 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.labels import label
from app.models.particulars import SINGLE_CHARGES, Charge, PersonInCharge
from app.models.person_names import told_apart
from app.services.account_desk import AccountChoices
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.elided_combo import ElidedCombo

_NOBODY = "（未定）"


@dataclass
class _Row:
    charge: Charge
    person: ElidedCombo
    phone: QLineEdit
    role: QLineEdit

    @property
    def told(self) -> PersonInCharge | None:
        person_id = self.person.currentData()
        if not person_id:
            return None
        return PersonInCharge(self.charge, person_id, self.phone.text().strip(), self.role.text().strip())


class PeopleField(QWidget):
    """One line for each charge; what several people can do takes further lines."""

    def __init__(self, choices: AccountChoices, charges: Iterable[Charge], people: Iterable[PersonInCharge]) -> None:
        super().__init__()
        self._choices, self._charges = choices, tuple(charges)
        self._offered, self._first = told_apart(choices.people), tuple(people)
        self.rows: list[_Row] = []
        self._columns: dict[Charge, QVBoxLayout] = {}
        self.add_buttons: dict[Charge, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        for place, charge in enumerate(self._charges):
            name = QLabel(label(charge))
            set_role(name, role="muted")
            name.setContentsMargins(0, px(7), 0, 0)
            column = self._columns[charge] = QVBoxLayout()
            column.setSpacing(px(6))
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(column, place, 1)
        self.show_typed(self._first)

    @property
    def people(self) -> tuple[PersonInCharge, ...]:
        """Who is named, in the order of the charges; nobody touched means in the order they stood in."""
        named = [told for row in self.rows if (told := row.told) is not None]
        stood = sorted(self._first, key=lambda one: self._charges.index(one.charge))
        return self._first if named == stood else tuple(named)

    def typed_state(self) -> tuple[PersonInCharge, ...]:
        """Return who is named."""
        return self.people

    def show_typed(self, state: tuple[PersonInCharge, ...]) -> None:
        """Name these people and no others."""
        self.rows = []
        for charge in self._charges:
            _emptied(self._columns[charge])
            for one in [one for one in state if one.charge is charge] or [PersonInCharge(charge, "")]:
                self._add(one)
            if charge not in SINGLE_CHARGES:
                more = self.add_buttons[charge] = QPushButton("再加一人")
                more.setAccessibleName(f"{label(charge)}再加一人")
                put_icon(more, "plus", "text", 16)
                set_role(more, kind="plain")
                more.setAutoDefault(False)
                more.clicked.connect(partial(self._more, charge))
                self._columns[charge].addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _more(self, charge: Charge, _checked: bool = False) -> None:
        self._add(PersonInCharge(charge, ""))
        self.rows[-1].person.setFocus()
        self.rows.sort(key=lambda row: self._charges.index(row.charge))

    def _add(self, told: PersonInCharge) -> None:
        charge, person = told.charge, ElidedCombo()
        person.addItem(_NOBODY, "")
        for person_id, name in self._offered.items():
            person.addItem(name, person_id)
        if told.person_id and told.person_id not in self._offered:
            person.addItem(f"{self._choices.names.get(told.person_id, '')}（已离岗）", told.person_id)
        person.setCurrentIndex(max(0, person.findData(told.person_id)))
        phone, role = QLineEdit(told.phone), QLineEdit(told.platform_role)
        phone.setPlaceholderText("电话")
        phone.setMaxLength(40)
        role.setPlaceholderText("平台角色")
        role.setToolTip("平台上叫什么，例如管理员、运营者")
        role.setMaxLength(40)
        for field, what in ((person, "姓名"), (phone, "电话"), (role, "平台角色")):
            field.setAccessibleName(f"{label(charge)}{what}")
        for text in (phone, role):
            text.setCursorPosition(0)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(person, 5)
        line.addWidget(phone, 4)
        line.addWidget(role, 3)
        role.setVisible(charge is Charge.BACK_OFFICE)
        column = self._columns[charge]
        column.insertLayout(sum(row.charge is charge for row in self.rows), line)
        self.rows.append(_Row(charge, person, phone, role))


def _emptied(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        line = item.layout()
        parts = [item] if line is None else [part for _ in range(line.count()) if (part := line.takeAt(0)) is not None]
        for part in parts:
            if (widget := part.widget()) is not None:
                widget.hide()
                widget.deleteLater()
