"""Choosing a password for an account: how strong it is, whether its platform takes it, and one that is drawn."""

from dataclasses import dataclass

from app.models.account import Account
from app.models.password_rule import SHORTEST, PasswordRule, RuleFault, SignKind
from app.models.password_weakness import Strength
from app.models.platform import Platform
from app.models.secret import Secret
from app.services.record_room import RecordRoom
from app.vault.password_draw import drawn_password
from app.vault.password_strength import judged

_DRAWN_KINDS = frozenset({SignKind.UPPER, SignKind.LOWER, SignKind.DIGIT})
_KINDS_NEED = 4
"""The least length into which each of the kinds and one more fit."""


@dataclass(frozen=True)
class JudgedPassword:
    """What is told of a password while it is typed; never the password itself."""

    strength: Strength
    faults: tuple[RuleFault, ...] = ()
    """Why the account's platform would refuse it."""

    @property
    def is_fine(self) -> bool:
        """Whether nothing speaks against it."""
        return self.strength.is_enough and not self.faults


class PasswordChoice:
    """Reads the platform's rule and what an outsider knows of the unit; writes nothing."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def judge(self, account_id: str, password: Secret) -> JudgedPassword:
        """Judge a password for an account."""
        with self._room.store.reading() as unit:
            account = unit.accounts.get(account_id)
            platform = unit.platforms.find(account.platform)
            own = unit.units.get()
            known = [own.name, own.short_name, own.code, own.code_word, *_names(account)]
            known += [person.name for person in unit.people.list()]
        # Only lengths are on the list of platforms; which signs one takes it tells nobody.
        length = {RuleFault.TOO_SHORT, RuleFault.TOO_LONG}
        faults = tuple(fault for fault in _rule(platform).faults(password) if fault in length)
        return JudgedPassword(judged(password, filter(None, known)), faults)

    def draw(self, account_id: str) -> Secret:
        """Draw a password for an account."""
        with self._room.store.reading() as unit:
            platform = unit.platforms.find(unit.accounts.get(account_id).platform)
        return drawn_password(_rule(platform))


def _rule(platform: Platform | None) -> PasswordRule:
    if platform is None:
        return PasswordRule(required=_DRAWN_KINDS)
    least = max(platform.password_least, SHORTEST)
    most = max(platform.password_most, least)
    return PasswordRule(least, most, _DRAWN_KINDS if most >= _KINDS_NEED else frozenset())


def _names(account: Account) -> tuple[str, ...]:
    return account.platform, account.name, account.handle
