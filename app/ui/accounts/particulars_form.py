"""The fields of an account as the register holds them, in sections (domain fields of the filing form, article 5)."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.labels import label
from app.models.account import Account
from app.models.particulars import Certification, Charge, Interaction, OpenedFor
from app.models.platform import Platform
from app.services.account_desk import AccountChoices
from app.ui.accounts.binding_field import BindingField
from app.ui.accounts.people_field import PeopleField
from app.ui.theme import px, set_role
from app.ui.widgets.day_or_none import DayOrNone
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.tick_list import TickList


def line_field(text: str, most: int = 200) -> QLineEdit:
    """Return a field of one line."""
    field = QLineEdit(text)
    field.setMaxLength(most)
    field.setCursorPosition(0)
    return field


def text_field(text: str) -> QPlainTextEdit:
    """Return a field of a few lines."""
    field = QPlainTextEdit(text)
    field.setTabChangesFocus(True)
    field.setFixedHeight(px(64))
    return field


def operator_field(choices: AccountChoices, operator_id: str) -> ElidedCombo:
    """Return a choice of outsourced operators, with the present one even when its time is over."""
    field = ElidedCombo()
    field.addItem("没有，本单位自己运营", "")
    for operator in choices.operators:
        field.addItem(operator.name, operator.id)
    if operator_id and field.findData(operator_id) < 0:
        field.addItem("原来的代运营单位（已结束）", operator_id)
    field.setCurrentIndex(max(0, field.findData(operator_id)))
    return field


class ParticularsForm(QWidget):
    """`filled` returns the account as the fields say; `bound` are those that a filed account changes by paper only."""

    def __init__(self, choices: AccountChoices, account: Account, *, planned: bool) -> None:
        super().__init__()
        self._choices, self._account = choices, account
        self._platforms = {one.name: one for one in choices.platforms}
        told, today = account.particulars, choices.today
        self.platform = ElidedCombo()
        self.platform.addItems(
            [one.name for one in choices.platforms if not one.retired or one.name == account.platform]
        )
        if account.platform and self.platform.findText(account.platform) < 0:
            self.platform.addItem(account.platform)
        self.platform.setCurrentIndex(max(0, self.platform.findText(account.platform)))
        self.name, self.handle = line_field(account.name, 100), line_field(account.handle, 100)
        self.link, self.kind = line_field(account.link, 2000), QComboBox()
        self.kind.setEditable(True)
        self.opened_on = DayOrNone("知道哪天", account.opened_on, today, last=today)
        self.variant = QCheckBox("这个平台要另写一份文案（如微博字数少）")
        self.variant.setChecked(account.needs_variant)
        self.certification = _choice(Certification, told.certification)
        self.certified_until = DayOrNone("有到期日", told.certified_until, today)
        self.subject, self.host_unit = line_field(told.subject), line_field(told.host_unit)
        self.opened_for, self.body_name = _choice(OpenedFor, told.opened_for), line_field(told.body_name)
        self.function, self.scope = text_field(told.function), text_field(told.scope)
        self.field, self.rhythm = line_field(told.field), line_field(told.rhythm)
        self.interactions = TickList({one.value: label(one) for one in Interaction}, told.interactions)
        self.introduction = text_field(told.introduction)
        self.department = line_field(told.department)
        self.operator = operator_field(choices, told.operator_id)
        self.people = PeopleField(choices, Charge, told.people)
        self.phone, self.mail = BindingField("绑定手机", told.phone), BindingField("绑定邮箱", told.mail)
        self.second_factor = line_field(told.second_factor)
        self.terminals = TickList(
            {one.id: f"{one.number} {one.name}".strip() for one in choices.terminals}, told.terminal_ids
        )
        self.commercial = TickList({}, ())
        self.national = DayOrNone("已经登记", told.national_registered_on, today, last=today)
        self.grids: dict[str, FormGrid] = {}
        self._lay_out(planned=planned)
        self._follow_platform(told.commercial)
        self.kind.setCurrentText(told.kind)
        self.platform.currentTextChanged.connect(lambda _name: self._follow_platform(()))
        self.certification.currentIndexChanged.connect(lambda _place: self._follow_choices())
        self.opened_for.currentIndexChanged.connect(lambda _place: self._follow_choices())
        self._follow_choices()

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """Every field, the platform before what it offers."""
        return (
            *(self.platform, self.name, self.kind, self.handle, self.link, self.opened_on, self.variant),
            *(self.certification, self.certified_until, self.subject, self.host_unit, self.opened_for, self.body_name),
            *(self.function, self.scope, self.field, self.rhythm, self.interactions, self.introduction),
            *(self.department, self.operator, self.people, self.phone, self.mail, self.second_factor),
            *(self.terminals, self.commercial, self.national),
        )

    @property
    def bound(self) -> tuple[QWidget, ...]:
        """The fields that a filed account changes only by a signed application (article 7)."""
        return (
            *(self.platform, self.name, self.subject, self.host_unit, self.people, self.scope, self.function),
            *(self.phone, self.mail, self.operator, self.introduction),
        )

    def filled(self) -> Account:
        """Return the account as the fields say."""
        told = self._account.particulars
        offered = {one.id for one in self._choices.terminals}
        kept = tuple(one for one in told.terminal_ids if one not in offered)
        certification = Certification(self.certification.currentData())
        opened_for = OpenedFor(self.opened_for.currentData())
        particulars = replace(
            told,
            kind=self.kind.currentText().strip(),
            subject=self.subject.text().strip(),
            host_unit=self.host_unit.text().strip(),
            certification=certification,
            certified_until=None if certification is Certification.NONE else self.certified_until.day,
            opened_for=opened_for,
            body_name="" if opened_for is OpenedFor.UNIT else self.body_name.text().strip(),
            scope=self.scope.toPlainText().strip(),
            function=self.function.toPlainText().strip(),
            field=self.field.text().strip(),
            rhythm=self.rhythm.text().strip(),
            interactions=tuple(map(Interaction, self.interactions.ticked)),
            introduction=self.introduction.toPlainText().strip(),
            department=self.department.text().strip(),
            operator_id=self.operator.currentData(),
            people=self.people.people,
            phone=self.phone.binding,
            mail=self.mail.binding,
            second_factor=self.second_factor.text().strip(),
            terminal_ids=(*self.terminals.ticked, *kept),
            commercial=self.commercial.ticked,
            national_registered_on=self.national.day,
        )
        return replace(
            self._account,
            platform=self.platform.currentText().strip(),
            name=self.name.text().strip(),
            handle=self.handle.text().strip(),
            link=self.link.text().strip(),
            needs_variant=self.variant.isChecked(),
            opened_on=self.opened_on.day,
            particulars=particulars,
        )

    def _lay_out(self, *, planned: bool) -> None:
        flow = QVBoxLayout(self)
        flow.setContentsMargins(0, 0, px(4), 0)
        flow.setSpacing(px(12))
        account, use, unit, people, safety = (self._section(flow, name) for name in _SECTIONS)
        account.add("平台", self.platform, needed=True)
        account.add("账号名称", self.name, needed=True)
        account.add("账号类型", self.kind, "平台上的类型，例如订阅号、服务号。")
        account.add("账号标识", self.handle, "平台给的账号 ID 或微信号，没有可以不填。")
        account.add("主页链接", self.link)
        account.add("开通日期", self.opened_on)
        for field in (self.handle, self.link, self.opened_on):
            account.show_row(field, shown=not planned)
        account.add("认证", self.certification)
        account.add("认证到期", self.certified_until)
        account.add("认证主体", self.subject, "应当是本单位全称。")
        account.add_wide(self.variant)
        use.add("功能定位", self.function, "做什么用，为什么要开。")
        use.add("信息发布范围", self.scope)
        use.add("涉及领域", self.field)
        use.add("更新频次", self.rhythm, "例如每周两次。")
        use.add("互动功能", self.interactions)
        use.add("简介", self.introduction)
        unit.add("主办单位", self.host_unit, "空着就是本单位。")
        unit.add("开设名义", self.opened_for)
        unit.add("机构或项目", self.body_name)
        unit.add("承办科室", self.department)
        unit.add("代运营单位", self.operator)
        people.add_wide(self.people)
        safety.add("绑定手机", self.phone)
        safety.add("绑定邮箱", self.mail)
        safety.add("二次验证", self.second_factor, "例如短信验证、扫码确认。")
        safety.add("登录终端", self.terminals)
        safety.show_row(self.terminals, shown=bool(self.terminals.boxes))
        safety.add("商业功能", self.commercial, "正在用的才勾；政务账号应当都关着（第十五条（一））。")
        safety.add("全国系统登记", self.national, "全国政务新媒体信息报送系统。")

    def _section(self, flow: QVBoxLayout, name: str) -> FormGrid:
        heading = QLabel(name)
        set_role(heading, role="strong")
        heading.setContentsMargins(0, px(6), 0, 0)
        grid = self.grids[name] = FormGrid()
        flow.addWidget(heading)
        flow.addWidget(grid)
        return grid

    def _follow_platform(self, ticked: tuple[str, ...]) -> None:
        """Offer the kinds and the commercial functions of the chosen platform."""
        platform: Platform | None = self._platforms.get(self.platform.currentText())
        typed = self.kind.currentText()
        self.kind.clear()
        self.kind.addItems(list(platform.kinds) if platform is not None else [])
        self.kind.setCurrentText(typed)
        offered = dict.fromkeys((*(platform.commercial if platform is not None else ()), *ticked))
        self.commercial.offer({one: one for one in offered}, ticked)
        self.grids["安全"].show_row(self.commercial, shown=bool(offered))

    def _follow_choices(self) -> None:
        certified = self.certification.currentData() != Certification.NONE.value
        self.grids["账号"].show_row(self.certified_until, shown=certified)
        body = self.opened_for.currentData() != OpenedFor.UNIT.value
        self.grids["单位"].show_row(self.body_name, shown=body)


_SECTIONS = ("账号", "用途", "单位", "人员", "安全")


def _choice(kind: type[Certification] | type[OpenedFor], chosen: Certification | OpenedFor) -> QComboBox:
    field = QComboBox()
    for value in kind:
        field.addItem(label(value), value.value)
    field.setCurrentIndex(field.findData(chosen.value))
    return field
