"""What changed in the records, told to whoever shows it."""

from PySide6.QtCore import QObject, Signal

KINDS = frozenset({"drafts", "accounts", "publications", "people", "settings", "months", "policy", "passwords"})


class Changes(QObject):
    """Tells the pages after a write which kinds of record changed."""

    changed = Signal(frozenset)

    def tell(self, *kinds: str) -> None:
        """Say that records of these kinds changed; an unknown kind is a bug (`ValueError`)."""
        if unknown := set(kinds) - KINDS:
            raise ValueError(f"unknown kinds: {sorted(unknown)}")
        self.changed.emit(frozenset(kinds))
