"""Time as the office means it: stored in UTC, counted in Beijing days.

Days, months and years are +08:00 whatever the PC says. China has had one offset and no summer time
since 1991, so a fixed offset is right and needs no time zone database.
"""

from datetime import UTC, date, datetime, timedelta, timezone

_STORED_LENGTH = len("2026-11-23T10:00:00.000000Z")

BEIJING = timezone(timedelta(hours=8), "北京时间")


def beijing(moment: datetime) -> datetime:
    """Return an aware moment as Beijing wall-clock time."""
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment.astimezone(BEIJING)


def beijing_day(moment: datetime) -> date:
    """Return the Beijing calendar day on which an aware moment falls."""
    return beijing(moment).date()


def to_text(moment: datetime) -> str:
    """Write an aware moment as stored: UTC, microseconds, sortable as text."""
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def from_text(text: str) -> datetime:
    """Read a moment written by `to_text`."""
    if len(text) != _STORED_LENGTH or not text.endswith("Z"):
        raise ValueError("not a stored moment")
    return datetime.fromisoformat(text)


def start_of_day(day: date) -> datetime:
    """Return the first moment of a Beijing day."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)
