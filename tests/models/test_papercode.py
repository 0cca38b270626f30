"""What the QR of a page says: written and read back exactly, everything else refused with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import PaperCodeError
from app.models.papercode import PaperCode, PaperKind, grouped

CODE = PaperCode(
    unit_code="11350111003616999X",
    kind=PaperKind.REVIEW_SHEET,
    subject_id="0b5e8f1c-7d3a-4c55-9a01-2b6f0d9e4711",
    revision=2,
    page=1,
    pages=3,
    fingerprint="0123456789abcdef" * 4,
    audit_seq=4711,
    audit_head="f" * 64,
)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def codes(draw: st.DrawFn) -> PaperCode:
    pages = draw(st.integers(1, 9_999))
    return PaperCode(
        unit_code=draw(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=1, max_size=18)),
        kind=draw(st.sampled_from(PaperKind)),
        subject_id=str(draw(st.uuids())),
        revision=draw(st.integers(0, 99_999)),
        page=draw(st.integers(1, pages)),
        pages=pages,
        fingerprint=draw(digests),
        audit_seq=draw(st.integers(0, 999_999_999_999)),
        audit_head=draw(digests),
    )


def reason_of(text: str) -> str:
    with pytest.raises(PaperCodeError) as refused:
        PaperCode.parse(text)
    return refused.value.reason


@given(codes())
def test_a_code_is_read_back_exactly(code: PaperCode) -> None:
    assert PaperCode.parse(code.text()) == code


@given(codes())
def test_a_code_uses_only_the_alphanumeric_mode_of_qr(code: PaperCode) -> None:
    assert set(code.text()) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert len(code.text()) <= 217


@given(codes(), st.data())
def test_a_code_cut_short_is_never_read_as_another(code: PaperCode, data: st.DataObject) -> None:
    text = code.text()
    cut = data.draw(st.integers(0, len(text) - 1))
    assert reason_of(text[:cut]) in {"damaged", "foreign"}


@given(st.text(max_size=60))
def test_any_other_text_is_refused_and_never_crashes(text: str) -> None:
    assert reason_of(text) in {"foreign", "damaged", "newer"}


def test_a_code_from_elsewhere_is_foreign() -> None:
    assert reason_of("https://example.com/pay?to=1") == "foreign"
    assert reason_of("") == "foreign"


def test_a_later_format_or_an_unknown_kind_of_paper_is_newer() -> None:
    assert reason_of("XS2:ANYTHING") == "newer"
    assert reason_of("  XS12:ANYTHING") == "newer"
    assert reason_of(CODE.text().replace(":RS:", ":ZZ:")) == "newer"


def test_a_page_that_the_paper_does_not_have_is_damaged_and_cannot_be_written() -> None:
    for page in (0, 4):
        assert reason_of(CODE.text().replace(":2:1:3:", f":2:{page}:3:")) == "damaged"


@pytest.mark.parametrize(
    "change",
    [
        {"unit_code": "单位"},
        {"unit_code": "lower"},
        {"unit_code": ""},
        {"unit_code": "X" * 19},
        {"subject_id": "not-a-uuid"},
        {"subject_id": ""},
        {"revision": -1},
        {"revision": 100_000},
        {"page": 0},
        {"page": 4},
        {"fingerprint": "ab"},
        {"fingerprint": "g" * 64},
        {"audit_head": ""},
        {"audit_seq": -1},
    ],
)
def test_what_papers_cannot_carry_is_refused_before_it_is_printed(change: dict[str, object]) -> None:
    fields = {**CODE.__dict__, **change}
    with pytest.raises(PaperCodeError) as refused:
        PaperCode(**fields).text()
    assert refused.value.reason == "unwritable"


def test_a_digest_is_printed_in_groups_of_four_capitals() -> None:
    assert grouped("0123456789abcdef" * 4, 16) == "0123 4567 89AB CDEF"
    assert len(grouped("f" * 64)) == 39
    assert grouped("") == ""
