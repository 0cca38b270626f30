"""备份: when the last one was made, and making one now."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.labels import long_moment
from app.models.backup import BackupReport
from app.services.backup_desk import LackingFile
from app.ui.desk import Desk
from app.ui.settings.settings_section import Section
from app.ui.theme import set_role
from app.ui.tokens import Tone

MOST_NAMED = 10
"""Lost files named in a message; a folder that lost all of them has thousands."""


class BackupSection(Section):
    """A backup goes to a folder on another drive; it comes back on the first page of a new PC."""

    heading = "备份"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.last = QLabel()
        self.last.setWordWrap(True)
        self.body.addWidget(self.last)
        hint = QLabel(
            "备份写到另一个盘上的文件夹：每次一份带日期的数据库，附件只补没有的。"
            "电脑坏了要恢复：在新电脑上第一次打开本程序，在首页选“从备份恢复”，由备份里的两个人各输自己的口令，"
            "其中一人是系统管理员；恢复后照纸面核对最后的编号。这台电脑上已有的数据绝不覆盖，只能恢复到另外的文件夹。"
        )
        hint.setWordWrap(True)
        set_role(hint, role="muted")
        self.body.addWidget(hint)
        self.backup_button = QPushButton("现在备份到……")
        set_role(self.backup_button, kind="primary")
        self.backup_button.clicked.connect(self.choose)
        self.restore_button = QPushButton("恢复到另外的文件夹……")
        self.restore_button.clicked.connect(self.restore)
        self.add_buttons(self.restore_button, self.backup_button)

    def refresh(self) -> None:
        """Read when the last backup was made."""
        self.desk.tasks.run(self, self.desk.services.backups.last, self._show, topic="backup")

    def _show(self, last: str) -> None:
        words = f"上次备份：{long_moment(datetime.fromisoformat(last))}" if last else "还没有备份过。"
        self.last.setText(words)
        self.notice.say("" if last else "电脑坏了，没有备份就什么都没有了。请备份到另一个盘上。", Tone.WARNING)
        self.allow(self.backup_button, self.restore_button)

    def choose(self) -> None:
        """Ask where to."""
        folder = self.desk.dialogs.folder(self, "选择备份放在哪里")
        if folder is not None:
            self.back_up(folder)

    def restore(self) -> None:
        """Leave for the way to restore a backup beside these records."""
        if self.desk.dialogs.ask(
            self,
            "退出登录，去恢复备份？",
            "这里的数据不变，正在填写的内容先保存。备份恢复到另外的文件夹，由备份里的两个人各输自己的口令。",
            "退出登录并恢复",
        ):
            self.desk.open("door:restore")

    def back_up(self, folder: Path) -> None:
        """Make a backup now."""
        backups = self.desk.services.backups
        self.desk.tasks.run_with_progress(
            self, "正在备份", lambda report: backups.back_up(folder, report), self._done, self.refused
        )

    def _done(self, report: BackupReport) -> None:
        self.refresh()
        self.desk.changes.tell("settings")
        if report.missing:
            backups, missing = self.desk.services.backups, report.missing
            self.desk.tasks.run(self, lambda: backups.lacking(missing), lambda found: self._lacks(report, found))
        elif report.damaged:
            self.desk.dialogs.tell(self, "备份做好了，但以前的有损坏", _damaged_words(report.damaged))

    def _lacks(self, report: BackupReport, found: tuple[LackingFile, ...]) -> None:
        """Name the files that were lost before the backup."""
        shown = "；".join(map(str, found[:MOST_NAMED])) + (f"……等 {len(found)} 个" if len(found) > MOST_NAMED else "")
        self.desk.dialogs.tell(
            self,
            "备份做好了，但有文件早已不在",
            f"有 {len(report.missing)} 个附件不在数据文件夹里，也不在以前的备份里，这份备份里没有它们：{shown}。"
            "请从别处找回后再备份一次。" + _damaged_words(report.damaged),
        )


def _damaged_words(names: tuple[str, ...]) -> str:
    """Say which earlier backups in the folder cannot be read any more."""
    if not names:
        return ""
    more = f"等 {len(names)} 份" if len(names) > MOST_NAMED else ""
    return (
        f"这个文件夹里以前的备份“{'”“'.join(names[:MOST_NAMED])}”{more}的说明读不出来，不能用来恢复。"
        "这次的备份放在旁边，已经核对，可以放心使用。"
    )
