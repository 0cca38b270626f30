"""What a person said of a published text: these lines belong to the page, and were not compared (article 15(1))."""

from collections.abc import Iterable

from app.models.page_lines import PageLine
from app.models.records import StatementKind
from app.models.staff import Actor
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork


def state_page_lines(
    room: RecordRoom, unit: UnitOfWork, actor: Actor, publication_id: str, lines: Iterable[PageLine]
) -> dict[str, str]:
    """Keep which lines were left out of the comparison of a post, and return what binds them to the audit entry."""
    words = "\n".join(f"第{line.number}行：{line.text}" for line in lines)
    return room.state(unit, actor, f"publication:{publication_id}", StatementKind.PAGE_LINES, words) if words else {}


def stated_page_lines(unit: UnitOfWork, publication_id: str) -> tuple[str, ...]:
    """Return the lines that were left out of the comparison of a post, each with its number, as they were recorded."""
    stated = unit.statements.of_subject(f"publication:{publication_id}", StatementKind.PAGE_LINES)
    return tuple(line for one in stated for line in one.text.splitlines())
