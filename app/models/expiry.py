"""How long records are kept: whole years that begin with the January after the year of their last act."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.shipped_words import Stated


class RecordGroup(StrEnum):
    """Records that are removed together, because one points at the other."""

    UNSUBMITTED = "unsubmitted"
    """Drafts that were never submitted."""
    FILED = "filed"
    """Drafts with sheets, decisions, scans and posts, statements, and the archives of their months."""
    LEAVERS = "leavers"
    """People who left, once nothing that they signed is kept any more."""


ROWS: dict[RecordGroup, tuple[str, ...]] = {
    RecordGroup.UNSUBMITTED: ("draft",),
    RecordGroup.FILED: ("review_sheet", "publication", "archive", "statement"),
    RecordGroup.LEAVERS: ("staff",),
}
"""The policy's rows of retention that hold for each group; the longest counts."""


@dataclass(frozen=True)
class Expiry:
    """What one group holds and when it may go.

    `years` is None when it is kept for ever, or for a time that only a person can read. `oldest` is the year of the
    oldest records, `through` the last year of which anything is over (0: none), `due` how many of them there are;
    `first_on` the day from which the oldest may be removed.
    """

    group: RecordGroup
    stated: tuple[Stated, ...]
    years: int | None
    oldest: int | None
    through: int
    due: int

    @property
    def first_on(self) -> date | None:
        """The day from which the oldest records may be removed."""
        return None if self.oldest is None or self.years is None else date(self.oldest + self.years + 1, 1, 1)


def kept_years(retention: Mapping[str, Stated], group: RecordGroup) -> int | None:
    """Return the longest period of a group in years, or None for 永久 and for words that name no years."""
    stated = [retention[name].value for name in ROWS[group] if name in retention]
    found = [re.fullmatch(r"(?:离岗后)?\s*([1-9][0-9]{0,2})\s*年", value.strip()) for value in stated]
    if len(stated) < len(ROWS[group]) or not all(found):
        return None
    return max(int(match[1]) for match in found if match)


def last_year_over(today: date, years: int | None) -> int:
    """Return the last year whose records are over on a day; 0 when none ever is."""
    return 0 if years is None else today.year - years - 1
