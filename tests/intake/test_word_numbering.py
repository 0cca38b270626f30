import pytest

from app.intake.word_numbering import chinese_number, written


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (1, "decimal", "1"), (7, "decimalZero", "07"), (27, "lowerLetter", "aa"), (2, "upperLetter", "B"),
        (14, "upperRoman", "XIV"), (4, "lowerRoman", "iv"), (4000, "upperRoman", "4000"),
        (1, "chineseCountingThousand", "一"), (10, "chineseCounting", "十"), (12, "japaneseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"), (3, "decimalEnclosedCircle", "③"), (51, "decimalEnclosedCircle", "51"),
        (2, "decimalEnclosedParen", "⑵"), (3, "ideographTraditional", "丙"), (12, "decimalFullWidth", "１２"),
        (3, "chineseLegalSimplified", "叁"), (15, "ideographDigital", "一五"), (5, "none", ""),
        (5, "russianLower", "5"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_shows_them(value: int, kind: str, text: str) -> None:
    assert written(value, kind) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(11, "十一"), (21, "二十一"), (99, "九十九"), (110, "一百一十"), (0, "0"), (12_345, "12345")],
)
def test_chinese_numbers_are_counted_beyond_ten(value: int, text: str) -> None:
    assert chinese_number(value) == text
