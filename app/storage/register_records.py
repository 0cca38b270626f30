"""The register beside the accounts: platforms, applications, operators, personal accounts, impostors."""

from sqlite_utils.db import Database

from app.models.account_application import Application
from app.models.account_watch import Impostor, Operator, PersonalAccount, PersonalCheck
from app.models.platform import Platform
from app.storage.bound_words import bound_words, fresh_key
from app.storage.typed_table import TypedTable


class PlatformRecords(TypedTable[Platform]):
    """Platforms in the unit's order."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "platform", Platform, key="name")

    def list(self) -> tuple[Platform, ...]:
        return self.where("1 ORDER BY position, name")


class ApplicationRecords(TypedTable[Application]):
    """Papers of accounts' lives; none is ever deleted."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "application", Application)

    def put(self, application: Application) -> dict[str, str]:
        """Put a new paper on file; return its place and the keyed hash of its words, for its audit entry."""
        self.add(application, audit_key=fresh_key())
        return self.words(application.id)

    def words(self, application_id: str) -> dict[str, str]:
        """Return the place of a paper and the keyed hash of its words as they stand now."""
        return bound_words(self._db, "application", application_id)

    def of(self, account_id: str) -> tuple[Application, ...]:
        return self.where("account_id = ? ORDER BY created_at, id", account_id)

    def list(self) -> tuple[Application, ...]:
        return self.where("1 ORDER BY created_at DESC, id")


class OperatorRecords(TypedTable[Operator]):
    """Outsourced operators."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "outsourced_operator", Operator)

    def list(self) -> tuple[Operator, ...]:
        return self.where("1 ORDER BY rowid")


class PersonalAccountRecords(TypedTable[PersonalAccount]):
    """Personal certified accounts and the looks at them."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "personal_account", PersonalAccount)
        self._checks = TypedTable(db, "personal_check", PersonalCheck)

    def list(self) -> tuple[PersonalAccount, ...]:
        return self.where("1 ORDER BY rowid")

    def note_check(self, check: PersonalCheck) -> PersonalCheck:
        return self._checks.add(check)

    def checks(self, personal_account_id: str) -> tuple[PersonalCheck, ...]:
        return self._checks.where("personal_account_id = ? ORDER BY checked_on DESC, rowid DESC", personal_account_id)


class ImpostorRecords(TypedTable[Impostor]):
    """Accounts that pass for the unit's."""

    def __init__(self, db: Database) -> None:
        super().__init__(db, "impostor", Impostor)

    def list(self) -> tuple[Impostor, ...]:
        return self.where("1 ORDER BY found_on DESC, rowid DESC")
