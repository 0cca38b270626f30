"""Every question to a person goes through one object, so that a test can answer it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.unfinished_input import UnfinishedInput

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.errors import AppError
    from app.ui.question_dialog import QuestionDialog


class Dialogs(QObject):
    """Asks and tells; an answer is text, a path, or None when the person turned away."""

    def __init__(self) -> None:
        super().__init__()
        self.unfinished = UnfinishedInput()
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        # Where the program was started from says nothing to anybody; a folder that was removed leads to 文档 again.
        self._documents = Path(documents) if Path(documents).is_dir() else Path.home()
        self._folder = self._around = self._documents

    def ask(
        self, parent: QWidget | None, title: str, text: str, yes: str, no: str = "取消", *, danger: bool = False
    ) -> bool:
        """Ask a question whose answers say what they do."""
        dialog = _question(parent, title, text, yes, no, danger=danger)
        return self._held(dialog)

    def ask_which(self, parent: QWidget | None, title: str, text: str, first: str, second: str) -> bool | None:
        """Ask which of two ways to go, True for the first; None when the person wants neither."""
        dialog = _question(parent, title, text, first)
        dialog.add_other(second)
        return not dialog.other_chosen if self._held(dialog) else None

    def ask_text(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        *,
        about: str,
        multiline: bool = True,
        required: bool = True,
        yes: str = "确认",
        text: str = "",
        initial: str = "",
    ) -> str | None:
        """Ask for a text, e.g. a reason; `text` explains what it is for.

        What was typed about `about` stands there the next time, whether the person turned away, the window was locked
        or the act was refused: whoever asks calls `text_taken` once the act is done.
        """
        dialog = _question(parent, title, text, yes)
        kept = self.unfinished.take(title, about)
        dialog.add_text(label, multiline=multiline, required=required, initial=initial if kept is None else kept)
        answered = self._held(dialog)
        typed = dialog.answer
        if answered or typed != initial.strip():
            self.unfinished.keep(title, about, typed)
        return typed if answered else None

    def text_taken(self, title: str, about: str) -> None:
        """Forget what was typed for `ask_text`: the act that it was for is done."""
        self.unfinished.keep(title, about, None)

    def ask_passcode(
        self, parent: QWidget | None, title: str, label: str, *, text: str = "", yes: str = "确认"
    ) -> str | None:
        """Ask for the own passcode."""
        dialog = _question(parent, title, text, yes)
        dialog.add_passcode(label)
        return dialog.answer if self._held(dialog) else None

    def tell(self, parent: QWidget | None, title: str, text: str) -> None:
        """Tell something."""
        self._held(_question(parent, title, text, "知道了", ""))

    def show_error(self, parent: QWidget | None, error: AppError) -> None:
        """Say what happened and what to do."""
        from app.messages import explain

        sentence = explain(error)
        self._held(_question(parent, sentence.what, sentence.todo, "知道了", "", icon="circle-alert"))

    def show_bug(self, parent: QWidget | None, error: BaseException) -> None:
        """Say that the program failed; the traceback is in the log and can be copied."""
        from app.ui.bug_dialog import BugDialog

        self._held(BugDialog(parent, error))

    def open_file(self, parent: QWidget | None, title: str, filters: str) -> Path | None:
        """Ask for one file; `filters` is like `Word 文档 (*.docx);;全部文件 (*)`."""
        name, _ = QFileDialog.getOpenFileName(parent, title, self._from(), filters)
        return self._chosen(name)

    def open_files(self, parent: QWidget | None, title: str, filters: str) -> tuple[Path, ...]:
        """Ask for any number of files."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, self._from(), filters)
        for name in names[:1]:
            self._chosen(name)
        return tuple(Path(name) for name in names)

    def folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(parent, title, str(_there(self._around, self._documents)))
        if name:
            # Files are never offered a place in it: it may be a sealed archive, which one file more would break.
            self._around = Path(name).parent
        return Path(name) if name else None

    def save_file(self, parent: QWidget | None, title: str, name: str, filters: str) -> Path | None:
        """Ask where to save a file; `name` is proposed."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, self._from(name), filters)
        return self._chosen(chosen)

    def printer(self, parent: QWidget | None, name: str, pages: int) -> QPrinter | None:
        """Ask which printer is to print a paper of so many pages, how often, and which of them."""
        from app.ui.papers.printing import ask_printer

        return ask_printer(parent, name, pages)

    def _from(self, name: str = "") -> str:
        """Return where a file dialog opens: where the last one ended, with the proposed name if there is one."""
        return str(_there(self._folder, self._documents) / name)

    def _chosen(self, name: str) -> Path | None:
        """Remember the folder of what was chosen."""
        if not name:
            return None
        self._folder = Path(name).parent
        return Path(name)

    @staticmethod
    def _held(dialog: QuestionDialog) -> bool:
        """Show a dialog until it is answered, and let it go."""
        answer = dialog.exec() == dialog.DialogCode.Accepted
        dialog.deleteLater()
        return answer


def _there(folder: Path, otherwise: Path) -> Path:
    return folder if folder.is_dir() else otherwise


def _question(
    parent: QWidget | None,
    title: str,
    text: str,
    yes: str,
    no: str = "取消",
    *,
    danger: bool = False,
    icon: str = "",
) -> QuestionDialog:
    # Loaded with the first question: the sign-in page must not wait for it.
    from app.ui.question_dialog import QuestionDialog

    return QuestionDialog(parent, title, text, yes, no, danger=danger, icon=icon)
