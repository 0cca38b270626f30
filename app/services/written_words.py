"""Words written beside an act never carry a secrecy mark: they are printed and archived (articles 9 and 10)."""

from collections.abc import Iterable

from app.errors import SecrecyMarkedWordsError
from app.models.storable import storable
from app.services.record_room import RecordRoom
from app.textcheck.secrecy_rule import SECRECY_MARK, find_secrecy_marks


def carries_mark(text: str, answers: Iterable[str] = ()) -> bool:
    """Say whether a text carries a secrecy mark; one that a draft's answers declare a false alarm is none."""
    text, known = storable(text), set(answers)
    return any(
        f"{SECRECY_MARK.name}:{text[spot.start : spot.end]}" not in known
        for spot in find_secrecy_marks(text, head=True)
    )


def refuse_marked_words(room: RecordRoom, where: str, *texts: str, answers: Iterable[str] = ()) -> None:
    """Raise `SecrecyMarkedWordsError` before anything of an act is kept; the chain keeps only that it happened."""
    if any(carries_mark(text, answers) for text in texts):
        with room.store.writing() as unit:
            room.record(unit, room.actor(unit), "draft.secrecy_refused", "draft:none", {"where": where})
        raise SecrecyMarkedWordsError
