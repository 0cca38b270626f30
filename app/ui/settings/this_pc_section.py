"""本机: theme, size of the letters, lock, and the fonts of the papers."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QSpinBox, QWidget

from app.models.records import Settings
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import SCALES, apply_theme, set_role
from app.ui.widgets.form_grid import FormGrid

_THEMES = (("跟随系统", "system"), ("浅色", "light"), ("深色", "dark"))
_FONTS = (
    ("随程序的宋体和黑体", "bundled"),
    ("本机的仿宋和小标宋", "system"),
)


class ThisPcSection(Section):
    """What this PC is set to; looks change at once."""

    heading = "本机"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._settings = Settings()
        self.theme, self.scale, self.fonts = QComboBox(), QComboBox(), QComboBox()
        for words, key in _THEMES:
            self.theme.addItem(words, key)
        for percent in SCALES:
            self.scale.addItem(f"{percent} %", percent)
        for words, key in _FONTS:
            self.fonts.addItem(words, key)
        # The longest choice must not make the section wider than the window at 150 %.
        self.fonts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.fonts.setMinimumContentsLength(8)
        self.lock = QSpinBox()
        self.lock.setRange(1, 15)
        self.lock.setSuffix(" 分钟")
        form = FormGrid()
        form.add("界面配色", self.theme)
        form.add("显示比例", self.scale, "字太小看着累，可以放大到 150 %。")
        form.add("自动锁定", self.lock, "没有人操作多久以后锁定，1 到 15 分钟。由系统管理员改。")
        form.add("纸面字体", self.fonts, "随程序的在各台电脑印出来一样；本机没有的仍用随程序的。由系统管理员改。")
        self.body.addWidget(form)
        self.save_button = QPushButton("保存")
        set_role(self.save_button, kind="primary")
        self.save_button.clicked.connect(self.save)
        self.add_buttons(self.save_button)
        self.folder = QLabel(f"数据放在：{desk.services.folder}")
        self.folder.setTextFormat(Qt.TextFormat.PlainText)
        self.folder.setWordWrap(True)
        set_role(self.folder, role="small")
        self.body.addWidget(self.folder)

    def refresh(self) -> None:
        """Read the settings."""
        self.desk.tasks.run(self, self.desk.services.settings.load, self._show, topic="settings")

    def _show(self, settings: Settings) -> None:
        self._settings = settings
        self.theme.setCurrentIndex(max(0, self.theme.findData(settings.theme)))
        self.scale.setCurrentIndex(max(0, self.scale.findData(settings.scale)))
        self.fonts.setCurrentIndex(max(0, self.fonts.findData(settings.paper_fonts)))
        self.lock.setValue(settings.lock_minutes)
        self.allow(self.lock, self.fonts)

    def save(self) -> None:
        """Keep the settings and dress the window anew."""
        changed = replace(
            self._settings,
            theme=self.theme.currentData(),
            scale=self.scale.currentData(),
            paper_fonts=self.fonts.currentData(),
            lock_minutes=self.lock.value(),
        )
        settings = self.desk.services.settings
        self.desk.tasks.run(self, lambda: settings.store(changed), lambda _done: self._stored(changed), self.refused)

    def _stored(self, settings: Settings) -> None:
        self._settings = settings
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, settings.theme, settings.scale)
        self.saved()
        self.desk.changes.tell("settings")
