"""The Chinese word for every value, field, right and act, and dates as papers and lists write them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from app.models.account import AccountAction, AccountState, FilingState
from app.models.account_application import (
    AccountField,
    ApplicationAction,
    ApplicationKind,
    ApplicationState,
    ClosingType,
    FilingType,
)
from app.models.account_warning import WarningKind
from app.models.account_watch import Consent
from app.models.archive_package import ProblemKind
from app.models.clock import beijing
from app.models.content import BlockKind, Form, Origin
from app.models.credential import ChangeCause, UsageKind
from app.models.custody_handover import HandoverAction, HandoverState
from app.models.difference import Change
from app.models.draft import DraftAction, DraftState, ReviewClass, Urgency
from app.models.draft_list import DraftFilter
from app.models.expiry import Expiry, RecordGroup
from app.models.finding import RuleKind, Severity
from app.models.monthly import GapKind
from app.models.papercode import PaperKind
from app.models.particulars import Certification, Charge, Interaction, OpenedFor, Owner
from app.models.password_rule import RuleFault, SignKind
from app.models.password_weakness import Weakness
from app.models.platform import EntryWay, PlatformClass
from app.models.publication import PublicationKind, TargetState
from app.models.records import StatementKind, UseKind
from app.models.review import DecisionWay, Effect, StepKind, Verdict
from app.models.right import Right, Role
from app.models.self_check import CheckSubject, Colour
from app.models.stated_words import WordsReport
from app.models.terminal import Standing, TerminalKind, Whereabouts


def _words(kind: type[StrEnum], *words: str) -> tuple[type[StrEnum], Mapping[str, str]]:
    """Pair an enum's values, in their order, with their words."""
    return kind, dict(zip((value.value for value in kind), words, strict=True))


# Keyed by class: values of two enums are equal as soon as their texts are.
_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = dict(
    (
        _words(DraftState, "起草", "审核中", "已批准", "发布中", "已发布", "已退回", "已撤回", "已作废"),
        _words(
            DraftAction,
            *("提交审核", "通过本环节", "批准发布", "退回修改", "不同意发布"),
            *("撤回", "修改内容", "登记发布", "发布完毕", "作废", "各账号都不再发布"),
        ),
        _words(DraftFilter, "全部", "起草", "审核中", "待发布", "已发布", "已退回", "已作废", "我的稿件"),
        _words(ReviewClass, "一般", "重要", "敏感"),
        _words(Urgency, "普通", "加急"),
        _words(StepKind, "初审", "核稿", "会签", "保密审查", "分管领导", "主要领导签批"),
        _words(Verdict, "同意", "退回修改", "不同意", "可以公开", "处理后公开", "不予公开", "报上级审定"),
        _words(Effect, "通过", "退回", "否决"),
        _words(SignKind, "大写字母", "小写字母", "数字", "符号"),
        _words(
            RuleFault,
            *(
                "太短",
                "太长",
                "缺少大写字母",
                "缺少小写字母",
                "缺少数字",
                "缺少符号",
                "字符种类太少",
                "有平台不允许的字符",
            ),
        ),
        _words(
            Weakness,
            *("常见的词或密码", "单位、账号或人的名称", "键盘上连着的键", "连着的数字或字母"),
            *("日期或年份", "电话等长串数字", "重复的字符", "太短"),
        ),
        _words(DecisionWay, "纸面签批", "系统内签批"),
        _words(
            Right,
            *("起草稿件", "审核签批", "登记纸面签批", "登记发布", "扫描件归卷", "月度归档"),
            *("保管密码", "值班值守", "系统管理", "查看审计记录", "查阅"),
        ),
        _words(
            Role,
            *("信息员", "账号管理员", "审核人", "保密审查员", "审批人（主要领导）", "分管领导"),
            *("密码保管人", "值班员", "带班领导", "档案员", "系统管理员", "审计员"),
        ),
        _words(Form, "图文", "短文", "海报", "视频", "直播"),
        _words(BlockKind, "段落", "小标题", "项目列表", "编号列表", "表格", "图片"),
        _words(Origin, "原创", "转载"),
        _words(Change, "相同", "删去", "增加"),
        _words(
            AccountState,
            *("拟开设", "待审批", "已批准待开通", "已开通待备案", "运行中", "停更公告期", "已关停", "已注销"),
        ),
        _words(
            AccountAction, "申请开设", "批准开设", "不予开设", "撤回申请", "开通", "备案", "公告关停", "关停", "注销"
        ),
        _words(FilingState, "未备案（补录）", "已报送", "已备案"),
        _words(OpenedFor, "本单位", "内设机构", "工作项目"),
        _words(Certification, "未认证", "机构认证", "其他认证"),
        _words(Owner, "没有写明", "单位所有", "个人所有"),
        _words(Interaction, "评论", "留言", "私信", "自动回复", "菜单或办事入口"),
        _words(
            Charge,
            *("主管领导", "后台管理人员", "信息员", "密码保管人（主岗）", "密码保管人（备岗）", "应急联系人"),
        ),
        _words(
            PlatformClass,
            *("公众号", "视频号", "微博客", "资讯平台", "短视频", "小程序", "移动客户端", "其他"),
        ),
        _words(EntryWay, "密码", "扫码", "密码或扫码"),
        _words(ApplicationKind, "备案登记", "变更", "关停或注销"),
        _words(FilingType, "开设审批", "新开设", "补备案", "年度复核"),
        _words(ClosingType, "停更", "关停", "注销", "并入其他账号"),
        _words(ApplicationState, "拟稿", "待签批", "已签批", "不同意", "已撤回", "已报送", "已备案"),
        _words(
            ApplicationAction,
            *("提请签批", "登记签批", "登记不同意", "撤回", "登记报送", "登记备案", "登记变更完成"),
        ),
        _words(
            AccountField,
            *("账号名称", "认证主体", "主办单位", "主管领导", "管理人员", "信息发布范围", "功能定位"),
            *("绑定手机", "绑定邮箱", "代运营单位", "头像", "简介"),
        ),
        _words(
            WarningKind,
            *("注销后仍在发布", "超过单项否决天数没有更新", "超过更新间隔上限", "快到更新间隔上限"),
            *("超过备案期限", "还没有备案", "同一平台不止一个账号", "各平台名称不一致", "认证主体不是本单位"),
            *("认证已到期", "认证快到期", "没有明确专人", "以内设机构或项目名义开设", "没有互动功能"),
            *("开着商业功能", "绑定在个人名下", "代运营手续不全"),
        ),
        _words(Consent, "待审批", "同意", "不同意"),
        _words(TerminalKind, "电脑", "手机", "平板"),
        _words(Colour, "正常", "留意", "要处理"),
        _words(
            CheckSubject,
            *("本机登记", "系统密码库", "自动登录", "磁盘加密", "数据所在的盘", "数据库程序", "时钟"),
            *("备份", "月度归档", "纸面存证号"),
        ),
        _words(Whereabouts, "在办公场所", "外出中", "逾期未归还"),
        _words(Standing, "已登记", "已停用", "未登记", "认不出"),
        _words(ChangeCause, "首次登记", "定期更换", "交接", "疑似泄露", "平台要求", "借用后更换"),
        _words(UsageKind, "查看", "复制", "借用"),
        _words(HandoverState, "拟稿", "待签字", "已办结", "已撤回"),
        _words(HandoverAction, "修改办理情况", "取号打印", "登记签字", "撤回"),
        _words(PublicationKind, "审后发布", "未审发布", "内容不符", "补录", "记录被改动"),
        _words(TargetState, "待发布", "已发布", "不再发布"),
        _words(UseKind, "正文用图和附件", "原始文件", "扫描件", "发布截图", "印发件", "已发布内容文件"),
        _words(RecordGroup, "没有提交过的草稿", "审核表、发布记录和存档", "离岗人员"),
        _words(
            StatementKind,
            *("作废理由", "不再发布的理由", "催办情况", "更正前的链接", "页面自带的行", "清除依据", "离岗依据"),
            *("查看密码的事由", "撤回理由", "不同意的理由"),
        ),
        _words(
            PaperKind,
            *("信息发布审核表", "一次性口令单", "月度存档封面及目录", "归档交接单", "待签清单"),
            *("备案登记表", "变更申请表", "关停（注销）申请表", "密码交接单", "责任清单"),
            *("密码变更记录", "启封、借用登记"),
        ),
        _words(
            GapKind,
            *("缺审核表", "缺签字扫描件", "缺发布链接", "缺发布截图"),
            *("未审发布", "内容不符", "未比对发布内容", "编号缺号", "取号时钟不准", "发布记录被改动"),
        ),
        _words(
            ProblemKind,
            *("文件缺失", "文件被改动", "清单外的文件", "不安全的路径", "存档声明有误", "清单有误", "没有清单"),
            *("缺少说明文件的清单", "没有存档内容", "总量不符", "文件读不出来", "清单重复登记"),
            *("缺少应补取的文件", "不认识的校验算法"),
            *("文件名大小写相撞", "文件名写法相撞", "路径含多余圆点", "说明项重复", "系统自带文件"),
            *("与封存时的记录不符", "没有封存记录"),
        ),
        _words(Severity, "必须处理", "提醒", "提示"),
        _words(RuleKind, "可书面说明", "可遮盖或说明", "必须遮盖", "密级标志"),
    )
)

_FIELDS: Mapping[str, str] = {
    "title": "标题",
    "summary": "摘要",
    "body": "正文",
    "form": "形式",
    "attachments": "附件",
    "attachment": "附件",
    "accounts": "发布账号",
    "account_ids": "发布账号",
    "variant": "单独文案",
    "variant_title": "单独文案标题",
    "variant_body": "单独文案正文",
    "video": "视频文件",
    "cover": "视频封面",
    "caption": "图片说明",
    "picture_licence": "图片授权说明",
    "source_unit": "来源单位",
    "source_title": "原标题",
    "source_link": "原文链接或文号",
    "no_secrets": "不涉密声明",
    "personal_data": "个人信息声明",
    "ai_made": "人工智能生成内容声明",
    "map_number": "审图号",
    "category": "栏目",
    "planned_at": "拟发布时间",
    "urgency": "紧急程度",
    "review_class": "审核等级",
    "notes": "备注",
    "opinion": "意见",
    "reason": "理由",
    "basis": "依据",
    "witness": "监督人和监督人的口令",
    "decided_by": "签批人",
    "decided_on": "签批日期",
    "decided_at": "签批时间",
    "verdict": "结论",
    "scan": "签字扫描件",
    "link": "发布链接",
    "published_at": "发布时间",
    "published_text": "已发布内容",
    "screenshot": "发布截图",
    "who": "发布人",
    "why": "原因",
    "done": "处理情况",
    "number": "编号",
    "month": "月份",
    "explanation": "缺项说明",
    "unit_code": "单位代码",
    "unit_name": "单位名称",
    "short_name": "单位简称",
    "supervisor": "主管单位",
    "code_word": "代字",
    "person_name": "姓名",
    "name": "姓名",
    "department": "部门",
    "duty": "职务",
    "role": "角色",
    "from_on": "开始日期",
    "to_on": "截止日期",
    "left_on": "离岗日期",
    "platform": "平台",
    "password_length": "密码长度",
    "account_name": "账号名称",
    "handle": "账号标识",
    "opened_on": "开通日期",
    "credential_label": "密码用途",
    "custodians": "密码保管人",
    "filing_type": "备案类型",
    "closing_type": "申请类型",
    "changes": "变更事项",
    "signed_on": "签批日期",
    "submitted_on": "报送日期",
    "filed_on": "备案日期",
    "filing_number": "备案号",
    "carried_out_on": "办理日期",
    "announcement": "公告文本",
    "terminal_number": "终端编号",
    "terminal_name": "终端名称",
    "terminal_kind": "终端类型",
    "terminal_person": "责任人",
    "place": "存放位置",
    "protection": "防护情况",
    "checked_on": "检查日期",
    "returned_on": "归还日期",
    "leave_reason": "事由",
    "loan_reason": "借用事由",
    "used_by": "使用人",
    "passcode": "口令",
    "account_password": "密码",
    "account_password_again": "再输一遍的密码",
    "approved_by": "批准人",
    "effective_on": "生效日期",
    "day": "日期",
    "handed_over_on": "移交日期",
    "year": "年份",
    "scale": "显示比例",
    "theme": "界面配色",
    "paper_fonts": "纸面字体",
    "lock_minutes": "自动锁定时间",
    "backup_folder": "备份文件夹",
    "audit_head": "存证号",
    "audit_seq": "审计记录条数",
    "lost_serial": "最大编号",
    "archive_folder": "存档文件夹",
}

_RECORDS: Mapping[str, str] = {
    "unit": "单位",
    "person": "人员",
    "account": "账号",
    "application": "账号申请表",
    "platform": "平台",
    "outsourced_operator": "代运营单位",
    "personal_account": "个人认证账号",
    "impostor": "仿冒账号",
    "terminal": "登录终端",
    "terminal_leave": "终端外出审批",
    "credential": "账号密码",
    "borrowing": "启封借用登记",
    "custody_handover": "密码交接单",
    "scan_operator": "扫码操作人",
    "draft": "稿件",
    "revision": "送审稿",
    "decision": "签批记录",
    "review_step": "审核环节",
    "publication": "发布记录",
    "attachment": "附件",
    "file": "文件",
    "paper": "印发件",
    "archive": "存档",
    "month": "月份",
    "policy": "制度参数版本",
    "number": "编号",
    "authorization": "授权",
    "role_grant": "角色",
    "audit": "审计记录",
    "setting": "设置",
    "session": "登录",
    "passcode": "口令",
    "scan": "扫描件",
    "retention": "保管期限",
    "backup": "备份",
    "workday": "工作日",
    "settings": "设置",
    "target": "发布账号",
    "statement": "书面理由",
    "explanation": "缺项说明",
    "month_explanation": "缺项说明",
    "attachment_use": "附件登记",
    "paper_number": "编号",
    "policy_version": "制度参数版本",
    "sign_in_guard": "登录记录",
    "person_name": "人员曾用名",
    "unit_name": "单位曾用名",
    "workday_year": "工作日",
    "search_document": "检索",
}

_ACTIONS: Mapping[str, str] = {
    "draft.start": "新建稿件",
    "draft.edit_begin": "开始编辑",
    "draft.edit_end": "结束编辑",
    "draft.answer": "书面说明检查提示",
    "draft.secrecy_refused": "发现密级标志，未保存",
    "draft.secrecy_cleared": "清除带密级标志的内容",
    "review.decide": "系统内签批",
    "review.register": "登记纸面签批",
    "review.remind": "登记催办",
    "scan.file": "扫描件归卷",
    "publication.export": "取用发布包",
    "publication.record": "登记发布",
    "publication.complete": "补充发布记录",
    "publication.drop": "不再发布到某账号",
    "publication.earlier": "补录启用前的发布",
    "paper.issue": "印发",
    "paper.print": "打印",
    "archive.begin": "开始月度归档",
    "archive.explain": "填写缺项说明",
    "archive.seal": "封存",
    "archive.export_again": "再次导出存档",
    "archive.hand_over": "登记移交",
    "backup.begin": "开始备份",
    "backup.done": "完成备份",
    "backup.restore": "从备份恢复",
    "backup.settle": "登记恢复后的编号和遗失区段",
    "account.register": "登记账号",
    "account.change": "修改账号资料",
    "handover.begin": "开始密码交接",
    "handover.tick": "登记密码交接办理情况",
    "handover.present": "密码交接单取号",
    "handover.sign": "登记签字的密码交接单",
    "handover.withdraw": "撤回密码交接单",
    "borrowing.lend": "登记密码启封借用",
    "credential.keep": "登记账号密码",
    "credential.change": "更换账号密码",
    "credential.reveal": "查看账号密码",
    "credential.seal_again": "重新封装账号密码",
    "credential.end": "注销账号密码登记",
    "account.plan": "登记拟开设账号",
    "account.import": "导入账号台账",
    "account.export": "导出账号台账",
    "platform.change": "修改平台表",
    "application.begin": "起草账号申请表",
    "application.revise": "修改账号申请表",
    "terminal.register": "登记终端",
    "terminal.change": "修改终端登记",
    "terminal.check": "登记终端防护检查",
    "terminal.leave": "登记终端外出审批",
    "terminal.return": "登记终端归还",
    "terminal.retire": "停用终端",
    "person.add": "新增人员",
    "person.change": "修改人员资料",
    "person.roles": "调整角色",
    "person.leave": "登记离岗",
    "person.return": "登记返岗",
    "person.authorize": "登记授权",
    "passcode.choose": "设定口令",
    "passcode.reset": "重发一次性口令",
    "passcode.recover": "用恢复口令重发一次性口令",
    "passcode.recovery_renew": "更换恢复口令",
    "passcode.second_person": "指定系统管理员的第二人",
    "session.sign_in": "登录",
    "session.refused": "登录未通过",
    "session.sign_out": "退出登录",
    "retention.remove": "清除到期的记录",
    "setup.done": "首次设置",
    "unit.change": "修改单位资料",
    "settings.change": "修改设置",
    "policy.adopt": "启用新版制度参数",
    "policy.export": "导出制度参数",
    "workday.set": "修改工作日表",
    "workday.remove": "删去工作日表中的一天",
    "workday.announce": "登记节假日安排已公布",
}

_WRITTEN: Mapping[str, str] = {
    "revision": "送审稿",
    "decision": "签批意见",
    "publication": "发布记录",
    "application": "账号申请表",
    "borrowing": "启封借用登记",
    "custody_handover": "密码交接单",
    "explanation": "缺项说明",
    "statement": "书面理由",
}

_RULES: Mapping[str, str] = {
    "id_card": "公民身份号码",
    "mobile": "手机号码",
    "bank_card": "银行卡号",
    "secrecy_mark": "密级标志",
    "old_id_card": "旧公民身份号码",
    "doubtful_id_card": "疑似公民身份号码",
    "absolute_word": "绝对化用语",
}


def label(value: StrEnum) -> str:
    """Return the Chinese word for an enum value of `app.models`; a value without one is a bug (`KeyError`)."""
    return _LABELS[type(value)][value.value]


def field_label(name: str) -> str:
    """Return the Chinese name of a field as errors name it; `role_…` names a role nobody holds yet."""
    if name.startswith("role_") and name.removeprefix("role_") in set(Role):
        return label(Role(name.removeprefix("role_")))
    return _FIELDS.get(name, "这一栏")


def record_label(kind: str) -> str:
    """Return the Chinese name of a kind of record, as `NotFoundError` and audit subjects name it."""
    return _RECORDS.get(kind, "记录")


def action_label(action: str) -> str:
    """Return the Chinese name of an audited act, e.g. `draft.submit`; an unknown act keeps its raw name."""
    if action in _ACTIONS:
        return _ACTIONS[action]
    noun, _, verb = action.partition(".")
    acts: type[StrEnum] | None = {
        "draft": DraftAction,
        "account": AccountAction,
        "application": ApplicationAction,
    }.get(noun)
    if acts is not None and verb in set(acts):
        return label(acts(verb)) + ("" if noun == "draft" else "（账号）")
    return action


def words_said(report: WordsReport) -> str:
    """Say how many records carry other words than once, are gone, or are not the program's own; '' when none."""
    parts = (
        ("处文字与记录时不同", report.altered),
        ("处记录过的文字不见了", report.lost),
        ("处不是本程序写下的", report.foreign),
    )
    return "，".join(f"有 {len(places)} {what}（{_by_kind(places)}）" for what, places in parts if places)


def over_said(expiries: Sequence[Expiry]) -> str:
    """Say what is kept no longer and so may have been removed before; '' when nothing is."""
    return "、".join(f"{label(e.group)} {e.due} 项（{e.through}年和更早）" for e in expiries if e.due)


def _by_kind(places: Sequence[str]) -> str:
    kinds = Counter(place.partition(":")[0] for place in places)
    return "、".join(f"{_WRITTEN.get(kind) or record_label(kind)} {number} 处" for kind, number in kinds.items())


def parted_note(length: int, parts: int) -> str:
    """Say that a paragraph too long to type in was divided, and that no word of it changed."""
    return f"有一段长达 {length} 个字，打字会很慢，已尽量在句末分成 {parts} 段，字句没有改动，请核对。"


def rule_label(rule: str) -> str:
    """Return the Chinese name of a check rule; an unknown rule is 其他检查提示."""
    return _RULES.get(rule, "其他检查提示")


def long_date(day: date | datetime) -> str:
    """Write a day as 2026年11月23日; an aware moment counts by its Beijing day."""
    shown = beijing(day) if isinstance(day, datetime) else day
    return f"{shown.year}年{shown.month}月{shown.day}日"


def long_moment(moment: datetime) -> str:
    """Write an aware moment in Beijing time as 2026年11月23日 18:00."""
    return f"{long_date(moment)} {beijing(moment):%H:%M}"


def size_text(size: int) -> str:
    """Write a number of bytes as 980 字节, 12.3 MB or 1.50 GB (powers of ten, as drives are sold)."""
    if size < 1_000:
        return f"{size} 字节"
    if size < 999_950:
        return f"{size / 1_000:.1f} KB"
    if size < 999_950_000:
        return f"{size / 1_000_000:.1f} MB"
    return f"{size / 1_000_000_000:.2f} GB"


def wait_text(seconds: int) -> str:
    """Write a waiting time as 45 秒, 5 分钟 or 4 分 12 秒."""
    minutes, rest = divmod(max(0, seconds), 60)
    if not minutes:
        return f"{rest} 秒"
    return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"
