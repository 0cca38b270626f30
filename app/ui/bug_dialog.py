"""What a person sees when the program itself failed: one calm sentence, and the details to copy."""

import traceback

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from app.logs import redacted
from app.ui.question_dialog import QuestionDialog
from app.ui.theme import px


class BugDialog(QuestionDialog):
    """Says that the program failed and that the log knows; never shows an error as if it were a message."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        super().__init__(
            parent,
            "程序出错，已写入日志",
            "刚才这一步没有完成，已经保存的内容不受影响。请点“复制详情”，把内容交给维护人员；然后可以再试一次。",
            "知道了",
            "",
            icon="triangle-alert",
        )
        self.details = redacted("".join(traceback.format_exception(error)))
        box = QPlainTextEdit(self.details)
        box.setReadOnly(True)
        box.setTabChangesFocus(True)
        box.setAccessibleName("错误详情")
        box.setFixedHeight(px(140))
        box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.rows.addWidget(box)
        self.copy_button = QPushButton("复制详情")
        self.copy_button.clicked.connect(lambda: QApplication.clipboard().setText(self.details))
        self.foot.insertWidget(0, self.copy_button)
        self.setMinimumWidth(px(560))
