"""从备份恢复: where the backup lies, which day of it, and the two people who confirm; every step can go back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.messages import explain
from app.services.restoring import RestoreReport, Restoring
from app.ui.desk import Desk
from app.ui.start.backup_place_step import BackupPlaceStep
from app.ui.start.snapshot_step import SnapshotStep
from app.ui.start.step_frame import StepFrame
from app.ui.start.witness_step import WitnessStep
from app.ui.start.wizard_step import WizardStep
from app.ui.tokens import Tone


class RestoreWizard(StepFrame):
    """`beginning` tells which folder is about to be written, `restored` carries the report."""

    beginning = Signal(object)
    restored = Signal(object)

    def __init__(
        self, desk: Desk, restoring: Restoring, target: Path, occupied: Path | None, parent: QWidget | None = None
    ) -> None:
        """`occupied` is the folder of this start when it holds records already: another is restored into then."""
        self._desk, self._restoring = desk, restoring
        self.place_step = BackupPlaceStep(desk, restoring)
        self.snapshot_step = SnapshotStep(desk, restoring)
        self.witness_step = WitnessStep(desk, restoring, target, occupied)
        steps = (self.place_step, self.snapshot_step, self.witness_step)
        super().__init__(steps, ("结果", "编号"), "开始恢复", parent)

    def arrive(self, step: WizardStep) -> None:
        """Show the snapshots of the backup that was selected."""
        facts = self.place_step.facts
        if step is self.snapshot_step and facts is not None:
            self.snapshot_step.show_facts(facts)

    def finish(self) -> None:
        """Restore, under a dialog that can cancel it."""
        facts, snapshot = self.snapshot_step.facts, self.snapshot_step.snapshot
        if facts is None or snapshot is None:
            return
        target, (first, second) = self.witness_step.target, self.witness_step.witnesses()
        self.set_busy(True, "正在恢复……")
        self.beginning.emit(target)
        self._desk.tasks.run_with_progress(
            self,
            "正在从备份恢复",
            lambda report: self._restoring.restore(facts.folder, target, first, second, snapshot.name, report),
            self._done,
            self._refused,
        )

    def _done(self, report: RestoreReport) -> None:
        self.witness_step.forget()
        self.note.say("")
        self.restored.emit(report)

    def _refused(self, error: AppError) -> None:
        self.set_busy(False)
        self.witness_step.refused(error)
        self.note.say(self.witness_step.waiting or str(explain(error)), Tone.DANGER)
