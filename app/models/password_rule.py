"""What a platform asks of a password, whether one fits it, and what one that is drawn may be made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.errors import PasswordRuleInvalidError
from app.models.secret import Secret

SHORTEST: Final = 4
LONGEST: Final = 64
_LOOK_ALIKES: Final = frozenset("0Oo1lI|`'\"")
"""Read off a screen and typed into a phone, these are taken for one another."""


class SignKind(StrEnum):
    """A kind of character that a platform counts."""

    UPPER = "upper"
    LOWER = "lower"
    DIGIT = "digit"
    SIGN = "sign"


class RuleFault(StrEnum):
    """Why a password does not fit a rule."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UPPER_MISSING = "upper_missing"
    LOWER_MISSING = "lower_missing"
    DIGIT_MISSING = "digit_missing"
    SIGN_MISSING = "sign_missing"
    TOO_FEW_KINDS = "too_few_kinds"
    NOT_ALLOWED = "not_allowed"


_LETTERS: Final = {
    SignKind.UPPER: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    SignKind.LOWER: "abcdefghijklmnopqrstuvwxyz",
    SignKind.DIGIT: "0123456789",
}
_MISSING: Final = {
    SignKind.UPPER: RuleFault.UPPER_MISSING,
    SignKind.LOWER: RuleFault.LOWER_MISSING,
    SignKind.DIGIT: RuleFault.DIGIT_MISSING,
    SignKind.SIGN: RuleFault.SIGN_MISSING,
}


@dataclass(frozen=True)
class PasswordRule:
    """A platform's rule: `least` to `most` characters, the `required` kinds, `least_kinds` in all, the `signs` allowed.

    Letters of both cases and digits are always allowed. `no_look_alikes` concerns what is drawn, not what is typed.
    Raises `PasswordRuleInvalidError` when nothing can fit: `length`, `signs` or `kinds`.
    """

    least: int = 8
    most: int = 20
    required: frozenset[SignKind] = frozenset()
    least_kinds: int = 1
    signs: str = "!@#$%^&*-_=+.?"
    no_look_alikes: bool = True

    def __post_init__(self) -> None:
        if not SHORTEST <= self.least <= self.most <= LONGEST:
            raise PasswordRuleInvalidError("length")
        if any(not "!" <= sign <= "~" or sign.isalnum() for sign in self.signs):
            raise PasswordRuleInvalidError("signs")
        usable = {kind for kind in SignKind if self.drawn_from(kind)}
        if not self.required <= usable or not 1 <= self.least_kinds <= len(usable):
            raise PasswordRuleInvalidError("kinds")

    def allowed(self, kind: SignKind) -> str:
        """Return the characters of a kind that the platform takes, each once."""
        return _LETTERS.get(kind, "") or "".join(sorted(set(self.signs)))

    def drawn_from(self, kind: SignKind) -> str:
        """Return the characters of a kind from which a password is drawn, each once."""
        return "".join(c for c in self.allowed(kind) if not (self.no_look_alikes and c in _LOOK_ALIKES))

    def faults(self, password: Secret) -> tuple[RuleFault, ...]:
        """Say why a password does not fit; empty when it does."""
        text = password.reveal()
        found = []
        if len(text) < self.least:
            found.append(RuleFault.TOO_SHORT)
        if len(text) > self.most:
            found.append(RuleFault.TOO_LONG)
        kinds = {kind for kind in SignKind if any(c in self.allowed(kind) for c in text)}
        found += [_MISSING[kind] for kind in SignKind if kind in self.required - kinds]
        if len(kinds) < self.least_kinds:
            found.append(RuleFault.TOO_FEW_KINDS)
        if any(all(c not in self.allowed(kind) for kind in SignKind) for c in text):
            found.append(RuleFault.NOT_ALLOWED)
        return tuple(found)
