"""Dates as papers write them; the same words as `app.labels`, which would load the whole domain for two lines."""

from datetime import date, datetime

from app.models.clock import beijing


def paper_date(day: date | datetime) -> str:
    """Write a day as 2026年11月23日; an aware moment counts by its Beijing day."""
    shown = beijing(day) if isinstance(day, datetime) else day
    return f"{shown.year}年{shown.month}月{shown.day}日"


def paper_moment(moment: datetime) -> str:
    """Write an aware moment in Beijing time as 2026年11月23日 18:00."""
    return f"{paper_date(moment)} {beijing(moment):%H:%M}"
