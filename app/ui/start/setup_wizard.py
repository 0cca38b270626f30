"""The first set-up: five quiet steps that can go back with nothing lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.messages import explain
from app.services.code_desk import OneTimeCode
from app.services.setup import SetupPlan
from app.ui.desk import Desk
from app.ui.start.accounts_step import AccountsStep
from app.ui.start.check_step import CheckStep
from app.ui.start.people_step import PeopleStep
from app.ui.start.step_frame import StepFrame
from app.ui.start.unit_step import UnitStep
from app.ui.start.wizard_step import WizardStep
from app.ui.tokens import Tone


class SetupWizard(StepFrame):
    """Gathers the plan; `written` carries the codes, `cancelled` goes back to the welcome."""

    written = Signal(tuple)

    def __init__(self, desk: Desk, supervisor: str, parent: QWidget | None = None) -> None:
        self._desk = desk
        self.unit_step, self.people_step = UnitStep(supervisor), PeopleStep()
        self.accounts_step, self.check_step = AccountsStep(), CheckStep()
        steps = (self.unit_step, self.people_step, self.accounts_step, self.check_step)
        super().__init__(steps, ("口令单",), "完成设置", parent)

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is written nowhere yet."""
        return self._touched

    def plan(self) -> SetupPlan:
        """Return everything as typed."""
        return SetupPlan(
            unit=self.unit_step.plan(),
            people=self.people_step.plans(),
            accounts=self.accounts_step.plans(),
            second_person=self.people_step.second_person(),
        )

    def arrive(self, step: WizardStep) -> None:
        """Show everything that was typed before it is written."""
        if step is self.check_step:
            self.check_step.show_plan(self.plan())

    def finish(self) -> None:
        """Write the plan."""
        plan = self.plan()
        self.set_busy(True, "正在写入并生成口令……")
        self._desk.tasks.run(self, lambda: self._desk.services.setup.run(plan), self._written, self._refused)

    def _written(self, codes: tuple[OneTimeCode, ...]) -> None:
        self._touched = False
        self.set_busy(False)
        self.written.emit(codes)

    def _refused(self, error: AppError) -> None:
        self.set_busy(False)
        self.note.say(str(explain(error)), Tone.DANGER)
