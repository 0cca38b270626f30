"""What the QR code of a page says: written by forms, read by intake, and by nobody else.

The text uses only the characters of QR's alphanumeric mode, so that a full code stays small enough to
survive a photocopy: `XS1:UNIT:KIND:ID:REVISION:PAGE:PAGES:FINGERPRINT:SEQ:HEAD`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.errors import PaperCodeError


class PaperKind(StrEnum):
    """The kinds of paper; the value is what the code carries."""

    REVIEW_SHEET = "RS"
    CODE_SLIP = "CS"
    ARCHIVE_COVER = "AC"
    HANDOVER_SLIP = "HO"
    WAITING_LIST = "WL"
    ACCOUNT_FILING = "FL"
    ACCOUNT_CHANGE = "CH"
    ACCOUNT_CLOSING = "CL"
    PASSWORD_HANDOVER = "PH"
    RESPONSIBILITY_LIST = "RL"
    PASSWORD_CHANGES = "PC"
    PASSWORD_LOANS = "PL"


_PATTERN = re.compile(
    r"XS1:(?P<unit>[0-9A-Z-]{1,18}):(?P<kind>[A-Z]{2}):(?P<subject>[0-9A-F]{32}):(?P<revision>[0-9]{1,5})"
    r":(?P<page>[0-9]{1,4}):(?P<pages>[0-9]{1,4}):(?P<fingerprint>[0-9A-F]{64}):(?P<seq>[0-9]{1,12}):(?P<head>[0-9A-F]{64})"
)


@dataclass(frozen=True)
class PaperCode:
    """One page of one issued paper.

    `unit_code` is the 统一社会信用代码 or the given code (digits, capitals, hyphen; at most 18);
    `subject_id` the UUID of what the paper is about; `fingerprint` and `audit_head` 64 hex digits;
    `page` counts from 1.
    """

    unit_code: str
    kind: PaperKind
    subject_id: str
    revision: int
    page: int
    pages: int
    fingerprint: str
    audit_seq: int
    audit_head: str

    def text(self) -> str:
        """Write the code as the text of the QR."""
        try:
            subject = UUID(self.subject_id).hex.upper()
        except ValueError as wrong:
            raise PaperCodeError("unwritable") from wrong
        text = (
            f"XS1:{self.unit_code}:{self.kind}:{subject}:{self.revision}:{self.page}:{self.pages}"
            f":{self.fingerprint.upper()}:{self.audit_seq}:{self.audit_head.upper()}"
        )
        if _PATTERN.fullmatch(text) is None or not 1 <= self.page <= self.pages:
            raise PaperCodeError("unwritable")
        return text

    @staticmethod
    def parse(text: str) -> "PaperCode":
        """Read the text of a QR, or refuse with `PaperCodeError` (`foreign`, `newer` or `damaged`)."""
        text = text.strip()
        match = _PATTERN.fullmatch(text)
        if match is None:
            if re.match(r"XS(?!1:)[0-9]+:", text):
                raise PaperCodeError("newer")
            raise PaperCodeError("damaged" if text.startswith("XS1:") else "foreign")
        try:
            kind = PaperKind(match["kind"])
        except ValueError as unknown:
            raise PaperCodeError("newer") from unknown
        if not 1 <= int(match["page"]) <= int(match["pages"]):
            raise PaperCodeError("damaged")
        return PaperCode(
            unit_code=match["unit"],
            kind=kind,
            subject_id=str(UUID(match["subject"])),
            revision=int(match["revision"]),
            page=int(match["page"]),
            pages=int(match["pages"]),
            fingerprint=match["fingerprint"].lower(),
            audit_seq=int(match["seq"]),
            audit_head=match["head"].lower(),
        )


def grouped(digest: str, digits: int = 32) -> str:
    """Print the first digits of a digest in groups of four capitals, as papers show it."""
    head = digest[:digits].upper()
    return " ".join(head[i : i + 4] for i in range(0, len(head), 4))
