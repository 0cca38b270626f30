"""Custody of passwords: terminals, credentials with their envelopes, borrowings, hand-overs (article 6)."""

from dataclasses import replace

from sqlite_utils.db import Database

from app.models.credential import Borrowing, Credential, Envelope, ScanOperator
from app.models.custody_handover import CustodyHandover
from app.models.terminal import Terminal, TerminalLeave
from app.storage.bound_words import bound_words, fresh_key
from app.storage.rows import moment, moment_text, select, write
from app.storage.typed_table import TypedTable


class TerminalRecords(TypedTable[Terminal]):
    """Registered machines."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "terminal", Terminal)
        self.leaves = TypedTable(db, "terminal_leave", TerminalLeave)

    def list(self) -> tuple[Terminal, ...]:
        return self.where("1 ORDER BY retired_on IS NOT NULL, rowid")

    def of_machine(self, machine_id: str) -> Terminal | None:
        """Return the registered terminal that a machine is, or None; an empty mark is nobody's."""
        found = self.where("machine_id = ? AND machine_id <> '' AND retired_on IS NULL ORDER BY rowid", machine_id)
        return found[0] if found else None


class CredentialRecords(TypedTable[Credential]):
    """What is known of passwords; where each envelope lies is known by credential and person."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "credential", Credential, apart=frozenset({"envelopes"}))

    def where(self, condition: str, *parameters: object) -> tuple[Credential, ...]:
        return tuple(self._with_envelopes(one) for one in super().where(condition, *parameters))

    def find(self, key: str) -> Credential | None:
        found = super().find(key)
        return self._with_envelopes(found) if found else None

    def list(self) -> tuple[Credential, ...]:
        return self.where("ended_at IS NULL ORDER BY rowid")

    def of(self, account_id: str) -> tuple[Credential, ...]:
        return self.where("account_id = ? AND ended_at IS NULL ORDER BY rowid", account_id)

    def put_envelopes(self, credential_id: str, envelopes: tuple[Envelope, ...]) -> None:
        """Say which custodians have an envelope now, the main one first; others have none any more."""
        self._db.execute("DELETE FROM credential_envelope WHERE credential_id = ?", (credential_id,))
        for position, one in enumerate(envelopes):
            row = {"credential_id": credential_id, "person_id": one.person_id, "key_digest": one.key_digest}
            write(
                self._db, "credential_envelope", row | {"position": position, "sealed_at": moment_text(one.sealed_at)}
            )

    def _with_envelopes(self, credential: Credential) -> Credential:
        sql = "SELECT * FROM credential_envelope WHERE credential_id = ? ORDER BY position"
        rows = select(self._db, sql, (credential.id,))
        found = ((row["person_id"], moment(row["sealed_at"]), row["key_digest"]) for row in rows)
        return replace(credential, envelopes=tuple(Envelope(who, at, digest) for who, at, digest in found if at))


class BorrowingRecords(TypedTable[Borrowing]):
    """启封/借用登记."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "borrowing", Borrowing)

    def put(self, borrowing: Borrowing) -> Borrowing:
        return self.add(borrowing, audit_key=fresh_key())

    def words(self, borrowing_id: str) -> dict[str, str]:
        """Return the place of a loan and the keyed hash of its words as they stand now."""
        return bound_words(self._db, "borrowing", borrowing_id)

    def open(self, credential_id: str) -> tuple[Borrowing, ...]:
        """Return the loans after which the password has not been changed yet."""
        return self.where("credential_id = ? AND returned_at IS NULL ORDER BY rowid", credential_id)

    def list(self) -> tuple[Borrowing, ...]:
        return self.where("1 ORDER BY borrowed_at, rowid")

    def of(self, credential_id: str) -> tuple[Borrowing, ...]:
        return self.where("credential_id = ? ORDER BY borrowed_at DESC, rowid DESC", credential_id)


class ScanOperatorRecords(TypedTable[ScanOperator]):
    """Who enters an account by scanning."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "scan_operator", ScanOperator)

    def of(self, account_id: str) -> tuple[ScanOperator, ...]:
        return self.where("account_id = ? ORDER BY removed_on IS NOT NULL, from_on, rowid", account_id)


class HandoverRecords(TypedTable[CustodyHandover]):
    """Hand-overs of custody."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "custody_handover", CustodyHandover)

    def put(self, handover: CustodyHandover) -> CustodyHandover:
        return self.add(handover, audit_key=fresh_key())

    def words(self, handover_id: str) -> dict[str, str]:
        """Return the place of a hand-over and the keyed hash of its words as they stand now."""
        return bound_words(self._db, "custody_handover", handover_id)

    def list(self) -> tuple[CustodyHandover, ...]:
        return self.where("1 ORDER BY created_at DESC, id")
