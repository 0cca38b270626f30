"""Random lives over some months: every post, decision and end of a draft stands in the archives, and once only.

What a month files is read as its archive would hold it, month after month in the order in which they are archived;
some are archived late, and some of what happens is recorded only after its month was frozen.
"""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from app.models.clock import BEIJING
from app.models.content import Content
from app.models.draft import Draft, DraftState
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.review import Verdict
from app.services.archive_files import ArchiveFiles
from app.services.late_material import LateKind
from app.services.month_contents import MonthContents, month_contents
from app.services.publications import PublicationEntry
from app.services.reviews import PaperDecision
from tests.services.office import DECIDERS, Office

FIRST, LAST, UNTIL = Month(2026, 10), Month(2027, 1), Month(2027, 5)
GIVEN_UP = {LateKind.DROPPED, LateKind.WITHDRAWN, LateKind.VOIDED}


@dataclass
class Lives:
    """An office in which somebody does something every few days, and months are archived in between."""

    office: Office
    dice: random.Random
    filed: dict[Month, MonthContents] = field(default_factory=dict)
    given_up: Counter[str] = field(default_factory=Counter)
    known: list[str] = field(default_factory=list)

    def step(self) -> None:
        self.office.clock.forward(hours=self.dice.randint(1, 45))
        rows = [self.office.services.drafts.view(d).draft for d in self.known]
        draft = self.dice.choice(rows) if rows and self.dice.random() < 0.75 else None
        if draft is None:
            self.known.append(self.office.submitted(self._content()).id)
        elif draft.state is DraftState.IN_REVIEW:
            self._decide(draft) if self.dice.random() < 0.85 else self._end(draft)
        elif draft.state in {DraftState.APPROVED, DraftState.PUBLISHING}:
            self._publish(draft) if self.dice.random() < 0.8 else self._drop(draft)
        elif draft.state in {DraftState.RETURNED, DraftState.WITHDRAWN}:
            self._again(draft) if self.dice.random() < 0.5 else self._end(draft)

    def _content(self) -> Content:
        return replace(self.office.content(), account_ids=self.office.account_ids()[: self.dice.randint(1, 2)])

    def _day(self, since: datetime) -> date:
        """Return a day between a moment and today: what is on paper is often registered much later."""
        first = since.astimezone(BEIJING).date()
        span = (self.office.clock.now.astimezone(BEIJING).date() - first).days
        return first + timedelta(days=self.dice.randint(0, span))

    def _decide(self, draft: Draft) -> None:
        view = self.office.sign_in("陈账").drafts.view(draft.id)
        assert view.revision is not None
        day = self._day(view.revision.submitted_at)
        whole = self.dice.random() < 0.7
        steps = view.steps if whole else view.steps[:1]
        signed = tuple(
            PaperDecision(s.position, self.office.signed(s).verdict, "", self.office.person(DECIDERS[s.kind]).id, day)
            for s in steps
        )
        if not whole:
            last = signed[-1]
            signed = (*signed[:-1], PaperDecision(last.position, Verdict.RETURN, "请改", last.decided_by, day))
        scan = self.office.scan(f"{self.dice.random()}.pdf")
        self.office.services.reviews.register_paper(draft.id, draft.revision, signed, scan)

    def _publish(self, draft: Draft) -> None:
        services = self.office.sign_in("陈账")
        done = {p.account_id for p in services.publications.of_draft(draft.id)}
        waiting = [a for a in draft.content.account_ids if a not in done]
        day = self._day(draft.updated_at)
        at = min(datetime(day.year, day.month, day.day, 23, 30, tzinfo=BEIJING), self.office.clock.now)
        entry = PublicationEntry(waiting[0], at, "https://a.example.cn/1", who="甲", why="漏登记", done="补登记")
        if waiting[0] in {t.account_id for t in services.drafts.view(draft.id).targets if t.state == "waiting"}:
            services.publications.record(draft.id, entry)

    def _drop(self, draft: Draft) -> None:
        services = self.office.sign_in("陈账")
        waiting = [t.account_id for t in services.drafts.view(draft.id).targets if t.state == "waiting"]
        if waiting:
            services.publications.drop_target(draft.id, waiting[0], "该账号停用")
            self.given_up[f"{draft.number}"] += 1

    def _end(self, draft: Draft) -> None:
        services = self.office.sign_in("林晓")
        if draft.state in {DraftState.IN_REVIEW, DraftState.APPROVED}:
            services.drafts.withdraw(draft.id)
        else:
            services.drafts.void(draft.id, "活动取消")
        self.given_up[f"{draft.number}"] += 1

    def _again(self, draft: Draft) -> None:
        services = self.office.sign_in("林晓")
        now = services.drafts.view(draft.id).draft
        services.drafts.submit(now.id, now.version)

    def archive(self) -> None:
        """Freeze the next month, as a seal does, in the very reading in which its contents were gathered."""
        month = FIRST if not self.filed else max(self.filed).next
        now = self.office.clock()
        with self.office.services.archives._room.store.writing() as unit:
            contents = month_contents(unit, month)
            head = unit.audit.head()
            record = ArchiveRecord(
                *(str(month), month, 1, f"{month}", str(month), now, self.office.person("陈账").id, "", ""),
                *(0, 0, head.seq, head.hash),
            )
            unit.months.add_archive(record, "{}")
        self.filed[month] = contents
        # The files of the month have names of their own.
        members = [f.member for f in ArchiveFiles(contents, self.office.services.archives._room.files.path).files]
        assert len(members) == len(set(members))


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.release) for n in range(3, 40))])
def test_over_the_months_nothing_is_lost_and_nothing_stands_twice(office: Office, seed: int) -> None:
    lives = Lives(office, random.Random(seed))
    while Month.of(office.clock.now) <= LAST:
        lives.step()
        due = FIRST if not lives.filed else max(lives.filed).next
        if due.ends_at <= office.clock.now and lives.dice.random() < 0.2:
            lives.archive()
    office.clock.now = UNTIL.ends_at
    while not lives.filed or max(lives.filed) < UNTIL:
        lives.archive()

    with office.services.archives._room.store.reading() as unit:
        posts = [p for d in lives.known for p in unit.publications.of_draft(d)]
        decisions = {d: unit.reviews.all_decisions(d) for d in lives.known}
    assert posts
    told = Counter(
        p.id
        for c in lives.filed.values()
        for p in (*c.loose, *c.supplements, *(p for f in (*c.drafts, *c.supplement_drafts) for p in f.publications))
    )
    assert told == Counter(p.id for p in posts)
    # Whoever was decided on is filed with every decision, the last one included.
    for draft_id, given in decisions.items():
        filed = [f for c in lives.filed.values() for f in (*c.drafts, *c.supplement_drafts) if f.draft.id == draft_id]
        found = {d.id for f in filed for d in f.decisions}
        assert found == {d.id for d in given}, draft_id
    # What was given up is told once for each time, or by the line of a draft that is filed whole.
    ends = Counter(one.number for c in lives.filed.values() for one in c.late if one.kind in GIVEN_UP)
    whole = {str(f.draft.number) for c in lives.filed.values() for f in c.drafts if not f.publications}
    for number, count in lives.given_up.items():
        assert ends[number] == count or (number in whole and ends[number] < count), number
