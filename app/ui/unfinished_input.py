"""What somebody typed into a dialog that was closed before it was done: it is there again when it opens."""

from typing import Any


class UnfinishedInput:
    """Keeps input by dialog and subject as long as its person is at the desk."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def keep(self, dialog: str, subject: str, fields: Any) -> None:
        """Keep what was typed; None forgets it."""
        if fields is None:
            self._kept.pop((dialog, subject), None)
        else:
            self._kept[dialog, subject] = fields

    def take(self, dialog: str, subject: str) -> Any:
        """Return what was kept and forget it; None when there is nothing."""
        return self._kept.pop((dialog, subject), None)
