"""Every error a person can act on: facts, no sentences; `app.messages` holds the sentence for each."""

from datetime import date
from enum import StrEnum
from typing import Any


class AppError(Exception):
    """Something a person can act on; anything else that is raised is a bug."""


# ---- domain -------------------------------------------------------------------------------------


class ActionNotAllowedError(AppError):
    """This action does not exist in this state."""

    def __init__(self, action: StrEnum, state: StrEnum) -> None:
        super().__init__(f"{action} in {state}")
        self.action, self.state = action, state


class RightMissingError(AppError):
    """The person does not hold the right the act needs."""

    def __init__(self, right: StrEnum) -> None:
        super().__init__(str(right))
        self.right = right


class AccountNotCoveredError(RightMissingError):
    """The person holds the right, but not for these `accounts` (their captions)."""

    def __init__(self, right: StrEnum, accounts: tuple[str, ...]) -> None:
        super().__init__(right)
        self.accounts = accounts


class ApplicationNeededError(AppError):
    """A filed account changes these `fields` only by a signed change application (article 7)."""

    def __init__(self, fields: tuple[StrEnum, ...]) -> None:
        super().__init__(",".join(fields))
        self.fields = fields


class TerminalRefusedError(AppError):
    """A terminal cannot be used or recorded so: `reason` names why (`unregistered`, `number_taken`, ...)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class OwnDraftError(AppError):
    """The decider of a draft is its author (two people are needed)."""


class RoleConflictError(AppError):
    """One person would be administrator and auditor."""


class LastAdministratorError(AppError):
    """The unit would be left without an administrator who can sign in."""


class MonthTextError(AppError):
    """A month is not written YYYY-MM, or does not exist."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class PaperCodeError(AppError):
    """A code on a page is `foreign`, `newer`, `damaged` or `unwritable`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class MissingFieldError(AppError):
    """A field that must be filled is empty."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class FieldTooLongError(AppError):
    """A field holds more characters than it may."""

    def __init__(self, field: str, limit: int, length: int) -> None:
        super().__init__(f"{field}: {length} > {limit}")
        self.field, self.limit, self.length = field, limit, length


class FieldInvalidError(AppError):
    """A field's value is not of its form (`unit_code`, `link`, `number`, ...)."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ReasonNeededError(AppError):
    """The act needs a written reason."""


class NotFoundError(AppError):
    """A record that was asked for does not exist (`kind` names its table)."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"{kind} {key}")
        self.kind, self.key = kind, key


class ChangedMeanwhileError(AppError):
    """Somebody else changed the record after it was read."""


class PolicyInvalidError(AppError):
    """A policy file is not valid; `problems` are (place, fact) pairs."""

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


# ---- drafts, review, publication ----------------------------------------------------------------


class SubmissionBlockedError(AppError):
    """The draft cannot be submitted; `missing` names fields, `rules` names unanswered findings."""

    def __init__(self, missing: tuple[str, ...] = (), rules: tuple[str, ...] = ()) -> None:
        super().__init__(f"missing {missing}, rules {rules}")
        self.missing, self.rules = missing, rules


class SecrecyMarkError(AppError):
    """A secrecy mark was met: nothing was saved; `file` names the file that carries it, if it is one."""

    def __init__(self, file: str = "") -> None:
        super().__init__("a mark" + " in a file" * bool(file))
        self.file = file


class SecrecyMarkedWordsError(AppError):
    """What was written beside an act (opinion, reason, note, title) carries a secrecy mark: nothing was kept."""


class StaleSheetError(AppError):
    """A signed sheet belongs to an older revision (`found`) than the draft's (`current`), or its content differs."""

    def __init__(self, number: str, found: int, current: int) -> None:
        super().__init__(f"{number}: {found} < {current}")
        self.number, self.found, self.current = number, found, current


class ForeignPaperError(AppError):
    """A paper belongs to another unit or another installation."""


class ScanNeededError(AppError):
    """A decision registered from paper counts only with its scan."""


class StepNotOpenError(AppError):
    """The review step is already decided, or its turn has not come."""


class DeciderUnfitError(AppError):
    """The named person does not hold the role of the step on that day, nor an authorization for it."""


class PersonLeftError(AppError):
    """Somebody who has left is to sign in or hold a role again; coming back is recorded first."""


class AlreadyDecidedError(AppError):
    """The person has decided at this step already: a quorum is of different people."""


class DecisionTooEarlyError(AppError):
    """A decision is dated before the submission, or in the future."""


class NotApprovedError(AppError):
    """A publication 审后发布 needs decisions on exactly this content, by other people, not later than it."""


class PublishedEarlierError(AppError):
    """A publication is dated in the future."""


class NotEarlierError(AppError):
    """A post from the first day of use (`first_day`) or later cannot be taken over as 补录."""

    def __init__(self, first_day: date) -> None:
        super().__init__(first_day.isoformat())
        self.first_day = first_day


class AlreadyPublishedError(AppError):
    """A publication of this draft on this account is on record already."""


class LastReviewStepError(AppError):
    """A chain would lack 保密审查 or 主要领导签批."""


# ---- sign-in ------------------------------------------------------------------------------------


class SignInRefusedError(AppError):
    """Name and passcode do not belong together; the same for an unknown name."""


class OwnPasscodeWrongError(SignInRefusedError):
    """The passcode of who is signed in was asked again, and another one was typed."""


class LockedOutError(AppError):
    """Too many wrong tries; `seconds` to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(str(seconds))
        self.seconds = seconds


class PasscodeWeakError(AppError):
    """The chosen passcode is too short (`length`) or too easy to guess (`guessable`)."""

    def __init__(self, reason: str, minimum: int) -> None:
        super().__init__(reason)
        self.reason, self.minimum = reason, minimum


class CodeExpiredError(AppError):
    """The one-time code is the right one, but its days are over."""


class PasscodeChangeNeededError(AppError):
    """A one-time code was used: the person must choose a passcode first."""


class LongerPasscodeNeededError(PasscodeChangeNeededError):
    """The passcode was chosen before its owner kept the passwords, and is too short for that."""


class SignedOutError(AppError):
    """Nobody is signed in."""


class ClockWrongError(AppError):
    """The PC's clock shows a day (`today`) before the records were begun (`first`): nobody holds a role on it."""

    def __init__(self, today: date, first: date) -> None:
        super().__init__(f"{today} < {first}")
        self.today, self.first = today, first


class SetupDoneError(AppError):
    """The first set-up has been done already."""


class SetupNeededError(AppError):
    """The data folder holds no unit yet."""


# ---- passwords of accounts ----------------------------------------------------------------------


class SecretTooLongError(AppError):
    """A password is too long for an entry of the system's store: its envelope takes `size` of `limit` bytes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(f"{size} > {limit}")
        self.size, self.limit = size, limit


class EnvelopeInvalidError(AppError):
    """An envelope is `damaged`, `newer` or `foreign` (of another person, place or key), or has `no_key` to seal to."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class VaultAbsentError(AppError):
    """This PC has no store of secrets that may be used; `system` is `win32`, `darwin` or another."""

    def __init__(self, system: str) -> None:
        super().__init__(system)
        self.system = system


class CredentialMissingHereError(AppError):
    """A password is on record, but this PC's store of secrets has no envelope of it."""


class CustodianUnfitError(AppError):
    """The person named does not keep passwords of this account, or has not yet chosen a passcode."""

    def __init__(self, name: str) -> None:
        super().__init__("unfit")
        self.name = name


class HandoverNeededError(AppError):
    """A person still keeps these accounts' passwords, enters these by scanning, and answers for these terminals."""

    def __init__(self, name: str, custody: tuple[str, ...], scans: tuple[str, ...], terminals: tuple[str, ...]) -> None:
        super().__init__("handover")
        self.name, self.custody, self.scans, self.terminals = name, custody, scans, terminals


class HandoverTickError(AppError):
    """A hand-over cannot be begun, ticked or presented so: `reason` names why (`unchanged`, `not_sealed`, ...)."""

    def __init__(self, reason: str, account: str = "") -> None:
        super().__init__(reason)
        self.reason, self.account = reason, account


class LoanRefusedError(AppError):
    """A password cannot be lent so: `reason` names why (`approver`, `custodian`, `out`)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotCustodianError(AppError):
    """The person at the desk is no custodian of this password."""


class VaultLockedError(AppError):
    """The system's `store` of secrets is locked, or its owner refused to let this program in."""

    def __init__(self, store: str) -> None:
        super().__init__(store)
        self.store = store


class VaultSilentError(AppError):
    """The system's `store` of secrets did not answer in time, or died, while `act` (find, store or remove) went on.

    What was to be stored or removed may or may not have been.
    """

    def __init__(self, store: str, act: str = "find") -> None:
        super().__init__(f"{act} in {store}")
        self.store, self.act = store, act


class VaultNotKeptError(AppError):
    """The system's `store` of secrets refused what was to be kept, or reads back something else."""

    def __init__(self, store: str) -> None:
        super().__init__(store)
        self.store = store


class VaultNotRemovedError(AppError):
    """The system's `store` of secrets still holds what was to be removed."""

    def __init__(self, store: str) -> None:
        super().__init__(store)
        self.store = store


class PasswordRuleInvalidError(AppError):
    """No password can fit a platform's rule: its `length`, its `signs` or its `kinds` contradict one another."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# ---- files in -----------------------------------------------------------------------------------


class FileUnreadableError(AppError):
    """A file cannot be taken in; `reason` is one of `IMPORT_REASONS`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


IMPORT_REASONS = (
    "missing",
    "folder",
    "shortcut",
    "empty",
    "too_large",
    "old_word",
    "rtf",
    "old_excel",
    "wps",
    "encrypted",
    "broken",
    "bomb",
    "rigged",
    "unknown_kind",
    "not_text",
    "not_sheet",
    "not_scan",
    "not_picture",
    "heic",
    "unknown_encoding",
    "picture_too_large",
    "no_text",
    "no_rows",
    "no_account_rows",
    "too_many_pages",
    "too_many_rows",
    "scan_too_fine",
    "no_permission",
)


# ---- storage ------------------------------------------------------------------------------------


class OlderDatabaseError(AppError):
    """The database is of an earlier version and was only to be looked at: whoever opens it brings it up to date."""


class NewerDatabaseError(AppError):
    """The database was written by a newer version of the program."""


class DatabaseMissingError(AppError):
    """The data folder holds stored files, but no database: it was lost or moved away."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class DatabaseDamagedError(AppError):
    """The database cannot be read, or its checks fail."""


class DatabaseBusyError(AppError):
    """Another program holds the database."""


class UnsafeFolderError(AppError):
    """The data folder lies on a `removable`, `network` or `synchronised` place."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class AlreadyRunningError(AppError):
    """A window is open on this data folder already."""


class AuditBrokenError(AppError):
    """The audit chain does not hold from entry `seq` on."""

    def __init__(self, seq: int) -> None:
        super().__init__(str(seq))
        self.seq = seq


class RecordAlteredError(AppError):
    """A row of the database holds what this program never writes: somebody else did (`row`: its first column)."""

    def __init__(self, table: str, row: str = "") -> None:
        super().__init__(f"{table} {row}")
        self.table = table
        self.row = row


class AttachmentMissingError(AppError):
    """A stored file is gone or altered."""

    def __init__(self, sha256: str) -> None:
        super().__init__(sha256)
        self.sha256 = sha256


class BackupInvalidError(AppError):
    """A folder is not a valid backup; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SamePersonError(AppError):
    """What two people confirm was confirmed twice by the same person."""


class WitnessRefusedError(AppError):
    """Name and passcode of one who confirms a restore do not belong together; `which` names the first (1) or both."""

    def __init__(self, which: tuple[int, ...]) -> None:
        super().__init__(str(which))
        self.which = which


class NoAdministratorError(AppError):
    """Neither of the two who confirm a restore is an administrator."""


class NumbersUnconfirmedError(AppError):
    """After a restore the highest numbers on paper have not been confirmed: none may be given."""


class NumberImplausibleError(AppError):
    """A number found on paper is lower than the `known` one, or higher than `most`."""

    def __init__(self, given: int, known: int, most: int) -> None:
        super().__init__(f"{given}: {known}..{most}")
        self.given, self.known, self.most = given, known, most


class HeadMismatchError(AppError):
    """The head printed on a paper with entry `seq` is not the one in the records."""

    def __init__(self, seq: int) -> None:
        super().__init__(str(seq))
        self.seq = seq


class FolderNotEmptyError(AppError):
    """The target folder must be empty."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


# ---- writing outside ----------------------------------------------------------------------------


class NotEnoughSpaceError(AppError):
    """The drive lacks `missing` bytes."""

    def __init__(self, missing: int) -> None:
        super().__init__(str(missing))
        self.missing = missing


class FolderMissingError(AppError):
    """The folder that something was to be written to is not there, or is a file."""

    def __init__(self, path: str, *, is_file: bool = False) -> None:
        super().__init__(path)
        self.path, self.is_file = path, is_file


class TargetNotWritableError(AppError):
    """A folder or drive cannot be written."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class DriveRemovedError(AppError):
    """The drive vanished while it was written or read."""


class CancelledError(AppError):
    """The person cancelled; nothing half-done is left."""


class ReadBackError(AppError):
    """What was written does not read back the same."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TargetExistsError(AppError):
    """The target name exists already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class TargetInsideSourceError(AppError):
    """A backup would lie inside the data folder, or restored data inside the backup."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class FileTooLargeForMediumError(AppError):
    """A file of 4 GiB or more does not fit the medium's file system."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class GapsUnexplainedError(AppError):
    """A month has gaps without a written explanation; `gaps` are their keys."""

    def __init__(self, gaps: tuple[str, ...]) -> None:
        super().__init__(", ".join(gaps))
        self.gaps = gaps


class MonthNotOverError(AppError):
    """The month has not ended yet."""


class NothingFiledError(AppError):
    """Nothing was filed yet in the month or before it; `first` is the first month to archive, if there is one."""

    def __init__(self, month: str, first: str = "") -> None:
        super().__init__(f"{month} {first}".strip())
        self.month, self.first = month, first


class SealingBusyError(AppError):
    """Another window or command is archiving a month right now."""


class MonthDeliveredError(AppError):
    """The month was handed over; a new version is not possible."""


class ClockDoubtfulError(AppError):
    """Nothing was recorded between `last` and `today`: too long to remove anything for good by this clock."""

    def __init__(self, today: date, last: date) -> None:
        super().__init__(f"{last} … {today}")
        self.today, self.last = today, last


class NothingExpiredError(AppError):
    """Nothing of this kind has been kept long enough; the oldest may go from `first_on` on (None: never)."""

    def __init__(self, first_on: date | None) -> None:
        super().__init__(str(first_on))
        self.first_on = first_on


class NotABagError(AppError):
    """The folder is not a BagIt bag."""


class PaperImpossibleError(AppError):
    """A paper cannot be set: `reason` names why (`no_glyph`, `too_long`, ...)."""

    def __init__(self, reason: str, detail: Any = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail
