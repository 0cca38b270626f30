"""An office with a draft in every state, built once and copied for each test, and the desk over it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from app.models.content import Block, BlockKind, Content, Declarations, Picture, Variant
from app.models.draft import Draft
from app.models.review import Verdict
from app.models.right import Role
from app.models.staff import RoleLimit
from app.services.office import Services
from app.services.publications import PublicationEntry
from app.storage.unit_of_work import Store
from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.tasks import Tasks
from tests.services.office import PASSCODE, Office, SetClock
from tests.services.pictures import png
from tests.ui.conftest import Script

BODY = "请先开窗、关阀，到室外拨打抢修电话。"
LINK = "https://mp.example.cn/s/1"
T = TypeVar("T", bound=QWidget)


@dataclass(frozen=True)
class Worked:
    """A finished data folder: the drafts by the name of their state, the scans beside it, and the time it ends at."""

    folder: Path
    now: datetime
    ids: dict[str, str]
    scans: dict[str, Path]


def two_accounts(office: Office, title: str) -> Content:
    """A content for both accounts, with a picture and a table, and a text of its own for the second."""
    first, second = office.account_ids()
    office.sign_in("林晓")
    picture = office.services.drafts.keep_file(png(60, 40))
    return Content(
        title=title,
        summary="网格员本周入户检查。",
        blocks=(
            Block(BlockKind.HEADING, "一、时间", 1),
            Block(BlockKind.PARAGRAPH, BODY),
            Block(BlockKind.PICTURE, picture=Picture(picture, "现场.png", "检查现场", "自行拍摄")),
            Block(BlockKind.TABLE, rows=(("街道", "电话"), ("茶园", "87654321"))),
        ),
        account_ids=(first, second),
        variants=(Variant(second, "敲门行动", (Block(BlockKind.PARAGRAPH, "请您开门配合。"),)),),
        declarations=Declarations(no_secrets=True),
    )


@cache
def worked(folder: Path) -> Worked:
    """Build the office once a session."""
    folder.mkdir()
    clock = SetClock()
    office = Office(folder / "data", clock).open()
    ids: dict[str, str] = {}
    scans: dict[str, Path] = {}

    def put(name: str, draft: Draft) -> Draft:
        ids[name] = draft.id
        clock.forward(hours=2)
        return draft

    published = put("published", office.approved(office.content("已经发布的一件")))
    services = office.sign_in("陈账")
    services.publications.record(published.id, PublicationEntry(office.account_ids()[0], clock.now, "", BODY))
    put("approved", office.approved(two_accounts(office, "批准了的一件")))
    publishing = put("publishing", office.approved(two_accounts(office, "发了一半的一件")))
    services = office.sign_in("陈账")
    services.publications.record(publishing.id, PublicationEntry(office.account_ids()[0], clock.now, LINK))
    clock.forward(days=1)
    returned = put("returned", office.submitted(office.content("退回的一件")))
    services = office.sign_in("陈账")
    step = services.drafts.view(returned.id).steps[0]
    services.reviews.register_paper(returned.id, 1, (office.signed(step, Verdict.RETURN, "请核实数字"),), office.scan())
    withdrawn = put("withdrawn", office.submitted(office.content("撤回的一件")))
    office.sign_in("林晓").drafts.withdraw(withdrawn.id)
    void = put("void", office.submitted(office.content("作废的一件")))
    services = office.sign_in("林晓")
    services.drafts.withdraw(void.id)
    services.drafts.void(void.id, "重复了")
    revised = put("revised", office.submitted(office.content("改过一稿的一件")))
    scans["stale"] = _scan(folder / "stale.jpg", office.services, revised.id)
    office.sign_in("林晓").drafts.revise(revised.id)
    services.drafts.submit(revised.id, services.drafts.view(revised.id).draft.version)
    half = put("half", office.submitted(office.content("初审过了的一件")))
    services = office.sign_in("陈账")
    step = services.drafts.view(half.id).steps[0]
    services.reviews.register_paper(half.id, 1, (office.signed(step),), office.scan())
    fresh = put("fresh", office.submitted(two_accounts(office, "等待初审的一件")))
    scans["signed"] = _scan(folder / "signed.jpg", office.services, fresh.id)
    scans["half"] = _scan(folder / "half.jpg", office.services, half.id)
    scans["blank"] = folder / "blank.jpg"
    Image.new("RGB", (900, 1270), "white").save(scans["blank"], quality=60)
    own = office.content("账号管理员自己的一件")
    put("own", office.submitted(own, author="陈账"))
    services = office.sign_in("林晓")
    put("writing", services.drafts.start(replace(office.content("写到一半的一件"), title="写到一半的一件")))
    services.sign_in.sign_out()
    return Worked(office.folder, clock.now, ids, scans)


def _scan(path: Path, services: Services, draft_id: str) -> Path:
    """Sign page 1 of a review sheet and photograph it."""
    sheet = services.papers.review_sheet(draft_id)
    document = pypdfium2.PdfDocument(sheet.data)
    image = document[0].render(scale=2).to_pil().convert("RGB")
    document.close()
    ImageDraw.Draw(image).line([(300, 700), (420, 690), (380, 720)], fill=(20, 40, 140), width=3)
    image.save(path, quality=70)
    return path


@dataclass
class Bench:
    """A copy of the office with somebody at its desk."""

    office: Office
    desk: Desk
    dialogs: Script
    worked: Worked
    opened: list[str] = field(default_factory=list)

    @property
    def services(self) -> Services:
        return self.office.services

    @property
    def ids(self) -> dict[str, str]:
        return self.worked.ids

    def sit(self, name: str) -> "Bench":
        """Let somebody sit down at the desk."""
        self.office.sign_in(name)
        self.desk.actor = self.services.staff.actor()
        return self

    def limit(self, name: str, role: Role, *account_ids: str) -> None:
        """Let somebody hold one role for some accounts alone, and sit down."""
        person = self.office.person(name).id
        staff = self.office.sign_in("许管").staff
        staff.set_roles(person, frozenset({role}), "分工", PASSCODE, (RoleLimit(role, account_ids),))
        self.sit(name)

    def settle(self) -> None:
        """Wait until every answer has come home, those that ask again too, and every layout has followed."""
        for _round in range(6):
            assert self.desk.tasks.wait_idle(20_000)
            # A text that grew is made room for from the inside outwards, one layout an event.
            for _layout in range(4):
                QApplication.processEvents()
            if self.desk.tasks.idle:
                return

    def one(self, kind: type[T]) -> T:
        """Return the only open window of a kind."""
        self.settle()
        [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
        return found

    def none(self, kind: type[QWidget]) -> bool:
        """Say whether no window of a kind is open."""
        self.settle()
        return not [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    def shown(self, dialog: T) -> T:
        """Open a dialog and wait until it has read what it shows."""
        assert isinstance(dialog, QDialog)
        dialog.open()
        self.settle()
        return dialog

    def audit(self, action: str) -> int:
        """Count the entries of an act in the chain."""
        with Store(self.office.folder, self.office.clock).reading() as unit:
            return sum(entry.action == action for entry in unit.audit.entries())


def next_by_tab(field: QWidget) -> QWidget:
    """Return the widget that Tab leads to."""
    following = field.nextInFocusChain()
    while following is not None and not (following.isVisible() and following.focusPolicy() & Qt.FocusPolicy.TabFocus):
        following = following.nextInFocusChain()
    assert following is not None
    return following


def click(widget: QWidget, words: str) -> None:
    """Click the visible button that says some words."""
    [button] = [b for b in widget.findChildren(QPushButton) if b.isVisible() and b.text() == words]
    assert button.isEnabled(), f"{words} is closed: {button.toolTip()}"
    button.click()


@pytest.fixture
def bench(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, tasks: Tasks, dialogs: Script) -> Iterator[Bench]:
    """Return a desk over a copy of the office with a draft in every state; 陈账 sits at it."""
    ready = worked(tmp_path_factory.getbasetemp() / "worked")
    folder = tmp_path / "data"
    shutil.copytree(ready.folder, folder)
    clock = SetClock(ready.now)
    office = Office(folder, clock)
    desk = Desk(office.services, tasks, Changes(), dialogs, now=lambda: clock.now)
    made = Bench(office, desk, dialogs, ready)
    desk.open = made.opened.append
    made.sit("陈账")
    yield made
    tasks.wait_idle()
    for window in QApplication.topLevelWidgets():
        # Left to Python, a dialog would go whenever rubbish is collected, in whatever thread that is.
        if isinstance(window, QDialog):
            window.close()
            window.deleteLater()
    tasks.wait_idle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not dialogs.answers, "a question was expected and never asked"


__all__ = ["BODY", "LINK", "PASSCODE", "Bench", "bench", "click", "next_by_tab", "two_accounts", "worked"]
