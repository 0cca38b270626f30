"""发布记录: every post of a draft as it was recorded; what it lacked then is added here."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.messages import explain
from app.models.account import Account
from app.models.publication import Publication
from app.models.right import Right
from app.services.drafts import DraftView
from app.ui.desk import Desk
from app.ui.publishing.post_card import PostCard
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.tab_order import tab_through
from app.ui.widgets.upright_scroll import upright_scroll

Read = tuple[DraftView, tuple[Publication, ...], dict[str, Account], dict[str, tuple[str, ...]]]


class PostsDialog(QDialog):
    """Shows the posts of one draft, oldest first."""

    def __init__(self, desk: Desk, parent: QWidget | None, draft_id: str) -> None:
        super().__init__(parent.window() if parent else None)
        self._desk, self._draft_id = desk, draft_id
        self.cards: list[PostCard] = []
        self.setWindowTitle("发布记录")
        fit_to_screen(self, 740, 700)
        self.heading = ElidedLabel("正在读取……")
        set_role(self.heading, role="subtitle")
        self.notice = Banner(tone=Tone.GOOD)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, px(6), 0)
        self._rows.setSpacing(px(10))
        self._rows.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._rows)
        scroll = upright_scroll(inner, frame=True)
        self.close_button = QPushButton("关闭")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(18), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(self.heading)
        layout.addWidget(self.notice)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        desk.tasks.run(self, self._read, self._show)

    def _read(self) -> Read:
        services = self._desk.services
        posts = services.publications.of_draft(self._draft_id)
        page_lines = {post.id: services.publications.page_lines(post.id) for post in posts}
        return services.drafts.view(self._draft_id), posts, {a.id: a for a in services.accounts.list()}, page_lines

    def _show(self, found: Read) -> None:
        view, posts, accounts, page_lines = found
        self.heading.setText(f"{view.draft.number or ''}　{view.draft.content.title}".strip())
        for card in self.cards:
            self._rows.removeWidget(card)
            card.hide()
            card.deleteLater()
        reach = self._desk.actor.reach(Right.PUBLISH)
        self.cards = []
        for post in posts:
            account = accounts.get(post.account_id)
            may_complete = reach.covers((post.account_id,))
            caption = account.caption if account else ""
            card = PostCard(self._desk, post, caption, page_lines[post.id], may_complete=may_complete)
            if post.published_text and post.compared and not post.matches and post.revision == view.draft.revision:
                card.offer_difference()
            card.completed.connect(self.complete)
            if may_complete and (kept := self._desk.unfinished.take("post", post.id)) is not None:
                card.put_back(*kept)
            self._rows.insertWidget(self._rows.count() - 1, card)
            self.cards.append(card)
        tab_through((*(field for card in self.cards for field in card.fields), self.close_button))

    def done(self, result: int) -> None:
        """Keep what was given and not added."""
        for card in self.cards:
            self._desk.unfinished.keep("post", card.post.id, card.given)
        super().done(result)

    def complete(self, card: PostCard) -> None:
        """Add what a card was given."""
        link, shots, post_id = card.link.text(), card.screenshots.sources, card.post.id
        publications = self._desk.services.publications
        card.complete_button.setEnabled(False)

        def done(_post: Publication) -> None:
            self.notice.say("已补充。", Tone.GOOD)
            self._desk.changes.tell("drafts", "publications")
            card.show_post(_post)

        def refused(error: AppError) -> bool:
            card.complete_button.setEnabled(True)
            self.notice.say(str(explain(error)), Tone.DANGER)
            return True

        self._desk.tasks.run(self, lambda: publications.complete(post_id, link=link, screenshots=shots), done, refused)
