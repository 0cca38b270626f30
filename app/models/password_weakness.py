"""How well a password of an account stands up to guessing, and what makes it weak."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ENOUGH: Final = 3


class Weakness(StrEnum):
    """Something in a password that a guesser tries early."""

    COMMON = "common"
    OWN_NAME = "own_name"
    KEYBOARD = "keyboard"
    SEQUENCE = "sequence"
    DATE = "date"
    NUMBER = "number"
    REPEAT = "repeat"
    SHORT = "short"


@dataclass(frozen=True)
class Strength:
    """A score from 0 (guessed at once) to 4 (not guessed), and the weaknesses, worst first."""

    score: int
    weaknesses: tuple[Weakness, ...] = ()

    @property
    def is_enough(self) -> bool:
        """Whether the password may stand: the highest score, or the next without any weakness."""
        return self.score > ENOUGH or (self.score == ENOUGH and not self.weaknesses)
