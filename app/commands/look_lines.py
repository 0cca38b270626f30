"""How what was looked at is told: one line each, and at the end how many are wanting."""

from collections.abc import Iterable

from app.commands.console import tell
from app.services.checkup import Look

_MARKS = {True: "✓", False: "✗", None: "○"}


def tell_looks(looks: Iterable[Look]) -> int:
    """Tell each as it comes and return how many are wanting."""
    wanting = 0
    for look in looks:
        tell(f"{_MARKS[look.fine]}　{look.subject}：{look.sentence}")
        wanting += look.fine is False
    return wanting
