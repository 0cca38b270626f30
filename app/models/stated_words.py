"""Whether what people wrote beside their acts is still there, and still what the audit chain says of it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.models.audit import AuditEntry
from app.models.clock import beijing_day
from app.models.expiry import RecordGroup

_FACTS_OF_STATEMENTS = ("reason", "how", "link_before")
_EXPLANATION = "explanation:"


@dataclass(frozen=True)
class WordsReport:
    """The places (kind:id) of records whose words differ from the chain's, and of those that are gone."""

    altered: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class StatedWords:
    """Remembers from the entries that pass through it what was last said of each record's words, and in which year."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, int]] = {}
        self._statements: set[str] = set()
        self._removed_through = 0

    def reading(self, entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
        """Pass entries on, oldest first."""
        for entry in entries:
            if any(f'"{name}":' in entry.detail for name in ("words", *_FACTS_OF_STATEMENTS)):
                facts = json.loads(entry.detail)
                year = beijing_day(entry.at).year
                self._words.update((place, (words, year)) for place, words in facts.get("words", {}).items())
                self._statements.update(str(facts[name]) for name in _FACTS_OF_STATEMENTS if name in facts)
                if entry.action == "retention.remove" and facts["group"] == RecordGroup.FILED:
                    self._removed_through = max(self._removed_through, int(facts["through"]))
            yield entry

    def compared(self, standing: Iterable[tuple[str, str]]) -> WordsReport:
        """Compare with the records, given the place of each and the keyed hash of its words as they stand now.

        What the archivist removed with its year is not lost.
        """
        altered: list[str] = []
        seen: set[str] = set()
        for place, now in standing:
            seen.add(place)
            known, _year = self._words.get(place, ("", 0))
            if now not in self._statements if place.startswith("statement:") else known != now:
                altered.append(place)
        kept = (place for place, (_words, year) in self._words.items() if _year_of(place, year) > self._removed_through)
        return WordsReport(tuple(altered), tuple(place for place in kept if place not in seen))


def _year_of(place: str, recorded: int) -> int:
    """Return the year with which a record is removed: an explanation goes with its month."""
    return int(place.removeprefix(_EXPLANATION)[:4]) if place.startswith(_EXPLANATION) else recorded
