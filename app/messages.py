"""The two sentences for every error a person can act on: what happened, and what to do."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app import errors as e
from app.labels import field_label, label, long_date, record_label, rule_label, wait_text
from app.models.archive_package import BagProblem, ProblemKind
from app.models.monthly import Gap, GapKind
from app.models.passcode import CUSTODIAN_PASSCODE_LENGTH
from app.models.password_rule import PasswordRule, RuleFault, SignKind
from app.models.password_weakness import Strength, Weakness
from app.models.right import ROLE_RIGHTS, Right

_SHOWN = 48
_STRENGTHS = ("很弱", "弱", "一般", "较强", "强")


@dataclass(frozen=True)
class Sentence:
    """What happened and what to do, each a whole Chinese sentence."""

    what: str
    todo: str

    def __str__(self) -> str:
        return self.what + self.todo


def explain(error: e.AppError) -> Sentence:
    """Return the two halves for an error; an error class without them is a bug (`KeyError`)."""
    known = _KNOWN[type(error)]
    return known if isinstance(known, Sentence) else known(error)


def problem_sentence(problem: BagProblem) -> str:
    """Say in one sentence what is wrong with which file of an archive."""
    return _PROBLEMS[problem.kind].format(file=shown(problem.file) or "存档文件夹", fact=shown(problem.fact))


def gap_sentence(gap: Gap) -> str:
    """Say in one sentence what a month lacks, and for which draft or account."""
    name = "".join(part for part in (shown(gap.number), f"“{shown(gap.title)}”" if gap.title else "") if part)
    account = f"（{shown(gap.account)}）" if gap.account else ""
    return _GAPS[gap.kind].format(name=(name or "本月") + account)


def policy_problem_sentence(place: str, fact: str) -> str:
    """Say in one sentence what is wrong at which place of a policy file."""
    if fact == "syntax":
        return "制度参数文件末尾不完整。" if place == "end" else f"第 {place.removeprefix('line:')} 行写法不对。"
    return f"“{shown(place)}”{_POLICY_FACTS.get(fact, '填写不对')}。"


def strength_sentence(strength: Strength) -> Sentence:
    """Say how strong a password is, what makes it weak, and what to do."""
    what = f"密码强度：{_STRENGTHS[strength.score]}。"
    if strength.weaknesses:
        what = f"密码强度：{_STRENGTHS[strength.score]}，里面有{_listed([label(w) for w in strength.weaknesses])}。"
    if strength.weaknesses == (Weakness.SHORT,):
        what = f"密码强度：{_STRENGTHS[strength.score]}，长度或花样不够。"
    if not strength.is_enough:
        return Sentence(what, "请换一个，最好用“生成密码”；自己起的，请用几个不相干的词，去掉上面说的内容。")
    if Weakness.OWN_NAME in strength.weaknesses:
        return Sentence(what, "可以使用；去掉名称会更稳妥。")
    return Sentence(what, "可以使用。")


def password_rule_sentence(rule: PasswordRule) -> str:
    """Say in one sentence what a platform asks of a password."""
    parts = [f"{rule.least} 到 {rule.most} 个字符" if rule.least < rule.most else f"正好 {rule.least} 个字符"]
    if rule.required:
        parts.append(f"必须有{_listed([label(kind) for kind in SignKind if kind in rule.required])}")
    if rule.least_kinds > max(len(rule.required), 1):
        parts.append(f"大写字母、小写字母、数字、符号中至少有 {rule.least_kinds} 种")
    parts.append(f"符号只能用 {rule.signs}" if rule.signs else "不能有符号")
    return "，".join(parts) + "。"


def rule_faults_sentence(faults: Sequence[RuleFault], rule: PasswordRule) -> Sentence:
    """Say why a password does not fit a platform's rule, and what the rule is."""
    return Sentence(
        f"这个密码不合平台的规则：{_listed([label(fault) for fault in faults])}。",
        f"请按平台的规则修改：{password_rule_sentence(rule)}",
    )


def shown(text: str) -> str:
    """Make a name fit to stand inside a sentence: one line, nothing invisible, the middle of a long one left out."""
    flat = re.sub(r"\s+", " ", text).strip()
    clean = "".join(c for c in flat if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return clean if len(clean) <= _SHOWN else f"{clean[: _SHOWN // 2]}……{clean[-_SHOWN // 2 :]}"


def _listed(names: list[str], limit: int = 8) -> str:
    known = list(dict.fromkeys(names))
    return "、".join(known[:limit]) + (f"等 {len(known)} 项" if len(known) > limit else "")


# ---- sentences with facts in them ---------------------------------------------------------------


def _action_not_allowed(error: e.ActionNotAllowedError) -> Sentence:
    action, state = label(error.action), label(error.state)
    return Sentence(f"现在是“{state}”状态，不能“{action}”。", "请刷新后看一下当前状态，按页面上给出的下一步办理。")


def _right_missing(error: e.RightMissingError) -> Sentence:
    right = error.right
    roles = [label(role) for role, rights in ROLE_RIGHTS.items() if right in rights]
    if right is Right.WRITE:
        return Sentence(
            "您没有改动这件稿件的权限。",
            "稿件由作者本人改动；要自己起草，请系统管理员为您加上信息员或账号管理员角色。",
        )
    who = _listed(roles) if len(roles) < 6 else "在册人员"
    return Sentence(f"您没有“{label(right)}”的权限。", f"请由{who}办理，或者请系统管理员调整您的角色。")


def _account_not_covered(error: e.AccountNotCoveredError) -> Sentence:
    names = _listed([shown(name) for name in error.accounts], 3)
    what = f"您的“{label(error.right)}”权限不含{names}。"
    if error.right is Right.WRITE:
        return Sentence(what, "请在“发布账号”里去掉它，或者请系统管理员在“设置”的“人员与角色”里为您加上。")
    return Sentence(what, "请由管这个账号的人办理，或者请系统管理员在“设置”的“人员与角色”里为您加上。")


def _application_needed(error: e.ApplicationNeededError) -> Sentence:
    names = _listed([label(field) for field in error.fields], 4)
    return Sentence(
        f"这个账号已经备案，{names}不能直接改。",
        "请在账号页点“申请变更”，打印变更申请表签批盖章后再登记（第七条）。",
    )


_TERMINALS: Mapping[str, tuple[str, str]] = {
    "unregistered": (
        "这台电脑没有登记为终端，账号密码不在这里显示。",
        "请到已登记的终端上办理，或者请账号管理员在“设置”的“终端”里登记这台电脑（第六条）。",
    ),
    "unknown": (
        "系统没有给出这台电脑的标识，认不出它是不是登记过的终端，账号密码不在这里显示。",
        "请到已登记的终端上办理；要用这台电脑的，请系统管理员查看系统为什么没有机器标识。",
    ),
    "retired": (
        "这台电脑作为终端 {detail} 已经停用，账号密码不在这里显示。",
        "请到在用的终端上办理；要重新使用的，请账号管理员再登记一次。",
    ),
    "other_accounts": (
        "这台终端（{detail}）没有登记可以登录这个账号。",
        "请到登记过的终端上办理，或者请账号管理员在“设置”的“终端”里加上这个账号。",
    ),
    "number_taken": ("终端编号“{detail}”已经有别的终端在用。", "请换一个编号，与机身标签一致。"),
    "machine_taken": ("这台电脑已经登记为终端 {detail}。", "请修改原来的登记；换了机器的，先停用旧的再登记。"),
    "stopped": ("终端 {detail} 已经停用，登记不能再改。", "要重新使用的，请再登记一次。"),
    "away": ("终端 {detail} 还有一份外出审批没有登记归还。", "请先登记归还，再办新的外出审批。"),
    "returned": ("终端 {detail} 没有等待归还的外出审批。", "请刷新后看一下它现在的状态。"),
    "approver": (
        "这个人在审批那天不是主要领导，也不是分管领导，没有授权。",
        "请核对批准人和日期；确有授权的，先登记授权书。",
    ),
    "not_this_machine": ("只有电脑和平板能认作“就是这台”。", "手机请去掉这一项，按编号登记。"),
}


def _terminal_refused(error: e.TerminalRefusedError) -> Sentence:
    odd = ("终端的登记有问题，没有办成。", "请刷新后核对这台终端现在的状态，再试一次。")
    what, todo = _TERMINALS.get(error.reason, odd)
    return Sentence(what.format(detail=shown(error.detail)), todo)


def _paper_code(error: e.PaperCodeError) -> Sentence:
    return {
        "foreign": Sentence(
            "页面上的二维码不是本程序印发的。", "请核对是不是拿错了纸；确是本单位的表，请手工选择对应的稿件。"
        ),
        "newer": Sentence("页面上的二维码由新版程序印发，本版读不懂。", "请先升级程序，再拖入这份扫描件。"),
        "unwritable": Sentence(
            "这份文件的编码信息写不成二维码。", "请在设置里核对单位代码，只用数字、大写字母和连字符，再重新印发。"
        ),
    }.get(
        error.reason,
        Sentence("页面上的二维码残缺，读不完整。", "请把纸放平重新扫描；仍读不出时，请手工选择对应的稿件。"),
    )


def _missing_field(error: e.MissingFieldError) -> Sentence:
    name = field_label(error.field)
    if error.field.startswith("role_"):
        return Sentence(f"还没有人担任{name}。", f"请至少指定一人担任{name}，然后再继续。")
    return Sentence(f"“{name}”还没有填写。", f"请填写“{name}”，然后再试。")


def _field_too_long(error: e.FieldTooLongError) -> Sentence:
    over = error.length - error.limit
    return Sentence(
        f"“{field_label(error.field)}”有 {error.length} 个字，最多 {error.limit} 个字。",
        f"请删去至少 {over} 个字，然后再试；已经写下的内容仍在。",
    )


_FIELD_FORMS: Mapping[str, str] = {
    "unit_code": "请填写统一社会信用代码或主管单位给定的代码，只用数字、大写字母和连字符，最多 18 位。",
    "link": "请从浏览器地址栏复制完整网址，以 https:// 或 http:// 开头。",
    "number": "请按“代字〔年份〕序号”的写法填写，例如“晋示审〔2026〕118号”。",
    "account_password_again": "两次输入的密码不一样，请都重新输入一遍。",
    "account_password": "请把密码重新输入一遍：里面混进了看不见的字符或者换行，多半是从别处粘贴带来的。",
    "audit_head": "请照纸面上印的抄写，只有数字和字母，每四位一组，至少八组。",
    "effective_on": "新版的生效日期不能早于已经启用的版本，请改成同一天或以后的日期。",
    "month": "请按“年份-月份”的写法填写，例如“2026-10”。",
}


def _field_invalid(error: e.FieldInvalidError) -> Sentence:
    name = field_label(error.field)
    return Sentence(f"“{name}”的写法不对。", _FIELD_FORMS.get(error.field, f"请核对“{name}”后重新填写。"))


def _not_earlier(error: e.NotEarlierError) -> Sentence:
    return Sentence(
        f"{long_date(error.first_day)}起已经用本程序登记发布，这天以后发出的不能补录。",
        "请打开对应的稿件登记发布；没有稿件的，按“未审发布”如实登记。",
    )


def _not_found(error: e.NotFoundError) -> Sentence:
    return Sentence(
        f"没有找到所选的{record_label(error.kind)}。",
        "请刷新列表后重新选择；刚从备份恢复过的，请核对恢复的是哪一天的备份。",
    )


def _policy_invalid(error: e.PolicyInvalidError) -> Sentence:
    first = [policy_problem_sentence(place, fact).removesuffix("。") for place, fact in error.problems[:5]]
    more = f"；另有 {len(error.problems) - 5} 处" if len(error.problems) > 5 else ""
    return Sentence(
        f"制度参数文件有 {len(error.problems)} 处不对：{'；'.join(first)}{more}。",
        "请按列出的位置改好文件再启用；现行的制度参数没有变。",
    )


def _submission_blocked(error: e.SubmissionBlockedError) -> Sentence:
    what, todo = [], []
    if error.missing:
        names = _listed([field_label(name) for name in error.missing])
        what.append(f"还没有填好{names}")
        todo.append("把缺的内容补上")
    if error.rules:
        names = _listed([rule_label(name) for name in error.rules])
        what.append(f"检查提示还没有处理（{names}）")
        todo.append("在正文中遮盖或改掉有提示的文字，允许说明的写明理由")
    return Sentence(
        f"稿件还不能提交：{'；'.join(what) or '内容不完整'}。",
        f"请先{'，并'.join(todo) or '补全稿件'}，再提交审核。",
    )


def _stale_sheet(error: e.StaleSheetError) -> Sentence:
    number = shown(error.number) or "这份审核表"
    if error.found == error.current:
        what = f"{number}的第 {error.found} 稿与系统中的内容不一致，这份签字不能用。"
    else:
        what = f"{number}签的是第 {error.found} 稿，现在是第 {error.current} 稿，这份签字不能用。"
    return Sentence(what, "请打印现在这一稿的审核表重新送签；旧表可以留存，不作为签批依据。")


def _clock_wrong(error: e.ClockWrongError) -> Sentence:
    return Sentence(
        f"电脑时钟是 {error.today:%Y-%m-%d}，早于本程序启用的 {error.first:%Y-%m-%d}，时钟不对。",
        "请先把电脑的日期和时间调准，再登录办理；已有的记录都在，没有丢失。",
    )


def _locked_out(error: e.LockedOutError) -> Sentence:
    return Sentence(
        f"口令连续输错多次，还要等 {wait_text(error.seconds)}才能再试。",
        "请稍候再输；记不起口令的，请系统管理员重发一次性口令。",
    )


def _passcode_weak(error: e.PasscodeWeakError) -> Sentence:
    if error.reason == "length":
        return Sentence(
            f"口令太短，至少要 {error.minimum} 个字符。", "请换一个长一些的口令，可以用几个不相干的词连起来。"
        )
    return Sentence(
        "这个口令太容易被猜到。", "请不要用姓名、单位、生日、电话或连续的数字，可以用几个不相干的词连起来。"
    )


_FILES: Mapping[str, tuple[str, str]] = {
    "missing": ("找不到了", "请核对文件是否已被移走或改名，再试一次。"),
    "folder": ("是一个文件夹", "请打开它，选里面的文件。"),
    "shortcut": ("是快捷方式，不是文件本身", "请在它上面点右键，选“打开文件所在的位置”，改用那里的文件。"),
    "empty": ("是空的", "请打开原文件核对内容，保存后再试。"),
    "too_large": ("太大，不能读入", "请压缩或拆分后再试；视频请在窗口中用“添加视频”登记，不必放入原片。"),
    "old_word": ("是旧的 Word 格式", "请用 Word 或 WPS 打开，另存为 .docx，改用新文件。"),
    "rtf": ("是富文本格式", "请用 Word 或 WPS 打开，另存为 .docx，改用新文件。"),
    "old_excel": ("是旧的 Excel 格式", "请用 Excel 或 WPS 打开，另存为 .xlsx，改用新文件。"),
    "heic": ("是苹果手机的专用图片格式", "请在手机的相机设置里改成“兼容性最佳”，或把图片另存为 .jpg，再试。"),
    "wps": ("是 WPS 专用格式", "请用 WPS 打开，另存为 .docx，改用新文件。"),
    "encrypted": ("加了密码，打不开", "请在 Word 或 WPS 中去掉打开密码，另存一份，再试。"),
    "broken": (
        "已损坏，或者不是它的后缀所说的格式",
        "请用原来的软件打开，能打开就另存一份再试；打不开请向来源单位再要一份。",
    ),
    "bomb": ("解开后大得不正常，为安全起见没有打开", "请不要使用这个文件，向来源单位核实后再要一份。"),
    "unknown_kind": ("不是这里能读的格式", "请用原来的软件打开，另存为常用的格式，再试。"),
    "not_text": ("不是这里能读的文字文件", "请找它的文字版，或者用原来的软件另存为 .docx 或 .txt，再试。"),
    "not_sheet": ("不是这里能读的表格", "请用 Excel 或 WPS 另存为 .xlsx 或 .csv，再试。"),
    "not_scan": ("不是扫描件或照片", "请改用 .pdf、.jpg 或 .png 格式的扫描件或照片。"),
    "not_picture": ("不是这里能读的图片", "请另存为 .jpg 或 .png，再试。"),
    "unknown_encoding": ("的文字编码认不出来", "请用记事本打开，另存为 UTF-8 编码，再试。"),
    "picture_too_large": ("中有尺寸过大的图片", "请把图片的长和宽缩小后再试。"),
    "rigged": (
        "内部带有正常文件不会有的声明，或者嵌套得不正常，为安全起见没有打开",
        "请不要使用这个文件，向来源单位核实后再要一份；确是正常文件的，用 Word 或 WPS 打开另存一份再试。",
    ),
    "no_text": ("里没有可以读出的文字", "如果是扫描的图片，请向来源单位要文字版，或者手工录入。"),
    "no_account_rows": ("里没有读出账号", "请核对表头里有“平台”和“账号名称”两栏，下面有内容，再试。"),
    "no_rows": ("里没有可以读出的数据行", "请核对表头和内容是否在第一张工作表，再试。"),
    "too_many_pages": ("页数太多，一次读不完", "请拆成几份，分次放入。"),
    "too_many_rows": ("行数太多，一次最多读 10 万行", "请用 Excel 或 WPS 拆成几份，只留要用的几列，分次放入。"),
    "scan_too_fine": ("各页扫描得太细，一次读不完", "请把扫描分辨率调到 300 再扫一次，或者拆成几份，分次放入。"),
    "no_permission": ("没有读取权限", "请关闭正在使用它的程序，或把文件复制到桌面后再试。"),
}


def _file_unreadable(error: e.FileUnreadableError) -> Sentence:
    fact, todo = _FILES.get(error.reason, ("读不出来", "请用原来的软件打开核对，另存一份后再试。"))
    return Sentence(f"文件“{shown(error.name) or '未命名'}”{fact}。", todo)


def _secrecy_mark(error: e.SecrecyMarkError) -> Sentence:
    if error.file:
        return Sentence(
            f"文件“{shown(error.file)}”里有密级标志，没有放入，也没有保存。",
            "涉密内容不得录入本程序，请报告本单位保密工作机构。"
            "确不涉密的，请在原文件中改掉误写的标志（也可能在页眉、批注或隐藏文字里），再放入。",
        )
    return Sentence(
        "文字中有密级标志，没有保存。",
        "请立即清除；确是误报的，写明理由。涉密内容不得录入本程序，请报告本单位保密工作机构。",
    )


def _unsafe_folder(error: e.UnsafeFolderError) -> Sentence:
    place = {"removable": "移动盘上", "network": "网络盘上", "synchronised": "网盘的同步文件夹里"}.get(
        error.reason, "不稳妥的位置"
    )
    return Sentence(
        f"数据文件夹“{shown(error.path)}”在{place}，容易损坏或外泄。",
        "请把数据文件夹放在本机硬盘上，再启动程序；移动盘只用来放备份和存档。",
    )


_BACKUPS: Mapping[str, str] = {
    "missing": "里没有备份",
    "no_backup": "里没有备份",
    "no_snapshot": "里没有数据库备份",
    "not_a_backup": "不是本程序的备份",
    "damaged": "里的备份已损坏",
    "database_damaged": "里的数据库备份已损坏",
    "audit_broken": "里的审计记录前后接不上",
    "chain_broken": "里的审计记录前后接不上",
    "attachment_missing": "里缺少附件",
    "attachment_altered": "里有附件被改动",
    "incomplete": "里的备份没有做完",
}


def _backup_invalid(error: e.BackupInvalidError) -> Sentence:
    fact = _BACKUPS.get(error.reason, "里的备份不完整或已损坏")
    if error.reason == "newer":
        return Sentence("这份备份由新版程序写成，本版不能恢复。", "请先安装新版程序，再恢复；备份没有被改动。")
    if error.reason in {"missing", "no_backup", "not_a_backup"}:
        todo = "请核对是不是放备份的盘，选备份时写到的那个文件夹；这个文件夹没有被改动。"
    else:
        todo = "请换另一天或另一个盘上的备份再试；这个文件夹没有被改动。"
    return Sentence(f"所选文件夹{fact}，不能用来恢复。", todo)


def _not_enough_space(error: e.NotEnoughSpaceError) -> Sentence:
    # Rounded up: who frees exactly this much must not be told again.
    missing = f"{max(1, -(-error.missing // 1_000_000))} MB"
    return Sentence(
        f"目标盘的空间不够，还差 {missing}。",
        f"请腾出至少 {missing}，或者换一个更大的盘，再试一次；没有留下写了一半的文件。",
    )


def _paper_impossible(error: e.PaperImpossibleError) -> Sentence:
    detail = shown(str(error.detail))
    if error.reason == "no_glyph":
        return Sentence(
            f"有的字在字库里没有，印不出来{f'：{detail}' if detail else ''}。",
            "请换成通用的写法，或者在设置里改用本机字体，再印发。",
        )
    if error.reason == "too_long":
        return Sentence(
            f"内容太长，纸面放不下{f'：{detail}' if detail else ''}。",
            "请缩短这一处的文字，长内容放到正文或附件里，再印发。",
        )
    if error.reason in {"picture", "bad_picture", "picture_unreadable"}:
        return Sentence("有一幅图片打不开，印不出来。", "请在稿件中换一幅能打开的图片，再印发。")
    return Sentence("这份文件排不出来，没有印发。", "请核对稿件的文字和图片后再试；仍不行请系统管理员查看日志。")


def _gaps_unexplained(error: e.GapsUnexplainedError) -> Sentence:
    return Sentence(f"本月还有 {len(error.gaps)} 处缺项没有书面说明。", "请补上材料，或者逐项写明原因，然后再归档。")


def _nothing_filed(error: e.NothingFiledError) -> Sentence:
    first = (
        f"第一个要归档的月份是{error.first}，请核对月份。"
        if error.first
        else "提交过稿件、登记过签批或发布的月份才要归档。"
    )
    return Sentence(f"{error.month}没有要归档的材料：这时还没有提交过稿件，也没有登记过签批和发布。", first)


def _clock_doubtful(error: e.ClockDoubtfulError) -> Sentence:
    return Sentence(
        f"电脑日期是{long_date(error.today)}，上一次办理却是{long_date(error.last)}，日期可能不对，什么也没有清除。",
        "请先核对电脑的日期；日期没有错的，明天再来清除。",
    )


def _nothing_expired(error: e.NothingExpiredError) -> Sentence:
    todo = f"最早的一批{long_date(error.first_on)}起才可以清除。" if error.first_on else "这一类一直保管。"
    return Sentence("这一类现在没有到期的记录，什么也没有清除。", todo)


def _folder_not_empty(error: e.FolderNotEmptyError) -> Sentence:
    return Sentence(f"文件夹“{shown(error.path)}”里已经有东西。", "请新建一个空文件夹，再选它；原有的文件没有动。")


def _folder_missing(error: e.FolderMissingError) -> Sentence:
    if error.is_file:
        return Sentence(f"“{shown(error.path)}”不是文件夹。", "请另选一个文件夹，或者先建一个新文件夹。")
    return Sentence(
        f"没有“{shown(error.path)}”这个文件夹。", "请先建好这个文件夹，或者另选一个；要写到移动盘的，请核对盘是否插好。"
    )


def _target_not_writable(error: e.TargetNotWritableError) -> Sentence:
    return Sentence(
        f"“{shown(error.path)}”写不进去。", "请核对盘是否设了写保护、文件夹是否只读，或者换一个文件夹再试。"
    )


def _target_exists(error: e.TargetExistsError) -> Sentence:
    return Sentence(f"目标位置已经有“{shown(error.name)}”。", "请换一个文件夹；确实不要旧的，请先把它移走再试。")


def _target_inside_source(error: e.TargetInsideSourceError) -> Sentence:
    return Sentence(
        f"“{shown(error.path)}”就在数据或者备份的文件夹里面。",
        "存档、备份和数据要分开放：请换一个在它外面的文件夹，最好在移动盘或另一块硬盘上。",
    )


def _number_implausible(error: e.NumberImplausibleError) -> Sentence:
    if error.given < error.known:
        return Sentence(
            f"填写的号 {error.given} 小于记录中已有的 {error.known}。",
            f"请填纸面上最大的号；纸面上没有更大的，就填 {error.known}。",
        )
    return Sentence(
        f"填写的号 {error.given} 比记录中的 {error.known} 大得太多，可能填错了。",
        f"请对照纸面重新填写，最大不超过 {error.most}。",
    )


def _head_mismatch(error: e.HeadMismatchError) -> Sentence:
    return Sentence(
        f"纸面上序号 {error.seq} 的存证号与记录中的不一致。",
        "请对照纸面再输一遍；确实不一致的，请不要继续办理，请审计员核对是不是恢复错了备份。",
    )


def _file_too_large(error: e.FileTooLargeForMediumError) -> Sentence:
    return Sentence(
        f"“{shown(error.name)}”超过 4 GB，这个盘的格式放不下。", "请换一个 exFAT 或 NTFS 格式的盘，再试一次。"
    )


def _read_back(error: e.ReadBackError) -> Sentence:
    return Sentence(
        f"写入后读回核对，“{shown(error.name)}”与原件不一致。", "这个盘可能已坏，请换一个盘重做；这一份不能交。"
    )


def _witness_refused(error: e.WitnessRefusedError) -> Sentence:
    who = "第一人" if error.which == (1,) else "第二人" if error.which == (2,) else "两个人"
    return Sentence(
        f"{who}的姓名或口令与备份里的不符。",
        "请输入做这份备份那天用的口令，以后改过的口令不在备份里；系统管理员也可以输入恢复口令单上的口令。",
    )


def _database_missing(error: e.DatabaseMissingError) -> Sentence:
    return Sentence(
        f"数据文件夹“{shown(error.path)}”里有附件，却没有数据库，或者数据库是空的。",
        "请核对是不是选错了文件夹；数据库确实不见了或被清空的，请系统管理员用最近的备份恢复，不要在这里重新设置。",
    )


def _record_altered(error: e.RecordAlteredError) -> Sentence:
    row = f" {shown(error.row)}" if error.row else ""
    return Sentence(
        f"数据库里有一条记录（{record_label(error.table)}{row}）被别的程序改动过，不是本程序写下的样子。",
        "请先备份数据文件夹，再请系统管理员与审计员用纸面和以前的备份核对。",
    )


def _audit_broken(error: e.AuditBrokenError) -> Sentence:
    return Sentence(
        f"审计记录从第 {error.seq} 条起前后接不上。",
        "请不要继续办理，先备份数据文件夹，再请系统管理员与审计员一起用纸面上的记录核对。",
    )


def _attachment_missing(error: e.AttachmentMissingError) -> Sentence:
    return Sentence(
        f"有一个存档的文件不见了或被改动（指纹开头 {shown(error.sha256)[:8].upper()}）。",
        "请从最近的备份中找回附件文件夹；找不回时，请写入缺项说明。",
    )


def _secret_too_long(error: e.SecretTooLongError) -> Sentence:
    return Sentence(
        f"密码太长：封装后有 {error.size} 字节，本机的凭据库每条最多存 {error.limit} 字节，没有保存。",
        "请换一个不超过 128 个字符的密码，先在平台上改好，再来登记。",
    )


_ENVELOPES: Mapping[str, Sentence] = {
    "damaged": Sentence(
        "本机存的这份密码已经损坏，读不出来。", "请由另一位密码保管人取出，或者在平台上重设密码，再重新登记。"
    ),
    "newer": Sentence("本机存的这份密码由新版程序写成，本版打不开。", "请先升级程序，再来查看；存的密码没有被改动。"),
    "no_key": Sentence("这位密码保管人还不能接收密码。", "请他先登录一次，设好自己的口令，再来登记。"),
    "foreign": Sentence(
        "本机存的这份密码用您的钥匙打不开。",
        "重发过口令的，旧的钥匙已经作废，请由另一位密码保管人重新登记；没有重发过的，请告知系统管理员，可能有人动过。",
    ),
}


def _envelope_invalid(error: e.EnvelopeInvalidError) -> Sentence:
    return _ENVELOPES.get(error.reason, _ENVELOPES["damaged"])


_NOWHERE_ELSE = "密码没有存到别处"


def _vault_absent(error: e.VaultAbsentError) -> Sentence:
    store, todo = {
        "win32": ("系统的凭据管理器", "请系统管理员在“服务”里启用凭据管理器，并核对组策略没有禁止保存凭据"),
        "darwin": ("系统的钥匙串", "请在“钥匙串访问”里核对登录钥匙串还在"),
    }.get(error.system, ("桌面的密钥环", "请从桌面登录后再打开本程序；仍没有的，请系统管理员装上桌面的密钥环服务"))
    return Sentence(f"这台电脑上没有找到{store}，密码不能保管在本机。", f"{todo}。{_NOWHERE_ELSE}。")


def _custodian_unfit(error: e.CustodianUnfitError) -> Sentence:
    return Sentence(
        f"{shown(error.name)}现在不能保管这个账号的密码。",
        "请先在“设置”的“人员与角色”里加上密码保管人角色，再由本人登录一次、设好口令。",
    )


def _handover_needed(error: e.HandoverNeededError) -> Sentence:
    parts = (
        ("还保管着密码", "、".join(map(shown, error.custody))),
        ("还是扫码登录的操作人", "、".join(map(shown, error.scans))),
        ("还是登录终端的责任人", "、".join(map(shown, error.terminals))),
    )
    told = "；".join(f"{what}：{names}" for what, names in parts if names)
    return Sentence(
        f"{shown(error.name)}{told}。",
        "请先到“设置”的“人员与角色”，点“更多”里的“密码交接”，把密码交给别人并登记签好字的交接单（第六条）。",
    )


_TICKS: Mapping[str, tuple[str, str]] = {
    "unchanged": (
        "{account}的密码在交接开始以后还没有改过。",
        "请在平台上改密码，再由保管人到“密码保管”里登记新密码，然后勾选。",
    ),
    "not_sealed": (
        "{account}的新密码还没有封给接收人。",
        "请由保管人到“密码保管”，用“更多”里的“换保管人”列上接收人，再勾选。",
    ),
    "still_held": (
        "移交人还打得开{account}的新密码。",
        "请由另一位保管人到“密码保管”，用“更多”里的“换保管人”去掉移交人，再勾选。",
    ),
    "open": ("{account}还没有勾选“密码已改”。", "请先把密码改好并登记，勾选以后再取号打印。"),
    "operator": ("{account}上还登记着移交人扫码登录。", "请在平台上移除移交人的权限，勾选“原权限已移除”再办。"),
    "no_accounts": ("交接单上还没有账号。", "请至少勾选一个账号。"),
    "others": ("这些账号不是移交人保管的。", "请关掉重新打开，按列出的账号勾选。"),
    "running": ("移交人还有一张交接单没有办完。", "请先办完或撤回那一张，再新开。"),
}


def _handover_tick(error: e.HandoverTickError) -> Sentence:
    odd = ("交接单上的勾选有问题，没有办成。", "请刷新后核对，再试一次。")
    what, todo = _TICKS.get(error.reason, odd)
    return Sentence(what.format(account=shown(error.account)), todo)


_LOANS: Mapping[str, Sentence] = {
    "approver": Sentence(
        "批准人现在不是主要领导，也不是分管领导，没有授权。", "请核对批准人；确有授权的，先登记授权书。"
    ),
    "custodian": Sentence("使用人自己就是这个密码的保管人，不用借。", "请核对使用人，保管人直接查看即可。"),
    "out": Sentence("这个密码上一次借出以后还没有改过。", "请先改密码，那一次借用才算归还，再登记新的借用。"),
}


def _loan_refused(error: e.LoanRefusedError) -> Sentence:
    odd = Sentence("借用登记有问题，没有办成。", "请刷新后核对，再试一次。")
    return _LOANS.get(error.reason, odd)


def _vault_locked(error: e.VaultLockedError) -> Sentence:
    return Sentence(
        f"{shown(error.store)}还锁着，不能存取密码。",
        f"请先解锁，在系统弹出的窗口里输入电脑的登录密码；没有弹出窗口的，请注销后用密码重新登录电脑。{_NOWHERE_ELSE}。",
    )


def _vault_silent(error: e.VaultSilentError) -> Sentence:
    name = shown(error.store)
    return {
        "store": Sentence(
            f"{name}没有回答，这个密码可能存上了，也可能没有。",
            f"请稍候再存一次，存好为止，重复存没有妨碍；仍不行请重新登录电脑。{_NOWHERE_ELSE}。",
        ),
        "remove": Sentence(
            f"{name}没有回答，这个密码可能删掉了，也可能没有。", "请稍候再删一次；仍不行请重新登录电脑，再删一次。"
        ),
    }.get(
        error.act,
        Sentence(f"{name}没有回答，密码没有取到。", "请稍候再试；仍不行请保存好手头的工作，重新登录电脑。"),
    )


def _vault_not_kept(error: e.VaultNotKeptError) -> Sentence:
    name = shown(error.store)
    return Sentence(
        f"{name}没有存住这个密码：系统拒绝了，或者读回来核对不上。",
        f"请再存一次；仍不行请系统管理员检查磁盘空间，以及这台电脑准不准保存凭据。"
        f"{_NOWHERE_ELSE}，存好之前请写在纸上，装信封封好，放进保险柜。",
    )


def _vault_not_removed(error: e.VaultNotRemovedError) -> Sentence:
    return Sentence(
        f"{shown(error.store)}里的这个密码没有删掉。",
        "请再删一次；仍不行请在平台上改掉这个密码，再请系统管理员检查。",
    )


_RULES_INVALID: Mapping[str, str] = {
    "length": "最短的长度大于最长的长度，或者超出了 4 到 64 个字符",
    "signs": "允许的符号里有字母、数字、空格或者不能用的字符",
    "kinds": "必须有的种类没有可用的字符，或者要求的种类多于能用的种类",
}


def _password_rule_invalid(error: e.PasswordRuleInvalidError) -> Sentence:
    fact = _RULES_INVALID.get(error.reason, "前后矛盾")
    return Sentence(f"这个平台的密码规则不成立：{fact}。", "请对照平台的说明核对规则，改好再用。")


def _month_text(error: e.MonthTextError) -> Sentence:
    text = shown(error.text)
    what = f"“{text}”不是一个月份。" if text else "没有写明月份。"
    return Sentence(what, "请按“年份-月份”填写，例如“2026-10”。")


# ---- the table ----------------------------------------------------------------------------------

_KNOWN: Mapping[type[e.AppError], Sentence | Callable[[Any], Sentence]] = {
    e.ActionNotAllowedError: _action_not_allowed,
    e.RightMissingError: _right_missing,
    e.AccountNotCoveredError: _account_not_covered,
    e.ApplicationNeededError: _application_needed,
    e.TerminalRefusedError: _terminal_refused,
    e.OwnDraftError: Sentence("签批人就是稿件的作者，这样的签批不算数。", "请由另一位有权限的人签批。"),
    e.RoleConflictError: Sentence("这两件事不能由同一个人担任。", "请把其中一件交给另一个人。"),
    e.LastAdministratorError: Sentence(
        "这样一来就没有能登录的系统管理员了。", "请先让另一个人担任系统管理员，再办这件事。"
    ),
    e.MonthTextError: _month_text,
    e.PaperCodeError: _paper_code,
    e.MissingFieldError: _missing_field,
    e.FieldTooLongError: _field_too_long,
    e.FieldInvalidError: _field_invalid,
    e.ReasonNeededError: Sentence("这一步要写明理由。", "请用一两句话写清楚原因，再试一次。"),
    e.NotFoundError: _not_found,
    e.ChangedMeanwhileError: Sentence(
        "在您打开之后，这份记录已被改动，您这次的修改没有保存。", "请先把自己的文字复制下来，刷新后再改一次。"
    ),
    e.PolicyInvalidError: _policy_invalid,
    e.SubmissionBlockedError: _submission_blocked,
    e.SecrecyMarkError: _secrecy_mark,
    e.SecrecyMarkedWordsError: Sentence(
        "填写的文字里有密级标志，没有登记，也没有保存。",
        "请删去这些文字再办。涉密内容不得录入本程序，请报告本单位保密工作机构。",
    ),
    e.StaleSheetError: _stale_sheet,
    e.ForeignPaperError: Sentence("这张纸不是本单位在这台电脑上印发的。", "请核对是不是拿错了纸，换成本单位的审核表。"),
    e.ScanNeededError: Sentence("登记纸面签批要有签字页的扫描件。", "请先把签好字的纸扫描或拍照，再拖入登记。"),
    e.StepNotOpenError: Sentence("这个环节已经签过，或者还没有轮到。", "请刷新后看一下现在轮到哪个环节，按顺序登记。"),
    e.PersonLeftError: Sentence("这个人已经登记离岗。", "请先在“人员与角色”里登记返岗，再办理。"),
    e.DeciderUnfitError: Sentence(
        "这个人在签批那天不担任这一环节的角色，也没有授权。", "请核对签批人和日期；确有授权的，先登记授权书再登记签批。"
    ),
    e.AlreadyDecidedError: Sentence(
        "这个人在这一环节已经签过，不能再算一次。", "这一环节要由几个人分别签批，请由另一位担任这一角色的人签。"
    ),
    e.DecisionTooEarlyError: Sentence(
        "签批时间早于提交时间，或者晚于现在。", "请按纸面上写的日期重新填写，并核对电脑时钟。"
    ),
    e.NotApprovedError: Sentence(
        "这份内容还没有批准，不能按“审后发布”办理。", "请先走完审核；确已发出的，按“未审发布”如实登记。"
    ),
    e.PublishedEarlierError: Sentence("发布时间晚于现在。", "请按实际发出的时间填写，并核对电脑时钟。"),
    e.NotEarlierError: _not_earlier,
    e.AlreadyPublishedError: Sentence(
        "这件稿件在这个账号上已经登记过发布。", "请核对账号；要补链接或截图，请打开已有的发布记录。"
    ),
    e.LastReviewStepError: Sentence("审核流程里不能没有保密审查和主要领导签批。", "请保留这两个环节，再保存。"),
    e.SignInRefusedError: Sentence("姓名或口令不对。", "请重新输入，注意大小写和中英文输入法。"),
    e.OwnPasscodeWrongError: Sentence("您输入的口令不对。", "请重新输入您自己的登录口令，注意大小写和中英文输入法。"),
    e.LockedOutError: _locked_out,
    e.PasscodeWeakError: _passcode_weak,
    e.PasscodeChangeNeededError: Sentence("您用的是一次性口令。", "请先设定自己的口令，再开始使用。"),
    e.LongerPasscodeNeededError: Sentence(
        f"密码保管人的口令至少 {CUSTODIAN_PASSCODE_LENGTH} 个字符，您现在的不够长。", "请先登录程序设定一个更长的口令。"
    ),
    e.CodeExpiredError: Sentence("这个一次性口令已经过期。", "请系统管理员重发一个一次性口令，在有效期内使用。"),
    e.SignedOutError: Sentence("现在没有人登录。", "请先登录，再办理。"),
    e.ClockWrongError: _clock_wrong,
    e.SetupDoneError: Sentence("这个数据文件夹已经设置过了。", "请直接登录；要改单位或人员，请到“设置”里修改。"),
    e.SetupNeededError: Sentence("这个数据文件夹还没有设置单位。", "请先在窗口中完成首次设置，再办理。"),
    e.SecretTooLongError: _secret_too_long,
    e.EnvelopeInvalidError: _envelope_invalid,
    e.VaultAbsentError: _vault_absent,
    e.CredentialMissingHereError: Sentence(
        "这台电脑的系统密码库里没有这个密码。",
        "换过电脑或恢复过备份的，请由保管人重新登记；另一位保管人打得开的，请他重新封装。",
    ),
    e.CustodianUnfitError: _custodian_unfit,
    e.NotCustodianError: Sentence("您不是这个密码的保管人。", "请找登记的保管人办理。"),
    e.HandoverNeededError: _handover_needed,
    e.HandoverTickError: _handover_tick,
    e.LoanRefusedError: _loan_refused,
    e.VaultLockedError: _vault_locked,
    e.VaultSilentError: _vault_silent,
    e.VaultNotKeptError: _vault_not_kept,
    e.VaultNotRemovedError: _vault_not_removed,
    e.PasswordRuleInvalidError: _password_rule_invalid,
    e.FileUnreadableError: _file_unreadable,
    e.OlderDatabaseError: Sentence(
        "数据由旧版程序写成，还没有升级。", "请先打开一次窗口，程序会自动升级数据，再来查看。"
    ),
    e.NewerDatabaseError: Sentence("数据由更新版本的程序写成，本版不能打开。", "请安装新版程序；数据没有被改动。"),
    e.DatabaseMissingError: _database_missing,
    e.DatabaseDamagedError: Sentence(
        "数据库读不出来，或者核对没有通过。", "请不要删除任何文件，请系统管理员用最近的备份恢复。"
    ),
    e.DatabaseBusyError: Sentence("数据正被另一个程序占用。", "请稍等片刻再试；仍不行请关闭其他窗口或命令。"),
    e.UnsafeFolderError: _unsafe_folder,
    e.AlreadyRunningError: Sentence("本程序已经打开了一个窗口。", "请在任务栏上切换到已打开的窗口。"),
    e.AuditBrokenError: _audit_broken,
    e.RecordAlteredError: _record_altered,
    e.AttachmentMissingError: _attachment_missing,
    e.BackupInvalidError: _backup_invalid,
    e.FolderNotEmptyError: _folder_not_empty,
    e.NotEnoughSpaceError: _not_enough_space,
    e.TargetNotWritableError: _target_not_writable,
    e.FolderMissingError: _folder_missing,
    e.DriveRemovedError: Sentence(
        "读写途中，盘被拔出或断开了。", "请重新插好，再做一次；盘上写了一半的文件不会当作完成。"
    ),
    e.CancelledError: Sentence("已按您的要求取消。", "没有留下写了一半的文件，需要时可以重新开始。"),
    e.TargetInsideSourceError: _target_inside_source,
    e.SamePersonError: Sentence(
        "这件事要由两个不同的人确认，两次都是同一个人。", "请由另一位在册人员输入自己的姓名和口令。"
    ),
    e.WitnessRefusedError: _witness_refused,
    e.NoAdministratorError: Sentence("两个人都在册，但都不是系统管理员。", "请其中一人换成系统管理员，再试一次。"),
    e.NumbersUnconfirmedError: Sentence(
        "数据刚从备份恢复，还没有核对纸面上的最大编号，现在不能取号。",
        "请系统管理员登录，在“今日”页上照纸面核对最后的编号，然后再办理。",
    ),
    e.NumberImplausibleError: _number_implausible,
    e.HeadMismatchError: _head_mismatch,
    e.ReadBackError: _read_back,
    e.TargetExistsError: _target_exists,
    e.FileTooLargeForMediumError: _file_too_large,
    e.GapsUnexplainedError: _gaps_unexplained,
    e.ClockDoubtfulError: _clock_doubtful,
    e.NothingExpiredError: _nothing_expired,
    e.MonthNotOverError: Sentence("这个月还没有结束，不能归档。", "请等到下个月初再归档，或者选择更早的月份。"),
    e.NothingFiledError: _nothing_filed,
    e.SealingBusyError: Sentence("正在归档，另一个窗口或命令还没有封存完。", "请等它结束再试。"),
    e.MonthDeliveredError: Sentence(
        "这个月的存档已经移交，不能重新封存。", "请把后补的材料放进当前月份，作为补充材料归档。"
    ),
    e.NotABagError: Sentence("所选文件夹不是一份存档。", "请选择存档的最外层文件夹，里面应有 bagit.txt。"),
    e.PaperImpossibleError: _paper_impossible,
}

_PROBLEMS: Mapping[ProblemKind, str] = {
    ProblemKind.MISSING: "清单里有“{file}”，文件却不见了。",
    ProblemKind.ALTERED: "“{file}”的内容与清单不符，已被改动或损坏。",
    ProblemKind.UNLISTED: "“{file}”不在清单里，是后来放进去的。",
    ProblemKind.UNSAFE_PATH: "清单里的路径“{file}”指向存档之外，没有读取。",
    ProblemKind.BAD_DECLARATION: "存档声明“{file}”的写法不对。",
    ProblemKind.BAD_MANIFEST: "清单“{file}”中有读不懂的行。",
    ProblemKind.NO_MANIFEST: "“{file}”中没有校验清单。",
    ProblemKind.NO_TAG_MANIFEST: "本程序写的存档都带“{file}”，它却不见了：说明和清单有没有被改动，已无法核对。",
    ProblemKind.NO_PAYLOAD: "“{file}”中没有存放内容的 data 文件夹。",
    ProblemKind.BAD_SUM: "“{file}”中登记的文件总数或总量与实际不符。",
    ProblemKind.UNREADABLE: "“{file}”读不出来，可能是盘坏了或没有权限。",
    ProblemKind.REPEATED_ENTRY: "清单里“{file}”登记了不止一次。",
    ProblemKind.FETCH_UNFULFILLED: "“{file}”应另行补取，现在还没有。",
    ProblemKind.UNKNOWN_ALGORITHM: "清单“{file}”用的校验算法本程序不认识，没有核对。",
    ProblemKind.CASE_CLASH: "“{file}”与另一个文件只有大小写不同，有的电脑会混为一个。",
    ProblemKind.NFC_CLASH: "“{file}”与另一个文件名字写法相近，有的电脑会混为一个。",
    ProblemKind.DOT_PATH: "清单里的路径“{file}”带有多余的圆点。",
    ProblemKind.REPEATED_LINE: "“{file}”中有重复的说明项。",
    ProblemKind.SYSTEM_FILE: "“{file}”是电脑系统自己放进去的，不影响存档。",
    ProblemKind.NOT_AS_SEALED: "“{file}”与{fact}封存时记下的摘要不一致：这份存档后来被改过，或者不是封存的那一份。",
    ProblemKind.NOT_SEALED: "本单位的记录里没有封存过这一份，“{file}”没有摘要可以对照。",
}

_GAPS: Mapping[GapKind, str] = {
    GapKind.NO_SHEET: "{name}没有信息发布审核表。",
    GapKind.NO_SCAN: "{name}没有签字审核表的扫描件。",
    GapKind.NO_LINK: "{name}没有登记发布链接。",
    GapKind.NO_SCREENSHOT: "{name}没有发布截图。",
    GapKind.UNREVIEWED: "{name}未经审核就已发布。",
    GapKind.DIFFERENT: "{name}发布的内容与批准的内容不符。",
    GapKind.NOT_COMPARED: "{name}发布后没有与批准的内容比对。",
    GapKind.NUMBER_MISSING: "{name}的编号在台账中断开。",
    GapKind.NUMBER_BY_LATER_CLOCK: "{name}取号时，电脑的时钟走在本月之后；编号没有缺，台账里记在那个月。",
    GapKind.ALTERED: "{name}的发布记录被别的程序改动过。",
}

_POLICY_FACTS: Mapping[str, str] = {
    "unknown_key": "是不认识的项目，可能写错了字",
    "unsupported_format": "的格式版本本程序不认识",
    "text_needed": "要填写文字",
    "table_needed": "这一节没有写",
    "basis_needed": "没有写依据",
    "positive_number_needed": "要填写大于零的整数",
    "day_of_month_needed": "要填写 1 到 28 之间的日期",
    "list_of_names_needed": "要列出至少一个名称，且不能重复",
    "steps_needed": "没有写审核环节",
    "step_invalid": "的环节或角色写法不对",
    "quorum_invalid": "的签批人数要在 1 到 9 之间",
    "due_invalid": "的办理期限要在 0 到 60 个工作日之间",
    "role_cannot_decide": "指定的角色没有审核签批的权限",
    "lacks_secrecy_review": "缺少保密审查",
    "lacks_principal_leader": "缺少主要领导签批",
    "last_step_not_principal_leader": "的最后一个环节不是主要领导签批",
    "two_to_eight_steps": "的环节数要在 2 到 8 个之间",
}
