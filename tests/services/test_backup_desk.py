"""Backing up as the administrator does it."""

import hashlib
from pathlib import Path

import pytest

from app.errors import CancelledError, NotEnoughSpaceError, RightMissingError, SignedOutError, TargetInsideSourceError
from app.models.archive_package import Progress
from app.models.records import UseKind
from app.services.audit_desk import Witness
from app.services.backup_desk import LackingFile
from app.storage import backups
from tests.services.office import Office
from tests.storage.putting import put


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def acts(office: Office) -> list[str]:
    return [entry.action for entry in office.services.audit.page(0, 100) if entry.action.startswith("backup")]


def test_a_backup_is_recorded_before_and_after(office: Office, stick: Path) -> None:
    office.approved()
    services = office.sign_in("许管")
    assert services.backups.last() == ""
    done = services.backups.back_up(stick)
    assert acts(office) == ["backup.done", "backup.begin"]
    assert services.backups.last().startswith("2026-10-12T09")
    assert services.backups.inspect(stick).newest == done.snapshot
    assert done.snapshot.unit_name == "福州市晋安区示例局"
    # The snapshot holds the beginning of its own backup, and the chain goes on behind it.
    assert done.audit_seq == services.audit.count() - 1
    assert services.audit.witnesses(done.audit_seq, done.audit_head) is Witness.MATCHES
    assert services.audit.check().broken_at == 0


@pytest.mark.parametrize("name", ["林晓", "陈账", "王局", "周计"])
def test_only_an_administrator_backs_up(office: Office, stick: Path, name: str) -> None:
    services = office.sign_in(name)
    with pytest.raises(RightMissingError):
        services.backups.back_up(stick)
    services.sign_in.sign_out()
    with pytest.raises(SignedOutError):
        services.backups.back_up(stick)
    assert acts(office) == []
    assert list(stick.iterdir()) == []


def test_a_backup_that_fails_is_not_called_the_last_one(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = office.sign_in("许管")

    def cancel(_progress: Progress) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        services.backups.back_up(stick, cancel)
    with pytest.raises(TargetInsideSourceError):
        services.backups.back_up(office.folder)
    monkeypatch.setattr(backups, "free_bytes", lambda _folder: 0)
    with pytest.raises(NotEnoughSpaceError):
        services.backups.back_up(stick)
    assert services.backups.last() == ""
    # What can be told of the place is told before anything is begun.
    assert acts(office) == ["backup.begin"] * 2


def test_what_a_backup_lacks_is_named_as_people_know_it(office: Office, stick: Path) -> None:
    draft = office.approved()
    [scan] = office.services.drafts.view(draft.id).scans
    paper = office.services.papers.review_sheet(draft.id)
    digest = hashlib.sha256(paper.data).hexdigest()
    sheet = office.folder / "attachments" / digest[:2] / digest
    sheet.unlink()
    (office.folder / "attachments" / scan.sha256[:2] / scan.sha256).unlink()
    services = office.sign_in("许管")
    done = services.backups.back_up(stick)
    named = {file.kind: file for file in services.backups.lacking(done.missing)}
    place = "〔2026〕1号“关于冬季用电用气安全的提示”"
    assert named["扫描件"] == LackingFile(scan.sha256, "扫描件", "scan.pdf", place)
    assert named["信息发布审核表"] == LackingFile(sheet.name, "信息发布审核表", "", place)
    assert str(named["扫描件"]) == f"扫描件“scan.pdf”（{place}）"
    assert str(named["信息发布审核表"]) == f"信息发布审核表（{place}）"
    assert len(services.backups.lacking(done.missing)) == 2
    assert services.backups.lacking(("0" * 64,)) == (LackingFile("0" * 64, "文件", "", ""),)


def test_a_file_lacking_is_named_once_for_each_thing_it_is_kept_with(office: Office) -> None:
    stored = put(office.sign_in("许管").backups._room.files, b"one picture in two places")
    with office.services.backups._room.store.writing() as unit:
        unit.files.register(stored, office.clock.now)
        for subject in ("publication:gone", "archive:gone"):
            unit.files.use(stored.sha256, UseKind.SCREENSHOT, subject, "图.png", office.clock.now)
    assert [str(file) for file in office.services.backups.lacking((stored.sha256,))] == [
        "发布截图“图.png”（存档）",
        "发布截图“图.png”（发布记录）",
    ]
