"""An office that was backed up, went on working, and is restored."""

import copy
import shutil
from pathlib import Path

import pytest

from app.errors import AppError
from app.services.record_room import RecordRoom
from app.services.restoring import Restoring, Witness
from app.storage.attachments import AttachmentStore
from app.storage.unit_of_work import Store
from tests.services.office import PASSCODE, Office, SetClock, cheap_hasher

ADMIN, OTHER = Witness("许管", PASSCODE), Witness("林晓", PASSCODE)


class Restored:
    """An office with two submitted drafts on the stick, and one more that the backup does not know."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder / "data").open()
        self.clock = self.office.clock
        self.stick, self.target = folder / "stick", folder / "new"
        self.stick.mkdir()
        self.office.approved()
        self.office.submitted()
        services = self.office.sign_in("许管")
        self.recovery = services.codes.renew_recovery(PASSCODE).code
        self.saved = services.backups.back_up(self.stick)
        self.lost = self.office.submitted()
        # As a paper would show it that was printed last.
        self.head = self.office.services.audit.check().head

    def apart(self, folder: Path) -> "Restored":
        """Return the same with a stick, a target and a clock of its own."""
        own = copy.copy(self)
        own.stick, own.target = folder / "stick", folder / "new"
        own.clock = SetClock(self.clock.now)
        shutil.copytree(self.stick, own.stick)
        return own

    @property
    def restoring(self) -> Restoring:
        return Restoring(cheap_hasher(), self.clock)

    def room(self, name: str = "许管") -> RecordRoom:
        """Open the restored records with somebody at the desk."""
        numbers = iter(range(1000))
        files = AttachmentStore(self.target / "attachments")
        room = RecordRoom(Store(self.target, self.clock), files, self.clock, lambda: f"id-{next(numbers)}")
        with room.store.reading() as unit:
            room.session.person_id = unit.people.named(name)[0].id
        return room

    def restore(self, first: Witness = ADMIN, second: Witness = OTHER) -> None:
        self.restoring.restore(self.stick, self.target, first, second)

    def refused(self, first: Witness, second: Witness) -> type[AppError]:
        """Return why two people are refused; no trace of the restore is left."""
        with pytest.raises(AppError) as told:
            self.restore(first, second)
        assert not self.target.exists()
        assert not self.target.with_name("new.partial").exists()
        return type(told.value)
