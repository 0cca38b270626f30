"""Days, years and number series are Beijing's, whatever the PC's clock does."""

from datetime import date, datetime, timedelta

import pytest

from app.errors import ClockWrongError, DecisionTooEarlyError, PublishedEarlierError
from app.models.clock import BEIJING
from app.models.draft import DraftState
from app.models.review import Verdict
from app.services.publications import PublicationEntry
from tests.services.office import PASSCODE, START, Office


def at(office: Office, year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> None:
    office.clock.now = datetime(year, month, day, hour, minute, second, tzinfo=BEIJING)


def test_the_number_series_begins_anew_at_midnight_in_beijing(office: Office) -> None:
    at(office, 2026, 12, 31, 23, 58, 0)
    old = [office.submitted().number, office.submitted().number]
    at(office, 2027, 1, 1, 0, 0, 0)
    new = office.submitted().number
    assert [str(number) for number in (*old, new)] == ["晋示审〔2026〕1号", "晋示审〔2026〕2号", "晋示审〔2027〕1号"]


def test_a_draft_keeps_the_number_of_the_year_in_which_it_was_first_submitted(office: Office) -> None:
    at(office, 2026, 12, 31, 12, 0, 0)
    draft = office.submitted()
    at(office, 2027, 1, 4, 9, 0, 0)
    services = office.sign_in("林晓")
    draft = services.drafts.withdraw(draft.id)
    again = services.drafts.submit(draft.id, draft.version)
    assert (str(again.number), again.revision) == ("晋示审〔2026〕1号", 2)


@pytest.mark.parametrize("day", [(2028, 2, 29), (2038, 1, 19), (2038, 1, 20), (2100, 3, 1), (2104, 2, 29)])
def test_leap_days_and_far_years_are_days_like_others(office: Office, day: tuple[int, int, int]) -> None:
    at(office, *day, 11, 14, 8)
    draft = office.approved()
    assert draft.state is DraftState.APPROVED
    services = office.services
    decision = services.drafts.view(draft.id).decisions[-1]
    assert (decision.decided_on, decision.late) == (date(*day), False)
    assert services.papers.review_sheet(draft.id).pages >= 1
    assert draft.number is not None
    assert draft.number.year == day[0]
    assert services.audit.check().broken_at == 0


def test_a_clock_set_back_by_a_day_is_noted_and_stops_nothing(office: Office) -> None:
    office.clock.forward(days=3)
    office.submitted()
    office.clock.forward(days=-1)
    second = office.submitted()
    assert str(second.number) == "晋示审〔2026〕2号"
    entries = office.services.audit.page(0, 9)
    assert any("clock_set_back_from" in entry.detail for entry in entries)
    assert office.services.audit.check().broken_at == 0


def test_nothing_is_decided_or_published_before_it_was_submitted(office: Office) -> None:
    office.clock.forward(days=3)
    draft = office.submitted()
    office.clock.forward(days=-2)
    services = office.sign_in("吴审")
    with pytest.raises(DecisionTooEarlyError):
        services.reviews.decide(draft.id, 1, Verdict.AGREE, "", PASSCODE)
    [task] = services.today.tasks()
    assert task.days == 0
    services = office.sign_in("陈账")
    with pytest.raises(PublishedEarlierError):
        services.publications.record(
            draft.id, PublicationEntry(office.account_ids()[0], START + timedelta(days=3, hours=1))
        )


def test_a_clock_set_back_before_the_first_day_is_told_and_lets_nobody_in(office: Office) -> None:
    draft = office.submitted()
    office.clock.forward(days=-3653)
    with pytest.raises(ClockWrongError) as told:
        office.services.drafts.withdraw(draft.id)
    assert (told.value.today.year, told.value.first) == (2016, START.date())
    # Whoever is in gets out: the lock does not depend on the clock.
    office.services.sign_in.sign_out()
    assert office.services.session.person_id == ""
    with pytest.raises(ClockWrongError):
        office.services.sign_in.sign_in("林晓", PASSCODE)
    assert office.services.session.person_id == ""
    office.clock.forward(days=3653)
    assert office.sign_in("林晓").drafts.withdraw(draft.id).state is DraftState.WITHDRAWN
    assert office.services.audit.check().broken_at == 0
