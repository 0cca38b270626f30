"""Issuing the papers of an account's life and the list of who answers for what (articles 3, 5 and 7)."""

from datetime import date

from app.errors import NotFoundError
from app.models.account import Account, AccountState
from app.models.account_application import PAPER_KINDS, Application, ApplicationKind, ApplicationState
from app.models.paper import Field, TableSection
from app.models.papercode import PaperKind
from app.models.particulars import Charge
from app.models.right import Role
from app.models.staff import reaches
from app.services.account_form_text import FormFacts, account_form
from app.services.papers import PaperBytes, Papers
from app.services.record_room import RecordRoom
from app.storage.unit_of_work import UnitOfWork

_STANDING = frozenset(AccountState) - {AccountState.CLOSED, AccountState.DEREGISTERED}
_COLUMNS = ("序号", "账号", "开设", "主管", "审核", "维护", "密码保管", "监看")
_WIDTHS = (0.6, 2.6, 1.4, 1.1, 1.3, 1.3, 1.3, 1.3)
_REVIEWERS = frozenset({Role.REVIEWER, Role.SECRECY_REVIEWER, Role.PRINCIPAL_LEADER})
_WATCHERS = frozenset({Role.DUTY_OFFICER, Role.DUTY_LEADER})


class AccountPapers:
    """The printing desk of the register."""

    def __init__(self, room: RecordRoom, papers: Papers) -> None:
        self._room, self._papers = room, papers

    def form(self, application_id: str) -> PaperBytes:
        """Issue a filing, change or closing form that has its number; once signed it is reprinted as it was signed."""
        with self._room.store.reading() as unit:
            application = unit.applications.get(application_id)
            if application.number is None or application.text.own_form:
                raise NotFoundError("paper", application_id)
            facts = form_facts(unit, application)

        return self._papers.issued_form(
            PAPER_KINDS[application.kind],
            f"application:{application_id}",
            str(application.number),
            lambda head: account_form(application, facts, head),
            settled=application.state is not ApplicationState.WAITING,
        )

    def note_printed(self, application: Application, where: str) -> None:
        """Record that a form was printed or saved as a file."""
        self._papers.note_paper_printed(PAPER_KINDS[application.kind], f"application:{application.id}", where)

    def note_list_printed(self, where: str) -> None:
        """Record that 责任清单 was printed or saved as a file."""
        with self._room.store.reading() as unit:
            subject = f"unit:{unit.units.get().id}"
        self._papers.note_paper_printed(PaperKind.RESPONSIBILITY_LIST, subject, where)

    def responsibility_list(self) -> PaperBytes:
        """Set 责任清单: who does what for each account that is not closed (article 3)."""
        today = self._room.today()
        with self._room.store.reading() as unit:
            own = unit.units.get()
            rows = _responsible(unit, today)
            leaders = "、".join(person.name for person in unit.roles.holders(Role.PRINCIPAL_LEADER, today))
        paper, _head = self._papers.listing(
            PaperKind.RESPONSIBILITY_LIST,
            "responsibility_list",
            own.id,
            "",
            0,
            (Field("主要负责人", leaders or "（没有在册）"), Field("账号数", f"{len(rows)} 个")),
            (TableSection("责任清单", _COLUMNS, _WIDTHS, rows),),
            signatures=("主要负责人",),
        )
        return paper


def form_facts(unit: UnitOfWork, application: Application) -> FormFacts:
    """Read what the form of an application says beside its own text."""
    account = unit.accounts.get(application.account_id)
    filings = [
        one.filing_number
        for one in unit.applications.of(account.id)
        if one.kind is ApplicationKind.FILING and one.filing_number
    ]
    return FormFacts(
        unit.units.get(),
        account,
        {person.id: person for person in unit.people.list(include_left=True)},
        {one.id: one for one in unit.operators.list()},
        {one.id: one.number for one in unit.terminals.list()},
        filings[-1] if filings else "",
    )


def _responsible(unit: UnitOfWork, today: date) -> tuple[tuple[str, ...], ...]:
    people = unit.people.list(include_left=False)
    names = {person.id: person.name for person in unit.people.list(include_left=True)}
    held = {person.id: reaches(unit.roles.held(person.id, today)) for person in people}

    def holders(roles: frozenset[Role], account: Account) -> str:
        found = (
            names[person.id]
            for person in people
            if any(role in roles and reach.covers((account.id,)) for role, reach in held[person.id].items())
        )
        return "、".join(found) or "（无）"

    def in_charge(account: Account, *charges: Charge) -> str:
        found = (names.get(one.person_id, "") for charge in charges for one in account.particulars.in_charge(charge))
        return "、".join(dict.fromkeys(found)) or "（无）"

    standing = [account for account in unit.accounts.list() if account.state in _STANDING]
    own = unit.units.get().short_name
    return tuple(
        (
            str(number),
            account.caption,
            account.particulars.department or account.particulars.host_unit or own,
            in_charge(account, Charge.LEADER),
            holders(_REVIEWERS, account),
            in_charge(account, Charge.BACK_OFFICE, Charge.INFORMATION_OFFICER),
            in_charge(account, Charge.CUSTODIAN_A, Charge.CUSTODIAN_B),
            holders(_WATCHERS, account),
        )
        for number, account in enumerate(standing, start=1)
    )
