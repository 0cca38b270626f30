"""Packages to write in the tests of the archive."""

import hashlib
import random
from pathlib import Path

from app.models.archive_package import Package, PackageFile

NAME = "xianshen-JA-01-2026-10-v1"


def package(tmp_path: Path, files: int = 12, largest: int = 40_000, seed: int = 7, name: str = NAME) -> Package:
    """Make a package of stored files and generated ones, the same for the same seed."""
    chance = random.Random(seed)
    made: list[PackageFile] = []
    for number in range(files):
        content = chance.randbytes(chance.randrange(largest))
        member = f"items/{number // 4:04d}/file-{number:02d}.{chance.choice(('pdf', 'jpg', 'txt'))}"
        if number % 3:
            made.append(PackageFile(member, f"文件{number}", data=content))
        else:
            source = tmp_path / f"source-{seed}-{number}"
            source.write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            made.append(PackageFile(member, f"文件{number}", source=source, sha256=digest))
    info = (("Source-Organization", "晋安区示例局"), ("External-Identifier", "晋示档〔2026〕1号"))
    return Package(name, tuple(made), info)
