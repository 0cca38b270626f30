"""Beside the list: one kept password with who keeps it, how it stands, who looked at it, and the next step."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.labels import action_label, label, long_date, long_moment
from app.models.platform import EntryWay
from app.services.custody_list import SafeEvent, SafeRow
from app.ui.custody.safe_table import chips_of, keepers_of
from app.ui.desk import Desk
from app.ui.icons import put_icon
from app.ui.theme import px, set_role
from app.ui.widgets.chip import Chip
from app.ui.widgets.detail_section import DetailSection, QuietPairs, wrapped
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.moment_text import moment_text
from app.ui.widgets.upright_scroll import upright_scroll

_SHOWN = 20
_SAID = {
    "未核对": "还没有向系统密码库核对它在不在这台电脑上。",
    "本机无此凭据": "这台电脑的系统密码库里没有它。换过电脑或恢复过备份的，请重新登记密码。",
    "到期": "已过更换期限。请先在平台上改密码，再来这里更换。",
    "需重新封装": "有保管人重设过口令，打不开自己的那一份。请另一位保管人重新封装。",
}


class SafeDetail(QFrame):
    """The panel; `asked` carries what a person wants: look, keep, seal."""

    asked = Signal(str)
    back_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.row: SafeRow | None = None
        set_role(self, role="card")
        self.setAccessibleName("选中的密码")
        self._empty = EmptyNotice("key-round", "选一个账号，这里显示密码由谁保管、何时该换、谁查看过。")
        self._content = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._empty)
        outer.addWidget(self._content)
        self.back_button = QPushButton("返回列表")
        put_icon(self.back_button, "arrow-left", "text", 16)
        set_role(self.back_button, kind="plain")
        self.back_button.clicked.connect(self.back_asked)
        self.back_button.hide()
        self.title = wrapped("", "subtitle")
        self.state, self.facts, self.history = DetailSection("状态"), DetailSection("登记"), DetailSection("经过")
        inner = QWidget()
        flow = QVBoxLayout(inner)
        flow.setContentsMargins(0, 0, px(4), 0)
        flow.setSpacing(px(12))
        flow.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.title, self.state, self.facts, self.history):
            flow.addWidget(part)
        flow.addStretch(1)
        self.look_button, self.keep_button = QPushButton("查看密码"), QPushButton()
        self.seal_button = QPushButton("重新封装")
        acts = ((self.seal_button, "seal"), (self.keep_button, "keep"), (self.look_button, "look"))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        for button, act in acts:
            foot.addWidget(button)
            button.clicked.connect(lambda _checked=False, act=act: self.asked.emit(act))
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(px(20), px(18), px(16), px(18))
        layout.setSpacing(px(12))
        layout.addWidget(upright_scroll(inner), 1)
        layout.addLayout(foot)
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.row = None
        self._content.hide()
        self._empty.show()

    def show_row(self, row: SafeRow, names: Mapping[str, str], missing: frozenset[str] | None) -> None:
        """Show one kept password, or an account of which none is kept."""
        if self.row is None or self.row.key != row.key:
            self.history.empty()
        self.row = row
        self.title.setText(f"{row.account.caption} {row.line.credential.label if row.line else ''}".strip())
        self.state.empty()
        for word, tone in chips_of(row, missing):
            self.state.put(Chip(word, tone), left=True)
            if word in _SAID:
                self.state.put(wrapped(_SAID[word], "small"))
        if row.line is None:
            scan = row.entry is EntryWay.SCAN
            self.state.put(
                wrapped("扫码登录，没有密码。" if scan else "平台上的密码还没有登记到系统密码库里。", "small")
            )
        self._show_facts(row, names)
        self._show_buttons(row, missing)
        self._empty.hide()
        self._content.show()

    def show_history(self, events: tuple[SafeEvent, ...], names: Mapping[str, str]) -> None:
        """Show what was done with the password, newest first."""
        self.history.empty()
        table, now = QuietPairs(), self._desk.now()
        for event in events[:_SHOWN]:
            what = label(event.usage) if event.usage else action_label(event.action)
            who = f"{names.get(event.person_id, '')} {moment_text(event.at, now)}"
            table.add(what, "\n".join(filter(None, (who, event.reason))), long_moment(event.at))
        if table.pairs:
            self.history.put(table)

    def _show_facts(self, row: SafeRow, names: Mapping[str, str]) -> None:
        self.facts.empty()
        if row.line is None:
            return
        credential, table = row.line.credential, QuietPairs()
        table.add("保管人", keepers_of(row, names))
        table.add("上次更换", long_moment(credential.changed_at))
        table.add("更换原因", label(credential.cause))
        table.add("应换日期", long_date(row.line.due_on))
        if credential.witness_id:
            table.add("见证人", names.get(credential.witness_id, ""))
        if credential.envelope_number:
            table.add("信封号", credential.envelope_number)
        self.facts.put(table)

    def _show_buttons(self, row: SafeRow, missing: frozenset[str] | None) -> None:
        line = row.line
        own = line is not None and line.credential.kept_by(self._desk.actor.person_id) is not None
        self.look_button.setVisible(line is not None)
        self.look_button.setEnabled(own)
        self.look_button.setToolTip("" if own else "由登记的保管人查看。")
        self.seal_button.setVisible(line is not None and own and bool(line.stale_ids))
        self.keep_button.setVisible(line is not None or row.entry is not EntryWay.SCAN)
        self.keep_button.setText("更换密码" if line else "登记密码")
        change = line is None or line.late or line.credential.id in (missing or ())
        for button, first in ((self.keep_button, change), (self.look_button, not change)):
            set_role(button, kind="primary" if first else "")
