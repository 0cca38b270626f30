"""`verify`: any bag, every problem with its file."""

import json
from pathlib import Path

import pytest

from app.archive.bag_writer import write_package
from app.models.archive_package import Package, PackageFile
from tests.commands.running import Runner


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    files = (PackageFile("items/a.txt", "甲", data=b"one"), PackageFile("items/b.txt", "乙", data=b"two"))
    return write_package(Package("bag", files, (("Source-Organization", "示例局"),)), tmp_path).folder


def test_a_whole_bag_is_done(command: Runner, bag: Path) -> None:
    answer = command("verify", bag)
    assert (answer.code, answer.out) == (0, "")
    assert "存档完整，没有改动（2 个文件" in answer.err


def test_every_problem_names_its_file(command: Runner, bag: Path) -> None:
    (bag / "data/items/a.txt").write_bytes(b"One")
    (bag / "data/items/b.txt").unlink()
    (bag / "data/items/c.txt").write_bytes(b"new")
    answer = command("verify", bag)
    assert answer.code == 1
    for name, word in (("a.txt", "已被改动或损坏"), ("b.txt", "文件却不见了"), ("c.txt", "后来放进去的")):
        assert any(name in line and word in line for line in answer.err.splitlines())


def test_the_list_for_programs_tells_the_same(command: Runner, bag: Path) -> None:
    assert json.loads(command("verify", bag, "--json").out)["valid"] is True
    (bag / "data/items/a.txt").write_bytes(b"One")
    answer = command("verify", bag, "--json")
    told = json.loads(answer.out)
    assert answer.code == 1
    assert (told["valid"], told["files"], told["algorithms"]) == (False, 2, ["sha256", "sm3"])
    assert [(p["file"], p["kind"], p["warning"]) for p in told["problems"]] == [("data/items/a.txt", "altered", False)]


@pytest.mark.parametrize("place", ["nothing", "."])
def test_what_is_no_bag_is_said_so(command: Runner, tmp_path: Path, place: str) -> None:
    (tmp_path / "x.txt").write_text("x")
    answer = command("verify", tmp_path / place)
    assert (answer.code, answer.out) == (1, "")
    assert "不是一份存档" in answer.err
    told = command("verify", tmp_path / place, "--json")
    assert told.code == 1
    facts = json.loads(told.out)
    assert (facts["valid"], facts["files"]) == (False, 0)
    (problem,) = facts["problems"]
    assert (problem["file"], problem["kind"], "不是一份存档" in problem["message"]) == ("", "unreadable", True)


def test_verifying_needs_no_records_and_makes_none(command: Runner, bag: Path, tmp_path: Path) -> None:
    answer = command("--data", tmp_path / "data", "verify", bag)
    assert answer.code == 0
    assert "没有与封存时的记录对照，只核对存档本身" in answer.err
    assert not (tmp_path / "data").exists()
