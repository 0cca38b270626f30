"""Papers of an account's life and of its password, with few, typical and very long contents."""

from dataclasses import replace
from datetime import date
from functools import cache

from app.forms.account_form import compose_account_form
from app.forms.listing import compose_listing
from app.forms.sheet import ComposedPaper
from app.models.paper import (
    AccountForm,
    Field,
    GridSection,
    ListingPaper,
    OpinionBox,
    TableSection,
    tick_words,
)
from app.models.papercode import PaperKind
from app.models.shipped_words import SHIPPED_TITLES
from tests.forms.specimens import RARE, fonts, head

FILLED = date(2026, 11, 23)
AGREE = ("同意", "不同意")
OPINIONS = (
    OpinionBox("科室意见", AGREE),
    OpinionBox("分管领导意见", AGREE),
    OpinionBox("单位主要\n负责人意见", AGREE, sealed=True),
    OpinionBox("区政府\n办公室\n备案意见", ("准予备案", "退回补正"), ("备案号：",), sealed=True),
)
REFERENCE_NOTE = "参考式样：区政府办公室印发正式表样后，以正式表样为准。本表一式两份。"
COLUMNS = ("姓名", "职务", "手机", "平台角色")
PEOPLE = (("陈晓敏", "办公室科员", "138****0001", "管理员"), ("林示例", "办公室科员", "138****0002", "运营者"))
TICKS = ("密码已改", "绑定已换", "原权限已移除")


def titled(kind: PaperKind, number: str = "", **more: str) -> AccountForm:
    return AccountForm(head(kind, SHIPPED_TITLES[kind.name.lower()].value, number, 1, **more), (), OPINIONS, FILLED)


def filing(
    people: tuple[tuple[str, ...], ...] = PEOPLE,
    scope: str = "本局职责范围内的政策解读、工作动态、便民提示和回应关切。",
    function: str = "面向辖区群众发布示例领域的政务信息，方便群众办事咨询。",
    name: str = "晋安示例",
    **more: str,
) -> AccountForm:
    """政务新媒体备案登记表 with every field of domain.md 3.1."""
    account = (
        Field("备案类型", tick_words(("新开设", "补备案", "年度复核"), ("新开设",)), wide=True),
        Field("账号名称", name),
        Field("账号ID", "gh_0123456789ab"),
        Field("平台", "微信公众号"),
        Field("账号类型", "订阅号"),
        Field("认证主体", "福州市晋安区示例局"),
        Field("认证到期", "2027年10月31日"),
        Field("开通日期", "2026年11月20日"),
        Field("粉丝数", "1,208"),
        Field("涉及领域", "城市管理"),
        Field("更新频次", "每周不少于2次"),
        Field("账号链接", "https://mp.weixin.qq.com/example", wide=True),
        Field("功能定位", function, wide=True),
        Field("信息发布范围", scope, wide=True),
        Field("头像和简介", "区徽式样头像；晋安区示例局官方账号。", wide=True),
        Field("互动功能", tick_words(("评论", "留言", "私信", "自动回复", "菜单"), ("评论", "私信")), wide=True),
    )
    unit = (
        Field("主办单位", "福州市晋安区示例局"),
        Field("主管单位", "福州市晋安区人民政府办公室"),
        Field("承办科室", "办公室"),
        Field("单位地址", "福州市晋安区示例路1号"),
        Field("单位性质", "行政机关"),
        Field("编制证书", tick_words(("已核验",), ("已核验",))),
        Field("代运营单位", "示例传媒公司"),
        Field("合同、保密", "至2027年6月　☑ 已订协议"),
    )
    charge = (
        Field("主要负责人", "王局长"),
        Field("主管领导", "李副局长　138****0003"),
        Field("信息员", "陈晓敏　138****0001"),
        Field("应急联系人", "林示例　138****0002"),
    )
    security = (
        Field("绑定手机", "138****0009（单位）"),
        Field("绑定邮箱", "示例局工作邮箱（单位）"),
        Field("密码保管人", "A岗陈晓敏　B岗林示例"),
        Field("登录终端", "JA-01、JA-02"),
        Field("二次验证", "管理员扫码（陈晓敏）", wide=True),
    )
    attached = tick_words(("实施方案", "认证材料", "管理制度", "账号截图"), ("认证材料", "管理制度"))
    national = "☐ 已登记　☐ 未登记　　登记日期：　　　　　　登记人："
    sections = (
        GridSection("账号", account),
        GridSection("单位", unit),
        GridSection("人员", charge, TableSection("后台管理人员", COLUMNS, (2, 3, 3, 2), people)),
        GridSection("安全", security),
        GridSection("其他", (Field("所附材料", attached, wide=True), Field("全国系统", national, wide=True))),
    )
    form = titled(PaperKind.ACCOUNT_FILING, "晋示备〔2026〕2号", **more)
    return replace(form, sections=sections, footnote=REFERENCE_NOTE)


CHANGES = (
    ("主管领导", "李副局长", "赵副局长"),
    ("信息发布范围", "工作动态、通知公告。", "工作动态、通知公告、政策解读和便民提示。"),
)


def change(
    changes: tuple[tuple[str, ...], ...] = CHANGES,
    reason: str = "班子分工调整，主管领导变动；发布范围随职责扩大。",
    **more: str,
) -> AccountForm:
    """政务新媒体变更申请表 (domain.md 3.2)."""
    account = (
        Field("账号名称", "晋安示例"),
        Field("平台", "微信公众号"),
        Field("账号ID", "gh_0123456789ab"),
        Field("备案号", "榕晋新媒〔2026〕17号"),
    )
    why = (
        Field("变更原因", reason, wide=True),
        Field("依据文件", "晋示〔2026〕9号"),
        Field("拟变更日期", "2026年12月1日"),
        Field("向社会公告", tick_words(("需要", "不需要"), ("不需要",))),
        Field("公告日期", ""),
    )
    done = (
        Field("平台办理结果", ""),
        Field("全国系统更新", ""),
        Field("经办人", "陈晓敏"),
        Field("联系电话", "0591-0000"),
    )
    sections = (
        GridSection("账号", account),
        GridSection("变更内容", (), TableSection("变更事项", ("变更事项", "变更前", "变更后"), (1.3, 3, 3), changes)),
        GridSection("说明", why),
        GridSection("办理", done),
    )
    form = titled(PaperKind.ACCOUNT_CHANGE, "晋示变〔2026〕1号", **more)
    return replace(form, sections=sections, footnote=REFERENCE_NOTE)


def closing(
    reason: str = "与“晋安示例”功能相近，关注人数少，合并后统一发布。",
    announcement: str = "本账号自2026年12月31日起停止更新。",
) -> AccountForm:
    """政务新媒体关停（注销）申请表 (domain.md 3.3)."""
    account = (
        Field("申请类型", tick_words(("停更", "关停", "注销", "合并"), ("关停",)), wide=True),
        Field("账号名称", "晋安示例·抖音"),
        Field("平台", "抖音"),
        Field("账号ID", "jinan_sample"),
        Field("备案号", "榕晋新媒〔2025〕4号"),
        Field("粉丝数", "312"),
        Field("存量内容数", "86"),
    )
    why = (
        Field("申请原因", reason, wide=True),
        Field("内部决策", "2026年11月20日局长办公会研究同意", wide=True),
        Field("承接账号", "微信公众号“晋安示例”", wide=True),
    )
    told = (
        Field("公告内容", announcement, wide=True),
        Field("公告起止", "2026年12月1日至31日"),
        Field("公告链接", "见微信公众号“晋安示例”"),
    )
    left = (
        Field("内容存档", "已导出，随2026年12月存档"),
        Field("未办结留言", "无"),
        Field("密码处置", "注销后销毁信封"),
        Field("绑定手机", "注销后解绑"),
        Field("平台提交日", ""),
        Field("注销完成日", ""),
        Field("全国系统关停", "", wide=True),
    )
    sections = (
        GridSection("账号", account),
        GridSection("原因", why),
        GridSection("公告", told),
        GridSection("善后", left),
    )
    form = titled(PaperKind.ACCOUNT_CLOSING, "晋示停〔2026〕1号")
    return replace(form, sections=sections, footnote=REFERENCE_NOTE)


def handed(number: int, done: tuple[bool, ...] = (True, True, False)) -> tuple[str, ...]:
    marks = tuple("☑" if one else "☐" for one in done)
    return (str(number), f"微信公众号“晋安示例{number}”", f"信封{number:02d}", *marks, "")


def password_handover(accounts: int = 2, unfinished: str = "无。") -> AccountForm:
    """密码交接单 (domain.md 3.11): what is handed over, three ticks an account, three people."""
    facts = (
        Field("移交人", "陈晓敏（办公室）"),
        Field("接收人", "林示例（办公室）"),
        Field("监交人", "王主任（办公室）"),
        Field("交接原因", "岗位调整"),
    )
    columns = ("序号", "账号", "信封号", *TICKS, "备注")
    rows = tuple(handed(number) for number in range(1, accounts + 1))
    sections = (
        GridSection("人员", facts),
        GridSection("账号", (), TableSection("移交账号", columns, (0.6, 3.0, 1.1, 1.3, 1.3, 1.9, 1.1), rows)),
        GridSection("其他", (Field("未办事项", unfinished, wide=True), Field("素材存档", "已移交", wide=True))),
    )
    signers = (
        OpinionBox("移交人", lines=("上列账号已当面移交，本人不再留有密码。",)),
        OpinionBox("接收人", lines=("上列账号已当面接收，密码已由本人更换。",)),
        OpinionBox("监交人", lines=("交接在本人监督下完成。",)),
    )
    form = titled(PaperKind.PASSWORD_HANDOVER, "晋示交〔2026〕3号")
    note = "密码不写在任何纸上；本单只记账号和办理情况。"
    return replace(form, sections=sections, opinions=signers, filled_on=None, reference=False, footnote=note)


def responsibility_list(accounts: int = 6) -> ListingPaper:
    """责任清单 (article 3): who opens, leads, reviews, maintains, keeps the password and watches each account."""
    columns = ("序号", "账号", "开设", "主管", "审核", "维护", "密码保管", "监看")
    rows = tuple(
        (str(n), f"微信公众号“晋安示例{n}”", "示例局", "李副局长", "王主任", "陈晓敏", "陈晓敏、林示例", "值班员")
        for n in range(1, accounts + 1)
    )
    return ListingPaper(
        head(PaperKind.RESPONSIBILITY_LIST, SHIPPED_TITLES["responsibility_list"].value, "", 0, "0" * 64),
        (Field("主要负责人", "王局长"), Field("账号数", f"{accounts} 个")),
        (TableSection("责任清单", columns, (0.6, 2.6, 1.0, 1.1, 1.0, 1.0, 1.4, 1.0), rows),),
        ("主要负责人",),
        "谁开设、谁主管，谁应用、谁负责。",
    )


def password_changes(rows: int = 9) -> ListingPaper:
    """密码变更记录: when, why, by whom and before whom, never what."""
    columns = ("序号", "日期", "账号", "原因", "操作人", "见证人", "备注")
    lines = tuple(
        (str(n), f"2026年11月{n % 28 + 1}日", f"微信公众号“晋安示例{n % 3}”", "定期更换", "陈晓敏", "王主任", "")
        for n in range(1, rows + 1)
    )
    return ListingPaper(
        head(PaperKind.PASSWORD_CHANGES, SHIPPED_TITLES["password_changes"].value, "", 0, "0" * 64),
        (Field("起止", "2026年1月1日至11月23日", wide=True),),
        (TableSection("变更记录", columns, (0.6, 1.8, 2.6, 1.2, 1.1, 1.1, 1.2), lines),),
        ("密码保管人", "核对人"),
        "密码不写在任何纸上；本表只记变更的时间、原因和经手人。",
    )


def password_loans(rows: int = 3) -> ListingPaper:
    """启封、借用登记: when, what for, who allowed and used it, when it was over."""
    columns = ("序号", "时间", "账号", "事由", "批准人", "使用人", "归还时间", "已重置")
    lines = tuple(
        (
            str(n),
            "2026-11-20 09:30",
            "微信公众号“晋安示例”",
            "重大活动值守",
            "李副局长",
            "林示例",
            "2026-11-21 18:00",
            "☑",
        )
        for n in range(1, rows + 1)
    )
    return ListingPaper(
        head(PaperKind.PASSWORD_LOANS, SHIPPED_TITLES["password_loans"].value, "", 0, "0" * 64),
        (Field("起止", "2026年1月1日至11月23日", wide=True),),
        (TableSection("启封、借用登记", columns, (0.6, 1.6, 2.2, 1.6, 1.1, 1.0, 1.6, 0.9), lines),),
        ("密码保管人",),
    )


def form_paper(form: AccountForm) -> ComposedPaper:
    return compose_account_form(form, fonts())


LONG_PEOPLE = tuple((f"{RARE}第{n}人", f"办公室科员{n}", f"1380000{n:04d}", "运营者") for n in range(30))
LONG_CHANGES = tuple((f"事项{n}", f"原{n}" + "旧" * 90, f"新{n}" + "新" * 90) for n in range(12))
LONGEST = filing(LONG_PEOPLE, "范围" * 250, "定位" * 250, f"<img src=x onerror=alert(1)>{RARE}" + "名" * 500)


def account_forms() -> dict[str, AccountForm]:
    """Each form with few, typical and very long contents."""
    return {
        "filing few": filing(PEOPLE[:1]),
        "filing": filing(ribbon="示例数据"),
        "filing long": LONGEST,
        "change few": change(CHANGES[:1]),
        "change": change(),
        "change long": change(LONG_CHANGES, "原因" * 350),
        "closing": closing(),
        "closing long": closing("原因" * 250, "公告" * 450),
        "password one": password_handover(1),
        "password": password_handover(6),
        "password long": password_handover(30, "未办" * 250),
    }


@cache
def account_papers() -> dict[str, ComposedPaper]:
    """Every paper of an account and its password."""
    lists = {
        "responsibility": responsibility_list(),
        "changed passwords": password_changes(60),
        "lent passwords": password_loans(),
        "no lent passwords": password_loans(0),
    }
    forms = {name: form_paper(form) for name, form in account_forms().items()}
    return {**forms, **{name: compose_listing(listing, fonts()) for name, listing in lists.items()}}
