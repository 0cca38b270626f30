"""Figures above and below the line."""

import unicodedata

import pytest

from app.models.raised_figures import Script, written


@pytest.mark.parametrize(
    ("text", "script", "shown"),
    [
        ("6", Script.ABOVE, "⁶"),
        ("-12", Script.ABOVE, "⁻¹²"),
        (" n ", Script.ABOVE, " ⁿ "),
        ("2", Script.BELOW, "₂"),
        ("", Script.ABOVE, ""),
        ("[1]", Script.ABOVE, None),
        ("注", Script.ABOVE, None),
        ("n", Script.BELOW, None),
    ],
)
def test_a_text_is_written_above_or_below_the_line_whole_or_not_at_all(
    text: str, script: Script, shown: str | None
) -> None:
    assert written(text, script) == shown


@pytest.mark.parametrize("script", list(Script))
def test_each_figure_keeps_its_value(script: Script) -> None:
    for figure in "0123456789":
        assert unicodedata.digit(written(figure, script) or "") == int(figure)
