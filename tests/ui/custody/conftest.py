"""The safe with a custodian at the desk, and envelopes in memory."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.models.credential import Credential
from app.models.secret import Secret
from app.ui.changes import Changes
from app.ui.custody.safe_page import SafePage
from app.ui.custody.secret_clipboard import secret_clipboard
from app.ui.desk import Desk
from app.ui.tasks import Tasks
from tests.services.test_custody import LONG, Safe, terms
from tests.ui.conftest import Script

Window = TypeVar("Window", bound=QDialog)
CANARY = "Qm7#canary!vX9p-jinsi"


@dataclass
class Vaulted:
    safe: Safe
    desk: Desk
    script: Script
    show: Callable[..., None]

    def settle(self) -> None:
        for _round in range(6):
            self.desk.tasks.wait_idle()
            QApplication.processEvents()

    def enter(self, name: str = "贺甲") -> None:
        self.safe.enter(name)
        self.desk.actor = self.safe.services.staff.actor()

    def keep(self, account: int = 1) -> Credential:
        return self.safe.services.custody.keep(terms(self.safe, account), Secret(CANARY), LONG)

    def page(self) -> SafePage:
        page = SafePage(self.desk)
        self.show(page)
        self.settle()
        return page

    def one(self, kind: type[Window]) -> Window:
        self.settle()
        [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        return found


@pytest.fixture(scope="session")
def safe_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Safe(tmp_path_factory.mktemp("safe") / "records").open().folder


@pytest.fixture
def vaulted(
    safe_model: Path, tmp_path: Path, tasks: Tasks, dialogs: Script, show: Callable[..., None]
) -> Iterator[Vaulted]:
    shutil.copytree(safe_model, tmp_path / "records")
    safe = Safe(tmp_path / "records")
    safe.clock.forward(hours=1)
    made = Vaulted(safe, Desk(safe.services, tasks, Changes(), dialogs, now=safe.clock), dialogs, show)
    made.enter()
    yield made
    tasks.wait_idle()
    secret_clipboard().clear()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.done(0)
