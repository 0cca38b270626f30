"""A small office on file: people, accounts, policy, and drafts brought as far as a test needs."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.models.account import Account, AccountState, FilingState
from app.models.clock import beijing_day
from app.models.content import Block, BlockKind, Content, Declarations
from app.models.draft import Draft, DraftState, ReviewClass, Revision
from app.models.fingerprint import fingerprint
from app.models.policy import read_policy
from app.models.review import Decision, DecisionWay, ReviewStep, StepKind, Verdict
from app.models.right import Role
from app.models.staff import Person, Unit
from app.storage.unit_of_work import Store, UnitOfWork

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
POLICY = next((Path(__file__).parents[2] / "resources" / "policy").glob("*.toml")).read_text("utf-8")
STEPS = (
    (StepKind.FIRST_REVIEW, Role.REVIEWER),
    (StepKind.SECRECY_REVIEW, Role.SECRECY_REVIEWER),
    (StepKind.PRINCIPAL_LEADER, Role.PRINCIPAL_LEADER),
)
CONTENT = Content(
    title="防汛演练",
    blocks=(Block(BlockKind.PARAGRAPH, "今天上午开展演练。"),),
    account_ids=("wechat", "weibo"),
    declarations=Declarations(no_secrets=True),
)


def open_office(folder: Path, clock: Callable[[], datetime] = lambda: NOW) -> Store:
    """Create a store with a unit, four people, two accounts and the shipped policy."""
    store = Store(folder, clock)
    with store.writing() as unit:
        unit.units.save(Unit("unit", "JA-01", "示例局", "示例局", "区政府办公室", "晋示"), NOW)
        for person_id, name in (("author", "作者"), ("first", "初审"), ("secret", "保密"), ("leader", "领导")):
            unit.people.save(Person(person_id, name, "办公室", "科员", True), NOW)
        for account_id in ("wechat", "weibo"):
            unit.accounts.save(Account(account_id, "平台", account_id, AccountState.RUNNING, FilingState.FILED))
        unit.policies.add(read_policy(POLICY), "2026-01-01", "leader", NOW)
    return store


def new_draft(draft_id: str = "draft", at: datetime = NOW, **changes: object) -> Draft:
    draft = Draft(draft_id, "author", DraftState.WRITING, CONTENT, created_at=at, updated_at=at)
    return replace(draft, **changes)  # type: ignore[arg-type]


def put(unit: UnitOfWork, draft: Draft) -> Draft:
    """Add a draft with its target accounts."""
    unit.drafts.add(draft)
    unit.targets.set_accounts(draft.id, draft.content.account_ids)
    return draft


def submit(
    unit: UnitOfWork, draft: Draft, steps: Iterable[tuple[StepKind, Role]] = STEPS, quorum: int = 1
) -> tuple[Draft, Revision]:
    """Submit a draft that was put on file: number, revision, chain."""
    at = draft.updated_at
    number = draft.number or unit.numbers.give("review_sheet", at.year, "晋示审", f"draft:{draft.id}", at)
    revision = Revision(
        draft_id=draft.id,
        number=draft.revision + 1,
        content=draft.content,
        fingerprint=fingerprint(draft.content),
        submitted_at=at,
        submitted_by=draft.author_id,
        policy_version=1,
        lexicon_version="1",
        review_class=ReviewClass.ORDINARY,
        silenced=(("phone", "值班电话"),),
    )
    unit.revisions.add(revision)
    unit.reviews.add_steps(
        ReviewStep(draft.id, revision.number, position, kind, role, quorum, beijing_day(at))
        for position, (kind, role) in enumerate(steps, start=1)
    )
    saved = unit.drafts.save(
        replace(draft, state=DraftState.IN_REVIEW, number=number, revision=revision.number, updated_at=at)
    )
    return saved, revision


def decision(revision: Revision, position: int, decided_by: str, **changes: object) -> Decision:
    """Make an agreeing decision on screen, at the moment of submission."""
    at = revision.submitted_at
    given = Decision(
        id=f"{revision.draft_id}-{revision.number}-{position}-{decided_by}",
        draft_id=revision.draft_id,
        revision=revision.number,
        position=position,
        verdict=Verdict.PUBLIC if position == 2 else Verdict.AGREE,
        opinion="同意",
        decided_by=decided_by,
        decided_on=beijing_day(at),
        decided_at=at,
        registered_by=decided_by,
        recorded_at=at,
        way=DecisionWay.SCREEN,
        fingerprint=revision.fingerprint,
    )
    return replace(given, **changes)  # type: ignore[arg-type]


DECIDERS = ("first", "secret", "leader")


def approve(unit: UnitOfWork, draft: Draft, revision: Revision) -> Draft:
    """Let everybody agree."""
    for position, person in enumerate(DECIDERS, start=1):
        unit.reviews.add(decision(revision, position, person))
    return unit.drafts.save(replace(draft, state=DraftState.APPROVED))
