"""Word lists from resources/lexicon: words, what makes them harmless, and a version that the papers name."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ahocorasick_rs import AhoCorasick, MatchKind

_SUGGESTION = "改为有依据、可核实的说法，或者删去；引用奖项、文件名称等确需保留的，可以书面说明。"
_CLAUSE = r"[^，。；：！？、\n]{0,8}"
_CLAUSE_ENDS = r"(?=[，。；：！？、,;!?\s”’』」）)]|$)"
_REACH = 24
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class LexiconWord:
    """A word of a list, harmless before one of `before`, after one of `after`, or not before one of `only_before`.

    In these … stands for up to eight characters of the same clause: 最佳…奖, and a $ at the end for the end of the
    clause or text. An empty `only_before` asks for nothing.
    """

    text: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    suggestion: str = _SUGGESTION


class Lexicon:
    """Finds the words of all lists in one pass."""

    def __init__(self, words: tuple[LexiconWord, ...], version: str) -> None:
        self.words, self.version = words, version
        self._before = tuple(_pattern(word.before) for word in words)
        self._after = tuple(_pattern(word.after, "$") for word in words)
        self._only = tuple(_pattern(word.only_before) for word in words)
        self._automaton = AhoCorasick([word.text for word in words], matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[tuple[LexiconWord, int, int]]:
        """Yield each word that is not harmless where it stands, with start and end in code points."""
        for index, start, end in self._automaton.find_matches_as_indexes(_HALVES.sub("\ufffd", text)):
            before, after, only = self._before[index], self._after[index], self._only[index]
            following = text[end : end + _REACH]
            if (before and before.match(following)) or (only and not only.match(following)):
                continue
            if after and after.search(text[max(0, start - _REACH) : start]):
                continue
            yield self.words[index], start, end


def load_lexicon(folder: Path) -> Lexicon:
    """Read every .toml list (`version`, `[[words]]`) and .txt list (a word a line, # for notes) of a folder.

    The `text` of an entry may be several words that share their neighbours.
    The version is that of the lists with eight hexadecimal digits of what they say, so that a changed word is
    seen on the sheet. Raises `FileNotFoundError` when there is no list, `ValueError` when one cannot be read.
    """
    files = sorted(path for path in folder.iterdir() if path.suffix in {".toml", ".txt"})
    if not files:
        raise FileNotFoundError(f"no word list in {folder}")
    words: dict[str, LexiconWord] = {}
    versions: list[str] = []
    digest = hashlib.sha256()
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        digest.update(f"{path.name}\n{text}\n".encode())
        if path.suffix == ".toml":
            content = tomllib.loads(text)
            versions.append(str(content["version"]))
            listed = [word for entry in content["words"] for word in _entry_words(entry, path.name)]
        else:
            lines = (line.partition("#")[0].strip() for line in text.splitlines())
            listed = [LexiconWord(line) for line in lines if line]
        words |= {word.text: word for word in listed}
    version = max(versions, default="0")
    return Lexicon(tuple(words.values()), f"{version}-{digest.hexdigest()[:8]}")


def _entry_words(entry: object, file: str) -> list[LexiconWord]:
    if not isinstance(entry, Mapping) or not entry.get("text"):
        raise ValueError(f"a word of {file} has no text")
    if unknown := set(entry) - {"text", "before", "after", "only_before", "suggestion"}:
        raise ValueError(f"{file}: {entry['text']} has unknown keys {sorted(unknown)}")
    texts = entry["text"] if isinstance(entry["text"], list) else [entry["text"]]
    if not all(map(str, texts)):
        raise ValueError(f"a word of {file} has no text")
    return [
        LexiconWord(
            str(text),
            tuple(map(str, entry.get("before", ()))),
            tuple(map(str, entry.get("after", ()))),
            tuple(map(str, entry.get("only_before", ()))),
            str(entry.get("suggestion", _SUGGESTION)),
        )
        for text in texts
    ]


def _pattern(neighbours: tuple[str, ...], tail: str = "") -> re.Pattern[str] | None:
    if not neighbours:
        return None
    choices = "|".join(
        re.escape(words.removesuffix("$")).replace("…", _CLAUSE) + _CLAUSE_ENDS * words.endswith("$")
        for words in neighbours
    )
    return re.compile(f"(?:{choices}){tail}")
