import codecs

import pytest

from app.errors import FileUnreadableError
from app.intake.decoded_text import clean, decode

WORDS = "负责人𬭎某、㛃某于2026年12月1日到场，电话12345。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encodings_of_the_office_are_read_to_the_character(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "a.txt") == WORDS


TRADITIONAL = [
    "關於開展防汛應急演練的通知",
    "各鄉鎮、街道：為進一步提高應對突發事件的能力，經研究決定開展演練。",
    "臺灣鄉鎮關於開展",
    "歷史文化街區舉辦傳統戲曲展演，歡迎廣大群眾參觀。",
    "為民服務",
]


@pytest.mark.parametrize(
    "text",
    [
        *TRADITIONAL,
        "名單\n" + "關於開展" * 3_000,
        "𬭎𬘡𫖯㛃",
        "名单：\n𬭎𬘡𫖯㛃䶮\n李𬭎、王𬘡、赵𫖯",
        "藏文：བོད་ཡིག་གི་དཔེ་དེབ། 通知",
        "ئۇيغۇرچە ئۇقتۇرۇش\n通知如下",
        "☎①②③㈠㎡℃→★■◆※〓　　——……《》",
        "短",
    ],
)
def test_rare_characters_and_traditional_ones_are_read_from_gb_18030(text: str) -> None:
    assert decode(text.encode("gb18030"), "a.txt") == text


@pytest.mark.parametrize("text", TRADITIONAL)
def test_big5_is_no_gb_18030(text: str) -> None:
    with pytest.raises(FileUnreadableError) as refused:
        decode(text.encode("big5"), "a.txt")
    assert refused.value.reason == "unknown_encoding"


@pytest.mark.parametrize(
    "text",
    ["防災訓練のお知らせ", "各町内会の皆様へ、防災訓練を実施しますのでご参加ください。", "東京都福祉保健局長通知"],
)
def test_japanese_is_no_gb_18030(text: str) -> None:
    with pytest.raises(FileUnreadableError) as refused:
        decode(text.encode("shift_jis"), "a.txt")
    assert refused.value.reason == "unknown_encoding"


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_both_orders_of_utf_16_are_read(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + WORDS.encode(encoding), "a.txt") == WORDS


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (WORDS.encode("utf-16-le"), "unknown_encoding"),
        (WORDS.encode("utf-32"), "unknown_encoding"),
        ("これは日本語の文章です。漢字と仮名が混ざっています。".encode("shift_jis"), "unknown_encoding"),
        ("В соответствии с распоряжением".encode("cp1251"), "unknown_encoding"),
        ("臺灣的繁體中文檔案，這是一個測試。".encode("big5"), "unknown_encoding"),
        (WORDS.encode("utf-8")[:-2] + b"\xff\xff", "unknown_encoding"),
        (bytes(range(256)), "unknown_kind"),
        (b"\xff\xfe\x00\xd8", "unknown_encoding"),
    ],
)
def test_other_bytes_are_refused_and_never_guessed(raw: bytes, reason: str) -> None:
    with pytest.raises(FileUnreadableError) as refused:
        decode(raw, "a.txt")
    assert refused.value.reason == reason


def test_line_ends_are_one_and_what_nobody_sees_is_gone() -> None:
    cleaned = clean("一\r\n二\r三\u2028四\u200b五\x07六\u202e七\ue001\u00a0")
    assert cleaned.text == "一\n二\n三\n四五六七\ue001 "
    assert (cleaned.removed, cleaned.private) == (2, 1)


def test_usual_text_takes_a_short_way_that_changes_nothing() -> None:
    for number in range(0x1_0000):
        # What stands beside a character that nobody sees goes the long way.
        short, long = clean(chr(number)), clean(f"{chr(number)}\u200b")
        assert short == long
