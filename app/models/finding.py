"""What a text check says: where, which rule, how grave, why, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: `block` stops submission, `warn` asks, `hint` informs."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


class RuleKind(StrEnum):
    """What may be done about a finding of this kind."""

    ORDINARY = "ordinary"
    """May be silenced for one draft with a written reason."""
    MASKABLE = "maskable"
    """Masked with one click, or justified in writing."""
    NEVER_SILENCED = "never_silenced"
    """Masked or removed; no reason is accepted (citizens' ID and bank-card numbers)."""
    SECRECY_MARK = "secrecy_mark"
    """Stops saving at once: cleared, or declared a false alarm with a reason; never masked or silenced."""


@dataclass(frozen=True)
class RuleCard:
    """One check rule as the screen, the paper and the manual name it."""

    name: str
    """Stable English identifier, e.g. `id_card`."""
    title: str
    article: str
    severity: Severity
    kind: RuleKind


@dataclass(frozen=True)
class Finding:
    """One place in a text.

    `start` and `length` count Unicode code points from the beginning of the text that was checked;
    `line` and `column` count from 1. `masked` shows the matched text with its middle hidden: the matched
    text itself is never carried in a finding. `replacement` is what one click puts in its place, if anything.
    """

    rule: str
    severity: Severity
    kind: RuleKind
    article: str
    start: int
    length: int
    line: int
    column: int
    message: str
    suggestion: str
    masked: str
    replacement: str | None = None
