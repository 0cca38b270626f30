"""One platform of the unit's table."""

import re

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QSpinBox, QWidget

from app.labels import label
from app.models.platform import EntryWay, Platform, PlatformClass
from app.services.platform_list import LONGEST_PASSWORD
from app.ui.desk import Desk
from app.ui.form_dialog import FormDialog
from app.ui.theme import px
from app.ui.widgets.form_grid import FormGrid

_BETWEEN = re.compile(r"[、，,；;\n]")


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a text that names several things."""
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


class PlatformDialog(FormDialog):
    """A platform keeps its name: accounts and papers call it by it."""

    def __init__(self, desk: Desk, parent: QWidget, platform: Platform | None = None) -> None:
        title, act = ("修改平台", "保存") if platform is not None else ("增加平台", "增加平台")
        super().__init__(desk, parent, title, platform.name if platform is not None else title, act)
        self._fresh = platform is None
        shown = platform or Platform("", PlatformClass.OTHER, EntryWay.PASSWORD)
        self.name, self.kinds, self.commercial = QLineEdit(shown.name), QLineEdit(), QLineEdit()
        self.name.setMaxLength(40)
        self.name.setEnabled(self._fresh)
        self.kind, self.entry = QComboBox(), QComboBox()
        for value in PlatformClass:
            self.kind.addItem(label(value), value.value)
        for way in EntryWay:
            self.entry.addItem(label(way), way.value)
        self.kind.setCurrentIndex(self.kind.findData(shown.platform_class.value))
        self.entry.setCurrentIndex(self.entry.findData(shown.entry.value))
        for field, words in ((self.kinds, shown.kinds), (self.commercial, shown.commercial)):
            field.setMaxLength(300)
            field.setText("、".join(words))
            field.setCursorPosition(0)
        self.least, self.most = QSpinBox(), QSpinBox()
        for spin, length, name in (
            (self.least, shown.password_least, "密码最少几位"),
            (self.most, shown.password_most, "密码最多几位"),
        ):
            spin.setRange(1, LONGEST_PASSWORD)
            spin.setValue(length)
            spin.setSuffix(" 位")
            spin.setAccessibleName(name)
        self.retired = QCheckBox("不再用于新账号")
        self.retired.setChecked(shown.retired)
        self.act_button.clicked.connect(self.save)
        self.lay_out(self._form(), self.notice)
        (self.name if self._fresh else self.kinds).setFocus()
        self.remember(
            shown.name,
            *(self.name, self.kind, self.entry, self.kinds, self.commercial, self.least, self.most, self.retired),
        )

    def _form(self) -> FormGrid:
        lengths = QHBoxLayout()
        lengths.setSpacing(px(8))
        lengths.addWidget(self.least)
        lengths.addWidget(QLabel("到"))
        lengths.addWidget(self.most)
        lengths.addStretch(1)
        form = FormGrid()
        form.add("平台名称", self.name, "登记以后不能改名。" if self._fresh else "", needed=True)
        form.add("类别", self.kind, "同一类的平台一起数：一个单位原则上只开一个账号。")
        form.add("进入方式", self.entry)
        form.add("账号类型", self.kinds, "用顿号分开，例如订阅号、服务号。")
        form.add("商业功能", self.commercial, "应当都关着的功能，用顿号分开（第十五条（一））。")
        form.add("密码长度", lengths)
        form.add_wide(self.retired)
        self.retired.setVisible(not self._fresh)
        return form

    def save(self) -> None:
        """Put the platform on the table, or save what was changed."""
        platforms, fresh = self._desk.services.platforms, self._fresh
        told = Platform(
            self.name.text(),
            PlatformClass(self.kind.currentData()),
            EntryWay(self.entry.currentData()),
            listed(self.kinds.text()),
            listed(self.commercial.text()),
            self.least.value(),
            self.most.value(),
            retired=self.retired.isChecked(),
        )
        self.act(
            lambda: platforms.add(told) if fresh else platforms.change(told),
            lambda _saved: self.done_with("settings", "accounts"),
        )
