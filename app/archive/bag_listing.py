"""What really lies in a bag's folder, found without following a link out of it."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.models.archive_package import BagProblem, ProblemKind

_SYSTEM_NAMES = frozenset(
    {".ds_store", "thumbs.db", "desktop.ini", "system volume information", "$recycle.bin", "__macosx"}
    | {".spotlight-v100", ".trashes", ".fseventsd"}
)


@dataclass(frozen=True)
class FoundFile:
    """A regular file: where it is, and its length in bytes."""

    path: Path
    size: int


@dataclass(frozen=True)
class Listing:
    """Every file of a bag by its path with forward slashes, and what could not be listed."""

    files: dict[str, FoundFile] = field(default_factory=dict)
    problems: list[BagProblem] = field(default_factory=list)
    has_payload_folder: bool = False


def shown_path(path: str) -> str:
    r"""Return a path that can be printed; bytes that are no text become \\xNN."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_system_file(path: str) -> bool:
    """Say whether an operating system leaves such a file by itself."""
    return any(part.lower() in _SYSTEM_NAMES or part.startswith("._") for part in path.split("/"))


def list_bag(folder: Path, stopping: Callable[[], None]) -> Listing:
    """List a bag; `stopping` is called for every folder and may raise to end it."""
    listing = Listing()
    root = folder.resolve()
    payload = folder / "data"
    waiting = [""]
    while waiting:
        here = waiting.pop()
        stopping()
        try:
            with os.scandir(folder / here if here else folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as refused:
            listing.problems.append(BagProblem(ProblemKind.UNREADABLE, shown_path(here) or ".", _fact(refused)))
            continue
        for entry in found:
            path = f"{here}/{entry.name}" if here else entry.name
            if _add(listing, entry, path, root):
                waiting.append(path)
    return Listing(listing.files, listing.problems, payload.is_dir() and not payload.is_symlink())


def _add(listing: Listing, entry: "os.DirEntry[str]", path: str, root: Path) -> bool:
    """Put one entry on the list; return whether it is a folder to go into."""
    try:
        facts = entry.stat(follow_symlinks=False)
        target = Path(entry.path)
        if entry.is_symlink():
            target = target.resolve()
            facts = target.stat() if target.is_relative_to(root) else facts
        if stat.S_ISDIR(facts.st_mode) and not entry.is_symlink():
            return True
    except (OSError, RuntimeError, ValueError) as refused:
        kind = ProblemKind.UNREADABLE
        listing.problems.append(BagProblem(kind, shown_path(path), _fact(refused)))
        return False
    if stat.S_ISREG(facts.st_mode):
        listing.files[path] = FoundFile(target, facts.st_size)
    elif entry.is_symlink():
        listing.problems.append(BagProblem(ProblemKind.UNSAFE_PATH, shown_path(path), "link"))
    else:
        listing.problems.append(BagProblem(ProblemKind.UNREADABLE, shown_path(path), "not a file"))
    return False


def _fact(error: BaseException) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else type(error).__name__
