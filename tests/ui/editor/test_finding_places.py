import pytest

from app.models.content import Block, BlockKind, Content, Picture, Variant
from app.ui.editor.finding_places import place_of

BLOCKS = (
    Block(BlockKind.HEADING, "题", 1),
    Block(BlockKind.PARAGRAPH, "一"),
    Block(BlockKind.PICTURE, picture=Picture("a" * 64, "图")),
    Block(BlockKind.TABLE, rows=(("a",),)),
    Block(BlockKind.BULLET, "二"),
    Block(BlockKind.PICTURE, picture=Picture("b" * 64, "图")),
)
CONTENT = Content(blocks=BLOCKS, variants=(Variant("acc:2", blocks=BLOCKS[1:]),))


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("title", "标题"),
        ("summary", "摘要"),
        ("block:0", "小标题"),
        ("block:1", "正文第 2 段"),
        ("block:4", "正文第 3 段"),
        ("block:5", "第 2 张图片的说明"),
        ("block:2:licence", "第 1 张图片的授权说明"),
        ("block:3:row:1:cell:0", "第 1 个表格第 2 行"),
        ("variant:acc:2:title", "微博“示例”的标题"),
        ("variant:acc:2:block:0", "微博“示例”的正文第 1 段"),
        ("variant:acc:2:block:1:licence", "微博“示例”的第 1 张图片的授权说明"),
        ("variant:gone:title", "单独文案的标题"),
        ("attachment:0", "附件"),
        ("source_link", "原文链接或文号"),
        ("map_number", "审图号"),
        ("block:99", "正文第 3 段"),
    ],
)
def test_a_place_is_named_as_a_person_would(field: str, place: str) -> None:
    assert place_of(field, CONTENT, {"acc:2": "微博“示例”"}) == place
