import pytest

from app.forms.plain_text import one_line, paragraphs, printable
from tests.forms.specimens import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_controls_a_page_is_left(text: str) -> None:
    for char in printable(text):
        assert char == "\n" or ord(char) >= 0x20
        assert not 0x7F <= ord(char) <= 0x9F
        assert char not in "\u200b\u200e\u200f\u202a\u202e\u2066\ufeff\uffff"


def test_every_line_end_becomes_one_line_end() -> None:
    assert printable("一\r\n二\r三\x0b四\x0c五\u2028六\u2029七\x85八") == "一\n二\n三\n四\n五\n六\n七\n八"


def test_half_a_character_is_shown_as_damaged() -> None:
    assert printable("前\ud83d后") == "前\ufffd后"


def test_one_line_keeps_wide_blanks_where_they_were_put() -> None:
    assert one_line("  否　　含个人信息：\n 否 \t") == "否　　含个人信息： 否"


def test_markup_and_templates_are_only_words() -> None:
    for text in ('<img src="file:///etc/passwd">', "&amp;<b>粗</b>", "%s{0}"):
        assert printable(text) == text


def test_empty_paragraphs_are_left_out() -> None:
    assert paragraphs("　一　\n\n \r\n二") == ["一", "二"]
