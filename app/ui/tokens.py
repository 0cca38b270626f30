"""The colours of the window, in one place; the style sheet, the icons and the charts are made from them."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a coloured thing says; it always says it in words as well."""

    PRIMARY = "primary"
    GOOD = "good"
    WARNING = "warning"
    DANGER = "danger"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Tokens:
    """One theme: every colour as #RRGGBB; `sidebar` and `hover` lie between background and surface."""

    dark: bool
    background: str
    surface: str
    sidebar: str
    hover: str
    line: str
    text: str
    muted: str
    primary: str
    primary_soft: str
    primary_hover: str
    on_primary: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str

    def of(self, name: str) -> str:
        """Return a colour by its name, e.g. `muted`; an unknown name is a bug (`AttributeError`)."""
        colour = getattr(self, name)
        assert isinstance(colour, str)
        return colour

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Return the colours of a tone: text and soft ground."""
        if tone is Tone.NEUTRAL:
            return self.muted, self.line
        return self.of(tone.value), self.of(f"{tone.value}_soft")


LIGHT = Tokens(
    dark=False,
    background="#F5F6F8",
    surface="#FFFFFF",
    sidebar="#FBFCFE",
    hover="#F0F3F8",
    line="#E3E6EB",
    text="#1C2430",
    # A step darker than the first sketch: 4.5:1 also on the background and on a soft ground.
    muted="#586274",
    primary="#1F5FAD",
    primary_soft="#E8F0FA",
    primary_hover="#184E90",
    on_primary="#FFFFFF",
    danger="#B42318",
    danger_soft="#FDECEA",
    warning="#8A5000",
    warning_soft="#FFF4E0",
    good="#1A7044",
    good_soft="#E6F5EC",
)

DARK = Tokens(
    dark=True,
    background="#16191E",
    surface="#1E2228",
    sidebar="#1A1E25",
    hover="#262C35",
    line="#2E343D",
    text="#E7EAEE",
    muted="#98A2B3",
    primary="#7FB2F0",
    primary_soft="#22344C",
    primary_hover="#9CC4F5",
    on_primary="#10151C",
    danger="#FF9A91",
    danger_soft="#43221F",
    warning="#F5BE6B",
    warning_soft="#40311A",
    good="#7FD6A4",
    good_soft="#1C3A2A",
)
