"""启封、借用 of kept passwords, and the lists of what was changed and lent (article 6)."""

import json
from datetime import datetime

from app.errors import LoanRefusedError, MissingFieldError, NotCustodianError, PersonLeftError, RoleConflictError
from app.labels import label, long_date
from app.models.clock import beijing
from app.models.credential import Borrowing, ChangeCause, Credential
from app.models.paper import TICKED_BOX, Field, TableSection
from app.models.papercode import PaperKind
from app.models.right import Right
from app.models.staff import Person
from app.models.storable import storable
from app.models.visible_text import has_words
from app.services.papers import PaperBytes, Papers
from app.services.record_room import RecordRoom
from app.services.signers import signers
from app.services.terminal_leaves import APPROVING
from app.services.written_words import refuse_marked_words
from app.storage.unit_of_work import UnitOfWork

_CHANGES = ("序号", "日期", "账号", "原因", "操作人", "见证人", "备注")
_CHANGE_WIDTHS = (0.6, 1.8, 2.6, 1.2, 1.1, 1.1, 1.2)
_LOANS = ("序号", "时间", "账号", "事由", "批准人", "使用人", "归还时间", "已重置")
_LOAN_WIDTHS = (0.6, 1.6, 2.2, 1.6, 1.1, 1.0, 1.6, 0.9)
_NOTE = "密码不写在任何纸上；本表只记变更的时间、原因和经手人。"


class PasswordLoans:
    """Whoever else used a password, and when it was changed after that."""

    def __init__(self, room: RecordRoom, papers: Papers) -> None:
        self._room, self._papers = room, papers

    def of(self, credential_id: str) -> tuple[Borrowing, ...]:
        """Return the loans of one password, newest first."""
        with self._room.store.reading() as unit:
            return unit.borrowings.of(credential_id)

    def approvers(self) -> tuple[Person, ...]:
        """Return who may approve a loan today, deputies under a 授权 too."""
        with self._room.store.reading() as unit:
            return self._approvers(unit)

    def lend(self, credential_id: str, reason: str, approved_by: str, used_by: str) -> Borrowing:
        """Record that somebody who is no custodian is let use a password; it is over when it has been changed again.

        Raises `LoanRefusedError` (`approver`, `custodian`, `out`), `NotCustodianError` for who does not keep it.
        """
        reason = storable(reason).strip()
        if not has_words(reason):
            raise MissingFieldError("loan_reason")
        refuse_marked_words(self._room, "reason", reason)
        if approved_by == used_by:
            raise RoleConflictError
        with self._room.store.writing() as unit:
            credential = unit.credentials.get(credential_id)
            actor = self._room.acting(unit, Right.KEEP_PASSWORDS, credential.account_id)
            if credential.kept_by(actor.person_id) is None:
                raise NotCustodianError
            if credential.kept_by(used_by) is not None:
                raise LoanRefusedError("custodian")
            if unit.people.get(used_by).left_on is not None:
                raise PersonLeftError
            if approved_by not in {person.id for person in self._approvers(unit)}:
                raise LoanRefusedError("approver")
            if unit.borrowings.open(credential_id):
                raise LoanRefusedError("out")
            lent = Borrowing(self._room.new_id(), credential_id, self._room.now(), reason, approved_by, used_by)
            unit.borrowings.put(lent)
            facts: dict[str, object] = {
                "account": credential.account_id,
                "approved_by": approved_by,
                "used_by": used_by,
                "words": unit.borrowings.words(lent.id),
            }
            self._room.record(unit, actor, "borrowing.lend", f"credential:{credential_id}", facts)
        return lent

    def loans_paper(self) -> PaperBytes:
        """Set 启封、借用登记: when, what for, who allowed and used it, when it was over."""
        with self._room.store.reading() as unit:
            named = _Named(unit)
            rows = tuple(
                (
                    str(number),
                    _moment(one.borrowed_at),
                    named.account(unit.credentials.get(one.credential_id)),
                    one.reason,
                    named.person(one.approved_by),
                    named.person(one.used_by),
                    _moment(one.returned_at) if one.returned_at else "",
                    TICKED_BOX if one.returned_at else "",
                )
                for number, one in enumerate(unit.borrowings.list(), start=1)
            )
        section = TableSection("启封、借用登记", _LOANS, _LOAN_WIDTHS, rows)
        return self._listing(PaperKind.PASSWORD_LOANS, "password_loans", section, ("密码保管人",), "")

    def changes_paper(self) -> PaperBytes:
        """Set 密码变更记录: when, why, by whom and before whom, never what."""
        with self._room.store.reading() as unit:
            named = _Named(unit)
            acts = (*unit.audit.of_action("credential.keep"), *unit.audit.of_action("credential.change"))
            rows = []
            for number, entry in enumerate(sorted(acts, key=lambda one: one.seq), start=1):
                facts = json.loads(entry.detail)
                credential = unit.credentials.find(entry.subject.partition(":")[2])
                witness = facts.get("witness") or (credential.witness_id if credential and _first(facts) else "")
                account = named.account(credential) if credential else ""
                cause = label(ChangeCause(facts["cause"]))
                day = long_date(entry.at)
                rows.append((str(number), day, account, cause, named.person(entry.actor), named.person(witness), ""))
        section = TableSection("变更记录", _CHANGES, _CHANGE_WIDTHS, tuple(rows))
        return self._listing(PaperKind.PASSWORD_CHANGES, "password_changes", section, ("密码保管人", "核对人"), _NOTE)

    def _listing(
        self, kind: PaperKind, title_key: str, section: TableSection, signatures: tuple[str, ...], footnote: str
    ) -> PaperBytes:
        with self._room.store.reading() as unit:
            unit_id = unit.units.get().id
        until = Field("截至", long_date(self._room.today()))
        count = Field("共计", f"{len(section.rows)} 次")
        paper, _head = self._papers.listing(
            kind, title_key, unit_id, "", 0, (until, count), (section,), signatures=signatures, footnote=footnote
        )
        return paper

    def _approvers(self, unit: UnitOfWork) -> tuple[Person, ...]:
        today = self._room.today()
        return tuple({one.id: one for role in APPROVING for one in signers(unit, role, today)}.values())


class _Named:
    def __init__(self, unit: UnitOfWork) -> None:
        self._people = {person.id: person.name for person in unit.people.list(include_left=True)}
        self._captions = {account.id: account.caption for account in unit.accounts.list()}

    def person(self, person_id: str) -> str:
        return self._people.get(person_id, "")

    def account(self, credential: Credential) -> str:
        return self._captions.get(credential.account_id, "")


def _first(facts: dict[str, str]) -> bool:
    return facts["cause"] == ChangeCause.FIRST


def _moment(at: datetime) -> str:
    return f"{beijing(at):%Y-%m-%d %H:%M}"
