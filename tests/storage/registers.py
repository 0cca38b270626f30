"""One record of every table of the register, to be put on file beside the small office."""

from datetime import date

from app.models.account_application import (
    AccountField,
    Announcement,
    Application,
    ApplicationKind,
    ApplicationState,
    ApplicationText,
    ChangeLine,
    FilingType,
)
from app.models.account_watch import Consent, Impostor, Operator, PersonalAccount, PersonalCheck
from app.models.credential import Borrowing, ChangeCause, Credential, Envelope, ScanOperator
from app.models.custody_handover import CustodyHandover, HandedAccount, HandoverState
from app.models.numbering import OfficeNumber
from app.models.terminal import Terminal, TerminalKind, TerminalLeave
from app.storage.unit_of_work import UnitOfWork
from tests.storage.office import NOW

DAY = date(2026, 11, 23)
FILING = Application(
    "filing",
    ApplicationKind.FILING,
    "wechat",
    ApplicationState.FILED,
    "author",
    NOW,
    ApplicationText(FilingType.LATE, reason="补备案"),
    number=OfficeNumber("晋示备", 2026, 3),
    signed_by="leader",
    signed_on=DAY,
    scan_sha256="a" * 64,
    filed_on=DAY,
    filing_number="晋政备 12",
)
CHANGE = Application(
    "change",
    ApplicationKind.CHANGE,
    "wechat",
    ApplicationState.WRITING,
    "author",
    NOW,
    ApplicationText(
        changes=(
            ChangeLine(AccountField.NAME, "晋安示例", "晋安区示例局"),
            ChangeLine(AccountField.SCOPE, "", "政务信息"),
        ),
        announcement=Announcement("公告", DAY, None, "https://x"),
        own_form=True,
    ),
)
OPERATOR = Operator("operator", "某某公司", "0591-1", DAY, date(2027, 11, 22), DAY)
PERSONAL = PersonalAccount("personal", "first", "微博", "小张", "示例局干部", DAY, Consent.GIVEN, DAY, DAY)
CHECK = PersonalCheck("check", "personal", DAY, "没有发布工作内容", "leader")
IMPOSTOR = Impostor("impostor", "抖音", "晋安示例官方", DAY, "https://y", DAY, "平台", "已关闭", DAY)
TERMINAL = Terminal(
    "terminal", "01", "办公室一号机", TerminalKind.COMPUTER, "first", "三楼", True, "f" * 32, "杀毒", DAY
)
LEAVE = TerminalLeave("leave", "terminal", DAY, DAY, "外出采访", "leader", "b" * 64)
CREDENTIAL = Credential(
    "credential",
    "weibo",
    "登录密码",
    NOW,
    "first",
    ChangeCause.FIRST,
    envelopes=(Envelope("secret", NOW, "d" * 64), Envelope("first", NOW, "c" * 64)),
)
BORROWING = Borrowing("borrowing", "credential", NOW, "值班应急", "leader", "author")
SCANNING = ScanOperator("scanning", "wechat", "author", "运营者", "短信", DAY, date(2027, 1, 1))
HANDOVER = CustodyHandover(
    "handover",
    "first",
    "secret",
    "leader",
    HandoverState.WAITING,
    (HandedAccount("weibo", True, True, False, "旧手机已解绑"), HandedAccount("wechat")),
    "author",
    NOW,
    "没有",
    OfficeNumber("晋示交", 2026, 1),
)


def put_registers(unit: UnitOfWork) -> None:
    """Put one of each on file."""
    unit.applications.put(FILING)
    unit.applications.put(CHANGE)
    unit.operators.add(OPERATOR)
    unit.personal_accounts.add(PERSONAL)
    unit.personal_accounts.note_check(CHECK)
    unit.impostors.add(IMPOSTOR)
    unit.terminals.add(TERMINAL)
    unit.terminals.leaves.add(LEAVE)
    unit.credentials.add(CREDENTIAL)
    unit.credentials.put_envelopes(CREDENTIAL.id, CREDENTIAL.envelopes)
    unit.borrowings.put(BORROWING)
    unit.scan_operators.add(SCANNING)
    unit.handovers.put(HANDOVER)
