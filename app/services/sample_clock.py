"""A clock that is set by hand, for records that are made up over weeks in a few seconds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass
class SampleClock:
    """Stands still until it is moved; it is called as the PC's clock is."""

    at: datetime

    def __call__(self) -> datetime:
        """Return where it stands."""
        return self.at

    def move_to(self, moment: datetime) -> None:
        """Move on to a moment; a clock of records never goes back."""
        self.at = max(self.at, moment)
