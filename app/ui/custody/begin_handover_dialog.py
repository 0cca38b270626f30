"""新开密码交接: who gives, who takes over, who watches, and which of the accounts somebody keeps (article 6)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.models.keeping import Keeping
from app.models.person_names import told_apart
from app.models.staff import Person
from app.ui.custody.keeping_words import terminal_words, whose_words
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import px, set_role
from app.ui.widgets.elided_check import ElidedCheck
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid

_RECEIVER = "要有密码保管人角色，并且已经设好自己的口令。"
_NOTHING = "这个人没有保管的密码，也不扫码登录账号，不用交接。"


class BeginHandoverDialog(FormDialog):
    """Proposes what the giver keeps; `giver_id` is who is to give, e.g. somebody who leaves."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        people: tuple[Person, ...],
        receivers: tuple[Person, ...],
        giver_id: str = "",
    ) -> None:
        super().__init__(desk, parent, "密码交接", "新开密码交接", "开始交接", width=560)
        self._ticks: dict[str, ElidedCheck] = {}
        self.keeping = Keeping()
        self.giver, self.receiver, self.witness = ElidedCombo(), ElidedCombo(), ElidedCombo()
        for field, offered in ((self.giver, people), (self.receiver, receivers), (self.witness, people)):
            for person_id, name in told_apart(offered).items():
                field.addItem(name, person_id)
            field.setCurrentIndex(-1)
        self.giver.setCurrentIndex(self.giver.findData(giver_id) if giver_id else -1)
        self.kept = QWidget()
        self._kept_flow = QVBoxLayout(self.kept)
        self._kept_flow.setContentsMargins(0, 0, 0, 0)
        self._kept_flow.setSpacing(px(6))
        self.kept_words = QLabel()
        self.kept_words.setTextFormat(Qt.TextFormat.PlainText)
        self.kept_words.setWordWrap(True)
        set_role(self.kept_words, role="small")
        self._kept_flow.addWidget(self.kept_words)
        self.unfinished = QPlainTextEdit()
        self.unfinished.setTabChangesFocus(True)
        self.unfinished.setFixedHeight(px(64))
        form = FormGrid()
        form.add("移交人", self.giver, needed=True)
        form.add("接收人", self.receiver, _RECEIVER, needed=True)
        form.add("监交人", self.witness, "另外一个人，例如办公室主任。", needed=True)
        form.add("移交的账号", self.kept)
        form.add("未办事项", self.unfinished, "没有的可以不填。不要写密码。")
        self.act_button.clicked.connect(self.begin)
        self.giver.currentIndexChanged.connect(lambda _row: self._read_kept())
        self.lay_out(form, self.notice)
        self._read_kept()

    def _read_kept(self) -> None:
        giver, handovers = self.giver.currentData() or "", self._desk.services.handovers
        self._show_kept(Keeping())
        if giver:
            self._desk.tasks.run(self, lambda: handovers.keeping(giver), self._show_kept, self.refused, topic="keeping")

    def _show_kept(self, keeping: Keeping) -> None:
        self.keeping = keeping
        for tick in self._ticks.values():
            self._kept_flow.removeWidget(tick)
            tick.deleteLater()
        self._ticks = {}
        for account in keeping.accounts:
            words = f"{account.caption}（{whose_words(keeping, account)}）"
            tick = self._ticks[account.id] = ElidedCheck(words.replace("&", "&&"))
            tick.setChecked(True)
            self._kept_flow.insertWidget(self._kept_flow.count() - 1, tick)
        terminals = terminal_words(keeping)
        told = "先选移交人。" if not self.giver.currentData() else "" if keeping.accounts else _NOTHING
        self.kept_words.setText(told + terminals)
        self.kept_words.setVisible(bool(told or terminals))

    def begin(self) -> None:
        """Begin the hand-over of the ticked accounts."""
        giver, receiver, witness = (field.currentData() or "" for field in (self.giver, self.receiver, self.witness))
        accounts = tuple(account_id for account_id, tick in self._ticks.items() if tick.isChecked())
        unfinished, handovers = self.unfinished.toPlainText(), self._desk.services.handovers
        self.act(
            lambda: handovers.begin(giver, receiver, witness, accounts, unfinished),
            lambda _begun: self.done_with("accounts"),
        )
