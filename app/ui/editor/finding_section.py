"""检查: what the text check found, each with where, why, by which article, and what can be done about it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.labels import label, rule_label
from app.models.content import Content
from app.models.finding import RuleKind, Severity
from app.services.text_checks import FieldFinding
from app.ui.editor.check_marks import reason_of
from app.ui.editor.finding_places import place_of
from app.ui.editor.section import Section
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.chip import Chip
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.flow_layout import FlowLayout

MOST_ROWS: Final = 60
_TONES = {Severity.BLOCK: Tone.DANGER, Severity.WARN: Tone.WARNING, Severity.HINT: Tone.PRIMARY}
_ANSWERABLE = frozenset({RuleKind.ORDINARY, RuleKind.MASKABLE})


class FindingRow(QFrame):
    """One finding with 定位, 遮盖 and 说明理由."""

    def __init__(self, found: FieldFinding, place: str, reason: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        finding = found.finding
        self.found = found
        head = QHBoxLayout()
        head.setSpacing(px(8))
        answered = bool(reason)
        chip = Chip(
            "已说明" if answered else label(finding.severity), Tone.GOOD if answered else _TONES[finding.severity]
        )
        where = ElidedLabel(f"{place}：{finding.masked}")
        set_role(where, role="strong")
        head.addWidget(chip)
        head.addWidget(where, 1)
        words = reason_of(finding) + (f"\n理由：{reason}" if answered else f"\n{finding.suggestion}")
        why = QLabel(words.strip())
        why.setTextFormat(Qt.TextFormat.PlainText)
        why.setWordWrap(True)
        set_role(why, role="muted")
        self.locate, self.mask_button, self.answer = QPushButton("定位"), QPushButton("遮盖"), QPushButton("说明理由")
        self.answer.setText("改理由" if answered else "说明理由")
        # Only ever hidden here: what is shown before it has a place would flash up as a window.
        if finding.replacement is None or answered:
            self.mask_button.hide()
        if finding.kind not in _ANSWERABLE:
            self.answer.hide()
        acts = FlowLayout(spacing=4)
        for button in (self.locate, self.mask_button, self.answer):
            set_role(button, kind="plain")
            button.setAccessibleName(f"{button.text()}：{rule_label(finding.rule)}")
            acts.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(4))
        column.addLayout(head)
        column.addWidget(why)
        column.addLayout(acts)


class FindingSection(Section):
    """The list of findings; those that block submission first."""

    locate_wanted = Signal(object)
    mask_wanted = Signal(object)
    answer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("检查", parent)
        self.rows: tuple[FindingRow, ...] = ()
        self.found: tuple[FieldFinding, ...] = ()
        self.summary = self.note("")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(4))
        self.column.addLayout(self._rows)
        self.more = self.note("")
        self._shown: object = None
        self._read_only = False
        self.show_findings((), Content(), {}, {})

    def show_findings(
        self,
        findings: tuple[FieldFinding, ...],
        content: Content,
        accounts: Mapping[str, str],
        answers: Mapping[str, str],
    ) -> None:
        """List findings; `answers` gives the written reason by answer key."""
        order = list(Severity)
        self.found = tuple(
            sorted(findings, key=lambda f: (bool(answers.get(f.answer_key)), order.index(f.finding.severity)))
        )
        listed = [
            (f, place_of(f.field, content, accounts), answers.get(f.answer_key, "")) for f in self.found[:MOST_ROWS]
        ]
        if (shown := (listed, self._read_only)) == self._shown:
            return
        # Buttons that somebody is about to press stay where they are while nothing changes.
        self._shown = shown
        self._clear()
        self.rows = tuple(self._row(found, place, reason) for found, place, reason in listed)
        open_now = sum(not answers.get(f.answer_key) for f in findings)
        self.summary.setText(
            f"有 {open_now} 处要看一看；标“必须处理”的改好、遮盖或说明理由以后才能提交。"
            if open_now
            else "未发现证件号、手机号、银行卡号、密级标志和绝对化用语；仍请自己通读一遍。"
            if not findings
            else "检查提示都已说明理由。"
        )
        rest = len(findings) - len(self.rows)
        self.more.setText(f"另有 {rest} 处未列出，处理完上面的再看。" if rest else "")
        self.more.setVisible(rest > 0)

    def set_read_only(self, read_only: bool) -> None:
        """Leave only 定位."""
        self._read_only = read_only
        for row in self.rows:
            row.mask_button.setEnabled(not read_only)
            row.answer.setEnabled(not read_only)

    def _row(self, found: FieldFinding, place: str, reason: str) -> FindingRow:
        row = FindingRow(found, place, reason)
        row.locate.clicked.connect(lambda _checked=False: self.locate_wanted.emit(found))
        row.mask_button.clicked.connect(lambda _checked=False: self.mask_wanted.emit(found))
        row.answer.clicked.connect(lambda _checked=False: self.answer_wanted.emit(found))
        row.mask_button.setEnabled(not self._read_only)
        row.answer.setEnabled(not self._read_only)
        self._rows.addWidget(row)
        return row

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
