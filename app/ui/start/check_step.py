"""Step 核对: everything that was typed, on one page, before anything is written."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.labels import label
from app.models.person_names import names_apart
from app.models.right import Role
from app.services.setup import SetupPlan
from app.ui.start.door_card import door_label
from app.ui.start.wizard_step import WizardStep
from app.ui.theme import px, set_role
from app.ui.widgets.form_grid import FormGrid


class CheckStep(WizardStep):
    """Shows the plan; nothing can be typed here."""

    label = "核对"
    heading = "核对"
    explanation = "请核对；要改就返回前面的步骤，已填的内容都在。点“完成设置”后写入，并为每个登录的人生成一次性口令。"

    def __init__(self) -> None:
        super().__init__()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("核对的内容")
        self.rows.addWidget(self.area, 1)
        self.shown = ""

    def show_plan(self, plan: SetupPlan) -> None:
        """Show what would be written."""
        unit = plan.unit
        called = names_apart(plan.people)
        second = "" if plan.second_person is None else called[plan.second_person]
        parts: list[tuple[str, list[tuple[str, str]]]] = [
            (
                "单位",
                [
                    ("单位名称", unit.name),
                    ("单位简称", unit.short_name or unit.name),
                    ("单位代码", unit.code.upper()),
                    ("主管单位", unit.supervisor),
                    ("代字", f"{unit.code_word}（例如 {unit.code_word}审〔2026〕1号）"),
                ],
            ),
            (
                f"人员（{len(plan.people)} 人）",
                [
                    (
                        person.name,
                        "，".join(
                            part
                            for part in (
                                f"{person.department}{person.duty}",
                                "、".join(label(role) for role in Role if role in person.roles),
                                "登录" if person.signs_in else "只在纸上签字",
                            )
                            if part
                        ),
                    )
                    for person in plan.people
                ],
            ),
            ("系统管理员忘记口令时", [("重发的人", second or "不指定，只用封存的恢复口令单")]),
            (
                f"账号（{len(plan.accounts)} 个）",
                [
                    (account.platform, account.name + ("（单独文案）" if account.needs_variant else ""))
                    for account in plan.accounts
                ]
                or [("", "暂不登记")],
            ),
        ]
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        for title, lines in parts:
            column.addWidget(_card(title, lines))
        column.addStretch(1)
        self.area.setWidget(sheet)
        self.shown = "\n".join(f"{name}：{value}" for _title, lines in parts for name, value in lines)


def _card(title: str, lines: list[tuple[str, str]]) -> QFrame:
    card = QFrame()
    set_role(card, role="card")
    column = QVBoxLayout(card)
    column.setContentsMargins(px(16), px(12), px(16), px(12))
    column.addWidget(door_label(title, "strong"))
    grid = FormGrid()
    for name, value in lines:
        shown = door_label(value)
        shown.setContentsMargins(0, px(7), 0, 0)
        grid.add(name, shown)
    column.addWidget(grid)
    return card
