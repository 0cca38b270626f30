"""Passcodes and lock-out."""

from sqlite_utils.db import Database

from app.models.clock import from_text, to_text
from app.models.passcode import PasscodeRecord, SignInGuard
from app.storage.rows import Row, day, day_text, moment, moment_text, reader, select_one, write


class PasscodeRecords:
    """One record a person who signs in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, person_id: str) -> PasscodeRecord | None:
        row = select_one(self._db, "SELECT * FROM passcode WHERE person_id = ?", (person_id,))
        return read_passcode(row) if row else None

    def save(self, record: PasscodeRecord) -> None:
        row = {
            "person_id": record.person_id,
            "hash": record.hash,
            "one_time": int(record.one_time),
            "expires_on": day_text(record.expires_on),
            "public_key": record.public_key,
            "private_key": record.private_key,
            "changed_at": to_text(record.changed_at),
            "reset_reason": record.reset_reason,
            "reset_by": record.reset_by,
            "reset_seen": int(record.reset_seen),
        }
        write(self._db, "passcode", row, replace=True)


class SignInRecords:
    """Wrong tries in a row, kept across restarts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, name_hash: str) -> SignInGuard:
        row = select_one(self._db, "SELECT * FROM sign_in_guard WHERE name_hash = ?", (name_hash,))
        return read_guard(row) if row else SignInGuard(name_hash)

    def save(self, guard: SignInGuard) -> None:
        row = {
            "name_hash": guard.name_hash,
            "failures": guard.failures,
            "locked_until": moment_text(guard.locked_until),
        }
        write(self._db, "sign_in_guard", row, replace=True)

    def clear(self, name_hash: str) -> None:
        self._db.execute("DELETE FROM sign_in_guard WHERE name_hash = ?", (name_hash,))


@reader("passcode")
def read_passcode(row: Row) -> PasscodeRecord:
    """Read a row of `passcode`; raises as `reader` says."""
    return PasscodeRecord(
        person_id=row["person_id"],
        hash=row["hash"],
        one_time=bool(row["one_time"]),
        expires_on=day(row["expires_on"]),
        public_key=bytes(row["public_key"]),
        private_key=bytes(row["private_key"]),
        changed_at=from_text(row["changed_at"]),
        reset_reason=row["reset_reason"],
        reset_by=row["reset_by"],
        reset_seen=bool(row["reset_seen"]),
    )


@reader("sign_in_guard")
def read_guard(row: Row) -> SignInGuard:
    """Read a row of `sign_in_guard`; raises as `reader` says."""
    return SignInGuard(row["name_hash"], row["failures"], moment(row["locked_until"]))
