"""Passcodes: hashed with Argon2id, judged by zxcvbn, one-time codes drawn at random."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import PasscodeWeakError
from app.models.storable import storable

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0/O, 1/I/L: the code is read off paper."""
_LEAST_SCORE = 3


class PasscodeHasher:
    """Hashes and checks passcodes; the same effort whether or not a record exists."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody: str | None = None

    def hash(self, passcode: str) -> str:
        """Return the Argon2id hash of a passcode."""
        return self._hasher.hash(_tidy(passcode))

    def matches(self, stored: str, passcode: str) -> bool:
        """Say whether a passcode belongs to a stored hash."""
        try:
            return self._hasher.verify(stored, _tidy(passcode))
        except (VerificationError, InvalidHashError):
            return False

    def waste_time(self, passcode: str) -> None:
        """Spend the time of a check for a name that does not exist, so that the two cannot be told apart."""
        if self._nobody is None:
            self._nobody = self.hash(secrets.token_hex(16))
        self.matches(self._nobody, passcode)


def passcode_length(passcode: str) -> int:
    """Return how many characters a passcode has, counted as they are hashed."""
    return len(_tidy(passcode))


def check_strength(passcode: str, minimum: int, known_words: tuple[str, ...]) -> None:
    """Refuse a passcode that is too short or that zxcvbn guesses easily (score below 3)."""
    from zxcvbn import zxcvbn  # loaded here: its word lists cost 0.1 s that sign-in must not pay

    tidy = _tidy(passcode)
    if passcode_length(passcode) < minimum:
        raise PasscodeWeakError("length", minimum)
    # zxcvbn is quadratic and worse in length; what lies beyond 72 characters cannot make a passcode weaker.
    if zxcvbn(tidy[:72], user_inputs=[word for word in known_words if word])["score"] < _LEAST_SCORE:
        raise PasscodeWeakError("guessable", minimum)


def new_one_time_code() -> str:
    """Draw a one-time code of 12 characters in groups of four (59 bits)."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join(letters[i : i + 4] for i in range(0, 12, 4))


def tidy_code(code: str) -> str:
    """Bring a typed one-time code to the form it was printed in."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def _tidy(passcode: str) -> str:
    return unicodedata.normalize("NFC", storable(passcode))
