"""换保管人: seal a kept password to others, as a hand-over asks; the password itself stays (article 6)."""

from PySide6.QtWidgets import QWidget

from app.errors import AppError, MissingFieldError
from app.models.credential import Credential
from app.models.person_names import told_apart
from app.models.staff import Person
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.widgets.elided_combo import ElidedCombo
from app.ui.widgets.form_grid import FormGrid

_NOTE = "交接时先把接收人列进来，去掉移交人；接收人再在平台上改密码，登记新密码。"


class CustodiansDialog(FormDialog):
    """Names one or two custodians; who does it opens the own envelope for it."""

    def __init__(self, desk: Desk, parent: QWidget, caption: str, credential: Credential, people: tuple[Person, ...]):
        super().__init__(desk, parent, "换保管人", f"{caption}换保管人", "重新封装", width=480)
        self._credential_id = credential.id
        self.first, self.second = ElidedCombo(), ElidedCombo()
        self.second.addItem("（没有）", "")
        for person_id, name in told_apart(people).items():
            for field in (self.first, self.second):
                field.addItem(name, person_id)
        held = [one.person_id for one in credential.envelopes]
        for field, who in zip((self.first, self.second), (*held, "", "")[:2], strict=True):
            field.setCurrentIndex(field.findData(who))
        form = FormGrid()
        form.add("保管人", self.first, needed=True)
        form.add("另一位保管人", self.second, _NOTE)
        self.act_button.clicked.connect(self.seal)
        self.lay_out(form, self.notice)

    def seal(self) -> None:
        """Seal it to them, with the own passcode."""
        chosen = (self.first.currentData() or "", self.second.currentData() or "")
        people = tuple(dict.fromkeys(who for who in chosen if who))
        if not people:
            self.refused(MissingFieldError("custodians"))
            return
        passcode = self._desk.dialogs.ask_passcode(self, "换保管人", "您的口令", yes="重新封装")
        if passcode is None:
            return
        custody, key = self._desk.services.custody, self._credential_id
        self.act_button.setEnabled(False)

        def failed(error: AppError) -> bool:
            self.act_button.setEnabled(True)
            return self.refused(error)

        def job() -> Credential:
            return custody.seal_again(key, people, passcode)

        self._desk.tasks.run(self, job, lambda _done: self.done_with("passwords", "accounts"), failed, lane="files")
