"""Running a command line in this process, with its two streams and what is typed into it."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.commands import run


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


Runner = Callable[..., Answer]


def runner(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    def running(*arguments: str | Path, typed: Sequence[str] = ()) -> Answer:
        raw = "".join(f"{line}\n" for line in typed).encode("utf-8")
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return running
