"""A publication is a fact and can always be recorded; what kind of fact it is stays with it (article 15(1))."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PublicationKind(StrEnum):
    """How a publication stands to review; the second and third never turn into the first."""

    REVIEWED = "reviewed"
    """审后发布: points to an approved revision."""
    UNREVIEWED = "unreviewed"
    """未审发布: went out without approval."""
    DIFFERENT = "different"
    """内容不符: approved, but what went out differs."""
    EARLIER = "earlier"
    """补录: published before the first day of use."""
    ALTERED = "altered"
    """Never written: how a kind is read that another program put there, so that its month still opens and tells it."""


class TargetState(StrEnum):
    """Where a draft stands on one target account."""

    WAITING = "waiting"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Target:
    """One target account of a draft and how far it is; `reason` is set for 不再发布."""

    draft_id: str
    account_id: str
    state: TargetState = TargetState.WAITING
    reason: str = ""


@dataclass(frozen=True)
class Publication:
    """One post on one account.

    `published_at` is what the person says, `recorded_at` the clock. `published_text` is the pasted text, or
    empty when none was given; `compared` says whether it was compared with the approved text and `matches`
    the result. For an unreviewed or differing post `who`, `why` and `done` answer who, why and what was done.
    """

    id: str
    kind: PublicationKind
    account_id: str
    title: str
    published_at: datetime
    recorded_at: datetime
    recorded_by: str
    draft_id: str = ""
    revision: int = 0
    link: str = ""
    published_text: str = ""
    compared: bool = False
    matches: bool = False
    screenshot_sha256s: tuple[str, ...] = ()
    who: str = ""
    why: str = ""
    done: str = ""
    late: bool = False
    """补记: recorded on a later Beijing day than it happened."""
