"""The PC is looked at thing by thing, and each finding turns red, amber or green as the records and the PC stand."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import DatabaseBusyError
from app.labels import label
from app.models.clock import BEIJING
from app.models.credential import ChangeCause, Credential, Envelope
from app.models.month import Month
from app.models.monthly import ArchiveRecord
from app.models.self_check import CheckSubject, Look, Told
from app.models.terminal import Terminal, TerminalKind
from app.services.pc_check import PcView, SelfCheck
from app.services.record_room import RecordRoom
from app.services.terminals import Terminals
from app.storage.unit_of_work import UnitOfWork
from tests.services.office import Office

MARK = "a" * 64
SOUND = PcView(
    lambda: "桌面密钥环",
    lambda: Told("off"),
    lambda _folder: Told("encrypted", {"how": "LUKS"}),
    lambda _folder: "ext4",
)


@dataclass
class Pc:
    """An office on a PC of which a test says what it is like."""

    office: Office
    view: PcView = SOUND
    mark: str = MARK

    @property
    def room(self) -> RecordRoom:
        return self.office.services.audit._room

    def looks(self) -> dict[str, Look]:
        check = SelfCheck(self.room, Terminals(self.room, lambda: self.mark), self.view)
        return {look.subject: look for look in check.looks()}

    def look(self, subject: CheckSubject) -> tuple[str, str]:
        """Return colour and sentence of one thing."""
        found = self.looks()[label(subject)]
        return found.colour.value, found.sentence

    def write(self, act: Callable[[UnitOfWork], object]) -> None:
        with self.room.store.writing() as unit:
            act(unit)


@pytest.fixture
def pc(office: Office) -> Pc:
    return Pc(office)


def test_everything_is_looked_at_in_its_order_and_nothing_is_changed(pc: Pc) -> None:
    before = (pc.office.folder / "xianshen.db").read_bytes()
    assert list(pc.looks()) == [label(subject) for subject in CheckSubject]
    assert (pc.office.folder / "xianshen.db").read_bytes() == before


def test_this_terminal_is_told(pc: Pc) -> None:
    subject = CheckSubject.TERMINAL
    services, day = pc.office.sign_in("陈账"), pc.office.services.today.day()
    assert pc.look(subject) == ("amber", "这台电脑没有登记为终端，账号密码不在这里显示。")
    register = Terminals(pc.room, lambda: MARK)
    plan = Terminal("", "01", "一号机", TerminalKind.COMPUTER, pc.office.person("陈账").id, "三楼")
    made = register.register(plan, here=True)
    assert pc.look(subject) == ("green", "这台电脑是已登记的终端 01。")
    leader = pc.office.person("王局").id
    services.terminal_leaves.take_out(made.id, day, day, "外出采访", leader, pc.office.scan())
    assert pc.look(subject)[0] == "green"
    pc.office.clock.forward(days=1)
    assert pc.look(subject) == ("amber", "终端 01 的外出审批2026年10月12日到期，还没有登记归还。")
    register.retire(made.id)
    assert pc.look(subject) == ("amber", "这台电脑作为终端 01 已经停用，账号密码不在这里显示。")
    pc.mark = ""
    assert pc.look(subject)[0] == "amber"
    assert "认不出" in pc.look(subject)[1]


def test_a_missing_store_of_secrets_is_wanting_once_passwords_are_kept(pc: Pc) -> None:
    subject = CheckSubject.SECRET_STORE
    assert pc.look(subject) == ("green", "可用（桌面密钥环）。")
    pc.view = replace(SOUND, secret_store=lambda: "")
    assert pc.look(subject)[0] == "amber"
    holder, now = pc.office.person("陈账").id, pc.office.clock()
    kept = Credential("credential", pc.office.account_ids()[0], "登录密码", now, holder, ChangeCause.FIRST)
    pc.write(lambda unit: unit.credentials.add(kept))
    # On file without an envelope anywhere: nothing is lost.
    assert pc.look(subject)[0] == "amber"
    pc.write(lambda unit: unit.credentials.put_envelopes(kept.id, (Envelope(holder, now, "c" * 64),)))
    assert pc.look(subject) == ("red", "没有找到，登记在册的 1 个密码在这台电脑上取不出来。")


@pytest.mark.parametrize(
    ("told", "colour"),
    [
        (Told("off"), "green"),
        (Told("on", {"where": "GDM"}), "red"),
        (Told("no_settings"), "amber"),
        (Told("unreadable", {"where": "SDDM"}), "amber"),
    ],
)
def test_automatic_login_is_told_as_it_was_found(pc: Pc, told: Told, colour: str) -> None:
    pc.view = replace(SOUND, automatic_login=lambda: told)
    assert pc.look(CheckSubject.AUTOMATIC_LOGIN)[0] == colour


@pytest.mark.parametrize(
    ("told", "colour"),
    [
        (Told("encrypted", {"how": "LUKS"}), "green"),
        (Told("plain"), "amber"),
        (Told("no_device", {"file_system": "overlay"}), "amber"),
        (Told("not_told"), "amber"),
    ],
)
def test_the_disk_of_the_records_is_asked_about(pc: Pc, told: Told, colour: str) -> None:
    asked: list[Path] = []

    def ask(folder: Path) -> Told:
        asked.append(folder)
        return told

    pc.view = replace(SOUND, disk_encryption=ask)
    assert pc.look(CheckSubject.ENCRYPTION)[0] == colour
    assert asked == [pc.office.folder]


@pytest.mark.parametrize(
    ("name", "colour", "words"),
    [
        ("ext4", "green", "ext4，断电时不容易损坏。"),
        ("vfat", "red", "vfat，断电时容易损坏，也管不住谁能打开文件。"),
        ("tmpfs", "red", "tmpfs，在内存里，关机就全没了。"),
        ("cifs", "red", "cifs，在另一台机器上，容易损坏或外泄。"),
        ("overlay", "amber", "overlay，没有试过断电时会怎样。"),
        ("", "amber", "系统没有说明数据文件夹在哪种盘上。"),
    ],
)
def test_the_file_system_of_the_records_is_named(pc: Pc, name: str, colour: str, words: str) -> None:
    pc.view = replace(SOUND, file_system=lambda _folder: name)
    assert pc.look(CheckSubject.FILE_SYSTEM) == (colour, words)


@pytest.mark.parametrize(
    ("version", "colour"), [((3, 45, 1), "green"), ((3, 39, 4), "amber"), ((3, 36, 0), "red"), ((3, 40, 0), "green")]
)
def test_sqlite_is_named_by_its_version(pc: Pc, version: tuple[int, ...], colour: str) -> None:
    pc.view = replace(SOUND, sqlite_version=version)
    assert pc.look(CheckSubject.SQLITE)[0] == colour
    assert pc.look(CheckSubject.SQLITE)[1].startswith(f"SQLite {'.'.join(map(str, version))}，")


def test_the_sqlite_that_runs_is_the_one_that_is_asked(pc: Pc) -> None:
    assert sqlite3.sqlite_version in pc.look(CheckSubject.SQLITE)[1]


def test_a_clock_is_held_against_the_last_entry(pc: Pc) -> None:
    subject, last = CheckSubject.CLOCK, pc.office.clock.now
    assert pc.look(subject)[0] == "green"
    pc.office.clock.now = last - timedelta(hours=1)
    assert pc.look(subject) == (
        "red",
        "电脑时钟是2026年10月12日 08:01，早于最近一条记录（2026年10月12日 09:01）。",
    )
    pc.office.clock.now = last + timedelta(days=100)
    assert pc.look(subject)[0] == "amber"
    assert "隔了 100 天" in pc.look(subject)[1]


def test_a_clock_that_was_set_back_is_told_for_a_while(pc: Pc) -> None:
    subject, last = CheckSubject.CLOCK, pc.office.clock.now
    pc.office.clock.now = last - timedelta(minutes=8)
    pc.office.sign_in("陈账")
    pc.office.clock.now = last + timedelta(hours=1)
    # A correction of minutes is none.
    assert pc.look(subject)[0] == "green"
    pc.office.sign_in("许管")
    pc.office.clock.now = last - timedelta(hours=1)
    pc.office.sign_in("陈账")
    pc.office.clock.now = last + timedelta(hours=2)
    pc.office.sign_in("许管")
    assert pc.look(subject)[0] == "amber"
    assert "时钟回拨过" in pc.look(subject)[1]
    pc.office.clock.forward(days=60)
    pc.office.sign_in("许管")
    pc.office.clock.forward(days=60)
    assert pc.look(subject)[0] == "green"


def test_the_last_backup_is_told_with_its_age(pc: Pc) -> None:
    subject, start = CheckSubject.BACKUP, pc.office.clock.now
    assert pc.look(subject) == ("amber", "还没有做过备份。")
    pc.office.clock.forward(days=33)
    assert pc.look(subject)[0] == "red"
    pc.office.clock.now = start
    stick = pc.office.folder.parent / "stick"
    stick.mkdir()
    pc.office.sign_in("许管").backups.back_up(stick)
    for days, colour in ((0, "green"), (7, "green"), (8, "amber"), (31, "amber"), (32, "red")):
        pc.office.clock.now = start + timedelta(days=days)
        assert pc.look(subject)[0] == colour, days
    assert "已经 32 天" in pc.look(subject)[1]
    pc.write(lambda unit: unit.settings.set("last_backup_at", "gestern"))
    assert pc.look(subject) == ("amber", "上次备份的时间读不出来。")


def sealed(month: Month, by: str) -> ArchiveRecord:
    at = datetime(2026, 11, 2, 9, tzinfo=BEIJING)
    return ArchiveRecord(str(month), month, 1, "晋示档〔2026〕1号", "x", at, by, "a" * 64, "b" * 64, 1, 1, 1, "c" * 64)


def test_months_that_wait_for_their_archive_are_told(pc: Pc) -> None:
    subject = CheckSubject.ARCHIVE
    assert pc.look(subject) == ("green", "还没有要归档的月份。")
    pc.office.submitted()
    archivist = pc.office.person("陈账").id
    for day, told in (
        (datetime(2026, 10, 31, 9, tzinfo=BEIJING), ("green", "还没有要归档的月份。")),
        (datetime(2026, 11, 5, 9, tzinfo=BEIJING), ("green", "2026年10月还没有归档，2026年11月5日以前办完就行。")),
        (datetime(2026, 11, 6, 9, tzinfo=BEIJING), ("amber", "2026年10月还没有归档，过了2026年11月5日的期限。")),
        (datetime(2026, 12, 1, 9, tzinfo=BEIJING), ("red", "从2026年10月起有 2 个月没有归档。")),
    ):
        pc.office.clock.now = day
        assert pc.look(subject) == told
    pc.write(lambda unit: unit.months.add_archive(sealed(Month(2026, 10), archivist), "{}"))
    assert pc.look(subject)[0] == "green"
    assert pc.look(subject)[1].startswith("2026年11月还没有归档")
    pc.write(lambda unit: unit.months.add_archive(sealed(Month(2026, 11), archivist), "{}"))
    assert pc.look(subject) == ("green", "2026年11月和以前的月份都已归档。")


def test_made_up_records_want_neither_backup_nor_archive(pc: Pc) -> None:
    pc.office.submitted()
    pc.write(lambda unit: unit.units.save(replace(unit.units.get(), sample=True), pc.office.clock()))
    pc.office.clock.forward(days=90)
    assert pc.look(CheckSubject.BACKUP) == ("green", "这是示例数据，不用备份。")
    assert pc.look(CheckSubject.ARCHIVE) == ("green", "这是示例数据，不用归档。")


def test_the_head_that_was_printed_last_is_held_against_the_chain(pc: Pc) -> None:
    subject = CheckSubject.PRINTED_HEAD
    assert pc.look(subject)[0] == "amber"
    draft = pc.office.submitted()
    pc.office.services.papers.review_sheet(draft.id)
    colour, words = pc.look(subject)
    assert (colour, "2026年10月12日印在纸上" in words) == ("green", True)
    pc.office.clock.forward(days=31)
    assert pc.look(subject)[0] == "green"
    pc.office.clock.forward(days=1)
    pc.office.sign_in("陈账")
    assert pc.look(subject)[0] == "amber"
    assert "没有纸面可以对照" in pc.look(subject)[1]
    with closing(sqlite3.connect(pc.office.folder / "xianshen.db")) as raw, raw:
        raw.execute("DROP TRIGGER guard_paper_frozen")
        raw.execute("UPDATE paper SET audit_head = ?", ("f" * 64,))
    assert pc.look(subject)[0] == "red"
    assert "不一致" in pc.look(subject)[1]


def test_one_thing_that_cannot_be_looked_at_does_not_hide_the_next(pc: Pc) -> None:
    def busy() -> Told:
        raise DatabaseBusyError

    pc.view = replace(SOUND, automatic_login=busy)
    assert pc.look(CheckSubject.AUTOMATIC_LOGIN) == ("red", "数据正被另一个程序占用。")
    assert len(pc.looks()) == len(CheckSubject)


def test_the_window_and_the_doctor_ask_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    root = office.folder.parent / "pc"
    (root / "etc").mkdir(parents=True)
    (root / "etc/sddm.conf").write_text("[Autologin]\nUser=clerk\n", "utf-8")
    monkeypatch.setattr("app.bootstrap.SYSTEM_ROOT", root)
    monkeypatch.setattr("app.bootstrap.utc_now", office.clock)
    from app.bootstrap import open_checkup

    def facts(looks: list[Look]) -> str:
        return json.dumps([(look.subject, look.fine, look.sentence.split("，")[0]) for look in looks])

    doctor = list(open_checkup(office.folder).looks())[-len(CheckSubject) :]
    window = list(office.services.self_check.looks())
    assert facts(doctor) == facts(window)
    assert next(look for look in window if look.subject == "自动登录").fine is False
