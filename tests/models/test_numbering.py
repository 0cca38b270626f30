"""Office numbers as papers and lists write them."""

from app.models.numbering import OfficeNumber


def test_a_number_is_written_with_its_word_its_year_in_hexagonal_brackets_and_its_serial() -> None:
    assert str(OfficeNumber("晋示审", 2026, 118)) == "晋示审〔2026〕118号"


def test_lists_leave_the_word_out() -> None:
    assert OfficeNumber("晋示审", 2026, 118).short == "〔2026〕118号"


def test_numbers_sort_by_year_and_by_serial_as_a_number() -> None:
    numbers = [OfficeNumber("晋示审", y, s) for y, s in ((2027, 1), (2026, 100), (2026, 9))]
    assert [n.short for n in sorted(numbers)] == ["〔2026〕9号", "〔2026〕100号", "〔2027〕1号"]
