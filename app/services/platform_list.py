"""The unit's table of platforms: which there are, how one gets in, what is expected to be off (articles 1, 15)."""

from dataclasses import replace

from app.errors import FieldInvalidError, MissingFieldError
from app.models.platform import Platform
from app.models.right import Right
from app.models.storable import storable_record
from app.services.record_room import RecordRoom

LONGEST_PASSWORD = 128


class PlatformList:
    """Platforms are added, changed and retired; none is renamed or deleted, since accounts name them."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def list(self) -> tuple[Platform, ...]:
        """Return every platform in the unit's order."""
        with self._room.store.reading() as unit:
            return unit.platforms.list()

    def add(self, platform: Platform) -> Platform:
        """Put a platform at the end of the table; raise `FieldInvalidError` for a name that is there already."""
        platform = self._checked(platform)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            known = unit.platforms.list()
            if any(one.name.casefold() == platform.name.casefold() for one in known):
                raise FieldInvalidError("platform")
            last = max((one.position for one in known), default=-1)
            added = unit.platforms.add(replace(platform, position=last + 1))
            self._room.record(unit, actor, "platform.change", f"platform:{added.name}", _facts(added, new=True))
        return added

    def change(self, platform: Platform) -> Platform:
        """Save what is known of a platform; its name and its place stay."""
        platform = self._checked(platform)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            before = unit.platforms.get(platform.name)
            saved = unit.platforms.save(replace(platform, position=before.position))
            self._room.record(unit, actor, "platform.change", f"platform:{saved.name}", _facts(saved, new=False))
        return saved

    @staticmethod
    def _checked(platform: Platform) -> Platform:
        platform = storable_record(platform)
        if not platform.name.strip():
            raise MissingFieldError("platform")
        if not 1 <= platform.password_least <= platform.password_most <= LONGEST_PASSWORD:
            raise FieldInvalidError("password_length")
        return replace(platform, name=platform.name.strip())


def _facts(platform: Platform, *, new: bool) -> dict[str, object]:
    return {"new": new, "retired": platform.retired}
