"""The unit's table of platforms: edited by whoever registers papers, each change one entry."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import FieldInvalidError, MissingFieldError, NotFoundError, RightMissingError
from app.models.platform import EntryWay, Platform, PlatformClass
from tests.services.office import Office

OWN = Platform("晋安融媒", PlatformClass.NEWS, EntryWay.BOTH, ("机构号",), ("打赏",), 10, 24)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "records").open()
    made.sign_in("陈账")
    return made


def entries(office: Office) -> list[tuple[str, dict[str, object]]]:
    with office.services.accounts._room.store.reading() as unit:
        return [(entry.subject, json.loads(entry.detail)) for entry in unit.audit.of_action("platform.change")]


def test_a_further_platform_stands_at_the_end(office: Office) -> None:
    platforms = office.services.platforms
    before = platforms.list()
    platforms.add(replace(OWN, name=" 晋安融媒 "))
    added = platforms.list()[-1]
    assert platforms.list()[:-1] == before
    assert added == replace(OWN, position=added.position)
    assert entries(office) == [("platform:晋安融媒", {"new": True, "retired": False})]


def test_a_platform_is_changed_and_retired_but_keeps_name_and_place(office: Office) -> None:
    platforms = office.services.platforms
    first = platforms.list()[0]
    platforms.change(replace(first, kinds=("订阅号",), retired=True, position=99))
    assert platforms.list()[0] == replace(first, kinds=("订阅号",), retired=True)
    assert entries(office) == [(f"platform:{first.name}", {"new": False, "retired": True})]


@pytest.mark.parametrize(
    ("platform", "error"),
    [
        (replace(OWN, name=" "), MissingFieldError),
        (replace(OWN, name="微博"), FieldInvalidError),
        (replace(OWN, password_least=0), FieldInvalidError),
        (replace(OWN, password_least=9, password_most=8), FieldInvalidError),
        (replace(OWN, password_most=999), FieldInvalidError),
    ],
)
def test_what_makes_no_sense_is_refused(office: Office, platform: Platform, error: type[Exception]) -> None:
    before = office.services.platforms.list()
    with pytest.raises(error):
        office.services.platforms.add(platform)
    assert office.services.platforms.list() == before
    assert entries(office) == []


def test_a_platform_that_is_not_there_cannot_be_changed(office: Office) -> None:
    with pytest.raises(NotFoundError):
        office.services.platforms.change(OWN)


def test_who_does_not_register_papers_changes_no_platform(office: Office) -> None:
    services = office.sign_in("林晓")
    with pytest.raises(RightMissingError):
        services.platforms.add(OWN)
    with pytest.raises(RightMissingError):
        services.platforms.change(services.platforms.list()[0])
