"""One made-up draft after the other, from its first word to its posts, written straight into the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.models.account import Account
from app.models.clock import beijing_day
from app.models.content import Block, BlockKind, Content, Declarations, Picture
from app.models.draft import Draft, DraftState, ReviewClass, Revision, Urgency
from app.models.fingerprint import fingerprint
from app.models.month import Month
from app.models.papercode import PaperKind
from app.models.policy import Policy
from app.models.publication import Publication, PublicationKind, Target, TargetState
from app.models.records import IssuedPaper, StoredFile, UseKind
from app.models.review import Decision, DecisionWay, ReviewStep, StepKind, Verdict
from app.models.right import Role
from app.models.workday import WorkCalendar
from app.services.record_room import RecordRoom
from app.services.sample_clock import SampleClock
from app.services.sample_files import SampleFiles
from app.services.sample_plan import DraftPlan, Outcome
from app.services.sample_texts import RETURN_WORDS, VERDICT_WORDS, blocks, body, mended, title
from app.storage.unit_of_work import UnitOfWork

_STATES = {
    Outcome.PUBLISHED: DraftState.PUBLISHED,
    Outcome.VOID: DraftState.VOID,
    Outcome.APPROVED: DraftState.APPROVED,
    Outcome.IN_REVIEW: DraftState.IN_REVIEW,
    Outcome.RETURNED: DraftState.RETURNED,
    Outcome.WITHDRAWN: DraftState.WITHDRAWN,
    Outcome.WRITING: DraftState.WRITING,
}
_LAST_ACTS = {Outcome.VOID: "draft.void", Outcome.WITHDRAWN: "draft.withdraw", Outcome.WRITING: "draft.revise"}
_A_MINUTE = timedelta(seconds=70)


@dataclass(frozen=True)
class Staff:
    """Who holds which role, and what the unit publishes on."""

    holders: Mapping[Role, tuple[str, ...]]
    accounts: tuple[Account, ...]
    code_word: str
    policy: Policy
    calendar: WorkCalendar

    def holder(self, role: Role) -> str:
        """Return the first holder of a role."""
        return self.holders[role][0]

    def roles_of(self, person_id: str) -> str:
        """Return the roles of a person as the audit chain writes them."""
        return ",".join(sorted(role for role, people in self.holders.items() if person_id in people))


def entries_of(plan: DraftPlan) -> int:
    """Return how many audit entries the life of a draft leaves."""
    revisions = len(plan.decisions)
    decided = sum(plan.decisions[:-1]) + (1 if plan.on_paper else plan.decisions[-1])
    ended = (plan.outcome in _LAST_ACTS) + (1 + plan.posts if plan.outcome is Outcome.PUBLISHED else 0)
    return 1 + 3 * revisions + (revisions - 1) + decided + ended


class MadeUpLife:
    """Lives one draft at a time; `sheet` is the PDF that stands for every issued sheet, once there is one."""

    def __init__(self, room: RecordRoom, clock: SampleClock, staff: Staff, rng: Random) -> None:
        self._room, self._clock, self._staff, self._rng = room, clock, staff, rng
        self._files = SampleFiles(room.files, rng)
        self._writers = (*staff.holders[Role.INFORMATION_OFFICER], staff.holder(Role.DUTY_OFFICER))
        self._manager = staff.holder(Role.ACCOUNT_MANAGER)
        self.sheet: tuple[StoredFile, int] | None = None

    def act(self, unit: UnitOfWork, person: str, action: str, subject: str, facts: dict[str, object]) -> None:
        """Write the audit entry of one act, a minute after the last."""
        self._clock.move_to(self._clock() + _A_MINUTE)
        unit.audit.add(person, self._staff.roles_of(person), action, subject, facts)

    def live(self, unit: UnitOfWork, plan: DraftPlan, slot: datetime) -> Draft:
        """Write everything that becomes of one draft from a moment on."""
        rng = self._rng
        self._clock.move_to(slot)
        author, begun = rng.choice(self._writers), self._clock()
        draft_id, subject = self._room.new_id(), ""
        subject = f"draft:{draft_id}"
        accounts = tuple(rng.sample(self._staff.accounts, plan.posts or rng.randint(1, 3)))
        draft = Draft(draft_id, author, DraftState.WRITING, Content(), created_at=begun, updated_at=begun)
        unit.drafts.add(draft)
        self.act(unit, author, "draft.start", subject, {"fingerprint": fingerprint(draft.content)})
        content, paragraphs = self._first_content(unit, plan, subject, accounts)
        for number, decisions in enumerate(plan.decisions, start=1):
            if number > 1:
                paragraphs = mended(paragraphs, rng)
                fixed = content.blocks[len(paragraphs) :]
                content = replace(content, blocks=(*blocks(paragraphs), *fixed))
                self.act(unit, author, "draft.edit_begin", subject, {})
            last = number == len(plan.decisions)
            draft = self._submit(unit, replace(draft, content=content), number, plan.review_class)
            passed = last and plan.outcome not in {Outcome.RETURNED, Outcome.VOID}
            self._decide(unit, draft, decisions, passed=passed, on_paper=last and plan.on_paper)
        if plan.outcome in _LAST_ACTS:
            self._end(unit, draft, plan.outcome)
        if plan.outcome is Outcome.PUBLISHED:
            self._publish(unit, draft, accounts, plan.screenshots)
        state = TargetState.PUBLISHED if plan.outcome is Outcome.PUBLISHED else TargetState.WAITING
        for account in accounts:
            unit.targets.save(Target(draft_id, account.id, state))
        draft = unit.drafts.save(
            replace(
                draft,
                state=_STATES[plan.outcome],
                review_class=plan.review_class,
                urgency=Urgency.URGENT if rng.random() < 0.05 else Urgency.NORMAL,
                category=rng.choice(self._staff.policy.categories),
                planned_at=begun + timedelta(hours=6),
                updated_at=self._clock(),
            )
        )
        number_words = f"{draft.number} {draft.number.short}" if draft.number else ""
        words = (number_words, content.title, content.summary, content.plain_body)
        unit.search.put("draft", draft_id, str(Month.of(draft.updated_at)), words)
        return draft

    def _first_content(
        self, unit: UnitOfWork, plan: DraftPlan, subject: str, accounts: Sequence[Account]
    ) -> tuple[Content, list[str]]:
        paragraphs, pictures = body(self._rng), []
        if plan.picture:
            stored = self._files.picture(unit, self._clock(), UseKind.CONTENT, subject, "现场.png")
            picture = Picture(stored.sha256, "现场.png", "活动现场", "本单位拍摄")
            pictures.append(Block(BlockKind.PICTURE, picture=picture))
        content = Content(
            title=title(self._rng),
            blocks=(*blocks(paragraphs), *pictures),
            account_ids=tuple(account.id for account in accounts),
            declarations=Declarations(no_secrets=True),
        )
        return content, paragraphs

    def _submit(self, unit: UnitOfWork, draft: Draft, number: int, review_class: ReviewClass) -> Draft:
        """Submit the next revision, give the number with the first, and issue its sheet."""
        subject, author, mark = f"draft:{draft.id}", draft.author_id, fingerprint(draft.content)
        self.act(unit, author, "draft.edit_end", subject, {"fingerprint": mark})
        now = self._clock() + _A_MINUTE
        word = self._staff.code_word + self._staff.policy.number_word("review_sheet").value
        given = draft.number or unit.numbers.give("review_sheet", beijing_day(now).year, word, subject, now)
        revision = Revision(draft.id, number, draft.content, mark, now, author, 1, "示例", review_class)
        words = unit.revisions.add(revision, self._rng.randbytes(32))
        due, steps = beijing_day(now), []
        for position, step in enumerate(self._staff.policy.chains[review_class].steps, start=1):
            due = self._staff.calendar.after(due, step.due_working_days or 0)
            steps.append(ReviewStep(draft.id, number, position, step.kind, step.role, step.quorum, due))
        unit.reviews.add_steps(steps)
        facts: dict[str, object] = {"number": str(given), "revision": number, "fingerprint": mark, "policy": 1}
        self.act(unit, author, "draft.submit", subject, facts | {"class": review_class, "words": words})
        self._issue(unit, draft.id, str(given), number)
        return replace(draft, number=given, revision=number)

    def _issue(self, unit: UnitOfWork, draft_id: str, number: str, revision: int) -> None:
        head, now = unit.audit.head(), self._clock() + _A_MINUTE
        if self.sheet is not None:
            pdf, pages = self.sheet
            paper = IssuedPaper(
                id=self._room.new_id(),
                kind=PaperKind.REVIEW_SHEET,
                subject_id=draft_id,
                revision=revision,
                number=number,
                data='{"made_up":true}',
                policy_version=1,
                audit_seq=head.seq,
                audit_head=head.hash,
                pdf_sha256=pdf.sha256,
                pages=pages,
                issued_at=now,
                issued_by=self._manager,
            )
            unit.papers.add(paper)
        self.act(unit, self._manager, "paper.issue", f"draft:{draft_id}", {"kind": PaperKind.REVIEW_SHEET})

    def _decide(self, unit: UnitOfWork, draft: Draft, count: int, *, passed: bool, on_paper: bool) -> None:
        """Decide so many steps in their order; the last one sends back unless `passed`."""
        subject, scan, words, written = f"draft:{draft.id}", "", dict[str, str](), list[dict[str, object]]()
        mark = fingerprint(draft.content)
        if on_paper:
            scan = self._files.picture(unit, self._clock(), UseKind.SCAN, subject, "签字审核表.png").sha256
        signed_at, recorded_at = self._clock(), self._clock() + (count + 1) * _A_MINUTE
        for step in unit.reviews.steps(draft.id, draft.revision)[:count]:
            sends_back = not passed and step.position == count
            signed_at += _A_MINUTE
            person = self._staff.holder(step.role)
            decision = Decision(
                id=self._room.new_id(),
                draft_id=draft.id,
                revision=draft.revision,
                position=step.position,
                verdict=_verdict(step, sends_back=sends_back),
                opinion=self._rng.choice(RETURN_WORDS if sends_back else VERDICT_WORDS),
                decided_by=person,
                decided_on=beijing_day(signed_at),
                decided_at=signed_at,
                registered_by=self._manager if on_paper else person,
                recorded_at=recorded_at if on_paper else signed_at,
                way=DecisionWay.PAPER if on_paper else DecisionWay.SCREEN,
                fingerprint=mark,
                scan_sha256=scan,
            )
            bound = unit.reviews.add(decision, self._rng.randbytes(32))
            words |= bound
            written.append({"position": step.position, "verdict": decision.verdict, "by": person})
            if not on_paper:
                facts: dict[str, object] = {"revision": draft.revision, "position": step.position}
                self.act(unit, person, "review.decide", subject, facts | {"verdict": decision.verdict, "words": bound})
        if on_paper:
            self._clock.move_to(signed_at)
            facts = {
                "revision": draft.revision,
                "scan": scan,
                "fingerprint": mark,
                "words": words,
                "decisions": written,
            }
            self.act(unit, self._manager, "review.register", subject, facts)

    def _end(self, unit: UnitOfWork, draft: Draft, outcome: Outcome) -> None:
        """Withdraw a draft, open it again or give it up: what was decided no longer counts."""
        now = self._clock() + _A_MINUTE
        unit.reviews.void(draft.id, draft.revision, now)
        unit.revisions.void(draft.id, draft.revision, now)
        if outcome is Outcome.VOID and draft.number:
            unit.numbers.void("review_sheet", draft.number.year, draft.number.serial, now)
        self.act(unit, draft.author_id, _LAST_ACTS[outcome], f"draft:{draft.id}", {"revision": draft.revision})

    def _publish(self, unit: UnitOfWork, draft: Draft, accounts: Sequence[Account], screenshots: int) -> None:
        subject = f"draft:{draft.id}"
        self.act(unit, self._manager, "publication.export", subject, {"way": "folder"})
        for number, account in enumerate(accounts):
            publication_id, now = self._room.new_id(), self._clock() + _A_MINUTE
            shots: tuple[str, ...] = ()
            kind = PublicationKind.DIFFERENT if self._rng.random() < 0.004 else PublicationKind.REVIEWED
            differs = kind is PublicationKind.DIFFERENT
            if number < screenshots:
                shot_of = f"publication:{publication_id}"
                shots = (self._files.picture(unit, now, UseKind.SCREENSHOT, shot_of, "截图.png").sha256,)
            link = "" if self._rng.random() < 0.003 else f"https://post.example.cn/{publication_id[:13]}"
            publication = Publication(
                id=publication_id,
                kind=kind,
                account_id=account.id,
                title=draft.content.title,
                published_at=now,
                recorded_at=now + timedelta(seconds=30),
                recorded_by=self._manager,
                draft_id=draft.id,
                revision=draft.revision,
                link=link,
                compared=True,
                matches=not differs,
                screenshot_sha256s=shots,
                who="管理员甲" if differs else "",
                why="粘贴时漏了一段" if differs else "",
                done="当天已改正" if differs else "",
            )
            words = unit.publications.add(publication, self._rng.randbytes(32))
            facts: dict[str, object] = {"publication": publication_id, "kind": kind, "account": account.id}
            facts["words"] = words
            self.act(unit, self._manager, "publication.record", subject, facts)


def _verdict(step: ReviewStep, *, sends_back: bool) -> Verdict:
    if step.kind is StepKind.SECRECY_REVIEW:
        return Verdict.PUBLIC_AFTER_CHANGE if sends_back else Verdict.PUBLIC
    return Verdict.RETURN if sends_back else Verdict.AGREE
