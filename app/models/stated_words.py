"""Whether what people wrote beside their acts is still what the audit chain says of it."""

import json
from collections.abc import Iterable, Iterator

from app.models.audit import AuditEntry

_FACTS_OF_STATEMENTS = ("reason", "how", "link_before")


class StatedWords:
    """Remembers from the entries that pass through it what was last said of each record's words."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._statements: set[str] = set()

    def reading(self, entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
        """Pass entries on, oldest first."""
        for entry in entries:
            if any(f'"{name}":' in entry.detail for name in ("words", *_FACTS_OF_STATEMENTS)):
                facts = json.loads(entry.detail)
                self._words.update(facts.get("words", {}))
                self._statements.update(str(facts[name]) for name in _FACTS_OF_STATEMENTS if name in facts)
            yield entry

    def altered(self, standing: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Return the places whose words are not those of the chain, given each place with its keyed hash now."""
        return tuple(
            place
            for place, now in standing
            if (now not in self._statements if place.startswith("statement:") else self._words.get(place) != now)
        )
