"""Whether what people wrote beside their acts is still there, and still what the audit chain says of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.models.audit import AuditEntry, Facts
from app.models.clock import beijing_day
from app.models.expiry import RecordGroup

_FACTS_OF_STATEMENTS = ("reason", "how", "link_before")
_READ = frozenset(
    {
        *("draft.submit", "review.decide", "review.register", "retention.remove"),
        *("publication.record", "publication.earlier"),
    }
)
_EXPLANATION = "explanation:"

DecisionFact = tuple[str, int, int, str, str]
"""Draft, revision, position, verdict, and who decided."""

PostFact = dict[str, object]
"""A post as its entry tells it: kind, account, draft ('none' without one), revision, and when it went out."""


@dataclass(frozen=True)
class WordsReport:
    """The places (kind:id) of records whose words differ from the chain's, and of those that are gone.

    `foreign` are those that this program cannot have written: unreadable, or not as any entry of the chain tells.
    """

    altered: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """The records as they stand now, each part as pairs that can be read once.

    `words`: place and keyed hash of what was written; `statements`: place and keyed hash of the text alone, as the
    first version bound it; `decisions`: place and what was decided by whom; `contents`: place and fingerprint;
    `posts`: place and what it is.
    """

    words: Iterable[tuple[str, str]]
    statements: Iterable[tuple[str, str]]
    decisions: Iterable[tuple[str, DecisionFact]]
    contents: Iterable[tuple[str, str]]
    posts: Iterable[tuple[str, PostFact]]


class StatedWords:
    """Remembers from the entries that pass through it what was last said of each record, and in which year."""

    def __init__(self) -> None:
        self._words: dict[str, tuple[str, int]] = {}
        self._statements: set[str] = set()
        self._of_leavers: set[str] = set()
        self._decisions: set[DecisionFact] = set()
        self._contents: dict[str, str] = {}
        self._posts: dict[str, PostFact] = {}
        self._nameless = 0
        """Earlier posts that the first version put on record without naming each."""
        self._removed = dict.fromkeys(RecordGroup, 0)

    def reading(self, entries: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
        """Pass entries on, oldest first."""
        for entry in entries:
            # Whoever reads on has found the entry whole.
            yield entry
            if entry.action in _READ or any(f'"{name}":' in entry.detail for name in ("words", *_FACTS_OF_STATEMENTS)):
                self._take(entry, entry.facts)

    def _take(self, entry: AuditEntry, facts: Facts) -> None:
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
            case "publication.record":
                told = {name: facts[name] for name in ("kind", "account", "revision", "published_at") if name in facts}
                self._posts[f"publication:{facts['publication']}"] = told | {"draft": draft}
            case "publication.earlier" if "words" not in facts:
                self._nameless += int(facts["added"])
            case "draft.submit":
                self._contents[f"revision:{draft}:{facts['revision']}"] = facts["fingerprint"]
            case "review.decide":
                self._decisions.add((draft, facts["revision"], facts["position"], facts["verdict"], entry.actor))
            case "review.register":
                for one in facts.get("decisions", ()):
                    self._decisions.add((draft, facts["revision"], one["position"], one["verdict"], one["by"]))

    def compared(self, standing: Standing, unreadable: Iterable[str] = ()) -> WordsReport:
        """Compare the records with what the entries said; what the archivist removed with its year is not lost.

        `unreadable` are the places of rows that nobody can read.
        """
        first_form = dict(standing.statements)
        altered: list[str] = []
        seen: set[str] = set()
        for place, now in standing.words:
            seen.add(place)
            fits = self._words[place][0] == now if place in self._words else first_form.get(place) in self._statements
            altered += [] if fits else [place]
        altered += [place for place, fact in standing.decisions if fact not in self._decisions]
        altered += [place for place, content in standing.contents if self._contents.get(place) != content]
        lost = tuple(place for place in self._words if place not in seen and not self._was_removed(place))
        foreign = dict.fromkeys((*unreadable, *self._unheard_of(standing.posts)))
        return WordsReport(tuple(dict.fromkeys(altered)), lost, tuple(foreign))

    def _unheard_of(self, posts: Iterable[tuple[str, PostFact]]) -> Iterator[str]:
        """Yield the places of posts that no entry tells of, or not as they stand."""
        nameless = 0
        for place, now in posts:
            told = self._posts.get(place)
            if told is None and now["kind"] == "earlier":
                nameless += place not in self._words
                if place not in self._words and nameless > self._nameless:
                    yield place
            elif told is None or any(now[name] != value for name, value in told.items()):
                yield place

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
