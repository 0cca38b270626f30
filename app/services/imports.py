"""Files people drop: a Word or text file becomes a draft, a list of earlier posts becomes 补录."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.intake.dropped_file import read_dropped
from app.intake.earlier_posts import EarlierPosts, read_earlier_posts
from app.intake.outside_file import opened
from app.intake.pictures import LARGEST_PICTURE, inspect_picture, thumbnail
from app.intake.word_import import ImportedText
from app.labels import long_date, parted_note
from app.models.account import Account
from app.models.clock import beijing_day
from app.models.content import Block, BlockKind, Content, Picture, parted, sentence_parts
from app.models.draft import Draft, check_lengths
from app.services.drafts import Drafts
from app.services.earlier_publications import EarlierEntry
from app.services.publications import Publications


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

    def __init__(self, drafts: Drafts, publications: Publications, clock: Callable[[], datetime]) -> None:
        self._drafts, self._publications, self._clock = drafts, publications, clock

    def draft_from_file(self, path: Path) -> ImportedDraft:
        """Start a draft from a .docx or .txt; the dropped file is kept beside it and never changed.

        Raises `FileUnreadableError` with the reason, or `SecrecyMarkError` with nothing kept.
        """
        imported = self.text_from_file(path)
        check_lengths(Content(title=imported.title, blocks=imported.blocks))
        blocks = self.keep_pictures(imported)
        return ImportedDraft(self._drafts.start(Content(title=imported.title, blocks=blocks), path), imported.notes)

    def text_from_file(self, path: Path) -> ImportedText:
        """Read a .docx or .txt for a draft without keeping anything; a paragraph of a whole book is divided and told.

        Raises `FileUnreadableError` with the reason, or `SecrecyMarkError` for a mark anywhere in the file: one in a
        page header, a comment or a deleted line counts as one in the text.
        """
        imported = _handy(self._read(path))
        unseen = (Content(blocks=(Block(BlockKind.PARAGRAPH, words),)) for words in imported.left_out)
        content = Content(title=imported.title, blocks=imported.blocks)
        self._drafts.refuse_secrecy_marks("import", path.name, content, *unseen)
        return imported

    def plain_text(self, path: Path) -> str:
        """Return the words of a file, e.g. of what was published; nothing is kept."""
        imported = self._read(path)
        words = [block.plain for block in imported.blocks]
        # Of a text file without a blank line below its first, that line is title and paragraph both.
        told = not imported.title_line and words[:1] == [imported.title]
        return "\n".join(part for part in ("" if told else imported.title, *words) if part)

    def _read(self, path: Path) -> ImportedText:
        imported = read_dropped(path)
        return replace(imported, blocks=parted(imported.blocks))

    def keep_pictures(self, imported: ImportedText) -> tuple[Block, ...]:
        """Store the pictures of an imported text; its blocks already name them by digest."""
        for picture in imported.pictures.values():
            self._drafts.keep_file(picture.data)
        return imported.blocks

    def picture_block(self, data: bytes, name: str) -> Block:
        """Store a pasted or dropped picture and return its block."""
        inspect_picture(data)
        return Block(BlockKind.PICTURE, picture=Picture(self._drafts.keep_file(data), name))

    def keep_picture(self, path: Path) -> str:
        """Store a picture file as it is, e.g. a video's cover; return its SHA-256."""
        with opened(path, LARGEST_PICTURE) as file:
            data = file.read()
        inspect_picture(data)
        return self._drafts.keep_file(data)

    def preview(self, data: bytes | Path, side: int) -> bytes:
        """Return a picture that is not kept yet as a small PNG, at most `side` pixels wide and high.

        Raises `FileUnreadableError` when it could not be kept either.
        """
        inspect_picture(data)
        return thumbnail(data, side)

    def thumbnail(self, sha256: str, side: int) -> bytes:
        """Return a stored picture as a small PNG, at most `side` pixels wide and high."""
        return thumbnail(self._drafts.file(sha256), side)

    def earlier_rows(self, path: Path, accounts: tuple[Account, ...]) -> tuple[EarlierRow, ...]:
        """Preview a list of earlier posts: every row, and what is wrong with it."""
        posts: EarlierPosts = read_earlier_posts(path)
        names = _AccountNames(accounts)
        now, first_day = self._clock(), self._publications.earlier.first_day()
        reach = self._publications.earlier.reach()
        rows: list[EarlierRow] = []
        for post in posts.rows:
            account, problem, entry = None, post.problem, None
            when = post.published_at.isoformat() if post.published_at else ""
            if not problem:
                account, problem = names.find(post.platform, post.account_name)
            if not problem and account is not None and not reach.covers((account.id,)):
                problem = f"您的角色不管{account.caption}，请由管这个账号的人补录。"
            if not problem and post.published_at is not None and post.published_at > now:
                problem = "发布时间还没有到，请核对。"
            if not problem and post.published_at is not None and beijing_day(post.published_at) >= first_day:
                problem = f"{long_date(first_day)}起已用本程序，这天以后的请登记发布，不能补录。"
            if not problem and re.search(r"\s", post.link):
                problem = "链接中间有空格，请从浏览器地址栏重新复制。"
            if not problem and account is not None and post.published_at is not None:
                entry = EarlierEntry(account.id, post.title, post.published_at, post.link)
            shown = post.platform + post.account_name
            rows.append(EarlierRow(post.line, shown, post.title, when, post.link, problem, entry))
        return self._without_known(rows)

    def _without_known(self, rows: list[EarlierRow]) -> tuple[EarlierRow, ...]:
        """Take out what is on record already, or stands in the list twice."""
        recorded = set(self._publications.earlier.recorded(tuple(row.entry for row in rows if row.entry is not None)))
        seen: set[EarlierEntry] = set()
        kept = []
        for row in rows:
            if row.entry is not None and (row.entry in recorded or row.entry in seen):
                row = replace(row, problem="已有相同记录，不再重复补录。", entry=None)
            elif row.entry is not None:
                seen.add(row.entry)
            kept.append(row)
        return tuple(kept)

    def record_earlier(self, rows: tuple[EarlierRow, ...]) -> int:
        """补录 the rows that can be recorded; return how many were added."""
        return self._publications.earlier.record(tuple(row.entry for row in rows if row.entry is not None))


def _handy(imported: ImportedText) -> ImportedText:
    """Divide what would make every key slow at the ends of its sentences, and say so."""
    blocks: list[Block] = []
    notes = list(imported.notes)
    for block in imported.blocks:
        parts = sentence_parts(block.text)
        blocks += [replace(block, text=part) for part in parts]
        if len(parts) > 1:
            notes.append(parted_note(len(block.text), len(parts)))
    return replace(imported, blocks=tuple(blocks), notes=tuple(notes))


class _AccountNames:
    """Finds the account that a list means: by name, by name with platform, or the only one there is."""

    def __init__(self, accounts: tuple[Account, ...]) -> None:
        self._accounts = accounts
        self._by_name: dict[str, list[Account]] = {}
        for account in accounts:
            # Two ways of writing may be one without marks and blanks.
            for name in {_bare(n) for n in (account.name, account.caption, f"{account.platform}{account.name}")}:
                self._by_name.setdefault(name, []).append(account)

    def find(self, platform: str, name: str) -> tuple[Account | None, str]:
        """Return the account, or why none is meant for certain, in a sentence."""
        if not name and not platform:
            if len(self._accounts) == 1:
                return self._accounts[0], ""
            return None, "没有写账号名称。"
        found = self._by_name.get(_bare(name), []) if name else list(self._accounts)
        if platform:
            whole = self._by_name.get(_bare(platform + name), [])
            found = whole or [account for account in found if _alike(account.platform, platform)]
        if len(found) == 1:
            return found[0], ""
        shown = f"{platform}“{name}”" if platform and name else f"“{name or platform}”"
        if found:
            return None, f"叫{shown}的账号不止一个，请在表里写明平台和账号名称。"
        return None, f"没有名为{shown}的账号，请先在“账号”页登记。"


def _alike(one: str, other: str) -> bool:
    """Say whether two names mean one platform: 微博 is 新浪微博."""
    one, other = _bare(one), _bare(other)
    return one in other or other in one


def _bare(name: str) -> str:
    """Write a name so that width, case, blanks and quotation marks do not tell two apart."""
    return re.sub(r"[\s“”\"'‘’「」《》（）()\-—·]", "", unicodedata.normalize("NFKC", name)).casefold()
