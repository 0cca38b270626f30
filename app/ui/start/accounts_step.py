"""Step 账号: the first accounts (article 4); more can be registered later."""

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.services.setup import AccountPlan
from app.ui.start.door_card import door_label
from app.ui.start.plan_list import PlanList
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px, set_role
from app.ui.widgets.form_grid import FormGrid

PLATFORMS = ("微信公众号", "微博", "抖音", "今日头条", "微信视频号", "快手", "小红书", "人民号", "网易号", "哔哩哔哩")
SHORT_PLATFORMS = frozenset({"微博", "抖音", "微信视频号", "快手", "小红书"})
"""Platforms whose posts are usually written apart from the main text."""


@dataclass
class AccountRow:
    """An account as far as the wizard knows it."""

    platform: str = PLATFORMS[0]
    name: str = ""
    handle: str = ""
    link: str = ""
    needs_variant: bool = False


class AccountsStep(WizardStep):
    """A list of accounts, and beside it one of them."""

    label = "账号"
    heading = "政务新媒体账号"
    explanation = "登记已经在用的账号；现在不登记也可以，以后在“账号”里添加。"

    def __init__(self) -> None:
        super().__init__()
        self.accounts: list[AccountRow] = []
        self._current = -1
        self._filling = False
        self.list = PlanList("账号", "添加账号", "移除")
        self.list.chosen.connect(self.choose)
        self.list.add_asked.connect(self.add_account)
        self.list.remove_asked.connect(self.remove_account)
        self.platform_box = QComboBox()
        self.platform_box.setEditable(True)
        self.platform_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.platform_box.addItems(list(PLATFORMS))
        self.name_field, self.handle_field, self.link_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.variant_box = QCheckBox("内容要为这个平台单独改写")
        self.card = QFrame()
        set_role(self.card, role="card")
        self._lay_out()
        self._show_account()

    def add_account(self) -> None:
        """Add an account and go to its name."""
        self.accounts.append(AccountRow())
        self._current = len(self.accounts) - 1
        self._show_account()
        self.name_field.setFocus()
        self.came_to.emit(self.name_field)
        self.changed.emit()

    def remove_account(self, index: int) -> None:
        """Take an account out."""
        if 0 <= index < len(self.accounts):
            del self.accounts[index]
            self._current = min(index, len(self.accounts) - 1)
            self._show_account()
            self.changed.emit()

    def choose(self, index: int) -> None:
        """Show an account's form."""
        if 0 <= index < len(self.accounts):
            self._current = index
            self._show_account()

    def plans(self) -> tuple[AccountPlan, ...]:
        """Return the accounts as typed."""
        return tuple(
            AccountPlan(a.platform.strip(), a.name.strip(), a.handle.strip(), a.link.strip(), a.needs_variant)
            for a in self.accounts
        )

    def missing(self) -> str:
        """Say which account lacks its platform or name."""
        if any(not account.name.strip() for account in self.accounts):
            return "还有账号没有填写名称；用不到的请移除。"
        if any(not account.platform.strip() for account in self.accounts):
            return "还有账号没有选择平台。"
        return ""

    def take_focus(self) -> None:
        """Go to the name, or to the button that adds the first account."""
        (self.name_field if self.accounts else self.list.add_button).setFocus()

    def _lay_out(self) -> None:
        grid = FormGrid()
        grid.add("平台", self.platform_box, "可以选择，也可以直接输入。", needed=True)
        for caption, line, limit, hint in (
            ("账号名称", self.name_field, 80, ""),
            ("账号标识", self.handle_field, 80, "例如微信号、微博 UID，可以不填。"),
            ("主页链接", self.link_field, 300, "可以不填。"),
        ):
            line.setMaxLength(limit)
            line.textChanged.connect(self._typed)
            grid.add(caption, line, hint, needed=caption == "账号名称")
        grid.add("单独文案", self.variant_box, "例如字数受限的微博：审核表上会另外列出这段文案。")
        self.platform_box.currentTextChanged.connect(self._platform_chosen)
        self.variant_box.toggled.connect(self._typed)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.addWidget(grid)
        column.addStretch(1)
        self.empty = door_label("点“添加账号”，登记本单位正在使用的账号。", "muted")
        sides = QHBoxLayout()
        sides.setSpacing(px(16))
        sides.addWidget(self.list, 2)
        right = QVBoxLayout()
        right.addWidget(self.empty)
        right.addWidget(self.card)
        right.addStretch(1)
        sides.addLayout(right, 5)
        self.rows.addLayout(sides, 1)

    def _show_account(self) -> None:
        here = bool(self.accounts)
        self.card.setVisible(here)
        self.empty.setVisible(not here)
        self._filling = True
        if here:
            account = self.accounts[self._current]
            self.platform_box.setCurrentText(account.platform)
            self.name_field.setText(account.name)
            self.handle_field.setText(account.handle)
            self.link_field.setText(account.link)
            self.variant_box.setChecked(account.needs_variant)
        self._filling = False
        self._show_list()

    def _platform_chosen(self, platform: str) -> None:
        if not self._filling:
            self._filling = True
            self.variant_box.setChecked(platform in SHORT_PLATFORMS)
            self._filling = False
            self._typed()

    def _typed(self) -> None:
        if self._filling or not self.accounts:
            return
        account = self.accounts[self._current]
        account.platform = self.platform_box.currentText()
        account.name = self.name_field.text()
        account.handle = self.handle_field.text()
        account.link = self.link_field.text()
        account.needs_variant = self.variant_box.isChecked()
        self._show_list()
        self.changed.emit()

    def _show_list(self) -> None:
        lines = [f"{a.platform}：{a.name.strip() or '（未填名称）'}" for a in self.accounts]
        self.list.show_lines(lines, self._current)
