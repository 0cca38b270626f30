"""What a backup folder holds, and what a restored office still has to be told."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

RESTORED = "restored"
"""The setting that says what was restored, until the highest numbers on paper are confirmed; then it is empty."""


@dataclass(frozen=True)
class BackupSnapshot:
    """One dated snapshot of the database; its attachments lie in the folder's shared store."""

    name: str
    """The snapshot's folder below `snapshots`, e.g. 0007-2026-12-01-161500 (Beijing time)."""
    ordinal: int
    """Counts the snapshots of a backup folder, so that a clock set back does not hide the newest."""
    taken_at: datetime
    unit_id: str
    unit_name: str
    audit_seq: int
    audit_head: str
    database_size: int
    database_sha256: str
    attachments: int
    attachment_bytes: int
    missing: tuple[str, ...] = ()
    """SHA-256 of files that were gone from the data folder already when the snapshot was taken."""


@dataclass(frozen=True)
class BackupFacts:
    """A backup folder: its snapshots, the newest first; there is at least one."""

    folder: Path
    snapshots: tuple[BackupSnapshot, ...]
    damaged: tuple[str, ...] = ()
    """Names of snapshots whose facts cannot be read."""
    newer: tuple[str, ...] = ()
    """Names of snapshots that a newer version of the program wrote."""

    @property
    def newest(self) -> BackupSnapshot:
        """The snapshot that a restore takes unless another is named."""
        return self.snapshots[0]

    def find(self, name: str) -> BackupSnapshot | None:
        """Return a snapshot by its name; '' means the newest."""
        return self.newest if not name else next((s for s in self.snapshots if s.name == name), None)


@dataclass(frozen=True)
class BackupReport:
    """What a backup wrote: the snapshot, verified, and the attachments that were not there before."""

    folder: Path
    """The snapshot's own folder."""
    snapshot: BackupSnapshot
    copied: int
    copied_bytes: int
    damaged: tuple[str, ...] = ()
    """Names of earlier snapshots in the same folder whose facts cannot be read."""

    @property
    def audit_seq(self) -> int:
        """The number of the newest audit entry in the snapshot."""
        return self.snapshot.audit_seq

    @property
    def audit_head(self) -> str:
        """The hash of that entry."""
        return self.snapshot.audit_head

    @property
    def missing(self) -> tuple[str, ...]:
        """SHA-256 of attachments that are on record, but neither in the data folder nor in the backup."""
        return self.snapshot.missing


@dataclass(frozen=True)
class NumberSeries:
    """One series of office numbers after a restore, with the highest serial that the backup knows."""

    kind: str
    """A kind of paper as the policy names it, e.g. review_sheet."""
    year: int
    word: str
    last: int


@dataclass(frozen=True)
class RestoredFacts:
    """What was restored, as long as the numbers on paper have not been confirmed."""

    snapshot: str
    taken_at: datetime
    restored_at: datetime
    audit_seq: int
    """The newest entry of the snapshot; later ones on paper were lost."""
    audit_head: str
    series: tuple[NumberSeries, ...]


@dataclass(frozen=True)
class SeriesTop:
    """The highest serial of one series found on paper."""

    kind: str
    year: int
    serial: int


@dataclass(frozen=True)
class LostSpanReport:
    """What is known to be lost: office numbers by series (kind, year, first, last) and audit entries."""

    numbers: tuple[tuple[str, int, int, int], ...]
    audit_from: int
    """0 when no audit entry is known to be lost."""
    audit_to: int
