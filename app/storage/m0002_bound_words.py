"""Keys that bind what people wrote to the audit chain (rows from before have none), and holidays in Chinese."""

from sqlite_utils.db import Database

_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋",
}
"""What the first version had seeded, and what the office reads."""
_BOUND = ("revision", "decision", "publication", "month_explanation")


def apply(db: Database) -> None:
    """Give each of these tables the key that is kept in, and removed with, its record; name holidays in Chinese."""
    for table in _BOUND:
        db.execute(f"ALTER TABLE {table} ADD COLUMN audit_key BLOB NOT NULL DEFAULT x''")
    for english, chinese in _HOLIDAYS.items():
        db.execute("UPDATE workday SET note = ? WHERE note = ?", (chinese, english))
