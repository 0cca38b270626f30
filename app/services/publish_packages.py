"""发布包: rich text for a platform's editor, or a folder with .docx, .txt and numbered pictures."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

from app.errors import NotApprovedError, NotEnoughSpaceError, TargetExistsError, TargetNotWritableError
from app.ledgers.picture_head import picture_head
from app.ledgers.publish_files import rich_html, write_docx, write_txt
from app.models.content import BlockKind, Content
from app.models.file_names import UNSAFE, safe_name
from app.services.publications import AccountPackage, Publications
from app.services.record_room import RecordRoom

PrintPicture = Callable[[bytes], bytes]
"""Turns any stored picture into a JPEG or PNG; from `app.intake.pictures`."""

_EVERYWHERE = {"jpeg": "jpg", "png": "png", "gif": "gif"}
"""Kinds of picture that Word, the clipboard and every platform take as they are, and how their files end."""


class PublishPackages:
    """Hands out approved content, each account apart."""

    def __init__(self, room: RecordRoom, publications: Publications, print_picture: PrintPicture) -> None:
        self._room, self._publications, self._print_picture = room, publications, print_picture

    def rich_text(self, draft_id: str, account_id: str) -> tuple[str, str]:
        """Return the approved content for one account as HTML and as plain text, for the clipboard."""
        content = self._package(draft_id, account_id).content
        html = rich_html(content.title, content.blocks, self._pictures(content))
        self._publications.note_export(draft_id, account_id, "clipboard")
        # A line that stands for a picture would be published with the rest.
        return html, write_txt(content.title, content.blocks, name_pictures=False)

    def write_folder(self, draft_id: str, target: Path) -> Path:
        """Write the folder of a draft below `target`, one folder an account that the person publishes; return it.

        Raises `TargetExistsError`, `TargetNotWritableError`, `NotEnoughSpaceError`; then nothing is left behind.
        """
        packages = self._publications.own_packages(draft_id)
        with self._room.store.reading() as unit:
            draft = unit.drafts.get(draft_id)
        name = safe_name(f"发布包 {draft.number.short if draft.number else ''} {draft.content.title}")
        folder, part = target / name, target / f"{name}.part"
        if folder.exists():
            raise TargetExistsError(folder.name)
        try:
            self._write(part, packages)
            part.rename(folder)
        except OSError as refused:
            shutil.rmtree(part, ignore_errors=True)
            if refused.errno == errno.ENOSPC:
                raise NotEnoughSpaceError(self._size(packages)) from refused
            raise TargetNotWritableError(str(target)) from refused
        for package in packages:
            self._publications.note_export(draft_id, package.account_id, "folder")
        return folder

    def _write(self, part: Path, packages: tuple[AccountPackage, ...]) -> None:
        # What an interrupted writing left; the name is ours alone.
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        names = _Names()
        for package in packages:
            folder = part / names.free(package.caption)
            folder.mkdir()
            self._write_account(folder, package.content)

    def _write_account(self, folder: Path, content: Content) -> None:
        names, pictures = _Names(), self._pictures(content)
        docx = write_docx(content.title, content.blocks, pictures)
        (folder / names.free(content.title, ".docx")).write_bytes(docx)
        text = write_txt(content.title, content.blocks).replace("\n", "\r\n")
        (folder / names.free(content.title, ".txt")).write_bytes(text.encode("utf-8-sig"))
        if content.summary.strip():
            summary = content.summary.replace("\n", "\r\n")
            (folder / names.free("摘要", ".txt")).write_bytes(summary.encode("utf-8-sig"))
        if content.video is not None and content.video.cover_sha256:
            cover = self._shown(content.video.cover_sha256)
            (folder / names.free("封面", _ending(cover))).write_bytes(cover)
        shown = [b.picture for b in content.blocks if b.kind is BlockKind.PICTURE and b.picture]
        for number, picture in enumerate(shown, start=1):
            data = pictures[picture.sha256]
            name = f"{number:02d} {picture.caption}" if picture.caption.strip() else f"{number:02d}"
            (folder / names.free(name, _ending(data))).write_bytes(data)
        for attachment in content.attachments:
            stem, dot, ending = attachment.name.rpartition(".")
            stem, ending = (stem, dot + ending) if stem and len(ending) <= 8 else (attachment.name, "")
            (folder / names.free(stem, ending)).write_bytes(self._room.files.read(attachment.sha256))

    def _package(self, draft_id: str, account_id: str) -> AccountPackage:
        packages = self._publications.packages(draft_id)
        found = next((package for package in packages if package.account_id == account_id), None)
        if found is None:
            raise NotApprovedError
        return found

    def _pictures(self, content: Content) -> dict[str, bytes]:
        return {digest: self._shown(digest) for digest in {b.picture.sha256 for b in content.blocks if b.picture}}

    def _shown(self, sha256: str) -> bytes:
        """Return a picture in a form that Word and every platform take; what they all take stays as it is."""
        data = self._room.files.read(sha256)
        head = picture_head(data)
        return data if head is not None and head.kind in _EVERYWHERE else self._print_picture(data)

    def _size(self, packages: tuple[AccountPackage, ...]) -> int:
        digests = [digest for package in packages for digest in package.content.file_digests()]
        return sum(self._room.files.path(digest).stat().st_size for digest in digests if self._room.files.has(digest))


class _Names:
    """Names within one folder, none twice, whatever the case."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def free(self, stem: str, ending: str = "") -> str:
        """Return a safe name that is not yet taken, and take it."""
        stem, ending = safe_name(stem), UNSAFE.sub("", ending)
        name, count = stem + ending, 1
        while name.casefold() in self._used:
            count += 1
            name = f"{stem}（{count}）{ending}"
        self._used.add(name.casefold())
        return name


def _ending(picture: bytes) -> str:
    head = picture_head(picture)
    return f".{_EVERYWHERE[head.kind]}" if head is not None and head.kind in _EVERYWHERE else ".png"
