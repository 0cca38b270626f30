"""A secret is read by `reveal` alone: whatever else shows, copies, writes or compares it gets nothing."""

import base64
import copy
import dataclasses
import json
import logging
import pickle
import pprint
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from app.errors import FieldInvalidError, MissingFieldError
from app.models.secret import HIDDEN, Secret, equals_any
from app.models.storable import storable_record

TEXT = "kanarie-Mima-4471"


@dataclasses.dataclass
class Holder:
    password: Secret


class Careless:
    """A control: what shows itself as Python's own classes do is seen by every one of these ways."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Careless({self.text})"


def raised(held: object) -> str:
    try:
        raise ValueError(held)
    except ValueError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


WAYS: dict[str, Callable[[Any], object]] = {
    "repr": repr,
    "str": str,
    "ascii": ascii,
    "format": lambda held: f"{held}",
    "percent": lambda held: "%s %r" % (held, held),  # noqa: UP031
    "str.format": lambda held: "{} {!r}".format(held, held),  # noqa: UP032
    "in a list": lambda held: repr([held]),
    "in a dataclass": lambda held: repr(Holder(held)),
    "pprint": lambda held: pprint.pformat({"x": [held]}),
    "json default": lambda held: json.dumps({"x": held}, default=str),
    "exception": raised,
    "log": lambda held: logging.LogRecord("x", 20, "x", 1, "%s", (held,), None).getMessage(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nothing_that_shows_things_shows_a_secret(way: Callable[[Any], object]) -> None:
    assert TEXT in str(way(Careless(TEXT)))
    shown = str(way(Secret(TEXT)))
    assert TEXT not in shown
    assert HIDDEN in shown or ascii(HIDDEN)[1:-1] in shown.replace("\\\\u", "\\u")


def test_a_format_says_hidden_in_whatever_width_is_asked() -> None:
    assert f"{Secret(TEXT):>30}" == f"{Secret(TEXT):x}" == HIDDEN


@pytest.mark.parametrize(
    "way",
    [
        *(lambda held, protocol=protocol: pickle.dumps(held, protocol) for protocol in range(6)),
        copy.copy,
        copy.deepcopy,
        json.dumps,
        vars,
        bytes,
        iter,
        len,
        hash,
        lambda held: held[0],
        lambda held: held + "x",
        lambda held: held.__getstate__(),
        lambda held: dataclasses.asdict(Holder(held)),
        lambda held: sorted([held, Secret("b")]),
        "".join,
        base64.b64encode,
    ],
)
def test_nothing_that_copies_or_takes_apart_works_on_a_secret(way: Callable[[Any], object]) -> None:
    with pytest.raises((TypeError, AttributeError)) as told:
        way(Secret(TEXT))
    assert TEXT not in "".join(traceback.format_exception(told.value))


def test_a_failed_assertion_does_not_show_it(pytester_like: Callable[[str], str]) -> None:
    told = pytester_like(
        "from app.models.secret import Secret\n"
        f"def test_it():\n    first, second = Secret('{TEXT}' + 'a'), Secret('{TEXT}' + 'b')\n"
        "    assert first == second\n"
    )
    assert "1 failed" in told
    assert told.count(HIDDEN) >= 2
    assert told.count(f"{TEXT}a") == told.count(f"{TEXT}b") == 0


@pytest.fixture
def pytester_like(tmp_path: Any) -> Callable[[str], str]:
    import subprocess
    import sys
    from pathlib import Path

    def run(source: str) -> str:
        (tmp_path / "test_planted.py").write_text(source)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--showlocals", "--tb=short", "."]
        answer = subprocess.run(
            command,
            cwd=tmp_path,
            env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return answer.stdout

    return run


def test_it_is_revealed_exactly_as_typed() -> None:
    for text in (TEXT, " a b ", "密码𠮷é\u0301", "a" * 10_000):
        assert Secret(text).reveal() == text


@pytest.mark.parametrize("text", ["a\nb", "a\r", "\ta", "a\0", "\x7f", "\ud800", "a\u2028b", "\x85", "\uffff"])
def test_what_nobody_can_type_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(FieldInvalidError) as told:
        Secret(TEXT + text)
    assert TEXT not in str(told.value)
    assert told.value.field == "account_password"


def test_an_empty_one_is_no_secret() -> None:
    with pytest.raises(MissingFieldError):
        Secret("")


def test_equality_is_of_the_whole_text_and_with_secrets_only() -> None:
    assert Secret(TEXT) == Secret(TEXT)
    assert Secret(TEXT) != Secret(TEXT + " ")
    assert Secret("密") == Secret("密")
    assert Secret(TEXT) != TEXT
    assert Secret(TEXT) != TEXT


def test_whether_it_equals_another_is_told_after_comparing_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    theirs = Secret.__eq__

    def counted(self: Secret, other: object) -> Any:
        nonlocal compared
        compared += 1
        return theirs(self, other)

    monkeypatch.setattr(Secret, "__eq__", counted)
    others = [Secret(text) for text in (TEXT, "b", "c")]
    assert equals_any(Secret(TEXT), others) is True
    assert compared == 3
    assert equals_any(Secret("d"), others) is False
    assert equals_any(Secret("d"), []) is False
    assert equals_any(Secret("c"), iter(others)) is True


def test_a_record_with_a_secret_goes_through_unchanged() -> None:
    held = Holder(Secret(TEXT))
    assert storable_record(held) is held
