"""Where a finding stands, as a person would say it."""

import re
from collections.abc import Mapping

from app.labels import field_label
from app.models.content import Block, BlockKind, Content

_VARIANT = re.compile(r"variant:(?P<account>.+?):(?P<rest>title$|block:.*)")
_BLOCK = re.compile(r"block:(?P<number>\d+)(?::row:(?P<row>\d+):cell:(?P<cell>\d+))?(?P<licence>:licence)?")


def place_of(field: str, content: Content, accounts: Mapping[str, str]) -> str:
    """Return the place of a field: 标题, 正文第 3 段, 微博“示例”的表格第 2 行; `accounts` gives captions by id."""
    variant = _VARIANT.fullmatch(field)
    if variant is not None:
        found = content.variant_for(variant["account"])
        name = accounts.get(variant["account"], "单独文案")
        return f"{name}的{_within(variant['rest'], found.blocks if found else ())}"
    return _within(field, content.blocks)


def _within(field: str, blocks: tuple[Block, ...]) -> str:
    place = _BLOCK.fullmatch(field)
    if place is None:
        return field_label(field.partition(":")[0])
    number = int(place["number"])
    if place["row"] is not None:
        return f"{_nth(blocks, number, BlockKind.TABLE, '表格')}第 {int(place['row']) + 1} 行"
    if number < len(blocks) and blocks[number].kind is BlockKind.PICTURE:
        return _nth(blocks, number, BlockKind.PICTURE, "图片") + ("的授权说明" if place["licence"] else "的说明")
    if number < len(blocks) and blocks[number].kind is BlockKind.HEADING:
        return "小标题"
    words = sum(b.kind not in {BlockKind.TABLE, BlockKind.PICTURE} for b in blocks[: number + 1])
    return f"正文第 {words} 段"


def _nth(blocks: tuple[Block, ...], number: int, kind: BlockKind, name: str) -> str:
    count = sum(block.kind is kind for block in blocks[: number + 1])
    return f"第 {count} 个{name}" if kind is BlockKind.TABLE else f"第 {count} 张{name}"
