"""补录: what was published before the first day of use, judged by nothing but the update gap."""

from dataclasses import dataclass
from datetime import date, datetime

from app.errors import NotEarlierError, PublishedEarlierError
from app.models.clock import beijing_day
from app.models.publication import Publication, PublicationKind
from app.models.right import Right
from app.models.staff import Reach
from app.models.storable import storable_record
from app.services.post_text import checked_link
from app.services.record_room import RecordRoom
from app.services.written_words import refuse_marked_words


@dataclass(frozen=True)
class EarlierEntry:
    """One 补录 row that a person has accepted."""

    account_id: str
    title: str
    published_at: datetime
    link: str = ""


class EarlierPublications:
    """The book of what went out before."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def recorded(self, entries: tuple[EarlierEntry, ...]) -> tuple[EarlierEntry, ...]:
        """Return those of many posts that are on record already."""
        with self._room.store.reading() as unit:
            known = unit.publications.exists_like
            return tuple(e for e in entries if known(e.account_id, e.link, e.title, e.published_at))

    def record(self, entries: tuple[EarlierEntry, ...]) -> int:
        """补录: posts from before the first day of use, judged by nothing but the update gap; return how many.

        Raises `NotEarlierError` for a later one: it must be recorded as what it is. Raises `AccountNotCoveredError`
        when one is of an account for which the person does not publish.
        """
        refuse_marked_words(self._room, "earlier", *(text for entry in entries for text in (entry.title, entry.link)))
        now = self._room.now()
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.PUBLISH, *dict.fromkeys(entry.account_id for entry in entries))
            words, first_day = dict[str, str](), unit.units.first_day()
            for entry in map(storable_record, entries):
                if entry.published_at > now:
                    raise PublishedEarlierError
                if beijing_day(entry.published_at) >= first_day:
                    raise NotEarlierError(first_day)
                if unit.publications.exists_like(entry.account_id, entry.link, entry.title, entry.published_at):
                    continue
                words |= unit.publications.add(
                    Publication(
                        id=self._room.new_id(),
                        kind=PublicationKind.EARLIER,
                        account_id=entry.account_id,
                        title=entry.title,
                        published_at=entry.published_at,
                        recorded_at=now,
                        recorded_by=actor.person_id,
                        link=checked_link(entry.link),
                        late=True,
                    )
                )
            self._room.record(
                unit, actor, "publication.earlier", "publication:earlier", {"added": len(words), "words": words}
            )
        return len(words)

    def reach(self) -> Reach:
        """Return the accounts for which the person at the desk publishes."""
        with self._room.store.reading() as unit:
            return self._room.actor(unit).reach(Right.PUBLISH)

    def first_day(self) -> date:
        """Return the first day of use: what went out before it comes in as 补录."""
        with self._room.store.reading() as unit:
            return unit.units.first_day()
