"""What became of a print: on paper, in a file, or refused; said in one way wherever something is printed."""

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from app.errors import TargetNotWritableError
from app.messages import explain
from app.ui.tokens import Tone
from app.ui.widgets.folder_banner import FolderBanner

_REFUSED = "打印机没有接收。请核对打印机是否联机、是否缺纸，再打印一次。"


def say_outcome(notice: FolderBanner, printer: QPrinter, taken: bool, on_paper: str, in_file: str = "") -> str:
    """Say it in a notice and return where the paper went: `printer`, `file`, or '' when it was refused.

    `on_paper` is the sentence for paper, `in_file` what is to be heeded about a file.
    """
    file = _file_of(printer)
    if not taken:
        notice.say(_REFUSED if file is None else str(explain(TargetNotWritableError(str(file)))), Tone.DANGER)
        return ""
    if file is None:
        notice.say(on_paper, Tone.GOOD)
        return "printer"
    say_saved(notice, file, in_file)
    return "file"


def say_saved(notice: FolderBanner, file: Path, more: str = "") -> None:
    """Say where a file lies; `more` is what is to be heeded about it."""
    notice.say_written(
        f"已存为“{file.name}”，在 {file.parent}。{more}", file.parent, Tone.WARNING if more else Tone.GOOD
    )


def _file_of(printer: QPrinter) -> Path | None:
    """Return the file that the print went into, or None for a printer of paper."""
    name = printer.outputFileName()
    return Path(name).absolute() if name else None
