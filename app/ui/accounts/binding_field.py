"""A bound telephone number or mail address, and whose it is (article 6)."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from app.labels import label
from app.models.particulars import Binding, Owner
from app.ui.theme import px


class BindingField(QWidget):
    """The number, and beside it its owner."""

    def __init__(self, name: str, binding: Binding) -> None:
        super().__init__()
        self.value, self.owner = QLineEdit(), QComboBox()
        self.value.setMaxLength(100)
        self.value.setAccessibleName(name)
        self.owner.setAccessibleName(f"{name}归谁")
        for owner in Owner:
            self.owner.addItem(label(owner), owner.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self.value, 1)
        row.addWidget(self.owner)
        self.setFocusProxy(self.value)
        self.show_typed(binding)

    @property
    def binding(self) -> Binding:
        """What stands in the fields."""
        return Binding(self.value.text().strip(), Owner(self.owner.currentData()))

    def typed_state(self) -> Binding:
        """Return what stands in the fields."""
        return self.binding

    def show_typed(self, state: Binding) -> None:
        """Show a binding."""
        self.value.setText(state.value)
        self.owner.setCurrentIndex(self.owner.findData(state.owner.value))
