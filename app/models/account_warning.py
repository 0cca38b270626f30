"""What the register warns of, each with its basis: one row a rule; nothing here blocks (articles 3 to 7, 15)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from app.models.account import Account, AccountState, FilingState
from app.models.account_watch import Operator
from app.models.particulars import Certification, Charge, OpenedFor, Owner
from app.models.platform import PlatformClass
from app.models.shipped_words import Stated

_KEPT = frozenset({AccountState.RUNNING, AccountState.CLOSING})
_GONE = frozenset({AccountState.CLOSED, AccountState.DEREGISTERED})


class WarningKind(StrEnum):
    """The kinds of warning, in the order in which they are shown."""

    PUBLISHES_AFTER_END = "publishes_after_end"
    VETO = "veto"
    UPDATE_OVERDUE = "update_overdue"
    UPDATE_SOON = "update_soon"
    FILING_OVERDUE = "filing_overdue"
    NOT_FILED = "not_filed"
    SECOND_ON_PLATFORM = "second_on_platform"
    NAMES_DIFFER = "names_differ"
    FOREIGN_SUBJECT = "foreign_subject"
    CERTIFICATION_OVER = "certification_over"
    CERTIFICATION_ENDS = "certification_ends"
    NO_DEDICATED_PERSON = "no_dedicated_person"
    INTERNAL_BODY = "internal_body"
    NO_INTERACTION = "no_interaction"
    COMMERCIAL_ON = "commercial_on"
    PERSONAL_BINDING = "personal_binding"
    OPERATOR_UNBOUND = "operator_unbound"


@dataclass(frozen=True)
class AccountWarning:
    """One thing to look at; `detail` is what the words name, e.g. the other account or the number of days."""

    kind: WarningKind
    basis: str
    detail: str = ""
    grave: bool = False


@dataclass(frozen=True)
class Neighbours:
    """The accounts that still stand, found by what an account can clash in; built once for all of them."""

    by_class: Mapping[str, tuple[Account, ...]]
    by_name: Mapping[str, tuple[Account, ...]]

    @staticmethod
    def of(accounts: Iterable[Account], classes: Mapping[str, PlatformClass]) -> "Neighbours":
        """Sort the accounts; platforms of one class count as one, those of the class 其他 each for itself."""
        by_class: dict[str, list[Account]] = {}
        by_name: dict[str, list[Account]] = {}
        for one in accounts:
            if one.state not in _GONE:
                by_class.setdefault(class_key(one, classes), []).append(one)
                by_name.setdefault(one.name, []).append(one)
        return Neighbours(
            {key: tuple(found) for key, found in by_class.items()},
            {key: tuple(found) for key, found in by_name.items()},
        )


def class_key(account: Account, classes: Mapping[str, PlatformClass]) -> str:
    """Return what accounts of one kind of platform have in common."""
    own = classes.get(account.platform, PlatformClass.OTHER)
    return account.platform if own is PlatformClass.OTHER else own.value


@dataclass(frozen=True)
class Surroundings:
    """What one account is judged by; `limits` are the policy's, each with its basis.

    `last_published_on` is None for an account that never published; `filing_due_on` the end of the time to file it.
    """

    today: date
    unit_names: frozenset[str]
    neighbours: Neighbours
    classes: Mapping[str, PlatformClass]
    limits: Mapping[str, Stated]
    last_published_on: date | None = None
    published_after_end: bool = False
    filing_due_on: date | None = None
    operators: Mapping[str, Operator] = field(default_factory=dict)


Rule = Callable[[Account, Surroundings], Iterator[AccountWarning]]

_ONE_A_PLATFORM = "国办发〔2018〕123号：一个单位在同一平台原则上只开一个账号；福建七条措施按同类平台算"
_SAME_NAME = "国办发〔2018〕123号：不同平台的账号名称原则上一致"


def _updates(account: Account, around: Surroundings) -> Iterator[AccountWarning]:
    """Warn at three steps before and at the local limit, and mark the national veto."""
    if account.state not in _KEPT or around.last_published_on is None:
        return
    days = (around.today - around.last_published_on).days
    limit, veto = around.limits["update_limit_days"], around.limits["update_veto_days"]
    if days >= veto.number:
        yield AccountWarning(WarningKind.VETO, veto.basis, str(days), grave=True)
    elif days >= limit.number:
        yield AccountWarning(WarningKind.UPDATE_OVERDUE, limit.basis, str(days), grave=True)
    elif days >= around.limits["update_warn_days"].number:
        yield AccountWarning(WarningKind.UPDATE_SOON, limit.basis, str(days))


def _filing(account: Account, around: Surroundings) -> Iterator[AccountWarning]:
    if account.filing is FilingState.FILED or account.state not in _KEPT | {AccountState.OPENED}:
        return
    if around.filing_due_on is not None and around.today > around.filing_due_on:
        basis = f"第五条；{around.limits['filing_working_days'].basis}"
        yield AccountWarning(WarningKind.FILING_OVERDUE, basis, around.filing_due_on.isoformat(), grave=True)
    elif account.filing is FilingState.NOT_FILED:
        yield AccountWarning(WarningKind.NOT_FILED, "第五条")


def _others(account: Account, around: Surroundings) -> Iterator[AccountWarning]:
    if account.state in _GONE:
        return
    alike = around.neighbours.by_class.get(class_key(account, around.classes), ())
    twins = [one for one in alike if one.id != account.id]
    if twins:
        names = "、".join(one.caption for one in twins[:3]) + ("等" if len(twins) > 3 else "")
        yield AccountWarning(WarningKind.SECOND_ON_PLATFORM, _ONE_A_PLATFORM, names)
    for name, bearers in around.neighbours.by_name.items():
        different = next((one for one in bearers if one.platform != account.platform), None)
        if name != account.name and different is not None:
            yield AccountWarning(WarningKind.NAMES_DIFFER, _SAME_NAME, different.caption)
            break


def _certification(account: Account, around: Surroundings) -> Iterator[AccountWarning]:
    told = account.particulars
    if account.state in _GONE or told.certification is Certification.NONE:
        return
    until = told.certified_until
    if until is not None and until < around.today:
        yield AccountWarning(WarningKind.CERTIFICATION_OVER, "平台认证规则", until.isoformat(), grave=True)
    elif until is not None and until <= around.today + timedelta(
        days=around.limits["certification_notice_days"].number
    ):
        yield AccountWarning(WarningKind.CERTIFICATION_ENDS, "平台认证规则", until.isoformat())
    if told.subject and told.subject not in around.unit_names:
        yield AccountWarning(WarningKind.FOREIGN_SUBJECT, "国办发〔2018〕123号：认证主体与主办单位一致", told.subject)


def _people(account: Account, _around: Surroundings) -> Iterator[AccountWarning]:
    told = account.particulars
    if account.state in _GONE:
        return
    wanted = (Charge.LEADER, Charge.BACK_OFFICE)
    if any(not told.in_charge(charge) for charge in wanted):
        yield AccountWarning(WarningKind.NO_DEDICATED_PERSON, "第三条、第五条")
    if told.opened_for is not OpenedFor.UNIT:
        basis = "第四条；国办公开办函〔2021〕31号：不再以内设机构名义新开账号"
        yield AccountWarning(WarningKind.INTERNAL_BODY, basis, told.body_name)


def _functions(account: Account, _around: Surroundings) -> Iterator[AccountWarning]:
    told = account.particulars
    if account.state not in _KEPT or told.kind == told.scope == "":
        # Nothing was filled in yet: what is not known is no finding.
        return
    if not told.interactions:
        yield AccountWarning(
            WarningKind.NO_INTERACTION, "国办秘函〔2019〕19号：未提供有效互动功能，单项否决", grave=True
        )
    if told.commercial:
        yield AccountWarning(WarningKind.COMMERCIAL_ON, "第十五条（一）", "、".join(told.commercial))
    if Owner.PERSON in {told.phone.owner, told.mail.owner}:
        yield AccountWarning(WarningKind.PERSONAL_BINDING, "第六条")


def _operator(account: Account, around: Surroundings) -> Iterator[AccountWarning]:
    operator = around.operators.get(account.particulars.operator_id)
    if account.state in _GONE or operator is None:
        return
    over = operator.contract_to is not None and operator.contract_to < around.today
    if over or operator.agreement_on is None or operator.ended_on is not None:
        yield AccountWarning(WarningKind.OPERATOR_UNBOUND, "国办公开办函〔2021〕31号", operator.name)


def _after_end(account: Account, around: Surroundings) -> Iterator[AccountWarning]:
    if account.state in _GONE and around.published_after_end:
        yield AccountWarning(WarningKind.PUBLISHES_AFTER_END, "福建省通报：已注销账号未经备案又发布", grave=True)


RULES: tuple[Rule, ...] = (_after_end, _updates, _filing, _others, _certification, _people, _functions, _operator)


def account_warnings(account: Account, around: Surroundings) -> tuple[AccountWarning, ...]:
    """Return everything to look at of one account, in the order of `WarningKind`."""
    order = list(WarningKind)
    found = [warning for rule in RULES for warning in rule(account, around)]
    return tuple(sorted(found, key=lambda warning: order.index(warning.kind)))
