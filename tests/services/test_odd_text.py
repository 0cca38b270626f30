"""Text that no file can hold, typed or pasted anywhere: it is cleaned or refused in words, and never a bug."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import AppError
from app.models.draft_list import DraftQuery
from app.models.month import Month
from app.models.right import Role
from app.paths import POLICY_FILE
from app.services.publications import PublicationEntry
from tests.services.office import PASSCODE, Office

BAD = "坏\ud800\x00字\x0b"

Act = Callable[[], object]


def administering(office: Office) -> Iterator[Act]:
    """Yield what an administrator types."""
    s = office.sign_in("许管")
    person, today = office.person("林晓").id, s.today.day()
    yield lambda: s.staff.add(BAD, BAD, BAD, signs_in=True, roles=frozenset(), passcode=PASSCODE)
    yield lambda: s.staff.change(person, BAD, BAD, BAD, signs_in=True)
    yield lambda: s.staff.set_roles(person, frozenset({Role.INFORMATION_OFFICER}), BAD, PASSCODE)
    yield lambda: s.papers.code_slip(s.codes.issue(person, BAD, PASSCODE))
    yield lambda: s.settings.change_unit(code="A", name=BAD, short_name=BAD, supervisor=BAD, code_word=BAD)
    yield lambda: s.settings.adopt_policy(BAD, today, BAD, PASSCODE)
    yield lambda: s.settings.adopt_policy(POLICY_FILE.read_text("utf-8"), today, BAD, PASSCODE)
    yield lambda: s.settings.store(replace(s.settings.load(), backup_folder="/\udcff", archive_folder=BAD))
    yield lambda: s.working_days.set_day(today, works=True, note=BAD)
    yield lambda: s.working_days.announce(2027, BAD)
    yield lambda: s.codes.recover(BAD, BAD)
    yield lambda: s.sign_in.confirm(BAD)
    yield lambda: s.sign_in.choose(BAD, BAD, BAD)
    yield lambda: s.sign_in.sign_in(BAD, BAD)


def managing(office: Office) -> Iterator[Act]:
    """Yield what an account manager types."""
    s = office.sign_in("陈账")
    person, account = office.person("林晓").id, s.accounts.list()[0]
    draft = s.drafts.start(office.content())
    before = office.clock.now - timedelta(hours=1)
    entry = PublicationEntry(account.id, before, BAD, BAD, (), BAD, BAD, BAD, BAD)
    yield lambda: s.accounts.register(BAD, BAD, handle=BAD, link=BAD)
    yield lambda: s.accounts.change(replace(account, name=BAD, link=BAD))
    yield lambda: s.drafts.page(DraftQuery(words=BAD), 0, 9)
    yield lambda: s.search.find(BAD)
    yield lambda: s.drafts.save(replace(draft, category=BAD, notes=BAD, silenced=((BAD, BAD),)))
    yield lambda: s.drafts.answer(s.drafts.view(draft.id).draft, (BAD,), BAD)
    yield lambda: s.archives.explain(Month(2026, 9), BAD, BAD)
    yield lambda: s.publications.record("", entry)
    yield lambda: s.publications.record("", replace(entry, link=""))
    yield lambda: s.publications.note_export(draft.id, account.id, BAD)
    yield lambda: s.reviews.note_reminder(draft.id, person, BAD)
    yield lambda: s.drafts.view(BAD)


@pytest.mark.parametrize("typed", [administering, managing])
def test_no_text_is_a_bug(office: Office, typed: Callable[[Office], Iterator[Act]]) -> None:
    done = 0
    for act in typed(office):
        try:
            act()
            done += 1
        except AppError:
            continue
    assert done >= 9
    assert office.services.audit.check().broken_at == 0
    raw = (office.folder / "xianshen.db").read_bytes()
    assert "坏\ufffd字".encode() in raw
    assert "坏\ufffd\x00字".encode() not in raw
