"""Figures above and below the line (10⁶, m³, CO₂) in a text without formatting."""

from enum import Enum
from typing import Final


class Script(Enum):
    """Where a figure stands that is not on the line."""

    ABOVE = "above"
    BELOW = "below"


_PLAIN: Final = "0123456789+-−=()"
_WRITTEN: Final = {
    Script.ABOVE: dict(zip(_PLAIN + "ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True)),
    Script.BELOW: dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}


def written(text: str, script: Script) -> str | None:
    """Return a text with the characters that stand above or below the line; None when one of them has no such form."""
    known = _WRITTEN[script]
    if any(not character.isspace() and character not in known for character in text):
        return None
    return "".join(known.get(character, character) for character in text)
