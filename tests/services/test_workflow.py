"""Whatever people do in whatever order: nothing counts as reviewed without others' decisions on exactly that text."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.errors import AppError
from app.models.clock import to_text
from app.models.draft import EDITABLE_STATES, DraftState
from app.models.publication import PublicationKind
from app.models.review import Verdict
from app.services.publications import PublicationEntry
from tests.services.office import DECIDERS, PASSCODE, Office, SetClock

AUTHORS = st.sampled_from(["林晓", "陈账"])
PEOPLE = st.sampled_from(["林晓", "陈账", "吴审", "郑密", "王局"])
VERDICTS = st.sampled_from([Verdict.AGREE, Verdict.PUBLIC, Verdict.AGREE, Verdict.PUBLIC, Verdict.RETURN])


class Desk(RuleBasedStateMachine):
    """One office at work; `template` is the set-up data folder that each run copies."""

    template: Path
    reviewed: set[str]

    def __init__(self) -> None:
        super().__init__()
        self._place = TemporaryDirectory()
        folder = Path(self._place.name) / "data"
        shutil.copytree(self.template, folder)
        self.office = Office(folder, SetClock())
        self.drafts: list[str] = []
        self.number = 0

    def teardown(self) -> None:
        self._place.cleanup()

    def _try(self, act: object) -> None:
        """Do something that may be refused; then nothing but the refusal remains."""
        before = self.office.services.audit.count()
        try:
            assert callable(act)
            act()
        except AppError:
            assert self.office.services.audit.count() == before

    def _draft(self, index: int) -> str:
        return self.drafts[index % len(self.drafts)] if self.drafts else ""

    def _author(self, draft_id: str) -> str:
        return self.office.services.drafts.view(draft_id).author

    @initialize(author=AUTHORS, carried=st.sampled_from([True, True, False]))
    def begin(self, author: str, *, carried: bool) -> None:
        self.start(author)
        self.submit(author, 0, own=True)
        if carried:
            self.carry_through(0)

    @precondition(lambda self: len(self.drafts) < 3)
    @rule(author=AUTHORS)
    def start(self, author: str) -> None:
        services = self.office.sign_in(author)
        self.number += 1
        self.drafts.append(services.drafts.start(self.office.content(body=f"第{self.number}段。")).id)

    @rule(person=AUTHORS, index=st.integers(0, 2), own=st.sampled_from([True, True, True, False]))
    def submit(self, person: str, index: int, *, own: bool) -> None:
        if draft_id := self._draft(index):
            services = self.office.sign_in(self._author(draft_id) if own else person)
            version = services.drafts.view(draft_id).draft.version
            self._try(lambda: services.drafts.submit(draft_id, version))

    @rule(person=AUTHORS, index=st.integers(0, 2))
    def change(self, person: str, index: int) -> None:
        if draft_id := self._draft(index):
            services = self.office.sign_in(person)
            draft = services.drafts.view(draft_id).draft
            if draft.state not in EDITABLE_STATES:
                self._try(lambda: services.drafts.revise(draft_id))
                draft = services.drafts.view(draft_id).draft
            self.number += 1
            content = self.office.content(body=f"第{self.number}段。")
            self._try(lambda: services.drafts.save(replace(draft, content=content)))

    @rule(person=PEOPLE, verdict=VERDICTS, index=st.integers(0, 2))
    def decide(self, person: str, verdict: Verdict, index: int) -> None:
        if draft_id := self._draft(index):
            services = self.office.sign_in(person)
            revision = services.drafts.view(draft_id).draft.revision
            self._try(lambda: services.reviews.decide(draft_id, revision, verdict, "请改", PASSCODE))

    @rule(index=st.integers(0, 2), forged=st.sampled_from([False, False, False, True]))
    def register(self, index: int, *, forged: bool) -> None:
        if draft_id := self._draft(index):
            services = self.office.sign_in("陈账")
            view = services.drafts.view(draft_id)
            author = view.draft.author_id
            signed = tuple(self.office.signed(step) for step in view.steps)
            if forged:
                signed = tuple(replace(one, decided_by=author) for one in signed)
            scan = self.office.scan()
            self._try(lambda: services.reviews.register_paper(draft_id, view.draft.revision, signed, scan))

    @rule(
        index=st.integers(0, 2),
        same=st.sampled_from([True, True, False]),
        days=st.sampled_from([0, 0, 0, 2]),
        minutes=st.sampled_from([0, 0, 30, 90, 300]),
        account=st.integers(0, 1),
    )
    def publish(self, index: int, days: int, account: int, minutes: int = 0, *, same: bool) -> None:
        if draft_id := self._draft(index):
            services = self.office.sign_in("陈账")
            view = services.drafts.view(draft_id)
            content = view.stood[-1].revision.content if view.stood else view.draft.content
            text = content.plain_body if same else "另一段。"
            at = self.office.clock.now - timedelta(days=days, minutes=minutes)
            entry = PublicationEntry(self.office.account_ids()[account], at, "", text, who="甲", why="急", done="补")
            self._try(lambda: services.publications.record(draft_id, entry))

    @rule(index=st.integers(0, 2))
    def carry_through(self, index: int) -> None:
        """Do what the office mostly does: the author submits, the sheet comes back signed by all."""
        if draft_id := self._draft(index):
            self.submit(self._author(draft_id), index, own=True)
            self.register(index, forged=False)

    @rule(index=st.integers(0, 2), pause=st.sampled_from([10, 60]), resubmitted=st.booleans())
    def publish_and_change_before_it_is_recorded(self, index: int, pause: int, *, resubmitted: bool) -> None:
        """Do what happens on a busy day: it goes out, the author opens it, and only then it is recorded."""
        self.carry_through(index)
        if draft_id := self._draft(index):
            self.office.clock.forward(minutes=pause)
            self.change(self._author(draft_id), index)
            if resubmitted:
                self.carry_through(index)
            self.office.clock.forward(minutes=5)
            self.publish(index, 0, 0, 30, same=True)

    def _approved(self) -> list[str]:
        services = self.office.services
        states = {draft_id: services.drafts.view(draft_id).draft.state for draft_id in self.drafts}
        return [draft_id for draft_id, state in states.items() if state is DraftState.APPROVED]

    @precondition(lambda self: bool(self._approved()))
    @rule(days=st.sampled_from([0, 0, 2]))
    def publish_what_is_approved(self, days: int) -> None:
        self.publish(self.drafts.index(self._approved()[0]), days, 0, same=True)

    @rule(hours=st.sampled_from([1, 30, 24 * 40, -2]))
    def pass_time(self, hours: int) -> None:
        self.office.clock.forward(hours=hours)

    @rule()
    def start_again(self) -> None:
        self.office = Office(self.office.folder, self.office.clock)

    @invariant()
    def the_chain_holds(self) -> None:
        assert self.office.services.audit.check().broken_at == 0

    @invariant()
    def what_counts_as_reviewed_was_reviewed(self) -> None:
        services = self.office.services
        for publication in services.publications.page(0, 99):
            if publication.kind is not PublicationKind.REVIEWED:
                continue
            self.reviewed.add(publication.id)
            draft_id, number = publication.draft_id, publication.revision
            out = to_text(publication.published_at)
            with closing(sqlite3.connect(self.office.folder / "xianshen.db")) as raw:
                steps = raw.execute(
                    "SELECT position FROM review_step WHERE draft_id = ? AND revision = ?", (draft_id, number)
                ).fetchall()
                author = raw.execute("SELECT author_id FROM draft WHERE id = ?", (draft_id,)).fetchone()[0]
                fingerprint = raw.execute(
                    "SELECT fingerprint FROM revision WHERE draft_id = ? AND number = ?", (draft_id, number)
                ).fetchone()[0]
                for (position,) in steps:
                    count = raw.execute(
                        "SELECT count(*) FROM decision WHERE draft_id = ? AND revision = ? AND position = ?"
                        " AND verdict IN ('agree', 'public') AND decided_by <> ? AND fingerprint = ?"
                        " AND (voided_at IS NULL OR voided_at > ?) AND coalesce(decided_at, '') <= ?",
                        (draft_id, number, position, author, fingerprint, out, out),
                    ).fetchone()[0]
                    assert count >= 1
                standing = raw.execute(
                    "SELECT count(*) FROM revision WHERE draft_id = ? AND number = ? AND submitted_at <= ?"
                    " AND (voided_at IS NULL OR voided_at > ?)",
                    (draft_id, number, out, out),
                ).fetchone()[0]
                assert standing == 1
            assert steps


def run(template: Path, examples: int, steps: int) -> int:
    """Run the machine and return how many posts counted as reviewed on the way."""
    reviewed: set[str] = set()
    run_state_machine_as_test(
        type("DeskOfThisRun", (Desk,), {"template": template, "reviewed": reviewed}),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return len(reviewed)


def test_no_order_of_acts_passes_a_text_off_as_reviewed(set_up_office: Office) -> None:
    assert set(DECIDERS.values()) >= {"吴审", "郑密", "王局"}
    # Were nothing ever reviewed, the invariant would have nothing to say.
    assert run(set_up_office.folder, examples=25, steps=20) > 0


@pytest.mark.release
@pytest.mark.timeout(7200)
def test_no_order_of_acts_passes_a_text_off_as_reviewed_however_long(set_up_office: Office) -> None:
    assert run(set_up_office.folder, examples=1_000, steps=50) > 100
