"""Backing up as the administrator does it."""

from pathlib import Path

import pytest

from app.errors import CancelledError, NotEnoughSpaceError, RightMissingError, SignedOutError, TargetInsideSourceError
from app.models.archive_package import Progress
from app.services.audit_desk import Witness
from app.storage import backups
from tests.services.office import Office


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
    assert acts(office) == ["backup.begin"] * 3
