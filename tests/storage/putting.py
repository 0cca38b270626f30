"""Keeping a file in a store without an act around it."""

from pathlib import Path

from app.models.records import StoredFile
from app.storage.attachments import AttachmentStore


def put(store: AttachmentStore, source: Path | bytes) -> StoredFile:
    return store.settle(store.receive(source))
