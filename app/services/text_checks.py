"""The text check over a whole draft: which findings there are, and which still stand in the way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from app.models.content import Block, BlockKind, Content
from app.models.finding import Finding, RuleCard, RuleKind, Severity
from app.models.visible_text import has_words
from app.textcheck.lexicon import Lexicon
from app.textcheck.rules import CARDS, check

_HEAD_TEXTS = 6
_REMEMBERED = 8_192
_EDGE = 24


@dataclass(frozen=True)
class FieldFinding:
    """A finding and the text it is in: `title`, `summary`, `block:3`, `block:3:row:1:cell:2`, `variant:ID:…`."""

    field: str
    finding: Finding
    answer_key: str
    """Under which key a written reason answers it."""


@dataclass(frozen=True)
class FieldText:
    """A text of a draft; `head` says that it may be the head of a paper, where a secrecy mark has no star."""

    field: str
    text: str
    head: bool = False


class TextChecks:
    """Checks texts against the rules and the unit's word lists.

    What was found in a text is remembered under its digest, so that after a key press only the block that
    changed is read again and no text is kept.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[bytes, tuple[Finding, ...]] = {}

    @property
    def lexicon_version(self) -> str:
        """The version of the word lists, as the review sheet names it."""
        return self._lexicon.version

    @property
    def cards(self) -> tuple[RuleCard, ...]:
        """Every check rule."""
        return CARDS

    def check_text(self, text: str) -> tuple[Finding, ...]:
        """Check one text as the head of a paper."""
        return self._findings(text, head=True)

    def check_content(self, content: Content) -> tuple[FieldFinding, ...]:
        """Check every text of a draft, in reading order."""
        found: list[FieldFinding] = []
        texts = _field_texts(content)
        for place, own in enumerate(texts):
            findings = self._findings(own.text, head=own.head)
            if place + 1 < len(texts) and (split := self._split_mark(own.text, texts[place + 1].text, findings)):
                findings = (*findings, split)
            found += [FieldFinding(own.field, finding, answer_key(finding, own.text)) for finding in findings]
        return tuple(found)

    def secrecy_marks(self, content: Content) -> tuple[FieldFinding, ...]:
        """Return the secrecy marks: while one stands unanswered nothing may be saved."""
        return tuple(f for f in self.check_content(content) if f.finding.kind is RuleKind.SECRECY_MARK)

    def _findings(self, text: str, *, head: bool) -> tuple[Finding, ...]:
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=b"head" if head else b"").digest()
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[key] = check(text, self._lexicon, head=head)
        return known

    def _split_mark(self, text: str, following: str, own: tuple[Finding, ...]) -> Finding | None:
        """Find a secrecy mark whose words end one text and whose star or term begins the next."""
        beginning = following.lstrip()[:_EDGE]
        if not beginning or (beginning[0] not in "密★☆⭐" and not text.rstrip().endswith("密")):
            return None
        ending = text.rstrip()[-_EDGE:]
        offset = len(text.rstrip()) - len(ending)
        for finding in check(f"{ending}{beginning}", self._lexicon, head=False):
            start, end = finding.start, finding.start + finding.length
            if finding.kind is RuleKind.SECRECY_MARK and start < len(ending) < end:
                start += offset
                if any(mark.kind is RuleKind.SECRECY_MARK and mark.start == start for mark in own):
                    return None
                line_start = text.rfind("\n", 0, start) + 1
                return replace(
                    finding,
                    start=start,
                    length=len(text.rstrip()) - start,
                    line=text.count("\n", 0, start) + 1,
                    column=start - line_start + 1,
                    masked=text[start] + "*" * (len(text.rstrip()) - start - 1),
                )
        return None


def answer_key(finding: Finding, text: str) -> str:
    """Name what a written reason answers: one rule for the draft, but each secrecy mark by its very words."""
    if finding.kind is RuleKind.SECRECY_MARK:
        return f"{finding.rule}:{text[finding.start : finding.start + finding.length]}"
    return finding.rule


def unanswered(found: tuple[FieldFinding, ...], answers: tuple[tuple[str, str], ...]) -> tuple[FieldFinding, ...]:
    """Return the findings that block submission and have neither been changed nor answered."""
    answered = {key for key, reason in answers if has_words(reason)}
    return tuple(
        f
        for f in found
        if f.finding.severity is Severity.BLOCK
        and (f.finding.kind is RuleKind.NEVER_SILENCED or f.answer_key not in answered)
    )


def standing_marks(found: tuple[FieldFinding, ...], answers: tuple[tuple[str, str], ...]) -> tuple[FieldFinding, ...]:
    """Return the secrecy marks that no reason answers: while one stands nothing may be saved."""
    answered = {key for key, reason in answers if has_words(reason)}
    return tuple(f for f in found if f.finding.kind is RuleKind.SECRECY_MARK and f.answer_key not in answered)


def texts_of(content: Content) -> tuple[tuple[str, str], ...]:
    """Name every text of a draft that the check reads, in reading order.

    A picture's own file name is left out: it is never shown and cannot be changed.
    """
    return tuple((own.field, own.text) for own in _field_texts(content))


def _field_texts(content: Content) -> list[FieldText]:
    texts = [FieldText("title", content.title, head=True), FieldText("summary", content.summary, head=True)]
    texts += _block_texts("", content.blocks)
    for variant in content.variants:
        prefix = f"variant:{variant.account_id}:"
        texts.append(FieldText(f"{prefix}title", variant.title, head=True))
        texts += _block_texts(prefix, variant.blocks)
    texts += [FieldText(f"attachment:{n}", a.name, head=True) for n, a in enumerate(content.attachments)]
    if content.video:
        texts.append(FieldText("video", content.video.name, head=True))
    source = content.source
    texts += [
        FieldText("source_unit", source.unit),
        FieldText("source_title", source.original_title, head=True),
        FieldText("source_link", source.link_or_paper),
        FieldText("map_number", content.declarations.map_number),
    ]
    return [own for own in texts if own.text]


def _block_texts(prefix: str, blocks: tuple[Block, ...]) -> Iterator[FieldText]:
    """Yield the texts of a body; the first that hold words may be the head of a paper."""
    seen = 0
    for number, block in enumerate(blocks):
        place = f"{prefix}block:{number}"
        if block.kind is BlockKind.TABLE:
            texts = [
                (f"{place}:row:{r}:cell:{c}", cell) for r, row in enumerate(block.rows) for c, cell in enumerate(row)
            ]
        else:
            texts = [(place, block.plain)]
        if block.picture:
            texts.append((f"{place}:licence", block.picture.licence))
        for field, text in texts:
            yield FieldText(field, text, head=seen < _HEAD_TEXTS)
        seen += any(text.strip() for _, text in texts)
