"""Digits, spaces and hyphens of every form, place by place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.textcheck.folding import SPACES, UNSEEN, fold, long_runs


@pytest.mark.parametrize("zero", "0０٠۰०๐𝟎𝟘𝟢𝟬𝟶🯰")
def test_ten_digits_of_every_kind_are_plain_digits(zero: str) -> None:
    digits = "".join(chr(ord(zero) + n) for n in range(10))
    assert [unicodedata.digit(d) for d in digits] == list(range(10))
    assert fold(digits) == "0123456789"


def test_spaces_hyphens_and_crosses_are_plain_ones() -> None:
    assert fold(SPACES + UNSEEN) == " " * len(SPACES + UNSEEN)
    assert fold("－—–·．＊xＸ×Х") == "----.*XXXX"


def test_every_space_of_unicode_is_known() -> None:
    blanks = {chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs"}
    assert blanks <= set(SPACES)


@given(st.text())
def test_every_place_stays_what_it_was(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_runs_reach_over_gaps_but_not_over_words_or_lines() -> None:
    folded = fold("甲12 34-56，789\n012 3456789乙")
    assert [piece for _, piece in long_runs(folded, 6)] == ["甲12 34-56，789", "789\n012 3456789乙"]
    assert all(folded[begin:].startswith(piece) for begin, piece in long_runs(folded, 6))
