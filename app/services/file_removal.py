"""Files that an act takes away for good: written down with it, removed after it or, after a crash, at the start."""

import logging
from collections.abc import Iterable

from app.errors import AppError
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork

_KEY = "files_to_remove"
_LOG = logging.getLogger("xianshen")


def give_up(unit: UnitOfWork, digests: Iterable[str]) -> None:
    """Write down inside an act which files are to go once it is committed."""
    unit.settings.set(_KEY, " ".join(sorted({*given_up(unit), *digests})))


def given_up(unit: UnitOfWork) -> tuple[str, ...]:
    """Return the digests of the files that are still to go."""
    return tuple((unit.settings.get(_KEY) or "").split())


def remove_given_up(room: RecordRoom) -> int:
    """Remove what acts gave up, but never a file that is on record again; return how many could not be removed yet.

    Safe to repeat. The transaction holds off whoever is about to keep the same bytes.
    """
    with room.store.reading() as unit:
        if not given_up(unit):
            return 0
    with room.store.writing() as unit:
        left = [digest for digest in given_up(unit) if unit.files.find(digest) is None and not _gone(room, digest)]
        unit.settings.set(_KEY, " ".join(left))
    return len(left)


def _gone(room: RecordRoom, digest: str) -> bool:
    try:
        room.files.remove(digest)
    except AppError as refused:
        # E.g. another program holds it open; the list stays, and the next start tries again.
        _LOG.warning("a file that was given up is still there: %s", type(refused).__name__)
        return False
    return True
