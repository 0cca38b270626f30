"""The monthly archive as the unit sees it: what is in it, what is missing, how far it is (article 15(4))."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.month import Month


class GapKind(StrEnum):
    """What a month can lack; each must be explained in writing and is printed as 缺项说明."""

    NO_SHEET = "no_sheet"
    NO_SCAN = "no_scan"
    NO_LINK = "no_link"
    NO_SCREENSHOT = "no_screenshot"
    UNREVIEWED = "unreviewed"
    DIFFERENT = "different"
    NOT_COMPARED = "not_compared"
    NUMBER_MISSING = "number_missing"
    NUMBER_BY_LATER_CLOCK = "number_by_later_clock"
    """Not missing: it was given by a clock that stood in a later month and was set back since."""
    ALTERED = "altered"
    """The record of a post was altered by another program."""


@dataclass(frozen=True)
class Gap:
    """One thing missing: `key` is stable, so that an explanation stays with it."""

    kind: GapKind
    key: str
    number: str
    title: str
    account: str = ""
    must_explain: bool = True


@dataclass(frozen=True)
class MonthOverview:
    """What a month holds before it is archived."""

    month: Month
    publications: int
    drafts: int
    scans: int
    gaps: tuple[Gap, ...]
    explanations: tuple[tuple[str, str], ...]
    supplements: int = 0
    """Lines of 补充材料: what completes months that were archived before."""

    @property
    def unexplained(self) -> tuple[Gap, ...]:
        """The gaps that must be explained and are not yet."""
        explained = {key for key, reason in self.explanations if reason.strip()}
        return tuple(gap for gap in self.gaps if gap.must_explain and gap.key not in explained)


@dataclass(frozen=True)
class ArchiveRecord:
    """A month as sealed (封存): version, number, manifest digests, audit head."""

    id: str
    month: Month
    version: int
    number: str
    folder_name: str
    written_at: datetime
    written_by: str
    sha256_manifest_digest: str
    sm3_manifest_digest: str
    files: int
    size: int
    audit_seq: int
    audit_head: str
    reason: str = ""
    handed_over_on: str = ""
    handover_scan_sha256: str = ""


@dataclass(frozen=True)
class MonthState:
    """A month in the list of archives: its newest sealed version, or None while it is not archived."""

    month: Month
    record: ArchiveRecord | None
