"""How what was looked at is told: one line each, and what is to be done."""

from collections.abc import Iterable

from app.commands.console import tell
from app.models.self_check import Colour, Look

_MARKS = {Colour.GREEN: "✓", Colour.AMBER: "○", Colour.RED: "✗"}


def tell_looks(looks: Iterable[Look]) -> int:
    """Tell each as it comes and return how many are wanting."""
    return sum(tell_look(look).colour is Colour.RED for look in looks)


def tell_look(look: Look) -> Look:
    """Tell one, and return it."""
    tell(f"{_MARKS[look.colour]}　{look.subject}：{look.sentence}{look.todo}")
    return look
