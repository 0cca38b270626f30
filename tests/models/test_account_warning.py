"""Each warning of the register is given when it is due, with its basis, and not before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.account import Account, AccountState, FilingState
from app.models.account_warning import Neighbours, Surroundings, WarningKind, account_warnings
from app.models.account_watch import Operator
from app.models.particulars import (
    Binding,
    Certification,
    Charge,
    Interaction,
    OpenedFor,
    Owner,
    Particulars,
    PersonInCharge,
)
from app.models.platform import PlatformClass
from app.models.shipped_words import Stated

TODAY = date(2026, 11, 23)
K = WarningKind
FULL = Particulars(
    kind="订阅号",
    subject="福州市晋安区示例局",
    certification=Certification.ORGANISATION,
    certified_until=TODAY + timedelta(31),
    scope="政务信息",
    interactions=(Interaction.COMMENTS,),
    people=(PersonInCharge(Charge.LEADER, "a"), PersonInCharge(Charge.BACK_OFFICE, "b")),
    phone=Binding("0591", Owner.UNIT),
    operator_id="operator",
)
ACCOUNT = Account("one", "微信公众号", "晋安示例", AccountState.RUNNING, FilingState.FILED, particulars=FULL)
OTHER = Account("two", "微博", "晋安示例", AccountState.RUNNING, FilingState.FILED)
OPERATOR = Operator("operator", "某公司", contract_to=TODAY, agreement_on=TODAY)
LIMITS = {
    "update_warn_days": Stated("7", "博兴"),
    "update_limit_days": Stated("10", "福州"),
    "update_veto_days": Stated("14", "国办"),
    "filing_working_days": Stated("5", "外地"),
    "certification_notice_days": Stated("30", "默认"),
}
CLASSES = {
    "微信公众号": PlatformClass.PUBLIC_ACCOUNT,
    "微博": PlatformClass.MICROBLOG,
    "抖音": PlatformClass.SHORT_VIDEO,
    "快手": PlatformClass.SHORT_VIDEO,
    "其他": PlatformClass.OTHER,
}
AROUND = Surroundings(
    TODAY,
    frozenset({"福州市晋安区示例局"}),
    Neighbours.of((ACCOUNT, OTHER), CLASSES),
    CLASSES,
    LIMITS,
    last_published_on=TODAY - timedelta(6),
    operators={"operator": OPERATOR},
)


def kinds(account: Account, around: Surroundings = AROUND) -> list[WarningKind]:
    return [warning.kind for warning in account_warnings(account, around)]


def told(**changes: object) -> Account:
    return replace(ACCOUNT, particulars=replace(FULL, **changes))  # type: ignore[arg-type]


def test_an_account_that_is_in_order_is_warned_of_nothing() -> None:
    assert kinds(ACCOUNT) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (6, []),
        (7, [K.UPDATE_SOON]),
        (9, [K.UPDATE_SOON]),
        (10, [K.UPDATE_OVERDUE]),
        (13, [K.UPDATE_OVERDUE]),
        (14, [K.VETO]),
        (400, [K.VETO]),
    ],
)
def test_the_update_gap_is_told_in_steps(days: int, expected: list[WarningKind]) -> None:
    assert kinds(ACCOUNT, replace(AROUND, last_published_on=TODAY - timedelta(days))) == expected
    closed = replace(ACCOUNT, state=AccountState.CLOSED)
    assert kinds(closed, replace(AROUND, last_published_on=TODAY - timedelta(days))) == []


def test_an_account_that_never_published_has_no_gap() -> None:
    assert kinds(ACCOUNT, replace(AROUND, last_published_on=None)) == []


@pytest.mark.parametrize(
    ("filing", "due", "expected"),
    [
        (FilingState.NOT_FILED, None, [K.NOT_FILED]),
        (FilingState.NOT_FILED, TODAY, [K.NOT_FILED]),
        (FilingState.NOT_FILED, TODAY - timedelta(1), [K.FILING_OVERDUE]),
        (FilingState.SUBMITTED, TODAY - timedelta(1), [K.FILING_OVERDUE]),
        (FilingState.SUBMITTED, TODAY, []),
        (FilingState.FILED, TODAY - timedelta(1), []),
    ],
)
def test_a_filing_is_told_until_it_is_done(filing: FilingState, due: date | None, expected: list[WarningKind]) -> None:
    assert kinds(replace(ACCOUNT, filing=filing), replace(AROUND, filing_due_on=due)) == expected


def test_a_second_account_on_a_platform_or_its_class_is_told_and_one_that_is_gone_is_not() -> None:
    first, second = replace(ACCOUNT, platform="抖音"), replace(ACCOUNT, id="three", platform="快手")
    around = replace(AROUND, neighbours=Neighbours.of((first, second), CLASSES))
    assert kinds(first, around) == [K.SECOND_ON_PLATFORM]
    assert "快手“晋安示例”" in account_warnings(first, around)[0].detail
    gone = replace(AROUND, neighbours=Neighbours.of((first, replace(second, state=AccountState.DEREGISTERED)), CLASSES))
    assert kinds(first, gone) == []
    apart = (replace(ACCOUNT, platform="其他"), replace(ACCOUNT, id="three", platform="区融媒"))
    assert kinds(apart[0], replace(AROUND, neighbours=Neighbours.of(apart, CLASSES))) == []


def test_names_that_differ_between_platforms_are_told() -> None:
    around = replace(AROUND, neighbours=Neighbours.of((ACCOUNT, replace(OTHER, name="晋安示例发布")), CLASSES))
    assert kinds(ACCOUNT, around) == [K.NAMES_DIFFER]


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (told(certified_until=TODAY + timedelta(30)), [K.CERTIFICATION_ENDS]),
        (told(certified_until=TODAY), [K.CERTIFICATION_ENDS]),
        (told(certified_until=TODAY - timedelta(1)), [K.CERTIFICATION_OVER]),
        (told(certification=Certification.NONE, certified_until=TODAY - timedelta(1)), []),
        (told(subject="某传媒公司"), [K.FOREIGN_SUBJECT]),
        (told(people=(PersonInCharge(Charge.LEADER, "a"),)), [K.NO_DEDICATED_PERSON]),
        (told(opened_for=OpenedFor.PROJECT, body_name="创城项目"), [K.INTERNAL_BODY]),
        (told(interactions=()), [K.NO_INTERACTION]),
        (told(commercial=("打赏",)), [K.COMMERCIAL_ON]),
        (told(mail=Binding("a@b", Owner.PERSON)), [K.PERSONAL_BINDING]),
    ],
)
def test_particulars_are_looked_at(account: Account, expected: list[WarningKind]) -> None:
    assert kinds(account) == expected


@pytest.mark.parametrize(
    "operator",
    [
        replace(OPERATOR, contract_to=TODAY - timedelta(1)),
        replace(OPERATOR, agreement_on=None),
        replace(OPERATOR, ended_on=TODAY),
    ],
)
def test_an_operator_without_contract_or_agreement_is_told(operator: Operator) -> None:
    assert kinds(ACCOUNT, replace(AROUND, operators={"operator": operator})) == [K.OPERATOR_UNBOUND]


def test_a_deregistered_account_that_publishes_is_told_and_nothing_else_of_it() -> None:
    gone = replace(ACCOUNT, state=AccountState.DEREGISTERED, filing=FilingState.NOT_FILED, particulars=Particulars())
    assert kinds(gone) == []
    assert kinds(gone, replace(AROUND, published_after_end=True)) == [K.PUBLISHES_AFTER_END]


def test_warnings_name_their_basis_and_stand_in_the_order_of_their_kinds() -> None:
    bad = replace(
        told(subject="某公司", people=(), opened_for=OpenedFor.INTERNAL_BODY, interactions=(), commercial=("打赏",)),
        filing=FilingState.NOT_FILED,
    )
    found = account_warnings(bad, replace(AROUND, last_published_on=TODAY - timedelta(14)))
    assert [warning.kind for warning in found] == [
        K.VETO,
        K.NOT_FILED,
        K.FOREIGN_SUBJECT,
        K.NO_DEDICATED_PERSON,
        K.INTERNAL_BODY,
        K.NO_INTERACTION,
        K.COMMERCIAL_ON,
    ]
    assert [warning.basis for warning in found[:2]] == ["国办", "第五条"]
    assert all(warning.basis for warning in found)
