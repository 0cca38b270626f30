"""All rules together: places, masks, speed, and what never stands in a finding."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.labels import rule_label
from app.models.finding import Finding, RuleKind, Severity
from app.textcheck.lexicon import Lexicon
from app.textcheck.rules import CARDS, check

VALID_ID = "11010519491231002X"
WRONG_ID = "110105194912310021"
CARD = "6222021234567890128"
MOBILE = "13800138000"

_NUMBERS = (
    VALID_ID,
    CARD,
    MOBILE,
    "110105 19491231 002X",
    "6222 0212 3456 7890 128",
    "138 0013 8000",
    "350111900101123",
    WRONG_ID,
    "110105 19491231 0021",
)
_BETWEEN = ("\n", " ", "  ", "-", ".", "，", "X", "1234", "5", "*", "****", "+86", "０１２", "\u200b")
_WORDS = ("最佳", "机密★1年", "机密", "张三", "号", "元", "https://a.cn/", "订单号", "𬭎")
_PIECES = st.sampled_from((*_NUMBERS, *_BETWEEN, *_WORDS))
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=12).map("".join),
    st.text("0123456789 -*X.机密★\n", max_size=60),
    st.text(max_size=60),
)


def test_every_rule_has_a_card_and_a_label() -> None:
    assert [(card.name, card.severity, card.kind) for card in CARDS] == [
        ("secrecy_mark", Severity.BLOCK, RuleKind.SECRECY_MARK),
        ("id_card", Severity.BLOCK, RuleKind.NEVER_SILENCED),
        ("bank_card", Severity.BLOCK, RuleKind.NEVER_SILENCED),
        ("mobile", Severity.BLOCK, RuleKind.MASKABLE),
        ("old_id_card", Severity.WARN, RuleKind.ORDINARY),
        ("doubtful_id_card", Severity.WARN, RuleKind.ORDINARY),
        ("absolute_word", Severity.WARN, RuleKind.ORDINARY),
    ]
    assert all(rule_label(card.name) == card.title for card in CARDS)


def test_an_empty_text_has_no_finding(lexicon: Lexicon) -> None:
    assert check("", lexicon) == ()


def test_places_count_code_points_lines_and_columns(lexicon: Lexicon) -> None:
    text = f"𬭎𬘡\n电话{MOBILE}\r\n最佳\n"
    places = [(f.rule, f.start, f.length, f.line, f.column) for f in check(text, lexicon)]
    assert places == [("mobile", 5, 11, 2, 3), ("absolute_word", 18, 2, 3, 1)]


def test_a_finding_says_why_by_which_article_and_what_to_do(lexicon: Lexicon) -> None:
    text = f"机密★1年\n{VALID_ID}，{CARD}，{MOBILE}，350111900101123，{WRONG_ID}，服务最佳"
    found = check(text, lexicon)
    assert [f.rule for f in found] == [
        "secrecy_mark",
        "id_card",
        "bank_card",
        "mobile",
        "old_id_card",
        "doubtful_id_card",
        "absolute_word",
    ]
    for finding in found:
        words = text[finding.start : finding.start + finding.length]
        card = next(c for c in CARDS if c.name == finding.rule)
        assert (finding.article, finding.severity, finding.kind) == (card.article, card.severity, card.kind)
        assert finding.article in finding.message
        assert finding.message.endswith("。")
        assert finding.message.count("。") == 1
        assert finding.suggestion.endswith("。")
        assert words not in "".join((finding.message, finding.suggestion, finding.masked, finding.replacement or ""))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_findings_lie_in_the_text_in_order_and_never_quote_it(text: str) -> None:
    found = check(text, _EMPTY)
    assert [f.start for f in found] == sorted(f.start for f in found)
    for finding in found:
        words = text[finding.start : finding.start + finding.length]
        assert len(words) == finding.length > 0
        assert text.split("\n")[finding.line - 1][finding.column - 1 :].startswith(words.split("\n")[0])
        assert words not in (finding.masked, finding.replacement)


@given(_TEXTS)
@example("535011190010112311010519491231002X")
@settings(max_examples=300, deadline=None)
def test_a_text_with_everything_masked_blocks_no_more(text: str) -> None:
    masked = settled_text(text)
    assert [f.rule for f in check(masked, _EMPTY) if f.kind in {RuleKind.MASKABLE, RuleKind.NEVER_SILENCED}] == []


@given(st.text("0123456789 -*X", max_size=80))
@example("535011190010112311010519491231002X")
@settings(max_examples=300, deadline=None)
def test_masking_figures_comes_to_an_end(text: str) -> None:
    settled = settled_text(text)
    assert masked_text(settled) == settled


def masked_text(text: str) -> str:
    for finding in reversed(check(text, _EMPTY)):
        if finding.replacement is not None:
            text = text[: finding.start] + finding.replacement + text[finding.start + finding.length :]
    return text


def settled_text(text: str) -> str:
    """Mask until nothing is left: of two numbers that share figures the second shows once the first is gone."""
    for _ in range(6):
        masked = masked_text(text)
        if masked == text:
            break
        text = masked
    return text


_EMPTY = Lexicon((), "0")

_HOSTILE = {
    "figures": "1" * 500_000,
    "figures with spaces": "1 " * 250_000,
    "figures with points": "1...2" * 100_000,
    "nearly an id": "35010219900101001" * 29_400,
    "nearly an id with borders": "110105194912310021 " * 26_300,
    "nearly a card": "4512 " * 100_000,
    "nearly a mobile": "138-0013-" * 55_000,
    "figures of a grid": "3 5 0 1 0 2 1 9 9 0 0 1 0 1 1 2 3 0 " * 13_900,
    "spaces": " " * 500_000,
    "ideographic spaces after a mark": "机密1年" + "\u3000" * 500_000 + "。",
    "marks with gaps": ("机" + " " * 8) * 55_000,
    "a mark far from its star": "机密" + " " * 500_000 + "★",
    "line breaks": "\n" * 500_000,
    "addresses": "http://" * 71_000,
    "brackets": "（机密" * 166_000,
    "crosses": "X" * 500_000,
    "asterisks": "1234****" * 62_500,
    "word beginnings": "最" * 500_000,
}


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_no_text_takes_the_check_longer_than_its_length_allows(text: str, lexicon: Lexicon) -> None:
    check(text[:5_000], lexicon)
    short, long = cpu_time(text[: len(text) // 5], lexicon), cpu_time(text, lexicon)
    # Five times the text in five times the time; a square would take twenty-five. Below 50 ms nothing is told apart.
    assert long < 13 * max(short, 0.05)


def cpu_time(text: str, lexicon: Lexicon) -> float:
    begin = time.process_time()
    check(text, lexicon)
    return time.process_time() - begin


def test_findings_in_great_number_stay_linear(lexicon: Lexicon) -> None:
    text = f"{VALID_ID}，{MOBILE}，{CARD}，机密★1年，最佳品质，{WRONG_ID}；"
    short, long = cpu_time(text * 1_000, lexicon), cpu_time(text * 5_000, lexicon)
    assert long < 13 * max(short, 0.05)


def test_a_body_of_the_longest_length_is_read_whole(findings: Callable[[str], tuple[Finding, ...]]) -> None:
    text = "今天上午，示例街道召开防汛工作会议，传达上级要求，部署下一步任务。" * 8_600 + MOBILE
    [finding] = findings(text)
    assert finding.start == len(text) - 11
