"""Working days: the unit's table first, weekends where it is silent."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.workday import WorkCalendar

# 春节 2026 as the State Council announced it: off from 15 to 23 February, made up on the 14th and 28th.
SPRING = WorkCalendar(
    {date(2026, 2, 15) + timedelta(days=n): False for n in range(9)}
    | {date(2026, 2, 14): True, date(2026, 2, 28): True},
    frozenset({2026}),
)
PLAIN = WorkCalendar({}, frozenset())


def test_make_up_days_work_and_holidays_do_not() -> None:
    assert SPRING.works(date(2026, 2, 14))
    assert SPRING.works(date(2026, 2, 28))
    assert not SPRING.works(date(2026, 2, 16))
    assert not SPRING.works(date(2026, 2, 23))
    assert not SPRING.works(date(2026, 2, 21))
    assert not SPRING.works(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 18), 1, date(2026, 2, 24)),
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        (date(2026, 2, 27), 2, date(2026, 3, 2)),
        (date(2026, 2, 18), 0, date(2026, 2, 18)),
        (date(2026, 12, 31), 1, date(2027, 1, 1)),
    ],
)
def test_a_limit_ends_on_the_nth_working_day(start: date, days: int, end: date) -> None:
    assert SPRING.after(start, days) == end


def test_without_a_table_weekends_are_off() -> None:
    assert PLAIN.after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert PLAIN.after(date(2026, 11, 21), 1) == date(2026, 11, 23)


def test_a_year_nobody_announced_says_so() -> None:
    assert SPRING.announced(date(2026, 2, 17))
    assert not SPRING.announced(date(2027, 2, 6))


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
def test_exactly_n_working_days_lie_between_a_day_and_its_limit(start: date, days: int) -> None:
    end = SPRING.after(start, days)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(SPRING.works(day) for day in between) == days
    assert SPRING.works(end)
