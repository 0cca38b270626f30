"""The change application: what changes, before beside after, why, and what the public is told (article 7)."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from app.labels import label
from app.models.account_application import (
    ANNOUNCED_FIELDS,
    Announcement,
    Application,
    ApplicationKind,
    ApplicationText,
    ChangeLine,
)
from app.models.account_change import field_text
from app.services.account_desk import AccountChoices, AccountView
from app.ui.accounts.announcement_field import AnnouncementField
from app.ui.accounts.application_dialog import ApplicationDialog
from app.ui.accounts.change_editors import CHANGEABLE, changed_words, edited_text, editor_of
from app.ui.accounts.people_field import PeopleField
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.widgets.banner import Banner
from app.ui.widgets.day_or_none import DayOrNone
from app.ui.widgets.detail_section import wrapped
from app.ui.widgets.fitting_size import fit_to_screen
from app.ui.widgets.form_grid import FormGrid


class ChangeDialog(ApplicationDialog):
    """One line for each thing that is ticked."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None,
        view: AccountView,
        choices: AccountChoices,
        paper: Application | None = None,
    ) -> None:
        super().__init__(desk, parent, view, ApplicationKind.CHANGE, "申请变更", paper, width=680)
        wanted = {line.field: line.after for line in self.before.changes}
        operators = {one.id: one.name for one in choices.operators}
        self.fields = {field: field_text(view.account, field) for field in CHANGEABLE}
        self.ticks = {field: QCheckBox(label(field)) for field in CHANGEABLE}
        self.editors = {field: editor_of(field, wanted.get(field, self.fields[field]), choices) for field in CHANGEABLE}
        self.former = {
            field: wrapped(changed_words(field, text, view.names, operators), "muted")
            for field, text in self.fields.items()
        }
        self.wanted_on = DayOrNone("已定", self.before.wanted_on, self.today)
        self.public = Banner()
        self.announcement = AnnouncementField(self.before.announcement, self.today)
        self.form = FormGrid()
        self.form.add("原因", self.reason, "例如机构改革、人员调整。", needed=True)
        self.form.add("依据", self.basis, "文件名称和文号，没有可以不填。")
        self.form.add("拟变更日期", self.wanted_on)
        self.form.add_wide(self.own_form)
        self.lay_out(self._choices(), self._lines(), self.public, self.announcement, self.form, self.notice)
        for field, tick in self.ticks.items():
            tick.setChecked(field in wanted)
            tick.toggled.connect(lambda _on: self._follow())
        self._follow()
        fit_to_screen(self, 740, 460)
        next(iter(self.ticks.values())).setFocus()
        self.remember(
            f"{self.about} change",
            *self.ticks.values(),
            *self.editors.values(),
            *(self.reason, self.basis, self.wanted_on, self.announcement, self.own_form),
        )

    def _choices(self) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.addWidget(QLabel("变更哪些事项"), 0, 0, 1, 4)
        for place, tick in enumerate(self.ticks.values()):
            grid.addWidget(tick, 1 + place // 4, place % 4)
        return part

    def _lines(self) -> QWidget:
        self.lines = QWidget()
        grid = QGridLayout(self.lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 5)
        for column, words in ((1, "变更前"), (2, "变更后")):
            heading = QLabel(words)
            set_role(heading, role="strong")
            grid.addWidget(heading, 0, column)
        self.captions: dict[object, QLabel] = {}
        for place, (field, editor) in enumerate(self.editors.items()):
            row = 1 + 2 * place
            caption, former = wrapped(label(field), "muted"), self.former[field]
            self.captions[field] = caption
            if not editor.accessibleName():
                editor.setAccessibleName(f"变更后的{label(field)}")
            for part in (caption, former):
                part.setContentsMargins(0, px(7), 0, 0)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            # People need the whole breadth, so what they are to be stands below what they were.
            people = isinstance(editor, PeopleField)
            grid.addWidget(former, row, 1, 1, 2 if people else 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(editor, *((row + 1, 1, 1, 2) if people else (row, 2, 1, 1)))
        return self.lines

    def _follow(self) -> None:
        """Show a line for each thing that is ticked, and the announcement where one is asked for."""
        ticked = {field for field, tick in self.ticks.items() if tick.isChecked()}
        for field, editor in self.editors.items():
            for part in (self.captions[field], self.former[field], editor):
                part.setVisible(field in ticked)
        self.lines.setVisible(bool(ticked))
        told = sorted(label(field) for field in ticked & ANNOUNCED_FIELDS)
        self.public.say(f"变更{'、'.join(told)}要向社会公告（国办发〔2018〕123号）。" if told else "")
        self.announcement.setVisible(bool(told))

    def text(self) -> ApplicationText:
        """Return what the fields say; what is ticked and stays as it is is no change."""
        after = {field: edited_text(self.editors[field]) for field, tick in self.ticks.items() if tick.isChecked()}
        changes = tuple(
            ChangeLine(field, self.fields[field], text) for field, text in after.items() if text != self.fields[field]
        )
        announced = any(line.field in ANNOUNCED_FIELDS for line in changes)
        return replace(
            self.before,
            changes=changes,
            reason=self.reason.toPlainText().strip(),
            basis=self.basis.text().strip(),
            wanted_on=self.wanted_on.day,
            announcement=self.announcement.told if announced else Announcement(),
            own_form=self.own_form.isChecked(),
        )
