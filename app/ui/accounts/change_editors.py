"""For each thing a change application can change: the field for what it is to be, and what it was in words."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.labels import label
from app.models.account_application import AccountField
from app.models.account_change import binding_of, binding_text, people_of, people_text
from app.models.particulars import Charge
from app.services.account_desk import AccountChoices
from app.ui.accounts.binding_field import BindingField
from app.ui.accounts.particulars_form import line_field, operator_field, text_field
from app.ui.accounts.particulars_shown import binding_words
from app.ui.accounts.people_field import PeopleField
from app.ui.widgets.elided_combo import ElidedCombo

_TEXTS = frozenset({AccountField.SCOPE, AccountField.FUNCTION, AccountField.INTRODUCTION})
_BINDINGS = frozenset({AccountField.PHONE, AccountField.MAIL})
_PEOPLE = frozenset({AccountField.LEADER, AccountField.PEOPLE})
CHANGEABLE: tuple[AccountField, ...] = tuple(field for field in AccountField if field is not AccountField.PICTURE)
"""What can be changed here; a picture has no place to be chosen yet."""
_NOTHING = "（没有填）"


def changed_words(field: AccountField, text: str, names: Mapping[str, str], operators: Mapping[str, str]) -> str:
    """Return a stored text of a field as people read it."""
    if not text:
        return _NOTHING
    if field in _PEOPLE:
        lines = (
            " ".join(filter(None, (label(one.charge), names.get(one.person_id, ""), one.platform_role, one.phone)))
            for one in people_of(text)
        )
        return "\n".join(lines)
    if field in _BINDINGS:
        return binding_words(binding_of(text)) or _NOTHING
    return operators.get(text, "原来的代运营单位") if field is AccountField.OPERATOR else text


def editor_of(field: AccountField, text: str, choices: AccountChoices) -> QWidget:
    """Return a field in which a stored text stands, to be written anew."""
    if field in _PEOPLE:
        leads = field is AccountField.LEADER
        charges = [charge for charge in Charge if (charge is Charge.LEADER) is leads]
        return PeopleField(choices, charges, people_of(text))
    if field in _BINDINGS:
        return BindingField(label(field), binding_of(text))
    if field is AccountField.OPERATOR:
        return operator_field(choices, text)
    return text_field(text) if field in _TEXTS else line_field(text)


def edited_text(editor: QWidget) -> str:
    """Return what stands in such a field, as a stored text."""
    match editor:
        case PeopleField():
            return people_text(editor.people)
        case BindingField():
            return binding_text(editor.binding)
        case ElidedCombo():
            return str(editor.currentData())
        case QPlainTextEdit():
            return editor.toPlainText().strip()
        case QLineEdit():
            return editor.text().strip()
    raise TypeError(type(editor).__name__)
