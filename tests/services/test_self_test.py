"""The self-test passes on a whole installation, and names what an incomplete one lacks."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from app.archive.bag_verifier import verify_bag
from app.bootstrap import open_self_test
from app.models.self_check import Look
from app.services.archives import Archives
from app.services.self_test import SelfTest
from app.storage.database import FILE_NAME
from app.vault.passcode_hash import PasscodeHasher

STEPS = ["首次设置", "导入文件", "文字检查", "全文检索", "审核表", "扫描件", "发布包", "存档"]
LOOKED_OVER = ["数据库", "审计记录", "附件", "字体", "系统密码库"]

Opened = Callable[[], SelfTest]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return what opens a self-test in an empty folder, with passcodes that cost little."""
    hasher = PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return lambda: open_self_test(tmp_path, hasher)


def told(trial: SelfTest) -> dict[str, Look]:
    return {look.subject: look for look in trial.looks()}


def test_a_whole_installation_passes_every_step_and_the_look_over(opened: Opened, tmp_path: Path) -> None:
    trial = opened()
    looks = told(trial)
    assert list(looks) == [*STEPS, *LOOKED_OVER]
    assert [subject for subject, look in looks.items() if look.fine is False] == []
    assert trial.paper.startswith(b"%PDF-")
    assert (tmp_path / "data" / FILE_NAME).is_file()
    [bag] = (tmp_path / "written" / "stick").iterdir()
    assert (bag / "bagit.txt").is_file()


def test_a_missing_library_is_named_and_what_follows_is_not_tried(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = opened()
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    looks = told(trial)
    assert (looks["审核表"].fine, looks["审核表"].sentence) == (False, "缺少组成部分 zxingcpp，请重新安装本程序。")
    assert list(looks) == [*STEPS[: STEPS.index("审核表") + 1], *LOOKED_OVER]


def test_a_missing_sample_file_is_told(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from app.paths import SAMPLE

    sample = tmp_path_factory.mktemp("sample")
    (sample / "office.toml").write_bytes((SAMPLE / "office.toml").read_bytes())
    monkeypatch.setattr("app.bootstrap.SAMPLE", sample)
    assert told(opened())["导入文件"].fine is False


def test_a_missing_font_is_told_by_the_paper_and_by_the_look_over(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr("app.bootstrap.FONTS", tmp_path_factory.mktemp("fonts"))
    looks = told(opened())
    assert (looks["审核表"].fine, looks["字体"].fine) == (False, False)
    assert "请重新安装本程序" in looks["审核表"].sentence


def test_a_missing_lexicon_is_told(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr("app.bootstrap.LEXICON", tmp_path_factory.mktemp("lexicon"))
    assert any(look.fine is False for look in told(opened()).values())


def test_a_code_that_cannot_be_read_back_fails_the_paper(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.intake.scan_reading.codes_on", lambda *_: [])
    look = told(opened())["审核表"]
    assert (look.fine, look.sentence) == (False, "二维码没有读出来。请重新安装本程序。")


def test_a_paper_that_is_no_pdfa_fails(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.self_test._PDFA", b"<pdfaid:part>9</pdfaid:part>")
    assert told(opened())["审核表"].sentence.startswith("印出的不是 PDF/A 文件。")


def test_a_search_that_finds_nothing_fails(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.search_desk.SearchDesk.find", lambda *_: ())
    assert told(opened())["全文检索"].fine is False


def test_an_archive_that_does_not_verify_fails(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiled(_: Archives, folder: Path) -> object:
        next(path for path in sorted(folder.rglob("*.pdf"))).write_bytes(b"altered")
        return verify_bag(folder)

    monkeypatch.setattr(Archives, "verify", spoiled)
    assert told(opened())["存档"].sentence == "存档没有通过核对。请重新安装本程序。"
