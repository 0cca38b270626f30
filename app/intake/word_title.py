"""Which paragraph of a Word file is the title: its style says so, or it stands first, centred and short."""

import re

from app.intake.text_import import could_be_title
from app.intake.word_blocks import PlacedBlock
from app.intake.word_styles import Role
from app.models.content import Block, BlockKind

_LOOKED_AT = 8
_LONGEST_STYLED = 200
_LETTERHEAD = re.compile(r".*〔\d{4}〕.*号|.{2,30}文件|.*(?:签发人|编号|特急|加急|平急)[：:]?.*")


def without_title(placed: list[PlacedBlock]) -> tuple[str, int, list[PlacedBlock], list[str]]:
    """Return the title, its line, the blocks without it, and sentences for the person."""
    for rule in (_styled, _heading, _centred):
        for place, item in enumerate(placed[:_LOOKED_AT]):
            if item.block.kind in {BlockKind.TABLE, BlockKind.PICTURE}:
                continue
            if rule(item):
                title = item.block.text
                rest = [*placed[:place], *placed[place + 1 :]]
                return title, item.line, _raised(_body(rest)), _told(title, place, sure=rule is _styled)
            if rule is not _styled and _is_body(item):
                break
    return "", 0, _body(placed), ["没有认出标题，请填写标题。"]


def _styled(item: PlacedBlock) -> bool:
    return item.role is Role.TITLE and len(item.block.text) <= _LONGEST_STYLED


def _heading(item: PlacedBlock) -> bool:
    return item.block.kind is BlockKind.HEADING and item.block.level == 1 and could_be_title(item.block.text)


def _centred(item: PlacedBlock) -> bool:
    text = item.block.text
    return item.centred and could_be_title(text) and _LETTERHEAD.fullmatch(text) is None


def _is_body(item: PlacedBlock) -> bool:
    """Say whether the text has begun, so that a title is no longer to be expected."""
    return item.role is Role.BODY and not item.centred and len(item.block.text) > 30


def _told(title: str, place: int, *, sure: bool) -> list[str]:
    if sure:
        return []
    if place:
        return [f"标题取自“{title}”，它前面还有 {place} 段，请核对。"]
    return [f"标题取自第一段“{title}”，请核对。"]


def _body(placed: list[PlacedBlock]) -> list[PlacedBlock]:
    """Make a second line in the style of a title a heading of the text."""
    for item in placed:
        if item.role is Role.TITLE and item.block.kind is BlockKind.PARAGRAPH:
            item.block = Block(BlockKind.HEADING, item.block.text, 1)
    return placed


def _raised(placed: list[PlacedBlock]) -> list[PlacedBlock]:
    """Let the headings begin at level 1 when the only one of level 1 was the title."""
    levels = {item.block.level for item in placed if item.block.kind is BlockKind.HEADING}
    if levels and 1 not in levels:
        for item in placed:
            if item.block.kind is BlockKind.HEADING:
                item.block = Block(BlockKind.HEADING, item.block.text, item.block.level - 1)
    return placed
