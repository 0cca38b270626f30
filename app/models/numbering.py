"""Office numbers: 代字〔年〕序号, one series per unit, kind of paper and Beijing-time year."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, order=True)
class OfficeNumber:
    """One number, given at first submission and never reused; a void paper keeps it in the ledger as 作废."""

    word: str
    """代字, e.g. 晋示审."""
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.serial}号"

    @property
    def short(self) -> str:
        """As lists show it, without the unit's word: 〔2026〕118号."""
        return f"〔{self.year}〕{self.serial}号"


@dataclass(frozen=True)
class GivenNumber:
    """A line of the number ledger: a number, what got it and when, and when it was voided (作废)."""

    number: OfficeNumber
    subject: str
    given_at: datetime
    voided_at: datetime | None
