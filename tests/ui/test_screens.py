import importlib.util
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.bootstrap import open_restoring
from app.services.office import Services
from app.ui.pages import PageEntry
from app.ui.screens import grab_screens
from app.ui.theme import scale, tokens
from app.ui.tokens import LIGHT

MANAGER, PASSCODE = "管理员甲", "晋安-河边-散步-7"
LOOKS = {"light", "dark", "light-150", "dark-150"}


@pytest.fixture(autouse=True)
def _fakes() -> None:
    if "fake_pages" not in sys.modules:
        spec = importlib.util.spec_from_file_location("fake_pages", Path(__file__).with_name("fake_pages.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules["fake_pages"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["fake_pages"])


def test_every_page_and_scene_is_pictured_in_every_look(office: Services, tmp_path: Path) -> None:
    entries = (
        PageEntry("today", "", "今日", "house", "fake_pages:FakePage"),
        PageEntry("drafts", "发布", "稿件", "file-text", "fake_pages:SearchedPage"),
        PageEntry("editor", "", "编辑", "pencil", "fake_pages:FakePage", within="drafts"),
    )
    made = grab_screens(office, tmp_path / "screens", MANAGER, PASSCODE, entries)
    doors = {"welcome", "setup-1", "setup-2", "setup-3", "setup-4", "sign-in", "forgotten", "passcode"}
    stems = {f"00-{door}" for door in doors} | {
        "01-today",
        "01-today-dialog",
        "02-drafts",
        "02-drafts-dialog",
        "03-editor-dialog",
    }
    assert {file.name for file in made} == {f"{stem}-{look}.png" for stem in stems for look in LOOKS}
    sizes = {file.name: QImage(str(file)).size() for file in made}
    assert sizes["01-today-light.png"].width() == 1280
    light, dark = (QImage(str(tmp_path / "screens" / f"01-today-{look}.png")) for look in ("light", "dark"))
    assert light.pixelColor(900, 600).lightness() > 200 > 100 > dark.pixelColor(900, 600).lightness()
    assert office.session.person_id == ""
    assert (tokens(), scale()) == (LIGHT, 100)


def test_the_steps_of_a_restore_are_pictured_with_the_backup_that_is_named(office: Services, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    backup.mkdir()
    office.sign_in.sign_in("系统己", PASSCODE)
    office.backups.back_up(backup)
    office.sign_in.sign_out()
    restoring = open_restoring(searches=False)
    assert restoring.drives() == ()
    made = grab_screens(office, tmp_path / "screens", MANAGER, PASSCODE, (), (restoring, backup))
    steps = {file.name: QImage(str(file)) for file in made if "restore" in file.name}
    assert set(steps) == {f"00-restore-{number}-{look}.png" for number in (1, 2, 3) for look in ("light", "dark")}
    # The wizard went on, which it does only with a backup and a day selected.
    assert len({bytes(image.constBits()) for image in steps.values()}) == 6
    assert not (tmp_path / "restored").exists()
