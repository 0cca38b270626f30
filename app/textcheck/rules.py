"""All check rules: text in, findings out."""

from bisect import bisect_right
from typing import Final

from app.models.finding import Finding, RuleCard
from app.textcheck.absolute_word_rule import ABSOLUTE_WORD, find_absolute_words
from app.textcheck.bank_card_rule import BANK_CARD, find_bank_cards
from app.textcheck.doubtful_id_card_rule import DOUBTFUL_ID_CARD, find_doubtful_id_cards
from app.textcheck.folding import fold
from app.textcheck.id_card_rule import ID_CARD, OLD_ID_CARD, find_id_cards, find_old_id_cards
from app.textcheck.lexicon import Lexicon
from app.textcheck.phone_rule import MOBILE, find_mobiles
from app.textcheck.secrecy_rule import SECRECY_MARK, find_secrecy_marks
from app.textcheck.spot import Spot

CARDS: Final[tuple[RuleCard, ...]] = (
    SECRECY_MARK,
    ID_CARD,
    BANK_CARD,
    MOBILE,
    OLD_ID_CARD,
    DOUBTFUL_ID_CARD,
    ABSOLUTE_WORD,
)


def check(text: str, lexicon: Lexicon, *, head: bool = True) -> tuple[Finding, ...]:
    """Return the findings of a text in reading order; no two of numbers share a character.

    `head` says that the text may be the head of a paper, where a mark of secrecy stands without a star.
    """
    if not text:
        return ()
    folded = fold(text)
    spots = find_id_cards(folded)
    for find in (find_bank_cards, find_old_id_cards, find_mobiles, find_doubtful_id_cards):
        spots = sorted(spots + find(text, folded, spots), key=lambda spot: spot.start)
    spots += find_secrecy_marks(text, head=head)
    spots += find_absolute_words(text, lexicon)
    return _findings(text, spots) if spots else ()


def _findings(text: str, spots: list[Spot]) -> tuple[Finding, ...]:
    line_starts = [0] + [place + 1 for place, character in enumerate(text) if character == "\n"]
    findings = []
    for spot in sorted(spots, key=lambda s: (s.start, s.end)):
        line = bisect_right(line_starts, spot.start)
        findings.append(
            Finding(
                rule=spot.card.name,
                severity=spot.card.severity,
                kind=spot.card.kind,
                article=spot.card.article,
                start=spot.start,
                length=spot.end - spot.start,
                line=line,
                column=spot.start - line_starts[line - 1] + 1,
                message=spot.message,
                suggestion=spot.suggestion,
                masked=spot.masked,
                replacement=spot.replacement,
            )
        )
    return tuple(findings)
