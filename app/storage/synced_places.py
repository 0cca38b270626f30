"""Folders that a network disk copies elsewhere, known by their names and by what the programs leave in them."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

_EXACT = frozenset(
    {
        *("nutstore", "nutstore files", "我的坚果云", "坚果云", "坚果云同步"),
        *("baidusyncdisk", "baidu sync disk", "百度网盘同步空间", "百度网盘同步盘", "百度云同步盘", "百度云盘同步"),
        *("wps云盘", "wps 云盘", "wps网盘", "wps云文档", "wpsdrive", "wps cloud files", "金山快盘", "kuaipan"),
        *("腾讯微云", "微云同步助手", "weiyun", "天翼云盘", "天翼云盘同步盘", "ecloud", "和彩云", "和彩云同步盘"),
        *("阿里云盘", "阿里云盘备份", "aliyundrive", "115同步盘", "360云盘", "360安全云盘", "360wangpan"),
        *("亿方云", "fangcloud", "fangcloudv2", "联想网盘", "联想企业网盘", "够快云库", "迅雷云盘", "移动云盘"),
        *("dropbox", "google drive", "googledrive", "google 云端硬盘", "my drive", "icloud drive", "iclouddrive"),
        *("com~apple~clouddocs", "megasync", "box sync", "pcloud drive", "pclouddrive", "yandex.disk"),
        *("nextcloud", "owncloud", "seafile", "seadrive", "syncthing", "resilio sync", "btsync", "synologydrive"),
    }
)
_BEGINNINGS = re.compile(r"(onedrive|skydrive|dropbox|nextcloud|seafile)( ?-| ?\()|onedrive$|skydrive$|坚果云[（(-]")
_MARKS = (
    *(".dropbox", ".dropbox.cache", ".stfolder", ".stignore", ".owncloudsync.log", ".nextcloudsync.log"),
    *(".sync_exclude.lst", ".seafile-data", ".849C9593-D756-4E56-8D6E-42412F2A707B", ".tmp.driveupload"),
    *(".synologyworkingdirectory", ".resilio"),
)
# Dropbox keeps a settings folder of this name in every home; in the copied folder it is a file.
_FILES_ONLY = frozenset({".dropbox"})
_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


def synchronised_name(parts: tuple[str, ...]) -> str:
    """Return the first part of a path that is the folder of a network disk, or ''."""
    for part in parts:
        name = part.casefold().strip()
        if name in _EXACT or _BEGINNINGS.match(name):
            return part
    return ""


def is_synchronised(path: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether a folder, or one above it, is copied elsewhere by a program for network disks."""
    for place in dict.fromkeys((path.absolute(), path.resolve())):
        if synchronised_name(place.parts) or any(place.is_relative_to(root) for root in _announced(environment)):
            return True
        if any(_marked(folder) for folder in (place, *place.parents)):
            return True
    return False


def _announced(environment: Mapping[str, str]) -> Iterator[PurePath]:
    """Yield the folders that the network disk of Windows names in the environment."""
    for name in _VARIABLES:
        if environment.get(name, "").strip():
            yield PurePath(environment[name])


def _marked(folder: Path) -> bool:
    return any((folder / mark).is_file() or (mark not in _FILES_ONLY and (folder / mark).is_dir()) for mark in _MARKS)
