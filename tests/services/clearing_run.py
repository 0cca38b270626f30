"""A program of its own that clears a draft and is killed on the way: `python -m tests.services.clearing_run …`.

Arguments: the data folder, the draft, the time (ISO text), and where to die: `recorded` (all is written, nothing
committed), `committed` (no file removed yet), `renamed` (a file has lost its name but holds its bytes), or `never`.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.models.content import Content
from app.services import secrecy_clearing
from app.storage import attachments
from app.storage.search_index import SearchIndex
from tests.services.office import Office, SetClock


def die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after(act: Callable[[SearchIndex], None]) -> Callable[[SearchIndex], None]:
    def then_die(index: SearchIndex) -> None:
        act(index)
        die()

    return then_die


def clear(folder: Path, draft_id: str, at: datetime, place: str) -> None:
    drafts = Office(folder, SetClock(at)).sign_in("林晓").drafts
    if place == "recorded":
        SearchIndex.optimize = _after(SearchIndex.optimize)  # type: ignore[method-assign, assignment]
    if place == "committed":
        secrecy_clearing.remove_given_up = die  # type: ignore[assignment, attr-defined]
    if place == "renamed":
        attachments.overwrite = die  # type: ignore[assignment, attr-defined]
    drafts.clear_secrecy_mark(replace(drafts.view(draft_id).draft, content=Content()))
    print("cleared", flush=True)


if __name__ == "__main__":
    clear(Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3]), sys.argv[4])
