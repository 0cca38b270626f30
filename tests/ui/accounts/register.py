"""Accounts and papers to look at: each in another place of its life."""

from collections.abc import Callable
from datetime import date

from app.models.account import Account, AccountState, FilingState
from app.models.account_application import Application, ApplicationKind, ApplicationText, FilingType
from app.models.particulars import Charge, Interaction, Particulars, PersonInCharge
from app.services.applications import Signing
from tests.services.office import Office


def today(office: Office) -> date:
    return office.services.today.day()


def planned(office: Office, name: str = "晋安示例视频", platform: str = "抖音") -> Account:
    return office.services.accounts.plan(Account("", platform, name, AccountState.PLANNED, FilingState.NOT_FILED))


def signing(office: Office) -> Signing:
    return Signing(office.person("王局").id, today(office), office.scan())


def begun(
    office: Office, account_id: str, kind: ApplicationKind, text: ApplicationText, *, until: str = ""
) -> Application:
    """Begin a paper, and carry it on as far as `present`, `sign`, `submit` or `file`."""
    desk = office.services.applications
    paper = desk.begin(account_id, kind, text)
    acts: dict[str, Callable[[], Application]] = {
        "present": lambda: desk.present(paper.id),
        "sign": lambda: desk.sign(paper.id, signing(office)),
        "submit": lambda: desk.submit(paper.id, today(office)),
        "file": lambda: desk.file(paper.id, today(office), "晋政媒备〔2026〕7号"),
    }
    for name, act in acts.items() if until else ():
        paper = act()
        if name == until:
            break
    return paper


def filed(office: Office, account_id: str) -> Application:
    return begun(office, account_id, ApplicationKind.FILING, ApplicationText(FilingType.LATE), until="file")


def told(office: Office) -> Particulars:
    """Return all that the filing form asks for."""
    people = (
        PersonInCharge(Charge.LEADER, office.person("何副").id, "0591-1"),
        PersonInCharge(Charge.BACK_OFFICE, office.person("陈账").id, "139", "管理员"),
        PersonInCharge(Charge.CUSTODIAN_A, office.person("陈账").id),
        PersonInCharge(Charge.CUSTODIAN_B, office.person("林晓").id),
    )
    return Particulars(
        kind="订阅号",
        subject="福州市晋安区示例局",
        scope="政务信息",
        function="便民服务",
        rhythm="每周两次",
        interactions=(Interaction.COMMENTS,),
        department="办公室",
        people=people,
    )
