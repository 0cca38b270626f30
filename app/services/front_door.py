"""What stands on the door before anybody has signed in, read at one look and with nothing heavy behind it."""

from dataclasses import dataclass, field

from app.models.records import Settings
from app.models.staff import Unit
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
