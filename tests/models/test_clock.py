"""Time is stored in UTC and counted in Beijing days, whatever the PC says."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.clock import beijing, beijing_day, from_text, start_of_day, to_text

zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(
    datetime(1000, 1, 2, tzinfo=UTC).replace(tzinfo=None),
    datetime(9999, 12, 30, tzinfo=UTC).replace(tzinfo=None),
    timezones=zones,
)


@given(moments)
def test_a_moment_is_read_back_exactly(moment: datetime) -> None:
    assert from_text(to_text(moment)) == moment


@given(moments, moments)
def test_stored_moments_sort_as_text(left: datetime, right: datetime) -> None:
    assert (to_text(left) < to_text(right)) == (left < right)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 10, 31, 15, 59, 59, 999_999, UTC), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 6, 30, 20, 0, tzinfo=timezone(timedelta(hours=-7))), date(2026, 7, 1)),
    ],
)
def test_a_day_begins_at_beijing_midnight(moment: datetime, day: date) -> None:
    assert beijing_day(moment) == day
    assert start_of_day(day) <= moment < start_of_day(day + timedelta(days=1))


def test_a_moment_without_a_zone_is_a_bug_and_never_guessed() -> None:
    for act in (beijing, beijing_day, to_text):
        with pytest.raises(ValueError, match="aware"):
            act(datetime(2026, 11, 23, 18, 0, tzinfo=UTC).replace(tzinfo=None))


def test_there_is_no_summer_time() -> None:
    assert {beijing(datetime(2026, month, 1, tzinfo=UTC)).hour for month in range(1, 13)} == {8}
