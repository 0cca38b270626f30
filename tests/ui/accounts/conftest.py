"""The office whose accounts these tests look at."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.services.account_desk import AccountView
from app.ui.accounts.account_page import AccountPage
from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.tasks import Tasks
from tests.services.office import Office
from tests.ui.conftest import Script

Window = TypeVar("Window", bound=QDialog)


@dataclass
class Bench:
    """An office with the account manager at its desk."""

    office: Office
    desk: Desk
    script: Script
    shown: Callable[..., None]

    def settle(self) -> None:
        self.desk.tasks.wait_idle()

    def sit(self, name: str) -> None:
        self.office.sign_in(name)
        self.desk.actor = self.office.services.staff.actor()

    def page(self, account_id: str = "") -> AccountPage:
        """Show the page with one account beside the list."""
        page = AccountPage(self.desk)
        self.shown(page)
        page.show_subject(f"account:{account_id or self.account_ids[0]}")
        self.settle()
        return page

    def view(self, account_id: str = "") -> AccountView:
        return self.office.services.account_desk.view(account_id or self.account_ids[0])

    @property
    def account_ids(self) -> tuple[str, ...]:
        return self.office.account_ids()


def dialog_of(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


@pytest.fixture(scope="session")
def register_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Office(tmp_path_factory.mktemp("register") / "records").open().folder


@pytest.fixture
def bench(
    register_model: Path, tmp_path: Path, tasks: Tasks, dialogs: Script, show: Callable[..., None]
) -> Iterator[Bench]:
    shutil.copytree(register_model, tmp_path / "records")
    office = Office(tmp_path / "records")
    office.clock.forward(hours=1)
    desk = Desk(services=office.services, tasks=tasks, changes=Changes(), dialogs=dialogs, now=office.clock)
    made = Bench(office, desk, dialogs, show)
    made.sit("陈账")
    yield made
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.done(0)
