"""限定账号或期限: for which accounts a role is held, from which day, and to which."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.labels import label, long_date
from app.models.account import Account
from app.models.right import Role, may_be_limited
from app.models.staff import RoleLimit
from app.ui.desk import Desk
from app.ui.form_dialog import LEFT_OVER, FormDialog
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.day_field import DayField
from app.ui.widgets.elided_check import ElidedCheck
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.upright_scroll import upright_scroll

_MANY = 4
KEPT_LIMITS = "role limits"


class RoleLimitDialog(FormDialog):
    """Changes the limits of the ticked roles; nothing is recorded before the person's own dialog is saved.

    Closed before it is settled, it shows the same the next time it is opened for the person that `about` names.
    `held` names since when a role is held already: what is changed about it counts from today.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        limits: Mapping[Role, RoleLimit],
        held: Mapping[Role, date],
        accounts: tuple[Account, ...],
        about: str = "",
    ) -> None:
        super().__init__(desk, parent, "限定账号或期限", "限定账号或期限", "确定", width=480)
        self.limits = dict(limits)
        # Roles that are to be held for some accounts of which none is ticked yet.
        self._unnamed: set[Role] = set()
        self._coming = {role for role, limit in limits.items() if limit.from_on is not None}
        self._held, self._today = held, desk.services.today.day()
        self._person, self._at_first = about, dict(limits)
        self._filling = True
        self.role = QComboBox()
        for role in self.limits:
            self.role.addItem(label(role), role.value)
        self.all_accounts, self.some_accounts = QRadioButton("全部账号"), QRadioButton("只限下面勾选的账号")
        self.accounts = {account.id: ElidedCheck(account.caption.replace("&", "&&")) for account in accounts}
        self.whole_unit = QLabel("这个角色管整个单位的事，不分账号。")
        set_role(self.whole_unit, role="small")
        self.from_on = DayField(self._today, first=self._today)
        self.from_on.setAccessibleName("开始日期")
        self.since = QLabel()
        set_role(self.since, role="small")
        self.ends, self.to_on = QCheckBox("有截止日期"), DayField(self._today, first=self._today)
        self.to_on.setAccessibleName("截止日期")
        self.lay_out(self._form(), self.notice)
        self._filling = False
        self.role.currentIndexChanged.connect(lambda _index: self._show())
        for tick in (self.all_accounts, self.some_accounts, self.ends, *self.accounts.values()):
            tick.toggled.connect(lambda _on: self._changed())
        for day in (self.from_on, self.to_on):
            day.dateChanged.connect(lambda _day: self._changed())
        self.act_button.clicked.connect(self.settle)
        self._put_back(desk.unfinished.take(KEPT_LIMITS, about))
        self._show()

    def _form(self) -> FormGrid:
        boxes = QWidget()
        column = QVBoxLayout(boxes)
        column.setContentsMargins(px(24), 0, 0, 0)
        column.setSpacing(px(2))
        for box in self.accounts.values():
            column.addWidget(box)
        self.account_list: QWidget = boxes
        if len(self.accounts) > _MANY:
            self.account_list = upright_scroll(boxes, frame=True)
            self.account_list.setMinimumHeight(px(96))
        which = QVBoxLayout()
        which.setSpacing(px(6))
        for part in (self.all_accounts, self.some_accounts, self.account_list, self.whole_unit):
            which.addWidget(part)
        end = QHBoxLayout()
        end.setSpacing(px(12))
        end.addWidget(self.ends)
        end.addWidget(self.to_on, 1)
        begin = QVBoxLayout()
        begin.addWidget(self.from_on)
        begin.addWidget(self.since)
        form = FormGrid()
        form.add("哪个角色", self.role)
        form.add("管哪些账号", which)
        form.add("从哪天起", begin)
        form.add("到哪天止", end)
        return form

    def _put_back(self, kept: tuple[Role, dict[Role, RoleLimit], set[Role]] | None) -> None:
        """Show what was chosen and not settled, as far as it is about roles that are ticked now."""
        if kept is None:
            return
        role, limits, unnamed = kept
        self.limits |= {other: limit for other, limit in limits.items() if other in self.limits}
        self._unnamed = unnamed & set(self.limits)
        if self.limits != self._at_first or self._unnamed:
            self.kept_notice.say(LEFT_OVER)
            self.role.setFocus()
        if role in self.limits:
            self.role.setCurrentIndex(self.role.findData(role.value))

    def _start_over(self) -> None:
        self.limits, self._unnamed = dict(self._at_first), set()
        self._show()
        super()._start_over()

    def done(self, result: int) -> None:
        """Keep what was chosen and not settled."""
        changed = {role: limit for role, limit in self.limits.items() if limit != self._at_first[role]}
        kept = (changed or self._unnamed) and result != QDialog.DialogCode.Accepted
        self._desk.unfinished.keep(
            KEPT_LIMITS, self._person, (self.chosen, changed, set(self._unnamed)) if kept else None
        )
        super().done(result)

    @property
    def chosen(self) -> Role:
        """The role whose limit is shown."""
        return Role(self.role.currentData())

    def _show(self) -> None:
        """Show the limit of the chosen role."""
        self._filling = True
        role = self.chosen
        limit, since, some = self.limits[role], self._held.get(role), may_be_limited(role)
        for part in (self.all_accounts, self.some_accounts, self.account_list):
            part.setVisible(some)
        self.whole_unit.setVisible(not some)
        (self.some_accounts if limit.account_ids or role in self._unnamed else self.all_accounts).setChecked(True)
        for account_id, box in self.accounts.items():
            box.setChecked(account_id in limit.account_ids)
        self.from_on.setVisible(since is None)
        self.since.setVisible(since is not None)
        self.since.setText(f"{long_date(since)}起已经担任；这里改动的，从今天起算。" if since else "")
        self.from_on.show_day(limit.from_on or self._today)
        self.ends.setChecked(limit.to_on is not None)
        self.to_on.show_day(limit.to_on or date(self._today.year, 12, 31))
        self._filling = False
        self._ready()

    def _ready(self) -> None:
        self.account_list.setEnabled(self.some_accounts.isChecked())
        self.to_on.setEnabled(self.ends.isChecked())

    def _changed(self) -> None:
        """Keep what stands in the fields for the chosen role."""
        if self._filling:
            return
        role, begin = self.chosen, self.from_on.day
        some = self.some_accounts.isChecked() and may_be_limited(role)
        named = tuple(account_id for account_id, box in self.accounts.items() if box.isChecked())
        self._unnamed = (self._unnamed | {role}) if some and not named else self._unnamed - {role}
        told = role not in self._held and (begin > self._today or role in self._coming)
        self.limits[role] = replace(
            self.limits[role],
            account_ids=named if some else (),
            from_on=begin if told else None,
            to_on=self.to_on.day if self.ends.isChecked() else None,
        )
        self._ready()

    def settle(self) -> None:
        """Close when what is chosen makes sense."""
        for role, limit in self.limits.items():
            if role in self._unnamed:
                self.role.setCurrentIndex(self.role.findData(role.value))
                self.notice.say(f"{label(role)}请至少勾选一个账号，或者选“全部账号”。", Tone.WARNING)
                return
            if limit.to_on is not None and limit.to_on < (limit.from_on or self._today):
                self.role.setCurrentIndex(self.role.findData(role.value))
                self.notice.say(f"{label(role)}的截止日期早于开始日期，请核对。", Tone.WARNING)
                return
        self.accept()
