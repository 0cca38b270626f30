import pytest

from app.forms.code_slip import compose_code_slip
from tests.forms.specimens import HOSTILE, fonts, ink_of, opened, pages_of, recovery_slip, slip


def test_the_half_handed_over_says_who_what_until_when_and_what_to_do() -> None:
    (page,) = pages_of(compose_code_slip(slip(), fonts()))
    upper, lower = page.split("沿此线剪开")
    for words in ("陈晓敏", "K7QM-4F2X-9PZA", "2026年11月30日（含当日）", "设置自己的口令", "任何人不得代设"):
        assert words in upper
    assert "K7QM" not in lower
    assert lower.count("签字：") == 2


def test_a_code_given_again_names_the_reason_on_both_halves() -> None:
    (page,) = pages_of(compose_code_slip(slip(reason="本人忘记口令", expires_on=None), fonts()))
    assert page.count("重发原因本人忘记口令") == 2
    assert "首次登录前" in page


def test_the_slip_for_the_safe_says_what_it_is_who_keeps_it_and_that_it_works_once() -> None:
    (page,) = pages_of(compose_code_slip(recovery_slip(), fonts()))
    upper, lower = page.split("沿此线剪开")
    for words in ("系统管理员恢复口令单", "K7QM-4F2X-9PZA", "保险柜的保管人", "忘记口令", "只能用一次", "旧单销毁"):
        assert words in upper
    for words in ("首次登录", "一次性口令领取", "交本人", "设置自己的口令", "领取人"):
        assert words not in page
    assert "K7QM" not in lower
    assert "封存登记" in lower
    assert lower.count("签字：") == 3


def test_the_code_is_the_largest_thing_on_the_page() -> None:
    document = opened(compose_code_slip(slip(), fonts()))
    boxes = ink_of(document[0])
    document.close()
    assert max(box.top - box.bottom for box in boxes if box.char == "K") > 25


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_the_name_the_slip_is_one_page_with_its_parts_apart(words: str) -> None:
    paper = compose_code_slip(slip(person=words * 3, reason=words * 3), fonts())
    assert paper.pages == 1
    document = opened(paper)
    words_on_page = ink_of(document[0])
    (cut,) = {round(box.bottom) for box in words_on_page if box.char == "剪"}
    between = [
        box
        for box in words_on_page
        if cut - 6 < box.bottom < cut + 14 and box.char not in "沿此线剪开，上联交本人下由系统管理员留存"
    ]
    document.close()
    assert between == []
