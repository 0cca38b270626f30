"""The commands that open a unit's records: archive, backup, restore, doctor."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.archive.bag_writer import write_package
from app.bootstrap import open_services
from app.errors import DatabaseMissingError
from app.labels import label
from app.models.archive_package import Package, PackageFile
from app.models.month import Month
from app.models.self_check import CheckSubject
from tests.commands.running import Answer, Runner

RELEASED = Path(__file__).parent.parent / "data" / "databases"
PASSCODE = "xianshen-sample"
LAST = Month.of(datetime.now(UTC)).previous


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def archive(command: Runner, data: Path, stick: Path, *more: str | Path, person: str = "档案员甲") -> Answer:
    line = ("archive", "--month", str(LAST), "--to", stick, "--data", data, "--as", person, *more)
    return command(*line, typed=[PASSCODE])


def test_a_month_with_a_gap_is_archived_once_it_is_explained(
    command: Runner, sample: Path, stick: Path, tmp_path: Path
) -> None:
    refused = archive(command, sample, stick)
    assert refused.code == 1
    assert "本月还有 1 处缺项没有书面说明" in refused.err
    note, key = refused.out.splitlines()
    assert note.startswith("# 晋示审〔")
    assert key.startswith("no_link:")
    assert list(stick.iterdir()) == []
    reasons = tmp_path / "说明.txt"
    reasons.write_bytes(f"{note}\r\n{key}该平台没有公开链接\r\n".encode("gb18030"))
    done = archive(command, sample, stick, "--explain", reasons)
    assert done.code == 0, done.err
    bag = Path(done.out.strip())
    assert bag.parent == stick
    assert "已封存" in done.err
    assert command("verify", bag).code == 0
    again = archive(command, sample, stick)
    assert again.code == 1
    assert "已经封存过" in again.err
    assert "要重新封存成第2版，请用“--reason 理由”" in again.err
    second = archive(command, sample, stick, "--reason", "补了一张截图")
    assert second.code == 0, second.err
    assert "第2版" in second.err


def test_an_archive_is_held_against_the_records_of_a_data_folder_that_is_named(
    command: Runner, sample: Path, stick: Path, tmp_path: Path
) -> None:
    note, key = archive(command, sample, stick).out.splitlines()
    reasons = tmp_path / "说明.txt"
    reasons.write_text(f"{note}\n{key}该平台没有公开链接\n", "utf-8")
    bag = Path(archive(command, sample, stick, "--explain", reasons).out.strip())
    before = {path: path.read_bytes() for path in sample.glob("*.db*")}
    same = command("--data", sample, "verify", bag)
    assert same.code == 0
    assert "与封存时记录的摘要一致（晋示档〔" in same.err
    assert json.loads(command("--data", sample, "verify", bag, "--json").out)["sealed"].endswith("号第1版")
    assert before
    assert {path: path.read_bytes() for path in sample.glob("*.db*")} == before
    alone = command("verify", bag)
    assert (alone.code, "封存" in alone.err) == (0, False)
    # Made anew around the same month, as a whole bag with other words.
    info = [tuple(line.split(": ", 1)) for line in (bag / "bag-info.txt").read_text("utf-8").splitlines()]
    lines = tuple((label, value) for label, value in info if label.startswith("Xianshen"))
    other = write_package(Package("other", (PackageFile("a.txt", "甲", data=b"one"),), lines), tmp_path).folder
    assert command("verify", other).code == 0
    wrong = command("--data", sample, "verify", other, "--json")
    facts = json.loads(wrong.out)
    assert (wrong.code, facts["valid"], facts["sealed"]) == (1, False, None)
    assert [problem["kind"] for problem in facts["problems"]] == ["not_as_sealed"]


def test_a_month_before_the_first_one_filed_is_refused_by_name(command: Runner, sample: Path, stick: Path) -> None:
    long_ago = Month(LAST.year - 9, LAST.number)
    line = ("archive", "--month", str(long_ago), "--to", stick, "--data", sample, "--as", "档案员甲")
    answer = command(*line, typed=[PASSCODE])
    assert answer.code == 1
    assert f"{long_ago.chinese}没有要归档的材料" in answer.err
    assert "第一个要归档的月份是" in answer.err
    assert list(stick.iterdir()) == []


def test_an_explanation_that_fits_no_gap_is_refused_before_anything_is_written(
    command: Runner, sample: Path, stick: Path, tmp_path: Path
) -> None:
    reasons = tmp_path / "reasons.txt"
    reasons.write_text("no_link:别的\t理由\n", "utf-8")
    answer = archive(command, sample, stick, "--explain", reasons)
    assert (answer.code, answer.out) == (1, "")
    assert "不是本月的缺项" in answer.err
    assert list(stick.iterdir()) == []


def test_the_explanation_file_may_be_missing(command: Runner, sample: Path, stick: Path) -> None:
    answer = archive(command, sample, stick, "--explain", stick / "no.txt")
    assert answer.code == 1
    assert "找不到了" in answer.err


def test_a_month_that_is_not_over_is_refused(command: Runner, sample: Path, stick: Path) -> None:
    line = ("archive", "--month", str(LAST.next), "--to", stick, "--data", sample, "--as", "档案员甲")
    answer = command(*line, typed=[PASSCODE])
    assert answer.code == 1
    assert "还没有结束" in answer.err


def test_a_folder_that_is_not_there_is_not_made(command: Runner, sample: Path, tmp_path: Path) -> None:
    note = tmp_path / "记事.txt"
    note.write_bytes(b"x")
    for target, told in ((tmp_path / "gone", "gone”这个文件夹。\n请先建好"), (note, "记事.txt”不是文件夹")):
        lines = (("archive", "--month", str(LAST), "--to", target), ("backup", "--to", target))
        for line, person in zip(lines, ("档案员甲", "系统员甲"), strict=True):
            answer = command(*line, "--data", sample, "--as", person, typed=[PASSCODE])
            assert (answer.code, answer.out) == (1, "")
            assert told in answer.err
            # What is wrong before it is said first, and the place is told to nobody who may not write there.
            assert "没有读到" in command(*line, "--data", sample, "--as", person).err
            other = command(*line, "--data", sample, "--as", "林晓", typed=[PASSCODE])
            assert other.code == 1
            assert told not in other.err
    early = command("archive", "--month", str(LAST.next), "--to", note, "--data", sample, "--as", "档案员甲")
    assert (early.code, "还没有结束" in early.err) == (1, True)
    with closing(sqlite3.connect(sample / "xianshen.db")) as db:
        assert db.execute("SELECT count(*) FROM audit WHERE action = 'backup.begin'").fetchone() == (0,)
    assert not (tmp_path / "gone").exists()


def test_a_wrong_month_is_wrong_use_before_any_passcode_is_asked(command: Runner, sample: Path, stick: Path) -> None:
    answer = command("archive", "--month", "2026-00", "--to", stick, "--data", sample, "--as", "档案员甲")
    assert answer.code == 2


@pytest.mark.parametrize(
    ("person", "typed", "code", "told"),
    [
        ("档案员甲", ["xianshen-simple"], 1, "姓名或口令不对"),
        ("无此人", [PASSCODE], 1, "姓名或口令不对"),
        ("审计员甲", [PASSCODE], 1, "没有“月度归档”的权限"),
        ("档案员甲", [], 2, "没有读到“档案员甲的口令”"),
        ("", [], 2, "没有读到“姓名”"),
    ],
)
def test_who_may_not_archive_is_told_why(
    command: Runner, sample: Path, stick: Path, person: str, typed: list[str], code: int, told: str
) -> None:
    who = ["--as", person] if person else []
    line = ("archive", "--month", str(LAST.previous), "--to", stick, "--data", sample, *who)
    answer = command(*line, typed=typed)
    assert answer.code == code
    assert told in answer.err
    assert answer.out == ""


def _backup(data: Path, target: Path) -> tuple[str | Path, ...]:
    return ("backup", "--to", target, "--data", data)


def test_a_name_can_be_read_from_stdin_too(command: Runner, sample: Path, stick: Path) -> None:
    answer = command(*_backup(sample, stick), typed=["系统员甲", PASSCODE])
    assert answer.code == 0, answer.err


def test_a_passcode_is_never_an_argument(command: Runner, sample: Path, stick: Path) -> None:
    answer = command(*_backup(sample, stick), "--as", "系统员甲", "--passcode", PASSCODE)
    assert answer.code == 2
    assert PASSCODE not in answer.err


def test_only_an_administrator_backs_up(command: Runner, sample: Path, stick: Path) -> None:
    answer = command(*_backup(sample, stick), "--as", "信息员甲", typed=[PASSCODE])
    assert answer.code == 1
    assert "系统管理" in answer.err
    assert list(stick.iterdir()) == []


def test_a_backup_beside_a_damaged_one_says_so(command: Runner, sample: Path, stick: Path) -> None:
    assert command(*_backup(sample, stick), "--as", "系统员甲", typed=[PASSCODE]).code == 0
    [first] = (stick / "snapshots").iterdir()
    (first / "backup.json").write_text("[" * 200_000, "utf-8")
    answer = command(*_backup(sample, stick), "--as", "系统员甲", typed=[PASSCODE])
    assert answer.code == 0
    assert f"以前的备份“{first.name}”的说明读不出来" in answer.err


def test_a_backup_that_lacks_a_file_is_made_and_says_which(command: Runner, sample: Path, stick: Path) -> None:
    with sqlite3.connect(sample / "xianshen.db") as db:
        [(sha256, name)] = db.execute("SELECT sha256, name FROM attachment_use WHERE kind = 'scan' LIMIT 1")
    db.close()
    (sample / "attachments" / sha256[:2] / sha256).unlink()
    answer = command(*_backup(sample, stick), "--as", "系统员甲", typed=[PASSCODE])
    assert answer.code == 1
    assert Path(answer.out.strip()).is_dir()
    assert "有 1 个附件早已不在数据文件夹里" in answer.err
    assert f"扫描件“{name}”（〔" in answer.err


def test_a_backup_is_restored_by_two_people_of_it(command: Runner, sample: Path, stick: Path, tmp_path: Path) -> None:
    made = command(*_backup(sample, stick), "--as", "系统员甲", typed=[PASSCODE])
    assert Path(made.out.strip()).is_dir()
    target = tmp_path / "restored"
    line = ("restore", stick, "--to", target)
    alone = command(*line, typed=["系统员甲", PASSCODE, "系统员甲", PASSCODE])
    assert alone.code == 1
    wrong = command(*line, typed=["系统员甲", PASSCODE, "档案员甲", "xianshen-simple"])
    assert (wrong.code, wrong.out) == (1, "")
    done = command(*line, "--as", "档案员甲", typed=[PASSCODE, "系统员甲", PASSCODE])
    assert (done.code, done.out) == (0, f"{target}\n"), done.err
    assert command("doctor", "--data", target).code == 0
    full = command(*line, typed=["系统员甲", PASSCODE, "档案员甲", PASSCODE])
    assert full.code == 1
    assert "已经有东西" in full.err


def test_words_that_came_back_altered_are_told(command: Runner, sample: Path, stick: Path, tmp_path: Path) -> None:
    with sqlite3.connect(sample / "xianshen.db") as db:
        db.execute("DROP TRIGGER guard_decision_frozen")
        db.execute("UPDATE decision SET opinion = '被改过' WHERE id = (SELECT min(id) FROM decision)")
    db.close()
    assert command(*_backup(sample, stick), "--as", "系统员甲", typed=[PASSCODE]).code == 0
    line = ("restore", stick, "--to", tmp_path / "restored", "--as", "档案员甲")
    done = command(*line, typed=[PASSCODE, "系统员甲", PASSCODE])
    assert done.code == 0, done.err
    assert "但有 1 处文字与记录时不同（签批意见 1 处）" in done.err


def test_what_is_no_backup_is_said_so(command: Runner, tmp_path: Path, stick: Path) -> None:
    answer = command("restore", stick, "--to", tmp_path / "restored")
    assert answer.code == 1
    assert "不能用来恢复" in answer.err
    assert not (tmp_path / "restored").exists()


def test_a_folder_without_records_is_left_as_it_is(command: Runner, tmp_path: Path, stick: Path) -> None:
    for line in (_backup(tmp_path / "none", stick), ("doctor", "--data", tmp_path / "none")):
        answer = command(*line, typed=["甲", "乙"])
        assert answer.code == 1
        assert "首次设置" in answer.err
    assert not (tmp_path / "none").exists()


def test_the_doctor_finds_sound_records_well(command: Runner, sample: Path) -> None:
    before = (sample / "xianshen.db").read_bytes()
    answer = command("doctor", "--data", sample)
    assert answer.code == 0, answer.err
    lines = answer.err.splitlines()
    for subject in ("数据文件夹", "数据库", "审计记录", "附件", "制度参数", "时钟", "磁盘空间", "字体"):
        assert [line for line in lines if line.startswith(f"✓　{subject}：")], subject
    for subject in CheckSubject:
        assert [line for line in lines if line[2:].startswith(f"{label(subject)}：")], subject
    assert lines[-1].startswith("没有要处理的。有 ")
    assert (sample / "xianshen.db").read_bytes() == before


def a_file(sample: Path) -> Path:
    return max((p for p in (sample / "attachments").rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)


def alter_a_file(sample: Path) -> None:
    a_file(sample).write_bytes(b"other")


def lose_a_file(sample: Path) -> None:
    a_file(sample).unlink()


def break_the_chain(sample: Path) -> None:
    with sqlite3.connect(sample / "xianshen.db") as db:
        db.execute("DROP TRIGGER guard_audit_no_update")
        db.execute("UPDATE audit SET actor = 'x' WHERE seq = 40")
    db.close()


def damage_the_database(sample: Path) -> None:
    path = sample / "xianshen.db"
    data = bytearray(path.read_bytes())
    data[20_000:60_000] = b"\xa5" * 40_000
    path.write_bytes(bytes(data))


def be_no_database(sample: Path) -> None:
    (sample / "xianshen.db").write_bytes(b"no database at all" * 300)


def lose_the_database(sample: Path) -> None:
    (sample / "xianshen.db").unlink()


def empty_the_database(sample: Path) -> None:
    (sample / "xianshen.db").write_bytes(b"")


def everything(folder: Path) -> dict[Path, tuple[int, bytes]]:
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


@pytest.mark.parametrize("harm", [lose_the_database, empty_the_database])
def test_lost_records_are_never_begun_anew(
    command: Runner, sample: Path, stick: Path, harm: Callable[[Path], None]
) -> None:
    harm(sample)
    before = everything(sample)
    for line in (_backup(sample, stick), ("doctor", "--data", sample)):
        answer = command(*line, typed=["系统员甲", PASSCODE])
        assert answer.code == 1
        assert "里有附件，却没有数据库" in answer.err
        assert "不要在这里重新设置" in answer.err
    with pytest.raises(DatabaseMissingError):
        open_services(sample)
    assert everything(sample) == before


def test_the_doctor_changes_nothing_not_even_an_older_database(command: Runner, tmp_path: Path, sample: Path) -> None:
    with closing(sqlite3.connect(sample / "xianshen.db")) as db, db:
        db.execute("DROP TRIGGER guard_audit_no_update")
    old, bare = tmp_path / "old", tmp_path / "bare"
    for folder in (old, bare):
        folder.mkdir()
    shutil.copy(RELEASED / "v0.1.0.db", old / "xianshen.db")
    empty_the_database(bare)
    for folder, told in ((sample, "没有要处理的"), (old, "由旧版程序写成"), (bare, "首次设置")):
        before = everything(folder)
        answer = command("doctor", "--data", folder)
        assert told in answer.err
        assert everything(folder) == before


def log_in_by_itself(pc: Path) -> None:
    (pc / "etc/gdm3").mkdir(parents=True)
    (pc / "etc/gdm3/custom.conf").write_text("[daemon]\nAutomaticLoginEnable = true\n")


def test_the_doctor_ends_with_1_as_soon_as_anything_is_red(command: Runner, sample: Path, pc: Path) -> None:
    assert command("doctor", "--data", sample).code == 0
    log_in_by_itself(pc)
    answer = command("doctor", "--data", sample)
    assert answer.code == 1
    assert "✗　自动登录：已经开启（GDM），谁打开电源都能进来。请在系统设置" in answer.err
    assert answer.err.splitlines()[-1].startswith("有 1 项要处理。有 ")


def test_what_is_not_known_is_minded_and_says_why(command: Runner, sample: Path) -> None:
    err = command("doctor", "--data", sample).err
    for subject, why in (
        ("自动登录", "没有找到认识的登录程序"),
        ("磁盘加密", "系统没有说明"),
        ("数据所在的盘", "没有说明"),
    ):
        [line] = [line for line in err.splitlines() if f"　{subject}：" in line]
        assert line.startswith("○"), line
        assert why in line


def test_the_doctor_hands_out_its_findings_as_json(command: Runner, sample: Path, pc: Path, tmp_path: Path) -> None:
    log_in_by_itself(pc)
    answer = command("doctor", "--data", sample, "--json")
    found = {one["subject"]: one for one in json.loads(answer.out)}
    assert (answer.code, found["自动登录"]["colour"], found["数据库"]["colour"]) == (1, "red", "green")
    assert found["磁盘加密"]["colour"] == "amber"
    assert all(one["todo"] for one in found.values() if one["colour"] == "amber")
    assert found["数据文件夹"]["sentence"] == str(sample)
    empty = command("doctor", "--data", tmp_path / "none", "--json")
    assert (empty.code, [one["colour"] for one in json.loads(empty.out)]) == (1, ["red"])


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (alter_a_file, "✗　附件："),
        (lose_a_file, "✗　附件："),
        (break_the_chain, "✗　审计记录：审计记录从第 40 条起"),
        (damage_the_database, "✗　数据库："),
        (be_no_database, "✗　数据库："),
    ],
)
def test_the_doctor_names_what_is_wanting(command: Runner, sample: Path, harm: object, told: str) -> None:
    harm(sample)  # type: ignore[operator]
    answer = command("doctor", "--data", sample)
    assert answer.code == 1
    assert told in answer.err
    assert "Traceback" not in answer.err


def test_the_doctor_sees_a_clock_that_was_set_back(
    command: Runner, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.bootstrap.utc_now", lambda: datetime.now(UTC) - timedelta(days=400))
    answer = command("doctor", "--data", sample)
    assert answer.code == 1
    assert "✗　时钟：" in answer.err


def test_a_command_works_while_the_data_is_read_elsewhere(command: Runner, sample: Path, stick: Path) -> None:
    reader = sqlite3.connect(sample / "xianshen.db")
    try:
        reader.execute("SELECT count(*) FROM audit").fetchone()
        assert command(*_backup(sample, stick), "--as", "系统员甲", typed=[PASSCODE]).code == 0
    finally:
        reader.close()


def test_a_folder_that_was_copied_elsewhere_still_opens(command: Runner, sample: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(sample, tmp_path / "另一处 数据")
    assert command("doctor", "--data", moved).code == 0
