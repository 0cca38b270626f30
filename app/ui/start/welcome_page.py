"""The very first start: set up the own unit, bring back a backup, or look around in made-up records."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.start.door_card import DoorCard, door_label
from app.ui.theme import px, set_role
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner


class WelcomePage(DoorCard):
    """Three ways to begin; none closes the others."""

    setup_asked = Signal()
    restore_asked = Signal()
    sample_asked = Signal()

    def __init__(self, folder: str, *, restores: bool = True, parent: QWidget | None = None) -> None:
        super().__init__("欢迎使用先审", "政务新媒体信息：先审核、纸面签批，再发布，按月归档。", 480, parent)
        self.setup_button = QPushButton("开始设置")
        set_role(self.setup_button, kind="primary")
        self.setup_button.setDefault(True)
        self.setup_button.clicked.connect(self.setup_asked)
        self.restore_button = QPushButton("从备份恢复")
        self.restore_button.clicked.connect(self.restore_asked)
        self.sample_button = QPushButton("先用示例数据看看")
        self.sample_button.clicked.connect(self.sample_asked)
        self.note = Banner()
        rows = self.rows
        rows.addWidget(door_label("设置大约需要十分钟：填写单位，列出人员和角色，登记账号，最后打印每个人的口令单。"))
        rows.addWidget(self.setup_button)
        rows.addSpacing(px(8))
        if restores:
            rows.addWidget(door_label("换了电脑、原来的数据不在了：插上放备份的移动盘，由两个人一起恢复。"))
            rows.addWidget(self.restore_button)
            rows.addSpacing(px(8))
        rows.addWidget(door_label("示例数据放在另外的文件夹里，与本单位的数据互不影响，看完随时可以退出。"))
        rows.addWidget(self.sample_button)
        rows.addWidget(self.note)
        rows.addSpacing(px(8))
        rows.addWidget(door_label(f"本程序不联网。数据保存在这台电脑上：\n{folder}", "small"))

    def say_working(self, text: str) -> None:
        """Say that something is being prepared; an empty text gives the buttons back."""
        self.note.say(text, Tone.PRIMARY)
        for button in (self.setup_button, self.restore_button, self.sample_button):
            button.setEnabled(not text)

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for a key at once."""
        super().showEvent(event)
        self.setup_button.setFocus()


class TroublePage(DoorCard):
    """What stands in the window when the records cannot be opened."""

    again = Signal()
    restore_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self, what: str, todo: str, folder: str, *, restores: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("打不开数据", "", 520, parent)
        banner = Banner(what, Tone.DANGER)
        self.rows.addWidget(banner)
        self.rows.addWidget(door_label(todo))
        self.rows.addWidget(door_label(f"数据文件夹：{folder}", "small"))
        self.rows.addSpacing(px(8))
        self.again_button = QPushButton("再试一次")
        set_role(self.again_button, kind="primary")
        self.again_button.clicked.connect(self.again)
        self.quit_button = QPushButton("退出")
        self.quit_button.clicked.connect(self.quit_asked)
        self.rows.addWidget(self.again_button)
        self.restore_button = QPushButton("从备份恢复到另外的文件夹")
        self.restore_button.clicked.connect(self.restore_asked)
        if restores:
            self.rows.addWidget(self.restore_button)
        self.rows.addWidget(self.quit_button)
