"""backup.json: what a snapshot is, as it lies beside it; on a stick anybody may have written it."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.errors import DriveRemovedError, FileUnreadableError
from app.models.backup import BackupSnapshot
from app.models.clock import beijing, from_text, to_text
from app.storage.flushed_files import opened

MANIFEST = "backup.json"
_FORMAT = 1
_MOST_BYTES = 16 << 20
"""Two hundred thousand files that were lost before the backup."""
_MOST_COUNTED = 1 << 50
_LONGEST_NAME = 4000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBERS = ("ordinal", "audit_seq", "database_size", "attachments", "attachment_bytes")
_DIGESTS = ("audit_head", "database_sha256")
_WORDS = ("name", "unit_id", "unit_name")


def manifest_text(snapshot: BackupSnapshot) -> str:
    """Write the facts of a snapshot as they lie beside it."""
    told = asdict(snapshot) | {"taken_at": to_text(snapshot.taken_at), "format": _FORMAT}
    return json.dumps(told, ensure_ascii=False, indent=1)


def read_facts(folder: Path, ordinal: int) -> BackupSnapshot | str:
    """Read the facts beside a snapshot, or say why they are not to be used: `damaged` or `newer`."""
    try:
        with opened(folder / MANIFEST) as file:
            content = _all_of(file.read(_MOST_BYTES + 1))
        told = json.loads(content.decode("utf-8"))
        written = told.pop("format")
        if type(written) is not int or written < _FORMAT:
            return "damaged"
        if written > _FORMAT:
            return "newer"
        if (told["name"], told["ordinal"]) != (folder.name, ordinal):
            return "damaged"
        return _snapshot(told)
    except (
        *(FileUnreadableError, DriveRemovedError, OSError),
        *(ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError),
    ):
        return "damaged"


def _all_of(content: bytes) -> bytes:
    if len(content) > _MOST_BYTES:
        raise ValueError("too long")
    return content


def _snapshot(told: dict[str, Any]) -> BackupSnapshot:
    """Build a snapshot of facts that are what they should be, or raise `ValueError` or `TypeError`."""
    numbers, words = [told[name] for name in _NUMBERS], [told[name] for name in _WORDS]
    missing = told.pop("missing")
    if not all(type(number) is int and 0 <= number <= _MOST_COUNTED for number in numbers):
        raise ValueError("not a number")
    if not isinstance(missing, list) or not all(map(_is_digest, (*missing, *(told[name] for name in _DIGESTS)))):
        raise ValueError("not a digest")
    if not all(isinstance(word, str) and len(word.encode("utf-8")) <= _LONGEST_NAME for word in words):
        raise ValueError("not a name")
    taken_at = from_text(told.pop("taken_at"))
    # A moment that has no Beijing time cannot be shown.
    beijing(taken_at)
    return BackupSnapshot(**told, taken_at=taken_at, missing=tuple(missing))


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None
