"""Figures as ratios to a floor measured in the same run: `dev.py bench [--data TEN_YEARS] [--quick]`.

Nothing here is a timed test; what lies over its limit is marked, and the exit code stays 0.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent
ARCHIVE_MEGABYTES = 600


@dataclass(frozen=True)
class Figure:
    """One line of the report: what was measured against what, and the limit of their ratio."""

    name: str
    floor: float
    ours: float
    limit: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor


def probe(name: str, *arguments: str, home: str = "") -> tuple[float, dict[str, float]]:
    """Run a probe in a process of its own; return the seconds until it first spoke, and its last word."""
    first, _whole, said = timed(name, *arguments, home=home)
    return first, said


def timed(name: str, *arguments: str, home: str = "") -> tuple[float, float, dict[str, float]]:
    """Run a probe and return the seconds until its first and its last line, and what the last one says."""
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if home:
        surroundings |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), home)
    begun = time.perf_counter()
    command = [sys.executable, str(HERE / "probes.py"), name, *arguments]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [(time.perf_counter() - begun, line) for line in process.stdout]
        told = process.stderr.read()
    if process.returncode or not lines:
        raise RuntimeError(f"{name}: {told.decode()}")
    return lines[0][0], lines[-1][0], json.loads(lines[-1][1])


def turns(times: int, *commands: tuple[str, ...], home: str) -> list[tuple[float, float, float]]:
    """Run commands in turn, so that the machine's moods meet all alike.

    Return median seconds to the first and to the last word, and megabytes.
    """
    spent: list[list[tuple[float, float]]] = [[] for _ in commands]
    used = [0.0 for _ in commands]
    for turn in range(times + 1):
        for number, command in enumerate(commands):
            first, last, said = timed(*command, home=home)
            if turn:
                spent[number].append((first, last))
            used[number] = said.get("megabytes", 0.0)
    return [
        (statistics.median(first for first, _ in each), statistics.median(last for _, last in each), use)
        for each, use in zip(spent, used, strict=True)
    ]


def starts(data: Path, empty: Path, times: int) -> list[Figure]:
    """Measure every start but the very first: the door stands before the records are open behind it."""
    with TemporaryDirectory() as home:
        for folder in (empty, data):
            probe("remember_door", str(folder))
        commands = (("bare_window",), ("sign_in_page", str(empty)), ("sign_in_page", str(data)))
        bare, small, large = turns(times, *commands, home=home)
    note = f"{large[2]:.0f} MiB（上限 120），记录打开用到第 {large[1] * 1000:.0f} ms"
    return [
        Figure("登录页可输入 / 裸窗口", bare[0], large[0], 2.2, note),
        Figure("登录页可输入 / 没有记录的程序", small[0], large[0], 1.15),
        Figure("记录也打开 / 没有记录的程序", small[1], large[1], 1.15),
    ]


def papers(times: int) -> list[Figure]:
    _, warm = probe("sheets")
    with TemporaryDirectory() as home:
        bare, whole = turns(times, ("bare_sheet",), ("whole_sheet",), home=home)
    further = warm["further_page"] * 1000
    linear = warm["seconds_30"] / warm["seconds_10"] * warm["pages_10"] / warm["pages_30"]
    spread = f"{warm['pages_30']:.0f} 页与 {warm['pages_10']:.0f} 页的每页用时之比 {linear:.2f}"
    note = f"附页每页 {further:.0f} ms（上限 40），{spread}"
    return [
        Figure("审核表（含 PDF/A）/ 裸 ReportLab 页，热", warm["floor"], warm["ours"], 3.0, note),
        Figure("审核表（含 PDF/A）/ 同样三种字体的裸 ReportLab 页，新进程", bare[0], whole[0], 1.6),
    ]


def records(data: Path, name: str) -> list[Figure]:
    _, today = probe("today", str(data), name)
    _, rows = probe("first_rows", str(data), name)
    _, search = probe("search", str(data), name)
    return [
        Figure("输入口令到今日画出 / Argon2 加空页", today["floor"], today["ours"], 1.5),
        Figure(
            "稿件首屏 / SELECT LIMIT 50 加裸表格", rows["floor"], rows["ours"], 3.0, f"{rows['pages_read']:.0f} 页已读"
        ),
        Figure("两字搜索 / sqlite3 的同一 MATCH", search["floor"], search["ours"], 3.0),
    ]


def archive(times: int) -> list[Figure]:
    with TemporaryDirectory(dir=HOME) as place:
        payload = Path(place) / "payload"
        payload.mkdir()
        chance = random.Random(1)
        for number in range(ARCHIVE_MEGABYTES // 4):
            (payload / f"file-{number:03d}.bin").write_bytes(chance.randbytes(4 << 20))
        subprocess.run(["sync"], check=True)
        floors, ours = [], []
        for _ in range(times):
            floors.append(_copied(payload, Path(place) / "copy"))
            ours.append(probe("archive", place)[1]["ours"])
    return [Figure("600 MB 存档 / cp、sync、sha256sum", statistics.median(floors), statistics.median(ours), 1.5)]


def _copied(payload: Path, target: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(["cp", "-r", str(payload), str(target)], check=True)
    subprocess.run(["sync", "-f", str(target)], check=True)
    files = sorted(str(path) for path in target.iterdir())
    subprocess.run(["sha256sum", *files], check=True, stdout=subprocess.DEVNULL)
    spent = time.perf_counter() - begun
    shutil.rmtree(target)
    return spent


def sample(years: int, out: Path) -> None:
    print(f"正在准备 {years} 年的虚构记录……", flush=True)
    command = [sys.executable, str(HOME / "main.py"), "sample", "--years", str(years), "--out", str(out)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def show(figures: list[Figure]) -> None:
    print(f"{'':<4}{'比值':>6} {'上限':>6} {'底线 ms':>10} {'本程序 ms':>10}  项目")
    for figure in figures:
        mark = "    " if figure.ratio <= figure.limit else "超出"
        times = f"{figure.floor * 1000:>10.1f} {figure.ours * 1000:>10.1f}"
        print(
            f"{mark}{figure.ratio:>6.2f} {figure.limit:>6.2f} {times}  {figure.name}"
            + (f"；{figure.note}" if figure.note else "")
        )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, help="ten years made earlier by `sample --years 10`")
    parser.add_argument("--as", dest="name", default="", help="whose today is measured")
    parser.add_argument("--quick", action="store_true", help="fewer runs, and no archive of 600 MB")
    asked = parser.parse_args()
    times = 3 if asked.quick else 9
    with TemporaryDirectory() as place:
        data = asked.data or Path(place) / "ten"
        if asked.data is None:
            sample(1 if asked.quick else 10, data)
        empty = Path(place) / "empty"
        sys.path.insert(0, str(HOME))
        from tests.services.office import Office

        Office(empty).open()
        name = asked.name or _manager(data)
        figures = [*starts(data, empty, times), *records(data, name), *papers(times)]
        if not asked.quick:
            figures += archive(3)
    show(figures)
    return 0


def _manager(data: Path) -> str:
    """Return who keeps the accounts in made-up records."""
    import sqlite3

    connection = sqlite3.connect(data / "xianshen.db")
    row = connection.execute(
        "SELECT name FROM person JOIN role_grant ON person.id = person_id"
        " WHERE role = 'account_manager' AND signs_in = 1 ORDER BY created_at LIMIT 1"
    ).fetchone()
    connection.close()
    return str(row[0])


if __name__ == "__main__":
    sys.exit(main())
