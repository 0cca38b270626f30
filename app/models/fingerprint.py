"""The content fingerprint: SHA-256 over a versioned canonical JSON of exactly the content.

Canonical JSON here: keys sorted, no spaces, characters as themselves in UTF-8 and never normalised (a
signature covers the very code points), every field present. The version line in front makes a later form
of the rule unable to collide with this one. Test vectors stand in DECISIONS.md.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from app.models.content import (
    Attachment,
    Block,
    BlockKind,
    Content,
    Declarations,
    Form,
    Origin,
    Picture,
    Source,
    Variant,
    Video,
)

VERSION_LINE = b"xianshen-content/1\n"


def canonical(content: Content) -> str:
    """Write a content as its one canonical JSON text; `parse_content` reads it back."""
    return json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content: Content) -> str:
    """Return the fingerprint of a content, 64 lower-case hexadecimal digits."""
    return fingerprint_of(canonical(content))


def fingerprint_of(canonical_text: str) -> str:
    """Return the fingerprint of a content that is kept as its canonical text."""
    return hashlib.sha256(VERSION_LINE + canonical_text.encode("utf-8")).hexdigest()


def parse_content(text: str) -> Content:
    """Read a content written by `canonical`."""
    raw = json.loads(text)
    return Content(
        title=raw["title"],
        summary=raw["summary"],
        form=Form(raw["form"]),
        blocks=_blocks(raw["blocks"]),
        attachments=tuple(Attachment(**a) for a in raw["attachments"]),
        video=Video(**raw["video"]) if raw["video"] else None,
        account_ids=tuple(raw["account_ids"]),
        variants=tuple(Variant(v["account_id"], v["title"], _blocks(v["blocks"])) for v in raw["variants"]),
        source=Source(**{**raw["source"], "origin": Origin(raw["source"]["origin"])}),
        declarations=Declarations(**raw["declarations"]),
    )


def _blocks(raw: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(
        Block(
            kind=BlockKind(b["kind"]),
            text=b["text"],
            level=b["level"],
            rows=tuple(tuple(row) for row in b["rows"]),
            picture=Picture(**b["picture"]) if b["picture"] else None,
        )
        for b in raw
    )
