"""A program of its own that archives a month and is killed on the way: `python -m tests.services.archive_run …`.

Arguments: the data folder, the target folder, the time (ISO text), and where to die: a stage of the writer's progress,
`seal` (the bag stands, nothing is sealed), `sealed` (just after the commit), or `never`, which prints the version.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from app.models.archive_package import Progress
from app.models.month import Month
from app.services.archives import Archives
from tests.services.office import Office, SetClock

OCTOBER = Month(2026, 10)


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def archive(folder: Path, target: Path, at: datetime, place: str) -> None:
    archives: Archives = Office(folder, SetClock(at)).sign_in("陈账").archives
    if place == "seal":
        archives._sealing.seal = die  # type: ignore[method-assign, assignment]

    def report(progress: Progress) -> None:
        if progress.stage == place:
            die()

    archived = archives.write(OCTOBER, target, report, reason="再写一次")
    if place == "sealed":
        die()
    print(archived.record.version, archived.record.number, flush=True)


if __name__ == "__main__":
    archive(Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), sys.argv[4])
