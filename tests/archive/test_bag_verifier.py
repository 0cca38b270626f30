"""Every change of a bag is found and the right file is named; a bag of another program is judged by the standard."""

import os
import random
import shutil
import unicodedata
from pathlib import Path

import bagit
import pytest

from app.archive.bag_verifier import verify_bag
from app.archive.bag_writer import write_package
from app.errors import CancelledError, NotABagError
from app.models.archive_package import ProblemKind, Progress
from tests.archive.packages import package


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return write_package(package(tmp_path), tmp_path).folder


def named(folder: Path) -> set[tuple[ProblemKind, str]]:
    return {(problem.kind, problem.file) for problem in verify_bag(folder).problems if not problem.warning}


def test_a_whole_bag_has_no_problem(bag: Path) -> None:
    report = verify_bag(bag)
    assert report.valid
    assert report.problems == ()
    assert (report.version, report.algorithms, report.files) == ("1.0", ("sha256", "sm3"), 12)


def test_what_is_not_a_bag_is_said_to_be_none(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotABagError):
            verify_bag(folder)


def attack(chance: random.Random, bag: Path, files: list[str]) -> set[str]:
    """Change one thing in a bag and return the files a verifier may name for it."""
    kind = chance.randrange(5)
    file = chance.choice(files)
    path = bag / file
    if kind == 0:
        content = bytearray(path.read_bytes())
        if not content:
            path.write_bytes(b"x")
        else:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            path.write_bytes(bytes(content))
        return {file}
    if kind == 1:
        path.unlink()
        return {file}
    if kind == 2:
        added = f"data/added-{chance.randrange(99)}.txt"
        (bag / added).write_text("added")
        return {added}
    if kind == 3:
        other = file + "x"
        path.rename(bag / other)
        return {file, other}
    second = chance.choice([name for name in files if (bag / name).read_bytes() != path.read_bytes()])
    first_content, second_content = path.read_bytes(), (bag / second).read_bytes()
    path.write_bytes(second_content)
    (bag / second).write_bytes(first_content)
    return {file, second}


def attack_trials(tmp_path: Path, trials: int, seed: int) -> tuple[int, int]:
    """Return how many attacks were not found, and how many were found but at another file."""
    whole = write_package(package(tmp_path, files=9, largest=400), tmp_path).folder
    files = sorted(str(path.relative_to(whole)) for path in whole.rglob("*") if path.is_file())
    chance = random.Random(seed)
    attacked = tmp_path / "attacked"
    missed = elsewhere = 0
    for _ in range(trials):
        shutil.copytree(whole, attacked)
        expected = attack(chance, attacked, files)
        found = {problem.file for problem in verify_bag(attacked).problems}
        missed += not found
        elsewhere += bool(found) and not found & expected
        shutil.rmtree(attacked)
    return missed, elsewhere


def test_every_attack_is_found_and_the_right_file_named(tmp_path: Path) -> None:
    missed, elsewhere = attack_trials(tmp_path, 700, seed=20261124)
    print(f"700 trials, {missed + elsewhere} violations, seed 20261124")
    assert (missed, elsewhere) == (0, 0)


@pytest.mark.release
def test_two_hundred_thousand_attacks(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    missed, elsewhere = attack_trials(tmp_path, 200_000, seed)
    print(f"200000 trials, {missed + elsewhere} violations, seed {seed}")
    assert (missed, elsewhere) == (0, 0)


def test_a_bag_without_attack_is_the_control_that_must_pass(tmp_path: Path) -> None:
    whole = write_package(package(tmp_path, files=9, largest=400), tmp_path).folder
    copied = tmp_path / "copied"
    shutil.copytree(whole, copied)
    assert verify_bag(copied).problems == ()


def test_a_path_out_of_the_bag_is_refused_and_not_read(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + f"{'0' * 64}  ../secret.txt\n{'0' * 64}  /etc/passwd\n")
    assert (ProblemKind.UNSAFE_PATH, "../secret.txt") in named(bag)
    assert (ProblemKind.UNSAFE_PATH, "/etc/passwd") in named(bag)


def test_a_link_out_of_the_bag_is_not_followed(bag: Path, tmp_path: Path) -> None:
    victim = next(path for path in (bag / "data").rglob("*") if path.is_file())
    outside = tmp_path / "outside"
    outside.write_bytes(victim.read_bytes())
    victim.unlink()
    victim.symlink_to(outside)
    assert (ProblemKind.UNSAFE_PATH, str(victim.relative_to(bag))) in named(bag)


def test_a_forged_manifest_is_told_apart_from_a_damaged_file(bag: Path) -> None:
    manifest = bag / "manifest-sha256.txt"
    lines = manifest.read_text().splitlines()
    lines[3] = ("f" if lines[3][0] != "f" else "e") + lines[3][1:]
    manifest.write_text("\n".join(lines) + "\n")
    # SM3 still proves the file, so the list is the damaged one.
    assert named(bag) == {(ProblemKind.ALTERED, "manifest-sha256.txt")}


def test_bags_of_the_reference_program_are_valid(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "第一件〔2026〕.txt").write_text("内容")
    (folder / "100%.txt").write_text("percent")
    (folder / "empty").write_bytes(b"")
    here = Path.cwd()
    bagit.make_bag(str(folder), {"Contact-Name": "甲"}, checksums=["sha256", "md5"])
    assert Path.cwd() == here
    assert verify_bag(folder).valid


def test_unlisted_and_missing_payload_are_named(bag: Path) -> None:
    (bag / "data" / "new.txt").write_text("x")
    gone = next(path for path in sorted((bag / "data").rglob("*")) if path.name.startswith("file"))
    gone.unlink()
    assert {(ProblemKind.UNLISTED, "data/new.txt"), (ProblemKind.MISSING, str(gone.relative_to(bag)))} <= named(bag)


def test_system_files_beside_the_payload_are_a_warning_alone(bag: Path) -> None:
    (bag / ".DS_Store").write_bytes(b"x")
    report = verify_bag(bag)
    assert report.valid
    assert [problem.kind for problem in report.problems] == [ProblemKind.SYSTEM_FILE]


def test_a_name_in_another_unicode_form_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / unicodedata.normalize("NFC", "é.txt")).write_text("x")
    bagit.make_bag(str(folder), checksums=["sha256"])
    (folder / "data" / unicodedata.normalize("NFC", "é.txt")).rename(
        folder / "data" / unicodedata.normalize("NFD", "é.txt")
    )
    report = verify_bag(folder)
    assert report.valid
    assert {problem.kind for problem in report.problems} == {ProblemKind.NFC_CLASH}


@pytest.mark.parametrize(
    ("declaration", "valid"),
    [
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", True),
        (b"BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n", True),
        (b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n", False),
        (b"BagIt-Version: 1.0\n", False),
        (b"", False),
    ],
)
def test_the_declaration_is_held_to_the_standard(tmp_path: Path, declaration: bytes, valid: bool) -> None:
    folder = tmp_path / "declared"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    bagit.make_bag(str(folder), checksums=["sha256"])
    (folder / "bagit.txt").write_bytes(declaration)
    (folder / "tagmanifest-sha256.txt").unlink()
    assert verify_bag(folder).valid == valid


@pytest.mark.parametrize(
    ("info", "valid"),
    [
        ("Source-Organization: 别的单位\n", True),
        ("Source-Organization: 别的单位\n  Xianshen-Month: 2026-10\n", True),
        ("xianshen-month: 2026-10\n", False),
    ],
)
def test_a_bag_of_somebody_else_needs_no_list_of_its_tag_files(tmp_path: Path, info: str, valid: bool) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    bagit.make_bag(str(folder), checksums=["sha256"])
    (folder / "bag-info.txt").write_text(info, "utf-8")
    (folder / "tagmanifest-sha256.txt").unlink()
    report = verify_bag(folder)
    assert [problem.kind for problem in report.problems] == ([] if valid else [ProblemKind.NO_TAG_MANIFEST])
    assert report.valid is valid


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to own the file")
def test_a_pipe_in_the_payload_does_not_hang_the_verifier(bag: Path) -> None:
    os.mkfifo(bag / "data" / "pipe")
    assert (ProblemKind.UNREADABLE, "data/pipe") in named(bag)


def test_verifying_can_be_cancelled(bag: Path) -> None:
    def report(progress: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        verify_bag(bag, report)
