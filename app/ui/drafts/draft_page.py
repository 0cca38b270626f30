"""稿件: the list of drafts, and beside it the one that is chosen."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTableView, QVBoxLayout, QWidget

from app.labels import label
from app.models.draft import Draft
from app.models.draft_list import DraftFilter, DraftQuery, DraftRow
from app.services.imports import ImportedDraft
from app.services.next_steps import NextStep
from app.ui.desk import Desk
from app.ui.drafts.draft_acts import DraftActs
from app.ui.drafts.draft_detail import DraftDetail, DraftFacts, read_facts
from app.ui.drafts.draft_table import ROW_ROLE, Column, DraftTableModel, StateDelegate
from app.ui.page import Page
from app.ui.theme import px
from app.ui.widgets.drop_zone import dropped_paths
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.filter_bar import FilterBar
from app.ui.widgets.quiet_table import quiet_table

WORD_OR_TEXT = "Word 文档或文本 (*.docx *.txt)"
_TEXTS, _SCANS = {".docx", ".txt", ".doc", ".wps"}, {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
_WIDTHS = {Column.NUMBER: 124, Column.STATE: 116, Column.ACCOUNTS: 150, Column.AUTHOR: 84, Column.UPDATED: 104}


class DraftPage(Page):
    """The page where an account manager spends the day."""

    name = "drafts"
    heading = "稿件"
    interests = frozenset({"drafts", "publications", "accounts"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.acts = DraftActs(desk, self)
        self.chosen_id = ""
        self._words = ""
        self.add_search("搜索标题、正文、编号", self._search)
        self.add_button("导入 Word", self._choose_file)
        self.add_button("新建稿件", self.new, primary=True)
        self.filters = FilterBar([(chip, label(chip)) for chip in DraftFilter])
        self.filters.chosen.connect(lambda _key: self._ask())
        self.body.addWidget(self.filters)
        self.model = DraftTableModel(desk)
        self.model.setParent(self)
        self.model.counted.connect(self._counted)
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "稿件列表", wide=Column.TITLE)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, px(width))
        self.table.setItemDelegateForColumn(Column.STATE, StateDelegate(self.table))
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.table.doubleClicked.connect(lambda _index: self._primary())
        self.table.activated.connect(lambda _index: self._primary())
        self.empty = EmptyNotice(
            "file-plus", "还没有稿件。写一篇，或者把写好的 Word 文件拖到这里。", "新建稿件", self.new
        )
        self.list_stack = QStackedWidget()
        self.list_stack.addWidget(self.table)
        self.list_stack.addWidget(self.empty)
        self.detail = DraftDetail(desk)
        self.detail.chosen.connect(self._act)
        self.detail.setMinimumWidth(px(300))
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(14))
        self.splitter.addWidget(self._framed(self.list_stack))
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 2)
        self.body.addWidget(self.splitter, 1)
        self.setAcceptDrops(True)

    @staticmethod
    def _framed(widget: QWidget) -> QWidget:
        frame = QWidget()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        return frame

    def refresh(self) -> None:
        """Read the list, the counts and the chosen draft again."""
        self.model.reload()
        self.desk.tasks.run(self, self.desk.services.drafts.counts, self._show_counts, topic="counts")
        if self.chosen_id:
            self._read_detail()

    def new(self) -> None:
        """Start an empty draft and open it."""
        self.desk.tasks.run(self, self.desk.services.drafts.start, self._started)

    def printing(self) -> None:
        """Preview the review sheet of the chosen draft."""
        if self.detail.facts is not None and self.detail.facts.view.draft.revision:
            self.acts.act(NextStep.PREVIEW, self.detail.facts)

    def show_subject(self, subject: str) -> None:
        """Show one draft beside the list."""
        self.chosen_id = subject.partition(":")[2]
        if subject.startswith("draft:"):
            self._select(self.model.place_of(self.chosen_id))
            self._read_detail()

    def import_file(self, path: Path) -> None:
        """Start a draft from a Word or text file."""
        services = self.desk.services
        self.desk.tasks.run(self, lambda: services.imports.draft_from_file(path), self._imported, lane="files")

    def _imported(self, found: ImportedDraft) -> None:
        if found.notes:
            self.desk.dialogs.tell(self, "已导入，有几处请留意", "\n".join(f"· {note}" for note in found.notes))
        self._started(found.draft)

    def _started(self, draft: Draft) -> None:
        self.desk.changes.tell("drafts")
        self.desk.open(f"draft-editor:{draft.id}")

    def _choose_file(self) -> None:
        path = self.desk.dialogs.open_file(self, "导入 Word 文档或文本", WORD_OR_TEXT)
        if path is not None:
            self.import_file(path)

    def _search(self, words: str) -> None:
        self._words = words
        self._ask()

    def _ask(self) -> None:
        chip = self.filters.current
        assert isinstance(chip, DraftFilter)
        self.model.ask(DraftQuery(chip, self._words))
        self.table.scrollToTop()

    def _show_counts(self, counts: dict[DraftFilter, int]) -> None:
        self.filters.show_counts(dict(counts.items()))

    def _counted(self, count: int) -> None:
        plain = not self._words and self.filters.current is DraftFilter.ALL
        self.empty.button.setVisible(plain)
        if plain:
            self.empty.say("还没有稿件。写一篇，或者把写好的 Word 文件拖到这里。", "file-plus")
        else:
            self.empty.say("没有符合条件的稿件。换个词，或者点“全部”。", "search")
        self.list_stack.setCurrentWidget(self.table if count else self.empty)
        self._select(self.model.place_of(self.chosen_id))

    def _select(self, row: int) -> None:
        if row < 0:
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        selection = self.table.selectionModel()
        if selection.currentIndex().row() != row:
            selection.setCurrentIndex(self.model.index(row, 0), flags)

    def _row_chosen(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, DraftRow) and row.id != self.chosen_id:
            self.chosen_id = row.id
            self._read_detail()

    def _read_detail(self) -> None:
        draft_id = self.chosen_id
        self.desk.tasks.run(self, lambda: read_facts(self.desk, draft_id), self._show_detail, topic="detail")

    def _show_detail(self, facts: DraftFacts) -> None:
        if facts.view.draft.id == self.chosen_id:
            self.detail.show_facts(facts)

    def _act(self, step: str) -> None:
        if self.detail.facts is not None:
            self.acts.act(NextStep(step), self.detail.facts)

    def _primary(self) -> None:
        """Enter or a double click opens the draft: the editor for its author while it is being written."""
        facts = self.detail.facts
        if facts is None or facts.view.draft.id != self.chosen_id:
            return
        self.acts.open_text(facts)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take Word and text files, and scans of signed sheets."""
        if any(path.suffix.lower() in _TEXTS | _SCANS for path in dropped_paths(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Start a draft from a text, look a scan up by its code: each lands where one would expect."""
        paths = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        for path in paths:
            if path.suffix.lower() in _SCANS:
                self.acts.register_scan(path)
            elif path.suffix.lower() in _TEXTS:
                self.import_file(path)
