"""No words beside an act carry a secrecy mark: the act is refused, nothing is kept, only that it happened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import SecrecyMarkedWordsError, SecrecyMarkError
from app.models.month import Month
from app.models.review import Verdict
from app.models.right import Role
from app.services.earlier_publications import EarlierEntry
from app.services.publications import PublicationEntry
from tests.services.office import PASSCODE, Office
from tests.services.test_secrecy_clearing import every_way, found_in

SECRET = "某某部署细目"
MARKED = f"绝密★长期，{SECRET}"
Act = Callable[[], object]


def voiding(office: Office) -> Act:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    return lambda: services.drafts.void(draft.id, MARKED)


def answering(office: Office) -> Act:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    return lambda: services.drafts.answer(draft, ("mobile",), MARKED)


def deciding(office: Office) -> Act:
    draft = office.submitted()
    services = office.sign_in("吴审")
    return lambda: services.reviews.decide(draft.id, 1, Verdict.RETURN, MARKED, PASSCODE)


def registering(office: Office) -> Act:
    draft = office.submitted()
    services = office.sign_in("陈账")
    signed = office.signed(services.drafts.view(draft.id).steps[0], opinion=MARKED)
    return lambda: services.reviews.register_paper(draft.id, 1, (signed,), office.scan())


def reminding(office: Office) -> Act:
    draft = office.submitted()
    services, person = office.sign_in("陈账"), office.person("吴审").id
    return lambda: services.reviews.note_reminder(draft.id, person, MARKED)


def recording(field: str) -> Callable[[Office], Act]:
    def prepared(office: Office) -> Act:
        services = office.sign_in("陈账")
        at = office.clock.now
        entry = PublicationEntry(office.account_ids()[0], at, who="甲", why="急", done="补", note_title="题")
        marked = replace(entry, **{field: MARKED})  # type: ignore[arg-type]
        return lambda: services.publications.record("", marked)

    return prepared


def linking(office: Office) -> Act:
    draft = office.approved()
    services = office.sign_in("陈账")
    post = services.publications.record(draft.id, PublicationEntry(office.account_ids()[0], office.clock.now))
    link = f"https://mp.example.cn/{MARKED}"
    return lambda: services.publications.complete(post.id, link=link)


def dropping(office: Office) -> Act:
    draft = office.approved()
    services = office.sign_in("陈账")
    return lambda: services.publications.drop_target(draft.id, office.account_ids()[0], MARKED)


def recording_earlier(office: Office) -> Act:
    services = office.sign_in("陈账")
    entry = EarlierEntry(office.account_ids()[0], MARKED, office.clock.now - timedelta(days=90))
    return lambda: services.publications.earlier.record((entry,))


def explaining(office: Office) -> Act:
    services = office.sign_in("陈账")
    return lambda: services.archives.explain(Month(2026, 10), "no_link:x", MARKED)


def sealing(office: Office) -> Act:
    office.submitted()
    office.clock.forward(days=30)
    services = office.sign_in("陈账")
    return lambda: services.archives.write(Month(2026, 10), office.folder.parent, reason=MARKED)


def giving_roles(office: Office) -> Act:
    person = office.person("吴审").id
    services = office.sign_in("许管")
    return lambda: services.staff.set_roles(person, frozenset({Role.REVIEWER, Role.ARCHIVIST}), MARKED, PASSCODE)


EVERY = (
    voiding,
    answering,
    deciding,
    registering,
    reminding,
    *(recording(field) for field in ("who", "why", "done", "note_title", "published_text")),
    linking,
    dropping,
    recording_earlier,
    explaining,
    sealing,
    giving_roles,
)


@pytest.mark.parametrize("prepared", EVERY)
def test_words_with_a_mark_refuse_their_act_and_are_kept_nowhere(
    office: Office, prepared: Callable[[Office], Act]
) -> None:
    act = prepared(office)
    before = office.services.audit.count()
    with pytest.raises(SecrecyMarkedWordsError):
        act()
    assert office.services.audit.count() == before + 1
    [entry] = office.services.audit.page(0, 1)
    assert entry.action == "draft.secrecy_refused"
    assert not found_in(office.folder, *every_way(SECRET))


def test_notes_with_a_mark_are_neither_saved_nor_found(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    with pytest.raises(SecrecyMarkedWordsError):
        services.drafts.save(replace(draft, notes=MARKED))
    assert services.drafts.view(draft.id).draft == draft
    assert services.search.find(SECRET) == ()
    assert not found_in(office.folder, *every_way(SECRET))
    services.drafts.save(replace(draft, notes="没有标志的备注"))


def test_a_false_alarm_may_be_named_in_its_reason_and_goes_out_as_it_was_answered(office: Office) -> None:
    services = office.sign_in("林晓")
    body = "试卷的密封袋上写着绝密★启用前。"
    content = office.content(body=body)
    draft = services.drafts.start(office.content())
    with pytest.raises(SecrecyMarkError):
        services.drafts.save(replace(draft, content=content))
    keys = tuple(f.answer_key for f in services.drafts.findings(content) if f.finding.rule == "secrecy_mark")
    draft = services.drafts.answer(replace(draft, content=content), keys, "“绝密★启用前”是试卷用语")
    services.drafts.submit(draft.id, draft.version)
    services = office.sign_in("陈账")
    steps = services.drafts.view(draft.id).steps
    services.reviews.register_paper(draft.id, 1, tuple(office.signed(step) for step in steps), office.scan())
    entry = PublicationEntry(office.account_ids()[0], office.clock.now, published_text=body)
    assert services.publications.record(draft.id, entry).matches


def test_clearing_tells_which_submitted_texts_stay(office: Office) -> None:
    services = office.sign_in("林晓")
    draft = services.drafts.start(office.content())
    draft = services.drafts.submit(draft.id, draft.version)
    services.drafts.withdraw(draft.id)
    content = office.content(body="机密★三年，另有说明。")
    keys = tuple(f.answer_key for f in services.drafts.findings(content) if f.finding.rule == "secrecy_mark")
    draft = services.drafts.answer(replace(services.drafts.view(draft.id).draft, content=content), keys, "书名")
    services.drafts.submit(draft.id, draft.version)
    services.drafts.withdraw(draft.id)
    draft = services.drafts.view(draft.id).draft
    cleared = services.drafts.clear_secrecy_mark(replace(draft, content=office.content(body="")))
    assert cleared.submitted == (2,)
    fresh = services.drafts.start(office.content())
    assert services.drafts.clear_secrecy_mark(fresh).submitted == ()


def test_a_day_in_words_is_no_mark(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    day = date(2026, 10, 12)
    services.reviews.note_reminder(draft.id, office.person("吴审").id, f"{day:%m月%d日}电话，说机密文件柜修好了")
    assert len(services.reviews.reminders(draft.id)) == 1
