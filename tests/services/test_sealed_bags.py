"""A bag is held against what its sealing recorded: whole is not yet the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.archive.bag_verifier import verify_bag
from app.archive.bag_writer import write_package
from app.archive.digests import digest_of
from app.messages import problem_sentence
from app.models.archive_package import BagReport, Package, PackageFile, ProblemKind, SealedAs
from app.models.month import Month
from tests.services.office import Office
from tests.services.test_archives import publish

OCTOBER = Month(2026, 10)
ALGORITHMS = ("sha256", "sm3")


@pytest.fixture
def november(office: Office) -> Office:
    """An office with one draft published in October, seen from the beginning of November."""
    publish(office)
    office.clock.forward(days=25)
    office.sign_in("陈账")
    return office


@pytest.fixture
def bag(november: Office, tmp_path: Path) -> Path:
    """The sealed October."""
    return november.services.archives.write(OCTOBER, tmp_path).written.folder


def change(bag: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a file of a bag and every list that knows it, as somebody does who knows how bags are made."""
    path = bag / name
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    for kind in ("", "tag") if name.startswith("data/") else ("tag",):
        for algorithm in ALGORITHMS:
            renew(bag / f"{kind}manifest-{algorithm}.txt", algorithm, bag)


def renew(manifest: Path, algorithm: str, bag: Path) -> None:
    names = [line.split("  ", 1)[1] for line in manifest.read_text("utf-8").splitlines()]
    lines = (f"{digest_of(algorithm, (bag / name).read_bytes())}  {name}\n" for name in names)
    manifest.write_text("".join(lines), "utf-8")


def grave(report: BagReport) -> list[tuple[ProblemKind, str]]:
    return [(problem.kind, problem.file) for problem in report.problems if not problem.warning]


def test_a_bag_as_it_was_sealed_is_said_to_be_so_wherever_it_lies(november: Office, bag: Path, tmp_path: Path) -> None:
    archives = november.services.archives
    sealed = SealedAs("晋示档〔2026〕1号", 1)
    assert archives.verify(bag) == replace(verify_bag(bag), sealed=sealed)
    moved = bag.rename(tmp_path / "十月的存档")
    assert (archives.verify(moved).sealed, archives.verify(moved).valid) == (sealed, True)
    (tmp_path / "again").mkdir()
    again = archives.export_again(archives.history()[0].id, tmp_path / "again")
    assert archives.verify(again.folder).sealed == sealed


def test_a_bag_that_was_made_anew_around_a_changed_file_is_found(november: Office, bag: Path) -> None:
    change(bag, "data/index.html", "晋安".encode(), "普安".encode())
    assert verify_bag(bag).valid
    report = november.services.archives.verify(bag)
    assert (report.valid, report.sealed) == (False, None)
    assert grave(report) == [(ProblemKind.NOT_AS_SEALED, "manifest-sha256.txt")]
    assert "晋示档〔2026〕1号第1版封存时记下的摘要不一致" in problem_sentence(report.problems[0])


def test_a_second_list_that_was_exchanged_is_found(november: Office, bag: Path) -> None:
    content = (bag / "manifest-sm3.txt").read_text("utf-8").splitlines(keepends=True)
    (bag / "manifest-sm3.txt").write_text("".join(reversed(content)), "utf-8")
    for algorithm in ALGORITHMS:
        renew(bag / f"tagmanifest-{algorithm}.txt", algorithm, bag)
    assert verify_bag(bag).valid
    assert grave(november.services.archives.verify(bag)) == [(ProblemKind.NOT_AS_SEALED, "manifest-sm3.txt")]


def test_a_bag_that_calls_itself_another_month_or_unit_is_found(november: Office, bag: Path) -> None:
    for old, new in ((b"Xianshen-Month: 2026-10", b"Xianshen-Month: 2026-09"), (b"Code: JA-SL-01", b"Code: JA-SL-02")):
        change(bag, "bag-info.txt", old, new)
        assert verify_bag(bag).valid
        assert grave(november.services.archives.verify(bag)) == [(ProblemKind.NOT_AS_SEALED, "bag-info.txt")]


def test_every_version_is_held_against_its_own_record(november: Office, bag: Path, tmp_path: Path) -> None:
    archives = november.services.archives
    second = archives.write(OCTOBER, tmp_path, reason="补了一份扫描件").written.folder
    found = [archives.verify(folder).sealed for folder in (bag, second)]
    assert [sealed.version for sealed in found if sealed is not None] == [1, 2]


def test_a_bag_of_this_unit_that_nobody_sealed_is_warned_of(november: Office, bag: Path) -> None:
    archives = november.services.archives
    change(bag, "bag-info.txt", b"Xianshen-Version: 1", b"Xianshen-Version: 7")
    change(bag, "data/index.html", "晋安".encode(), "普安".encode())
    report = archives.verify(bag)
    assert (report.valid, report.sealed) == (True, None)
    assert [(p.kind, p.warning) for p in report.problems] == [(ProblemKind.NOT_SEALED, True)]


def test_a_bag_of_somebody_else_is_left_to_its_own_lists(november: Office, tmp_path: Path) -> None:
    files = (PackageFile("a.txt", "甲", data=b"one"),)
    info = (("Xianshen-Unit-Code", "FZ-99"), ("Xianshen-Month", "2026-10"), ("Xianshen-Version", "1"))
    for lines in (info, ()):
        folder = write_package(Package(f"bag{len(lines)}", files, lines), tmp_path).folder
        report = november.services.archives.verify(folder)
        assert (report.valid, report.sealed, report.problems) == (True, None, ())


def test_a_damaged_file_does_not_hide_that_the_lists_are_those_of_the_sealing(november: Office, bag: Path) -> None:
    (bag / "data/index.html").write_bytes(b"damaged")
    report = november.services.archives.verify(bag)
    assert report.sealed == SealedAs("晋示档〔2026〕1号", 1)
    assert (ProblemKind.ALTERED, "data/index.html") in grave(report)
