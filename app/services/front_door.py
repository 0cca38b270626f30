"""What stands on the door before anybody has signed in, read at one look and with nothing heavy behind it."""

from dataclasses import dataclass, field

from app.models.records import Settings
from app.models.staff import Unit
from app.services.file_removal import give_up, remove_given_up
from app.services.record_room import RecordRoom


@dataclass(frozen=True)
class DoorSign:
    """The unit (None before the first set-up), the names of those who sign in, and how the window is to look."""

    unit: Unit | None
    names: tuple[str, ...] = ()
    settings: Settings = field(default_factory=Settings)


class FrontDoor:
    """Reads the door's sign."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def look(self) -> DoorSign:
        """Return what the sign-in page needs."""
        with self._room.store.reading() as unit:
            own = unit.units.find()
            if own is None:
                return DoorSign(None)
            names = tuple(dict.fromkeys(person.name for person in unit.people.list() if person.signs_in))
            return DoorSign(own, names, unit.settings.load())

    def tidy(self) -> None:
        """Remove what was kept for drafts that were never saved with it, and what acts and crashes left to remove.

        For the one window of a folder, before anybody writes: a draft in an editor may name such a file a second later.
        """
        with self._room.store.reading() as unit:
            unused = bool(unit.files.unused())
        if unused:
            with self._room.store.writing() as unit:
                give_up(unit, unit.files.forget_unused(frozenset()))
        remove_given_up(self._room)
