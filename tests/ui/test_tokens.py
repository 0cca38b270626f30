import pytest

from app.ui.tokens import DARK, LIGHT, Tokens, Tone

GROUNDS = ("background", "surface", "sidebar", "hover")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_highest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") < 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_every_ground(tokens: Tokens) -> None:
    pairs = [(text, ground) for text in ("text", "muted", "primary", "danger") for ground in GROUNDS]
    pairs += [(text, "primary_soft") for text in ("text", "muted")]
    pairs += [("on_primary", "primary"), ("on_primary", "primary_hover"), ("surface", "text")]
    weak = {pair for pair in pairs if contrast(tokens.of(pair[0]), tokens.of(pair[1])) < 4.5}
    assert weak == set()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_can_be_read_on_its_soft_ground(tokens: Tokens, tone: Tone) -> None:
    front, soft = tokens.tone(tone)
    assert contrast(front, soft) >= 4.5
    assert contrast(front, tokens.surface) >= 4.5


def test_an_unknown_colour_is_a_bug() -> None:
    with pytest.raises(AttributeError):
        LIGHT.of("mauve")
