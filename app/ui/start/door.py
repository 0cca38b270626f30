"""From a data folder to somebody signed in: welcome, wizard, slips, sign-in, passcode, lock."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import AppError, DatabaseDamagedError, DatabaseMissingError, SetupNeededError
from app.ui.start.restore_way import RestoreWay
from app.ui.start.sign_in_page import SignInPage

if TYPE_CHECKING:
    from app.models.records import Settings
    from app.models.staff import Actor, Unit
    from app.services.code_desk import OneTimeCode
    from app.services.office import Services
    from app.services.sign_in import SignedIn
    from app.ui.desk import Desk
    from app.ui.opening import Held, Opening

T = TypeVar("T")


@dataclass(frozen=True)
class Threshold:
    """What is read of a data folder before anybody signs in."""

    services: Services
    unit: Unit | None
    called: dict[str, str]
    settings: Settings
    supervisor: str

    @property
    def names(self) -> tuple[str, ...]:
        """How those who sign in are called."""
        return tuple(self.called.values())


def read_threshold(services: Services) -> Threshold:
    """Read what the door shows; without a unit only what the wizard needs."""
    sign = services.door.look()
    supervisor = services.setup.default_supervisor() if sign.unit is None else ""
    return Threshold(services, sign.unit, sign.called, sign.settings, supervisor)


def make_sample(opening: Opening) -> None:
    """Make the made-up records if there are none, beside their place first: half of them is never shown."""
    folder = opening.sample_folder
    if not folder.exists():
        half = folder.with_name(f"{folder.name}.partial")
        if half.exists():
            shutil.rmtree(half)
        opening.create_sample(half)
        half.rename(folder)


class Door(QObject):
    """Shows one step at a time in a stack; `entered` tells that somebody is in, `opened` that a folder is."""

    entered = Signal(object)
    opened = Signal(object)
    quit_asked = Signal()

    def __init__(self, desk: Desk, stack: QStackedWidget, opening: Opening, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._stack, self._opening = desk, stack, opening
        self.folder = opening.folder
        self.threshold: Threshold | None = None
        self.last_name = ""
        self._step: QWidget | None = None
        self._early: SignInPage | None = None
        self._held: Held | None = None
        self._held_folder: Path | None = None
        self._restore: RestoreWay | None = None
        if opening.restoring is not None:
            self._restore = RestoreWay(desk, self, opening.folder, opening.restoring)

    @property
    def step(self) -> QWidget | None:
        """What stands in the door now."""
        return self._step

    @property
    def unsaved(self) -> bool:
        """Whether a wizard or codes would be lost by going away."""
        return bool(getattr(self._step, "unsaved", False))

    def open_folder(self, folder: Path) -> None:
        """Open a data folder in its lane and go on with what it holds."""
        self.folder = folder
        self._ask(lambda: self._read_folder(folder))

    def open_sample(self) -> None:
        """Open the made-up records, made first if there are none."""
        folder = self._opening.sample_folder
        say = getattr(self._step, "say_working", None)
        if callable(say):
            say("正在准备示例数据，大约需要半分钟……")
        self.folder = folder

        def read() -> Threshold:
            make_sample(self._opening)
            return self._read_folder(folder)

        self._ask(read)

    def show_sign_in(self, name: str = "", notice: str = "", *, only: bool = False) -> SignInPage:
        """Ask who is there; the names are read anew, since somebody may have come or gone."""
        threshold = self.threshold
        if threshold is None or threshold.unit is None:
            raise SetupNeededError
        unit = threshold.unit
        page = self._sign_in_page(unit.short_name or unit.name, threshold.names, sample=unit.sample)
        page.welcome(name or self.last_name, notice, only=only)
        return page

    def show_remembered(self, unit: str, *, sample: bool) -> None:
        """Show the sign-in page as it stood last time, while the records are still being opened."""
        page = self._sign_in_page(unit, (self.last_name,) if self.last_name else (), sample=sample)
        page.wait_for_records()
        page.welcome(self.last_name)
        self._early = page

    def _sign_in_page(self, unit: str, names: tuple[str, ...], *, sample: bool) -> SignInPage:
        page = SignInPage(self._desk, unit, names, sample=sample)
        page.signed_in.connect(self._signed_in)
        page.choice_needed.connect(self.show_choice)
        page.forgotten.connect(self.show_forgotten)
        page.leave_sample.connect(lambda: self.open_folder(self._opening.folder))
        self.show_step(page)
        return page

    def name_of(self, actor: Actor) -> str:
        """Return how the list at the door calls somebody; the name alone may be a namesake's as well."""
        called = self.threshold.called if self.threshold is not None else {}
        return called.get(actor.person_id, actor.name)

    def read_again(self, then: Callable[[], object]) -> None:
        """Read the threshold again, e.g. after somebody signed out, and go on."""
        assert self.threshold is not None
        services = self.threshold.services

        def keep(threshold: Threshold) -> None:
            self.threshold = threshold
            then()

        self._desk.tasks.run(self, lambda: read_threshold(services), keep)

    def show_choice(self, name: str, code: str, longer: bool = False) -> None:
        """Let somebody with a one-time code choose a passcode, or a `longer` one with the old."""
        from app.ui.start.passcode_page import PasscodePage

        page = PasscodePage(self._desk, name, code, longer=longer)
        page.signed_in.connect(self._signed_in)
        page.cancelled.connect(lambda: self.show_sign_in(name))
        self.show_step(page)

    def show_forgotten(self, name: str) -> None:
        """Explain the ways in without a passcode."""
        from app.ui.start.forgotten_page import ForgottenPage

        page = ForgottenPage(self._desk, name)
        page.back.connect(lambda: self.show_sign_in(name))
        page.recovered.connect(self._recovered)
        self.show_step(page)

    def show_restore(self) -> None:
        """Show the way to restore a backup, where there is one."""
        if self._restore is not None:
            self._restore.begin()

    def show_wizard(self) -> None:
        """Begin the first set-up."""
        from app.ui.start.setup_wizard import SetupWizard

        assert self.threshold is not None
        wizard = SetupWizard(self._desk, self.threshold.supervisor)
        wizard.written.connect(self._set_up)
        wizard.cancelled.connect(self._leave_wizard)
        self.show_step(wizard)

    def show_slips(self, codes: tuple[OneTimeCode, ...], name: str = "") -> None:
        """Show the codes that were just drawn."""
        from app.ui.start.slips_page import SlipsPage

        page = SlipsPage(self._desk, codes)
        page.finished.connect(lambda: self.show_sign_in(name))
        self.show_step(page)

    def let_go(self) -> None:
        """Give the data folder back."""
        if self._held is not None:
            self._held.release()
            self._held, self._held_folder = None, None

    def _read_folder(self, folder: Path) -> Threshold:
        """Open a folder in its lane and become its only window."""
        services = self._opening.open_services(folder)
        if self._opening.hold is not None and self._held_folder != folder:
            held = self._opening.hold(folder)
            self.let_go()
            self._held, self._held_folder = held, folder
            services.door.tidy()
        return read_threshold(services)

    def _ask(self, read: Callable[[], Threshold]) -> None:
        self._desk.tasks.run(self, read, self._read, self._cannot_open)

    def reopen(self, folder: Path, look: Callable[[Threshold], T], then: Callable[[T], None]) -> None:
        """Open a folder that has just been restored, and look at something in it in the same breath."""
        self.folder = folder
        self._desk.tasks.run(self, lambda: look(self._read_folder(folder)), then, self._cannot_open)

    def take(self, threshold: Threshold) -> None:
        """Go on with the records of a folder that was opened."""
        self.threshold = threshold
        self._desk.services = threshold.services
        self.opened.emit(threshold)

    def _read(self, threshold: Threshold) -> None:
        early, self._early = self._early, None
        self.take(threshold)
        unit = threshold.unit
        if unit is None:
            self._show_welcome()
        elif early is not None and early is self._step and early.sample is unit.sample:
            early.records_open(unit.short_name or unit.name, threshold.names)
        else:
            self.show_sign_in()

    def _show_welcome(self) -> None:
        from app.ui.start.welcome_page import WelcomePage

        page = WelcomePage(str(self.folder), restores=self._restore is not None)
        page.setup_asked.connect(self.show_wizard)
        if self._restore is not None:
            page.restore_asked.connect(self._restore.begin)
        page.sample_asked.connect(self.open_sample)
        self.show_step(page)

    def _leave_wizard(self) -> None:
        if not self.unsaved or self._desk.dialogs.ask(
            self._step, "离开设置？", "已填写的内容还没有写入，离开后要重新填写。", "离开", "继续设置", danger=True
        ):
            self._show_welcome()

    def _set_up(self, codes: tuple[OneTimeCode, ...]) -> None:
        self.read_again(lambda: self.show_slips(codes))

    def _recovered(self, name: str, drawn: tuple[OneTimeCode, OneTimeCode]) -> None:
        self.show_slips(drawn, name)

    def _cannot_open(self, error: AppError) -> None:
        from app.messages import explain
        from app.ui.start.welcome_page import TroublePage

        sentence = explain(error)
        lost = isinstance(error, (DatabaseDamagedError, DatabaseMissingError))
        restore = self._restore if lost and self.folder == self._opening.folder else None
        page = TroublePage(sentence.what, sentence.todo, str(self.folder), restores=restore is not None)
        if restore is not None:
            page.restore_asked.connect(restore.begin)
        folder = self.folder
        page.again.connect(lambda: self.open_folder(folder))
        page.quit_asked.connect(self.quit_asked)
        self.show_step(page)

    def _signed_in(self, result: SignedIn) -> None:
        self.last_name = self.name_of(result.actor)
        self.entered.emit(result)

    def show_step(self, step: QWidget) -> None:
        """Put a step into the door in the place of the one before."""
        old, self._step = self._step, step
        self._stack.addWidget(step)
        self._stack.setCurrentWidget(step)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def clear(self) -> None:
        """Take the step away once somebody is in."""
        if self._step is not None:
            self._stack.removeWidget(self._step)
            self._step.deleteLater()
            self._step = None
