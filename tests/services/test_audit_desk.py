"""What people wrote beside an act cannot be changed behind the chain's back, however well the guards are lifted."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.labels import words_said
from app.models.month import Month
from app.models.review import Verdict
from app.models.stated_words import WordsReport
from app.services.earlier_publications import EarlierEntry
from app.storage.database import FILE_NAME
from tests.services.office import PASSCODE, START, Office
from tests.services.test_publications import entry, explained


def written_on(office: Office) -> Office:
    """Let people write down everything that is bound to the chain."""
    draft = office.submitted()
    reviewer = office.sign_in("吴审")
    reviewer.reviews.decide(draft.id, 1, Verdict.RETURN, "第二段请核对。", PASSCODE)
    author = office.sign_in("林晓")
    author.drafts.void(draft.id, "活动取消")
    other = office.submitted()
    manager = office.sign_in("陈账")
    post = manager.publications.record(other.id, explained(entry(office, link="https://mp.example.cn/s/wrong")))
    manager.publications.complete(post.id, link="https://mp.example.cn/s/right")
    first = EarlierEntry(office.account_ids()[0], "旧文", START.replace(year=2025))
    manager.publications.earlier.record((first, replace(first, title="更旧")))
    manager.reviews.note_reminder(other.id, manager.staff.list()[0].person.id, "电话提醒")
    manager.archives.explain(Month(2026, 9), "gap", "当时没有截图")
    manager.archives.explain(Month(2026, 9), "gap", "当时没有截图，已补")
    return office


ATTACKS = {
    "revision": 'UPDATE revision SET silenced = \'[["mobile","公开电话"]]\'',
    "decision": "UPDATE decision SET opinion = '同意。'",
    "publication": "UPDATE publication SET why = '没有原因' WHERE why <> ''",
    "explanation": "UPDATE month_explanation SET text = '都齐了'",
    "statement": "UPDATE statement SET text = '没有说过' WHERE kind = 'void'",
}
TURNED = [
    ("statement", "UPDATE statement SET about = 'somebody' WHERE kind = 'reminder'"),
    ("statement", "UPDATE statement SET kind = 'drop' WHERE kind = 'void'"),
    ("decision", "UPDATE decision SET verdict = 'agree'"),
    ("decision", "UPDATE decision SET decided_by = (SELECT id FROM person WHERE name = '王局')"),
    ("revision", "UPDATE revision SET content = replace(content, '请先', '不必')"),
    ("revision", "UPDATE revision SET content = replace(content, '请先', '不必'), fingerprint = 'x'"),
]


def test_what_was_written_is_what_the_chain_says(office: Office) -> None:
    report = written_on(office).services.audit.check()
    assert (report.broken_at, report.words) == (0, WordsReport())


@pytest.mark.parametrize("kind", ATTACKS)
def test_words_changed_behind_the_chain_are_found_and_named(office: Office, kind: str) -> None:
    written_on(office)
    alter(office.folder / FILE_NAME, ATTACKS[kind])
    report = office.services.audit.check()
    assert report.broken_at == 0
    assert {place.partition(":")[0] for place in report.words.altered} == {kind}
    assert report.words.lost == ()
    assert "处文字与记录时不同" in words_said(report.words)


@pytest.mark.parametrize(("kind", "attack"), TURNED)
def test_what_was_decided_on_what_cannot_be_turned(office: Office, kind: str, attack: str) -> None:
    written_on(office)
    alter(office.folder / FILE_NAME, attack)
    report = office.services.audit.check()
    assert report.broken_at == 0
    assert {place.partition(":")[0] for place in report.words.altered} == {kind}


def test_decisions_slipped_in_without_a_key_are_found(office: Office) -> None:
    draft = office.submitted()
    office.sign_in("吴审").reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    slip = f"""INSERT INTO decision SELECT 'forged' || s.position, s.draft_id, s.revision, s.position, 'agree', '',
        (SELECT id FROM person WHERE name = '王局'), d.decided_on, NULL, d.registered_by, d.recorded_at, 'screen',
        d.fingerprint, '', '', NULL, x'' FROM review_step AS s, decision AS d
        WHERE s.draft_id = '{draft.id}' AND s.position > 1"""
    alter(office.folder / FILE_NAME, slip)
    altered = office.services.audit.check().words.altered
    assert altered
    assert all(place.startswith("decision:forged") for place in altered)


def test_a_record_slipped_in_with_a_key_of_its_own_is_found(office: Office) -> None:
    written_on(office)
    slip = """INSERT INTO decision SELECT 'slipped', draft_id, revision, position, 'agree', opinion, decided_by,
        decided_on, decided_at, registered_by, recorded_at, way, fingerprint, scan_sha256, authorization_id, NULL,
        audit_key FROM decision LIMIT 1"""
    alter(office.folder / FILE_NAME, slip)
    assert office.services.audit.check().words.altered == ("decision:slipped",)


@pytest.mark.parametrize(
    ("kind", "attack"),
    [
        ("decision", "DELETE FROM decision"),
        ("publication", "DELETE FROM publication WHERE why <> ''"),
        ("explanation", "DELETE FROM month_explanation"),
        ("statement", "DELETE FROM statement WHERE kind = 'void'"),
        ("revision", "UPDATE revision SET audit_key = x''"),
    ],
)
def test_a_record_that_is_gone_or_has_lost_its_key_is_missed(office: Office, kind: str, attack: str) -> None:
    written_on(office)
    alter(office.folder / FILE_NAME, attack)
    report = office.services.audit.check()
    assert report.words.altered == ()
    assert {place.partition(":")[0] for place in report.words.lost} == {kind}
    assert "处记录过的文字不见了" in words_said(report.words)


def test_no_words_of_a_person_stand_in_the_chain(office: Office) -> None:
    written_on(office)
    details = "".join(entry.detail for entry in office.services.audit.page(0, 500))
    for words in ("第二段", "活动取消", "example.cn", "电话提醒", "截图", "旧文"):
        assert words not in details


def alter(path: Path, attack: str) -> None:
    """Write to the file directly with every trigger lifted."""
    with closing(sqlite3.connect(path)) as db, db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        assert db.execute(attack).rowcount > 0
