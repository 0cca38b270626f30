"""示例数据: a lively made-up office of the last weeks, written through the same services as real work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.intake.signed_scan import Handling
from app.models.clock import beijing_day, start_of_day
from app.models.draft import Draft
from app.models.month import Month
from app.models.passcode import PasscodeRecord
from app.models.review import Verdict
from app.services.office import Services
from app.services.record_room import RecordRoom
from app.services.sample_clock import SampleClock
from app.services.sample_desk import SampleDesk
from app.services.sample_material import SAMPLE_PASSCODE, SampleDraft, SampleMaterial, Walk
from app.vault.key_pair import new_key_pair
from app.vault.passcode_hash import PasscodeHasher

_PUBLISHED = (Walk.PUBLISHED, Walk.PUBLISHED_SECOND, Walk.PUBLISHED_SCREEN)
_ON_PAPER = (Walk.APPROVED, Walk.PUBLISHING, *_PUBLISHED)
_ON_SCREEN = {Walk.SECRECY: 1, Walk.PRINCIPAL: 2, Walk.PUBLISHED_SCREEN: 2}
"""How many steps are passed on screen."""
_SETUP_HOUR, _FIRST_HOUR = timedelta(hours=8, minutes=30), timedelta(hours=9, minutes=10)
_HANDLINGS = (Handling(1.2, 0.75), Handling(-0.8, 0.7, 60), Handling(0.0, 0.75, 55), Handling(2.1, 0.8, 65))

Act = Callable[[], None]


class SampleOffice:
    """Fills an empty data folder; everybody's passcode is `SAMPLE_PASSCODE`."""

    def __init__(
        self, room: RecordRoom, services: Services, clock: SampleClock, hasher: PasscodeHasher, material: SampleMaterial
    ) -> None:
        self._room, self._services, self._clock, self._hasher = room, services, clock, hasher
        self._material = material
        self._drafts: dict[str, Draft] = {}

    def build(self, now: datetime, font: Path) -> None:
        """Write the office as it would be at `now`: last month done but for one gap, this month under way."""
        self._now, last_month = now, Month.of(now).previous
        self._clock.at = last_month.starts_at + _SETUP_HOUR
        self._services.setup.run(self._material.setup)
        self._choose_passcodes()
        self._desk = SampleDesk(self._services, self._clock, font)
        acts: list[tuple[datetime, int, Act]] = []
        for story in self._material.drafts:
            begin = self._begin(story, now, last_month)
            acts += [(begin + after, len(acts) + n, act) for n, (after, act) in enumerate(self._story(story))]
        for moment, _, act in sorted(acts, key=lambda entry: entry[:2]):
            self._clock.move_to(min(moment, now))
            act()
        self._services.session.person_id = ""

    @staticmethod
    def _begin(story: SampleDraft, now: datetime, last_month: Month) -> datetime:
        if story.day:
            day = last_month.first_day + timedelta(days=story.day - 1)
            while day.weekday() > 4:
                day += timedelta(days=1)
            return start_of_day(day) + _FIRST_HOUR
        if story.ago:
            return start_of_day(beijing_day(now) - timedelta(days=story.ago)) + _FIRST_HOUR
        return now - timedelta(minutes=80)

    def _choose_passcodes(self) -> None:
        """Give everybody who signs in the sample's passcode, each with salt and keys of their own."""
        with self._room.store.reading() as unit:
            people = [person for person in unit.people.list() if person.signs_in]
        for person in people:
            public, private = new_key_pair(SAMPLE_PASSCODE)
            record = PasscodeRecord(
                person.id, self._hasher.hash(SAMPLE_PASSCODE), False, None, public, private, self._room.now()
            )
            with self._room.store.writing() as unit:
                unit.passcodes.save(record)
                self._room.record(unit, None, "passcode.choose", f"person:{person.id}", {"with": "sample"})

    def _story(self, story: SampleDraft) -> list[tuple[timedelta, Act]]:
        """Return what happens to a draft, with how long after its beginning."""
        walk, key = story.walk, story.title
        acts: list[tuple[timedelta, Act]] = [(timedelta(), lambda: self._start(story))]
        if walk is Walk.WRITING:
            return acts
        acts.append((timedelta(minutes=40), lambda: self._submit(key)))
        if story.returned:
            acts.append((timedelta(minutes=70), lambda: self._send_back(key, story.returned)))
        if walk is Walk.WITHDRAWN:
            acts.append((timedelta(minutes=90), lambda: self._withdraw(key)))
        if walk is Walk.VOID:
            acts.append((timedelta(minutes=90), lambda: self._void(key, story.returned)))
        if walk is Walk.PUBLISHED_SECOND or story.second:
            acts.append((timedelta(minutes=100), lambda: self._submit_again(key)))
        if walk in _ON_SCREEN:
            acts.append((timedelta(minutes=120), lambda: self._pass(key, _ON_SCREEN[walk])))
        if walk in _ON_PAPER:
            acts.append((timedelta(minutes=150), lambda: self._sign(key)))
        if walk is Walk.PUBLISHING:
            acts.append((timedelta(minutes=300), lambda: self._desk.publish(self._drafts[key], story.platforms[:1])))
        if walk in _PUBLISHED:
            acts.append((timedelta(minutes=300), lambda: self._publish(story)))
        return acts

    def _start(self, story: SampleDraft) -> None:
        desk = self._desk
        desk.sit_down(story.author)
        picture = desk.picture(*story.picture) if story.picture[0] else None
        ids = {platform: account.id for platform, account in desk.accounts.items()}
        variants = frozenset(account.id for account in desk.accounts.values() if account.needs_variant)
        draft = self._services.drafts.start(story.content(ids, variants, picture))
        planned = None if story.walk is Walk.WRITING else self._clock() + timedelta(hours=8)
        if story.walk is Walk.APPROVED:
            planned = self._now + timedelta(hours=20)
        self._drafts[story.title] = self._services.drafts.save(
            self._services.drafts.set_handling(
                draft,
                review_class=story.review_class,
                urgency=story.urgency,
                category=story.category,
                planned_at=planned,
            )
        )

    def _submit(self, key: str) -> None:
        draft = self._drafts[key]
        self._services.session.person_id = draft.author_id
        self._services.drafts.note_editing(draft.id, begins=False)
        self._drafts[key] = self._services.drafts.submit(draft.id, draft.version)
        self._services.papers.review_sheet(draft.id)

    def _submit_again(self, key: str) -> None:
        """Change what the reviewer asked for and submit the second revision."""
        draft = self._drafts[key]
        self._services.session.person_id = draft.author_id
        blocks = draft.content.blocks
        last = replace(blocks[-1], text=blocks[-1].text + "（已按审核意见核对。）")
        self._services.drafts.note_editing(draft.id, begins=True)
        changed = replace(draft, content=replace(draft.content, blocks=(*blocks[:-1], last)))
        self._drafts[key] = self._services.drafts.save(changed)
        self._submit(key)

    def _send_back(self, key: str, reason: str) -> None:
        self._drafts[key] = self._desk.decide(self._drafts[key], Verdict.RETURN, reason)

    def _withdraw(self, key: str) -> None:
        self._services.session.person_id = self._drafts[key].author_id
        self._drafts[key] = self._services.drafts.withdraw(self._drafts[key].id)

    def _void(self, key: str, reason: str) -> None:
        self._services.session.person_id = self._drafts[key].author_id
        self._drafts[key] = self._services.drafts.void(self._drafts[key].id, reason)

    def _pass(self, key: str, steps: int) -> None:
        self._drafts[key] = self._desk.pass_steps(self._drafts[key], steps)

    def _sign(self, key: str) -> None:
        handling = _HANDLINGS[len(key) % len(_HANDLINGS)]
        self._drafts[key] = self._desk.sign_on_paper(self._drafts[key], handling)

    def _publish(self, story: SampleDraft) -> None:
        self._desk.publish(self._drafts[story.title], story.platforms, without_link=story.missing_link)
