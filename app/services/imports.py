"""Files people drop: a Word or text file becomes a draft, a list of earlier posts becomes 补录."""

from dataclasses import dataclass
from pathlib import Path

from app.intake.dropped_file import read_dropped
from app.intake.earlier_posts import EarlierPosts, read_earlier_posts
from app.intake.pictures import inspect_picture, thumbnail
from app.intake.word_import import ImportedText
from app.models.account import Account
from app.models.content import Block, BlockKind, Content, Picture
from app.models.draft import Draft
from app.services.drafts import Drafts
from app.services.publications import EarlierEntry, Publications


@dataclass(frozen=True)
class ImportedDraft:
    """A draft made from a dropped file, and what could not be taken over, in sentences."""

    draft: Draft
    notes: tuple[str, ...]


@dataclass(frozen=True)
class EarlierRow:
    """One row of a 补录 list with what is to be done with it; `problem` is empty when it can be recorded."""

    line: int
    account_name: str
    title: str
    when: str
    link: str
    problem: str
    entry: EarlierEntry | None


class Imports:
    """The in-tray."""

    def __init__(self, drafts: Drafts, publications: Publications) -> None:
        self._drafts, self._publications = drafts, publications

    def draft_from_file(self, path: Path) -> ImportedDraft:
        """Start a draft from a .docx or .txt; the dropped file is kept beside it and never changed.

        Raises `FileUnreadableError` with the reason, or `SecrecyMarkError` with nothing kept.
        """
        imported = self.read(path)
        content = Content(title=imported.title, blocks=imported.blocks)
        if not self._drafts.secrecy_clear(content):
            # Nothing of such a file may stay on this PC, its pictures neither.
            self._drafts.start(content)
        blocks = self.keep_pictures(imported)
        return ImportedDraft(self._drafts.start(Content(title=imported.title, blocks=blocks), path), imported.notes)

    def read(self, path: Path) -> ImportedText:
        """Read a dropped file without keeping anything."""
        return read_dropped(path)

    def plain_text(self, path: Path) -> str:
        """Return the words of a file, e.g. of what was published; nothing is kept."""
        imported = self.read(path)
        return "\n".join(part for part in (imported.title, *(block.plain for block in imported.blocks)) if part)

    def keep_pictures(self, imported: ImportedText) -> tuple[Block, ...]:
        """Store the pictures of an imported text; its blocks already name them by digest."""
        for picture in imported.pictures.values():
            self._drafts.keep_file(picture.data)
        return imported.blocks

    def picture_block(self, data: bytes, name: str) -> Block:
        """Store a pasted or dropped picture and return its block."""
        inspect_picture(data)
        return Block(BlockKind.PICTURE, picture=Picture(self._drafts.keep_file(data), name))

    def thumbnail(self, sha256: str, side: int) -> bytes:
        """Return a stored picture as a small PNG, at most `side` pixels wide and high."""
        return thumbnail(self._drafts.file(sha256), side)

    def earlier_rows(self, path: Path, accounts: tuple[Account, ...]) -> tuple[EarlierRow, ...]:
        """Preview a list of earlier posts: every row, and what is wrong with it."""
        posts: EarlierPosts = read_earlier_posts(path)
        by_name = {name: a for a in accounts for name in (a.name, a.caption, f"{a.platform}{a.name}")}
        rows: list[EarlierRow] = []
        seen: set[tuple[str, str, str]] = set()
        for post in posts.rows:
            account = by_name.get(post.account_name.strip()) or (
                accounts[0] if len(accounts) == 1 and not post.account_name.strip() else None
            )
            problem, entry = post.problem, None
            when = post.published_at.isoformat() if post.published_at else ""
            if not problem and account is None:
                problem = f"没有名为“{post.account_name}”的账号，请先在“账号”页登记。"
            if not problem and account is not None and post.published_at is not None:
                entry = EarlierEntry(account.id, post.title, post.published_at, post.link)
                key = (account.id, post.title, when)
                if key in seen or self._publications.is_recorded(entry):
                    problem, entry = "已有相同记录，不再重复补录。", None
                seen.add(key)
            rows.append(EarlierRow(post.line, post.account_name, post.title, when, post.link, problem, entry))
        return tuple(rows)

    def record_earlier(self, rows: tuple[EarlierRow, ...]) -> int:
        """补录 the rows that can be recorded; return how many were added."""
        return self._publications.record_earlier(tuple(row.entry for row in rows if row.entry is not None))
