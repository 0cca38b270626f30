"""Records as JSON and back."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.particulars import (
    Binding,
    Certification,
    Charge,
    Interaction,
    Owner,
    Particulars,
    PersonInCharge,
)
from app.storage.record_text import read_record, read_records, record_text

FULL = Particulars(
    kind="订阅号",
    subject="示例局",
    certification=Certification.ORGANISATION,
    certified_until=date(2027, 2, 28),
    scope="本局职责范围内的政务信息，𬭎𬘡",
    interactions=(Interaction.COMMENTS, Interaction.MENU),
    people=(PersonInCharge(Charge.LEADER, "p1", "0591-1", "运营者"), PersonInCharge(Charge.BACK_OFFICE, "p2")),
    phone=Binding("0591-12345", Owner.UNIT),
    commercial=("打赏",),
)


def test_every_field_comes_back_as_it_went() -> None:
    assert read_record(Particulars, record_text(FULL)) == FULL
    assert read_record(Particulars, record_text(Particulars())) == Particulars()
    assert read_records(PersonInCharge, record_text(FULL.people)) == FULL.people


def test_what_an_earlier_version_did_not_write_reads_as_its_default() -> None:
    assert read_record(Particulars, "{}") == Particulars()
    assert read_record(Particulars, '{"scope":"甲","of_a_later_version":1}') == replace(Particulars(), scope="甲")


@pytest.mark.parametrize(
    "text",
    ["[]", '"甲"', '{"scope":1}', '{"certified_until":"never"}', '{"certification":"gold"}', '{"people":[{}]}', "{"],
)
def test_a_text_of_no_such_record_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_record(Particulars, text)
