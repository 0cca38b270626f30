"""A program of its own that writes acts until it is killed: `python -m tests.storage.writer FOLDER MODE NAME COUNT`.

Each act is a draft, its submission, a decision and the audit entry of it, in one transaction; after the commit the
act's name is printed, which is the acknowledgement. `torn` and `early` are controls: the first parts an act over two
transactions, the second acknowledges before the commit; both then wait to be killed. `quiet` acknowledges nothing;
`together` says when it is ready and waits for a line before it begins; `fresh` creates one folder after the other.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from app.storage.unit_of_work import Store, UnitOfWork
from tests.storage.office import decision, new_draft, open_office, put, submit

ACTION = "draft.written"


def clock() -> datetime:
    return datetime.now(UTC)


def acknowledge(name: str) -> None:
    print(name, flush=True)


def write(unit: UnitOfWork, name: str) -> None:
    """Write the records of one act, without its audit entry."""
    _, revision = submit(unit, put(unit, new_draft(name, clock())))
    unit.reviews.add(decision(revision, 1, "first"))


def record(unit: UnitOfWork, name: str) -> None:
    unit.audit.add("author", "information_officer", ACTION, f"draft:{name}", {"name": name})


def act(store: Store, mode: str, name: str) -> None:
    with store.writing() as unit:
        write(unit, name)
        if mode != "torn":
            record(unit, name)
        if mode == "early":
            acknowledge(name)
            sys.stdin.read()
    if mode != "quiet":
        acknowledge(name)
    if mode == "torn":
        sys.stdin.read()


def main(folder: Path, mode: str, name: str, count: int) -> None:
    if mode == "fresh":
        for number in range(count):
            place = folder / f"{name}-{number}"
            place.mkdir()
            acknowledge(place.name)
            open_office(place)
        return
    store = Store(folder, clock)
    if mode == "together":
        acknowledge("ready")
        sys.stdin.readline()
    for number in range(count):
        act(store, mode, f"{name}-{number}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
