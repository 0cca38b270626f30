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
            hits: list[SearchHit] = []
            for kind, subject_id, excerpt in unit.search.find(words, limit):
                draft = unit.drafts.find(subject_id) if kind == "draft" else None
                if draft is not None:
                    number = draft.number.short if draft.number else ""
                    hits.append(SearchHit(kind, subject_id, draft.content.title, number, excerpt))
            return tuple(hits)
