"""Policy versions, settings, working days and number series."""

from dataclasses import asdict
from datetime import date, datetime
from functools import lru_cache

from sqlite_utils.db import Database

from app.errors import NotFoundError, NumbersUnconfirmedError, SetupNeededError
from app.models.backup import RESTORED
from app.models.clock import from_text, to_text
from app.models.month import Month
from app.models.numbering import GivenNumber, OfficeNumber
from app.models.policy import Policy, PolicyVersion, read_policy
from app.models.records import Settings
from app.models.workday import WorkCalendar
from app.storage.rows import Row, as_written, moment, reader, select, select_one, write


@lru_cache(maxsize=16)
def _parsed(text: str) -> Policy:
    return read_policy(text, adopted=True)


class PolicyRecords:
    """Adopted versions; nothing made under an older one is moved by a newer."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def current(self, on: date) -> PolicyVersion:
        sql = "SELECT * FROM policy_version WHERE effective_on <= ? ORDER BY effective_on DESC, version DESC LIMIT 1"
        row = select_one(self._db, sql, (on.isoformat(),)) or select_one(
            self._db, "SELECT * FROM policy_version ORDER BY version LIMIT 1"
        )
        if row is None:
            raise SetupNeededError
        return read_version(row)

    def get(self, version: int) -> PolicyVersion:
        row = select_one(self._db, "SELECT * FROM policy_version WHERE version = ?", (version,))
        if row is None:
            raise NotFoundError("policy", str(version))
        return read_version(row)

    def adopted_digest(self, version: int) -> str:
        """Return the digest that a version's text had when it was adopted."""
        row = select_one(self._db, "SELECT digest FROM policy_version WHERE version = ?", (version,))
        if row is None:
            raise NotFoundError("policy", str(version))
        return str(row["digest"])

    def list(self) -> tuple[PolicyVersion, ...]:
        return tuple(map(read_version, select(self._db, "SELECT * FROM policy_version ORDER BY version")))

    def add(self, policy: Policy, effective_on: str, approved_by: str, at: datetime) -> PolicyVersion:
        last = select_one(self._db, "SELECT coalesce(max(version), 0) AS last FROM policy_version")
        version = PolicyVersion((last or {"last": 0})["last"] + 1, policy, effective_on, approved_by)
        row: Row = {
            "version": version.version,
            "name": policy.name,
            "digest": policy.digest,
            "text": policy.text,
            "effective_on": effective_on,
            "approved_by": approved_by,
            "adopted_at": to_text(at),
        }
        write(self._db, "policy_version", row)
        return version


class SettingRecords:
    """Settings of this PC, as texts under keys."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> str | None:
        row = select_one(self._db, "SELECT value FROM setting WHERE key = ?", (key,))
        return str(row["value"]) if row else None

    def set(self, key: str, value: str) -> None:
        write(self._db, "setting", {"key": key, "value": value}, replace=True)

    def load(self) -> Settings:
        plain = Settings()
        found = dict.fromkeys(asdict(plain)) | {
            row["key"]: row["value"] for row in select(self._db, "SELECT key, value FROM setting")
        }
        with as_written("setting"):
            return Settings(
                lock_minutes=int(found["lock_minutes"] or plain.lock_minutes),
                paper_fonts=found["paper_fonts"] or plain.paper_fonts,
                theme=found["theme"] or plain.theme,
                scale=int(found["scale"] or plain.scale),
                backup_folder=found["backup_folder"] or "",
                archive_folder=found["archive_folder"] or "",
            )

    def store(self, settings: Settings) -> None:
        for key, value in asdict(settings).items():
            self.set(key, str(value))


class WorkdayRecords:
    """The days that differ from the plain week."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def calendar(self) -> WorkCalendar:
        rows = select(self._db, "SELECT * FROM workday")
        years = select(self._db, "SELECT year FROM workday_year")
        days = dict(read_workday(row)[:2] for row in rows)
        return WorkCalendar(days, frozenset(row["year"] for row in years))

    def set_day(self, on: date, works: bool, note: str) -> None:
        write(self._db, "workday", {"day": on.isoformat(), "works": int(works), "note": note}, replace=True)

    def remove_day(self, on: date) -> None:
        self._db.execute("DELETE FROM workday WHERE day = ?", (on.isoformat(),))

    def announce(self, year: int, source: str) -> None:
        write(self._db, "workday_year", {"year": year, "source": source}, replace=True)

    def days(self, year: int) -> tuple[tuple[date, bool, str], ...]:
        sql = "SELECT * FROM workday WHERE day BETWEEN ? AND ? ORDER BY day"
        rows = select(self._db, sql, (f"{year}-01-01", f"{year}-12-31"))
        return tuple(map(read_workday, rows))


class NumberRecords:
    """Office numbers: one series a kind of paper and year, none ever reused."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def give(self, kind: str, year: int, word: str, subject: str, at: datetime) -> OfficeNumber:
        """Give the next number of a series; after a restore none, until the highest on paper is known."""
        if SettingRecords(self._db).get(RESTORED):
            raise NumbersUnconfirmedError
        return self._next(kind, year, word, subject, at)

    def note_lost(self, kind: str, year: int, word: str, last: int, subject: str, at: datetime) -> None:
        """Put every number up to the last on record as given, so that the next one comes after it."""
        while self.last(kind, year) < last:
            self._next(kind, year, word, subject, at)

    def last(self, kind: str, year: int) -> int:
        """Return the highest serial given in a series, or 0."""
        sql = "SELECT coalesce(max(serial), 0) AS last FROM paper_number WHERE kind = ? AND year = ?"
        found = select_one(self._db, sql, (kind, year))
        return int(found["last"]) if found else 0

    def _next(self, kind: str, year: int, word: str, subject: str, at: datetime) -> OfficeNumber:
        number = OfficeNumber(word, year, self.last(kind, year) + 1)
        row: Row = {
            "kind": kind,
            "year": year,
            "serial": number.serial,
            "word": word,
            "subject": subject,
            "given_at": to_text(at),
        }
        write(self._db, "paper_number", row)
        return number

    def void(self, kind: str, year: int, serial: int, at: datetime) -> None:
        sql = "UPDATE paper_number SET voided_at = ? WHERE kind = ? AND year = ? AND serial = ? AND voided_at IS NULL"
        self._db.execute(sql, (to_text(at), kind, year, serial))

    def list(self, kind: str, year: int) -> tuple[GivenNumber, ...]:
        sql = "SELECT * FROM paper_number WHERE kind = ? AND year = ? ORDER BY serial"
        return tuple(map(read_number, select(self._db, sql, (kind, year))))

    def first_month(self, kind: str) -> Month | None:
        """Return the month in which the first number of a kind was given."""
        row = select_one(self._db, "SELECT min(given_at) AS first FROM paper_number WHERE kind = ?", (kind,))
        with as_written("paper_number"):
            return Month.of(from_text(row["first"])) if row and row["first"] else None

    def of_subject(self, kind: str, subject: str) -> OfficeNumber | None:
        sql = "SELECT * FROM paper_number WHERE kind = ? AND subject = ? AND voided_at IS NULL ORDER BY year, serial"
        row = select_one(self._db, sql, (kind, subject))
        return read_number(row).number if row else None


@reader("workday")
def read_workday(row: Row) -> tuple[date, bool, str]:
    """Read a row of `workday`; raises as `reader` says."""
    return date.fromisoformat(row["day"]), bool(row["works"]), row["note"]


@reader("paper_number")
def read_number(row: Row) -> GivenNumber:
    """Read a row of `paper_number`; raises as `reader` says."""
    number = OfficeNumber(row["word"], row["year"], row["serial"])
    return GivenNumber(number, row["subject"], from_text(row["given_at"]), moment(row["voided_at"]))


@reader("policy_version")
def read_version(row: Row) -> PolicyVersion:
    """Read a row of `policy_version`; raises as `reader` says."""
    return PolicyVersion(row["version"], _parsed(row["text"]), row["effective_on"], row["approved_by"])
