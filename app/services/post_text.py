"""What a person says of a post: its link, and its text against the approved one."""

import re
from dataclasses import dataclass

from app.errors import FieldInvalidError
from app.ledgers.publish_files import write_txt
from app.models.content import Content
from app.models.difference import Run, differences, same_words

_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)


@dataclass(frozen=True)
class Comparison:
    """The published text against the approved one."""

    matches: bool
    runs: tuple[Run, ...]


def compare_texts(content: Content, account_id: str, published_text: str) -> Comparison:
    """Compare with the approved title and body, or the body alone: platforms show the title apart.

    List signs written out, and lines that name pictures, are no difference: our own plain text has them.
    """
    body = "\n".join(block.plain for block in content.blocks_for(account_id) if not block.picture)
    with_captions = "\n".join(block.plain for block in content.blocks_for(account_id))
    title = content.title_for(account_id)
    candidates = [f"{title}\n{body}", body, f"{title}\n{with_captions}", with_captions]
    blocks = content.blocks_for(account_id)
    candidates += [write_txt(head, blocks, name_pictures=named) for head in (title, "") for named in (False, True)]
    for text in candidates:
        if same_words(text, published_text):
            return Comparison(True, ())
    starts_with_title = published_text.lstrip().startswith(title[:20]) if title else False
    return Comparison(False, differences(candidates[0] if starts_with_title else body, published_text))


def checked_link(link: str) -> str:
    """Return a web address without blanks around it, '' for none, or raise `FieldInvalidError`."""
    tidy = link.strip()
    if tidy and _LINK.fullmatch(tidy) is None:
        raise FieldInvalidError("link")
    return tidy
