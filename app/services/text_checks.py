"""The text check over a whole draft: which findings there are, and which still stand in the way."""

from dataclasses import dataclass

from app.models.content import BlockKind, Content
from app.models.finding import Finding, RuleCard, RuleKind, Severity
from app.textcheck.lexicon import Lexicon
from app.textcheck.rules import CARDS, check


@dataclass(frozen=True)
class FieldFinding:
    """A finding and the text it is in: `title`, `summary`, `block:3`, `block:3:row:1:cell:2`, `variant:ID:…`."""

    field: str
    finding: Finding
    answer_key: str
    """Under which key a written reason answers it."""


class TextChecks:
    """Checks texts against the rules and the unit's word lists."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @property
    def lexicon_version(self) -> str:
        return self._lexicon.version

    @property
    def cards(self) -> tuple[RuleCard, ...]:
        return CARDS

    def check_text(self, text: str) -> tuple[Finding, ...]:
        return check(text, self._lexicon)

    def check_content(self, content: Content) -> tuple[FieldFinding, ...]:
        """Check every text of a draft, in reading order."""
        found: list[FieldFinding] = []
        for field, text in texts_of(content):
            for finding in check(text, self._lexicon) if text else ():
                found.append(FieldFinding(field, finding, answer_key(finding, text)))
        return tuple(found)

    def secrecy_marks(self, content: Content) -> tuple[FieldFinding, ...]:
        """Return the secrecy marks: while one stands unanswered nothing may be saved."""
        return tuple(f for f in self.check_content(content) if f.finding.kind is RuleKind.SECRECY_MARK)


def answer_key(finding: Finding, text: str) -> str:
    """Name what a written reason answers: one rule for the draft, but each secrecy mark by its very words."""
    if finding.kind is RuleKind.SECRECY_MARK:
        return f"{finding.rule}:{text[finding.start : finding.start + finding.length]}"
    return finding.rule


def unanswered(found: tuple[FieldFinding, ...], answers: tuple[tuple[str, str], ...]) -> tuple[FieldFinding, ...]:
    """Return the findings that block submission and have neither been changed nor answered."""
    answered = {key for key, reason in answers if reason.strip()}
    return tuple(
        f
        for f in found
        if f.finding.severity is Severity.BLOCK
        and (f.finding.kind is RuleKind.NEVER_SILENCED or f.answer_key not in answered)
    )


def texts_of(content: Content) -> tuple[tuple[str, str], ...]:
    """Name every text of a draft that the check reads, in reading order."""
    texts = [("title", content.title), ("summary", content.summary)]
    for prefix, blocks in (("", content.blocks), *((f"variant:{v.account_id}:", v.blocks) for v in content.variants)):
        for number, block in enumerate(blocks):
            place = f"{prefix}block:{number}"
            if block.kind is BlockKind.TABLE:
                texts += [
                    (f"{place}:row:{r}:cell:{c}", cell)
                    for r, row in enumerate(block.rows)
                    for c, cell in enumerate(row)
                ]
            else:
                texts.append((place, block.plain))
            if block.picture:
                texts.append((f"{place}:licence", block.picture.licence))
    texts += [(f"variant:{v.account_id}:title", v.title) for v in content.variants]
    source = content.source
    texts += [("source_unit", source.unit), ("source_title", source.original_title)]
    return tuple((name, text) for name, text in texts if text)
