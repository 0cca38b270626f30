"""The register of accounts as an .xlsx, to be handed in or worked with (article 5)."""

from pathlib import Path

from app.labels import label
from app.ledgers.ledger_workbook import Cell, LedgerSheet, write_workbook
from app.models.account import Account
from app.models.particulars import Charge
from app.models.right import Right
from app.services.account_form_text import binding_words
from app.services.record_room import RecordRoom
from app.storage.flushed_files import writing_to
from app.storage.unit_of_work import UnitOfWork

_COLUMNS: tuple[tuple[str, float], ...] = (
    *(("序号", 6), ("平台", 14), ("账号名称", 22), ("账号ID", 18), ("账号类型", 12), ("账号链接", 30), ("状态", 14)),
    *(("备案状态", 14), ("备案号", 20), ("备案日期", 12), ("开通日期", 12), ("认证主体", 24), ("认证情况", 12)),
    *(("认证到期", 12), ("信息发布范围", 30), ("功能定位", 30), ("涉及领域", 14), ("更新频次", 14), ("互动功能", 20)),
    *(("承办科室", 14), ("代运营单位", 20), ("主管领导", 12), ("后台管理人员", 20), ("信息员", 14)),
    *(("密码保管人", 20), ("应急联系人", 14), ("绑定手机", 20), ("绑定邮箱", 20)),
)
"""Headings and widths in characters; the same headings are understood when such a ledger is imported."""


class AccountLedgerBook:
    """Writes the register out."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def write(self, path: Path) -> None:
        """Write the whole register as one .xlsx; that it was taken out is one entry.

        Raises as `app.storage.flushed_files.writing_to` for a place that cannot be written; then there is no entry.
        """
        now = self._room.now()
        with self._room.store.reading() as unit:
            self._room.acting(unit, Right.REGISTER_PAPER)
            rows = tuple(_row(unit, number, one) for number, one in enumerate(unit.accounts.list(), start=1))
            own = unit.units.get()
        names, widths = zip(*_COLUMNS, strict=True)
        title = f"{own.name}政务新媒体账号台账"
        data = write_workbook([LedgerSheet("账号台账", names, rows, widths)], now, title)
        with writing_to(path.parent, len(data), path.name):
            path.write_bytes(data)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            self._room.record(unit, actor, "account.export", f"unit:{own.id}", {"accounts": len(rows)})


def _row(unit: UnitOfWork, number: int, account: Account) -> tuple[Cell, ...]:
    told = account.particulars
    operator = unit.operators.find(told.operator_id)
    filed = [one for one in unit.applications.of(account.id) if one.filing_number]

    def names(*charges: Charge) -> str:
        found = (one for charge in charges for one in told.in_charge(charge))
        return "、".join(_name(unit, one.person_id) for one in found)

    return (
        number,
        account.platform,
        account.name,
        account.handle,
        told.kind,
        account.link,
        label(account.state),
        label(account.filing),
        filed[-1].filing_number if filed else "",
        filed[-1].filed_on if filed else None,
        account.opened_on,
        told.subject,
        label(told.certification),
        told.certified_until,
        told.scope,
        told.function,
        told.field,
        told.rhythm,
        "、".join(label(one) for one in told.interactions),
        told.department,
        operator.name if operator else "",
        names(Charge.LEADER),
        names(Charge.BACK_OFFICE),
        names(Charge.INFORMATION_OFFICER),
        names(Charge.CUSTODIAN_A, Charge.CUSTODIAN_B),
        names(Charge.EMERGENCY_CONTACT),
        binding_words(told.phone),
        binding_words(told.mail),
    )


def _name(unit: UnitOfWork, person_id: str) -> str:
    person = unit.people.find(person_id)
    return person.name if person else ""
