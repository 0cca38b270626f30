"""An office with a month of work behind it, for the pages that need one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from app.models.clock import BEIJING
from app.services.publications import PublicationEntry
from tests.services.office import PASSCODE, Office, SetClock
from tests.services.pictures import png

LAST_MONTH = datetime(2026, 10, 12, 9, 0, tzinfo=BEIJING)
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=BEIJING)
BODY = "请先开窗、关阀，到室外拨打抢修电话。"


def worked_office(folder: Path) -> Office:
    """Publish one complete draft and one without a link in October, leave one in review; it is November now."""
    office = Office(folder, SetClock(LAST_MONTH)).open()
    for number, link in enumerate(("https://mp.example.cn/s/1", "")):
        draft = office.approved(office.content(title=f"十月第{number + 1}件"))
        services = office.sign_in("陈账")
        services.papers.review_sheet(draft.id)
        entry = PublicationEntry(
            office.account_ids()[0], office.clock.now, link, BODY, screenshots=(png(60, 40, 40 + number),)
        )
        services.publications.record(draft.id, entry)
        office.clock.forward(days=1)
    office.clock.now = NOW - timedelta(days=2)
    office.submitted(office.content(title="等着签字的一件"))
    office.sign_in("林晓").drafts.start(office.content(title="没写完的一件"))
    office.clock.now = NOW
    office.services.sign_in.sign_out()
    return office


Come = Callable[[str], object]
__all__ = ["BODY", "NOW", "PASSCODE", "Come", "worked_office"]
