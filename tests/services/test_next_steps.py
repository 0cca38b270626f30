"""What is offered may be done, what is not offered is refused, for every state and every role."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import AppError, SignInRefusedError
from app.models.content import Content
from app.models.draft import DRAFT_LIFECYCLE, EDITABLE_STATES, Draft, DraftAction, DraftState
from app.models.publication import Publication, PublicationKind
from app.models.review import ReviewStep, StepKind
from app.models.right import ROLE_RIGHTS, Right, Role
from app.models.staff import Actor
from app.services.drafts import DraftView
from app.services.next_steps import NextStep, lacks, offers
from app.services.publications import PublicationEntry
from tests.services.office import PASSCODE, START, Office, SetClock

ME, OTHER = "me", "other"
STEP = ReviewStep("d", 1, 1, StepKind.FIRST_REVIEW, Role.REVIEWER)
ACTS = {
    NextStep.REVISE: DraftAction.REVISE,
    NextStep.WITHDRAW: DraftAction.WITHDRAW,
    NextStep.VOID: DraftAction.VOID,
}
BY_RIGHT = {
    NextStep.REGISTER: Right.REGISTER_PAPER,
    NextStep.RECORD: Right.PUBLISH,
    NextStep.RECORD_FORMER: Right.PUBLISH,
    NextStep.RECORD_UNREVIEWED: Right.PUBLISH,
    NextStep.COMPLETE: Right.PUBLISH,
    NextStep.PACKAGE: Right.PUBLISH,
}
READ_ONLY = {NextStep.PREVIEW, NextStep.POSTS, NextStep.SCANS, NextStep.REMIND}
POST = Publication("p", PublicationKind.REVIEWED, "a", "题", START, START, ME)


def view(state: DraftState, author: str, revision: int = 1) -> DraftView:
    draft = Draft("d", author, state, Content(), revision=revision)
    return DraftView(draft, "林晓", None, (STEP,), (), (), {}, (), ())


@pytest.mark.parametrize("posts", [(), (POST,)])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(DraftState))
def test_what_is_offered_follows_from_state_and_role(
    state: DraftState, role: Role, own: bool, posts: tuple[Publication, ...]
) -> None:
    actor = Actor(ME, "我", frozenset({role}))
    may_decide = role is Role.REVIEWER and state is DraftState.IN_REVIEW and not own
    found = offers(view(state, ME if own else OTHER), actor, may_decide=may_decide, posts=posts)
    assert len({offer.step for offer in found}) == len(found)
    assert [offer.is_open for offer in found] == sorted((offer.is_open for offer in found), reverse=True)
    rights = ROLE_RIGHTS[role]
    for offer in found:
        match offer.step:
            case NextStep.DECIDE:
                expected = may_decide
            case NextStep.EDIT | NextStep.REVISE | NextStep.WITHDRAW | NextStep.VOID:
                expected = own and Right.WRITE in rights
            case step if step in READ_ONLY:
                expected = True
            case step:
                expected = BY_RIGHT[step] in rights
        assert offer.is_open is expected, offer
        assert offer.is_open or offer.closed_because.endswith("。")


@pytest.mark.parametrize("state", list(DraftState))
def test_acts_are_offered_exactly_where_the_life_of_a_draft_has_them(state: DraftState) -> None:
    steps = {offer.step for offer in offers(view(state, ME), Actor(ME, "我", frozenset()), may_decide=False)}
    for step, action in ACTS.items():
        rule = DRAFT_LIFECYCLE.find(state, action) is not None
        # What may be typed into needs no act to be opened for change.
        assert (step in steps) is (rule and not (step is NextStep.REVISE and state in EDITABLE_STATES))
    out = state in {DraftState.APPROVED, DraftState.PUBLISHING}
    assert (NextStep.RECORD in steps) is out
    assert (NextStep.RECORD_UNREVIEWED in steps) is not out, "a post can always be recorded"
    assert (NextStep.EDIT in steps) is (state in EDITABLE_STATES)
    assert NextStep.POSTS not in steps


def test_a_closed_step_names_who_may() -> None:
    found = offers(view(DraftState.IN_REVIEW, OTHER), Actor(ME, "我", frozenset()), may_decide=False)
    words = {offer.step: offer.closed_because for offer in found}
    assert words[NextStep.DECIDE] == "现在轮到“初审”，由审核人签批。"
    assert words[NextStep.REGISTER] == "由账号管理员办理。"
    assert words[NextStep.WITHDRAW] == "只有作者（林晓）可以。"
    assert words[NextStep.PREVIEW] == "由在册人员办理。"


def test_an_author_who_may_not_write_any_more_is_told_who_may() -> None:
    actor = Actor(ME, "我", frozenset({Role.REVIEWER}))
    words = {o.step: o.closed_because for o in offers(view(DraftState.RETURNED, ME), actor, may_decide=False)}
    assert "信息员" in words[NextStep.EDIT]


def test_before_the_first_submission_there_is_no_sheet() -> None:
    actor = Actor(ME, "我", frozenset({Role.INFORMATION_OFFICER}))
    steps = {offer.step for offer in offers(view(DraftState.WRITING, ME, 0), actor, may_decide=False)}
    assert NextStep.PREVIEW not in steps
    assert NextStep.SCANS not in steps


def test_what_a_post_lacks_is_named() -> None:
    assert lacks(POST) == ("link", "screenshot")
    assert lacks(replace(POST, link="https://a.example")) == ("screenshot",)
    assert lacks(replace(POST, screenshot_sha256s=("0" * 64,))) == ("link",)
    assert lacks(replace(POST, link="https://a.example", screenshot_sha256s=("0" * 64,))) == ()


def test_a_post_of_the_former_text_is_offered_while_the_draft_is_changed_until_it_is_on_record(office: Office) -> None:
    draft = office.approved()
    posted = office.clock.now
    office.clock.forward(hours=1)
    office.sign_in("林晓").drafts.revise(draft.id)
    services = office.sign_in("陈账")
    actor = Actor(services.session.person_id, "陈账", frozenset({Role.ACCOUNT_MANAGER}))

    def offered() -> dict[NextStep, bool]:
        found = offers(
            services.drafts.view(draft.id),
            actor,
            may_decide=False,
            posts=services.publications.of_draft(draft.id),
        )
        return {offer.step: offer.is_open for offer in found}

    assert offered()[NextStep.RECORD_FORMER]
    services.publications.record(draft.id, PublicationEntry(office.account_ids()[0], posted))
    assert NextStep.RECORD_FORMER not in offered()
    assert offered()[NextStep.RECORD_UNREVIEWED]


# ---- the same over real records: an open step is done, a closed one refused ----------------------


def drafts_in_every_state(office: Office) -> dict[DraftState, str]:
    ids: dict[DraftState, str] = {}
    content = office.content()
    both = replace(content, account_ids=office.account_ids())
    ids[DraftState.APPROVED] = office.approved(both).id
    publishing = office.approved(both)
    published = office.approved(content)
    services = office.sign_in("陈账")
    for draft in (publishing, published):
        services.publications.record(draft.id, PublicationEntry(office.account_ids()[0], office.clock.now))
    ids[DraftState.PUBLISHING], ids[DraftState.PUBLISHED] = publishing.id, published.id
    ids[DraftState.IN_REVIEW] = office.submitted().id
    for state in (DraftState.WITHDRAWN, DraftState.VOID):
        ids[state] = office.approved().id
        office.sign_in("林晓").drafts.withdraw(ids[state])
    office.services.drafts.void(ids[DraftState.VOID], "重复")
    ids[DraftState.WRITING] = office.services.drafts.start(content).id
    return ids


def without_author(office: Office) -> dict[DraftState, str]:
    """Return drafts whose author has left since."""
    ids = {DraftState.APPROVED: office.approved().id, DraftState.IN_REVIEW: office.submitted().id}
    ids[DraftState.RETURNED] = office.submitted().id
    office.services.drafts.withdraw(ids[DraftState.RETURNED])
    ids[DraftState.WITHDRAWN] = ids.pop(DraftState.RETURNED)
    admin = office.sign_in("许管")
    admin.staff.leave(office.person("林晓").id, admin.today.day(), "免职通知", PASSCODE)
    return ids


def doing(office: Office, step: NextStep, draft_id: str) -> Callable[[], object]:
    """Return how a step is done by whoever is signed in."""
    services = office.services
    reviewed = services.drafts.view(draft_id)
    account = office.account_ids()[1]
    early = office.clock.now - timedelta(days=20)
    posted = PublicationEntry(account, early, who="某", why="急", done="已改", note_title="题")
    scan = office.scan()

    def decide() -> object:
        # A wrong passcode is refused only after the right was there; so ask for the right itself.
        if services.reviews.may_decide(draft_id) is None:
            raise SignInRefusedError
        return None

    def complete() -> object:
        [post, *_] = services.publications.of_draft(draft_id)
        return services.publications.complete(post.id, link="https://a.example/1")

    def register() -> object:
        signed = office.signed(reviewed.steps[0])
        return services.reviews.register_paper(draft_id, reviewed.draft.revision, (signed,), scan)

    return {
        NextStep.DECIDE: decide,
        NextStep.REGISTER: register,
        NextStep.EDIT: lambda: services.drafts.save(reviewed.draft),
        NextStep.RECORD: lambda: services.publications.record(draft_id, posted),
        NextStep.RECORD_FORMER: lambda: services.publications.record(draft_id, posted),
        NextStep.RECORD_UNREVIEWED: lambda: services.publications.record(draft_id, posted),
        NextStep.COMPLETE: complete,
        NextStep.PACKAGE: lambda: services.packages.rich_text(draft_id, office.account_ids()[0]),
        NextStep.PREVIEW: lambda: services.papers.review_sheet(draft_id),
        NextStep.POSTS: lambda: services.publications.of_draft(draft_id),
        NextStep.SCANS: lambda: services.drafts.view(draft_id).scans,
        NextStep.REMIND: lambda: services.reviews.note_reminder(draft_id, office.person("吴审").id, "电话"),
        NextStep.REVISE: lambda: services.drafts.revise(draft_id),
        NextStep.COPY: lambda: services.drafts.copy(draft_id),
        NextStep.WITHDRAW: lambda: services.drafts.withdraw(draft_id),
        NextStep.VOID: lambda: services.drafts.void(draft_id, "重复"),
    }[step]


def test_over_real_records_an_open_step_can_be_done_and_a_closed_one_cannot(office: Office, tmp_path: Path) -> None:
    done = tried_by_all(office, tmp_path, drafts_in_every_state(office))
    assert {step for step, _state in done} == set(NextStep) - {NextStep.COPY}


def test_over_drafts_without_their_author_it_is_the_same(office: Office, tmp_path: Path) -> None:
    done = tried_by_all(office, tmp_path, without_author(office))
    assert {state for step, state in done if step is NextStep.COPY} == {
        DraftState.APPROVED,
        DraftState.IN_REVIEW,
        DraftState.WITHDRAWN,
    }
    assert {(NextStep.WITHDRAW, DraftState.IN_REVIEW), (NextStep.VOID, DraftState.WITHDRAWN)} <= done
    assert not {step for step, _state in done} & {NextStep.EDIT, NextStep.REVISE}


def tried_by_all(office: Office, tmp_path: Path, ids: dict[DraftState, str]) -> set[tuple[NextStep, DraftState]]:
    """Let everybody try every step of some drafts; return what could be done."""
    done: set[tuple[NextStep, DraftState]] = set()
    for name in [line.person.name for line in office.services.staff.list()]:
        services = office.sign_in(name)
        actor = services.staff.actor()
        for state, draft_id in ids.items():
            shown = services.drafts.view(draft_id)
            assert shown.draft.state is state
            may = services.reviews.may_decide(draft_id) is not None
            posts = services.publications.of_draft(draft_id)
            for offer in offers(shown, actor, may_decide=may, posts=posts):
                if not offer.is_open:
                    with pytest.raises(AppError):
                        doing(office, offer.step, draft_id)()
                elif (offer.step, state) not in done:
                    done.add((offer.step, state))
                    folder = tmp_path / f"copy-{len(done)}"
                    shutil.copytree(office.folder, folder)
                    other = Office(folder, SetClock(office.clock.now))
                    other.sign_in(name)
                    doing(other, offer.step, draft_id)()
                    shutil.rmtree(folder)
    return done
