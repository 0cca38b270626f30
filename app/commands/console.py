"""The two streams and the passcode: stdout is for results (paths, JSON, gaps to explain), stderr for people."""

import io
import json
import sys
from collections.abc import Callable
from getpass import getpass

from app.commands.arguments import WrongUseError
from app.models.archive_package import Progress, ProgressReport

_STAGES = {"write": "写入", "read": "读回核对", "read_back": "读回核对", "verify": "核对", "backup": "备份"}


def prepare_streams() -> None:
    """Let Chinese pass whatever the terminal's own coding is; a pipe always carries UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        if not sys.stdin.isatty():
            sys.stdin.reconfigure(encoding="utf-8")
        sys.stdin.reconfigure(errors="replace")


def tell(sentence: str) -> None:
    """Say something to the person."""
    if sys.stderr is not None:
        print(sentence, file=sys.stderr, flush=True)


def hand_out(result: str) -> None:
    """Print a result for whoever called: one path, or JSON."""
    print(result, flush=True)


def hand_out_json(value: object) -> None:
    """Print one JSON value."""
    hand_out(json.dumps(value, ensure_ascii=False, indent=1))


def ask_line(question: str) -> str:
    """Ask for a name on the terminal, or read one line of stdin."""
    if sys.stdin is not None and sys.stdin.isatty():
        print(question, end="", file=sys.stderr, flush=True)
    return _line(question)


def ask_passcode(question: str) -> str:
    """Ask for a passcode without showing it, or read one line of stdin; it is never an argument.

    Raises `WrongUseError` when there is nobody to ask and nothing to read.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass(question)
    return _line(question)


def _line(question: str) -> str:
    line = sys.stdin.readline() if sys.stdin is not None else ""
    # A shell of Windows puts a byte order mark before the first line of a pipe.
    answer = line.removeprefix("\ufeff").rstrip("\r\n")
    if not answer:
        raise WrongUseError(f"没有读到“{question.rstrip('： ')}”：请在终端上输入，或从标准输入给出，每项一行。")
    return answer


def progress_line() -> ProgressReport | None:
    """Return a report that rewrites one line of the terminal, or None when stderr is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    return _rewriting(lambda text: print(text, end="", file=sys.stderr, flush=True))


def _rewriting(show: Callable[[str], None]) -> ProgressReport:
    last = ""

    def report(progress: Progress) -> None:
        nonlocal last
        share = min(100, progress.done * 100 // progress.total) if progress.total else 100
        line = f"{_STAGES.get(progress.stage, progress.stage)} {share} %"
        if line != last:
            show(f"\r{line}    " + ("\n" if share == 100 else ""))
            last = line

    return report
