"""What a monthly archive holds and what a check of it says (article 15(4), RFC 8493)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True)
class PackageFile:
    """One payload file: where it comes from and where it goes below `data/`.

    `member` is an ASCII path of at most 120 characters with forward slashes, unique after casefold;
    exactly one of `source` and `data` is set; `title` is the Chinese name that index and ledger show.
    """

    member: str
    title: str
    source: Path | None = None
    data: bytes | None = None
    sha256: str = ""
    """The digest already on record for a stored attachment; the writer refuses a source that differs."""

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.data) if self.data is not None else self.source.stat().st_size if self.source else 0


@dataclass(frozen=True)
class Package:
    """A whole archive before it is written: the folder's name, its files and the lines of bag-info.txt."""

    name: str
    files: tuple[PackageFile, ...]
    info: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Progress:
    """How far a long job is: `done` of `total`, and what it is doing now (a stage's English name).

    Bytes, but for the stages `remove` and `erase`, which count records and files.
    """

    stage: str
    done: int
    total: int


ProgressReport = Callable[[Progress], None]
"""Called often from the working thread; raising `CancelledError` from it stops the job cleanly."""


@dataclass(frozen=True)
class WrittenPackage:
    """What was written and read back: folder, manifest digests, counts."""

    folder: Path
    sha256_manifest_digest: str
    sm3_manifest_digest: str
    files: int
    size: int
    read_back: bool
    """True when every byte was read again past the page cache."""
    may_be_pulled: bool
    """True when the system says that everything reached the medium; only then the program says 可以拔出."""
    on_removable: bool
    """Whether that medium can be taken out at all; of a folder on the PC's own disk nobody says 可以拔出."""


class ProblemKind(StrEnum):
    """What can be wrong with a bag; warnings alone leave it valid."""

    MISSING = "missing"
    ALTERED = "altered"
    UNLISTED = "unlisted"
    UNSAFE_PATH = "unsafe_path"
    BAD_DECLARATION = "bad_declaration"
    BAD_MANIFEST = "bad_manifest"
    NO_MANIFEST = "no_manifest"
    NO_TAG_MANIFEST = "no_tag_manifest"
    NO_PAYLOAD = "no_payload"
    BAD_SUM = "bad_sum"
    UNREADABLE = "unreadable"
    REPEATED_ENTRY = "repeated_entry"
    FETCH_UNFULFILLED = "fetch_unfulfilled"
    UNKNOWN_ALGORITHM = "unknown_algorithm"
    CASE_CLASH = "case_clash"
    NFC_CLASH = "nfc_clash"
    DOT_PATH = "dot_path"
    REPEATED_LINE = "repeated_line"
    SYSTEM_FILE = "system_file"
    NOT_AS_SEALED = "not_as_sealed"
    NOT_SEALED = "not_sealed"


@dataclass(frozen=True)
class BagProblem:
    """One problem or warning, with the file it is about (relative to the bag) and a fact."""

    kind: ProblemKind
    file: str
    fact: str = ""
    warning: bool = False


@dataclass(frozen=True)
class SealedAs:
    """Which sealed version (封存) of the unit's own records a bag's lists of payload agree with."""

    number: str
    version: int


@dataclass(frozen=True)
class BagReport:
    """The result of verifying a bag: valid when no problem is more than a warning.

    `info` holds the statements of bag-info.txt; `list_digests` the digest of each payload manifest by its own
    algorithm, as the unit's records keep them of a sealed month.
    """

    folder: Path
    version: str
    algorithms: tuple[str, ...]
    files: int
    size: int
    problems: tuple[BagProblem, ...]
    info: tuple[tuple[str, str], ...] = ()
    list_digests: tuple[tuple[str, str], ...] = ()
    sealed: SealedAs | None = None
    """None when nothing was held against records, or nothing agreed."""

    @property
    def valid(self) -> bool:
        """Whether nothing is worse than a warning."""
        return all(problem.warning for problem in self.problems)


@dataclass(frozen=True)
class IndexRow:
    """One line of the archive's index.html: what it is, and the files it opens (title, member)."""

    section: str
    day: str
    number: str
    title: str
    account: str
    state: str
    link: str
    files: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True)
class Volume:
    """A drive a person could archive to."""

    path: Path
    label: str
    file_system: str
    free: int
    total: int
    removable: bool
