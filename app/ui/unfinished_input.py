"""What somebody typed into a dialog that was closed before it was done: it is there again when it opens."""

from typing import Any


class UnfinishedInput:
    """Keeps input by dialog and subject, in memory only, as long as its person is the one who signs in.

    Passcodes are never handed to it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}
        self._person_id = ""

    def serve(self, person_id: str) -> None:
        """Note who has signed in; what another person typed is forgotten."""
        if person_id != self._person_id:
            self._kept.clear()
        self._person_id = person_id

    def keep(self, dialog: str, subject: str, fields: Any) -> None:
        """Keep what was typed; None forgets it."""
        if fields is None:
            self._kept.pop((dialog, subject), None)
        else:
            self._kept[dialog, subject] = fields

    def take(self, dialog: str, subject: str) -> Any:
        """Return what was kept and forget it; None when there is nothing."""
        return self._kept.pop((dialog, subject), None)
