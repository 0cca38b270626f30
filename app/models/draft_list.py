"""Drafts as a list shows them: one light row each, never the whole text."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.draft import DraftState, Urgency
from app.models.numbering import OfficeNumber
from app.models.review import StepKind


class DraftFilter(StrEnum):
    """The chips above the list."""

    ALL = "all"
    WRITING = "writing"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETURNED = "returned"
    VOID = "void"
    MINE = "mine"


FILTER_STATES: dict[DraftFilter, tuple[DraftState, ...]] = {
    DraftFilter.WRITING: (DraftState.WRITING, DraftState.WITHDRAWN),
    DraftFilter.IN_REVIEW: (DraftState.IN_REVIEW,),
    DraftFilter.APPROVED: (DraftState.APPROVED, DraftState.PUBLISHING),
    DraftFilter.PUBLISHED: (DraftState.PUBLISHED,),
    DraftFilter.RETURNED: (DraftState.RETURNED,),
    DraftFilter.VOID: (DraftState.VOID,),
}


@dataclass(frozen=True)
class DraftQuery:
    """What the list shows: a chip, and words that title, body or number must hold."""

    filter: DraftFilter = DraftFilter.ALL
    words: str = ""
    author_id: str = ""
    """Set for the chip `mine`."""


@dataclass(frozen=True)
class DraftRow:
    """One line of the list; `step` is the step a draft in review waits at."""

    id: str
    number: OfficeNumber | None
    title: str
    state: DraftState
    step: StepKind | None
    step_due_on: date | None
    account_ids: tuple[str, ...]
    author: str
    urgency: Urgency
    planned_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True)
class SearchHit:
    """One find of the search over everything: what it is, its line, and the words around the match."""

    kind: str
    subject_id: str
    title: str
    number: str
    excerpt: str
