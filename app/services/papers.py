"""Issuing papers: what stands on them is stored with the bytes; reprint and archive use those bytes."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.errors import ChangedMeanwhileError, NotFoundError
from app.forms.account_form import compose_account_form
from app.forms.code_slip import compose_code_slip
from app.forms.listing import compose_listing
from app.forms.review_sheet import compose_review_sheet
from app.forms.typeface import Fonts
from app.labels import label
from app.models.audit import AuditHead, detail_text
from app.models.file_names import safe_name
from app.models.paper import AccountForm, CodeSlip, Field, ListingPaper, PaperHead, TableSection
from app.models.papercode import PaperKind
from app.models.policy import Policy
from app.models.records import IssuedPaper, UseKind
from app.models.right import Right
from app.models.staff import Actor
from app.services.code_desk import RECOVERY, OneTimeCode
from app.services.record_room import RecordRoom
from app.services.review_sheet_text import review_sheet
from app.services.text_checks import TextChecks
from app.storage.rows import as_written
from app.storage.unit_of_work import UnitOfWork

PrintPicture = Callable[[bytes], bytes]
"""Turns any stored picture into one that PDF/A may hold; from `app.intake.pictures`."""

RECOVERY_TITLE = "系统管理员恢复口令单"
_FORM_VERSION = b"xianshen-form/1\n"
NO_CONTENT = "0" * 64
"""The fingerprint on papers that are about no content."""


@dataclass(frozen=True)
class PaperBytes:
    """A paper ready to be shown, printed or saved."""

    title: str
    file_name: str
    data: bytes
    pages: int


class Papers:
    """The printing desk."""

    def __init__(self, room: RecordRoom, fonts: Fonts, print_picture: PrintPicture, checks: TextChecks) -> None:
        self._room, self._fonts, self._print_picture, self._checks = room, fonts, print_picture, checks

    def review_sheet(self, draft_id: str) -> PaperBytes:
        """Issue 信息发布审核表 for the current revision, or return the bytes already issued if nothing changed.

        A revision that was voided since gives the bytes issued last; none can be issued any more but as 作废.
        """
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            draft = unit.drafts.get(draft_id)
            revision = unit.revisions.find(draft_id, draft.revision) if draft.revision else None
            if revision is None or draft.number is None:
                raise NotFoundError("revision", draft_id)
            policy = unit.policies.get(revision.policy_version).policy
            head = self._head(
                unit, policy, PaperKind.REVIEW_SHEET, draft_id, str(draft.number), revision.number, revision.fingerprint
            )
            if revision.voided_at is not None:
                head = replace(head, ribbon="作废")
            findings = self._checks.check_content(revision.content)
            sheet = review_sheet(unit, draft, revision, head, self._picture, findings)
            facts = _facts(asdict(sheet))
            issued = unit.papers.latest(PaperKind.REVIEW_SHEET, draft_id, revision.number)
        name = f"{draft.number} 第{revision.number}稿 {policy.title('review_sheet').value}.pdf"
        if issued is not None and (revision.voided_at is not None or _lasting(issued.data) == _lasting(facts)):
            return PaperBytes(revision.content.title, name, self._room.files.read(issued.pdf_sha256), issued.pages)
        paper = compose_review_sheet(sheet, self._fonts)
        made = PaperBytes(revision.content.title, name, paper.data, paper.pages)
        voided = revision.voided_at is not None
        self._issue(made, head, facts, revision.policy_version, actor, f"draft:{draft_id}", voided=voided)
        return made

    def code_slip(self, code: OneTimeCode) -> PaperBytes:
        """Set the slip with a one-time code; neither the slip nor the code is kept."""
        with self._room.store.reading() as unit:
            policy = unit.policies.current(self._room.today()).policy
            # The recovery code is the unit's, not a person's; no policy says what its slip is called.
            recovery = code.person_id == RECOVERY
            subject = unit.units.get().id if recovery else code.person_id
            head = self._head(unit, policy, PaperKind.CODE_SLIP, subject, "", 0, NO_CONTENT)
            record = unit.passcodes.find(code.person_id)
        reason = record.reset_reason if record else ""
        expires_on = record.expires_on if record else None
        name = f"{safe_name(f'{head.title} {code.person}')}.pdf"
        if recovery:
            head, name = replace(head, title=RECOVERY_TITLE), f"{code.person}.pdf"
        slip = CodeSlip(head, code.person, code.code, reason, expires_on, recovery)
        paper = compose_code_slip(slip, self._fonts)
        return PaperBytes(head.title, name, paper.data, paper.pages)

    def waiting_list(self, draft_ids: tuple[str, ...]) -> PaperBytes:
        """Set 待签清单 to lie on the pile: which sheets wait for which signature."""
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            policy = unit.policies.current(self._room.today()).policy
            rows = [row for row in unit.drafts.waiting_at(frozenset()) if not draft_ids or row.id in draft_ids]
            head = self._head(unit, policy, PaperKind.WAITING_LIST, actor.person_id, "", 0, NO_CONTENT)
            lines = tuple(
                (
                    str(index),
                    row.number.short if row.number else "",
                    row.title,
                    label(row.step) if row.step else "",
                    row.step_due_on.strftime("%m-%d") if row.step_due_on else "",
                    "",
                )
                for index, row in enumerate(rows, start=1)
            )
        section = TableSection(
            "待签审核表", ("序号", "编号", "标题", "待签环节", "期限", "签收"), (0.6, 1.4, 4.2, 1.3, 0.9, 1.2), lines
        )
        paper = compose_listing(ListingPaper(head, (Field("共计", f"{len(lines)} 件"),), (section,)), self._fonts)
        return PaperBytes(head.title, f"{head.title}.pdf", paper.data, paper.pages)

    def listing(
        self,
        kind: PaperKind,
        title_key: str,
        subject_id: str,
        number: str,
        revision: int,
        facts: tuple[Field, ...],
        sections: tuple[TableSection, ...],
        *,
        signatures: tuple[str, ...] = (),
        footnote: str = "",
        fingerprint: str = NO_CONTENT,
        witness: AuditHead | None = None,
    ) -> tuple[PaperBytes, AuditHead]:
        """Set a paper of facts and tables; the caller stores it with what it belongs to.

        `witness` is the head at which the facts were read, the newest unless one is given.
        """
        with self._room.store.reading() as unit:
            policy = unit.policies.current(self._room.today()).policy
            head = self._head(unit, policy, kind, subject_id, number, revision, fingerprint, title_key)
        if witness is not None:
            head = replace(head, audit_seq=witness.seq, audit_head=witness.hash)
        paper = compose_listing(ListingPaper(head, facts, sections, signatures, footnote), self._fonts)
        name = f"{number} {head.title}.pdf".strip()
        return PaperBytes(head.title, name, paper.data, paper.pages), AuditHead(head.audit_seq, head.audit_head)

    def issued_listing(
        self,
        kind: PaperKind,
        subject: str,
        number: str,
        revision: int,
        facts: tuple[Field, ...],
        *,
        signatures: tuple[str, ...],
        footnote: str,
        fingerprint: str,
    ) -> PaperBytes:
        """Issue a paper of facts to be signed about a subject (kind:id) once; a reprint gives the same bytes."""
        subject_id = subject.partition(":")[2]
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            adopted = unit.policies.current(self._room.today())
            head = self._head(unit, adopted.policy, kind, subject_id, number, revision, fingerprint)
            issued = unit.papers.latest(kind, subject_id, revision)
        name = f"{number} {head.title}.pdf".strip()
        if issued is not None:
            return PaperBytes(head.title, name, self._room.files.read(issued.pdf_sha256), issued.pages)
        listing = ListingPaper(head, facts, (), signatures, footnote)
        paper = compose_listing(listing, self._fonts)
        made = PaperBytes(head.title, name, paper.data, paper.pages)
        self._issue(made, head, _facts(asdict(listing)), adopted.version, actor, subject)
        return made

    def issued_form(
        self, kind: PaperKind, subject: str, number: str, make: Callable[[PaperHead], AccountForm], *, settled: bool
    ) -> PaperBytes:
        """Issue a form about a subject (kind:id), or return the bytes issued last if nothing on it changed since.

        A `settled` form was signed as it was printed: its bytes stay, whatever the register says now.
        """
        subject_id = subject.partition(":")[2]
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            adopted = unit.policies.current(self._room.today())
            bare = self._head(unit, adopted.policy, kind, subject_id, number, 1, NO_CONTENT)
            issued = unit.papers.latest(kind, subject_id, 1)
        text = _facts(asdict(make(bare)))
        head = replace(bare, fingerprint=hashlib.sha256(_FORM_VERSION + text.encode("utf-8")).hexdigest())
        form = make(head)
        facts, name = _facts(asdict(form)), f"{number} {head.title}.pdf".strip()
        if issued is not None and (settled or _form_content(issued.data) == _form_content(facts)):
            return PaperBytes(head.title, name, self._room.files.read(issued.pdf_sha256), issued.pages)
        paper = compose_account_form(form, self._fonts)
        made = PaperBytes(head.title, name, paper.data, paper.pages)
        self._issue(made, head, facts, adopted.version, actor, subject)
        return made

    def _issue(
        self,
        paper: PaperBytes,
        head: PaperHead,
        facts: str,
        policy_version: int,
        actor: Actor,
        subject: str,
        *,
        voided: bool = False,
    ) -> None:
        """Keep a paper with its bytes and record that it was issued; refuse one that was overtaken while it was set."""
        now = self._room.now()
        with self._room.receiving(paper.data) as (file,), self._room.store.writing() as unit:
            sheet = head.kind is PaperKind.REVIEW_SHEET
            if sheet and not voided and unit.revisions.get(head.subject_id, head.revision).voided_at is not None:
                raise ChangedMeanwhileError
            pdf = self._room.keep(unit, file, UseKind.PAPER, subject, paper.file_name, now)
            record = IssuedPaper(
                id=self._room.new_id(),
                kind=head.kind,
                subject_id=head.subject_id,
                revision=head.revision,
                number=head.number,
                data=facts,
                policy_version=policy_version,
                audit_seq=head.audit_seq,
                audit_head=head.audit_head,
                pdf_sha256=pdf,
                pages=paper.pages,
                issued_at=head.issued_at,
                issued_by=actor.person_id,
            )
            unit.papers.add(record)
            self._room.record(unit, actor, "paper.issue", subject, {"kind": record.kind, "pdf": pdf})

    def note_printed(self, draft_id: str, where: str) -> None:
        """Record that a review sheet was printed or saved as a file."""
        self.note_paper_printed(PaperKind.REVIEW_SHEET, f"draft:{draft_id}", where)

    def note_paper_printed(self, kind: PaperKind, subject: str, where: str) -> None:
        """Record that a paper about a subject (kind:id) was printed or saved as a file."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.READ)
            self._room.record(unit, actor, "paper.print", subject, {"kind": kind, "where": where})

    def note_slips_printed(self, codes: tuple[OneTimeCode, ...], where: str) -> None:
        """Record that code slips were printed or saved as files, all of them by one act.

        At the set-up, and when a code was recovered, nobody is signed in yet: then it is the program's own entry.
        """
        with self._room.store.writing() as unit:
            actor = self._room.actor(unit) if self._room.session.person_id else None
            people = [code.person_id for code in codes]
            facts: dict[str, object] = {"kind": PaperKind.CODE_SLIP, "where": where, "people": people}
            self._room.record(unit, actor, "paper.print", f"unit:{unit.units.get().id}", facts)

    def _picture(self, sha256: str) -> bytes:
        return self._print_picture(self._room.files.read(sha256))

    def _head(
        self,
        unit: UnitOfWork,
        policy: Policy,
        kind: PaperKind,
        subject_id: str,
        number: str,
        revision: int,
        fingerprint: str,
        title_key: str = "",
    ) -> PaperHead:
        own, head = unit.units.get(), unit.audit.head()
        return PaperHead(
            unit_name=own.name,
            unit_code=own.code,
            kind=kind,
            subject_id=subject_id,
            title=policy.title(title_key or kind.name.lower()).value,
            number=number,
            revision=revision,
            fingerprint=fingerprint,
            audit_seq=head.seq,
            audit_head=head.hash,
            issued_at=self._room.now(),
            ribbon="示例数据" if own.sample else "",
            fonts=unit.settings.load().paper_fonts,
        )


def _facts(sheet: dict[str, Any]) -> str:
    """Write what stands on a paper, without what every printing changes (time and head) and without pictures."""
    head = {key: value for key, value in sheet["head"].items() if key not in {"audit_seq", "audit_head", "issued_at"}}
    pictures = {"pictures": sorted(sheet["pictures"])} if "pictures" in sheet else {}
    return detail_text({**sheet, "head": head, **pictures})


def _form_content(facts: str) -> dict[str, Any]:
    """Return what makes another form: as `_lasting`, and not its fingerprint, which follows from the rest."""
    form = _lasting(facts)
    form["head"] = {key: value for key, value in form["head"].items() if key != "fingerprint"}
    return form


def _lasting(facts: str) -> dict[str, Any]:
    """Return what makes another paper: neither a new name of the unit nor another typeface does."""
    with as_written("paper"):
        sheet: dict[str, Any] = dict(json.loads(facts))
        if "head" in sheet:
            sheet["head"] = {k: v for k, v in sheet["head"].items() if k not in {"unit_name", "unit_code", "fonts"}}
    return sheet
