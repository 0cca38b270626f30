"""Stored files: named by what they hold, kept whole, found again or reported."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import (
    AttachmentMissingError,
    DriveRemovedError,
    FileUnreadableError,
    NotEnoughSpaceError,
    ReadBackError,
    TargetNotWritableError,
)
from app.models.records import StoredFile
from app.storage import attachments
from app.storage.attachments import AttachmentStore
from tests.storage.putting import put
from tests.storage.small_disk import remount_read_only, small_disk

PICTURE = b"\x89PNG a picture \x00\xff" * 40_000


@pytest.fixture
def files(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "attachments")


def everything(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_file_lies_under_its_digest_and_reads_back(files: AttachmentStore) -> None:
    stored = put(files, PICTURE)
    digest = hashlib.sha256(PICTURE).hexdigest()
    assert stored == StoredFile(digest, len(PICTURE))
    assert files.path(digest) == files.folder / digest[:2] / digest
    assert files.has(digest)
    assert files.holds(stored)
    assert files.read(digest) == PICTURE
    assert everything(files.folder) == {f"{digest[:2]}/{digest}": PICTURE}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.binary(max_size=5000))
def test_any_bytes_come_back_as_they_went_in(files: AttachmentStore, data: bytes) -> None:
    assert files.read(put(files, data).sha256) == data


def test_the_same_bytes_are_kept_once(files: AttachmentStore, tmp_path: Path) -> None:
    source = tmp_path / "通知 附件（终稿）.docx"
    source.write_bytes(PICTURE)
    assert put(files, PICTURE) == put(files, source) == put(files, PICTURE)
    assert len(everything(files.folder)) == 1


def test_the_source_is_only_read(files: AttachmentStore, tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(PICTURE)
    source.chmod(0o440)
    before = (source.stat().st_mtime_ns, source.stat().st_mode, source.stat().st_ino)
    put(files, source)
    assert (source.stat().st_mtime_ns, source.stat().st_mode, source.stat().st_ino) == before
    assert source.read_bytes() == PICTURE


def test_a_link_is_followed_and_what_it_leads_to_is_kept(files: AttachmentStore, tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"real")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert files.read(put(files, tmp_path / "link.txt").sha256) == b"real"


@pytest.mark.parametrize("kind", ["absent", "folder", "pipe", "dangling"])
def test_what_is_no_file_is_told_as_missing(files: AttachmentStore, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "附件.pdf"
    if kind == "folder":
        source.mkdir()
    elif kind == "pipe":
        os.mkfifo(source)
    elif kind == "dangling":
        source.symlink_to("nowhere")
    with pytest.raises(FileUnreadableError) as told:
        put(files, source)
    assert (told.value.name, told.value.reason) == ("附件.pdf", "missing")
    assert everything(tmp_path / "attachments") == {}


def test_a_file_that_may_not_be_read_says_so(
    files: AttachmentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "附件.pdf"
    source.write_bytes(b"x")
    source.chmod(0)
    if os.geteuid() == 0:
        # Root may read everything; the system's answer is given in its place.
        real = os.open

        def refused(path: object, *rest: int) -> int:
            if path == source:
                raise PermissionError(13, "Permission denied")
            return real(path, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(os, "open", refused)
    with pytest.raises(FileUnreadableError) as told:
        put(files, source)
    assert told.value.reason == "no_permission"


def test_an_altered_file_is_never_handed_out(files: AttachmentStore) -> None:
    stored = put(files, PICTURE)
    files.path(stored.sha256).write_bytes(PICTURE[:-1] + b"!")
    with pytest.raises(AttachmentMissingError) as told:
        files.read(stored.sha256)
    assert told.value.sha256 == stored.sha256
    assert files.has(stored.sha256)


@pytest.mark.parametrize("damage", [PICTURE[:-1], PICTURE[:-1] + b"!", b""])
def test_putting_the_same_bytes_again_heals_an_altered_file(files: AttachmentStore, damage: bytes) -> None:
    stored = put(files, PICTURE)
    files.path(stored.sha256).write_bytes(damage)
    put(files, PICTURE)
    assert files.read(stored.sha256) == PICTURE


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "/" * 64])
def test_what_is_no_digest_leads_nowhere(files: AttachmentStore, sha256: str) -> None:
    for act in (files.path, files.read, files.has, files.remove):
        with pytest.raises(AttachmentMissingError):
            act(sha256)


def test_a_missing_file_is_reported(files: AttachmentStore) -> None:
    with pytest.raises(AttachmentMissingError):
        files.read("0" * 64)
    assert not files.has("0" * 64)
    assert not files.holds(StoredFile("0" * 64, 0))


def test_a_removed_file_is_overwritten_and_gone(files: AttachmentStore, tmp_path: Path) -> None:
    stored = put(files, PICTURE)
    other = tmp_path / "kept"
    os.link(files.path(stored.sha256), other)
    files.remove(stored.sha256)
    assert not files.has(stored.sha256)
    assert everything(files.folder) == {}
    assert other.read_bytes() == bytes(len(PICTURE))
    files.remove(stored.sha256)


def test_a_writing_that_fails_leaves_nothing(files: AttachmentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_fd: int) -> None:
        raise OSError(5, "Input/output error")

    put(files, b"first")
    before = everything(files.folder)
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(DriveRemovedError):
        put(files, PICTURE)
    assert everything(files.folder) == before


def test_a_full_disk_names_the_missing_bytes_and_leaves_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        files = AttachmentStore(disk / "attachments")
        kept = put(files, b"kept")
        source = tmp_path / "big.bin"
        source.write_bytes(bytes(3 << 20))
        for big in (bytes(3 << 20), source):
            with pytest.raises(NotEnoughSpaceError) as told:
                put(files, big)
            assert 1 << 20 <= told.value.missing <= 3 << 20
        assert everything(files.folder) == {f"{kept.sha256[:2]}/{kept.sha256}": b"kept"}
        assert files.read(put(files, b"small again").sha256) == b"small again"


def test_a_read_only_disk_is_reported(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1 << 20) as disk:
        files = AttachmentStore(disk / "attachments")
        put(files, b"kept")
        remount_read_only(disk)
        with pytest.raises(TargetNotWritableError):
            put(files, b"more")


def test_a_received_file_has_no_name_until_it_is_settled(files: AttachmentStore) -> None:
    received = files.receive(PICTURE)
    assert not files.has(received.stored.sha256)
    files.discard(received)
    assert everything(files.folder) == {}
    received = files.receive(PICTURE)
    stored = files.settle(received)
    files.discard(received)
    assert files.settle(received) == stored
    assert files.read(stored.sha256) == PICTURE
    assert list(everything(files.folder)) == [f"{stored.sha256[:2]}/{stored.sha256}"]


def test_of_two_who_keep_the_same_bytes_one_refused_takes_nothing_from_the_other(files: AttachmentStore) -> None:
    ours, theirs = files.receive(PICTURE), AttachmentStore(files.folder).receive(PICTURE)
    stored = files.settle(ours)
    files.discard(theirs)
    assert files.read(stored.sha256) == PICTURE


def test_a_removal_that_broke_off_is_finished_by_the_next(
    files: AttachmentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = put(files, PICTURE)

    def broken_off(_path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(attachments, "overwrite", broken_off)
        with pytest.raises(KeyboardInterrupt):
            files.remove(stored.sha256)
    assert PICTURE in everything(files.folder).values()
    files.remove(stored.sha256)
    assert everything(files.folder) == {}


def test_only_old_leftovers_are_swept(files: AttachmentStore) -> None:
    stored = put(files, PICTURE)
    incoming = files.folder / "incoming"
    (incoming / "old.part").write_bytes(b"half")
    (incoming / "new.part").write_bytes(b"being written by a command beside the window")
    os.utime(incoming / "old.part", (1_000_000_000, 1_000_000_000))
    put(AttachmentStore(files.folder), b"another")
    assert sorted(path.name for path in incoming.iterdir()) == ["new.part"]
    assert files.sweep() == 0
    assert files.read(stored.sha256) == PICTURE


def test_looking_at_a_store_changes_nothing(tmp_path: Path) -> None:
    files = AttachmentStore(tmp_path / "attachments")
    assert not files.has("0" * 64)
    assert files.sweep() == 0
    assert list(tmp_path.iterdir()) == []


def test_another_store_s_file_is_taken_only_when_it_is_what_its_name_says(
    files: AttachmentStore, tmp_path: Path
) -> None:
    other = AttachmentStore(tmp_path / "other")
    done: list[int] = []
    good, bad = put(other, PICTURE), put(other, b"bad")
    other.path(bad.sha256).write_bytes(b"BAD")
    assert files.copy_from(other, good.sha256, done.append) == good
    assert sum(done) == len(PICTURE)
    for sha256 in (bad.sha256, "0" * 64):
        with pytest.raises(AttachmentMissingError):
            files.copy_from(other, sha256, done.append)
    assert list(everything(files.folder).values()) == [PICTURE]


def test_a_copy_that_does_not_read_back_is_reported(
    files: AttachmentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = AttachmentStore(tmp_path / "other")
    stored = put(other, PICTURE)
    monkeypatch.setattr(attachments, "digest_of", lambda path, from_medium=False: "f" * 64)
    with pytest.raises(ReadBackError):
        files.copy_from(other, stored.sha256, lambda _count: None)
