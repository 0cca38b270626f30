"""In which tones the states of accounts, of their papers and of their 备案 are shown; a word stands beside each."""

from app.labels import label
from app.models.account import Account, AccountState, FilingState
from app.models.account_application import ApplicationState
from app.models.account_warning import AccountWarning
from app.ui.tokens import Tone

STATE_TONES: dict[AccountState, Tone] = {
    AccountState.PLANNED: Tone.NEUTRAL,
    AccountState.AWAITING_APPROVAL: Tone.WARNING,
    AccountState.APPROVED: Tone.PRIMARY,
    AccountState.OPENED: Tone.PRIMARY,
    AccountState.RUNNING: Tone.GOOD,
    AccountState.CLOSING: Tone.WARNING,
    AccountState.CLOSED: Tone.NEUTRAL,
    AccountState.DEREGISTERED: Tone.NEUTRAL,
}
FILING_TONES: dict[FilingState, Tone] = {
    FilingState.NOT_FILED: Tone.WARNING,
    FilingState.SUBMITTED: Tone.PRIMARY,
    FilingState.FILED: Tone.GOOD,
}
PAPER_TONES: dict[ApplicationState, Tone] = {
    ApplicationState.WRITING: Tone.NEUTRAL,
    ApplicationState.WAITING: Tone.WARNING,
    ApplicationState.SIGNED: Tone.PRIMARY,
    ApplicationState.REFUSED: Tone.DANGER,
    ApplicationState.WITHDRAWN: Tone.NEUTRAL,
    ApplicationState.SUBMITTED: Tone.PRIMARY,
    ApplicationState.FILED: Tone.GOOD,
}


_NOT_OPEN = frozenset({AccountState.PLANNED, AccountState.AWAITING_APPROVAL, AccountState.APPROVED})
_ENDED = frozenset({AccountState.CLOSED, AccountState.DEREGISTERED})


def filing_chip(account: Account) -> tuple[str, Tone] | None:
    """Return word and tone of the 备案 of an account; one that is not open yet has none to have."""
    if account.state in _NOT_OPEN:
        return None
    unfiled = account.filing is FilingState.NOT_FILED
    tone = Tone.NEUTRAL if unfiled and account.state in _ENDED else FILING_TONES[account.filing]
    return "未备案" if unfiled and account.state is AccountState.OPENED else label(account.filing), tone


def warning_tone(warning: AccountWarning) -> Tone:
    """Return the tone of a warning: red only for what is grave."""
    return Tone.DANGER if warning.grave else Tone.WARNING
