"""备案登记、变更、关停注销: the three papers of an account's life (articles 4, 5 and 7; domain.md 3.1 to 3.3)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.lifecycle import Lifecycle, Rule
from app.models.numbering import OfficeNumber
from app.models.papercode import PaperKind
from app.models.right import Right


class ApplicationKind(StrEnum):
    """Which paper it is."""

    FILING = "filing"
    CHANGE = "change"
    CLOSING = "closing"


PAPER_KINDS = {
    ApplicationKind.FILING: PaperKind.ACCOUNT_FILING,
    ApplicationKind.CHANGE: PaperKind.ACCOUNT_CHANGE,
    ApplicationKind.CLOSING: PaperKind.ACCOUNT_CLOSING,
}
"""The paper each of them is printed on."""


class FilingType(StrEnum):
    """What a filing form is for: approval before an account is opened (article 4), or its filing (article 5)."""

    OPENING = "opening"
    NEW = "new"
    LATE = "late"
    YEARLY = "yearly"


class ClosingType(StrEnum):
    """How an account ends."""

    PAUSE = "pause"
    CLOSE = "close"
    DEREGISTER = "deregister"
    MERGE = "merge"


class ApplicationState(StrEnum):
    """Where a paper stands."""

    WRITING = "writing"
    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SUBMITTED = "submitted"
    FILED = "filed"


class ApplicationAction(StrEnum):
    """What is done with a paper."""

    PRESENT = "present"
    SIGN = "sign"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SUBMIT = "submit"
    FILE = "file"
    CARRY_OUT = "carry_out"


_S, _A = ApplicationState, ApplicationAction

APPLICATION_LIFECYCLE: Lifecycle[ApplicationState, ApplicationAction] = Lifecycle(
    [
        Rule(_S.WRITING, _A.PRESENT, Right.REGISTER_PAPER, _S.WAITING, "第四条、第七条"),
        Rule(_S.WRITING, _A.WITHDRAW, Right.REGISTER_PAPER, _S.WITHDRAWN),
        Rule(_S.WAITING, _A.SIGN, Right.REGISTER_PAPER, _S.SIGNED, "第四条、第五条、第七条"),
        Rule(_S.WAITING, _A.REFUSE, Right.REGISTER_PAPER, _S.REFUSED, "第四条、第七条"),
        Rule(_S.WAITING, _A.WITHDRAW, Right.REGISTER_PAPER, _S.WITHDRAWN),
        Rule(_S.SIGNED, _A.SUBMIT, Right.REGISTER_PAPER, _S.SUBMITTED, "第五条"),
        Rule(_S.SUBMITTED, _A.FILE, Right.REGISTER_PAPER, _S.FILED, "第五条"),
    ]
)

OPEN_STATES = frozenset({_S.WRITING, _S.WAITING})
"""Nobody has decided yet."""
GRANTED_STATES = frozenset({_S.SIGNED, _S.SUBMITTED, _S.FILED})
"""Signed and sealed by the unit."""
ENDED_STATES = frozenset({_S.REFUSED, _S.WITHDRAWN, _S.FILED})
"""Nothing is to be done any more."""


class AccountField(StrEnum):
    """What a change application can change (article 7)."""

    NAME = "name"
    SUBJECT = "subject"
    HOST_UNIT = "host_unit"
    LEADER = "leader"
    PEOPLE = "people"
    SCOPE = "scope"
    FUNCTION = "function"
    PHONE = "phone"
    MAIL = "mail"
    OPERATOR = "operator"
    PICTURE = "picture"
    INTRODUCTION = "introduction"


ANNOUNCED_FIELDS = frozenset({AccountField.HOST_UNIT, AccountField.SUBJECT})
"""Changes that have to be announced to the public (国办发〔2018〕123号)."""


@dataclass(frozen=True)
class ChangeLine:
    """One thing that changes, as stored texts; people stand as a list written in JSON."""

    field: AccountField
    before: str
    after: str


@dataclass(frozen=True)
class Announcement:
    """What the public is told of a change or an end; `to_on` is the end of the time it stands."""

    text: str = ""
    from_on: date | None = None
    to_on: date | None = None
    link: str = ""


@dataclass(frozen=True)
class ApplicationText:
    """What a person writes into a paper before it is presented; which of it counts depends on the kind."""

    filing_type: FilingType | None = None
    closing_type: ClosingType | None = None
    changes: tuple[ChangeLine, ...] = ()
    reason: str = ""
    basis: str = ""
    wanted_on: date | None = None
    announcement: Announcement = field(default_factory=Announcement)
    remains: str = ""
    """What becomes of contents, open messages, password and bindings when an account ends."""
    successor: str = ""
    """The account that takes over."""
    own_form: bool = False


@dataclass(frozen=True)
class Application:
    """One paper of an account's life, from its writing to the district office's filing number.

    `signed_on` and `signed_by` are what the signed paper says; `carried_out_on` the day on which the platform showed
    the change; `filing_number` what the district office gave. With `own_form` the paper itself is the district's Word
    form: only its number, its dates and its scan are kept.
    """

    id: str
    kind: ApplicationKind
    account_id: str
    state: ApplicationState
    created_by: str
    created_at: datetime
    text: ApplicationText = field(default_factory=ApplicationText)
    number: OfficeNumber | None = None
    policy_version: int = 0
    signed_by: str = ""
    signed_on: date | None = None
    scan_sha256: str = ""
    submitted_on: date | None = None
    filed_on: date | None = None
    filing_number: str = ""
    receipt_sha256: str = ""
    carried_out_on: date | None = None
    version: int = 0

    @property
    def runs(self) -> bool:
        """Whether something is still to be done with it; the unit's own approval is not sent in."""
        opening = self.text.filing_type is FilingType.OPENING
        return self.state not in ENDED_STATES and not (opening and self.granted)

    @property
    def granted(self) -> bool:
        """Whether it was signed and sealed."""
        return self.state in GRANTED_STATES

    @property
    def announces(self) -> bool:
        """Whether the public has to be told."""
        return self.kind is ApplicationKind.CLOSING or any(line.field in ANNOUNCED_FIELDS for line in self.text.changes)
