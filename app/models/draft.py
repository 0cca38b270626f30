"""A draft: its life, its revisions, and what submission asks of it (articles 12 and 15(1))."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from app.errors import FieldTooLongError
from app.models.content import Content, Form, Origin
from app.models.lifecycle import Lifecycle, Rule
from app.models.numbering import OfficeNumber
from app.models.right import Right
from app.models.visible_text import has_words, names_source

TITLE_LIMIT = 500
TEXT_LIMIT = 500_000


class DraftState(StrEnum):
    """Where a draft stands; which review step it waits at is data, not a state."""

    WRITING = "writing"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class DraftAction(StrEnum):
    """What can be done to a draft as a whole."""

    SUBMIT = "submit"
    PASS_STEP = "pass_step"
    PASS_LAST_STEP = "pass_last_step"
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REVISE = "revise"
    RECORD_PUBLICATION = "record_publication"
    COMPLETE_PUBLICATION = "complete_publication"
    VOID = "void"
    DROP_ALL = "drop_all"


_S, _A = DraftState, DraftAction

DRAFT_LIFECYCLE: Lifecycle[DraftState, DraftAction] = Lifecycle(
    [
        Rule(_S.WRITING, _A.SUBMIT, Right.WRITE, _S.IN_REVIEW, "第十五条（一）"),
        Rule(_S.RETURNED, _A.SUBMIT, Right.WRITE, _S.IN_REVIEW, "第十五条（一）"),
        Rule(_S.WITHDRAWN, _A.SUBMIT, Right.WRITE, _S.IN_REVIEW, "第十五条（一）"),
        Rule(_S.IN_REVIEW, _A.PASS_STEP, Right.DECIDE, _S.IN_REVIEW, "第十五条（一）"),
        Rule(_S.IN_REVIEW, _A.PASS_LAST_STEP, Right.DECIDE, _S.APPROVED, "第十五条（一）"),
        Rule(_S.IN_REVIEW, _A.RETURN, Right.DECIDE, _S.RETURNED, "第十五条（一）"),
        Rule(_S.IN_REVIEW, _A.REFUSE, Right.DECIDE, _S.VOID, "第十五条（一）"),
        Rule(_S.IN_REVIEW, _A.WITHDRAW, Right.WRITE, _S.WITHDRAWN),
        Rule(_S.APPROVED, _A.WITHDRAW, Right.WRITE, _S.WITHDRAWN),
        # Any change of content starts a new revision and voids the decisions of the old one.
        Rule(_S.IN_REVIEW, _A.REVISE, Right.WRITE, _S.WRITING, "第十五条（一）"),
        Rule(_S.APPROVED, _A.REVISE, Right.WRITE, _S.WRITING, "第十五条（一）"),
        Rule(_S.RETURNED, _A.REVISE, Right.WRITE, _S.WRITING, "第十五条（一）"),
        Rule(_S.WITHDRAWN, _A.REVISE, Right.WRITE, _S.WRITING, "第十五条（一）"),
        Rule(_S.APPROVED, _A.RECORD_PUBLICATION, Right.PUBLISH, _S.PUBLISHING, "第十五条（一）"),
        Rule(_S.PUBLISHING, _A.RECORD_PUBLICATION, Right.PUBLISH, _S.PUBLISHING, "第十五条（一）"),
        Rule(_S.APPROVED, _A.COMPLETE_PUBLICATION, Right.PUBLISH, _S.PUBLISHED, "第十五条（一）"),
        Rule(_S.PUBLISHING, _A.COMPLETE_PUBLICATION, Right.PUBLISH, _S.PUBLISHED, "第十五条（一）"),
        # 不再发布 on every account, and nothing went out on any.
        Rule(_S.APPROVED, _A.DROP_ALL, Right.PUBLISH, _S.VOID),
        Rule(_S.WRITING, _A.VOID, Right.WRITE, _S.VOID),
        Rule(_S.RETURNED, _A.VOID, Right.WRITE, _S.VOID),
        Rule(_S.WITHDRAWN, _A.VOID, Right.WRITE, _S.VOID),
        Rule(_S.APPROVED, _A.VOID, Right.WRITE, _S.VOID),
    ]
)

EDITABLE_STATES = frozenset({_S.WRITING, _S.RETURNED, _S.WITHDRAWN})
"""States in which the working copy may be typed into without a new act."""


class ReviewClass(StrEnum):
    """审核等级: decides the chain."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"
    SENSITIVE = "sensitive"


class Urgency(StrEnum):
    """紧急程度; the chain is the same."""

    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True)
class Draft:
    """A draft with its working copy.

    `revision` is the number of the latest submitted revision (0 before the first submission); the working
    copy becomes revision + 1 when submitted. `version` counts saves, for two hands on one draft.
    """

    id: str
    author_id: str
    state: DraftState
    content: Content
    number: OfficeNumber | None = None
    revision: int = 0
    review_class: ReviewClass = ReviewClass.ORDINARY
    urgency: Urgency = Urgency.NORMAL
    category: str = ""
    planned_at: datetime | None = None
    notes: str = ""
    silenced: tuple[tuple[str, str], ...] = ()
    """(rule name, written reason) for check rules answered by a reason instead of a change."""
    created_at: datetime = field(default_factory=lambda: datetime.min)
    updated_at: datetime = field(default_factory=lambda: datetime.min)
    version: int = 0

    def answered(self, keys: tuple[str, ...], reason: str) -> "Draft":
        """Return the draft with one written reason for some findings, in place of earlier ones."""
        others = tuple((key, known) for key, known in self.silenced if key not in keys)
        return replace(self, silenced=(*others, *((key, reason) for key in dict.fromkeys(keys))))


@dataclass(frozen=True)
class Revision:
    """A submitted text, frozen: what signatures cover."""

    draft_id: str
    number: int
    content: Content
    fingerprint: str
    submitted_at: datetime
    submitted_by: str
    policy_version: int
    lexicon_version: str
    review_class: ReviewClass
    silenced: tuple[tuple[str, str], ...] = ()
    voided_at: datetime | None = None


def missing_for_submission(content: Content) -> tuple[str, ...]:
    """Name the fields that must be filled before submission, in the order of the form (article 12)."""
    missing: list[str] = []
    if not has_words(content.title):
        missing.append("title")
    if content.form is Form.VIDEO and content.video is None:
        missing.append("video")
    if content.form is not Form.VIDEO and not any(has_words(b.plain) or b.picture for b in content.blocks):
        missing.append("body")
    if not content.account_ids:
        missing.append("accounts")
    if content.source.origin is Origin.REPOST:
        source = content.source
        missing += [
            name
            for name, named in (
                ("source_unit", has_words(source.unit)),
                ("source_title", has_words(source.original_title)),
                ("source_link", names_source(source.link_or_paper)),
            )
            if not named
        ]
    if not content.declarations.no_secrets:
        missing.append("no_secrets")
    missing += ["picture_licence"] if any(not has_words(p.licence) for p in content.pictures()) else []
    return tuple(missing)


def check_lengths(content: Content) -> None:
    """Refuse a title beyond 500 or a body beyond 500,000 characters, in a variant too."""
    limits = [
        ("title", content.title, TITLE_LIMIT),
        ("body", content.plain_body, TEXT_LIMIT),
        ("summary", content.summary, TEXT_LIMIT),
    ]
    for variant in content.variants:
        limits.append(("variant_title", variant.title, TITLE_LIMIT))
        limits.append(("variant_body", "\n".join(block.plain for block in variant.blocks), TEXT_LIMIT))
    for name, text, limit in limits:
        if len(text) > limit:
            raise FieldTooLongError(name, limit, len(text))
