"""What stands on the door before anybody has signed in, read at one look and with nothing heavy behind it."""

from dataclasses import dataclass, field

from app.models.records import Settings
from app.models.staff import Unit
from app.services.door_names import called_at_door
from app.services.file_removal import give_up, remove_given_up
from app.services.record_room import RecordRoom


@dataclass(frozen=True)
class DoorSign:
    """The unit (None before the first set-up), how those who sign in are called, and how the window is to look."""

    unit: Unit | None
    called: dict[str, str] = field(default_factory=dict)
    """By id; where two have one name, with what tells them apart."""
    settings: Settings = field(default_factory=Settings)

    @property
    def names(self) -> tuple[str, ...]:
        """How those who sign in are called, in the order of the list."""
        return tuple(self.called.values())


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
            return DoorSign(own, called_at_door(unit), unit.settings.load())

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
