"""An office with something of everything on record, and every question that its pages ask of the records."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from functools import partial
from pathlib import Path

from app.bootstrap import open_services
from app.models.clock import BEIJING
from app.models.draft_list import DraftFilter, DraftQuery
from app.models.month import Month
from app.models.review import Verdict
from app.models.right import Role
from app.services.office import Services
from app.storage.database import FILE_NAME
from tests.services.office import PASSCODE, Office, SetClock, cheap_hasher
from tests.services.test_publications import entry, explained

OCTOBER = Month(2026, 10)
Question = tuple[str, Callable[[], object]]


def build(folder: Path) -> None:
    """Let an office work for a month and seal it, and go on into the next."""
    office = Office(folder).open()
    author = office.sign_in("林晓")
    author.drafts.start(office.content(title="还没有提交的一条"))
    returned = office.submitted(office.content(title="退回的一条"))
    office.sign_in("吴审").reviews.decide(returned.id, 1, Verdict.RETURN, "地名写错了，请改。", PASSCODE)
    draft = office.approved()
    office.services.publications.record(draft.id, entry(office))
    office.services.publications.record("", explained(entry(office, note_title="没有稿子的一条")))
    office.submitted(office.content(title="在审的一条"))
    manager = office.sign_in("陈账")
    today = office.clock.now.date()
    manager.staff.authorize(
        office.person("王局").id, office.person("何副").id, Role.PRINCIPAL_LEADER, today, today, office.scan(), PASSCODE
    )
    administrator = office.sign_in("许管")
    administrator.staff.add("钱离", "", "", signs_in=False, roles=frozenset({Role.REVIEWER}), passcode=PASSCODE)
    administrator.staff.leave(office.person("钱离").id, today, "钱离同志调离〔2026〕7号", PASSCODE)
    office.clock.now = datetime(2026, 11, 2, 9, 0, tzinfo=BEIJING)
    manager = office.sign_in("陈账")
    manager.papers.review_sheet(draft.id)
    for gap in manager.archives.overview(OCTOBER).unexplained:
        manager.archives.explain(OCTOBER, gap.key, "当时没有留下")
    manager.archives.write(OCTOBER, folder.parent)
    manager.reviews.note_reminder(returned.id, office.person("林晓").id, "电话催了一次")
    manager.publications.complete(manager.publications.of_draft(draft.id)[0].id, screenshots=(b"a late picture",))
    manager.publications.record(
        "", explained(entry(office, note_title="迟到的一条", published_at=datetime(2026, 10, 30, 9, tzinfo=BEIJING)))
    )
    office.clock.forward(days=1)
    late = office.approved(office.content(title="十一月的一条"))
    office.services.publications.record(late.id, entry(office))


def altered(whole: Path, folder: Path, statement: str, *values: object) -> int:
    """Copy an office and change it as a stranger with a database program would; return how many rows were changed."""
    shutil.copytree(whole, folder)
    with closing(sqlite3.connect(folder / FILE_NAME)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        return db.execute(statement, values).rowcount


def columns(whole: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Yield (table, column, type, may be NULL) of every column of the records, but for those of the search."""
    with closing(sqlite3.connect(whole / FILE_NAME)) as db:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (table,) in db.execute(tables).fetchall():
            if table.startswith(("search_", "sqlite_", "_sqlite")):
                continue
            for _place, column, kind, kept, _default, key in db.execute(f"PRAGMA table_info({table})").fetchall():
                yield table, column, kind, not kept and not key


def questions(folder: Path) -> Iterator[Question]:
    """Yield everything that pages, papers, archive and backup ask of the records, each with a name."""
    clock = SetClock(datetime(2026, 11, 4, 9, 0, tzinfo=BEIJING))
    opened: list[Services] = []
    yield "open", lambda: opened.append(open_services(folder, clock, hasher=cheap_hasher()))
    if not opened:
        return
    [services] = opened
    yield "door", services.door.look
    for name in ("许管", "周计", "林晓", "吴审", "陈账"):
        yield f"sign in {name}", partial(services.sign_in.sign_in, name, PASSCODE)
        yield f"today {name}", services.today.tasks
        yield f"waiting {name}", services.reviews.waiting_for_me
        for chip in DraftFilter:
            query = DraftQuery(chip, author_id=services.session.person_id)
            yield f"drafts {chip} {name}", partial(services.drafts.page, query, 0, 50)
            yield f"count {chip} {name}", partial(services.drafts.count, query)
        yield f"counts {name}", services.drafts.counts
    yield from _of_each(services, folder)
    yield from _of_pages(services)
    yield from _of_files(services, folder, clock)


def _of_each(services: Services, folder: Path) -> Iterator[Question]:
    """Yield what is asked of every draft, post and file."""
    for draft in _all(folder, "id", "draft"):
        for one in (
            *(services.drafts.view, services.publications.of_draft, services.publications.packages),
            *(services.publications.own_packages, services.reviews.short_steps, services.reviews.may_decide),
            *(services.reviews.reminders, services.scans.pick, services.papers.review_sheet),
        ):
            yield f"{one.__qualname__} {draft}", partial(one, draft)
    for post in _all(folder, "id", "publication"):
        yield f"post {post}", partial(services.publications.get, post)
    yield "lacking", partial(services.backups.lacking, _all(folder, "sha256", "attachment"))


def _of_pages(services: Services) -> Iterator[Question]:
    """Yield what the pages ask that list something."""
    for one in (
        *(services.publications.count, services.archives.months, services.archives.history),
        *(services.staff.list, services.staff.names, services.staff.actor, services.accounts.list),
        *(services.accounts.targets, services.settings.unit, services.settings.load, services.settings.policies),
        *(services.settings.current_policy, services.working_days.calendar, services.drafts.categories),
        *(services.retention.expiries, services.lost_span.pending, services.backups.last),
        *(services.publications.earlier.first_day, services.publications.earlier.reach),
        *(services.codes.second_person, services.audit.count, services.audit.check),
    ):
        yield one.__qualname__, one
    yield "posts", partial(services.publications.page, 0, 50)
    yield "everybody", partial(services.staff.list, include_left=True)
    yield "days", partial(services.working_days.days, 2026)
    yield "search", partial(services.search.find, "冬季 用电")
    yield "audit page", partial(services.audit.page, 0, 200)
    for role in Role:
        yield f"holders {role}", partial(services.staff.holders, role, date(2026, 11, 4))
    for month in (OCTOBER, OCTOBER.next, OCTOBER.next.next):
        yield f"month {month}", partial(services.archives.overview, month)
        yield f"size of {month}", partial(services.archives.expected_size, month)


def _of_files(services: Services, folder: Path, clock: SetClock) -> Iterator[Question]:
    """Yield what writes files out: a backup, archives once more and for the first time."""
    for name in ("stick", "again", "sealed"):
        (folder.parent / name).mkdir()
    yield "keeper", partial(services.sign_in.sign_in, "许管", PASSCODE)
    yield "backup", partial(services.backups.back_up, folder.parent / "stick")
    yield "archivist", partial(services.sign_in.sign_in, "陈账", PASSCODE)
    for archive in _all(folder, "id", "archive"):
        yield f"again {archive}", partial(services.archives.export_again, archive, folder.parent / "again")
        yield f"slip {archive}", partial(services.archives.handover_slip, archive)
    clock.now = datetime(2026, 12, 2, 9, 0, tzinfo=BEIJING)
    yield "explained", partial(_explain, services)
    yield "sealed", partial(services.archives.write, OCTOBER.next, folder.parent / "sealed")


def _explain(services: Services) -> None:
    for gap in services.archives.overview(OCTOBER.next).unexplained:
        services.archives.explain(OCTOBER.next, gap.key, "说明")


def _all(folder: Path, column: str, table: str) -> tuple[str, ...]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        return tuple(row[0] for row in db.execute(f"SELECT {column} FROM {table}").fetchall())
