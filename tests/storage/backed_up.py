"""A small office with files on record, its backups, and what must hold for them whatever happened."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from app.models.archive_package import Progress
from app.models.backup import BackupReport
from app.models.records import UseKind
from app.storage.attachments import AttachmentStore
from app.storage.backup_folder import inspect_backup
from app.storage.backups import back_up
from app.storage.database import FILE_NAME, connect
from app.storage.restored_folder import restore
from app.storage.unit_of_work import Store
from tests.storage.office import NOW, open_office
from tests.storage.putting import put

CONTENTS = (b"a scan", b"", b"\x00\xff" * 70_000, "发布截图".encode(), b"%PDF-1.7 a paper")


class Kept:
    """An office in `data` and a folder for backups in `stick`, side by side."""

    def __init__(self, folder: Path) -> None:
        self.data, self.stick = folder / "data", folder / "stick"
        self.data.mkdir()
        self.stick.mkdir()
        self.store = open_office(self.data)
        self.files = AttachmentStore(self.data / "attachments")
        self.now = NOW
        for content in CONTENTS:
            self.keep(content)

    def keep(self, content: bytes) -> str:
        """Put a file on record; return its digest."""
        stored = put(self.files, content)
        with self.store.writing() as unit:
            unit.files.register(stored, NOW)
            unit.files.use(stored.sha256, UseKind.SCAN, "draft:draft", f"{stored.sha256[:4]}.bin", NOW)
            unit.audit.add("author", "information_officer", "scan.file", "draft:draft", {"scan": stored.sha256})
        return stored.sha256

    def back_up(self, report: Callable[[Progress], None] | None = None) -> BackupReport:
        self.now += timedelta(minutes=1)
        return back_up(self.data, self.stick, self.now, report)

    def later(self) -> datetime:
        return self.now + timedelta(days=1)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def names(stick: Path) -> list[str]:
    """Return the snapshots that a backup folder says it holds, newest first."""
    return [snapshot.name for snapshot in inspect_backup(stick).snapshots]


def contents_of(data: Path) -> tuple[int, dict[str, bytes]]:
    """Return the newest audit number of a restored folder and its files by digest, each verified."""
    store = Store(data, lambda: NOW)
    files = AttachmentStore(data / "attachments")
    with store.reading() as unit:
        return unit.audit.head().seq, {file.sha256: files.read(file.sha256) for file in unit.files.list()}


def proven(stick: Path, name: str, scratch: Path) -> tuple[int, dict[str, bytes]]:
    """Restore a snapshot into a new folder, which verifies all of it, and return its contents."""
    shutil.rmtree(scratch, ignore_errors=True)
    restore(stick, scratch, name)
    return contents_of(scratch)


def raw_database(data: Path, sql: str) -> None:
    """Change a database past the program's own rules."""
    with closing(connect(data / FILE_NAME)) as db:
        db.execute(sql)


_WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "os.truncate"}


def killed_at(count: int, act: Callable[[Callable[[Progress], None]], object]) -> bool:
    """Run an act in a copy of this process that is killed at its so-manieth file act or progress report.

    Returns False when the act ended before that.
    """
    child = os.fork()
    if child == 0:
        left = count

        def step() -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        code = 1
        try:
            sys.addaudithook(lambda event, _arguments: step() if event in _WATCHED else None)
            act(lambda _progress: step())
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)
