"""What stands on the papers of an account's life (articles 4, 5 and 7; domain.md 3.1 to 3.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.labels import label, long_date
from app.models.account import Account
from app.models.account_application import (
    AccountField,
    Application,
    ApplicationKind,
    ChangeLine,
    ClosingType,
    FilingType,
)
from app.models.account_change import binding_of, people_of
from app.models.account_watch import Operator
from app.models.paper import AccountForm, Field, GridSection, OpinionBox, PaperHead, TableSection, tick_words
from app.models.particulars import Binding, Certification, Charge, Interaction, Owner, Particulars, PersonInCharge
from app.models.staff import Person, Unit

_AGREE = ("同意", "不同意")
_OWN_OPINIONS = (
    OpinionBox("科室意见", _AGREE),
    OpinionBox("分管领导意见", _AGREE),
    OpinionBox("单位主要\n负责人意见", _AGREE, sealed=True),
)
_DISTRICT = OpinionBox("区政府\n办公室\n备案意见", ("准予备案", "退回补正"), ("备案号：",), sealed=True)
_NOTE = "参考式样：区政府办公室印发正式表样后，以正式表样为准。"
_PEOPLE = ("职责", "姓名", "职务", "电话", "平台角色")
_NONE = "无"


@dataclass(frozen=True)
class FormFacts:
    """What the papers say beside the application itself."""

    unit: Unit
    account: Account
    people: Mapping[str, Person]
    operators: Mapping[str, Operator]
    terminals: Mapping[str, str]
    """Numbers of the terminals by id."""
    filing_number: str = ""
    """The district office's number of the account's last filing."""

    def name(self, person_id: str) -> str:
        """Return a person's name as papers print it."""
        person = self.people.get(person_id)
        return person.name if person else "（不在册）"


def account_form(application: Application, facts: FormFacts, head: PaperHead) -> AccountForm:
    """Lay out a paper's text by its kind."""
    sections = {
        ApplicationKind.FILING: _filing,
        ApplicationKind.CHANGE: _change,
        ApplicationKind.CLOSING: _closing,
    }[application.kind](application, facts)
    # The unit's own approval before an account is opened is not sent to the district office.
    sent = application.text.filing_type is not FilingType.OPENING
    opinions = (*_OWN_OPINIONS, _DISTRICT) if sent else _OWN_OPINIONS
    return AccountForm(head, sections, opinions, footnote=_NOTE)


def _ticked(values: type[StrEnum], chosen: StrEnum | None) -> str:
    return tick_words([label(value) for value in values], {label(chosen)} if chosen is not None else ())


def _known(facts: FormFacts) -> tuple[Field, ...]:
    account = facts.account
    return (
        Field("账号名称", account.name),
        Field("平台", account.platform),
        Field("账号ID", account.handle),
        Field("备案号", facts.filing_number),
    )


def _filing(application: Application, facts: FormFacts) -> tuple[GridSection, ...]:
    account, told = facts.account, facts.account.particulars
    interactions = tick_words([label(one) for one in Interaction], {label(one) for one in told.interactions})
    own = (
        Field("备案类型", _ticked(FilingType, application.text.filing_type), wide=True),
        Field("账号名称", account.name),
        Field("账号ID", account.handle),
        Field("平台", account.platform),
        Field("账号类型", told.kind),
        Field("认证主体", told.subject),
        Field("认证情况", _certification(told)),
        Field("开通日期", long_date(account.opened_on) if account.opened_on else ""),
        Field("更新频次", told.rhythm),
        Field("涉及领域", told.field),
        Field("商业功能", "、".join(told.commercial) or "未开"),
        Field("账号链接", account.link, wide=True),
        Field("功能定位\n开设理由", told.function or application.text.reason, wide=True),
        Field("信息发布\n范围", told.scope, wide=True),
        Field("互动功能", interactions, wide=True),
        Field("简介", told.introduction, wide=True),
    )
    unit = (
        Field("主办单位", told.host_unit or facts.unit.name),
        Field("主管单位", facts.unit.supervisor),
        Field("承办科室", told.department),
        Field("代运营\n单位", _operator(facts, told.operator_id)),
    )
    staff = tuple((label(one.charge), *_person(one, facts)) for one in told.people)
    secured = (
        Field("绑定手机", binding_words(told.phone)),
        Field("绑定邮箱", binding_words(told.mail)),
        Field("密码保管人", _custodians(told, facts)),
        Field("登录终端", "、".join(facts.terminals.get(one, "") for one in told.terminal_ids)),
        Field("二次验证", told.second_factor),
        Field("全国系统\n登记", long_date(told.national_registered_on) if told.national_registered_on else ""),
    )
    attached = tick_words(("实施方案", "认证材料", "管理制度", "账号截图"))
    return (
        GridSection("账号", own),
        GridSection("单位", unit),
        GridSection("人员", (), TableSection("人员", _PEOPLE, (2.2, 1.6, 2.4, 2.2, 1.6), staff)),
        GridSection("安全", secured),
        GridSection("附件", (Field("所附材料", attached, wide=True),)),
    )


def _change(application: Application, facts: FormFacts) -> tuple[GridSection, ...]:
    text, announcement = application.text, application.text.announcement
    rows = tuple(
        (label(line.field), *(field_words(line.field, part, facts) or _NONE for part in (line.before, line.after)))
        for line in text.changes
    )
    days = [long_date(day) for day in (announcement.from_on, announcement.to_on) if day is not None]
    why = (
        Field("变更原因", text.reason, wide=True),
        Field("依据", text.basis),
        Field("拟变更日期", long_date(text.wanted_on) if text.wanted_on else ""),
        Field("向社会公告", tick_words(("需要", "不需要"), ("需要" if application.announces else "不需要",))),
        Field("公告日期", "至".join(days)),
        *((Field("公告内容", announcement.text, wide=True),) if announcement.text else ()),
    )
    done = (
        Field("平台办理\n结果", ""),
        Field("全国系统\n更新", ""),
        Field("经办人", facts.name(application.created_by)),
        Field("联系电话", ""),
    )
    table = TableSection("变更事项", ("变更事项", "变更前", "变更后"), (1.3, 3.0, 3.0), rows)
    return (
        GridSection("账号", _known(facts)),
        GridSection("变更内容", (), table),
        GridSection("说明", why),
        GridSection("办理", done),
    )


def _closing(application: Application, facts: FormFacts) -> tuple[GridSection, ...]:
    text, announcement = application.text, application.text.announcement
    days = [long_date(day) for day in (announcement.from_on, announcement.to_on) if day is not None]
    own = (Field("申请类型", _ticked(ClosingType, text.closing_type), wide=True), *_known(facts))
    why = (
        Field("申请原因", text.reason, wide=True),
        Field("内部决策", text.basis, wide=True),
        Field("承接账号", text.successor or _NONE, wide=True),
    )
    told = (
        Field("公告内容", announcement.text, wide=True),
        Field("公告起止", "至".join(days)),
        Field("公告链接", announcement.link),
    )
    left = (
        Field("内容迁移、\n未办结留言、\n密码处置", text.remains, wide=True),
        Field("平台提交日", ""),
        Field("注销完成日", ""),
        Field("经办人", facts.name(application.created_by)),
        Field("全国系统\n关停备案", ""),
    )
    return (GridSection("账号", own), GridSection("原因", why), GridSection("公告", told), GridSection("善后", left))


def field_words(field: AccountField, text: str, facts: FormFacts) -> str:
    """Return the value of a changed field as a person reads it."""
    match field:
        case AccountField.LEADER | AccountField.PEOPLE:
            return "；".join(f"{label(one.charge)} {' '.join(_person(one, facts)).strip()}" for one in people_of(text))
        case AccountField.PHONE | AccountField.MAIL:
            return binding_words(binding_of(text))
        case AccountField.OPERATOR:
            return _operator(facts, text)
        case AccountField.PICTURE:
            return f"图片 {text[:8]}" if text else ""
        case _:
            return text


def change_words(line: ChangeLine, facts: FormFacts) -> str:
    """Return a change in one line, e.g. for a list."""
    before, after = (field_words(line.field, text, facts) or _NONE for text in (line.before, line.after))
    return f"{label(line.field)}：{before} → {after}"


def binding_words(binding: Binding) -> str:
    """Return a bound number or address with its owner."""
    if not binding.value and binding.owner is Owner.UNKNOWN:
        return ""
    return f"{binding.value}（{label(binding.owner)}）" if binding.value else label(binding.owner)


def _person(one: PersonInCharge, facts: FormFacts) -> tuple[str, str, str, str]:
    person = facts.people.get(one.person_id)
    return facts.name(one.person_id), person.duty if person else "", one.phone, one.platform_role


def _custodians(told: Particulars, facts: FormFacts) -> str:
    kept = [(word, told.in_charge(charge)) for word, charge in (("主", Charge.CUSTODIAN_A), ("备", Charge.CUSTODIAN_B))]
    return "　".join(f"{facts.name(one.person_id)}（{word}）" for word, found in kept for one in found)


def _certification(told: Particulars) -> str:
    if told.certification is Certification.NONE:
        return label(told.certification)
    until = f"，{long_date(told.certified_until)}到期" if told.certified_until else ""
    return f"{label(told.certification)}{until}"


def _operator(facts: FormFacts, operator_id: str) -> str:
    operator = facts.operators.get(operator_id)
    if operator is None:
        return _NONE
    until = f"，合同至{long_date(operator.contract_to)}" if operator.contract_to else ""
    return f"{operator.name}{until}"
