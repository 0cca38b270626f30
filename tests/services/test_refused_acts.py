"""An act that is refused at its very end leaves no file behind, and takes none from anybody else."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import (
    AlreadyPublishedError,
    AppError,
    DatabaseBusyError,
    FileUnreadableError,
    NotFoundError,
    StaleSheetError,
)
from app.models.month import Month
from app.models.right import Role
from app.services.publications import PublicationEntry
from app.storage.audit_records import AuditRecords
from app.storage.unit_of_work import Store
from tests.services.office import PASSCODE, Office

Act = Callable[[Office], object]


def lying(office: Office) -> set[str]:
    """Return every file that lies in the attachments, named or not."""
    return {path.name for path in (office.folder / "attachments").rglob("*") if path.is_file()}


def written(office: Office, name: str, content: bytes = b"kept by nobody") -> Path:
    path = office.folder.parent / name
    path.write_bytes(content)
    return path


def entry(office: Office, *shots: Path | bytes) -> PublicationEntry:
    when = office.clock.now
    return PublicationEntry(office.account_ids()[0], when, screenshots=shots)


def recording(office: Office) -> Act:
    draft = office.approved()
    return lambda o: o.services.publications.record(draft.id, entry(o, b"pasted", written(o, "截图.png")))


def completing(office: Office) -> Act:
    draft = office.approved()
    post = office.services.publications.record(draft.id, entry(office))
    return lambda o: o.services.publications.complete(post.id, screenshots=(written(o, "截图.png"), b"pasted"))


def registering(office: Office) -> Act:
    draft = office.submitted()
    step = office.services.drafts.view(draft.id).steps[0]
    office.sign_in("陈账")
    return lambda o: o.services.reviews.register_paper(
        draft.id, 1, (o.signed(step),), o.scan("一.pdf"), (o.scan("二.pdf"),)
    )


def filing(office: Office) -> Act:
    draft = office.submitted()
    office.sign_in("陈账")
    return lambda o: o.services.scans.file_only(draft.id, o.scan("一.pdf"), (o.scan("二.pdf"),))


def authorizing(office: Office) -> Act:
    principal, deputy = office.person("王局").id, office.person("何副").id
    day = office.clock.now.date()
    office.sign_in("陈账")
    return lambda o: o.services.staff.authorize(
        principal, deputy, Role.PRINCIPAL_LEADER, day, day, o.scan("授权.pdf"), PASSCODE
    )


def issuing(office: Office) -> Act:
    draft = office.submitted()
    return lambda o: o.services.papers.review_sheet(draft.id)


def starting(office: Office) -> Act:
    office.sign_in("林晓")
    return lambda o: o.services.drafts.start(o.content(), written(o, "来文.txt"))


def sealed(office: Office) -> Office:
    office.approved()
    office.clock.forward(days=30)
    archives = office.sign_in("陈账").archives
    for gap in archives.overview(Month(2026, 10)).unexplained:
        archives.explain(Month(2026, 10), gap.key, "如实说明")
    return office


def sealing(office: Office) -> Act:
    sealed(office)
    stick = office.folder.parent / "stick"
    stick.mkdir()
    return lambda o: o.services.archives.write(Month(2026, 10), stick)


def handing_over(office: Office) -> Act:
    sealing(office)(office)
    archive = office.services.archives.history()[0].id
    today = date(2026, 11, 11)
    return lambda o: o.services.archives.hand_over(archive, today, o.scan("交接单.pdf"))


EVERY = (recording, completing, registering, filing, authorizing, issuing, starting, sealing, handing_over)


NO_SCANS = {
    "空.pdf": (b"", "empty"),
    "程序.pdf": (b"MZ not a scan", "not_scan"),
    "坏的.pdf": (b"%PDF-1.7 nothing of the kind", "broken"),
    "半张.jpg": (b"\xff\xd8\xff\xe0 and no more", "broken"),
    "稿子.txt": ("正文".encode(), "not_scan"),
}


@pytest.mark.parametrize("name", NO_SCANS)
@pytest.mark.parametrize("prepared", [registering, filing, authorizing, handing_over])
def test_what_nobody_can_look_at_is_no_scan_and_nothing_is_signed_by_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, prepared: Callable[[Office], Act], name: str
) -> None:
    act = prepared(office)
    content, reason = NO_SCANS[name]
    before, entries, good = lying(office), office.services.audit.count(), office.scan()
    with monkeypatch.context() as patched:
        patched.setattr(Office, "scan", lambda o, _name="": written(o, name, content))
        with pytest.raises(FileUnreadableError) as refused:
            act(office)
    assert (refused.value.reason, refused.value.name) == (reason, name)
    assert (lying(office), office.services.audit.count()) == (before, entries)
    assert good.exists()
    act(office)


def test_one_page_of_several_that_nobody_can_look_at_refuses_them_all(office: Office) -> None:
    draft = office.submitted()
    services = office.sign_in("陈账")
    signed = tuple(office.signed(step) for step in services.drafts.view(draft.id).steps)
    for act in (
        lambda: services.reviews.register_paper(draft.id, 1, signed, office.scan(), (written(office, "二.jpg"),)),
        lambda: services.scans.file_only(draft.id, office.scan(), (written(office, "二.jpg"),)),
    ):
        with pytest.raises(FileUnreadableError):
            act()
    assert services.drafts.view(draft.id).decisions == ()


def test_nobody_is_reminded_of_a_draft_that_is_not_there_and_no_scan_is_kept_with_it(office: Office) -> None:
    services = office.sign_in("陈账")
    before, entries = lying(office), services.audit.count()
    for act in (
        lambda: services.reviews.note_reminder("gone", office.person("吴审").id, "电话"),
        lambda: services.scans.file_only("gone", office.scan()),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert (lying(office), services.audit.count()) == (before, entries)
    assert services.reviews.reminders("gone") == ()


def refuse(*_arguments: object) -> None:
    raise DatabaseBusyError


@pytest.mark.parametrize("prepared", EVERY)
def test_an_act_refused_at_its_last_step_leaves_no_file_behind(
    office: Office, monkeypatch: pytest.MonkeyPatch, prepared: Callable[[Office], Act]
) -> None:
    act = prepared(office)
    before, entries, add = lying(office), office.services.audit.count(), AuditRecords.add

    # The number of a month is given by an act of its own.
    def refuse_the_last(records: AuditRecords, actor: str, role: str, action: str, *rest: object) -> object:
        if action != "archive.begin":
            raise DatabaseBusyError
        return add(records, actor, role, action, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(AuditRecords, "add", refuse_the_last)
        with pytest.raises(DatabaseBusyError):
            act(office)
    assert lying(office) == before
    assert office.services.audit.count() == entries + (prepared is sealing)
    for bag in (office.folder.parent / "stick").glob("*"):
        bag.rename(office.folder.parent / "aside")
    act(office)
    assert lying(office) > before


def test_a_file_that_is_used_elsewhere_outlives_a_refusal(office: Office) -> None:
    scan = office.scan("扫描.pdf")
    draft = office.submitted()
    office.sign_in("陈账")
    digest = office.services.scans.file_only(draft.id, scan)
    first = office.services.drafts.view(draft.id).steps[0]
    step = office.signed(first)
    drafts = office.sign_in("林晓").drafts
    drafts.submit(draft.id, drafts.withdraw(draft.id).version)
    reviews = office.sign_in("陈账").reviews
    with pytest.raises(StaleSheetError):
        reviews.register_paper(draft.id, 1, (step,), scan)
    assert office.services.drafts.file(digest) == scan.read_bytes()


def test_a_second_record_of_a_post_leaves_no_screenshot(office: Office) -> None:
    draft = office.approved()
    publications = office.services.publications
    publications.record(draft.id, entry(office))
    before = lying(office)
    with pytest.raises(AlreadyPublishedError):
        publications.record(draft.id, entry(office, b"a second screenshot"))
    assert lying(office) == before


def test_what_is_recorded_beside_a_refusal_of_the_same_bytes_stays(office: Office) -> None:
    """A window keeps a scan; a command with the same one is refused before the window has committed."""
    draft = office.submitted()
    scan = office.scan("扫描.pdf")
    office.sign_in("陈账")
    beside = Office(office.folder, office.clock)
    beside.services.session.person_id = office.services.session.person_id
    inside, go_on = threading.Event(), threading.Event()
    kept: list[str] = []

    real = AuditRecords.add

    def slow(records: AuditRecords, *rest: object) -> object:
        inside.set()
        assert go_on.wait(10)
        return real(records, *rest)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(AuditRecords, "add", slow)
        window = threading.Thread(target=lambda: kept.append(office.services.scans.file_only(draft.id, scan)))
        window.start()
        assert inside.wait(10)
    refused: list[AppError] = []

    def refuse_beside() -> None:
        try:
            beside.services.reviews.register_paper(draft.id, 9, (), scan)
        except AppError as error:
            refused.append(error)

    command = threading.Thread(target=refuse_beside)
    command.start()
    go_on.set()
    window.join(20)
    command.join(20)
    assert refused
    assert office.services.drafts.file(kept[0]) == scan.read_bytes()


def test_what_was_kept_for_a_draft_that_was_never_saved_goes_at_the_next_window(office: Office) -> None:
    drafts = office.sign_in("林晓").drafts
    named = drafts.attach(written(office, "附件.pdf", b"named by the draft"))
    draft = drafts.start(office.content())
    drafts.save(replace(draft, content=replace(office.content(), attachments=(named,))))
    before = lying(office)
    drafts.attach(written(office, "没用.pdf"))
    drafts.keep_file(b"a picture that was taken out again")
    assert len(lying(office)) == len(before) + 2
    office.services.door.tidy()
    assert lying(office) == before
    assert drafts.file(named.sha256) == b"named by the draft"


def test_a_commit_that_fails_leaves_the_records_as_they_were(office: Office) -> None:
    store: Store = office.services.scans._room.store

    def act() -> None:
        with store.writing() as unit:
            unit.settings.set("tried", "yes")
            unit.before_commit.append(refuse)

    with pytest.raises(DatabaseBusyError):
        act()
    with store.reading() as unit:
        assert unit.settings.get("tried") is None
