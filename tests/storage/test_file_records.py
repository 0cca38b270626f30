"""Files stay on record as long as anything uses them; papers read back as issued."""

import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import NotFoundError
from app.models.papercode import PaperKind
from app.models.records import FileUse, IssuedPaper, StoredFile, UseKind
from app.storage.unit_of_work import Store
from tests.storage.office import NOW

FILE, OTHER = StoredFile("a" * 64, 12), StoredFile("b" * 64, 5_000_000_000)
LATER = NOW + timedelta(hours=1)
PAPER = IssuedPaper(
    "paper",
    PaperKind.REVIEW_SHEET,
    "draft",
    2,
    "晋示审〔2026〕1号",
    "{}",
    1,
    7,
    "c" * 64,
    FILE.sha256,
    3,
    NOW,
    "author",
)


def test_a_file_is_registered_once_and_used_once_in_one_place(store: Store) -> None:
    with store.writing() as unit:
        for at in (NOW, LATER):
            unit.files.register(FILE, at)
            unit.files.use(FILE.sha256, UseKind.SCAN, "draft:d", "扫描.pdf", at)
        unit.files.register(OTHER, NOW)
        unit.files.use(FILE.sha256, UseKind.SCAN, "draft:other", "扫描.pdf", NOW)
        unit.files.use(FILE.sha256, UseKind.CONTENT, "draft:d", "图.jpg", NOW)
        unit.files.use(OTHER.sha256, UseKind.SCAN, "draft:d", "第二份.pdf", LATER)
    with store.reading() as unit:
        assert unit.files.list() == (FILE, OTHER)
        assert (unit.files.find(FILE.sha256), unit.files.find("c" * 64)) == (FILE, None)
        assert unit.files.uses("draft:d", UseKind.SCAN) == (
            FileUse(FILE.sha256, UseKind.SCAN, "draft:d", "扫描.pdf", NOW, 12),
            FileUse(OTHER.sha256, UseKind.SCAN, "draft:d", "第二份.pdf", LATER, 5_000_000_000),
        )
        assert unit.files.uses("draft:none", UseKind.SCAN) == ()


def test_a_file_that_was_never_registered_cannot_be_used(store: Store) -> None:
    with store.writing() as unit, pytest.raises(sqlite3.IntegrityError):
        unit.files.use(FILE.sha256, UseKind.SCAN, "draft:d", "扫描.pdf", NOW)


def test_a_file_goes_off_record_with_its_last_use(store: Store) -> None:
    with store.writing() as unit:
        unit.files.register(FILE, NOW)
        assert not unit.files.used(FILE.sha256)
        for subject in ("draft:1", "draft:2"):
            unit.files.use(FILE.sha256, UseKind.ORIGINAL, subject, "稿.docx", NOW)
        unit.files.release("draft:1", UseKind.ORIGINAL, FILE.sha256)
        assert unit.files.used(FILE.sha256)
        assert unit.files.find(FILE.sha256) == FILE
        unit.files.release("draft:2", UseKind.ORIGINAL, FILE.sha256)
        assert not unit.files.used(FILE.sha256)
        assert unit.files.find(FILE.sha256) is None


def test_the_bytes_of_a_paper_stay_on_record_without_any_other_use(store: Store) -> None:
    with store.writing() as unit:
        unit.files.register(FILE, NOW)
        unit.files.use(FILE.sha256, UseKind.PAPER, "draft:d", "表.pdf", NOW)
        unit.papers.add(PAPER)
        unit.files.release("draft:d", UseKind.PAPER, FILE.sha256)
        assert unit.files.find(FILE.sha256) == FILE


def test_papers_read_back_and_the_last_issued_is_the_latest(store: Store) -> None:
    again = replace(PAPER, id="again", audit_seq=9, issued_at=NOW - timedelta(days=900), data='{"a":1}')
    first = replace(PAPER, id="first", revision=1, audit_seq=1)
    slip = replace(PAPER, id="slip", kind=PaperKind.CODE_SLIP, audit_seq=11)
    with store.writing() as unit:
        unit.files.register(FILE, NOW)
        for paper in (PAPER, again, first, slip):
            unit.papers.add(paper)
        assert unit.papers.get("paper") == PAPER
        # The clock was set back between the two: the chain says which came last.
        assert unit.papers.latest(PaperKind.REVIEW_SHEET, "draft", 2) == again
        assert unit.papers.latest(PaperKind.REVIEW_SHEET, "draft", 3) is None
        assert unit.papers.of_subject("draft") == (first, PAPER, again, slip)
        with pytest.raises(NotFoundError):
            unit.papers.get("none")
