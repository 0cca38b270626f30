"""How a role is held, in words: short for a table, whole for a tooltip."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.labels import label, long_date
from app.models.right import Role
from app.models.staff import RoleGrant, RoleLimit

_ORDER = list(Role)


def short_words(grants: Iterable[RoleGrant], captions: Mapping[str, str], today: date) -> str:
    """Return the roles for a table cell: 信息员（微信公众号“示例”，至 2026-12-31）、审核人."""
    return "、".join(_short(grant, captions, today) for grant in _sorted(grants))


def whole_words(
    grants: Iterable[RoleGrant], past: Iterable[RoleGrant], captions: Mapping[str, str], today: date
) -> str:
    """Return everything about the roles, one a line, what is over last."""
    lines = [f"{label(g.role)}：{_whole(g, captions, today)}" for g in _sorted(grants)]
    lines += [
        f"以前：{label(g.role)}，{_accounts(g.account_ids, captions)}，{long_date(g.from_on)}至{long_date(g.to_on)}"
        for g in _sorted(past)
        if g.to_on is not None
    ]
    return "\n".join(lines)


def limit_words(limit: RoleLimit, captions: Mapping[str, str]) -> str:
    """Return what a role is limited to: 只限微信公众号“示例”，至2026年12月31日; empty for no limit."""
    parts = [_accounts(limit.account_ids, captions)] if limit.account_ids else []
    parts += [f"从{long_date(limit.from_on)}起"] if limit.from_on is not None else []
    parts += [f"至{long_date(limit.to_on)}"] if limit.to_on is not None else []
    return "，".join(parts)


def _sorted(grants: Iterable[RoleGrant]) -> list[RoleGrant]:
    return sorted(grants, key=lambda grant: (_ORDER.index(grant.role), grant.from_on))


def _short(grant: RoleGrant, captions: Mapping[str, str], today: date) -> str:
    count = len(grant.account_ids)
    parts = [_named(grant.account_ids, captions) if count == 1 else f"{count} 个账号"] if count else []
    parts += [f"自 {grant.from_on:%Y-%m-%d}"] if grant.from_on > today else []
    parts += [f"至 {grant.to_on:%Y-%m-%d}"] if grant.to_on is not None else []
    return label(grant.role) + (f"（{'，'.join(parts)}）" if parts else "")


def _whole(grant: RoleGrant, captions: Mapping[str, str], today: date) -> str:
    begun = "" if grant.from_on <= today else "（还没有开始）"
    parts = [_accounts(grant.account_ids, captions), f"从{long_date(grant.from_on)}起{begun}"]
    parts += [f"至{long_date(grant.to_on)}"] if grant.to_on is not None else []
    parts += [f"依据：{grant.basis}"] if grant.basis else []
    return "，".join(parts)


def _accounts(account_ids: Iterable[str], captions: Mapping[str, str]) -> str:
    named = _named(account_ids, captions)
    return f"只限{named}" if named else "全部账号"


def _named(account_ids: Iterable[str], captions: Mapping[str, str]) -> str:
    return "、".join(captions.get(account_id, "（未登记的账号）") for account_id in account_ids)
