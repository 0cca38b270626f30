"""Files spoilt at random, read by everything that reads files: `python -m tests.intake.malformed [COUNT [SEED]]`.

A trial passes when the file is read or refused with a reason, within 10 s of computing; all else is a violation. Prints
`N trials, K violations`, the seed, the slowest trial and the most memory that was used.
"""

import io
import random
import re
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PIL import Image

from app.errors import IMPORT_REASONS, FileUnreadableError
from app.intake.dropped_file import read_dropped
from app.intake.earlier_posts import read_earlier_posts
from app.intake.pictures import inspect_picture, print_picture, thumbnail
from app.intake.scan_reading import page_picture, read_scan

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
SEED = 20261124
LONGEST = 10.0
Reader = Callable[[Path], object]
Spoiler = Callable[[bytes, random.Random], bytes]


def _flipped(data: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.choice((1, 3, 20))):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(1, len(data))]


def _hole(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + data[start + dice.randrange(1, 400) :]


def _doubled(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data))
    return data[:start] + data[start : start + dice.randrange(1, 2000)] * dice.choice((2, 5)) + data[start:]


def _swapped(data: bytes, dice: random.Random) -> bytes:
    a, b = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    return data[b:] + data[a:b] + data[:a]


def _other_numbers(data: bytes, dice: random.Random) -> bytes:
    odd = (b"-1", b"0", b"999999999999", b"65536", b"", b"1e308", b"NaN", b"\xd9\xa3")
    return re.sub(rb"[0-9]+", lambda m: dice.choice(odd) if dice.random() < 0.1 else m[0], data)


def _other_names(data: bytes, dice: random.Random) -> bytes:
    names = re.findall(rb"[A-Za-z]+:[A-Za-z]+", data) or [b"w:t"]
    old, new = dice.choice(names), dice.choice(names)
    return data.replace(old, new)


SPOILERS: tuple[Spoiler, ...] = (_flipped, _cut, _hole, _doubled, _swapped, _other_numbers, _other_names)


def spoilt(data: bytes, dice: random.Random) -> bytes:
    """Spoil a file; in a zip, as often, one of its parts, so that the damage gets past the checks of the zip."""
    spoil = dice.choice(SPOILERS)
    if not data.startswith(b"PK") or dice.random() < 0.25:
        return spoil(data, dice)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    for _ in range(dice.choice((1, 1, 3))):
        name = dice.choice([name for name, content in entries.items() if content])
        entries[name] = spoil(entries[name], dice)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return buffer.getvalue()


def originals() -> list[tuple[str, bytes, Reader]]:
    """Return the files that are spoilt, with what reads each."""
    shown = Image.radial_gradient("L").resize((300, 200)).convert("RGB")
    made: list[tuple[str, bytes, Reader]] = []
    for kind in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"):
        buffer = io.BytesIO()
        shown.save(buffer, kind)
        made.append((f"a.{kind.lower()}", buffer.getvalue(), _picture))
    buffer = io.BytesIO()
    shown.save(buffer, "PDF", creationDate=time.gmtime(0), modDate=time.gmtime(0))
    made += [("a.pdf", buffer.getvalue(), _scan)] * 3
    for name in ("notice.docx", "long.docx", "notice.docx", "old.doc", "notice-gb18030.txt"):
        made.append((name, (SAMPLES / name).read_bytes(), read_dropped))
    table = "账号,标题,发布时间,链接\n" + "示例,甲,2025-7-1,https://e.example.cn\n" * 50
    made.append(("a.csv", table.encode("gb18030"), read_earlier_posts))
    made += [("a.xlsx", _sheet(), read_earlier_posts)] * 2
    return made


def _sheet() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - as the library wants it
    book.worksheets[0].append(["账号", "标题", "发布时间"])
    for n in range(60):
        book.worksheets[0].append(["示例", f"第{n}条", 45_000 + n])
    book.worksheets[0].merge_cells("A2:A9")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _picture(path: Path) -> None:
    inspect_picture(path)
    print_picture(path.read_bytes())
    thumbnail(path, 100)
    read_scan(path)


def _scan(path: Path) -> None:
    read_scan(path)
    page_picture(path, 1, 200)


def run(count: int, seed: int, readers: list[tuple[str, bytes, Reader]] | None = None) -> list[str]:
    """Do the trials; return the violations. What is refused must say a reason that has its sentence."""
    violations, slowest = [], (0.0, "")
    sources = readers or originals()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # Readers of pictures warn of damage; that is no error.
        warnings.simplefilter("ignore")
        for trial in range(count):
            name, data, read = sources[trial % len(sources)]
            path = Path(folder) / f"{trial}-{name}"
            # Each trial has dice of its own, so that one can be done again alone.
            path.write_bytes(spoilt(data, random.Random(f"{seed}-{trial}")) or b"x")
            start = time.process_time()
            try:
                read(path)
            except FileUnreadableError as refused:
                if refused.reason not in IMPORT_REASONS:
                    violations.append(f"{path.name}: reason {refused.reason}")
            except Exception as failed:  # noqa: BLE001 - whatever comes out is a violation
                violations.append(f"{path.name}: {failed!r}")
            slowest = max(slowest, (time.process_time() - start, path.name))
            path.unlink()
    if slowest[0] > LONGEST:
        violations.append(f"{slowest[1]}: {slowest[0]:.1f} s")
    print(f"{count} trials, {len(violations)} violations (seed {seed}; slowest {slowest[0]:.1f} s: {slowest[1]})")
    return violations


def most_memory() -> int:
    """Return the most memory this run used, in MB."""
    # Not `ru_maxrss`: a process inherits that of the one that started it.
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 170
    found = run(trials, int(sys.argv[2]) if len(sys.argv) > 2 else SEED)
    print("\n".join(found))
    print(f"at most {most_memory()} MB")
    sys.exit(bool(found) or most_memory() > 300)
