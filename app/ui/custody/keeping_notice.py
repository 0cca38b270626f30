"""What somebody has to hand over before leaving, and the way to it (article 6)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.models.keeping import Keeping
from app.ui.custody.handover_list import HandoverListDialog
from app.ui.custody.keeping_words import keeping_lines
from app.ui.desk import Desk
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.fitting_size import grow_to_words


class KeepingNotice(Banner):
    """Hidden as long as a person keeps nothing."""

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk, self._person_id = desk, person_id
        self.begin_button = self.offer("办理密码交接……", self.hand_over)
        self.begin_button.setAutoDefault(False)
        self.say("")
        if person_id:
            desk.changes.changed.connect(self._told)
            self.refresh()

    def _told(self, _kinds: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read again what the person keeps."""
        handovers, who = self._desk.services.handovers, self._person_id
        self._desk.tasks.run(self, lambda: handovers.keeping(who), self._show, topic="keeping")

    def _show(self, keeping: Keeping) -> None:
        lines = keeping_lines(keeping)
        first = "离岗以前要先移交：" if keeping.accounts else "离岗以前："
        self.say(f"{first}\n{lines}" if lines else "", Tone.WARNING)
        self.begin_button.setVisible(bool(keeping.accounts))
        window = self.window()
        if isinstance(window, QDialog):
            grow_to_words(window)

    def hand_over(self) -> None:
        """Open the hand-over of this person."""
        dialog = HandoverListDialog(self._desk, self, self._person_id)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
