"""Fields that look filled."""

import pytest

from app.models.visible_text import has_words, names_source


@pytest.mark.parametrize("text", ["字", " a ", "\u200b字", "𬭎", "\ue001", "——", "བོད"])
def test_what_can_be_seen_is_words(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u200b", "\u3000", "\u200b\u3000\ufeff\n", "\u2060\u200d", "\u2800", "\u3164", "\ufe0f"],
)
def test_what_nobody_sees_is_none(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.gov.cn/art/1.html",
        "HTTP://example.gov.cn",
        "https://example.gov.cn/1（2026年9月1日）",
        "www.example.gov.cn/art/1",
        "example.gov.cn:8080/art",
        "晋示〔2026〕1号",
        "文号:晋示〔2026〕1号",
        "《福州晚报》2026年9月1日第3版",
        "无锡市政府公报2026年第9期",
        "ISBN:978-7-5136-1234-5",
        "CN:35-0001",
    ],
)
def test_a_web_address_or_a_paper_is_a_source(text: str) -> None:
    assert names_source(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\u200b",
        "\u3000",
        "无",
        "无。",
        "\u200b无",
        "（无）",
        "暂无",
        "无链接",
        "没有",
        "不详",
        "N/A",
        "-",
        "——",
        "/",
        "。。。",
        "x",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript:1",
        "data:text/html,x",
        "file:///C:/a.docx",
        "C:\\Users\\a.docx",
        "ftp://example.gov.cn/a",
        "mailto:a@b.example",
        "https://",
        "http:///a",
        "https:example.gov.cn",
    ],
)
def test_what_nobody_can_look_up_is_none(text: str) -> None:
    assert not names_source(text)
