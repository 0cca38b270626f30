"""Drawing a password that fits a platform's rule, each that fits as likely as any other."""

import secrets
from collections.abc import Callable

from app.models.password_rule import PasswordRule, SignKind
from app.models.secret import Secret

USUAL_LENGTH = 16


def drawn_password(
    rule: PasswordRule, length: int = USUAL_LENGTH, choose: Callable[[str], str] = secrets.choice
) -> Secret:
    """Draw a password of a length (brought within the rule's bounds)."""
    size = min(max(length, rule.least), rule.most)
    alphabet = "".join(rule.drawn_from(kind) for kind in SignKind)
    # Drawn again as a whole until it fits: mending one that does not would make some passwords likelier than others.
    while True:
        password = Secret("".join(choose(alphabet) for _ in range(size)))
        if not rule.faults(password):
            return password
