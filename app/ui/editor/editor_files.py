"""Files that come into the editor: pictures, attachments, a video and its cover, a text to take over."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from app.errors import AppError
from app.models.content import Attachment, Form, Video
from app.services.video_files import name_video
from app.ui.editor.paste_errand import ReadyPaste, imported_paste, with_heading
from app.ui.editor.pasted_text import PICTURE_SUFFIXES
from app.ui.editor.video_section import VIDEO_SUFFIXES
from app.ui.widgets.file_drop import FileDrop

if TYPE_CHECKING:
    from app.ui.editor.editor_page import EditorPage

_TEXTS = {".docx", ".txt"}
_UNREAD = {".doc", ".dot", ".docm", ".wps", ".wpt", ".odt", ".uot", ".rtf"}
"""Texts that nobody here reads: whoever drops one on the text is told what to do."""
_SIDE = 360


def _filter(name: str, suffixes: tuple[str, ...]) -> str:
    return f"{name} ({' '.join(f'*{suffix}' for suffix in suffixes)})"


class EditorFiles:
    """Asks for files and puts them where they belong."""

    def __init__(self, page: EditorPage) -> None:
        self._page, self._desk = page, page.desk

    def wire(self) -> None:
        """Listen to the buttons and drop places of the page."""
        page = self._page
        page.pane.picture_wanted.connect(self._choose_pictures)
        page.pane.files_dropped.connect(self.take)
        page.pane.drop_words = self.drop_words
        # A file let go beside the text is meant for it, too.
        self.drop = FileDrop(page, self.drop_words, lambda paths, _place: page.pane.current.body.insert_files(paths))
        page.panel.attachments.add_wanted.connect(self._choose_attachments)
        page.panel.attachments.dropped.connect(self.attach)
        page.panel.video.choose_wanted.connect(self._choose_video)
        page.panel.video.cover_wanted.connect(self._choose_cover)
        page.panel.video.dropped.connect(self._video_dropped)

    def drop_words(self, paths: tuple[Path, ...], _place: QPoint) -> str:
        """Say what letting go of files over the text would do; nothing where it is only read."""
        if self._page.keeper is None or self._page.read_only or not self._page.isEnabled():
            return ""
        suffixes = {path.suffix.lower() for path in paths}
        if suffixes <= set(PICTURE_SUFFIXES):
            return "松开鼠标，图片放进正文"
        if suffixes <= set(VIDEO_SUFFIXES) and self._films():
            return "松开鼠标，用作这件稿件的视频"
        return "松开鼠标，再选择放在哪里" if suffixes & (_TEXTS | _UNREAD) else "松开鼠标，添加为附件"

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take files dropped on the text: a text may go into the body, a video is named, the rest is attached."""
        rest: list[Path] = []
        for path in paths:
            suffix = path.suffix.lower()
            into_body = self._into_body(path) if suffix in _TEXTS else False
            if into_body is None:
                continue
            if into_body:
                self._import(path)
            elif suffix in _UNREAD and not self._attached_all_the_same(path):
                continue
            elif suffix in VIDEO_SUFFIXES and self._films():
                self._name(path)
            else:
                rest.append(path)
        self.attach(tuple(rest))

    def attach(self, paths: tuple[Path, ...]) -> None:
        """Store files and add them to the attachments in their order."""
        drafts, keeper = self._desk.services.drafts, self._page.keeper

        def job() -> tuple[list[Attachment], list[AppError]]:
            taken, refused = list[Attachment](), list[AppError]()
            for path in paths:
                try:
                    taken.append(drafts.attach(path))
                except AppError as error:
                    refused.append(error)
            return taken, refused

        def stored(found: tuple[list[Attachment], list[AppError]]) -> None:
            for attachment in found[0] if keeper is self._page.keeper else ():
                self._page.panel.attachments.take(attachment)
            for error in found[1]:
                self._desk.dialogs.show_error(self._page, error)

        if paths:
            self._desk.tasks.run(self._page, job, stored, lane="files")

    def show_cover(self) -> None:
        """Show the cover of the video, if it has one."""
        video = self._page.panel.video.video
        if video is None or not video.cover_sha256:
            return
        imports, digest = self._desk.services.imports, video.cover_sha256
        self._desk.tasks.run(
            self._page, lambda: imports.thumbnail(digest, _SIDE), self._page.panel.video.show_cover, lane="files"
        )

    def _films(self) -> bool:
        return self._page.panel.handling.chosen_form in {Form.VIDEO, Form.LIVE}

    def _into_body(self, path: Path) -> bool | None:
        """Ask where a text goes; None leaves it where it is."""
        return self._desk.dialogs.ask_which(
            self._page,
            f"“{path.name}”放在哪里？",
            "文字和图片可以放进正文，原文件不变；也可以作为附件。",
            "放进正文",
            "作为附件",
        )

    def _attached_all_the_same(self, path: Path) -> bool:
        return self._desk.dialogs.ask(
            self._page,
            f"“{path.name}”不能放进正文",
            "要放进正文，请先取消，用 Word 或 WPS 打开，另存为 .docx，再拖入新文件；也可以原样作为附件。",
            "作为附件",
        )

    def _import(self, path: Path) -> None:
        imports, shelf, sheet = self._desk.services.imports, self._page.shelf, self._page.pane.current
        clearings = sheet.body.clearings

        def job() -> tuple[str, ReadyPaste]:
            text = imports.text_from_file(path)
            return text.title, imported_paste(text, shelf)

        def done(found: tuple[str, ReadyPaste]) -> None:
            title, ready = found
            if sheet.body.clearings != clearings:
                return
            if title and not sheet.title.text.strip():
                sheet.title.textCursor().insertText(title)
            elif title:
                ready = with_heading(ready, title)
            sheet.body.insert_ready(ready)

        self._desk.tasks.run(self._page, job, done, lane="files")

    def _choose_pictures(self) -> None:
        filters = _filter("图片", PICTURE_SUFFIXES)
        paths = self._desk.dialogs.open_files(self._page, "插入图片", filters)
        if paths:
            self._page.pane.current.body.insert_files(paths)

    def _choose_attachments(self) -> None:
        self.attach(self._desk.dialogs.open_files(self._page, "添加附件", "全部文件 (*)"))

    def _choose_video(self) -> None:
        path = self._desk.dialogs.open_file(
            self._page, "选择视频文件", f"{_filter('视频', VIDEO_SUFFIXES)};;全部文件 (*)"
        )
        if path is not None:
            self._name(path)

    def _name(self, path: Path) -> None:
        section, keeper = self._page.panel.video, self._page.keeper

        def named(video: Video) -> None:
            if keeper is self._page.keeper:
                seconds = section.video.seconds if section.video and section.video.sha256 == video.sha256 else None
                section.take_video(replace(video, seconds=seconds))
                self.show_cover()

        self._desk.tasks.run_with_progress(
            self._page, f"正在读取“{path.name}”", lambda report: name_video(path, report), named
        )

    def _video_dropped(self, paths: tuple[Path, ...]) -> None:
        for path in paths[:2]:
            if path.suffix.lower() in PICTURE_SUFFIXES:
                self._keep_cover(path)
            else:
                self._name(path)

    def _choose_cover(self) -> None:
        path = self._desk.dialogs.open_file(self._page, "选择封面图片", _filter("图片", PICTURE_SUFFIXES))
        if path is not None:
            self._keep_cover(path)

    def _keep_cover(self, path: Path) -> None:
        imports, section, keeper = self._desk.services.imports, self._page.panel.video, self._page.keeper

        def kept(sha256: str) -> None:
            if keeper is self._page.keeper:
                section.take_cover(sha256)
                self.show_cover()

        self._desk.tasks.run(self._page, lambda: imports.keep_picture(path), kept, lane="files")
