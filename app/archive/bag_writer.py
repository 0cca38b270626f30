"""Writing an archive to a drive so that it is there whole, or not there (RFC 8493, BagIt 1.0)."""

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from app.archive.digests import digest_of
from app.archive.durable_files import MediumFullError, flush_tree, to_target, write_file
from app.archive.member_names import check_folder_name, check_members
from app.archive.paced_work import Pace
from app.archive.payload_copy import copy_payload, planned_size, read_back
from app.archive.tag_files import ALGORITHMS, DECLARATION, bag_info, manifest
from app.archive.volumes import can_be_taken_out, file_system_of, flush_volume, medium_limits
from app.errors import (
    FileTooLargeForMediumError,
    FolderMissingError,
    NotEnoughSpaceError,
    TargetExistsError,
)
from app.medium import flush_folder
from app.models.archive_package import Package, PackageFile, ProgressReport, WrittenPackage

PARTIAL = ".partial"
LARGEST_FILE = (1 << 32) - 1
"""Bytes of the largest file an archive holds, so that a copy fits every stick, FAT32 too."""

_FLUSHED_NAME_BYTES = 4096
"""What a file costs beside its bytes: its entry, its share of the manifests, the rest of its last cluster."""

Planned = tuple[tuple[PackageFile, int], ...]


def write_package(package: Package, target_folder: Path, report: ProgressReport | None = None) -> WrittenPackage:
    """Write a package as the bag `target_folder/NAME`, read it back, and only then give it its name.

    Until all bytes are flushed and read back the folder is called NAME.partial; a failure or
    `CancelledError` from the report removes it, and what a killed run left is removed by the next one.
    Raises `TargetExistsError`, `NotEnoughSpaceError` (bytes missing for the package and 10 %),
    `FileTooLargeForMediumError`, `FolderMissingError`, `TargetNotWritableError`, `DriveRemovedError`,
    `AttachmentMissingError`, `ReadBackError`; `MemberNameRefusedError` for names that were built wrong. Progress counts
    payload bytes twice: flushed to the medium (stage `write`), and read again (stage `read_back`).
    """
    check_folder_name(package.name)
    check_members(file.member for file in package.files)
    files: Planned = tuple((file, planned_size(file)) for file in package.files)
    final, partial = target_folder / package.name, target_folder / (package.name + PARTIAL)
    _check_target(target_folder, final, files)
    size = sum(length for _, length in files)
    try:
        with _partial_folder(partial):
            _check_space(target_folder, files)
            return _write(package, files, partial, final, Pace(2 * size, report))
    except MediumFullError as full:
        raise NotEnoughSpaceError(_missing(target_folder, files, at_least=1)) from full


def _write(package: Package, files: Planned, partial: Path, final: Path, pace: Pace) -> WrittenPackage:
    payload_folder = partial / "data"
    with to_target(partial.parent):
        payload_folder.mkdir()
        for folder in sorted({(payload_folder / file.member).parent for file, _ in files}):
            folder.mkdir(parents=True, exist_ok=True)
    found = copy_payload(files, payload_folder, pace)
    size = sum(length for _, length in files)
    tags = {"bagit.txt": DECLARATION, "bag-info.txt": bag_info(package.info, size, len(files))}
    for algorithm in ALGORITHMS:
        sums = {f"data/{member}": digests[algorithm] for member, digests in found.items()}
        tags[f"manifest-{algorithm}.txt"] = manifest(sums)
    tag_manifests = {
        f"tagmanifest-{algorithm}.txt": manifest({name: digest_of(algorithm, text) for name, text in tags.items()})
        for algorithm in ALGORITHMS
    }
    tags |= tag_manifests
    with to_target(partial.parent):
        for name, text in tags.items():
            write_file(partial / name, text)
        flush_tree(partial)
    expected = {f"data/{member}": digests["sha256"] for member, digests in found.items()}
    payload = frozenset(expected)
    expected |= {name: digest_of("sha256", text) for name, text in tags.items()}
    past_cache = read_back(partial, expected, payload, pace)
    with to_target(partial.parent):
        _give_name(partial, final)
        settled = flush_volume(final.parent)
    return WrittenPackage(
        folder=final,
        sha256_manifest_digest=digest_of("sha256", tags["manifest-sha256.txt"]),
        sm3_manifest_digest=digest_of("sm3", tags["manifest-sm3.txt"]),
        files=len(files),
        size=size,
        read_back=past_cache,
        may_be_pulled=settled,
        on_removable=can_be_taken_out(final.parent),
    )


def _give_name(partial: Path, final: Path) -> None:
    """Rename the whole bag and flush its parent; when the flush fails the name is taken back if it can be."""
    if os.path.lexists(final):
        raise TargetExistsError(final.name)
    partial.rename(final)
    try:
        flush_folder(final.parent)
    except OSError:
        with contextlib.suppress(OSError):
            final.rename(partial)
        raise


def _check_target(target: Path, final: Path, files: Planned) -> None:
    if not target.is_dir():
        raise FolderMissingError(str(target), is_file=target.exists())
    with to_target(target):
        if os.path.lexists(final):
            raise TargetExistsError(final.name)
    limit = min(LARGEST_FILE, medium_limits(file_system_of(target)).largest_file or LARGEST_FILE)
    for file, length in files:
        if length > limit:
            raise FileTooLargeForMediumError(file.title or file.member)


def _needed(files: Planned, cluster: int) -> int:
    """Return the bytes the package takes on a medium of this cluster size, and 10 % more."""
    clusters = sum(-(-length // cluster) * cluster + _FLUSHED_NAME_BYTES for _, length in files)
    return (clusters + 16 * cluster) * 11 // 10


def _missing(target: Path, files: Planned, at_least: int = 0) -> int:
    with to_target(target):
        free = shutil.disk_usage(target).free
        cluster = os.statvfs(target).f_frsize if hasattr(os, "statvfs") else 4096
    return max(_needed(files, max(cluster, 512)) - free, at_least)


def _check_space(target: Path, files: Planned) -> None:
    missing = _missing(target, files)
    if missing > 0:
        raise NotEnoughSpaceError(missing)


@contextlib.contextmanager
def _partial_folder(partial: Path) -> Iterator[None]:
    """Make the folder anew and hold it for this run alone; leave nothing of it unless it got its name."""
    with to_target(partial.parent):
        with _held(partial):
            _remove(partial)
        partial.mkdir(mode=0o755)
    try:
        with _held(partial):
            yield
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


@contextlib.contextmanager
def _held(partial: Path) -> Iterator[None]:
    """Lock an existing folder against a second run on the same name, where the system can."""
    if os.name == "nt" or not partial.is_dir() or partial.is_symlink():
        yield
        return
    import fcntl

    fd = os.open(partial, os.O_RDONLY)
    try:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise TargetExistsError(partial.name) from held
        except OSError:
            # This file system knows no locks; O_EXCL still keeps two runs from mixing one file.
            pass
        yield
    finally:
        os.close(fd)


def _remove(partial: Path) -> None:
    """Remove what a killed run left under this name; a link is removed, never followed."""
    if not os.path.lexists(partial):
        return
    if stat.S_ISDIR(partial.lstat().st_mode):
        shutil.rmtree(partial)
    else:
        partial.unlink()
