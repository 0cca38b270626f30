"""What every saving of a draft writes beside it: its targets, what is found of it, and which files it uses."""

from app.models.draft import Draft
from app.models.month import Month
from app.models.records import UseKind
from app.storage.unit_of_work import UnitOfWork


def keep_beside(unit: UnitOfWork, draft: Draft) -> None:
    """Bring targets, search index and uses of files in step with a working copy just saved."""
    unit.targets.set_accounts(draft.id, draft.content.account_ids)
    index_draft(unit, draft)
    names = {p.sha256: p.name for p in draft.content.pictures()}
    names |= {a.sha256: a.name for a in draft.content.attachments}
    if draft.content.video and draft.content.video.cover_sha256:
        names[draft.content.video.cover_sha256] = "封面"
    subject = f"draft:{draft.id}"
    known = {use.sha256 for use in unit.files.uses(subject, UseKind.CONTENT)}
    for digest, name in names.items():
        if digest not in known:
            unit.files.use(digest, UseKind.CONTENT, subject, name, draft.updated_at)


def index_draft(unit: UnitOfWork, draft: Draft) -> None:
    """Make a draft found by its number and by every word of it, those for one account alone and its notes too."""
    content, source = draft.content, draft.content.source
    number = f"{draft.number} {draft.number.short}" if draft.number else ""
    variants = [text for v in content.variants for text in (v.title, "\n".join(block.plain for block in v.blocks))]
    origin = (source.unit, source.original_title, source.link_or_paper, content.declarations.map_number)
    files = (*(a.name for a in content.attachments), content.video.name if content.video else "")
    texts = (number, content.title, content.summary, content.plain_body, *variants, *origin, *files, draft.notes)
    unit.search.put("draft", draft.id, str(Month.of(draft.updated_at)), texts)
