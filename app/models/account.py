"""An account the unit keeps on a platform (articles 1, 4 and 5).

What the filing form asks of it stands in its particulars; its papers are in `account_application.py`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.models.lifecycle import Lifecycle, Rule
from app.models.particulars import Particulars
from app.models.right import Right


class AccountState(StrEnum):
    """Where an account stands."""

    PLANNED = "planned"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    OPENED = "opened"
    RUNNING = "running"
    CLOSING = "closing"
    CLOSED = "closed"
    DEREGISTERED = "deregistered"


class AccountAction(StrEnum):
    """What can be done to an account."""

    APPLY = "apply"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    OPEN = "open"
    FILE = "file"
    ANNOUNCE_CLOSING = "announce_closing"
    CLOSE = "close"
    DEREGISTER = "deregister"


_S, _A = AccountState, AccountAction

ACCOUNT_LIFECYCLE: Lifecycle[AccountState, AccountAction] = Lifecycle(
    [
        Rule(_S.PLANNED, _A.APPLY, Right.REGISTER_PAPER, _S.AWAITING_APPROVAL, "第四条"),
        Rule(_S.AWAITING_APPROVAL, _A.APPROVE, Right.REGISTER_PAPER, _S.APPROVED, "第四条"),
        Rule(_S.AWAITING_APPROVAL, _A.REFUSE, Right.REGISTER_PAPER, _S.PLANNED, "第四条"),
        Rule(_S.AWAITING_APPROVAL, _A.WITHDRAW, Right.REGISTER_PAPER, _S.PLANNED, "第四条"),
        Rule(_S.APPROVED, _A.OPEN, Right.REGISTER_PAPER, _S.OPENED, "第四条"),
        Rule(_S.OPENED, _A.FILE, Right.REGISTER_PAPER, _S.RUNNING, "第五条"),
        Rule(_S.RUNNING, _A.ANNOUNCE_CLOSING, Right.REGISTER_PAPER, _S.CLOSING),
        Rule(_S.CLOSING, _A.CLOSE, Right.REGISTER_PAPER, _S.CLOSED),
        Rule(_S.CLOSED, _A.DEREGISTER, Right.REGISTER_PAPER, _S.DEREGISTERED),
    ]
)


class FilingState(StrEnum):
    """备案状态, beside the account's life."""

    NOT_FILED = "not_filed"
    SUBMITTED = "submitted"
    FILED = "filed"


@dataclass(frozen=True)
class Account:
    """One account; `needs_variant` says that its platform needs a text of its own."""

    id: str
    platform: str
    name: str
    state: AccountState
    filing: FilingState
    handle: str = ""
    link: str = ""
    needs_variant: bool = False
    opened_on: date | None = None
    version: int = 0
    particulars: Particulars = field(default_factory=Particulars)

    @property
    def caption(self) -> str:
        """As papers and lists name it: 微信公众号“晋安示例”."""
        return f"{self.platform}“{self.name}”"
