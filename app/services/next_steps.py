"""What can be done with a draft next, by whom, and why not otherwise; the window shows these as buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.labels import label
from app.models.approval import APPROVED_STATES, is_recorded
from app.models.draft import DRAFT_LIFECYCLE, EDITABLE_STATES, DraftAction, DraftState
from app.models.publication import Publication, TargetState
from app.models.right import Right
from app.models.staff import Actor
from app.services.draft_moves import STAND_IN, stands_in
from app.services.drafts import DraftView
from app.services.record_room import roles_needed


class NextStep(StrEnum):
    """Things the window offers for a draft, the most pressing first."""

    DECIDE = "decide"
    REGISTER = "register"
    EDIT = "edit"
    RECORD = "record"
    RECORD_FORMER = "record_former"
    """Record what went out while an earlier approval stood, which is void since."""
    COMPLETE = "complete"
    PACKAGE = "package"
    PREVIEW = "preview"
    POSTS = "posts"
    SCANS = "scans"
    REMIND = "remind"
    REVISE = "revise"
    COPY = "copy"
    WITHDRAW = "withdraw"
    VOID = "void"
    RECORD_UNREVIEWED = "record_unreviewed"


@dataclass(frozen=True)
class Offer:
    """One step: whether it is open to this person now, and if not, what is missing and who may do it."""

    step: NextStep
    closed_because: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the person may do it now."""
        return not self.closed_because


def offers(view: DraftView, actor: Actor, *, may_decide: bool, posts: Sequence[Publication] = ()) -> tuple[Offer, ...]:
    """Return the steps that make sense in the draft's state, the open ones first; the first is the primary."""
    own = view.draft.author_id == actor.person_id
    found = [
        Offer(step, _closed(step, view, actor, posts, own=own, may_decide=may_decide))
        for step in NextStep
        if _fits(step, view, posts)
    ]
    return tuple(sorted(found, key=lambda offer: not offer.is_open))


def lacks(post: Publication) -> tuple[str, ...]:
    """Name what a post on record still lacks: `link`, `screenshot`."""
    missing = ["link"] if not post.link else []
    return (*missing, "screenshot") if not post.screenshot_sha256s else tuple(missing)


_OUT = frozenset({DraftState.APPROVED, DraftState.PUBLISHING})
_ACTIONS = {
    NextStep.REVISE: DraftAction.REVISE,
    NextStep.WITHDRAW: DraftAction.WITHDRAW,
    NextStep.VOID: DraftAction.VOID,
}


def _fits(step: NextStep, view: DraftView, posts: Sequence[Publication]) -> bool:
    state = view.draft.state
    match step:
        case NextStep.DECIDE | NextStep.REGISTER | NextStep.REMIND:
            return state is DraftState.IN_REVIEW
        case NextStep.EDIT:
            return state in EDITABLE_STATES
        case NextStep.RECORD:
            return state in _OUT
        case NextStep.PACKAGE:
            return state in APPROVED_STATES
        case NextStep.PREVIEW:
            return view.draft.revision > 0
        case NextStep.POSTS:
            return bool(posts)
        case NextStep.COMPLETE:
            return any(lacks(post) for post in posts)
        case NextStep.SCANS:
            return bool(view.scans)
        case NextStep.REVISE | NextStep.WITHDRAW | NextStep.VOID:
            editing = step is NextStep.REVISE and state in EDITABLE_STATES
            return not editing and DRAFT_LIFECYCLE.find(state, _ACTIONS[step]) is not None
        case NextStep.COPY:
            return view.author_gone and state not in {DraftState.PUBLISHING, DraftState.PUBLISHED}
        case NextStep.RECORD_FORMER | NextStep.RECORD_UNREVIEWED:
            former = step is NextStep.RECORD_FORMER
            return state not in _OUT and (not former or bool(_accounts(step, view, posts)))


def _accounts(step: NextStep, view: DraftView, posts: Sequence[Publication]) -> tuple[str, ...]:
    """Name the accounts of which one must be the person's, for a step that is done account by account."""
    match step:
        case NextStep.RECORD:
            return tuple(target.account_id for target in view.targets if target.state is TargetState.WAITING)
        case NextStep.RECORD_FORMER:
            former = [one.revision for one in view.stood if one.revision.voided_at is not None]
            return tuple(
                account_id
                for revision in former
                for account_id in revision.content.account_ids
                if not is_recorded(posts, account_id, revision, approved=True)
            )
        case NextStep.COMPLETE:
            return tuple(post.account_id for post in posts if lacks(post))
        case NextStep.PACKAGE | NextStep.RECORD_UNREVIEWED:
            return view.draft.content.account_ids
        case _:
            return ()


_NEEDS: dict[NextStep, Right] = {
    NextStep.REGISTER: Right.REGISTER_PAPER,
    NextStep.RECORD: Right.PUBLISH,
    NextStep.RECORD_FORMER: Right.PUBLISH,
    NextStep.COMPLETE: Right.PUBLISH,
    NextStep.PACKAGE: Right.PUBLISH,
    NextStep.RECORD_UNREVIEWED: Right.PUBLISH,
    NextStep.PREVIEW: Right.READ,
    NextStep.POSTS: Right.READ,
    NextStep.SCANS: Right.READ,
    NextStep.REMIND: Right.READ,
    NextStep.COPY: Right.WRITE,
}


def _closed(
    step: NextStep, view: DraftView, actor: Actor, posts: Sequence[Publication], *, own: bool, may_decide: bool
) -> str:
    if step is NextStep.DECIDE:
        return "" if may_decide else _why_not_decide(view, actor, own=own)
    right = _NEEDS.get(step, Right.WRITE)
    if step not in _NEEDS and not own:
        if not view.author_gone:
            return f"只有作者（{view.author}）可以。"
        if step not in _ACTIONS or not stands_in(view.draft.state, _ACTIONS[step]):
            return f"作者（{view.author}）已离岗，内容不能再改。要接着写的，请“复制为我的新稿”。"
        right = STAND_IN
    if right not in actor.rights:
        return f"由{_holders(right)}办理。"
    reach, accounts = actor.reach(right), _accounts(step, view, posts)
    if not accounts or reach.meets(accounts):
        return ""
    if reach.meets(view.draft.content.account_ids):
        return f"您管的账号已经办完，其余账号由管它们的{_holders(right)}办理。"
    return f"您的角色不管这件稿件的账号，由管这些账号的{_holders(right)}办理。"


def _why_not_decide(view: DraftView, actor: Actor, *, own: bool) -> str:
    if own:
        return "签批人不能是作者本人。"
    step = view.open_step
    if step is None:
        return "现在没有待签的环节。"
    limit = dict(actor.limited).get(step.role)
    if limit is not None and not limit.covers(view.draft.content.account_ids):
        return f"您的{label(step.role)}角色没有包括这件稿件的全部账号。"
    return f"现在轮到“{label(step.kind)}”，由{label(step.role)}签批。"


def _holders(right: Right) -> str:
    roles = roles_needed(right)
    return "、".join(label(role) for role in roles) if len(roles) < 6 else "在册人员"
