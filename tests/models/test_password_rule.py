"""A platform's rule: what fits, what does not and why, and that a rule nothing fits is refused."""

import pytest

from app.errors import PasswordRuleInvalidError
from app.messages import password_rule_sentence, rule_faults_sentence
from app.models.password_rule import PasswordRule, RuleFault, SignKind
from app.models.secret import Secret

U, L, D, S = SignKind
RULE = PasswordRule(8, 16, frozenset({U, D}), 3, "!@#")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Abcdef12", ()),
        ("A1!A1!A1!", ()),
        ("0Ol1I0Ol1I", ()),
        ("Abcde12", (RuleFault.TOO_SHORT,)),
        ("A" + "b1" * 8, (RuleFault.TOO_LONG,)),
        ("A" + "b1" * 7 + "c", ()),
        ("abcdef12", (RuleFault.UPPER_MISSING, RuleFault.TOO_FEW_KINDS)),
        ("Abcdefgh", (RuleFault.DIGIT_MISSING, RuleFault.TOO_FEW_KINDS)),
        ("ABCDEF12", (RuleFault.TOO_FEW_KINDS,)),
        ("Abcdef1$", (RuleFault.NOT_ALLOWED,)),
        ("Abcdef1 ", (RuleFault.NOT_ALLOWED,)),
        ("Abcdef1密", (RuleFault.NOT_ALLOWED,)),
        ("Abcdef1Ａ", (RuleFault.NOT_ALLOWED,)),
        (
            "密",
            (
                RuleFault.TOO_SHORT,
                RuleFault.UPPER_MISSING,
                RuleFault.DIGIT_MISSING,
                RuleFault.TOO_FEW_KINDS,
                RuleFault.NOT_ALLOWED,
            ),
        ),
    ],
)
def test_a_typed_password_is_told_everything_that_is_wrong(text: str, faults: tuple[RuleFault, ...]) -> None:
    assert RULE.faults(Secret(text)) == faults


def test_every_kind_may_be_asked_for() -> None:
    rule = PasswordRule(4, 8, frozenset(SignKind), 4, "!")
    assert rule.faults(Secret("aA1!")) == ()
    assert rule.faults(Secret("aA11")) == (RuleFault.SIGN_MISSING, RuleFault.TOO_FEW_KINDS)
    assert rule.faults(Secret("AA1!")) == (RuleFault.LOWER_MISSING, RuleFault.TOO_FEW_KINDS)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"least": 9, "most": 8}, "length"),
        ({"least": 3}, "length"),
        ({"most": 65}, "length"),
        ({"signs": "!a"}, "signs"),
        ({"signs": "! "}, "signs"),
        ({"signs": "，"}, "signs"),
        ({"signs": "!\x7f"}, "signs"),
        ({"signs": "", "required": frozenset({S})}, "kinds"),
        ({"signs": "|", "required": frozenset({S})}, "kinds"),
        ({"signs": "", "least_kinds": 4}, "kinds"),
        ({"least_kinds": 0}, "kinds"),
        ({"least_kinds": 5}, "kinds"),
    ],
)
def test_a_rule_that_nothing_fits_is_refused(given: dict[str, object], reason: str) -> None:
    with pytest.raises(PasswordRuleInvalidError) as told:
        PasswordRule(**given)  # type: ignore[arg-type]
    assert told.value.reason == reason


def test_look_alikes_may_be_typed_but_are_drawn_only_when_wanted() -> None:
    strict, free = PasswordRule(), PasswordRule(no_look_alikes=False)
    drawn = "".join(strict.drawn_from(kind) for kind in SignKind)
    assert not set("0Oo1lI|") & set(drawn)
    assert set("0Oo1lI") < set("".join(free.drawn_from(kind) for kind in SignKind))
    assert strict.faults(Secret("0Oo1lI0Oo1lI")) == ()


def test_a_rule_is_told_in_words() -> None:
    assert password_rule_sentence(RULE) == (
        "8 到 16 个字符，必须有大写字母、数字，大写字母、小写字母、数字、符号中至少有 3 种，符号只能用 !@#。"
    )
    assert password_rule_sentence(PasswordRule(6, 6, signs="")) == "正好 6 个字符，不能有符号。"
    told = rule_faults_sentence(RULE.faults(Secret("ABCDEF1$")), RULE)
    assert told.what == "这个密码不合平台的规则：字符种类太少、有平台不允许的字符。"
    assert "8 到 16 个字符" in told.todo
