"""What somebody still keeps of the accounts, and so has to hand over before going (article 6)."""

from dataclasses import dataclass

from app.models.account import Account
from app.models.terminal import Terminal


@dataclass(frozen=True)
class Keeping:
    """The accounts a person keeps on record, holds passwords of, or enters by scanning, and the machines in their care.

    Terminals are named so that somebody else is put on file for them; they do not keep a person from leaving.
    """

    charges: tuple[Account, ...] = ()
    passwords: tuple[Account, ...] = ()
    scans: tuple[Account, ...] = ()
    terminals: tuple[Terminal, ...] = ()

    @property
    def custody(self) -> tuple[Account, ...]:
        """The accounts whose password the person keeps."""
        return tuple({one.id: one for one in (*self.charges, *self.passwords)}.values())

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts that go on a hand-over."""
        return tuple({one.id: one for one in (*self.custody, *self.scans)}.values())
