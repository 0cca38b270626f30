"""Whether what people wrote beside their acts is still there, and still what the audit chain says of it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.models.audit import AuditEntry
from app.models.clock import beijing_day
from app.models.expiry import RecordGroup

_FACTS_OF_STATEMENTS = ("reason", "how", "link_before")
_READ = frozenset({"draft.submit", "review.decide", "review.register", "retention.remove"})
_EXPLANATION = "explanation:"

DecisionFact = tuple[str, int, int, str, str]
"""Draft, revision, position, verdict, and who decided."""


@dataclass(frozen=True)
class WordsReport:
    """The places (kind:id) of records whose words differ from the chain's, and of those that are gone."""

    altered: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The records as they stand now, each part as pairs that can be read once.

    `words`: place and keyed hash of what was written; `statements`: place and keyed hash of the text alone, as the
    first version bound it; `decisions`: place and what was decided by whom; `contents`: place and fingerprint.
    """

    words: Iterable[tuple[str, str]]
    statements: Iterable[tuple[str, str]]
    decisions: Iterable[tuple[str, DecisionFact]]
    contents: Iterable[tuple[str, str]]


class StatedWords:
    """Remembers from the entries that pass through it what was last said of each record, and in which year."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, int]] = {}
        self._statements: set[str] = set()
        self._of_leavers: set[str] = set()
        self._decisions: set[DecisionFact] = set()
        self._contents: dict[str, str] = {}
        self._removed = dict.fromkeys(RecordGroup, 0)

    def reading(self, entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
        """Pass entries on, oldest first."""
        for entry in entries:
            if entry.action in _READ or any(f'"{name}":' in entry.detail for name in ("words", *_FACTS_OF_STATEMENTS)):
                self._take(entry, json.loads(entry.detail))
            yield entry

    def _take(self, entry: AuditEntry, facts: dict[str, Any]) -> None:
        year, draft = beijing_day(entry.at).year, entry.subject.partition(":")[2]
        self._words.update((place, (words, year)) for place, words in facts.get("words", {}).items())
        self._statements.update(str(facts[name]) for name in _FACTS_OF_STATEMENTS if name in facts)
        match entry.action:
            case "person.leave":
                # They go with the person, whose time begins with the day of leaving.
                self._of_leavers |= set(facts.get("words", {}))
                self._words.update((p, (w, int(facts["on"][:4]))) for p, w in facts.get("words", {}).items())
            case "retention.remove":
                group = RecordGroup(facts["group"])
                self._removed[group] = max(self._removed[group], int(facts["through"]))
            case "draft.submit":
                self._contents[f"revision:{draft}:{facts['revision']}"] = facts["fingerprint"]
            case "review.decide":
                self._decisions.add((draft, facts["revision"], facts["position"], facts["verdict"], entry.actor))
            case "review.register":
                for one in facts.get("decisions", ()):
                    self._decisions.add((draft, facts["revision"], one["position"], one["verdict"], one["by"]))

    def compared(self, standing: Standing) -> WordsReport:
        """Compare the records with what the entries said; what the archivist removed with its year is not lost."""
        first_form = dict(standing.statements)
        altered: list[str] = []
        seen: set[str] = set()
        for place, now in standing.words:
            seen.add(place)
            fits = self._words[place][0] == now if place in self._words else first_form.get(place) in self._statements
            altered += [] if fits else [place]
        altered += [place for place, fact in standing.decisions if fact not in self._decisions]
        altered += [place for place, content in standing.contents if self._contents.get(place) != content]
        gone = (place for place in self._words if place not in seen)
        return WordsReport(
            tuple(dict.fromkeys(altered)), tuple(place for place in gone if not self._was_removed(place))
        )

    def _was_removed(self, place: str) -> bool:
        """Say whether a record went with its year; a reason may also have stood beside a draft never submitted."""
        filed, unsubmitted = self._removed[RecordGroup.FILED], self._removed[RecordGroup.UNSUBMITTED]
        year = _year_of(place, self._words[place][1])
        if place in self._of_leavers:
            return year <= self._removed[RecordGroup.LEAVERS]
        return year <= (max(filed, unsubmitted) if place.startswith("statement:") else filed)


def _year_of(place: str, recorded: int) -> int:
    """Return the year with which a record is removed: an explanation goes with its month."""
    return int(place.removeprefix(_EXPLANATION)[:4]) if place.startswith(_EXPLANATION) else recorded
