"""The Chinese word for every value, field, right and act, and dates as papers and lists write them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from app.models.account import AccountAction, AccountState, FilingState
from app.models.archive_package import ProblemKind
from app.models.clock import beijing
from app.models.content import BlockKind, Form, Origin
from app.models.difference import Change
from app.models.draft import DraftAction, DraftState, ReviewClass, Urgency
from app.models.draft_list import DraftFilter
from app.models.expiry import Expiry, RecordGroup
from app.models.finding import RuleKind, Severity
from app.models.monthly import GapKind
from app.models.papercode import PaperKind
from app.models.publication import PublicationKind, TargetState
from app.models.records import StatementKind, UseKind
from app.models.review import DecisionWay, Effect, StepKind, Verdict
from app.models.right import Right, Role
from app.models.stated_words import WordsReport


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
        _words(AccountState, "拟开设", "待批准", "已批准", "已开通", "运行中", "关停公告中", "已关停", "已注销"),
        _words(AccountAction, "申请开设", "批准开设", "不予开设", "开通", "备案", "公告关停", "关停", "注销"),
        _words(FilingState, "未备案", "已报送备案", "已备案"),
        _words(PublicationKind, "审后发布", "未审发布", "内容不符", "补录", "记录被改动"),
        _words(TargetState, "待发布", "已发布", "不再发布"),
        _words(UseKind, "正文用图和附件", "原始文件", "扫描件", "发布截图", "印发件", "已发布内容文件"),
        _words(RecordGroup, "没有提交过的草稿", "审核表、发布记录和存档", "离岗人员"),
        _words(
            StatementKind,
            *("作废理由", "不再发布的理由", "催办情况", "更正前的链接", "页面自带的行", "清除依据", "离岗依据"),
        ),
        _words(PaperKind, "信息发布审核表", "一次性口令单", "月度存档封面及目录", "归档交接单", "待签清单"),
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
    "account_name": "账号名称",
    "handle": "账号标识",
    "passcode": "口令",
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
    acts: type[StrEnum] | None = {"draft": DraftAction, "account": AccountAction}.get(noun)
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
