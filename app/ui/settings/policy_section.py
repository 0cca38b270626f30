"""制度参数: the versions in force, every value with its basis, and adopting an edited copy."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView, QWidget

from app.errors import FileUnreadableError, MissingFieldError
from app.labels import label
from app.models.policy import LIMITS, NUMBERS, TITLES, Policy, PolicyVersion
from app.models.shipped_words import Stated
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import px, set_role
from app.ui.widgets.day_field import DayField
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.quiet_table import FittedColumns, quiet_table

POLICY_FILES = "制度参数文件 (*.toml)"
HEADINGS = ("项目", "内容", "依据")
_LIMIT_WORDS = {
    "update_warn_days": "没有更新几天后提醒",
    "update_limit_days": "更新间隔上限（天）",
    "update_veto_days": "单项否决的更新间隔（天）",
    "filing_working_days": "备案期限（工作日）",
    "archive_due_day": "每月几日前归档",
    "password_age_days": "密码最长使用天数",
    "code_valid_days": "一次性口令有效天数",
    "certification_notice_days": "认证到期前几天提醒",
}
_NUMBER_WORDS = {
    "review_sheet": "审核表",
    "archive_cover": "月度存档",
    "account_filing": "备案登记表",
    "account_change": "变更申请表",
    "account_closing": "关停（注销）申请表",
    "password_handover": "密码交接单",
}
_RETENTION_WORDS = {
    "draft": "草稿保管期限",
    "review_sheet": "审核表保管期限",
    "publication": "发布记录保管期限",
    "archive": "月度存档保管期限",
    "statement": "书面说明保管期限",
    "staff": "人员资料保管期限",
    "audit": "审计记录保管期限",
    "sign_in_attempts": "登录记录保管期限",
    "account": "账号手续保管期限",
    "personal_account": "个人认证账号记录保管期限",
    "custody": "密码和终端记录保管期限",
}
_TITLE_WORDS = {
    "review_sheet": "审核表名称",
    "archive_cover": "存档封面名称",
    "handover_slip": "归档交接单名称",
    "code_slip": "口令单名称",
    "waiting_list": "待签清单名称",
    "account_filing": "备案登记表名称",
    "account_change": "变更申请表名称",
    "account_closing": "关停（注销）申请表名称",
    "password_handover": "密码交接单名称",
    "responsibility_list": "责任清单名称",
    "password_changes": "密码变更记录名称",
    "password_loans": "启封、借用登记名称",
}


def policy_rows(policy: Policy) -> list[tuple[str, str, str]]:
    """List every value of a policy with its basis, in words."""
    rows = [("所依据的制度", policy.regulation, ""), ("主管单位", policy.supervisor, "第二条")]
    for review_class, chain in policy.chains.items():
        steps = "→".join(label(step.kind) + (f"×{step.quorum}" if step.quorum > 1 else "") for step in chain.steps)
        rows.append((f"审核流程：{label(review_class)}", steps, chain.basis))
    rows += [_told(_LIMIT_WORDS[key], policy.limit(key), key in policy.limits) for key in LIMITS]
    rows += [_told(_TITLE_WORDS[key], policy.title(key), key in policy.titles) for key in TITLES]
    rows += [
        _told(f"{_NUMBER_WORDS[key]}代字的末字", policy.number_word(key), key in policy.numbers) for key in NUMBERS
    ]
    rows.append(("栏目", "、".join(policy.categories), ""))
    rows += [(_RETENTION_WORDS[key], stated.value, stated.basis) for key, stated in policy.retention.items()]
    return rows


def _told(name: str, stated: Stated, written: bool) -> tuple[str, str, str]:
    """Return one row; what the version does not say is as shipped, and says so."""
    return name, stated.value, stated.basis if written else f"{stated.basis}（这一版没有写，按先审自带的）"


class PolicySection(Section):
    """Shows the versions; an edited copy is adopted with a day and whoever approved it."""

    heading = "制度参数"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.versions: tuple[PolicyVersion, ...] = ()
        self.version = ElidedCombo()
        self.version.setAccessibleName("版本")
        self.version.currentIndexChanged.connect(self._show_version)
        self.model = QStandardItemModel(0, len(HEADINGS), self)
        self.model.setHorizontalHeaderLabels(list(HEADINGS))
        self.table = QTableView()
        self.table.setModel(self.model)
        quiet_table(self.table, "制度参数", wide=1)
        FittedColumns(self.table, {0: 180, 2: 240})
        self.table.setMinimumHeight(px(300))
        self.approver = QLabel()
        self.approver.setTextFormat(Qt.TextFormat.PlainText)
        self.approver.setWordWrap(True)
        set_role(self.approver, role="small")
        self.body.addWidget(self.version)
        self.body.addWidget(self.approver)
        self.body.addWidget(self.table, 1)
        self.effective = DayField(self.desk.services.today.day())
        self.approved_by = QLineEdit()
        self.approved_by.setMaxLength(60)
        form = FormGrid()
        form.add("新版生效日期", self.effective)
        form.add("批准人", self.approved_by, "启用新版不改动已经办过的事：它们仍按当时的版本。")
        self.body.addWidget(form)
        self.export_button = QPushButton("导出现在这一版……")
        self.adopt_button = QPushButton("启用改好的文件……")
        set_role(self.adopt_button, kind="primary")
        self.export_button.clicked.connect(self.export)
        self.adopt_button.clicked.connect(self.choose)
        self.add_buttons(self.export_button, self.adopt_button)

    def refresh(self) -> None:
        """Read the versions."""
        self.desk.tasks.run(self, self.desk.services.settings.policies, self._show, topic="policy")

    def _show(self, versions: tuple[PolicyVersion, ...]) -> None:
        self.versions = versions
        self.effective.begin(self.desk.services.today.day())
        self.version.blockSignals(True)
        self.version.clear()
        for adopted in versions:
            self.version.addItem(f"第 {adopted.version} 版　{adopted.effective_on} 起生效")
        self.version.blockSignals(False)
        self._show_version(0)
        self.allow(self.adopt_button, self.effective, self.approved_by)

    def _show_version(self, index: int) -> None:
        if not 0 <= index < len(self.versions):
            return
        self.approver.setText(f"批准人：{self.versions[index].approved_by}")
        self.model.setRowCount(0)
        for row in policy_rows(self.versions[index].policy):
            items = [QStandardItem(cell) for cell in row]
            for item, cell in zip(items, row, strict=True):
                item.setToolTip(cell)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            self.model.appendRow(items)

    def export(self) -> None:
        """Write the shown version to a file, to be edited."""
        adopted, settings = self.versions[self.version.currentIndex()], self.desk.services.settings
        name = f"制度参数第{adopted.version}版.toml"
        path = self.desk.dialogs.save_file(self, "导出制度参数", name, POLICY_FILES)
        if path is not None:
            self.desk.tasks.run(
                self,
                lambda: settings.export_policy(adopted.version, path),
                lambda _done: self.saved(f"已导出到“{path.name}”。用记事本改好以后，在这里启用。"),
                self.refused,
            )

    def choose(self) -> None:
        """Ask for an edited file."""
        path = self.desk.dialogs.open_file(self, "选择改好的制度参数文件", POLICY_FILES)
        if path is not None:
            self.adopt(path)

    def adopt(self, path: Path) -> None:
        """Adopt an edited file as the next version."""
        on, approved_by = self.effective.day, self.approved_by.text()
        if not approved_by.strip():
            self.refused(MissingFieldError("approved_by"))
            self.approved_by.setFocus()
            return
        text = "新版制度参数改变以后的审批和期限，要再输入一次您自己的口令。"
        passcode = self.desk.dialogs.ask_passcode(self, "启用新版制度参数", "您的口令", text=text)
        if not passcode:
            return
        settings = self.desk.services.settings
        self.desk.tasks.run(
            self, lambda: settings.adopt_policy(_read(path), on, approved_by, passcode), self._adopted, self.refused
        )

    def _adopted(self, adopted: PolicyVersion) -> None:
        self.saved(f"已启用第 {adopted.version} 版，{adopted.effective_on} 起生效。")
        self.desk.changes.tell("policy")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FileUnreadableError(path.name, "unknown_encoding") from wrong
    except OSError as refused:
        raise FileUnreadableError(path.name, "no_permission") from refused
