"""Folders that a network disk copies elsewhere."""

from pathlib import Path

import pytest

from app.storage.synced_places import is_synchronised, synchronised_name


@pytest.mark.parametrize(
    "name",
    [
        *("OneDrive", "OneDrive - 晋安区", "OneDrive (Personal)", "Dropbox", "Dropbox (办公室)", "Nutstore Files"),
        *("我的坚果云", "坚果云", "坚果云(工作)", "BaiduSyncdisk", "百度网盘同步空间", "WPS云盘", "WPSDrive"),
        *(
            "阿里云盘",
            "天翼云盘",
            "腾讯微云",
            "Google Drive",
            "iCloudDrive",
            "Nextcloud",
            "Nextcloud - 单位",
            "Seafile",
        ),
    ],
)
def test_a_folder_of_a_network_disk_is_known_by_name(tmp_path: Path, name: str) -> None:
    assert is_synchronised(tmp_path / name / "先审" / "数据", {})
    assert synchronised_name(("C:\\", "Users", "li", name, "先审")) == name


@pytest.mark.parametrize(
    "name",
    [
        *("Xianshen", "先审数据", "OneDrives", "我的OneDrive说明", "坚果", "BaiduNetdiskDownload", "百度网盘下载"),
        *("dropboxes", "网盘资料", "box", "同步", "晋安区示例局", "Documents"),
    ],
)
def test_an_ordinary_folder_is_not_taken_for_one(tmp_path: Path, name: str) -> None:
    assert not is_synchronised(tmp_path / name / "先审", {})


@pytest.mark.parametrize(
    "mark", [".dropbox", ".stfolder", ".849C9593-D756-4E56-8D6E-42412F2A707B", ".owncloudsync.log"]
)
def test_a_folder_is_known_by_what_the_program_left_above_it(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "资料" / "先审"
    folder.mkdir(parents=True)
    assert not is_synchronised(folder, {})
    (tmp_path / mark).write_bytes(b"")
    assert is_synchronised(folder, {})


def test_the_settings_folder_in_every_home_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert not is_synchronised(tmp_path / "先审", {})


def test_a_renamed_folder_is_known_by_the_environment(tmp_path: Path) -> None:
    environment = {"OneDriveCommercial": str(tmp_path / "单位网盘"), "OneDrive": " "}
    assert is_synchronised(tmp_path / "单位网盘" / "先审", environment)
    assert not is_synchronised(tmp_path / "单位网盘二" / "先审", environment)


def test_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "OneDrive" / "先审"
    real.mkdir(parents=True)
    (tmp_path / "数据").symlink_to(real)
    assert is_synchronised(tmp_path / "数据" / "inside", {})
