"""An existing ledger of accounts comes on file, every row shown first with what is wrong with it (article 5)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.intake.account_ledger import LedgerRow, read_account_ledger
from app.models.account import Account, AccountState, FilingState
from app.models.particulars import Binding, Certification, Charge, Owner, Particulars, PersonInCharge
from app.models.platform import EntryWay, Platform, PlatformClass
from app.models.right import Right
from app.models.staff import Person
from app.models.storable import storable_record
from app.services.record_room import RecordRoom
from app.services.written_words import carries_mark
from app.storage.unit_of_work import UnitOfWork

_LONGEST_NAME = 100
_ALIASES: Mapping[str, str] = {
    **dict.fromkeys(("微信", "公众号", "微信公众平台", "微信订阅号", "订阅号", "微信服务号", "服务号"), "微信公众号"),
    **dict.fromkeys(("视频号", "微信视频"), "微信视频号"),
    **dict.fromkeys(("新浪微博", "腾讯微博", "政务微博"), "微博"),
    **dict.fromkeys(("头条", "头条号", "今日头条号"), "今日头条"),
    **dict.fromkeys(("抖音号", "抖音短视频"), "抖音"),
    **dict.fromkeys(("快手号",), "快手"),
    **dict.fromkeys(("b站", "B站", "bilibili", "哔哩"), "哔哩哔哩"),
    **dict.fromkeys(("微信小程序",), "小程序"),
    **dict.fromkeys(("app", "APP", "客户端", "政务客户端"), "移动客户端"),
}
_ENDED = re.compile("注销|关停|停用|停更|^是$")
_CERTIFIED = re.compile("^(?:是|已|有|已认证|机构认证|企业认证|政府认证|官方认证)")
_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


@dataclass(frozen=True)
class ImportRow:
    """One row of the preview: without an `account` it is not taken, and `problem` says why.

    `notes` say what of a row that is taken was left out.
    """

    line: int
    platform: str
    name: str
    problem: str
    notes: tuple[str, ...] = ()
    account: Account | None = None


class AccountImport:
    """The in-tray for ledgers of accounts."""

    def __init__(self, room: RecordRoom, read: Callable[[Path], tuple[LedgerRow, ...]] = read_account_ledger) -> None:
        self._room, self._read = room, read

    def rows(self, path: Path) -> tuple[ImportRow, ...]:
        """Preview a ledger: every row, and what is wrong with it; nothing is recorded."""
        found = self._read(path)
        with self._room.store.reading() as unit:
            self._room.acting(unit, Right.REGISTER_PAPER)
            judge = _Judge(unit, self._room.new_id)
            return tuple(judge.row(one) for one in found)

    def record(self, rows: tuple[ImportRow, ...]) -> int:
        """Put the rows that can be taken on file by one act, as 未备案（补录）; return how many there were.

        What came on file since the preview is left out.
        """
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.REGISTER_PAPER)
            known = {_key(one) for one in unit.accounts.list()}
            platforms = {one.name for one in unit.platforms.list()}
            taken: list[str] = []
            for account in (row.account for row in rows if row.account is not None):
                if _key(account) in known:
                    continue
                known.add(_key(account))
                if account.platform not in platforms:
                    platforms.add(account.platform)
                    own = Platform(account.platform, PlatformClass.OTHER, EntryWay.PASSWORD, position=len(platforms))
                    unit.platforms.add(own)
                unit.accounts.save(account)
                taken.append(account.id)
            if taken:
                facts = {"added": len(taken), "accounts": taken}
                self._room.record(unit, actor, "account.import", "account:ledger", facts)
        return len(taken)


class _Judge:
    """What the rows are compared with, read once; it remembers the rows before."""

    def __init__(self, unit: UnitOfWork, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._platforms = {one.name for one in unit.platforms.list()}
        self._known = {_key(one) for one in unit.accounts.list()}
        self._seen: dict[tuple[str, str], int] = {}
        own = unit.units.get()
        self._own_names = unit.units.names() | {own.short_name}
        self._people: dict[str, list[Person]] = {}
        for person in unit.people.list(include_left=False):
            self._people.setdefault(person.name, []).append(person)

    def row(self, row: LedgerRow) -> ImportRow:
        texts = storable_record(tuple(row.texts.values()))
        told = dict(zip(row.texts, texts, strict=True))
        platform, name = _platform(told.get("platform", "")), told.get("name", "")
        shown = ImportRow(row.line, platform, name, row.problem or self._problem(platform, name, told))
        if shown.problem:
            return shown
        self._seen[(platform, name)] = row.line
        notes: list[str] = []
        account = Account(
            self._new_id(),
            platform,
            name,
            AccountState.RUNNING,
            FilingState.NOT_FILED,
            told.get("handle", ""),
            told.get("link", ""),
            opened_on=row.days.get("opened_on"),
            particulars=self._particulars(row, told, notes),
        )
        if platform not in self._platforms:
            notes.append(f"平台表里没有“{platform}”，会加进去")
        if told.get("filing_number") or "filed_on" in row.days:
            notes.append("备案号没有带入，请到账号页登记补备案并放入扫描件")
        return replace(shown, notes=tuple(notes), account=account)

    def _problem(self, platform: str, name: str, told: Mapping[str, str]) -> str:
        if not name:
            return "没有账号名称。"
        if not platform:
            return "没有平台。"
        if max(len(name), len(platform)) > _LONGEST_NAME:
            return f"账号名称或平台超过 {_LONGEST_NAME} 个字，请核对是不是填错了列。"
        if _ENDED.search(told.get("state", "")):
            return "表里写着已停更、关停或注销，不导入。"
        link = told.get("link", "")
        if link and not _LINK.fullmatch(link):
            return f"链接“{link[:40]}”不是网址，没有链接的请留空或填“无”。"
        if (platform, name) in self._known:
            return "这个账号已经在册。"
        if (platform, name) in self._seen:
            return f"和第 {self._seen[(platform, name)]} 行是同一个账号。"
        if any(carries_mark(text) for text in told.values()):
            return "这一行带有密级标志，不能录入。请按保密规定处理原表。"
        return ""

    def _particulars(self, row: LedgerRow, told: Mapping[str, str], notes: list[str]) -> Particulars:
        people = [
            *self._in_charge(Charge.LEADER, told.get("leader", ""), notes)[:1],
            *self._in_charge(Charge.BACK_OFFICE, told.get("staff", ""), notes),
        ]
        host = told.get("unit", "")
        if host in self._own_names:
            host = ""
        if host:
            notes.append(f"主办单位写的是“{host[:30]}”，请核对")
        certified = bool(_CERTIFIED.match(told.get("certified", ""))) or "certified_until" in row.days
        phone = told.get("phone", "")
        return Particulars(
            kind=told.get("kind", ""),
            subject=told.get("subject", ""),
            host_unit=host,
            certification=Certification.ORGANISATION if certified else Certification.NONE,
            certified_until=row.days.get("certified_until"),
            scope=told.get("scope", ""),
            function=told.get("function", ""),
            field=told.get("field", ""),
            rhythm=told.get("rhythm", ""),
            introduction=told.get("introduction", ""),
            department=told.get("department", ""),
            people=tuple(people),
            phone=Binding(phone, Owner.UNKNOWN) if phone else Binding(),
        )

    def _in_charge(self, charge: Charge, names: str, notes: list[str]) -> list[PersonInCharge]:
        found: list[PersonInCharge] = []
        for name in filter(None, re.split(r"[、,，;；/\s]+", names)):
            people = self._people.get(name, [])
            if len(people) == 1:
                found.append(PersonInCharge(charge, people[0].id))
            else:
                why = "不在人员名单里" if not people else "有同名的人"
                notes.append(f"“{name[:20]}”{why}，没有带入")
        return found


def _platform(written: str) -> str:
    return _ALIASES.get(written, written)


def _key(account: Account) -> tuple[str, str]:
    return account.platform, account.name
