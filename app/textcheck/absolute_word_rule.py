"""Absolute advertising words, which a post of the government does not need and an advertisement may not use."""

from typing import Final

from app.models.finding import RuleCard, RuleKind, Severity
from app.textcheck.lexicon import Lexicon
from app.textcheck.spot import Spot

ADVERTISING: Final = "第十五条（一）、《中华人民共和国广告法》第九条"

ABSOLUTE_WORD: Final = RuleCard("absolute_word", "绝对化用语", ADVERTISING, Severity.WARN, RuleKind.ORDINARY)


def find_absolute_words(text: str, lexicon: Lexicon) -> list[Spot]:
    """Find the words of the list that their neighbours do not make harmless."""
    return [
        Spot(
            ABSOLUTE_WORD,
            start,
            end,
            f"这是绝对化用语，容易被认作广告，也可能失实（{ADVERTISING}）。",
            word.suggestion,
            word.text[0] + "*" * (end - start - 1),
        )
        for word, start, end in lexicon.find(text)
    ]
