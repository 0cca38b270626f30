"""The audit chain: every act is one entry, each bound to the one before it.

hash = SHA-256 over a version tag, prev, length and a canonical JSON array. The head is printed on signed
papers, which makes them its witness; personal text enters as a keyed hash only.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.errors import AuditBrokenError
from app.models.clock import to_text
from app.models.storable import storable

_TAG = b"xianshen-audit/1"
GENESIS = "0" * 64


@dataclass(frozen=True)
class AuditEntry:
    """One act: who, as what, did what to what, when, with which facts (canonical JSON)."""

    seq: int
    at: datetime
    actor: str
    """Person id, or `system`."""
    role: str
    action: str
    subject: str
    """kind:id, e.g. draft:0b5e…"""
    detail: str
    prev: str
    hash: str

    @property
    def facts(self) -> "Facts":
        """The facts as they were given; raises `AuditBrokenError` for a detail that was never written here."""
        try:
            found = json.loads(self.detail)
        except ValueError as wrong:
            raise AuditBrokenError(self.seq) from wrong
        if not isinstance(found, dict):
            raise AuditBrokenError(self.seq)
        return Facts(self.seq, found)


class Facts(dict[str, Any]):
    """The facts of an entry; to ask for one that an entry of its kind always has finds the chain broken there."""

    def __init__(self, seq: int, found: dict[str, Any]) -> None:
        super().__init__(found)
        self._seq = seq

    def __missing__(self, name: str) -> Any:
        raise AuditBrokenError(self._seq)


@dataclass(frozen=True)
class AuditHead:
    """The newest entry's number and hash; (0, zeros) before the first."""

    seq: int
    hash: str


def entry_hash(seq: int, at: str, actor: str, role: str, action: str, subject: str, detail: str, prev: str) -> str:
    """Compute the hash of an entry from its stored texts."""
    body = json.dumps([seq, at, actor, role, action, subject, detail], ensure_ascii=False, separators=(",", ":"))
    raw = body.encode("utf-8")
    return hashlib.sha256(_TAG + bytes.fromhex(prev) + len(raw).to_bytes(8, "big") + raw).hexdigest()


def detail_text(facts: dict[str, object]) -> str:
    """Write the facts of an act as canonical JSON."""
    return storable(json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def chained(
    head: AuditHead, at: datetime, actor: str, role: str, action: str, subject: str, facts: dict[str, object]
) -> AuditEntry:
    """Make the entry that follows a head."""
    seq, detail = head.seq + 1, detail_text(facts)
    digest = entry_hash(seq, to_text(at), actor, role, action, subject, detail, head.hash)
    return AuditEntry(seq, at, actor, role, action, subject, detail, head.hash, digest)


def first_break(entries: Iterable[AuditEntry], start: AuditHead) -> int | None:
    """Return the number of the first entry that does not hold, or None when the whole chain does."""
    head = start
    for entry in entries:
        if entry.seq != head.seq + 1 or entry.prev != head.hash:
            return entry.seq
        expected = entry_hash(
            entry.seq, to_text(entry.at), entry.actor, entry.role, entry.action, entry.subject, entry.detail, entry.prev
        )
        if expected != entry.hash:
            return entry.seq
        head = AuditHead(entry.seq, entry.hash)
    return None


def keyed_hash(key: bytes, text: str) -> str:
    """Hash personal text under a record's own random key (a plain hash of a mobile number is soon found)."""
    return hmac.new(key, storable(text).encode("utf-8"), hashlib.sha256).hexdigest()
