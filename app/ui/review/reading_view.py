"""A whole content to read: title, summary, body with pictures, variants, source and declarations."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.models.account import Account
from app.models.content import Block, BlockKind, Content, Origin
from app.ui.desk import Desk
from app.ui.theme import px, set_role, tokens

_WIDEST = 440


class ReadingView(QTextBrowser):
    """Shows a content as text; nothing in it is a link, and nothing people wrote is read as markup."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setOpenLinks(False)
        self.setAccessibleName("稿件内容")
        self.setPlaceholderText("正在读取……")
        self.document().setDocumentMargin(px(16))
        set_role(self, role="paper")

    def show_content(self, content: Content) -> None:
        """Show a content; its pictures come as they are read."""
        services = self._desk.services
        cover = (content.video.cover_sha256,) if content.video and content.video.cover_sha256 else ()
        digests = tuple(dict.fromkeys((*cover, *(picture.sha256 for picture in content.pictures()))))

        def read() -> tuple[dict[str, bytes], dict[str, Account]]:
            pictures = {digest: services.imports.thumbnail(digest, px(_WIDEST)) for digest in digests}
            return pictures, {account.id: account for account in services.accounts.list()}

        def done(found: tuple[dict[str, bytes], dict[str, Account]]) -> None:
            self._write(content, *found)

        self._desk.tasks.run(self, read, done, lane="files")

    def _write(self, content: Content, pictures: dict[str, bytes], accounts: dict[str, Account]) -> None:
        document = self.document()
        document.clear()
        for digest, data in pictures.items():
            image = QImage.fromData(data)
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"picture:{digest}"), image)
        cursor = QTextCursor(document)
        self._line(cursor, content.title or "（未写标题）", size=20, bold=True)
        if content.summary:
            self._line(cursor, f"摘要：{content.summary}", muted=True)
        if content.video is not None and content.video.cover_sha256 in pictures:
            self._line(cursor, "")
            cursor.insertImage(f"picture:{content.video.cover_sha256}")
            self._line(cursor, "视频封面", muted=True)
        self._blocks(cursor, content.blocks)
        for variant in content.variants:
            name = accounts[variant.account_id].caption if variant.account_id in accounts else ""
            self._line(cursor, f"{name}的单独文案", size=16, bold=True)
            if variant.title:
                self._line(cursor, variant.title, bold=True)
            self._blocks(cursor, variant.blocks)
        self._line(cursor, "", muted=True)
        for line in _facts(content, accounts):
            self._line(cursor, line, muted=True)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _blocks(self, cursor: QTextCursor, blocks: tuple[Block, ...]) -> None:
        number = 0
        for block in blocks:
            number = number + 1 if block.kind is BlockKind.NUMBERED else 0
            match block.kind:
                case BlockKind.HEADING:
                    self._line(cursor, block.text, size=19 - 2 * block.level, bold=True)
                case BlockKind.BULLET:
                    self._line(cursor, f"· {block.text}")
                case BlockKind.NUMBERED:
                    self._line(cursor, f"{number}. {block.text}")
                case BlockKind.TABLE:
                    self._table(cursor, block.rows)
                case BlockKind.PICTURE if block.picture is not None:
                    self._line(cursor, "")
                    cursor.insertImage(f"picture:{block.picture.sha256}")
                    self._line(
                        cursor, f"{block.picture.caption}（{block.picture.licence or '未注明授权'}）", muted=True
                    )
                case _:
                    self._line(cursor, block.text)

    def _line(self, cursor: QTextCursor, text: str, *, size: int = 15, bold: bool = False, muted: bool = False) -> None:
        shape, letters = QTextBlockFormat(), QTextCharFormat()
        shape.setBottomMargin(px(2 if muted else 8))
        if text:
            # Of a line that holds a picture the height would grow by half as well.
            shape.setLineHeight(130 if muted else 150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        font = QFont(self.font())
        font.setPixelSize(px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        letters.setFont(font)
        letters.setForeground(_colour(muted=muted))
        if cursor.document().isEmpty():
            cursor.setBlockFormat(shape)
            cursor.setCharFormat(letters)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertBlock(shape, letters)
        cursor.insertText(text, letters)

    def _table(self, cursor: QTextCursor, rows: tuple[tuple[str, ...], ...]) -> None:
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return
        shape = QTextTableFormat()
        shape.setCellPadding(px(6))
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderBrush(_colour(muted=True))
        cursor.movePosition(QTextCursor.MoveOperation.End)
        table = cursor.insertTable(len(rows), columns, shape)
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                table.cellAt(down, across).firstCursorPosition().insertText(cell)
        cursor.movePosition(QTextCursor.MoveOperation.End)


def _colour(*, muted: bool) -> QColor:
    return QColor(tokens().muted if muted else tokens().text)


def _facts(content: Content, accounts: dict[str, Account]) -> list[str]:
    names = [accounts[a].caption for a in content.account_ids if a in accounts]
    declared, source = content.declarations, content.source
    lines = [f"发布账号：{'、'.join(names) or '未选'}"]
    if source.origin is Origin.REPOST:
        lines.append(f"转载自{source.unit}《{source.original_title}》，{source.link_or_paper}")
    else:
        lines.append("来源：原创")
    lines.append(f"涉密声明：{'不涉密' if declared.no_secrets else '未声明'}")
    if declared.personal_data:
        lines.append("含可以公开的个人信息")
    if declared.ai_made:
        lines.append("含人工智能生成内容，已声明")
    if declared.map_number:
        lines.append(f"审图号：{declared.map_number}")
    if content.video is not None:
        lines.append(f"视频：{content.video.name}（{content.video.size / 1_000_000:.1f} MB）")
    lines += [f"附件：{attachment.name}" for attachment in content.attachments]
    return lines
