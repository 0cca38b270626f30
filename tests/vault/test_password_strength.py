"""A platform's password is judged in words a clerk understands: what makes it weak, and whether it may stand."""

import time

import pytest

from app.labels import label
from app.messages import strength_sentence
from app.models.password_weakness import Strength, Weakness
from app.models.secret import Secret
from app.vault.password_strength import judged

KNOWN = ("晋安示例", "jinan_shili", "福州市晋安区示例局", "林晓")
W = Weakness


@pytest.mark.parametrize(
    ("text", "weakness"),
    [
        ("P@ssw0rd", W.COMMON),
        ("qwerty123456", W.COMMON),
        ("weibo@8888", W.COMMON),
        ("xinmeiti123", W.COMMON),
        ("WoAiNi520!", W.COMMON),
        ("1qaz@WSX3edc", W.KEYBOARD),
        ("zxcvbnm,./", W.KEYBOARD),
        ("bcdefgh2345678", W.SEQUENCE),
        ("20260918abc", W.DATE),
        ("Linxiao1988", W.DATE),
        ("aaaaaaaa1111", W.REPEAT),
        ("13799931234", W.NUMBER),
        ("13799931234Ab", W.NUMBER),
        ("晋安示例2026", W.OWN_NAME),
        ("jinan_shili8", W.OWN_NAME),
        ("SHILI2027ab", W.OWN_NAME),
        ("5h1l1_j1nan", W.OWN_NAME),
        ("ｊｉｎａｎ_ｓｈｉｌｉ", W.OWN_NAME),
        ("林晓135", W.OWN_NAME),
        ("Xk#9vT!", W.SHORT),
        ("k7", W.SHORT),
    ],
)
def test_a_weak_password_is_not_enough_and_says_why(text: str, weakness: Weakness) -> None:
    strength = judged(Secret(text), KNOWN)
    assert weakness in strength.weaknesses
    assert not strength.is_enough
    told = strength_sentence(strength)
    assert weakness is W.SHORT or label(weakness) in told.what
    assert "请换一个" in told.todo
    assert text not in str(told)


@pytest.mark.parametrize(
    "text", ["Xk#9vT!q2mLz", "correct horse battery staple", "盐山晚潮听犬吠七里一门", "a" * 3 + "Xk#9vT!q2mLz7"]
)
def test_a_strong_password_is_enough(text: str) -> None:
    strength = judged(Secret(text), KNOWN)
    assert strength == Strength(4)
    assert str(strength_sentence(strength)) == "密码强度：强。可以使用。"


def test_a_name_inside_a_strong_password_is_mentioned() -> None:
    strength = judged(Secret("晋安示例-Xk#9vT!q2mLz"), KNOWN)
    assert strength == Strength(4, (W.OWN_NAME,))
    assert strength.is_enough
    assert "去掉名称" in strength_sentence(strength).todo


def test_short_words_and_blank_names_forbid_nothing() -> None:
    assert judged(Secret("Xk#9vT!q2mLz"), ("", " ", "x", "9v", "局")) == Strength(4)


def test_the_next_best_score_is_enough_only_without_a_weakness() -> None:
    assert Strength(3).is_enough
    assert not Strength(3, (W.DATE,)).is_enough
    assert not Strength(2).is_enough


def test_a_very_long_password_is_judged_quickly() -> None:
    began = time.monotonic()
    assert judged(Secret("aB1!" * 220), KNOWN).score <= 4
    assert time.monotonic() - began < 5
