"""What a role lets a person do: one row a role."""

from enum import StrEnum


class Right(StrEnum):
    """A thing a person may be allowed to do."""

    WRITE = "write"
    DECIDE = "decide"
    REGISTER_PAPER = "register_paper"
    PUBLISH = "publish"
    FILE_SCANS = "file_scans"
    ARCHIVE = "archive"
    KEEP_PASSWORDS = "keep_passwords"
    KEEP_WATCH = "keep_watch"
    ADMINISTER = "administer"
    AUDIT = "audit"
    READ = "read"


class Role(StrEnum):
    """The twelve roles of the unit; a role is held by a person from a date to a date, on a basis."""

    INFORMATION_OFFICER = "information_officer"
    ACCOUNT_MANAGER = "account_manager"
    REVIEWER = "reviewer"
    SECRECY_REVIEWER = "secrecy_reviewer"
    PRINCIPAL_LEADER = "principal_leader"
    DEPUTY_LEADER = "deputy_leader"
    PASSWORD_CUSTODIAN = "password_custodian"
    DUTY_OFFICER = "duty_officer"
    DUTY_LEADER = "duty_leader"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.INFORMATION_OFFICER: frozenset({Right.READ, Right.WRITE}),
    Role.ACCOUNT_MANAGER: frozenset(
        {Right.READ, Right.WRITE, Right.REGISTER_PAPER, Right.PUBLISH, Right.FILE_SCANS, Right.ARCHIVE}
    ),
    Role.REVIEWER: frozenset({Right.READ, Right.DECIDE}),
    Role.SECRECY_REVIEWER: frozenset({Right.READ, Right.DECIDE}),
    Role.PRINCIPAL_LEADER: frozenset({Right.READ, Right.DECIDE}),
    Role.DEPUTY_LEADER: frozenset({Right.READ, Right.DECIDE}),
    Role.PASSWORD_CUSTODIAN: frozenset({Right.READ, Right.KEEP_PASSWORDS}),
    Role.DUTY_OFFICER: frozenset({Right.READ, Right.WRITE, Right.KEEP_WATCH}),
    Role.DUTY_LEADER: frozenset({Right.READ, Right.KEEP_WATCH}),
    Role.ARCHIVIST: frozenset({Right.READ, Right.FILE_SCANS, Right.ARCHIVE}),
    Role.ADMINISTRATOR: frozenset({Right.READ, Right.ADMINISTER}),
    Role.AUDITOR: frozenset({Right.READ, Right.AUDIT}),
}
"""Approving (DECIDE) and publishing (PUBLISH) are two rights; no role holds both."""

ACCOUNT_RIGHTS = frozenset({Right.WRITE, Right.DECIDE, Right.PUBLISH, Right.KEEP_PASSWORDS, Right.KEEP_WATCH})
"""Rights used on one account at a time; all others are for the whole unit."""


def may_be_limited(role: Role) -> bool:
    """Say whether a role can be held for named accounts: only where one of its rights is used account by account."""
    return bool(ROLE_RIGHTS[role] & ACCOUNT_RIGHTS)
