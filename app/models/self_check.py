"""本机安全自检: what is found on the PC, which colour it has, and what to do about it; one row a finding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

_SLACK = timedelta(minutes=10)
_LONG_SILENCE = timedelta(days=90)
BACKUP_SOON, BACKUP_LATE = 7, 31
"""Days after which a backup is asked for, and after which it is wanting."""
PRINTED_SOON = 31
SQLITE_LEAST, SQLITE_TRIED = (3, 37, 0), (3, 40, 0)
"""Without the first no table can be read at all; what is older than the second was never tried."""


class Colour(StrEnum):
    """How pressing a finding is; what is not known is never green."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class CheckSubject(StrEnum):
    """What the self-check of the PC looks at, in the order it is shown."""

    TERMINAL = "terminal"
    SECRET_STORE = "secret_store"
    AUTOMATIC_LOGIN = "automatic_login"
    ENCRYPTION = "encryption"
    FILE_SYSTEM = "file_system"
    SQLITE = "sqlite"
    CLOCK = "clock"
    BACKUP = "backup"
    ARCHIVE = "archive"
    PRINTED_HEAD = "printed_head"


@dataclass(frozen=True)
class Told:
    """What was found about one thing: its state, and the words that complete the sentence."""

    state: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judgement:
    """What is to be thought of it: a colour, a sentence, and what to do ('' where nothing is)."""

    colour: Colour
    sentence: str
    todo: str = ""


@dataclass(frozen=True)
class Look:
    """One thing looked at, as it is told; `fine` is None for what is only to be minded and never wanting."""

    subject: str
    fine: bool | None
    sentence: str
    todo: str = ""

    @property
    def colour(self) -> Colour:
        """How pressing it is."""
        return {True: Colour.GREEN, None: Colour.AMBER, False: Colour.RED}[self.fine]


_G, _A, _R = Colour.GREEN, Colour.AMBER, Colour.RED
_S = CheckSubject

RULES: Mapping[tuple[CheckSubject, str], tuple[Colour, str, str]] = {
    (_S.TERMINAL, "registered"): (_G, "这台电脑是已登记的终端 {number}。", ""),
    (_S.TERMINAL, "overdue"): (
        *(_A, "终端 {number} 的外出审批{day}到期，还没有登记归还。"),
        "人和机器已经回来的，请账号管理员登记归还；还在外面的，重新审批。",
    ),
    (_S.TERMINAL, "unregistered"): (
        *(_A, "这台电脑没有登记为终端，账号密码不在这里显示。"),
        "要在这里登录账号的，请账号管理员在“设置”的“终端”里登记（第六条）。",
    ),
    (_S.TERMINAL, "retired"): (
        *(_A, "这台电脑作为终端 {number} 已经停用，账号密码不在这里显示。"),
        "要重新使用的，请账号管理员再登记一次。",
    ),
    (_S.TERMINAL, "unknown"): (
        *(_A, "系统没有给出这台电脑的标识，认不出它是不是登记过的终端。"),
        "请系统管理员查看系统的机器标识；在此之前请用别的终端登录账号。",
    ),
    (_S.SECRET_STORE, "there"): (_G, "可用（{name}）。", ""),
    (_S.SECRET_STORE, "missing"): (
        *(_A, "没有找到。保管账号密码时才用得到，起草、审核和归档不受影响。"),
        "要在这台电脑上保管密码的，请启用系统自带的密码库，并用口令登录系统。",
    ),
    (_S.SECRET_STORE, "missing_though_needed"): (
        *(_R, "没有找到，登记在册的 {count} 个密码在这台电脑上取不出来。"),
        "请启用系统自带的密码库，并用口令登录系统；仍没有的，到另一台保管密码的电脑上办理。",
    ),
    (_S.AUTOMATIC_LOGIN, "off"): (_G, "没有开启，开机要输入口令。", ""),
    (_S.AUTOMATIC_LOGIN, "on"): (
        *(_R, "已经开启（{where}），谁打开电源都能进来。"),
        "请在系统设置的用户账户里关掉自动登录，改为每次输入口令。",
    ),
    (_S.AUTOMATIC_LOGIN, "no_settings"): (
        *(_A, "没有找到认识的登录程序的设置，不知道有没有开启。"),
        "请重启一次电脑：不问口令就进了桌面的，请在系统设置里关掉自动登录。",
    ),
    (_S.AUTOMATIC_LOGIN, "unreadable"): (
        *(_A, "登录程序的设置（{where}）读不出来，不知道有没有开启。"),
        "请重启一次电脑：不问口令就进了桌面的，请在系统设置里关掉自动登录。",
    ),
    (_S.ENCRYPTION, "encrypted"): (_G, "数据所在的磁盘已加密（{how}）。", ""),
    (_S.ENCRYPTION, "plain"): (
        *(_A, "数据所在的磁盘没有加密，机器或硬盘丢了，里面的稿件和扫描件都读得出来。"),
        "请信息化部门给磁盘加密；暂时做不到的，机器要锁好，送修前取下硬盘，报废时销毁硬盘。",
    ),
    (_S.ENCRYPTION, "no_device"): (
        *(_A, "系统没有说明数据放在哪个磁盘（{file_system}），不知道有没有加密。"),
        "请信息化部门确认这台电脑的磁盘有没有加密。",
    ),
    (_S.ENCRYPTION, "not_told"): (
        *(_A, "不用管理员身份问不到这个系统的磁盘加密，不知道有没有开启。"),
        "请打开“此电脑”，看数据所在的盘符上有没有锁的标志；没有的，请信息化部门确认。",
    ),
    (_S.FILE_SYSTEM, "sound"): (_G, "{name}，断电时不容易损坏。", ""),
    (_S.FILE_SYSTEM, "weak"): (
        *(_A, "{name}，断电时容易损坏。"),
        "请每天备份，并请信息化部门把数据文件夹移到 NTFS 或 ext4 格式的盘上。",
    ),
    (_S.FILE_SYSTEM, "open_to_all"): (
        *(_R, "{name}，断电时容易损坏，也管不住谁能打开文件。"),
        "请先备份，再恢复到 NTFS 或 ext4 格式的盘上。",
    ),
    (_S.FILE_SYSTEM, "in_memory"): (
        *(_R, "{name}，在内存里，关机就全没了。"),
        "请马上备份到另一个盘，再恢复到本机硬盘上。",
    ),
    (_S.FILE_SYSTEM, "other_machine"): (
        *(_R, "{name}，在另一台机器上，容易损坏或外泄。"),
        "请先备份，再恢复到本机硬盘上。",
    ),
    (_S.FILE_SYSTEM, "unknown"): (
        *(_A, "{name}，没有试过断电时会怎样。"),
        "请每天备份，并请信息化部门确认数据文件夹在本机硬盘上。",
    ),
    (_S.FILE_SYSTEM, "not_told"): (
        *(_A, "系统没有说明数据文件夹在哪种盘上。"),
        "请确认数据文件夹在本机硬盘上，并每天备份。",
    ),
    (_S.SQLITE, "fine"): (_G, "{version}，与试验过的相当。", ""),
    (_S.SQLITE, "untried"): (_A, "{version}，比试验过的旧。", "请安装新版程序，或者请信息化部门更新系统。"),
    (_S.SQLITE, "too_old"): (_R, "{version}，太旧，数据读不全。", "请安装新版程序；在此之前不要办理。"),
    (_S.CLOCK, "fine"): (_G, "北京时间{now}，不早于最近的记录。", ""),
    (_S.CLOCK, "before_last"): (
        *(_R, "电脑时钟是{now}，早于最近一条记录（{last}）。"),
        "请校准时钟。",
    ),
    (_S.CLOCK, "set_back"): (
        *(_A, "{at}的一条记录早于它前面的一条（{before}），时钟回拨过。"),
        "请打开系统的自动校时，并请审计员核对那一段的记录。",
    ),
    (_S.CLOCK, "long_after"): (
        *(_A, "电脑时钟是{now}，最近一条记录是{last}，隔了 {days} 天。"),
        "请核对电脑的日期；日期没有错、只是很久没用的，不用处理。",
    ),
    (_S.BACKUP, "recent"): (_G, "最近一次是{day}，做好时核对过。", ""),
    (_S.BACKUP, "soon"): (_A, "最近一次是{day}，已经 {days} 天。", "请系统管理员备份到另一个盘。"),
    (_S.BACKUP, "late"): (
        *(_R, "最近一次是{day}，已经 {days} 天，电脑坏了这些天的记录就没了。"),
        "请系统管理员马上备份到另一个盘。",
    ),
    (_S.BACKUP, "never"): (_A, "还没有做过备份。", "请系统管理员备份到另一个盘。"),
    (_S.BACKUP, "never_though_long_in_use"): (
        *(_R, "用了 {days} 天，还没有做过备份，电脑坏了就什么都没有了。"),
        "请系统管理员马上备份到另一个盘。",
    ),
    (_S.BACKUP, "sample"): (_G, "这是示例数据，不用备份。", ""),
    (_S.BACKUP, "unreadable"): (_A, "上次备份的时间读不出来。", "请系统管理员再备份一次。"),
    (_S.ARCHIVE, "nothing_due"): (_G, "还没有要归档的月份。", ""),
    (_S.ARCHIVE, "done"): (_G, "{month}和以前的月份都已归档。", ""),
    (_S.ARCHIVE, "waiting"): (_G, "{month}还没有归档，{day}以前办完就行。", ""),
    (_S.ARCHIVE, "late"): (
        *(_A, "{month}还没有归档，过了{day}的期限。"),
        "请档案员在“月度归档”里归档（第十五条（四））。",
    ),
    (_S.ARCHIVE, "several_late"): (
        *(_R, "从{month}起有 {count} 个月没有归档。"),
        "请档案员从最早的月份起归档（第十五条（四））。",
    ),
    (_S.ARCHIVE, "sample"): (_G, "这是示例数据，不用归档。", ""),
    (_S.PRINTED_HEAD, "recent"): (_G, "{day}印在纸上（第 {seq} 条），与记录一致。", ""),
    (_S.PRINTED_HEAD, "old"): (
        *(_A, "最近一次是{day}印在纸上（第 {seq} 条），后面的 {since} 条没有纸面可以对照。"),
        "请印一张审核表或待签清单，签好归档。",
    ),
    (_S.PRINTED_HEAD, "never"): (
        *(_A, "还没有印在任何一张纸上，记录没有纸面可以对照。"),
        "印发第一张审核表以后就有了。",
    ),
    (_S.PRINTED_HEAD, "differs"): (
        *(_R, "{day}印在纸上的第 {seq} 条与现在的记录不一致。"),
        "请不要继续办理，先备份数据文件夹，再请审计员用那张纸核对。",
    ),
}


def judge(subject: CheckSubject, told: Told) -> Judgement:
    """Return what is to be thought of a finding; one without a row is a bug (`KeyError`)."""
    colour, sentence, todo = RULES[subject, told.state]
    return Judgement(colour, sentence.format(**told.words), todo)


_SOUND = frozenset({"ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "ntfs", "ntfs3", "fuseblk", "refs", "apfs"})
_WEAK = frozenset({"ext2", "hfs", "hfsplus", "ufs"})
_OPEN = frozenset({"vfat", "msdos", "fat", "fat12", "fat16", "fat32", "exfat", "fuse.exfat"})
_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})


def file_system_state(name: str, *, network: bool) -> str:
    """Return which row holds for a file system by its name as the system calls it."""
    plain = name.lower()
    if network:
        return "other_machine"
    known = {"sound": _SOUND, "weak": _WEAK, "open_to_all": _OPEN, "in_memory": _MEMORY}
    return next((state for state, names in known.items() if plain in names), "unknown" if plain else "not_told")


def sqlite_state(version: Sequence[int]) -> str:
    """Return which row holds for a version of SQLite."""
    if tuple(version) < SQLITE_LEAST:
        return "too_old"
    return "fine" if tuple(version) >= SQLITE_TRIED else "untried"


def clock_state(now: datetime, last: datetime | None, *, set_back: bool) -> str:
    """Return which row holds for the clock beside the last entry; what is wrong now comes before what was."""
    if last is not None and last > now + _SLACK:
        return "before_last"
    if set_back:
        return "set_back"
    return "long_after" if last is not None and now > last + _LONG_SILENCE else "fine"


def was_set_back(at: datetime, before: datetime) -> bool:
    """Say whether an entry so much earlier than the one before it tells of more than a corrected clock."""
    return before > at + _SLACK


def backup_state(last: date | None, today: date, first_day: date) -> str:
    """Return which row holds for the last backup, or for none since the unit began."""
    if last is None:
        return "never_though_long_in_use" if (today - first_day).days > BACKUP_LATE else "never"
    days = (today - last).days
    return "recent" if days <= BACKUP_SOON else "soon" if days <= BACKUP_LATE else "late"
