"""What becomes of each made-up draft of a year, dealt from decks so that a year's sums are exact."""

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import TypeVar

from app.models.draft import ReviewClass

Value = TypeVar("Value")
DRAFTS, REVISIONS, DECISIONS, PUBLICATIONS, ENTRIES, FILES = 1500, 3300, 9000, 3000, 25_000, 4500
"""The records of one year."""
SCANS, PICTURES = 1200, 900
"""Of the year's files: a scan a draft signed on paper, and pictures in texts; the others are screenshots."""
STEPS = {ReviewClass.ORDINARY: 3, ReviewClass.IMPORTANT: 4, ReviewClass.SENSITIVE: 5}


class Outcome(StrEnum):
    """How a made-up draft ends."""

    PUBLISHED = "published"
    VOID = "void"
    APPROVED = "approved"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    WRITING = "writing"


_LAST = (
    *(Outcome.APPROVED, Outcome.IN_REVIEW, Outcome.RETURNED, Outcome.IN_REVIEW, Outcome.WRITING),
    *(Outcome.APPROVED, Outcome.IN_REVIEW, Outcome.WITHDRAWN, Outcome.IN_REVIEW, Outcome.WRITING),
)
"""How the newest drafts of all stand."""
_FINISHED = {Outcome.PUBLISHED, Outcome.APPROVED}


@dataclass(frozen=True)
class DraftPlan:
    """One draft: its revisions with how many decisions each got, and where it went."""

    review_class: ReviewClass
    outcome: Outcome
    decisions: tuple[int, ...]
    """One number a revision, the last revision last."""
    on_paper: bool
    posts: int = 0
    picture: bool = False
    screenshots: int = 0


def year_plan(rng: Random, drafts: int = DRAFTS, *, newest: bool, papers: int = 0) -> list[DraftPlan]:
    """Deal a year of `drafts` drafts; the newest year ends with some under way, `papers` files come from elsewhere."""
    share = drafts / DRAFTS
    revisions = _deck(rng, drafts, {1: 435, 2: 525, 3: 375, 4: 135, 5: 30}, share)
    classes = _deck(
        rng, drafts, {ReviewClass.ORDINARY: 1050, ReviewClass.IMPORTANT: 300, ReviewClass.SENSITIVE: 150}, share
    )
    paper = _deck(rng, drafts, {True: SCANS, False: DRAFTS - SCANS}, share)
    pictures = _deck(rng, drafts, {True: PICTURES, False: DRAFTS - PICTURES}, share)
    outcomes = [Outcome.VOID if rng.random() < 0.008 else Outcome.PUBLISHED for _ in range(drafts)]
    if newest:
        outcomes[-len(_LAST) :] = _LAST[:drafts]
    last = [
        STEPS[c] if o in _FINISHED else {Outcome.IN_REVIEW: n % STEPS[c]}.get(o, 1 if o is Outcome.VOID else 0)
        for n, (c, o) in enumerate(zip(classes, outcomes, strict=True))
    ]
    last = [1 if outcome is Outcome.RETURNED else count for count, outcome in zip(last, outcomes, strict=True)]
    earlier = [2] * (sum(revisions) - drafts)
    lack = round(DECISIONS * share) - sum(last) - sum(earlier)
    for place in rng.sample(range(len(earlier)), min(max(lack, 0), len(earlier))):
        earlier[place] = 3
    posts = _posts(rng, [o is Outcome.PUBLISHED for o in outcomes], round(PUBLICATIONS * share))
    plans = []
    for n in range(drafts):
        counts = tuple(earlier.pop() for _ in range(revisions[n] - 1))
        signed = paper[n] and outcomes[n] in _FINISHED
        plans.append(DraftPlan(classes[n], outcomes[n], (*counts, last[n]), signed, posts[n], pictures[n]))
    return _with_screenshots(rng, plans, round(FILES * share) - papers)


def _with_screenshots(rng: Random, plans: list[DraftPlan], files: int) -> list[DraftPlan]:
    """Give as many posts a screenshot as are needed for the year's files."""
    left = files - sum(plan.on_paper + plan.picture for plan in plans)
    posts = [n for n, plan in enumerate(plans) for _ in range(plan.posts)]
    for n in rng.sample(posts, min(left, len(posts))):
        plans[n] = replace(plans[n], screenshots=plans[n].screenshots + 1)
    return plans


def _posts(rng: Random, published: list[bool], total: int) -> list[int]:
    """Share posts out among the published drafts, 1 to 6 each, on average two."""
    posts = [2 if out else 0 for out in published]
    places = [n for n, out in enumerate(published) if out]
    for _ in range(len(places) // 3):
        less, more = rng.sample(places, 2)
        if posts[less] > 1 and posts[more] < 6:
            posts[less], posts[more] = posts[less] - 1, posts[more] + 1
    while sum(posts) != total:
        place = rng.choice(places)
        step = 1 if sum(posts) < total else -1
        if 1 <= posts[place] + step <= 6:
            posts[place] += step
    return posts


def _deck(rng: Random, size: int, shares: dict[Value, int], share: float) -> list[Value]:
    """Return a shuffled deck that holds each value as often as its share of the size."""
    deck = [value for value, count in shares.items() for _ in range(round(count * share))]
    first = next(iter(shares))
    deck = (deck + [first] * size)[:size]
    rng.shuffle(deck)
    return deck
