import re

import pytest

from app.ui.style_sheet import style_sheet
from app.ui.theme import SCALES
from app.ui.tokens import DARK, LIGHT, Tokens


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", SCALES)
def test_every_name_in_the_sheet_is_a_token(tokens: Tokens, scale: int) -> None:
    sheet = style_sheet(tokens, scale, "/arrows")
    assert "@" not in sheet
    assert tokens.primary in sheet


def test_the_sheet_names_no_colour_that_is_not_a_token() -> None:
    known = {value for value in vars(LIGHT).values() if isinstance(value, str)}
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", style_sheet(LIGHT, 100, ""))) <= known


def test_sizes_grow_with_the_scale() -> None:
    assert "font-size: 22px" in style_sheet(LIGHT, 100)
    assert "font-size: 33px" in style_sheet(LIGHT, 150)
