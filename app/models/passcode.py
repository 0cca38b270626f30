"""Passcodes and lock-out as recorded; nobody sets another's."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PASSCODE_LENGTH = 8
CUSTODIAN_PASSCODE_LENGTH = 12
LOCK_OUT_AFTER = 5
LOCK_OUT_STEPS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))


@dataclass(frozen=True)
class PasscodeRecord:
    """A person's passcode (Argon2id hash) or one-time code, and the key pair that envelopes are sealed to.

    `one_time` says that the hash belongs to a one-time code: the person must choose a passcode before
    anything else. `private_key` is the X25519 private key under Argon2id of the passcode (salt, nonce and
    ciphertext); both keys are empty until a passcode is chosen. `reset_reason` and `reset_by` are shown to the
    person at the next sign-in until `reset_seen`.
    """

    person_id: str
    hash: str
    one_time: bool
    expires_on: date | None
    public_key: bytes
    private_key: bytes
    changed_at: datetime
    reset_reason: str = ""
    reset_by: str = ""
    reset_seen: bool = True


@dataclass(frozen=True)
class SignInGuard:
    """Wrong tries in a row at a person, or at a name that is nobody's (kept as a keyed hash), over restarts."""

    name_hash: str
    failures: int = 0
    locked_until: datetime | None = None

    def after_failure(self, now: datetime) -> "SignInGuard":
        """Count one more wrong try; every fifth locks for 1, then 5, then 15 minutes."""
        failures = self.failures + 1
        if failures % LOCK_OUT_AFTER:
            return SignInGuard(self.name_hash, failures, self.locked_until)
        step = min(failures // LOCK_OUT_AFTER, len(LOCK_OUT_STEPS)) - 1
        return SignInGuard(self.name_hash, failures, now + LOCK_OUT_STEPS[step])

    def seconds_locked(self, now: datetime) -> int:
        """Return how many seconds remain; a lock beyond the longest step means the clock was set back, and is over.

        Otherwise a PC whose clock fell back to its first year would keep everybody out for years.
        """
        if self.locked_until is None or not timedelta(0) < self.locked_until - now <= LOCK_OUT_STEPS[-1]:
            return 0
        return math.ceil((self.locked_until - now).total_seconds())
