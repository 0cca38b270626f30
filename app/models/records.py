"""Records beside the drafts: stored files, issued papers, settings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.models.papercode import PaperKind


class UseKind(StrEnum):
    """What a stored file is used as."""

    CONTENT = "content"
    ORIGINAL = "original"
    """The dropped Word or text file, as it came."""
    SCAN = "scan"
    SCREENSHOT = "screenshot"
    PAPER = "paper"
    PUBLISHED_FILE = "published_file"


class StatementKind(StrEnum):
    """What a person stated in writing beside an act."""

    VOID = "void"
    """Why a draft was given up."""
    DROP = "drop"
    """Why a draft is not published on an account."""
    REMINDER = "reminder"
    """How somebody was reminded."""
    LINK = "link"
    """The link of a post before it was put right."""
    PAGE_LINES = "page_lines"
    """Which lines of a published text belong to the page, and were not compared."""
    REMOVAL = "removal"
    """On what basis records were removed for good."""
    LEAVE = "leave"
    """On what basis somebody was marked as having left."""
    USAGE = "usage"
    """For what a password was looked at."""
    WITHDRAWAL = "withdrawal"
    """Why a paper about an account was taken back."""
    REFUSAL = "refusal"
    """Why a leader did not agree to a paper about an account."""


@dataclass(frozen=True)
class Statement:
    """A person's own words beside an act; in the audit chain they stand as a keyed hash only.

    The key lies beside the words and goes with them when they are removed. `about` is a person's or account's id.
    """

    id: str
    subject: str
    """kind:id, e.g. draft:0b5e…"""
    kind: StatementKind
    text: str
    stated_by: str
    stated_at: datetime
    about: str = ""


@dataclass(frozen=True)
class StoredFile:
    """A file in the attachment store, known by its SHA-256."""

    sha256: str
    size: int


@dataclass(frozen=True)
class FileUse:
    """One use of a stored file."""

    sha256: str
    kind: UseKind
    subject: str
    """kind:id, e.g. draft:0b5e…"""
    name: str
    added_at: datetime
    size: int = 0


@dataclass(frozen=True)
class IssuedPaper:
    """A paper as issued: its data, policy version, audit head and PDF; reprint and archive use those bytes."""

    id: str
    kind: PaperKind
    subject_id: str
    revision: int
    number: str
    data: str
    """Canonical JSON of what stands on it."""
    policy_version: int
    audit_seq: int
    audit_head: str
    pdf_sha256: str
    pages: int
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True)
class Settings:
    """What the unit may choose on this PC."""

    lock_minutes: int = 5
    paper_fonts: str = "bundled"
    theme: str = "system"
    scale: int = 100
    backup_folder: str = ""
    archive_folder: str = ""
