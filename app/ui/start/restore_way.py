"""The way through a restore: the wizard, the result, the numbers on paper, the sign-in page of what came back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from app.models.backup import RestoredFacts
    from app.services.backup_desk import LackingFile
    from app.services.restoring import RestoreReport, Restoring
    from app.ui.desk import Desk
    from app.ui.start.door import Door, Threshold


@dataclass(frozen=True)
class _Reopened:
    """What is read of the restored folder."""

    threshold: Threshold
    lacking: tuple[LackingFile, ...]
    pending: RestoredFacts | None


class RestoreWay(QObject):
    """Leads through a restore; wrong passcodes are counted as long as the window is open."""

    def __init__(self, desk: Desk, door: Door, usual: Path, open_restoring: Callable[[], Restoring]) -> None:
        super().__init__(door)
        self._desk, self._door, self._usual, self._open = desk, door, usual, open_restoring
        self._restoring: Restoring | None = None

    def begin(self) -> None:
        """Show the first step; a folder with records in it is never restored into."""
        restoring = self._restoring = self._restoring or self._open()
        usual = self._usual
        self._desk.tasks.run(
            self, lambda: restoring.target_beside(usual), lambda target: self._show_wizard(restoring, target)
        )

    def _show_wizard(self, restoring: Restoring, target: Path) -> None:
        from app.ui.start.restore_wizard import RestoreWizard

        wizard = RestoreWizard(self._desk, restoring, target, self._usual if target != self._usual else None)
        wizard.beginning.connect(self._make_way)
        wizard.restored.connect(self._restored)
        wizard.cancelled.connect(lambda: self._door.open_folder(self._usual))
        self._door.show_step(wizard)

    def _make_way(self, target: Path) -> None:
        # The records of another folder stay this window's alone until the restored ones are open.
        if target == self._usual:
            self._door.let_go()

    def _restored(self, report: RestoreReport) -> None:
        missing = report.snapshot.missing

        def look(threshold: Threshold) -> _Reopened:
            services = threshold.services
            return _Reopened(threshold, services.backups.lacking(missing), services.lost_span.pending())

        self._door.reopen(report.folder, look, lambda told: self._show_result(report, told))

    def _show_result(self, report: RestoreReport, told: _Reopened) -> None:
        from app.ui.start.restored_page import RestoredPage

        self._door.take(told.threshold)
        page = RestoredPage(report, told.lacking, self._usual)
        page.go_on.connect(lambda: self._show_numbers(report, told.pending))
        self._door.show_step(page)

    def _show_numbers(self, report: RestoreReport, facts: RestoredFacts | None) -> None:
        from app.ui.start.restored_page import PaperNumbersPage

        if facts is None:
            self._door.show_sign_in()
            return
        page = PaperNumbersPage(self._desk, report, facts)
        page.finished.connect(lambda: self._door.show_sign_in(report.administrator.name))
        self._door.show_step(page)
