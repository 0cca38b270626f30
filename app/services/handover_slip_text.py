"""What stands on 密码交接单: the people, the accounts with three ticks each, never a password (article 6)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models.account import Account
from app.models.custody_handover import CustodyHandover, HandedAccount
from app.models.paper import (
    OPEN_BOX,
    TICKED_BOX,
    AccountForm,
    Field,
    GridSection,
    OpinionBox,
    PaperHead,
    TableSection,
)
from app.models.person_names import whole_name
from app.models.staff import Person

_COLUMNS = ("序号", "账号", "信封号", "密码已改", "绑定已换", "原权限已移除", "备注")
_WIDTHS = (0.6, 3.0, 1.1, 1.3, 1.3, 1.9, 1.1)
_SIGNERS = (
    OpinionBox("移交人", lines=("上列账号已当面移交，本人不再留有密码。",)),
    OpinionBox("接收人", lines=("上列账号已当面接收，密码已按上表更换。",)),
    OpinionBox("监交人", lines=("交接在本人监督下完成。",)),
)
_NOTE = "密码不写在任何纸上；本单只记账号和办理情况。"


@dataclass(frozen=True)
class SlipFacts:
    """What the slip says beside the hand-over itself."""

    people: Mapping[str, Person]
    accounts: Mapping[str, Account]
    envelopes: Mapping[str, str]
    """密封信封号 by account."""
    without_password: frozenset[str]
    terminals: tuple[str, ...]
    """Numbers of the machines the giver answers for."""


def handover_slip(handover: CustodyHandover, facts: SlipFacts, head: PaperHead) -> AccountForm:
    """Lay out the slip."""
    people = (
        Field("移交人", whole_name(facts.people[handover.from_person_id])),
        Field("接收人", whole_name(facts.people[handover.to_person_id])),
        Field("监交人", whole_name(facts.people[handover.witness_id])),
        Field("负责的终端", "、".join(facts.terminals) or "无"),
    )
    rows = tuple(_row(number, one, facts) for number, one in enumerate(handover.accounts, start=1))
    sections = (
        GridSection("人员", people),
        GridSection("账号", (), TableSection("移交账号", _COLUMNS, _WIDTHS, rows)),
        GridSection("其他", (Field("未办事项", handover.unfinished or "无", wide=True),)),
    )
    return AccountForm(head, sections, _SIGNERS, reference=False, footnote=_NOTE)


def _row(number: int, one: HandedAccount, facts: SlipFacts) -> tuple[str, ...]:
    changed = "没有密码" if one.account_id in facts.without_password else _box(one.password_changed)
    return (
        str(number),
        facts.accounts[one.account_id].caption,
        facts.envelopes[one.account_id],
        changed,
        _box(one.binding_changed),
        _box(one.operator_removed),
        one.note,
    )


def _box(ticked: bool) -> str:
    return TICKED_BOX if ticked else OPEN_BOX
