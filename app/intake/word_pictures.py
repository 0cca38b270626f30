"""The pictures of a Word file: taken over as they are, turned and cropped as Word shows them, or told about."""

import hashlib
import posixpath

from app.errors import FileUnreadableError
from app.intake.imported_text import ImportedPicture
from app.intake.pictures import as_png, inspect_picture, reshaped
from app.intake.word_package import WordPackage
from app.intake.word_runs import DrawnPicture
from app.models.content import Block, BlockKind, Picture

_VECTORS = {".emf", ".wmf", ".emz", ".wmz", ".svg"}
_UNSHOWN = {"tiff", "bmp"}
_TOLD = 8


class WordPictures:
    """Stores each picture once; ask in reading order, the number stands in the sentences."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._relations = package.relations(package.main)
        self._known: dict[DrawnPicture, Picture | None] = {}
        self._count = 0
        self._failures: dict[str, list[int]] = {}
        self.kept: dict[str, ImportedPicture] = {}

    def block(self, drawn: DrawnPicture) -> Block | None:
        """Return the block of a picture, or None when it cannot be taken over (`sentences` tells)."""
        self._count += 1
        if drawn in self._known:
            picture = self._known[drawn]
        else:
            picture = self._known[drawn] = self._taken(drawn)
        return None if picture is None else Block(BlockKind.PICTURE, picture=picture)

    def sentences(self) -> list[str]:
        """Tell which pictures were not taken over, and what to do."""
        told = []
        for fact, numbers in self._failures.items():
            shown = "、".join(str(number) for number in numbers[:_TOLD])
            more = f"等 {len(numbers)} 张" if len(numbers) > _TOLD else ""
            told.append(f"图片 {shown}{more}{fact}")
        return told

    def _taken(self, drawn: DrawnPicture) -> Picture | None:
        kind, part = self._relations.get(drawn.relation, ("", ""))
        data = self._package.read(part) if part and not drawn.outside else None
        if kind and not part:
            return self._lost("没有存在文件里，只是一个链接，没有导入，请找到原图后插入。")
        if data is None:
            return self._lost("在文件里找不到，没有导入，请找到原图后插入。")
        ending = posixpath.splitext(part)[1].lower()
        if ending in _VECTORS:
            return self._lost("是矢量格式，没有导入，请截图后作为图片插入。")
        try:
            facts = inspect_picture(data)
            if drawn.turns or any(drawn.crop):
                data = reshaped(data, drawn.crop, drawn.turns)
                facts = inspect_picture(data)
            elif facts.kind in _UNSHOWN:
                data = as_png(data)
                facts = inspect_picture(data)
        except FileUnreadableError as refused:
            if refused.reason == "picture_too_large":
                return self._lost("尺寸过大，没有导入，请缩小后再插入。")
            return self._lost("已损坏或者格式认不出来，没有导入，请找到原图后插入。")
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.kept:
            name = f"图片{self._count}.{'jpg' if facts.kind == 'jpeg' else facts.kind}"
            self.kept[digest] = ImportedPicture(data, name, f"image/{facts.kind}", facts.width, facts.height)
        return Picture(digest, self.kept[digest].name)

    def _lost(self, fact: str) -> Picture | None:
        self._failures.setdefault(fact, []).append(self._count)
        return None
