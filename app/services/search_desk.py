"""Ctrl+K: any draft by any Chinese word of one character or more, or by its number."""

from app.models.draft_list import SearchHit
from app.services.record_room import RecordRoom


class SearchDesk:
    """Search over everything that is indexed."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def find(self, words: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Return the newest finds; an empty search finds nothing."""
        if not words.strip():
            return ()
        with self._room.store.reading() as unit:
            found = unit.search.find(words, limit)
            rows = {row.id: row for row in unit.drafts.rows(tuple(subject for _, subject, _ in found))}
        return tuple(
            SearchHit(kind, row.id, row.title, row.number.short if row.number else "", excerpt)
            for kind, subject_id, excerpt in found
            if (row := rows.get(subject_id)) is not None
        )
