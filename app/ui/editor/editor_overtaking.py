"""When another hand saved the draft first: no text is lost, the person says which goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.models.draft import Draft
from app.ui.editor.draft_form import EditorFacts
from app.ui.tokens import Tone

if TYPE_CHECKING:
    from app.ui.editor.editor_page import EditorPage


class EditorOvertaking(QObject):
    """The strip with two ways on: keep what stands here, or keep both."""

    def __init__(self, page: EditorPage) -> None:
        super().__init__(page)
        self._page = page

    def wire(self) -> None:
        """Put the two ways on the strip."""
        self._page.conflict.offer("保留我这里的", self.keep_mine)
        self._page.conflict.offer("另存为一件新稿", self.keep_both)

    def tell(self) -> None:
        """Say that another hand saved first, and offer what can be done."""
        self._page.conflict.say(
            "这件稿件刚才在别处改过并保存了。您这里的文字还在，没有保存；请选择怎么办。", Tone.WARNING
        )

    def keep_mine(self) -> None:
        """Save over what was stored elsewhere meanwhile."""

        def known(facts: EditorFacts) -> None:
            self._page.conflict.say("")
            if self._page.keeper is not None:
                self._page.keeper.take_version(facts.view.draft.version)

        self._page.read(known)

    def keep_both(self, *, opens: bool = True) -> None:
        """Start a draft of its own from what stands here and, unless `opens`, stay with the stored one."""
        if self._page.keeper is None:
            return
        drafts, content = self._page.desk.services.drafts, self._page.form.content()
        pending = self._page.shelf.pending(content.file_digests())

        def job() -> Draft:
            for data in pending.values():
                drafts.keep_file(data)
            return drafts.start(content)

        self._page.conflict.say("")
        self._page.desk.tasks.run(self._page, job, self._started if opens else self._kept)

    def _started(self, draft: Draft) -> None:
        self._page.started(draft)

    def _kept(self, _draft: Draft) -> None:
        self._page.desk.changes.tell("drafts")
        self._page.read(self._page.opened)
