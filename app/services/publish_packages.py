"""发布包: rich text for a platform's editor, or a folder with .docx, .txt and numbered pictures."""

import re
from pathlib import Path

from app.errors import TargetExistsError, TargetNotWritableError
from app.ledgers.publish_files import rich_html, write_docx, write_txt
from app.models.content import BlockKind
from app.services.publications import AccountPackage, Publications
from app.services.record_room import RecordRoom

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class PublishPackages:
    """Hands out approved content, each account apart."""

    def __init__(self, room: RecordRoom, publications: Publications) -> None:
        self._room, self._publications = room, publications

    def rich_text(self, draft_id: str, account_id: str) -> tuple[str, str]:
        """Return the approved content for one account as HTML and as plain text, for the clipboard."""
        package = self._package(draft_id, account_id)
        html = rich_html(package.content.title, package.content.blocks, self._pictures(package))
        self._publications.note_export(draft_id, account_id, "clipboard")
        return html, write_txt(package.content.title, package.content.blocks)

    def write_folder(self, draft_id: str, target: Path) -> Path:
        """Write the folder of a draft below `target`, one folder an account; return it."""
        packages = self._publications.packages(draft_id)
        with self._room.store.reading() as unit:
            draft = unit.drafts.get(draft_id)
        folder = target / safe_name(f"发布包 {draft.number.short if draft.number else ''} {draft.content.title}")
        if folder.exists():
            raise TargetExistsError(folder.name)
        try:
            for package in packages:
                self._write_account(folder / safe_name(package.caption), package)
        except OSError as refused:
            raise TargetNotWritableError(str(target)) from refused
        for package in packages:
            self._publications.note_export(draft_id, package.account_id, "folder")
        return folder

    def _write_account(self, folder: Path, package: AccountPackage) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        content, pictures = package.content, self._pictures(package)
        stem = safe_name(content.title)
        (folder / f"{stem}.docx").write_bytes(write_docx(content.title, content.blocks, pictures))
        text = write_txt(content.title, content.blocks).replace("\n", "\r\n")
        (folder / f"{stem}.txt").write_bytes(text.encode("utf-8-sig"))
        shown = [b.picture for b in content.blocks if b.kind is BlockKind.PICTURE and b.picture]
        for number, picture in enumerate(shown, start=1):
            caption = f" {safe_name(picture.caption)}" if picture.caption else ""
            ending = picture.name.rpartition(".")[2].lower()[:5] or "png"
            (folder / f"{number:02d}{caption}.{ending}").write_bytes(pictures[picture.sha256])
        for attachment in content.attachments:
            (folder / safe_name(attachment.name)).write_bytes(self._room.files.read(attachment.sha256))

    def _package(self, draft_id: str, account_id: str) -> AccountPackage:
        return next(p for p in self._publications.packages(draft_id) if p.account_id == account_id)

    def _pictures(self, package: AccountPackage) -> dict[str, bytes]:
        found = {b.picture.sha256 for b in package.content.blocks if b.picture}
        return {digest: self._room.files.read(digest) for digest in found}


def safe_name(text: str) -> str:
    """Return a text as a file name: no reserved character, at most 60 characters, never empty."""
    return _UNSAFE.sub(" ", text).strip(" .")[:60].strip(" .") or "未命名"
