"""What an act takes away for good: written down with it, removed after it or, after a crash, at the start.

Files that nothing uses any more, and the copies of the database that hold what is gone from it. Copies are noted by
name: one that a migration makes later holds nothing of it, and may be needed.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from app.errors import AppError
from app.models.archive_package import Progress, ProgressReport
from app.services.record_room import RecordRoom
from app.storage.former_copies import forget_copy, former_copies, sweep_leftovers
from app.storage.unit_of_work import UnitOfWork

_FILES, _COPIES = "files_to_remove", "copies_to_remove"
_AT_ONCE = 100
"""Files removed by one transaction: others who want to write wait for it, and folders are flushed once for all."""
_LOG = logging.getLogger("xianshen")


def give_up(unit: UnitOfWork, digests: Iterable[str]) -> None:
    """Write down inside an act which files are to go once it is committed."""
    _note(unit, _FILES, {*given_up(unit), *digests})


def give_up_copies(unit: UnitOfWork, room: RecordRoom) -> None:
    """Write down inside an act that takes words away that the copies kept before migrations are to go with them."""
    _note(unit, _COPIES, {*_noted(unit, _COPIES), *former_copies(room.store.folder)})


def given_up(unit: UnitOfWork) -> tuple[str, ...]:
    """Return the digests of the files that are still to go."""
    return _noted(unit, _FILES)


def remove_given_up(room: RecordRoom, report: ProgressReport | None = None) -> int:
    """Remove what acts gave up, but never a file that is on record again; return how many could not be removed yet.

    What a killed backup or migration left beside the database goes too. Safe to repeat; what the report raises stops
    it between some files and the next. A transaction holds off whoever is about to keep the same bytes.
    """
    swept = _done(lambda: sweep_leftovers(room.store.folder))
    with room.store.reading() as unit:
        files, copies = given_up(unit), _noted(unit, _COPIES)
    held: list[str] = []
    for start in range(0, len(files), _AT_ONCE):
        if report is not None:
            report(Progress("erase", start, len(files)))
        with room.store.writing() as unit:
            batch = files[start : start + _AT_ONCE]
            kept = _held(room, [digest for digest in batch if unit.files.find(digest) is None])
            _note(unit, _FILES, {*given_up(unit)} - {*batch} | kept)
            held += kept
    if copies:
        with room.store.writing() as unit:
            copies = tuple(name for name in copies if not _forgotten(room, name))
            _note(unit, _COPIES, copies)
    return len(held) + len(copies) + (not swept)


def count_given_up(room: RecordRoom) -> int:
    """Return how many files and copies are still to go."""
    with room.store.reading() as unit:
        return len(given_up(unit)) + len(_noted(unit, _COPIES))


def _held(room: RecordRoom, digests: Sequence[str]) -> set[str]:
    """Remove these files; return those that could not be removed."""
    held = {digest for digest in digests if not _done(partial(room.files.erase, digest))}
    return held if _done(lambda: room.files.flush_erased(digests)) else {*digests}


def _noted(unit: UnitOfWork, key: str) -> tuple[str, ...]:
    return tuple((unit.settings.get(key) or "").split())


def _note(unit: UnitOfWork, key: str, names: Iterable[str]) -> None:
    unit.settings.set(key, " ".join(sorted(names)))


def _forgotten(room: RecordRoom, name: str) -> bool:
    return _done(lambda: forget_copy(room.store.folder, name))


def _done(removal: Callable[[], object]) -> bool:
    try:
        removal()
    except AppError as refused:
        # E.g. another program holds it open; it stays noted, and the next start tries again.
        _LOG.warning("something that was given up is still there: %s", type(refused).__name__)
        return False
    return True
