"""发布账号: where the post is to go out, and which account gets a text of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.models.account import Account
from app.services.account_list import PUBLISHABLE
from app.ui.editor.section import Section
from app.ui.theme import px, set_role
from app.ui.widgets.elided_check import ElidedCheck
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.tab_order import tab_through


class AccountSection(Section):
    """One line an account: a check and 单独文案."""

    unchecked = Signal(str)
    """An account was taken away; whoever holds its own text decides what becomes of it."""
    variant_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("发布账号", parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(2))
        self.column.addLayout(self._lines)
        self.empty = self.note("没有您可以起草的账号：先在“账号”页登记，或者请系统管理员调整您的角色。")
        self.checks: dict[str, QCheckBox] = {}
        self.variants: dict[str, QPushButton] = {}
        self._order: list[str] = []

    @property
    def account_ids(self) -> tuple[str, ...]:
        """The chosen accounts in the order they were chosen, which is content."""
        return tuple(self._order)

    def load(self, accounts: tuple[Account, ...], known: tuple[Account, ...], chosen: tuple[str, ...]) -> None:
        """Show the accounts a draft may go to; a chosen one that may not any more stays until it is unchecked."""
        while (item := self._lines.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        self.checks, self.variants = {}, {}
        by_id = {account.id: account for account in (*known, *accounts)}
        offered = [*(account.id for account in accounts), *chosen]
        open_ids = {account.id for account in accounts}
        for account_id in dict.fromkeys(offered):
            if account_id in by_id:
                self._add(by_id[account_id], open_now=account_id in open_ids, chosen=account_id in chosen)
        self._order = list(chosen)
        self.empty.setVisible(not self.checks)
        self._order_tab()

    def show_variants(self, account_ids: frozenset[str]) -> None:
        """Say which accounts have a text of their own."""
        for account_id, button in self.variants.items():
            button.setText("看单独文案" if account_id in account_ids else "写单独文案")

    def check(self, account_id: str, *, checked: bool) -> None:
        """Check or uncheck an account without telling."""
        box = self.checks[account_id]
        box.blockSignals(True)
        box.setChecked(checked)
        box.blockSignals(False)
        self._note(account_id, checked=checked)
        self.variants[account_id].setVisible(checked)

    def _add(self, account: Account, *, open_now: bool, chosen: bool) -> None:
        closed = "（不在您的角色范围内）" if account.state in PUBLISHABLE else "（已不能发布）"
        check = ElidedCheck(account.caption.replace("&", "&&") + ("" if open_now else closed))
        check.setChecked(chosen)
        check.toggled.connect(lambda checked, account_id=account.id: self._toggled(account_id, checked=checked))
        button = QPushButton("写单独文案")
        set_role(button, kind="plain")
        button.setToolTip("该平台一般需要单独的文案" if account.needs_variant else "给这个账号另写标题和正文")
        button.setAccessibleName(f"{account.caption}的单独文案")
        if not chosen:
            button.hide()
        button.clicked.connect(lambda _checked=False, account_id=account.id: self.variant_wanted.emit(account_id))
        self.checks[account.id], self.variants[account.id] = check, button
        # The button of a long name goes on in the next row.
        line = QWidget()
        row = FlowLayout(line)
        row.addWidget(check)
        row.addWidget(button)
        self._lines.addWidget(line)

    def _order_tab(self) -> None:
        """Let Tab come to the accounts where they stand: made late, they would come after everything else."""
        before = self.previousInFocusChain()
        while before is not None and before is not self and not self._comes_before(before):
            before = before.previousInFocusChain()
        made = [widget for account_id in self.checks for widget in (self.checks[account_id], self.variants[account_id])]
        tab_through((*(() if before is None or before is self else (before,)), *made))

    def _comes_before(self, field: QWidget) -> bool:
        return bool(field.focusPolicy() & Qt.FocusPolicy.TabFocus) and not self.isAncestorOf(field)

    def _toggled(self, account_id: str, *, checked: bool) -> None:
        self.variants[account_id].setVisible(checked)
        self._note(account_id, checked=checked)
        if not checked:
            self.unchecked.emit(account_id)
        self.complain("")
        self.edited.emit()

    def _note(self, account_id: str, *, checked: bool) -> None:
        if account_id in self._order:
            self._order.remove(account_id)
        if checked:
            self._order.append(account_id)
