"""Decisions on a draft: on screen, or on paper and registered with the scan (article 15(1))."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app.errors import (
    AlreadyDecidedError,
    DeciderUnfitError,
    DecisionTooEarlyError,
    OwnDraftError,
    ReasonNeededError,
    ScanNeededError,
    StaleSheetError,
    StepNotOpenError,
)
from app.intake.scan_pages import check_scans
from app.models.clock import beijing_day
from app.models.draft import DRAFT_LIFECYCLE, Draft, DraftAction, Revision
from app.models.draft_list import DraftRow
from app.models.records import StatementKind
from app.models.review import (
    STEP_VERDICTS,
    VERDICT_EFFECT,
    Decision,
    DecisionWay,
    Effect,
    ReviewStep,
    Verdict,
    open_step,
)
from app.models.right import Right
from app.models.storable import storable, storable_record
from app.services.record_room import RecordRoom
from app.services.sign_in import SignIn
from app.services.signers import ShortStep, authorization, holds, short_steps, waiting_for
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PaperDecision:
    """One decision as it stands written on a signed sheet."""

    position: int
    verdict: Verdict
    opinion: str
    decided_by: str
    decided_on: date
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Reminder:
    """催办: somebody was reminded, e.g. by telephone."""

    at: datetime
    person: str
    how: str
    by: str


class Reviews:
    """The review desk."""

    def __init__(self, room: RecordRoom, sign_in: SignIn) -> None:
        self._room, self._sign_in = room, sign_in

    def waiting_for_me(self) -> tuple[DraftRow, ...]:
        """Return the drafts whose open step the person at the desk may decide."""
        with self._room.store.reading() as unit:
            return waiting_for(unit, self._room.actor(unit), self._room.today())

    def short_steps(self, draft_id: str) -> tuple[ShortStep, ...]:
        """Return the steps of a draft's latest submission that nobody, or too few people, could sign today."""
        with self._room.store.reading() as unit:
            return short_steps(unit, unit.drafts.get(draft_id), self._room.today())

    def may_decide(self, draft_id: str) -> ReviewStep | None:
        """Return the open step if the person at the desk may decide it now."""
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            draft = unit.drafts.get(draft_id)
            if DRAFT_LIFECYCLE.find(draft.state, DraftAction.PASS_STEP) is None:
                return None
            step = open_step(
                unit.reviews.steps(draft_id, draft.revision), unit.reviews.decisions(draft_id, draft.revision)
            )
            if step is None or not unit.drafts.may_still_decide(draft_id, actor.person_id):
                return None
            place = (actor.person_id, step.role, self._room.today(), draft.content.account_ids)
            return step if holds(unit, *place) or authorization(unit, *place) else None

    def decide(self, draft_id: str, revision: int, verdict: Verdict, opinion: str, passcode: str) -> Draft:
        """Decide the open step on screen, with the own passcode; later papers print it as 系统内同意."""
        self._sign_in.confirm(passcode)
        opinion = storable(opinion)
        refuse_marked_words(self._room, "opinion", opinion)
        now = self._room.now()
        with self._room.store.writing() as unit:
            actor = self._room.actor(unit)
            draft, submitted = self._current(unit, draft_id, revision)
            step = self._open(unit, draft)
            if beijing_day(now) < beijing_day(submitted.submitted_at):
                raise DecisionTooEarlyError
            given = self._fit(unit, step, actor.person_id, beijing_day(now), draft)
            self._check_words(step, verdict, opinion)
            decision = Decision(
                id=self._room.new_id(),
                draft_id=draft_id,
                revision=revision,
                position=step.position,
                verdict=verdict,
                opinion=opinion.strip(),
                decided_by=actor.person_id,
                decided_on=beijing_day(now),
                decided_at=now,
                registered_by=actor.person_id,
                recorded_at=now,
                way=DecisionWay.SCREEN,
                fingerprint=submitted.fingerprint,
                authorization_id=given,
            )
            saved, bound = self._apply(unit, draft, decision)
            facts: dict[str, object] = {"revision": revision, "position": step.position, "verdict": verdict}
            facts |= {"fingerprint": submitted.fingerprint, "words": bound}
            self._room.record(unit, actor, "review.decide", f"draft:{draft_id}", facts)
        return saved

    def register_paper(
        self,
        draft_id: str,
        revision: int,
        decisions: tuple[PaperDecision, ...],
        scan: Path | None,
        further: Sequence[Path] = (),
    ) -> Draft:
        """Register what was decided on a signed sheet, all steps of it at once, with its scan.

        `further` are the files with the other pages of the sheet, where each page is a file of its own.
        The steps must follow one another from the open one. Raises `ScanNeededError` without a scan,
        `FileUnreadableError` for one that cannot be looked at, `StaleSheetError` for an older revision,
        `DeciderUnfitError`, `OwnDraftError`, `DecisionTooEarlyError`, `StepNotOpenError`, `ReasonNeededError`;
        then nothing is recorded.
        """
        if scan is None:
            raise ScanNeededError
        self._room.require(Right.REGISTER_PAPER)
        check_scans(scan, *further)
        decisions = storable_record(decisions)
        refuse_marked_words(self._room, "opinion", *(decision.opinion for decision in decisions))
        now, files = self._room.now(), (scan, *further)
        with self._room.receiving(*files) as received, self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            draft, submitted = self._current(unit, draft_id, revision)
            names = (source.name for source in files)
            first, *others = self._room.keep_pages(unit, received, names, f"draft:{draft_id}", now)
            saved = draft
            written: list[dict[str, object]] = []
            words: dict[str, str] = {}
            for paper in decisions:
                step = self._open(unit, saved)
                if paper.position != step.position:
                    raise StepNotOpenError
                self._check_time(paper, submitted, now)
                given = self._fit(unit, step, paper.decided_by, paper.decided_on, draft)
                self._check_words(step, paper.verdict, paper.opinion)
                decision = Decision(
                    id=self._room.new_id(),
                    draft_id=draft_id,
                    revision=revision,
                    position=step.position,
                    verdict=paper.verdict,
                    opinion=paper.opinion.strip(),
                    decided_by=paper.decided_by,
                    decided_on=paper.decided_on,
                    decided_at=paper.decided_at,
                    registered_by=actor.person_id,
                    recorded_at=now,
                    way=DecisionWay.PAPER,
                    fingerprint=submitted.fingerprint,
                    scan_sha256=first,
                    authorization_id=given,
                )
                saved, bound = self._apply(unit, saved, decision)
                words |= bound
                written.append(
                    {
                        "position": step.position,
                        "verdict": paper.verdict,
                        "by": paper.decided_by,
                        "on": paper.decided_on.isoformat(),
                    }
                )
            facts: dict[str, object] = {"revision": revision, "scan": first, "decisions": written}
            facts |= {"fingerprint": submitted.fingerprint, "words": words}
            if others:
                facts["further"] = others
            self._room.record(unit, actor, "review.register", f"draft:{draft_id}", facts)
        return saved

    def note_reminder(self, draft_id: str, person_id: str, how: str) -> None:
        """Record that somebody was reminded by telephone or in person (催办); raises `NotFoundError` for no draft."""
        refuse_marked_words(self._room, "reminder", how)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.READ)
            subject = f"draft:{unit.drafts.get(draft_id).id}"
            stated = self._room.state(unit, actor, subject, StatementKind.REMINDER, how.strip(), person_id)
            facts: dict[str, object] = {"person": person_id, "words": stated}
            self._room.record(unit, actor, "review.remind", f"draft:{draft_id}", facts)

    def reminders(self, draft_id: str) -> tuple[Reminder, ...]:
        """Return who was reminded of a draft, when, how and by whom, oldest first."""
        with self._room.store.reading() as unit:
            stated = unit.statements.of_subject(f"draft:{draft_id}", StatementKind.REMINDER)
            return tuple(
                Reminder(s.stated_at, unit.people.get(s.about).name, s.text, unit.people.get(s.stated_by).name)
                for s in stated
            )

    def _current(self, unit: UnitOfWork, draft_id: str, revision: int) -> tuple[Draft, Revision]:
        draft = unit.drafts.get(draft_id)
        submitted = unit.revisions.get(draft_id, revision)
        if draft.revision != revision or submitted.voided_at is not None:
            raise StaleSheetError(str(draft.number or ""), revision, draft.revision)
        DRAFT_LIFECYCLE.rule(draft.state, DraftAction.PASS_STEP)
        return draft, submitted

    @staticmethod
    def _open(unit: UnitOfWork, draft: Draft) -> ReviewStep:
        rule = DRAFT_LIFECYCLE.find(draft.state, DraftAction.PASS_STEP)
        step = open_step(unit.reviews.steps(draft.id, draft.revision), unit.reviews.decisions(draft.id, draft.revision))
        if rule is None or step is None:
            raise StepNotOpenError
        return step

    @staticmethod
    def _fit(unit: UnitOfWork, step: ReviewStep, person_id: str, day: date, draft: Draft) -> str:
        """Return the authorization under which a person signs ('' for their own role), or refuse."""
        if person_id == draft.author_id:
            raise OwnDraftError
        place = (person_id, step.role, day, draft.content.account_ids)
        given = "" if holds(unit, *place) else authorization(unit, *place)
        if not given and not holds(unit, *place):
            raise DeciderUnfitError
        if not unit.drafts.may_still_decide(draft.id, person_id):
            raise AlreadyDecidedError
        return given

    @staticmethod
    def _check_words(step: ReviewStep, verdict: Verdict, opinion: str) -> None:
        if verdict not in STEP_VERDICTS[step.kind]:
            raise StepNotOpenError
        if VERDICT_EFFECT[verdict] is not Effect.PASS and not opinion.strip():
            raise ReasonNeededError

    @staticmethod
    def _check_time(paper: PaperDecision, submitted: Revision, now: datetime) -> None:
        # A sheet is printed after submission, so nobody can have signed it on an earlier day or tomorrow.
        if not beijing_day(submitted.submitted_at) <= paper.decided_on <= beijing_day(now):
            raise DecisionTooEarlyError
        if paper.decided_at is not None and (
            beijing_day(paper.decided_at) != paper.decided_on or paper.decided_at > now
        ):
            raise DecisionTooEarlyError

    def _apply(self, unit: UnitOfWork, draft: Draft, decision: Decision) -> tuple[Draft, dict[str, str]]:
        """Add a decision and move the draft as its verdict says; return with it what binds its opinion."""
        bound = unit.reviews.add(decision)
        effect = VERDICT_EFFECT[decision.verdict]
        if effect is Effect.PASS:
            left = open_step(
                unit.reviews.steps(draft.id, draft.revision), unit.reviews.decisions(draft.id, draft.revision)
            )
            action = DraftAction.PASS_STEP if left else DraftAction.PASS_LAST_STEP
        else:
            action = DraftAction.RETURN if effect is Effect.RETURN else DraftAction.REFUSE
        rule = DRAFT_LIFECYCLE.rule(draft.state, action)
        if action is DraftAction.REFUSE and draft.number:
            unit.numbers.void("review_sheet", draft.number.year, draft.number.serial, decision.recorded_at)
        if rule.target is draft.state:
            return draft, bound
        return unit.drafts.save(replace(draft, state=rule.target, updated_at=decision.recorded_at)), bound
