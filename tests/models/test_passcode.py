"""The ladder of waits after wrong tries."""

from datetime import UTC, datetime, timedelta

import pytest

from app.models.passcode import LOCK_OUT_STEPS, SignInGuard

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def failed(times: int) -> SignInGuard:
    guard = SignInGuard("hash")
    for _ in range(times):
        guard = guard.after_failure(NOW)
    return guard


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 0), (4, 0), (5, 60), (10, 300), (15, 900), (20, 900), (500, 900)],
)
def test_every_fifth_wrong_try_waits_one_then_five_then_fifteen_minutes(failures: int, seconds: int) -> None:
    guard = failed(failures)
    assert guard.failures == failures
    assert guard.seconds_locked(NOW) == seconds


def test_the_wait_runs_down_to_nothing_and_never_shows_zero_while_it_lasts() -> None:
    guard = failed(5)
    assert guard.seconds_locked(NOW + timedelta(seconds=59.5)) == 1
    assert guard.seconds_locked(NOW + timedelta(seconds=60)) == 0
    assert guard.seconds_locked(NOW + timedelta(days=1)) == 0


def test_four_more_tries_after_a_wait_do_not_lock_again_and_the_fifth_does() -> None:
    later = NOW + timedelta(minutes=2)
    guard = failed(5)
    for _ in range(4):
        guard = guard.after_failure(later)
        assert guard.seconds_locked(later) == 0
    assert guard.after_failure(later).seconds_locked(later) == 300


def test_a_clock_set_back_by_a_year_keeps_nobody_out() -> None:
    assert failed(15).seconds_locked(NOW - timedelta(days=365)) == 0


def test_a_clock_set_back_a_little_never_lengthens_the_wait_beyond_the_longest_step() -> None:
    longest = int(LOCK_OUT_STEPS[-1].total_seconds())
    for minutes in range(60):
        assert failed(5).seconds_locked(NOW - timedelta(minutes=minutes)) <= longest
