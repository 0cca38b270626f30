"""The trials of safety with their figures: `dev.py soak [--long]` prints `N trials, K violations` for each.

The short form is what every test run does; the long form runs what is marked for a release as well.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent.parent
TRIALS = (
    "tests/storage/test_power_loss.py",
    "tests/storage/test_backups.py",
    "tests/storage/test_restored_folder.py",
    "tests/archive/test_bag_writer.py",
    "tests/archive/test_pulled_stick.py",
    "tests/archive/test_bag_verifier.py",
    "tests/intake/test_malformed.py",
    "tests/services/test_workflow.py",
    "tests/test_secrets.py",
)
_FIGURE = re.compile(r"^.*\b\d+ trials, \d+ violations.*$|^.*\bpart \d+ of .*violations.*$", re.MULTILINE)
_LAST = re.compile(r"^.*\b\d+ (?:passed|failed|error).*$", re.MULTILINE)


def trial(path: str, *, long: bool) -> int:
    """Run one file of trials, print its figures and what was skipped, and return pytest's exit code."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "pytest", path, "-s", "-q", "-rs", *(["--release"] if long else [])]
    answer = subprocess.run(command, cwd=HOME, capture_output=True, encoding="utf-8", errors="replace", check=False)
    print(f"== {path}, {time.monotonic() - begun:.0f} s")
    for line in _FIGURE.findall(answer.stdout):
        print(f"   {line.strip().lstrip('.sF')}")
    for line in answer.stdout.splitlines():
        if line.startswith("SKIPPED"):
            print(f"   {line}")
    last = _LAST.findall(answer.stdout)
    print(f"   {last[-1].strip('= ') if last else answer.stdout[-2000:]}")
    if answer.returncode:
        print(answer.stdout[-6000:])
    sys.stdout.flush()
    return answer.returncode


def main() -> int:
    """Run every file of trials; fail when one does."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="the thousands of trials of a release")
    asked = parser.parse_args()
    codes = [trial(path, long=asked.long) for path in TRIALS]
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
