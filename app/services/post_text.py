"""What a person says of a post: its link, and its text against the approved one."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.errors import FieldInvalidError
from app.ledgers.publish_files import write_txt
from app.models.content import Content
from app.models.difference import Run, differences, same_words
from app.models.page_lines import PageLine, lines_around, without_lines

_LINK = re.compile(r"https?://[^\s]+", re.IGNORECASE)


@dataclass(frozen=True)
class Comparison:
    """The published text against the approved one."""

    matches: bool
    runs: tuple[Run, ...]
    around: tuple[PageLine, ...] = ()
    """The lines outside the approved text, where nothing else differs: they may belong to the page."""
    left_out: tuple[PageLine, ...] = ()
    """Those of them without which it matches."""


def compare_texts(
    content: Content,
    account_id: str,
    published_text: str,
    page_lines: Collection[int] = (),
    *,
    account_name: str = "",
) -> Comparison:
    """Compare with the approved title and body, or the body alone: platforms show the title apart.

    List signs written out, and lines that name pictures, are no difference: our own plain text has them. The numbers
    of `page_lines` are lines that a person says belong to the page; they are left out only where all of them lie
    outside the approved text and nothing else differs, otherwise the whole text is compared.
    """
    body = "\n".join(block.plain for block in content.blocks_for(account_id) if not block.picture)
    with_captions = "\n".join(block.plain for block in content.blocks_for(account_id))
    title = content.title_for(account_id)
    blocks = content.blocks_for(account_id)
    bodies = [body, with_captions, *(write_txt("", blocks, name_pictures=named) for named in (False, True))]
    candidates = [f"{title}\n{body}", f"{title}\n{with_captions}", *bodies]
    candidates += [write_txt(title, blocks, name_pictures=named) for named in (False, True)]
    if any(same_words(text, published_text) for text in candidates):
        return Comparison(True, ())
    around = lines_around(title, bodies, published_text, account_name)
    left_out = tuple(line for line in around if line.number in page_lines)
    if left_out and len(left_out) == len(set(page_lines)):
        rest = without_lines(published_text, page_lines)
        if any(same_words(text, rest) for text in candidates):
            return Comparison(True, (), around, left_out)
    starts_with_title = published_text.lstrip().startswith(title[:20]) if title else False
    return Comparison(False, differences(candidates[0] if starts_with_title else body, published_text), around)


def checked_link(link: str) -> str:
    """Return a web address without blanks around it, '' for none, or raise `FieldInvalidError`."""
    tidy = link.strip()
    if tidy and _LINK.fullmatch(tidy) is None:
        raise FieldInvalidError("link")
    return tidy
