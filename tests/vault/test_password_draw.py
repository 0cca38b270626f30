"""A drawn password fits its rule, whatever the rule, and every one that fits is as likely as any other."""

import secrets
from collections import Counter
from inspect import signature
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.errors import PasswordRuleInvalidError
from app.models.password_rule import LONGEST, SHORTEST, PasswordRule, SignKind
from app.models.secret import Secret
from app.vault.password_draw import USUAL_LENGTH, drawn_password
from app.vault.password_strength import judged


@st.composite
def rules(draw: st.DrawFn) -> PasswordRule:
    least = draw(st.integers(SHORTEST, LONGEST))
    try:
        return PasswordRule(
            least,
            draw(st.integers(least, LONGEST)),
            draw(st.frozensets(st.sampled_from(SignKind))),
            draw(st.integers(1, 4)),
            draw(st.text("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", max_size=12)),
            draw(st.booleans()),
        )
    except PasswordRuleInvalidError:
        assume(False)
        raise


@settings(max_examples=300, deadline=None)
@given(rules(), st.integers(0, 100))
def test_a_drawn_password_always_fits_its_rule(rule: PasswordRule, length: int) -> None:
    password = drawn_password(rule, length)
    assert rule.faults(password) == ()
    text = password.reveal()
    assert len(text) == min(max(length, rule.least), rule.most)
    assert not rule.no_look_alikes or not set("0Oo1lI|`'\"") & set(text)


def test_what_is_drawn_comes_from_the_system_s_own_randomness() -> None:
    assert signature(drawn_password).parameters["choose"].default is secrets.choice


def test_every_password_that_fits_is_as_likely_as_any_other() -> None:
    """Four characters with a sign (of one) and a digit: the counts of the shapes agree with how many there are."""
    rule = PasswordRule(4, 4, frozenset({SignKind.DIGIT, SignKind.SIGN}), 1, "!", no_look_alikes=False)
    random, drawn = Random(20261124), 2000
    shapes = Counter[str]()
    for _ in range(drawn):
        text = drawn_password(rule, choose=random.choice).reveal()
        shapes["".join("d" if c.isdigit() else "s" if c == "!" else "a" for c in text)] += 1
    sizes = {"d": 10, "s": 1, "a": 52}
    possible = [a + b + c + d for a in "dsa" for b in "dsa" for c in "dsa" for d in "dsa"]
    fitting = {shape: 1 for shape in possible if "d" in shape and "s" in shape}
    for shape in fitting:
        for letter in shape:
            fitting[shape] *= sizes[letter]
    total = sum(fitting.values())
    assert set(shapes) <= set(fitting)
    expected = {shape: drawn * size / total for shape, size in fitting.items()}
    # Shapes that are hardly ever met are counted together.
    rare = {shape for shape, count in expected.items() if count < 5}
    chi = sum((shapes[s] - e) ** 2 / e for s, e in expected.items() if s not in rare)
    rest = sum(expected[s] for s in rare)
    chi += (sum(shapes[s] for s in rare) - rest) ** 2 / rest
    cells = len(expected) - len(rare)
    assert cells >= 15
    # Beyond six standard deviations of a chi-square with that many cells.
    assert chi < cells + 6 * (2 * cells) ** 0.5


def test_the_usual_drawn_password_is_strong() -> None:
    for _ in range(20):
        password = drawn_password(PasswordRule())
        assert len(password.reveal()) == USUAL_LENGTH
        assert judged(password).score == 4


def test_no_two_are_the_same() -> None:
    assert len({drawn_password(PasswordRule()).reveal() for _ in range(200)}) == 200
    assert drawn_password(PasswordRule()) != Secret("x" * 16)
