"""A paper of the register or of a password that came back: which one it is, and whether it is the one printed last."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from app.models.account_application import PAPER_KINDS, ApplicationState
from app.models.custody_handover import HandoverState
from app.models.papercode import PaperCode, PaperKind
from app.services.lost_span import lies_in_lost_span
from app.storage.unit_of_work import UnitOfWork

ACCOUNT_PAPERS = frozenset({*PAPER_KINDS.values(), PaperKind.PASSWORD_HANDOVER})


class PaperStanding(StrEnum):
    """What the code on such a paper tells; the words are those of `ScanOutcome`."""

    CURRENT = "account_paper"
    STALE = "stale_account_paper"
    FOREIGN = "foreign"
    NOT_WITNESSED = "not_witnessed"
    LOST_SPAN = "lost_span"


@dataclass(frozen=True)
class FoundPaper:
    """A paper as its code tells; the number is empty unless it is one of the unit's that the chain bears out."""

    standing: PaperStanding
    number: str = ""
    title: str = ""
    application_id: str = ""
    account_id: str = ""
    handover_id: str = ""


def found_paper(unit: UnitOfWork, code: PaperCode) -> FoundPaper:
    """Find what a code belongs to."""
    about = _handover(unit, code) if code.kind is PaperKind.PASSWORD_HANDOVER else _application(unit, code)
    entry = unit.audit.find(code.audit_seq) if code.audit_seq else None
    if entry is None or entry.hash != code.audit_head:
        if lies_in_lost_span(unit, code.audit_seq, code.audit_head):
            return FoundPaper(PaperStanding.LOST_SPAN)
        return FoundPaper(PaperStanding.NOT_WITNESSED if about else PaperStanding.FOREIGN)
    if about is None:
        return FoundPaper(PaperStanding.FOREIGN)
    issued = unit.papers.latest(code.kind, code.subject_id, 1)
    current = issued is not None and json.loads(issued.data)["head"]["fingerprint"] == code.fingerprint
    return about if current else replace(about, standing=PaperStanding.STALE)


def _application(unit: UnitOfWork, code: PaperCode) -> FoundPaper | None:
    paper = unit.applications.find(code.subject_id)
    if paper is None:
        return None
    title = unit.accounts.get(paper.account_id).caption
    standing = _standing(waits=paper.state is ApplicationState.WAITING)
    return FoundPaper(standing, str(paper.number or ""), title, application_id=paper.id, account_id=paper.account_id)


def _handover(unit: UnitOfWork, code: PaperCode) -> FoundPaper | None:
    slip = unit.handovers.find(code.subject_id)
    if slip is None:
        return None
    giver, receiver = (unit.people.get(one).name for one in (slip.from_person_id, slip.to_person_id))
    standing = _standing(waits=slip.state is HandoverState.WAITING)
    return FoundPaper(standing, str(slip.number or ""), f"{giver}移交给{receiver}", handover_id=slip.id)


def _standing(*, waits: bool) -> PaperStanding:
    return PaperStanding.CURRENT if waits else PaperStanding.STALE
