"""A password is judged by what an outsider knows, and drawn as its platform takes it."""

import pytest

from app.models.password_rule import RuleFault
from app.models.password_weakness import Weakness
from app.models.secret import Secret
from tests.services.office import Office


def test_a_drawn_password_has_nothing_against_it(office: Office) -> None:
    custody = office.sign_in("陈账").custody
    drawn = [custody.draw(account) for account in office.account_ids() for _ in range(5)]
    assert all(custody.judge(office.account_ids()[0], one).is_fine for one in drawn)
    assert len({one.reveal() for one in drawn}) == len(drawn)


@pytest.mark.parametrize(("text", "fault"), [("Zk4$w", RuleFault.TOO_SHORT), ("Zk4$wN8@bL1c" * 5, RuleFault.TOO_LONG)])
def test_a_length_that_the_platform_refuses_is_told(office: Office, text: str, fault: RuleFault) -> None:
    judged = office.sign_in("陈账").custody.judge(office.account_ids()[0], Secret(text))
    assert judged.faults == (fault,)


def test_the_name_of_the_account_makes_a_password_weak(office: Office) -> None:
    services = office.sign_in("陈账")
    judged = services.custody.judge(office.account_ids()[0], Secret("晋安示例Qm7#rT2"))
    assert Weakness.OWN_NAME in judged.strength.weaknesses
