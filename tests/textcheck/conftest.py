"""The word lists that are shipped, and a short way to ask."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.models.finding import Finding
from app.textcheck.lexicon import Lexicon, load_lexicon
from app.textcheck.rules import check

Found = Callable[[str, str], list[str]]
"""From a rule and a text to the words that the rule finds in it."""


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(Path(__file__).resolve().parents[2] / "resources" / "lexicon")


@pytest.fixture(scope="session")
def found(lexicon: Lexicon) -> Found:
    def words(rule: str, text: str) -> list[str]:
        return [text[f.start : f.start + f.length] for f in check(text, lexicon) if f.rule == rule]

    return words


@pytest.fixture(scope="session")
def findings(lexicon: Lexicon) -> Callable[[str], tuple[Finding, ...]]:
    return lambda text: check(text, lexicon)
