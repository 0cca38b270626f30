"""Made-up records of many years for trials and measurements: the same seed gives the same records.

Written through the repositories in a few large transactions, with every guard and the whole audit chain, but
without the services: their one transaction an act would take an hour for ten years. Attachments are not flushed
one by one, so a power cut asks for another run.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.models.account import Account, AccountState, FilingState
from app.models.clock import beijing_day, start_of_day
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.papercode import PaperKind
from app.models.passcode import PasscodeRecord
from app.models.policy import Policy
from app.models.right import Role
from app.models.staff import Person, RoleGrant, Unit
from app.services.papers import Papers
from app.services.record_room import RecordRoom
from app.services.sample_clock import SampleClock
from app.services.sample_lives import MadeUpLife, Staff, entries_of
from app.services.sample_material import SAMPLE_PASSCODE, SampleMaterial
from app.services.sample_plan import DRAFTS, ENTRIES, DraftPlan, year_plan
from app.services.setup import PersonPlan
from app.services.working_days import seed_working_days
from app.storage.unit_of_work import UnitOfWork
from app.vault.key_pair import new_key_pair
from app.vault.passcode_hash import PasscodeHasher

_BATCH = 125
"""Drafts a transaction: a month of them."""
_FIRST_HOUR, _SLOT = timedelta(hours=8, minutes=40), timedelta(minutes=95)
_SEALED_ON = 3
"""Day of the next month on which a month is sealed."""


@dataclass(frozen=True)
class SampleCounts:
    """How many records were written."""

    drafts: int
    revisions: int
    decisions: int
    publications: int
    entries: int
    files: int


class SampleYears:
    """Writes the records of some years into an empty data folder."""

    def __init__(
        self,
        room: RecordRoom,
        papers: Papers,
        clock: SampleClock,
        hasher: PasscodeHasher,
        material: SampleMaterial,
        policy: Policy,
        rng: Random,
    ) -> None:
        self._room, self._papers, self._clock, self._hasher = room, papers, clock, hasher
        self._material, self._policy, self._rng = material, policy, rng
        self._sealed = self._open_until = Month(2000, 1)

    def write(self, years: int, until: datetime, tell: Callable[[str], None], drafts: int = DRAFTS) -> SampleCounts:
        """Write `drafts` drafts a year up to a moment; tell of each year as it is done."""
        last = beijing_day(until)
        first = last - timedelta(days=round(365.25 * years))
        self._clock.at = start_of_day(first) + timedelta(hours=8)
        self._sealed, self._open_until = Month.of(self._clock.at).previous, Month.of(until).previous
        staff = self._set_up(first, last)
        life = MadeUpLife(self._room, self._clock, staff, self._rng)
        plans: list[DraftPlan] = []
        for year in range(years):
            begin, end = (first + (last - first) * n / years for n in (year, year + 1))
            dealt = year_plan(self._rng, drafts, newest=year == years - 1, papers=int(year == 0))
            goal = round(ENTRIES * drafts / DRAFTS) * (year + 1)
            self._write_year(life, staff, dealt, _slots(begin, end, drafts), goal)
            plans += dealt
            tell(f"第 {year + 1} 年写完，到 {end.isoformat()}")
        self._room.session.person_id = ""
        if hasattr(os, "sync"):
            os.sync()
        with self._room.store.reading() as unit:
            return SampleCounts(
                drafts=len(plans),
                revisions=sum(len(plan.decisions) for plan in plans),
                decisions=sum(sum(plan.decisions) for plan in plans),
                publications=unit.publications.count(),
                entries=unit.audit.count(),
                files=len(unit.files.list()),
            )

    def _set_up(self, first: date, last: date) -> Staff:
        """Write unit, policy, people and accounts; ids follow from the seed, salts and keys do not."""
        plan, room = self._material.setup, self._room
        words = plan.unit
        own = Unit(
            room.new_id(), words.code, words.name, words.short_name, words.supervisor, words.code_word, sample=True
        )
        holders: dict[Role, tuple[str, ...]] = {}
        accounts: list[Account] = []
        with room.store.writing() as unit:
            unit.units.save(own, room.now())
            unit.policies.add(self._policy, first.isoformat(), "首次启用", room.now())
            for year in range(first.year, last.year + 1):
                seed_working_days(unit, year)
            for planned in plan.people:
                person_id = self._add_person(unit, planned, first)
                for role in planned.roles:
                    holders[role] = (*holders.get(role, ()), person_id)
            for made in plan.accounts:
                account = Account(
                    id=room.new_id(),
                    platform=made.platform,
                    name=made.name,
                    state=AccountState.RUNNING,
                    filing=FilingState.FILED,
                    handle=made.handle,
                    link=made.link,
                    needs_variant=made.needs_variant,
                    opened_on=first,
                )
                accounts.append(unit.accounts.save(account))
            room.record(unit, None, "setup.done", f"unit:{own.id}", {"unit": own.id, "accounts": len(accounts)})
            calendar = unit.workdays.calendar()
        return Staff(holders, tuple(accounts), own.code_word, self._policy, calendar)

    def _add_person(self, unit: UnitOfWork, planned: PersonPlan, first: date) -> str:
        person = Person(self._room.new_id(), planned.name, planned.department, planned.duty, planned.signs_in)
        unit.people.save(person, self._room.now())
        for role in sorted(planned.roles):
            unit.roles.add(RoleGrant(self._room.new_id(), person.id, role, first, basis="首次设置"))
        if planned.signs_in:
            public, private = new_key_pair(SAMPLE_PASSCODE)
            hashed = self._hasher.hash(SAMPLE_PASSCODE)
            unit.passcodes.save(PasscodeRecord(person.id, hashed, False, None, public, private, self._room.now()))
        return person.id

    def _write_year(
        self, life: MadeUpLife, staff: Staff, plans: list[DraftPlan], slots: Sequence[datetime], goal: int
    ) -> None:
        """Write a year's drafts in a few transactions; sign-ins fill up its audit entries to the exact number."""
        with self._room.store.reading() as unit:
            # What is left for sign-ins over the year; the seals of its months come out of the last ones.
            spare = goal - unit.audit.count() - sum(map(entries_of, plans)) - 30
        signed_in = 0
        for start in range(0, len(plans), _BATCH):
            batch = list(enumerate(plans[start : start + _BATCH], start=start))
            if life.sheet is None:
                self._first_sheet(life, plans[0], slots[0])
                batch = batch[1:]
            with self._room.store.writing() as unit:
                for n, plan in batch:
                    self._seal_months(unit, life, staff, slots[n])
                    while signed_in < spare * n // len(plans):
                        self._sign_in(unit, life, staff)
                        signed_in += 1
                    life.live(unit, plan, slots[n])
        with self._room.store.writing() as unit:
            while unit.audit.count() < goal:
                self._sign_in(unit, life, staff)

    def _first_sheet(self, life: MadeUpLife, plan: DraftPlan, slot: datetime) -> None:
        """Live the first draft and set its sheet for real; its PDF stands for all others, which would take an hour."""
        with self._room.store.writing() as unit:
            draft = life.live(unit, plan, slot)
        self._room.session.person_id = draft.author_id
        self._papers.review_sheet(draft.id)
        with self._room.store.reading() as unit:
            paper = unit.papers.latest(PaperKind.REVIEW_SHEET, draft.id, draft.revision)
            assert paper is not None
            stored = unit.files.find(paper.pdf_sha256)
        assert stored is not None
        life.sheet = stored, paper.pages

    def _sign_in(self, unit: UnitOfWork, life: MadeUpLife, staff: Staff) -> None:
        person = self._rng.choice(staff.holders[self._rng.choice(sorted(staff.holders))])
        life.act(unit, person, "session.sign_in", f"person:{person}", {})

    def _seal_months(self, unit: UnitOfWork, life: MadeUpLife, staff: Staff, slot: datetime) -> None:
        """Seal what is over at a moment, a few days into the next month; last month stays open."""
        over = Month.of(slot).previous if beijing_day(slot).day >= _SEALED_ON else Month.of(slot).previous.previous
        while self._sealed < over and self._sealed.next < self._open_until:
            self._sealed = self._sealed.next
            self._seal(unit, life, staff, slot)

    def _seal(self, unit: UnitOfWork, life: MadeUpLife, staff: Staff, slot: datetime) -> None:
        month = self._sealed
        self._clock.move_to(slot)
        archivist, subject = staff.holder(Role.ARCHIVIST), f"month:{month}"
        word = staff.code_word + self._policy.number_word("archive_cover").value
        number = unit.numbers.give("archive_cover", month.year, word, subject, self._clock())
        life.act(unit, archivist, "archive.begin", subject, {"number": str(number)})
        head, digest = unit.audit.head(), self._rng.randbytes(32).hex()
        record = ArchiveRecord(
            id=self._room.new_id(),
            month=month,
            version=1,
            number=str(number),
            folder_name=f"xianshen-{self._material.setup.unit.code}-{month}-v1",
            written_at=self._clock(),
            written_by=archivist,
            sha256_manifest_digest=digest,
            sm3_manifest_digest=self._rng.randbytes(32).hex(),
            files=3,
            size=300_000,
            audit_seq=head.seq,
            audit_head=head.hash,
        )
        unit.months.add_archive(record, '{"files":[],"info":[],"name":""}')
        life.act(unit, archivist, "archive.seal", f"archive:{record.id}", {"month": str(month), "manifest": digest})


def _slots(begin: date, end: date, count: int) -> list[datetime]:
    """Return the moments at which the drafts of a year begin: some a weekday, one after the other."""
    days = [day for n in range((end - begin).days) if (day := begin + timedelta(days=n + 1)).weekday() < 5]
    slots: list[datetime] = []
    for number in range(count):
        day = start_of_day(days[number * len(days) // count]) + _FIRST_HOUR
        slots.append(max(day, slots[-1] + _SLOT) if slots else day)
    return slots
