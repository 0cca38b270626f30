import pytest

from app.errors import FileUnreadableError
from app.intake.xml_guard import check_xml


def test_the_elements_of_a_part_are_counted_without_their_namespace() -> None:
    counts = check_xml(b'<w:a xmlns:w="x"><w:b/><w:b/></w:a>', "a.docx")
    assert counts == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "rigged"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "rigged"),
        (b"<a>" * 161 + b"</a>" * 161, "rigged"),
        (b"<a>" + b"<b/>" * 50 + b"</a>", "too_large"),
        (b"<a><b></a>", "broken"),
        (b"", "broken"),
        (b'<?xml version="1.0" encoding="UTF-0"?><a/>', "broken"),
        (b"<a>\xff\xfe</a>", "broken"),
    ],
)
def test_what_would_do_harm_is_refused_before_a_tree_is_built(part: bytes, reason: str) -> None:
    with pytest.raises(FileUnreadableError) as refused:
        check_xml(part, "a.docx", most_elements=200 if reason != "too_large" else 20)
    assert refused.value.reason == reason
