"""Small made-up files in the attachment store, many in a short time."""

import hashlib
from datetime import datetime
from random import Random

from app.models.records import StoredFile, UseKind
from app.services.sample_texts import tiny_picture
from app.storage.attachments import AttachmentStore
from app.storage.unit_of_work import UnitOfWork


class SampleFiles:
    """Writes files straight to their places: the store's own way flushes each, which takes minutes for thousands."""

    def __init__(self, files: AttachmentStore, rng: Random) -> None:
        self._files, self._rng = files, rng

    def picture(self, unit: UnitOfWork, at: datetime, kind: UseKind, subject: str, name: str) -> StoredFile:
        """Make a picture, keep it, and put it on record with its use."""
        data = tiny_picture(self._rng)
        stored = StoredFile(hashlib.sha256(data).hexdigest(), len(data))
        path = self._files.path(stored.sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        unit.files.register(stored, at)
        unit.files.use(stored.sha256, kind, subject, name, at)
        return stored
