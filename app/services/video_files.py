"""A video is named on the sheet by file, size and digest; the file itself stays where it is."""

import hashlib
from pathlib import Path

from app.intake.outside_file import opened
from app.models.archive_package import Progress, ProgressReport
from app.models.content import Video

_BLOCK = 4 * 1024 * 1024
_LARGEST = 1 << 40


def name_video(path: Path, report: ProgressReport) -> Video:
    """Read a video through and return its name, size and SHA-256; the stage reported is `hash`.

    Raises `FileUnreadableError`, and what the report raises.
    """
    digest, size = hashlib.sha256(), 0
    with opened(path, _LARGEST) as file:
        total = path.stat().st_size
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
            report(Progress("hash", size, max(total, size)))
    return Video(path.name, size, digest.hexdigest())
