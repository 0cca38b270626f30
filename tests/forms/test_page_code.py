import io

import pytest
from PIL import Image

from app.forms.page_code import bars_text
from app.models.papercode import PaperKind
from tests.forms.specimens import codes_in, every_paper, head, rendered


@pytest.mark.parametrize("name", every_paper())
def test_every_page_is_known_by_its_code(name: str) -> None:
    paper = every_paper()[name]
    for number in range(paper.pages):
        (code,) = codes_in(rendered(paper, number))
        assert (code.page, code.pages) == (number + 1, paper.pages)
        assert code.unit_code == "11350111MB0000000X"
        assert code.subject_id == head().subject_id
        assert (code.audit_seq, code.audit_head) == (20417, head().audit_head)


@pytest.mark.parametrize("name", ["short", "full"])
@pytest.mark.parametrize("angle", [2.5, 90, 187])
def test_a_turned_and_recompressed_copy_is_still_read(name: str, angle: float) -> None:
    paper = every_paper()[name]
    turned = rendered(paper, 0, 200).rotate(angle, expand=True, fillcolor=235, resample=Image.Resampling.BICUBIC)
    copy = io.BytesIO()
    turned.save(copy, "JPEG", quality=35)
    (code,) = codes_in(Image.open(copy))
    assert code.fingerprint == head().fingerprint
    assert code.revision == 3


@pytest.mark.parametrize(
    ("number", "text"),
    [("晋示审〔2026〕118号", "RS-2026-118"), ("", "RS-3F2504E04F8941D39A0C0305E82C3301"), ("无号", "RS-3F2504E0")],
)
def test_the_bars_say_the_number_or_else_the_id(number: str, text: str) -> None:
    assert bars_text(head(number=number)).startswith(text)


def test_the_bars_are_read_back() -> None:
    import zxingcpp

    found = zxingcpp.read_barcodes(
        rendered(every_paper()["short"], 0, 200), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code128)
    )
    assert [code.text for code in found] == ["RS-2026-118"]


def test_each_kind_of_paper_says_so_in_its_code() -> None:
    kinds = {
        name: codes_in(rendered(every_paper()[name], 0))[0].kind for name in ("short", "slip", "cover", "handover")
    }
    assert kinds == {
        "short": PaperKind.REVIEW_SHEET,
        "slip": PaperKind.CODE_SLIP,
        "cover": PaperKind.ARCHIVE_COVER,
        "handover": PaperKind.HANDOVER_SLIP,
    }
