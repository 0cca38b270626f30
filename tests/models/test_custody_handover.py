"""In the register the receiver stands where the giver stood, and nobody is both custodians at once."""

import pytest

from app.models.custody_handover import handed_on
from app.models.particulars import Charge, Particulars, PersonInCharge

A, B = Charge.CUSTODIAN_A, Charge.CUSTODIAN_B


def people(*pairs: tuple[Charge, str]) -> Particulars:
    return Particulars(people=tuple(PersonInCharge(charge, who) for charge, who in pairs))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(A, "giver"), (B, "other")], [(A, "taker"), (B, "other")]),
        ([(A, "other"), (B, "giver")], [(A, "other"), (B, "taker")]),
        ([(A, "giver"), (B, "taker")], [(A, "taker")]),
        ([(A, "taker"), (B, "giver")], [(A, "taker")]),
        ([(B, "taker"), (A, "giver")], [(A, "taker")]),
        ([(Charge.LEADER, "giver"), (A, "giver")], [(Charge.LEADER, "giver"), (A, "taker")]),
        ([(Charge.LEADER, "giver"), (A, "other")], [(Charge.LEADER, "giver"), (A, "other")]),
        ([(A, "giver"), (B, "giver")], [(A, "taker")]),
    ],
)
def test_custody_moves(before: list[tuple[Charge, str]], after: list[tuple[Charge, str]]) -> None:
    assert handed_on(people(*before), "giver", "taker") == people(*after)


def test_the_receivers_own_telephone_is_taken_from_the_register() -> None:
    told = Particulars(
        people=(PersonInCharge(A, "giver", "8801", "管理员"), PersonInCharge(Charge.BACK_OFFICE, "taker", "8802"))
    )
    assert handed_on(told, "giver", "taker").in_charge(A) == (PersonInCharge(A, "taker", "8802"),)
