"""密码交接 in the window: from what a leaver keeps to the signed slip."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.models.custody_handover import HandoverState
from app.services.scans import ScanOutcome
from app.ui.changes import Changes
from app.ui.custody.begin_handover_dialog import BeginHandoverDialog
from app.ui.custody.custody_handover_dialog import CustodyHandoverDialog, SignHandoverDialog, sign_handover
from app.ui.custody.handover_list import HandoverListDialog
from app.ui.desk import Desk
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.settings.people_section import PeopleSection
from app.ui.settings.person_dialog import PersonDialog
from app.ui.tasks import Tasks
from tests.services.office import PASSCODE, SetClock
from tests.services.test_custody import kept
from tests.services.test_custody_handovers import HandingOver
from tests.ui.conftest import Script

Window = TypeVar("Window", bound=QDialog)
Show = Callable[..., None]


def dialog_of(kind: type[Window]) -> Window:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    return found


def picture(dialog: QDialog, name: str) -> None:
    if folder := os.environ.get("XIANSHEN_PICTURES"):
        QApplication.processEvents()
        dialog.grab().save(f"{folder}/{name}.png")


@pytest.fixture(scope="session")
def made_safe(tmp_path_factory: pytest.TempPathFactory) -> HandingOver:
    made = HandingOver(tmp_path_factory.mktemp("handing") / "records")
    made.open()
    kept(made)
    made.charged()
    made.services.sign_in.sign_out()
    return made


class Bench:
    """The office with a desk; the envelopes stay those of the office that was set up."""

    def __init__(self, safe: HandingOver, desk: Desk, script: Script) -> None:
        self.safe, self.desk, self.script = safe, desk, script

    def sit(self, name: str) -> None:
        self.safe.sign_in(name)
        self.desk.actor = self.safe.services.staff.actor()

    def settle(self) -> None:
        self.desk.tasks.wait_idle()


@pytest.fixture
def bench(made_safe: HandingOver, tmp_path: Path, tasks: Tasks, dialogs: Script) -> Iterator[Bench]:
    shutil.copytree(made_safe.folder, tmp_path / "records")
    safe = HandingOver(tmp_path / "records", SetClock(made_safe.clock.now))
    safe.store.__dict__.update({k: dict(v) if isinstance(v, dict) else v for k, v in vars(made_safe.store).items()})
    desk = Desk(services=safe.services, tasks=tasks, changes=Changes(), dialogs=dialogs, now=safe.clock)
    made = Bench(safe, desk, dialogs)
    made.sit("陈账")
    yield made
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.done(0)


def test_from_the_list_a_hand_over_is_begun_ticked_printed_and_signed(bench: Bench, show: Show) -> None:
    section = PeopleSection(bench.desk)
    show(section)
    section.refresh()
    bench.settle()
    section.hand_over()
    bench.settle()
    listed = dialog_of(HandoverListDialog)
    picture(listed, "list-empty")
    listed.act_button.click()
    begin = dialog_of(BeginHandoverDialog)
    giver, receiver, witness = bench.safe.three()
    for field, who in ((begin.giver, giver), (begin.receiver, receiver), (begin.witness, witness)):
        field.setCurrentIndex(field.findData(who))
    bench.settle()
    picture(begin, "begin")
    begin.act_button.click()
    bench.settle()
    [line] = listed.lines
    credential = bench.safe.services.custody.lines()[0].credential
    listed.open_button.click()
    dialog = dialog_of(CustodyHandoverDialog)
    picture(dialog, "unchanged")
    [row] = dialog.rows
    assert not row.password.isEnabled()
    assert "还没有改过" in row.why.text()
    dialog.reject()
    bench.safe.sealed_anew(credential)
    listed.refresh()
    bench.settle()
    listed.open_button.click()
    dialog = dialog_of(CustodyHandoverDialog)
    [row] = dialog.rows
    row.binding.setChecked(True)
    dialog.act_button.click()
    bench.settle()
    assert "密码已改" in dialog.notice.text
    row.password.setChecked(True)
    picture(dialog, "ticked")
    dialog.act_button.click()
    bench.settle()
    dialog_of(PreviewDialog).accept()
    assert [one.handover.state for one in listed.lines] == [HandoverState.WAITING]
    picture(listed, "list")
    listed.open_button.click()
    dialog = dialog_of(CustodyHandoverDialog)
    picture(dialog, "waiting")
    dialog.act_button.click()
    sign = dialog_of(SignHandoverDialog)
    sign.take(bench.safe.scan())
    picture(sign, "sign")
    sign.act_button.click()
    bench.settle()
    assert [one.handover.state for one in listed.lines] == [HandoverState.DONE]
    assert line.handover.from_person_id == giver


def test_a_leavers_dialog_names_what_is_kept_and_opens_the_hand_over(bench: Bench, show: Show) -> None:
    bench.sit("许管")
    section = PeopleSection(bench.desk)
    show(section)
    section.refresh()
    bench.settle()
    line = next(one for one in section.lines if one.person.name == "贺甲")
    section.table.selectRow(section.lines.index(line))
    section.change()
    bench.settle()
    dialog = dialog_of(PersonDialog)
    assert "离岗以前要先移交" in dialog.keeping.text
    assert "微博“晋安示例发布”（登记的保管人、打得开密码）" in dialog.keeping.text
    picture(dialog, "person")
    dialog.basis.setText("调离")
    bench.script.answers.append(PASSCODE)
    dialog.leave()
    bench.settle()
    assert "还保管着密码" in dialog.notice.text
    picture(dialog, "refused")
    dialog.keeping.begin_button.click()
    bench.settle()
    assert not dialog_of(HandoverListDialog).act_button.isEnabled()


def test_who_keeps_nothing_sees_no_list(bench: Bench, show: Show) -> None:
    bench.sit("许管")
    section = PeopleSection(bench.desk)
    show(section)
    section.refresh()
    bench.settle()
    line = next(one for one in section.lines if one.person.name == "林晓")
    section.table.selectRow(section.lines.index(line))
    section.change()
    bench.settle()
    assert not dialog_of(PersonDialog).keeping.isVisible()


def test_a_dropped_slip_is_registered_where_it_is_recognised(bench: Bench, show: Show) -> None:
    section = PeopleSection(bench.desk)
    show(section)
    begun = bench.safe.begun()
    credential = bench.safe.services.custody.lines()[0].credential
    bench.safe.sealed_anew(credential)
    waiting = bench.safe.services.handovers.present(bench.safe.ticked(begun).id)
    path = bench.safe.printed(bench.safe.services.handovers.slip(waiting.id))
    [match] = bench.safe.services.scans.examine(path)
    assert match.outcome is ScanOutcome.ACCOUNT_PAPER
    done: list[bool] = []
    sign_handover(bench.desk, section, match.handover_id, (path,), lambda: done.append(True))
    bench.settle()
    dialog_of(SignHandoverDialog).act_button.click()
    bench.settle()
    assert done == [True]
    assert bench.safe.services.handovers.line(waiting.id).handover.state is HandoverState.DONE
