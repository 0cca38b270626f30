"""Word-by-word difference of two texts, quick for any two texts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What happened to a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Run:
    """A run of text that is the same, removed or added."""

    change: Change
    text: str


_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*|[。！？；]+")
_BUDGET = 200_000
"""Pairs of equal words that one comparison may look at; two unrelated articles of 4,000 characters have 140,000."""


def same_words(left: str, right: str) -> bool:
    """Say whether two texts agree when white space is set aside (platforms re-flow it)."""
    return without_space(left) == without_space(right)


def without_space(text: str) -> str:
    """Return a text without white space and the characters of no width that platforms put in."""
    return _SPACE.sub("", text)


def differences(left: str, right: str) -> tuple[Run, ...]:
    """Compare two texts word by word (Latin words and numbers whole, Chinese by character).

    White space counts as one blank. The equal head and tail are set aside first; long or repetitive texts are
    compared sentence by sentence and only the changed sentences by word, so that a pasted page never stalls
    the window. The runs that are same or removed make up `left`, those that are same or added make up `right`.
    """
    runs: list[Run] = []
    for run in _compare(_words(left), _words(right), by_sentence=True):
        if runs and runs[-1].change is run.change:
            runs[-1] = Run(run.change, runs[-1].text + run.text)
        elif run.text:
            runs.append(run)
    return tuple(runs)


def _compare(a: list[str], b: list[str], *, by_sentence: bool) -> Iterator[Run]:
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    yield Run(Change.SAME, "".join(a[:head]))
    if _cost(middle_a, middle_b) <= _BUDGET:
        yield from _matched(middle_a, middle_b)
    elif by_sentence:
        yield from _sentences(middle_a, middle_b)
    else:
        yield from _replaced("".join(middle_a), "".join(middle_b))
    yield Run(Change.SAME, "".join(a[len(a) - tail :]))


def _matched(a: list[str], b: list[str]) -> Iterator[Run]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Run(Change.SAME, "".join(a[i1:i2]))
        else:
            yield from _replaced("".join(a[i1:i2]), "".join(b[j1:j2]))


def _sentences(words_a: list[str], words_b: list[str]) -> Iterator[Run]:
    a, b = _SENTENCE.findall("".join(words_a)), _SENTENCE.findall("".join(words_b))
    left = _BUDGET
    if _cost(a, b) > left:
        yield from _replaced("".join(a), "".join(b))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old, new = "".join(a[i1:i2]), "".join(b[j1:j2])
        old_words, new_words = _split(old), _split(new)
        if tag == "equal":
            yield Run(Change.SAME, old)
        elif tag == "replace" and (cost := _cost(old_words, new_words)) <= left:
            left -= cost
            yield from _compare(old_words, new_words, by_sentence=False)
        else:
            yield from _replaced(old, new)


def _replaced(old: str, new: str) -> Iterator[Run]:
    yield Run(Change.REMOVED, old)
    yield Run(Change.ADDED, new)


def _cost(a: list[str], b: list[str]) -> int:
    """Count the pairs of equal items, which is what `SequenceMatcher` walks through at every level."""
    counted = Counter(b)
    return sum(n * counted[item] for item, n in Counter(a).items())


def _words(text: str) -> list[str]:
    return _split(text.strip())


def _split(text: str) -> list[str]:
    return [" " if word.isspace() else word for word in _WORDS.findall(text)]
