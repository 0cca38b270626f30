"""What the register holds of an account, in groups of named lines, and what the filing form still lacks."""

from collections.abc import Iterator

from app.labels import label, long_date
from app.models.account import Account
from app.models.particulars import Binding, Certification, Charge, OpenedFor, Owner
from app.services.account_desk import AccountView

Pairs = tuple[tuple[str, str], ...]

_NEEDED_TEXTS = (
    ("kind", "账号类型"),
    ("subject", "认证主体"),
    ("scope", "信息发布范围"),
    ("function", "功能定位"),
    ("rhythm", "更新频次"),
    ("department", "承办科室"),
)
_NEEDED_CHARGES = (Charge.LEADER, Charge.BACK_OFFICE, Charge.CUSTODIAN_A, Charge.CUSTODIAN_B)


def particulars_shown(view: AccountView) -> Iterator[tuple[str, Pairs]]:
    """Yield each group with its lines; only what is filled is there."""
    for heading, pairs in (
        ("账号", _account(view.account)),
        ("用途", _purpose(view.account)),
        ("单位和人员", _people(view)),
        ("安全", _safety(view)),
    ):
        filled = tuple((name, value) for name, value in pairs if value.strip())
        if filled:
            yield heading, filled


def lacking(account: Account) -> tuple[str, ...]:
    """Return what the filing form asks for and the register does not hold (article 5)."""
    told = account.particulars
    checks = (
        *((word, bool(getattr(told, name))) for name, word in _NEEDED_TEXTS),
        ("互动功能", bool(told.interactions)),
        *((label(charge), bool(told.in_charge(charge))) for charge in _NEEDED_CHARGES),
        ("绑定手机", bool(told.phone.value)),
    )
    return tuple(word for word, filled in checks if not filled)


def binding_words(binding: Binding) -> str:
    """Return a bound number or address with whose it is."""
    if not binding.value:
        return ""
    return binding.value + (f"（{label(binding.owner)}）" if binding.owner is not Owner.UNKNOWN else "")


def _account(account: Account) -> Pairs:
    told = account.particulars
    certified = "" if told.certification is Certification.NONE else label(told.certification)
    until = f"，到{long_date(told.certified_until)}" if certified and told.certified_until else ""
    name = "" if told.opened_for is OpenedFor.UNIT else " ".join((label(told.opened_for), told.body_name)).strip()
    return (
        ("账号类型", told.kind),
        ("账号标识", account.handle),
        ("主页链接", account.link),
        ("开通日期", long_date(account.opened_on) if account.opened_on else ""),
        ("认证", certified + until),
        ("认证主体", told.subject),
        ("开设名义", name),
        ("文案", "另写一份" if account.needs_variant else ""),
    )


def _purpose(account: Account) -> Pairs:
    told = account.particulars
    return (
        ("功能定位", told.function),
        ("发布范围", told.scope),
        ("涉及领域", told.field),
        ("更新频次", told.rhythm),
        ("互动功能", "、".join(label(one) for one in told.interactions)),
        ("简介", told.introduction),
    )


def _people(view: AccountView) -> Pairs:
    told = view.account.particulars
    charges = (
        (
            label(charge).replace("密码保管人", "密码保管"),
            "\n".join(
                " ".join(filter(None, (view.names.get(one.person_id, ""), one.platform_role, one.phone)))
                for one in told.in_charge(charge)
            ),
        )
        for charge in Charge
    )
    return (
        ("主办单位", told.host_unit),
        ("承办科室", told.department),
        ("代运营单位", view.operator.name if view.operator else ""),
        *charges,
    )


def _safety(view: AccountView) -> Pairs:
    told = view.account.particulars
    registered = told.national_registered_on
    return (
        ("绑定手机", binding_words(told.phone)),
        ("绑定邮箱", binding_words(told.mail)),
        ("二次验证", told.second_factor),
        ("登录终端", f"{len(told.terminal_ids)} 台" if told.terminal_ids else ""),
        ("商业功能", f"开着{'、'.join(told.commercial)}" if told.commercial else ""),
        ("全国系统登记", long_date(registered) if registered else ""),
    )
