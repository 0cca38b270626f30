"""今日: what must I do now, ordered by what is late."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from app.models.account_warning import WarningKind
from app.models.clock import beijing_day
from app.models.draft import DraftState
from app.models.draft_list import DraftRow
from app.models.month import Month
from app.models.publication import TargetState
from app.models.right import Right
from app.models.staff import Actor, Reach
from app.services.account_desk import WarningJudge
from app.services.account_list import PUBLISHABLE
from app.services.draft_moves import STAND_IN, author_gone
from app.services.month_contents import first_filed_month
from app.services.record_room import RecordRoom
from app.services.signers import waiting_for, without_signer
from app.storage.unit_of_work import UnitOfWork

Left = Callable[[str], bool]
_PASSWORD_SOON = 7
"""Days before a password is due at which its custodians are told."""


class TaskKind(StrEnum):
    """The kinds of thing that can wait for a person."""

    DECIDE = "decide"
    SIGNATURE = "signature"
    NO_SIGNER = "no_signer"
    """Nobody may decide the open step: a role is held by nobody, or by the author alone."""
    AUTHOR_GONE = "author_gone"
    """Its author can do nothing with it any more; who registers papers withdraws it or gives it up."""
    RETURNED = "returned"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    UPDATE_GAP = "update_gap"
    FILING_OVERDUE = "filing_overdue"
    CERTIFICATION_OVER = "certification_over"
    PASSWORD = "password"
    """A kept password falls due for changing."""
    UNFINISHED = "unfinished"


_OVERDUE = {
    WarningKind.FILING_OVERDUE: TaskKind.FILING_OVERDUE,
    WarningKind.CERTIFICATION_OVER: TaskKind.CERTIFICATION_OVER,
}


@dataclass(frozen=True)
class TodayTask:
    """One line of 今日; it opens `subject`.

    `own` says that it waits for this person (only then is lateness red); `days` is how long it has waited,
    or for an account how long it has not published; `due_on` when it is late.
    """

    kind: TaskKind
    subject: str
    title: str
    number: str = ""
    detail: str = ""
    days: int = 0
    due_on: date | None = None
    own: bool = True
    late: bool = False


class Today:
    """Gathers what waits."""

    def __init__(self, room: RecordRoom) -> None:
        self._room = room

    def day(self) -> date:
        """Return the Beijing day."""
        return self._room.today()

    def tasks(self) -> tuple[TodayTask, ...]:
        """Return what waits for the person at the desk, late things first."""
        today = self._room.today()
        with self._room.store.reading() as unit:
            actor = self._room.actor(unit)
            left = cache(lambda author_id: author_gone(unit, author_id, today))
            found = [*self._in_review(unit, actor, today, left), *self._unfinished(unit, actor, today, left)]
            if Right.PUBLISH in actor.rights:
                reach = actor.reach(Right.PUBLISH)
                found += [
                    self._draft(TaskKind.PUBLISH, row, today)
                    for row in unit.drafts.in_states((DraftState.APPROVED, DraftState.PUBLISHING))
                    if reach.every or reach.meets(_waiting_accounts(unit, row.id))
                ]
                found += self._gaps(unit, today, reach)
            if Right.REGISTER_PAPER in actor.rights:
                found += self._overdue_accounts(unit, today)
            if Right.KEEP_PASSWORDS in actor.rights:
                found += self._passwords(unit, actor, today)
            if Right.ARCHIVE in actor.rights:
                found += self._months(unit, today)
        order = list(TaskKind)
        return tuple(
            sorted(found, key=lambda t: (not t.late, t.kind is TaskKind.UNFINISHED, -t.days, order.index(t.kind)))
        )

    def _in_review(self, unit: UnitOfWork, actor: Actor, today: date, left: Left) -> Iterator[TodayTask]:
        mine = {row.id for row in waiting_for(unit, actor, today)}
        stuck = without_signer(unit, today)
        for row in unit.drafts.waiting_at(frozenset()):
            author = unit.drafts.author_of(row.id)
            own_draft = author == actor.person_id
            if row.id in mine:
                yield self._draft(TaskKind.DECIDE, row, today)
            elif row.id in stuck:
                if own_draft or actor.rights & {Right.REGISTER_PAPER, Right.ADMINISTER}:
                    yield self._draft(TaskKind.NO_SIGNER, row, today, own=False)
            elif STAND_IN in actor.rights and left(author):
                yield self._draft(TaskKind.AUTHOR_GONE, row, today, own=False)
            elif Right.REGISTER_PAPER in actor.rights or own_draft:
                yield self._draft(TaskKind.SIGNATURE, row, today, own=False)

    def _unfinished(self, unit: UnitOfWork, actor: Actor, today: date, left: Left) -> Iterator[TodayTask]:
        if not actor.rights & {Right.WRITE, STAND_IN}:
            return
        for row in unit.drafts.in_states((DraftState.RETURNED, DraftState.WRITING, DraftState.WITHDRAWN)):
            author = unit.drafts.author_of(row.id)
            if author == actor.person_id and Right.WRITE in actor.rights:
                kind = TaskKind.RETURNED if row.state is DraftState.RETURNED else TaskKind.UNFINISHED
                yield self._draft(kind, row, today)
            elif STAND_IN in actor.rights and left(author):
                yield self._draft(TaskKind.AUTHOR_GONE, row, today, own=False)

    @staticmethod
    def _draft(kind: TaskKind, row: DraftRow, today: date, *, own: bool = True) -> TodayTask:
        days = max(0, (today - beijing_day(row.updated_at)).days)
        due = row.step_due_on if kind in {TaskKind.DECIDE, TaskKind.SIGNATURE} else None
        if kind is TaskKind.PUBLISH and row.planned_at:
            due = beijing_day(row.planned_at)
        return TodayTask(
            kind=kind,
            subject=f"draft:{row.id}",
            title=row.title,
            number=row.number.short if row.number else "",
            detail=row.step or "",
            days=days,
            due_on=due,
            own=own,
            late=own and due is not None and due < today,
        )

    @staticmethod
    def _gaps(unit: UnitOfWork, today: date, reach: Reach) -> list[TodayTask]:
        stated, last = (
            unit.policies.current(today).policy.limit("update_limit_days"),
            unit.publications.last_by_account(),
        )
        limit = stated.number
        found: list[TodayTask] = []
        for account in unit.accounts.list():
            if account.state not in PUBLISHABLE or account.id not in last or not reach.covers((account.id,)):
                continue
            days = (today - beijing_day(last[account.id])).days
            if days >= limit - 3:
                found.append(
                    TodayTask(
                        kind=TaskKind.UPDATE_GAP,
                        subject=f"account:{account.id}",
                        title=account.caption,
                        detail=stated.basis,
                        days=days,
                        late=days > limit,
                    )
                )
        return found

    @staticmethod
    def _overdue_accounts(unit: UnitOfWork, today: date) -> Iterator[TodayTask]:
        """Yield what the register warns of that is over its day; how long an account rests is told by its gap."""
        judge = WarningJudge(unit, today)
        for account in judge.accounts:
            for warning in judge.warnings(account):
                if warning.kind in _OVERDUE:
                    due = date.fromisoformat(warning.detail)
                    yield TodayTask(
                        kind=_OVERDUE[warning.kind],
                        subject=f"account:{account.id}",
                        title=account.caption,
                        detail=warning.basis,
                        days=(today - due).days,
                        due_on=due,
                        late=True,
                    )

    @staticmethod
    def _passwords(unit: UnitOfWork, actor: Actor, today: date) -> Iterator[TodayTask]:
        stated = unit.policies.current(today).policy.limit("password_age_days")
        for credential in unit.credentials.list():
            due = credential.due_on(stated.number)
            if credential.kept_by(actor.person_id) is not None and (due - today).days <= _PASSWORD_SOON:
                yield TodayTask(
                    kind=TaskKind.PASSWORD,
                    subject=f"credential:{credential.id}",
                    title=unit.accounts.get(credential.account_id).caption,
                    detail=credential.label,
                    days=(today - beijing_day(credential.changed_at)).days,
                    due_on=due,
                    late=due < today,
                )

    @staticmethod
    def _months(unit: UnitOfWork, today: date) -> list[TodayTask]:
        month = Month(today.year, today.month).previous
        first = first_filed_month(unit)
        due_day = unit.policies.current(today).policy.limit("archive_due_day").number
        archived = {record.month for record in unit.months.all_archives()}
        found: list[TodayTask] = []
        while first is not None and first <= month:
            if first not in archived:
                due = date(first.next.year, first.next.number, due_day)
                found.append(
                    TodayTask(
                        kind=TaskKind.ARCHIVE,
                        subject=f"month:{first}",
                        title=first.chinese,
                        days=(today - first.next.first_day).days,
                        due_on=due,
                        late=today > due,
                    )
                )
            first = first.next
        return found


def _waiting_accounts(unit: UnitOfWork, draft_id: str) -> tuple[str, ...]:
    targets = unit.targets.list(draft_id)
    return tuple(target.account_id for target in targets if target.state is TargetState.WAITING)
