"""A real exFAT or NTFS stick made of a loop device, which can be pulled out while it is written."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

FILE_SYSTEMS = {
    "exfat": (["mkfs.exfat"], ["mount.exfat-fuse"]),
    "ntfs": (["mkfs.ntfs", "-F", "-f", "-q"], ["ntfs-3g", "-o", "noatime"]),
}


def missing() -> str:
    """Say what a stick needs and this machine lacks, or nothing."""
    tools = ["losetup", "mkfs.exfat", "mount.exfat-fuse", "mkfs.ntfs", "ntfs-3g"]
    lacking = [tool for tool in tools if shutil.which(tool) is None]
    if os.geteuid() != 0:
        lacking.append("root")
    lacking += [device for device in ("/dev/fuse", "/dev/loop-control") if not Path(device).exists()]
    return ", ".join(lacking)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Stick:
    """One stick: `plug` mounts it, `pull` takes away what had not reached the medium."""

    def __init__(self, folder: Path, kind: str, megabytes: int = 24) -> None:
        self.kind, self._folder = kind, folder
        self.image, self.place = folder / "medium.img", folder / "stick"
        self.place.mkdir(parents=True)
        with self.image.open("wb") as image:
            image.truncate(megabytes << 20)
        _run(*FILE_SYSTEMS[kind][0], str(self.image))
        self._loop = ""

    def plug(self) -> Path:
        """Mount it and return where."""
        self._loop = _run("losetup", "-f", "--show", str(self.image))
        _run(*FILE_SYSTEMS[self.kind][1], self._loop, str(self.place))
        return self.place

    def take_out(self) -> None:
        """Unmount it as one should."""
        _run("umount", str(self.place))
        self._detach()

    def pull(self) -> None:
        """Pull it: what its driver and the system still held back is lost."""
        for driver in self._drivers():
            os.kill(driver, signal.SIGKILL)
        kept = self._folder / "kept.img"
        # What reached the medium is what stands in the image's file at this moment.
        shutil.copyfile(self.image, kept)
        subprocess.run(["umount", "-l", str(self.place)], check=False, capture_output=True)
        self._detach()
        kept.replace(self.image)

    def _drivers(self) -> list[int]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if self._loop.encode() in words and b"stick" in b" ".join(words):
                found.append(int(process.name))
        return found

    def _detach(self) -> None:
        subprocess.run(["losetup", "-d", self._loop], check=True, capture_output=True)
        self._loop = ""
