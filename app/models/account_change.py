"""What a change application changes of an account: each field read and put as one stored text (article 7)."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.errors import ChangedMeanwhileError
from app.models.account import Account, FilingState
from app.models.account_application import AccountField, ChangeLine
from app.models.particulars import Binding, Charge, Owner, PersonInCharge

Read = Callable[[Account], str]
Put = Callable[[Account, str], Account]


def people_of(text: str) -> tuple[PersonInCharge, ...]:
    """Read the people of a stored text."""
    return tuple(PersonInCharge(Charge(row[0]), *row[1:]) for row in json.loads(text or "[]"))


def people_text(people: Iterable[PersonInCharge]) -> str:
    """Write people as a stored text; nobody gives an empty one."""
    rows = [[one.charge.value, one.person_id, one.phone, one.platform_role] for one in people]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def binding_of(text: str) -> Binding:
    """Read a bound number or address of a stored text."""
    value, owner = json.loads(text) if text else ("", Owner.UNKNOWN)
    return Binding(value, Owner(owner))


def binding_text(binding: Binding) -> str:
    """Write a bound number or address as a stored text; none gives an empty one."""
    if binding == Binding():
        return ""
    return json.dumps([binding.value, binding.owner.value], ensure_ascii=False)


def _with(account: Account, **changes: object) -> Account:
    return replace(account, particulars=replace(account.particulars, **changes))  # type: ignore[arg-type]


def _leaders(account: Account, *, leading: bool) -> tuple[PersonInCharge, ...]:
    return tuple(one for one in account.particulars.people if (one.charge is Charge.LEADER) is leading)


def _text_field(name: str) -> tuple[Read, Put]:
    return lambda account: str(getattr(account.particulars, name)), lambda account, text: _with(account, **{name: text})


_FIELDS: Mapping[AccountField, tuple[Read, Put]] = {
    AccountField.NAME: (lambda account: account.name, lambda account, text: replace(account, name=text)),
    AccountField.SUBJECT: _text_field("subject"),
    AccountField.HOST_UNIT: _text_field("host_unit"),
    AccountField.LEADER: (
        lambda account: people_text(_leaders(account, leading=True)),
        lambda account, text: _with(account, people=(*people_of(text), *_leaders(account, leading=False))),
    ),
    AccountField.PEOPLE: (
        lambda account: people_text(_leaders(account, leading=False)),
        lambda account, text: _with(account, people=(*_leaders(account, leading=True), *people_of(text))),
    ),
    AccountField.SCOPE: _text_field("scope"),
    AccountField.FUNCTION: _text_field("function"),
    AccountField.PHONE: (
        lambda account: binding_text(account.particulars.phone),
        lambda account, text: _with(account, phone=binding_of(text)),
    ),
    AccountField.MAIL: (
        lambda account: binding_text(account.particulars.mail),
        lambda account, text: _with(account, mail=binding_of(text)),
    ),
    AccountField.OPERATOR: _text_field("operator_id"),
    AccountField.PICTURE: _text_field("picture_sha256"),
    AccountField.INTRODUCTION: _text_field("introduction"),
}


def field_text(account: Account, field: AccountField) -> str:
    """Return what an account has in a field, as a stored text."""
    return _FIELDS[field][0](account)


def change_lines(before: Account, after: Account) -> tuple[ChangeLine, ...]:
    """Return the fields in which two states of an account differ, in the order of the form."""
    pairs = ((field, field_text(before, field), field_text(after, field)) for field in AccountField)
    return tuple(ChangeLine(field, old, new) for field, old, new in pairs if old != new)


def carried_out(account: Account, lines: Iterable[ChangeLine]) -> Account:
    """Return the account after a change; raise `ChangedMeanwhileError` when a field is no longer what it was.

    So of two applications that run at once the second cannot undo the first unseen.
    """
    for line in lines:
        if field_text(account, line.field) not in {line.before, line.after}:
            raise ChangedMeanwhileError
        account = _FIELDS[line.field][1](account, line.after)
    return account


def needs_application(before: Account, after: Account) -> tuple[AccountField, ...]:
    """Return what of a direct edit needs a signed change application: once an account is on file, all its lines.

    Before that its data are being brought on file and are put right directly (补录).
    """
    if before.filing is FilingState.NOT_FILED:
        return ()
    return tuple(line.field for line in change_lines(before, after))
