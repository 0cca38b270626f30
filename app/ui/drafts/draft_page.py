"""稿件: the list of drafts, and beside it the one that is chosen."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.labels import label
from app.models.draft import DraftState
from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.models.publication import Publication
from app.models.right import Right
from app.services.next_steps import NextStep
from app.ui.desk import Desk
from app.ui.drafts.draft_acts import DraftActs
from app.ui.drafts.draft_detail import DraftDetail, DraftFacts, read_facts
from app.ui.drafts.draft_list_view import DraftListView
from app.ui.drafts.draft_table import DraftTableModel
from app.ui.drafts.page_menu import page_menu
from app.ui.page import Page
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.filter_bar import FilterBar
from app.ui.widgets.list_and_detail import ListAndDetail

WORD_OR_TEXT = "Word 文档或文本 (*.docx *.txt)"
_HERE = "还没有稿件。写一篇，或者把写好的 Word 文件拖到这里。"
_PAUSE = 60
"""Milliseconds that a row stays chosen before its draft is read: an arrow key runs through many."""


class DraftPage(Page):
    """The page where an account manager spends the day."""

    name = "drafts"
    heading = "稿件"
    interests = frozenset({"drafts", "publications", "accounts", "people"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.acts = DraftActs(desk, self)
        self.chosen_id = ""
        self._words = ""
        self._open_when_read = ""
        field = self.add_search("搜索标题、正文、编号", self._search)
        field.installEventFilter(self)
        self.more_button = self.add_button("", lambda: None, icon="ellipsis")
        page_menu(self.more_button, self)
        self.import_button = self.add_button("导入 Word", self.choose_file)
        self.new_button = self.add_button("新建稿件", self.new, primary=True)
        self.filters = FilterBar([(chip, label(chip)) for chip in DraftFilter])
        self.filters.chosen.connect(lambda _key: self._ask())
        self.body.addWidget(self.filters)
        self.model = DraftTableModel(desk)
        self.model.setParent(self)
        self.model.counted.connect(self._counted)
        self.model.arrived.connect(self._follow)
        self.table = DraftListView(self.model)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._follow())
        self.table.clicked.connect(lambda _index: self._clicked())
        self.table.activated.connect(lambda _index: self._activated())
        self.empty = EmptyNotice("file-plus", _HERE, "新建稿件", self.new)
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.table)
        self.list_stack.addWidget(self.empty)
        self.detail = DraftDetail(desk)
        self.detail.chosen.connect(self._act)
        self.detail.back_asked.connect(self.step_back)
        self.parts = ListAndDetail(self.list_stack, self.detail)
        self.parts.narrowed.connect(self._narrowed)
        self.body.addWidget(self.parts, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._read_detail)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the arrow keys move in the list at once."""
        super().showEvent(event)
        if not event.spontaneous() and self.focusWidget() is None:
            self.table.setFocus()

    def refresh(self) -> None:
        """Read the list, the counts and the chosen draft again."""
        writes = Right.WRITE in self.desk.actor.rights
        self.new_button.setVisible(writes)
        self.import_button.setVisible(writes and not self.parts.narrow)
        self.model.reload()
        self.desk.tasks.run(self, self.desk.services.drafts.counts, self._show_counts, topic="counts")
        if self.chosen_id:
            self._read_detail()

    def new(self) -> None:
        """Open an empty draft; its first word starts it."""
        self.desk.open("draft-editor:new")

    def printing(self) -> None:
        """Preview the review sheet of the chosen draft."""
        if self.detail.facts is not None and self.detail.facts.view.draft.revision:
            self.acts.act(NextStep.PREVIEW, self.detail.facts)

    def step_back(self) -> bool:
        """Go back from the draft to the list, then from a search to all drafts."""
        if self.parts.close_detail():
            self.table.setFocus()
            return True
        if self.search is not None and self.search.text():
            self.search.clear()
            return True
        return False

    def show_subject(self, subject: str) -> None:
        """Show one draft, or the draft of one post, beside the list."""
        kind, _, subject_id = subject.partition(":")
        if kind == "draft":
            self._choose(subject_id)
            self.parts.open_detail()
        elif kind == "publication":
            publications = self.desk.services.publications
            self.desk.tasks.run(self, lambda: publications.get(subject_id), self._show_post)

    def _show_post(self, post: Publication) -> None:
        if post.draft_id:
            self.show_subject(f"draft:{post.draft_id}")

    def choose_scans(self) -> None:
        """Ask for scans of signed sheets and register them."""
        from app.ui.signed_paper_dialog import SCAN_FILES

        paths = self.desk.dialogs.open_files(self, "选择签字扫描件", SCAN_FILES)
        if paths:
            self.acts.register_scans(paths)

    def choose_file(self) -> None:
        """Ask for a Word or text file and start a draft from it."""
        path = self.desk.dialogs.open_file(self, "导入 Word 文档或文本", WORD_OR_TEXT)
        if path is not None:
            self.acts.import_texts((path,))

    def _search(self, words: str) -> None:
        self._words = words
        self._ask()

    def _ask(self) -> None:
        chip = self.filters.current
        assert isinstance(chip, DraftFilter)
        self.parts.close_detail()
        self.model.ask(DraftQuery(chip, self._words))
        self.table.scrollToTop()

    def _show_counts(self, counts: dict[DraftFilter, int]) -> None:
        self.filters.show_counts(dict(counts.items()))

    def _counted(self, count: int) -> None:
        plain = not self._words and self.filters.current is DraftFilter.ALL
        self.empty.button.setVisible(plain and Right.WRITE in self.desk.actor.rights)
        self.empty.say(
            _HERE if plain else "没有符合条件的稿件。换个词，或者点“全部”。", "file-plus" if plain else "search"
        )
        self.list_stack.setCurrentWidget(self.table if count else self.empty)
        self._mark_chosen()
        if count and not self.chosen_id and not self.parts.narrow:
            self.table.selectRow(0)

    def _choose(self, draft_id: str) -> None:
        self.chosen_id = draft_id
        self.detail.wait_for(draft_id)
        self._mark_chosen()
        self._read_detail()

    def _mark_chosen(self) -> None:
        """Mark the row of the chosen draft; where it is not among the rows, mark none."""
        selection, row = self.table.selectionModel(), self.model.place_of(self.chosen_id)
        if row < 0:
            selection.clearSelection()
        elif not selection.isRowSelected(row):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(self.model.index(row, 0), flags)

    def _follow(self) -> None:
        """Show the draft of the row that a person chose."""
        rows = self.table.selectionModel().selectedRows()
        row = None if self.model.replacing or not rows else self.model.row(rows[0].row())
        if row is not None and row.id != self.chosen_id:
            self.chosen_id = row.id
            self.detail.wait_for(row.id)
            self._pause.start()

    def _read_detail(self) -> None:
        self._pause.stop()
        draft_id = self.chosen_id
        self.desk.tasks.run(self, lambda: read_facts(self.desk, draft_id), self._show_detail, topic="detail")

    def _show_detail(self, facts: DraftFacts) -> None:
        if facts.view.draft.id != self.chosen_id:
            return
        held = self.detail.holds_focus
        self.detail.show_facts(facts)
        # Left to Qt, the focus of a button that is gone would go to the first place of the left bar.
        if held and not self.detail.take_focus():
            self.table.setFocus()
        if self._open_when_read == self.chosen_id:
            self.acts.open_text(facts)
        self._open_when_read = ""

    def _act(self, step: str) -> None:
        if self.detail.facts is not None:
            self.acts.act(NextStep(step), self.detail.facts)

    def _narrowed(self, narrow: bool) -> None:
        self.detail.back_button.setVisible(narrow)
        self.import_button.setVisible(not narrow and Right.WRITE in self.desk.actor.rights)

    def _clicked(self) -> None:
        if self.parts.narrow:
            self.parts.open_detail()

    def _activated(self) -> None:
        """Enter or a double click opens the draft: the editor for its author while it is being written."""
        if not self.parts.detail_open:
            self.parts.open_detail()
            return
        facts = self.detail.facts
        if facts is not None and facts.view.draft.id == self.chosen_id:
            self.acts.open_text(facts)
        else:
            self._open_when_read = self.chosen_id

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search field into the list with the down arrow or Enter."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if down and self.model.rowCount():
                self.table.setFocus()
                if not self.table.selectionModel().hasSelection():
                    self.table.selectRow(0)
                return True
        return super().eventFilter(watched, event)

    def row_under(self, place: QPoint) -> DraftRow | None:
        """Return the draft in review that lies under a place of the page."""
        view = self.table.viewport()
        if not self.table.isVisible() or not view.rect().contains(view.mapFrom(self, place)):
            return None
        index = self.table.indexAt(view.mapFrom(self, place))
        row = self.model.row(index.row()) if index.isValid() else None
        return row if row is not None and row.state is DraftState.IN_REVIEW else None
