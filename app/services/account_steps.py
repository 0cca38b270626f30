"""What can be done next with an account and its papers, and why not otherwise; the window shows these as buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.labels import label
from app.models.account import Account, AccountState, FilingState
from app.models.account_application import Application, ApplicationKind, ApplicationState, FilingType
from app.models.right import Right
from app.models.staff import Actor
from app.services.record_room import roles_needed


class AccountStep(StrEnum):
    """Things the window offers for an account, the most pressing first."""

    OPEN = "open"
    APPLY_OPENING = "apply_opening"
    APPLY_FILING = "apply_filing"
    EDIT = "edit"
    APPLY_CHANGE = "apply_change"
    APPLY_YEARLY = "apply_yearly"
    APPLY_CLOSING = "apply_closing"


class PaperStep(StrEnum):
    """Things the window offers for one paper of an account, the most pressing first."""

    SIGN = "sign"
    PRESENT = "present"
    SUBMIT = "submit"
    FILE = "file"
    CARRY_OUT = "carry_out"
    ANNOUNCE = "announce"
    CLOSE = "close"
    DEREGISTER = "deregister"
    PRINT = "print"
    REVISE = "revise"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SCANS = "scans"


@dataclass(frozen=True)
class AccountOffer:
    """One step for the account, or for the paper it names; closed ones say what is missing and who may do it."""

    step: AccountStep | PaperStep
    application_id: str = ""
    closed_because: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the person may do it now."""
        return not self.closed_because


_KEPT = frozenset({AccountState.RUNNING, AccountState.CLOSING})
_BEFORE_END = frozenset(AccountState) - {AccountState.CLOSED, AccountState.DEREGISTERED}
_STATES: Mapping[AccountStep, frozenset[AccountState]] = {
    AccountStep.OPEN: frozenset({AccountState.APPROVED}),
    AccountStep.APPLY_OPENING: frozenset({AccountState.PLANNED}),
    AccountStep.APPLY_FILING: frozenset({AccountState.OPENED}) | _KEPT,
    AccountStep.EDIT: _BEFORE_END,
    AccountStep.APPLY_CHANGE: _KEPT,
    AccountStep.APPLY_YEARLY: _KEPT,
    AccountStep.APPLY_CLOSING: frozenset({AccountState.RUNNING}),
}


def filing_type(account: Account) -> FilingType:
    """Return which filing form an account needs next: that of its opening, or the one that was left undone."""
    if account.state is AccountState.PLANNED:
        return FilingType.OPENING
    return FilingType.NEW if account.state is AccountState.OPENED else FilingType.LATE


def account_offers(account: Account, papers: tuple[Application, ...], actor: Actor) -> tuple[AccountOffer, ...]:
    """Return the steps that make sense in the account's state; the first that is open is the primary."""
    why = _no_right(actor)
    running = {paper.kind for paper in papers if paper.runs}
    return tuple(
        AccountOffer(step, closed_because=why)
        for step, states in _STATES.items()
        if account.state in states and _still_to_do(step, account, running)
    )


def _still_to_do(step: AccountStep, account: Account, running: set[ApplicationKind]) -> bool:
    """Say whether no paper of the kind runs already, and whether the account is filed for a yearly look alone."""
    match step:
        case AccountStep.APPLY_OPENING:
            return ApplicationKind.FILING not in running
        case AccountStep.APPLY_FILING:
            return ApplicationKind.FILING not in running and account.filing is FilingState.NOT_FILED
        case AccountStep.APPLY_YEARLY:
            return ApplicationKind.FILING not in running and account.filing is FilingState.FILED
        case AccountStep.APPLY_CLOSING:
            return ApplicationKind.CLOSING not in running
        case _:
            return True


def _signed(paper: Application) -> bool:
    return paper.state is ApplicationState.SIGNED


def _closing(paper: Application, account: Account, state: AccountState) -> bool:
    return paper.kind is ApplicationKind.CLOSING and paper.granted and account.state is state


_FITS: Mapping[PaperStep, Callable[[Application, Account], bool]] = {
    PaperStep.SIGN: lambda paper, _account: paper.state is ApplicationState.WAITING,
    PaperStep.PRESENT: lambda paper, _account: paper.state is ApplicationState.WRITING,
    PaperStep.CARRY_OUT: lambda paper, _account: (
        paper.kind is ApplicationKind.CHANGE and paper.granted and paper.carried_out_on is None
    ),
    PaperStep.ANNOUNCE: lambda paper, account: _closing(paper, account, AccountState.RUNNING),
    PaperStep.CLOSE: lambda paper, account: _closing(paper, account, AccountState.CLOSING),
    PaperStep.DEREGISTER: lambda paper, account: _closing(paper, account, AccountState.CLOSED),
    PaperStep.SUBMIT: lambda paper, _account: _signed(paper) and paper.text.filing_type is not FilingType.OPENING,
    PaperStep.FILE: lambda paper, _account: paper.state is ApplicationState.SUBMITTED,
    PaperStep.PRINT: lambda paper, _account: paper.number is not None and not paper.text.own_form,
    PaperStep.REVISE: lambda paper, _account: paper.state is ApplicationState.WRITING,
    PaperStep.REFUSE: lambda paper, _account: paper.state is ApplicationState.WAITING,
    PaperStep.WITHDRAW: lambda paper, _account: paper.state in {ApplicationState.WRITING, ApplicationState.WAITING},
    PaperStep.SCANS: lambda paper, _account: bool(paper.scan_sha256),
}
_READING = frozenset({PaperStep.SCANS})


def paper_offers(paper: Application, account: Account, actor: Actor) -> tuple[AccountOffer, ...]:
    """Return the steps that make sense for one paper, the most pressing first."""
    why = _no_right(actor)
    return tuple(
        AccountOffer(step, paper.id, "" if step in _READING else why)
        for step, fits in _FITS.items()
        if fits(paper, account)
    )


def _no_right(actor: Actor) -> str:
    if Right.REGISTER_PAPER in actor.rights:
        return ""
    return f"由{'、'.join(label(role) for role in roles_needed(Right.REGISTER_PAPER))}办理。"
