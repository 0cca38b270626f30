"""The short help: what this page is for, the keys, and what the program is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.ui.desk import Desk
from app.ui.theme import px, set_role
from app.ui.widgets.fitting_size import fit_to_screen

PAGES_EXPLAINED = {
    "today": "今日列出现在要您办的事，晚了的排在前面；点一行就打开它。",
    "drafts": "稿件从起草、审核、签批到发布都在这里；选中一件，右侧给出它走到哪一步和下一步该做什么。",
    "editor": "写稿时随写随存；检查提示逐条列在右边，可以遮盖，或者写明理由。写好后点“提交审核”，这时取编号。",
    "accounts": "账号列出本单位在各平台的政务账号和备案情况；启用以前发布的内容也在这里补录。",
    "archive": "月度归档把上个月的审核表、签字扫描件和发布记录写到优盘或文件夹，读回核对后才算完成。",
    "settings": "设置里有单位、人员与角色、制度参数、工作日、备份和显示大小。",
}
KEYS = (
    ("Ctrl+K", "搜索全部稿件"),
    ("Ctrl+N", "新建"),
    ("Ctrl+P", "预览和打印"),
    ("Ctrl+F", "在本页查找"),
    ("Enter", "打开选中的一行"),
    ("Esc", "关闭或返回"),
    ("Ctrl+1 至 Ctrl+5", "切换页面"),
    ("F5", "刷新"),
    ("Ctrl+L", "锁定"),
    ("F1", "本帮助"),
)


class HelpDialog(QDialog):
    """Help on one sheet; 关于 stands at its foot."""

    def __init__(self, desk: Desk, parent: QWidget, page: str = "") -> None:
        super().__init__(parent.window())
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("帮助")
        fit_to_screen(self, 480, 620)
        sheet = QWidget()
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(0, 0, px(8), 0)
        layout.setSpacing(px(10))
        layout.addWidget(_label("帮助", "heading"))
        if page in PAGES_EXPLAINED:
            layout.addWidget(_label(PAGES_EXPLAINED[page]))
        layout.addSpacing(px(4))
        layout.addWidget(_label("快捷键", "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        for row, (keys, text) in enumerate(KEYS):
            grid.addWidget(_label(keys, "muted"), row, 0)
            grid.addWidget(_label(text), row, 1)
        layout.addLayout(grid)
        layout.addSpacing(px(4))
        note = "先审不联网，也不会替您发布；稿件在本程序里审好，由您到各平台手工发布，再回来登记链接和截图。"
        layout.addWidget(_label(note, "muted"))
        layout.addStretch(1)
        # On a small screen at 150 % the sheet is higher than the window.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(sheet)
        foot = QHBoxLayout()
        about = QPushButton("关于先审")
        about.clicked.connect(self._about)
        close = QPushButton("关闭")
        close.setDefault(True)
        set_role(close, kind="primary")
        close.clicked.connect(self.accept)
        foot.addWidget(about)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(20), px(24), px(20))
        whole.setSpacing(px(12))
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _about(self) -> None:
        self._desk.dialogs.tell(self, f"先审 {__version__}", about_text(str(self._desk.services.folder)))


def about_text(folder: str) -> str:
    """Say what the program is and where its records lie."""
    return (
        "政务新媒体信息先审后发与月度归档。\n"
        "Apache-2.0 许可；所用字体和图标的许可见程序所在文件夹的 resources/LICENSES.md。\n"
        f"数据文件夹：{folder}\n"
        "本程序不建立任何网络连接。"
    )


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "muted" or len(text) > 24)
    if role:
        set_role(label, role=role)
    return label
