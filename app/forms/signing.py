"""Where people sign: a row for each step with its boxes, what was decided on screen, and white space for a hand."""

from dataclasses import dataclass

from app.forms.pen import THIN, Pen
from app.forms.plain_text import one_line
from app.forms.ruled_grid import LABEL_WIDTH, PAD, VALUE_WIDTH, label_cell
from app.forms.sheet import LEFT, RIGHT, Mark
from app.forms.typeface import Family
from app.forms.typesetting import SetText, Style, set_cut
from app.models.paper import SignatureBox

MOMENT, DAY = "年月日时分", "年月日"


@dataclass(frozen=True)
class Density:
    """How much room signing gets: sizes and heights in points; `beside` sets two signatures on a line."""

    size: float
    leading: float
    signature: float
    white: float
    opinion_lines: int
    pad: float = 4.0
    beside: bool = False


ROOMY = Density(10.5, 16.0, 25.0, 16.0, 4)
NORMAL = Density(10.5, 16.0, 23.0, 4.0, 3)
COMPACT = Density(9.5, 13.5, 20.0, 0.0, 2, 3.0, beside=True)
TIGHT = Density(8.5, 11.5, 16.5, 0.0, 1, 2.5, beside=True)
DENSITIES = (ROOMY, NORMAL, COMPACT, TIGHT)


@dataclass(frozen=True)
class StepRow:
    """One step set at a density; `height` is the least it needs, `cut` tells that its opinion goes on elsewhere."""

    box: SignatureBox
    density: Density
    choices: tuple[tuple[str, ...], ...]
    opinion: SetText | None
    decided: SetText | None
    hands: int
    height: float

    @property
    def cut(self) -> bool:
        """Tell whether not all words stand on the row."""
        return bool((self.opinion and self.opinion.cut) or (self.decided and self.decided.cut))


def step_row(box: SignatureBox, density: Density, family: Family) -> StepRow:
    """Set one step; those who have decided on screen need no line to sign on."""
    style = Style(family.text, density.size, density.leading)
    choices = _choice_lines(box.choices, style)
    words = one_line(box.opinion)
    opinion = (
        set_cut(f"意见：{words}", style, VALUE_WIDTH - 2 * PAD, density.opinion_lines, "……（见附页）")
        if words
        else None
    )
    done = [part for part in one_line(box.decided).split("；") if part]
    decided = (
        set_cut("\n".join(done), style, VALUE_WIDTH - 2 * PAD, max(2, density.opinion_lines), "……（见附页）")
        if done
        else None
    )
    hands = max(0, max(1, box.signers) - len(done))
    height = 2 * density.pad + len(choices) * density.leading + _lines_to_sign(hands, density) * density.signature
    height += (opinion.height if opinion else 0.0) + (decided.height if decided else 0.0)
    height += density.white if hands else 0.0
    return StepRow(box, density, choices, opinion, decided, hands, height)


def step_mark(row: StepRow, y: float, height: float, family: Family, label: Style) -> Mark:
    """Return what draws a step at a height that it is given."""

    def mark(pen: Pen) -> None:
        density = row.density
        style = Style(family.text, density.size, density.leading)
        label_cell(pen, LEFT, y, height, row.box.label, label)
        pen.frame(LEFT + LABEL_WIDTH, y, VALUE_WIDTH, height, THIN)
        left, top = LEFT + LABEL_WIDTH + PAD, y + density.pad
        x = left
        for line in row.choices:
            x = left
            for choice in line:
                pen.tick_box(x, top + style.drop(), style.size, ticked=choice == row.box.ticked)
                pen.words(x + style.size * 1.35, top + style.drop(), one_line(choice), style.face, style.size)
                x += style.width(one_line(choice)) + style.size * 2.6
            top += density.leading
        if row.opinion is None and row.hands:
            if x + style.width("意见：") <= RIGHT - PAD:
                pen.words(x, top - density.leading + style.drop(), "意见：", style.face, style.size)
        elif row.opinion is not None:
            row.opinion.draw(pen, left, top)
        bottom = y + height - density.pad
        if row.decided is not None:
            _right(pen, row.decided, bottom - _signing_height(row) - row.decided.height)
        _sign(pen, bottom, row, style)

    return mark


def sign_line(
    pen: Pen, left: float, right: float, base: float, style: Style, words: str = "签字：", date: str = MOMENT
) -> None:
    """Draw the words of one signature line: 签字 and room, then 年 月 日 时 分 (or only the day) up to the right."""
    room = right - left - style.width(words)
    step = min(style.size * 2.5, room * 0.6 / len(date))
    step = max(step, style.size)
    pen.words(left, base, words, style.face, style.size)
    for place, char in enumerate(date):
        pen.words(right - style.size - (len(date) - 1 - place) * step, base, char, style.face, style.size)


def sign_row(label: str, label_style: Style, style: Style, y: float, height: float, date: str = MOMENT) -> Mark:
    """Return what draws a row with a label and one signature line."""

    def mark(pen: Pen) -> None:
        label_cell(pen, LEFT, y, height, label, label_style)
        pen.frame(LEFT + LABEL_WIDTH, y, VALUE_WIDTH, height, THIN)
        sign_line(pen, LEFT + LABEL_WIDTH + PAD, RIGHT - PAD, y + height - 14, style, date=date)

    return mark


def _lines_to_sign(hands: int, density: Density) -> int:
    return (hands + 1) // 2 if density.beside else hands


def _signing_height(row: StepRow) -> float:
    return _lines_to_sign(row.hands, row.density) * row.density.signature


def _sign(pen: Pen, bottom: float, row: StepRow, style: Style) -> None:
    """Draw the signature lines of a row upon its foot."""
    right, left = RIGHT - PAD, LEFT + LABEL_WIDTH + PAD
    middle = (left + right) / 2
    beside = row.density.beside and row.hands > 1
    lines = _lines_to_sign(row.hands, row.density)
    for number in range(row.hands):
        line = number // 2 if beside else number
        base = bottom - (lines - 1 - line) * row.density.signature - 3
        if not beside:
            start, end = left + (right - left) * 0.36, right
        elif number % 2 == 0:
            start, end = left, middle - PAD
        else:
            start, end = middle + PAD, right
        sign_line(pen, start, end, base, style)


def _right(pen: Pen, lines: SetText, y: float) -> None:
    for number, line in enumerate(lines.lines):
        style = lines.style
        pen.to_right(RIGHT - PAD, y + number * style.leading + style.drop(), line.text, style.face, style.size)


def _choice_lines(choices: tuple[str, ...], style: Style) -> tuple[tuple[str, ...], ...]:
    """Divide the boxes over as many lines as they need."""
    lines: list[list[str]] = [[]]
    used = 0.0
    for choice in choices:
        width = style.width(one_line(choice)) + style.size * 2.6
        if lines[-1] and used + width - style.size > VALUE_WIDTH - 2 * PAD:
            lines.append([])
            used = 0.0
        lines[-1].append(choice)
        used += width
    return tuple(tuple(line) for line in lines)
