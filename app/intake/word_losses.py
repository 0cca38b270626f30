"""What of a Word file does not become part of the draft: counted, kept for the secrecy check, told in sentences."""

from collections import Counter
from enum import StrEnum


class Loss(StrEnum):
    """The kinds of thing that stay behind, in the order they are told."""

    DELETED = "deleted"
    INSERTED = "inserted"
    """Not lost: taken over as accepted, but the person should know."""
    HIDDEN = "hidden"
    COMMENT = "comment"
    HEADER = "header"
    CONTENTS_LIST = "contents_list"
    TEXT_BOX = "text_box"
    NOTE = "note"
    TABLE_PICTURE = "table_picture"
    NESTED_TABLE = "nested_table"
    FORMULA = "formula"
    SCRIPT = "script"
    PINYIN = "pinyin"
    CHART = "chart"
    EMBEDDED = "embedded"


_SENTENCES = {
    Loss.HIDDEN: "文件里有隐藏文字，没有导入。",
    Loss.COMMENT: "文件里有批注，没有导入。",
    Loss.HEADER: "页眉页脚没有导入。",
    Loss.CONTENTS_LIST: "自动生成的目录没有导入。",
    Loss.TEXT_BOX: "文本框里的文字放在了所在段落之后，请核对位置。",
    Loss.NOTE: "脚注和尾注按“［1］”的写法放在了正文末尾。",
    Loss.TABLE_PICTURE: "表格里的图片放在了表格之后，请核对位置。",
    Loss.NESTED_TABLE: "表格里套的表格已改成单元格里的文字，请核对。",
    Loss.FORMULA: "公式只导入了其中的文字，请核对。",
    Loss.SCRIPT: "文件里有写不成上标或下标的字，已作为普通文字导入，请核对。",
    Loss.PINYIN: "文字上方的拼音注音没有导入。",
    Loss.CHART: "文件里的图表或图形没有导入，请截图后作为图片插入。",
    Loss.EMBEDDED: "嵌在文件里的其他文档没有导入，请单独打开核对。",
}
_REVISED = "文件带有修订痕迹，已按“接受全部修订”导入，请核对。"
_MOST_KEPT = 500_000


class Losses:
    """Collects what stays behind while one document is read."""

    def __init__(self) -> None:
        self._counts: Counter[Loss] = Counter()
        self._words: dict[Loss, list[str]] = {}
        self._size = 0

    def count(self, loss: Loss) -> None:
        """Note that something of this kind was met."""
        self._counts[loss] += 1

    def leave(self, loss: Loss, words: str) -> None:
        """Keep words that stand in the file but not in the draft."""
        if words.strip():
            self._counts[loss] += 1
        if self._size < _MOST_KEPT:
            self._words.setdefault(loss, []).append(words)
            self._size += len(words)

    def end_paragraph(self) -> None:
        """Keep the words of one paragraph apart from those of the next."""
        for words in self._words.values():
            if words[-1] != "\n":
                words.append("\n")

    def left_out(self) -> tuple[str, ...]:
        """Return the words left behind, one paragraph each."""
        lines = (line.strip() for words in self._words.values() for line in "".join(words).split("\n"))
        return tuple(line for line in lines if line)

    def sentences(self) -> list[str]:
        """Tell what was left behind, one sentence a kind."""
        told = [_REVISED] if self._counts[Loss.DELETED] or self._counts[Loss.INSERTED] else []
        return told + [sentence for loss, sentence in _SENTENCES.items() if self._counts[loss]]
