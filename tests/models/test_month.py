"""A month is Beijing's: its borders, its neighbours and how it is written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import MonthTextError
from app.models.month import Month

months = st.builds(Month, st.integers(2001, 2198), st.integers(1, 12))


def test_a_post_at_the_turn_of_the_month_belongs_to_the_month_of_beijing() -> None:
    turn = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
    assert Month.of(turn - timedelta(microseconds=1)) == Month(2026, 10)
    assert Month.of(turn) == Month(2026, 11)
    assert Month(2026, 10).ends_at == turn == Month(2026, 11).starts_at


def test_december_is_followed_by_january_of_the_next_year() -> None:
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).previous == Month(2026, 12)
    assert Month.of(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == Month(2027, 1)


@given(months)
def test_next_and_previous_undo_one_another_and_leave_no_gap(month: Month) -> None:
    assert month.next.previous == month == month.previous.next
    assert month.ends_at == month.next.starts_at
    assert month < month.next


@given(months, st.integers(-3_000_000, 3_000_000))
def test_exactly_one_month_holds_a_moment(month: Month, seconds: int) -> None:
    moment = month.starts_at + timedelta(seconds=seconds)
    holding = [m for m in (month.previous, month, month.next) if m.holds(moment)]
    assert all(m == Month.of(moment) for m in holding)
    assert month.holds(moment) == (Month.of(moment) == month)


@given(months)
def test_a_month_is_read_back_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert month.first_day == date(month.year, month.number, 1)


def test_papers_write_a_month_without_a_leading_zero() -> None:
    assert Month(2026, 9).chinese == "2026年9月"
    assert str(Month(2026, 9)) == "2026-09"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-01",
        "2026/01",
        " 2026-01",
        "2026-01\n",
        "２０２６-０１",
        "1999-12",
    ],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(MonthTextError):
        Month.parse(text)
