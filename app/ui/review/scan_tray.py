"""The pile of scans: files one after the other, and in each file its papers."""

from collections.abc import Sequence
from pathlib import Path

from app.services.scans import ScanMatch, ScanOutcome

_ORDER = (
    ScanOutcome.MATCHED,
    ScanOutcome.STALE,
    ScanOutcome.LOST_SPAN,
    ScanOutcome.NOT_WITNESSED,
    ScanOutcome.FOREIGN,
    ScanOutcome.ACCOUNT_PAPER,
    ScanOutcome.STALE_ACCOUNT_PAPER,
    ScanOutcome.OTHER_PAPER,
    ScanOutcome.NO_CODE,
)


class ScanTray:
    """Knows which paper lies on top; what can be registered comes first."""

    def __init__(self) -> None:
        self._files: list[Path] = []
        self._joined: tuple[Path, ...] = ()
        self._papers: list[ScanMatch] = []
        self.unread = ""
        """The pages without a readable code in a file whose other pages have one, e.g. `2、3`."""

    def fill(self, paths: Sequence[Path]) -> None:
        """Lay files in place of whatever lay there."""
        self._files, self._joined, self._papers, self.unread = list(paths), (), [], ""

    @property
    def below(self) -> tuple[Path, ...]:
        """The files below the one on top."""
        return tuple(self._files[1:])

    @property
    def sheet(self) -> tuple[Path, ...]:
        """The files of the paper on top, the one with its signed page first."""
        return self._joined or tuple(self._files[:1])

    @property
    def path(self) -> Path | None:
        """The file on top."""
        return self._files[0] if self._files else None

    @property
    def top(self) -> ScanMatch | None:
        """The paper on top, once its file has been read."""
        return self._papers[0] if self._papers else None

    @property
    def waiting(self) -> int:
        """How many papers and files lie below the one on top."""
        return max(0, len(self._papers) - 1) + max(0, len(self._files) - 1)

    @property
    def more(self) -> bool:
        """Whether anything lies below."""
        return self.waiting > 0

    def join(self, files: Sequence[Path]) -> None:
        """Take the files that belong to the paper on top out of those that wait."""
        self._joined = tuple(files)
        self._files[1:] = [file for file in self._files[1:] if file not in files]

    def sort(self, found: Sequence[ScanMatch]) -> None:
        """Take what the file on top turned out to hold."""
        coded = [match for match in found if match.outcome is not ScanOutcome.NO_CODE]
        bare = [match for match in found if match.outcome is ScanOutcome.NO_CODE]
        self.unread = "、".join(str(page) for match in bare for page in match.pages) if coded else ""
        self._papers = sorted(coded or bare, key=lambda match: _ORDER.index(match.outcome))

    def drop_file(self) -> None:
        """Take the file on top away: it cannot be read; what lies below stays."""
        self._papers, self._joined, self.unread = [], (), ""
        if len(self._files) <= 1:
            self._files = []

    def next(self) -> str:
        """Take the paper on top away; say what lies there now: `paper`, `file`, or nothing."""
        if len(self._papers) > 1:
            del self._papers[0]
            return "paper"
        self._papers, self._joined, self.unread, self._files = [], (), "", self._files[1:]
        return "file" if self._files else ""
