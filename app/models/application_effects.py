"""What a step of a paper does to its account: one row a step (articles 4, 5 and 7)."""

from dataclasses import dataclass

from app.models.account import AccountAction, FilingState
from app.models.account_application import Application, ApplicationAction, ApplicationKind, FilingType


@dataclass(frozen=True)
class AccountEffect:
    """The action that moves the account along its life, and the 备案状态 it gets; either may be none."""

    action: AccountAction | None = None
    filing: FilingState | None = None


_NONE = AccountEffect()
_A = ApplicationAction

_OPENING: dict[ApplicationAction, AccountEffect] = {
    _A.PRESENT: AccountEffect(AccountAction.APPLY),
    _A.SIGN: AccountEffect(AccountAction.APPROVE),
    _A.REFUSE: AccountEffect(AccountAction.REFUSE),
    _A.WITHDRAW: AccountEffect(AccountAction.WITHDRAW),
}
# An account runs once its signed and sealed filing has been sent in: the district office's number may take weeks, and
# an account that stands still meanwhile would break the update limit. 备案状态 says 已报送 until the number is there.
_NEW: dict[ApplicationAction, AccountEffect] = {
    _A.SUBMIT: AccountEffect(AccountAction.FILE, FilingState.SUBMITTED),
    _A.FILE: AccountEffect(None, FilingState.FILED),
}
_LATE: dict[ApplicationAction, AccountEffect] = {
    _A.SUBMIT: AccountEffect(None, FilingState.SUBMITTED),
    _A.FILE: AccountEffect(None, FilingState.FILED),
}


_TABLES = {FilingType.OPENING: _OPENING, FilingType.NEW: _NEW, FilingType.LATE: _LATE}


def effect_of(application: Application, action: ApplicationAction) -> AccountEffect:
    """Return what a step does to the account; a paper that was never presented moves nothing when it is withdrawn."""
    kind = application.text.filing_type
    if application.kind is not ApplicationKind.FILING or kind is None:
        return _NONE
    if action is _A.WITHDRAW and application.number is None:
        return _NONE
    return _TABLES.get(kind, {}).get(action, _NONE)
