"""PDF/A-2u, judged by veraPDF itself, by poppler's list of fonts, and by comparing bytes."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from app.forms.review_sheet import compose_review_sheet
from app.forms.typeface import Fonts
from app.models.paper import PlacedPicture
from tests.forms.specimens import (
    FONTS_FOLDER,
    every_paper,
    full_sheet,
    head,
    picture_block,
    picture_bytes,
    review_paper,
    sheet,
)

ROOT = Path(__file__).parents[2]
VERAPDF = ROOT / "tests" / "pdfa" / "verapdf"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for name, paper in every_paper().items():
        (folder / f"{name}.pdf").write_bytes(paper.data)
    return folder


@pytest.mark.skipif(shutil.which("java") is None, reason="veraPDF needs a JDK")
@pytest.mark.skipif(not Path("/usr/share/java/jaxb-runtime.jar").exists(), reason="veraPDF needs libjaxb-java")
def test_every_paper_is_valid_under_verapdf_and_a_spoiled_one_is_not(written: Path) -> None:
    spoiled = written.parent / "spoiled.pdf"
    spoiled.write_bytes((written / "short.pdf").read_bytes().replace(b"<pdfaid:part>2<", b"<pdfaid:part>1<"))
    papers = sorted(written.glob("*.pdf"))
    done = subprocess.run(
        [VERAPDF, "2u", *papers, spoiled],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHON": sys.executable},
        check=False,
    )
    verdicts = dict(re.findall(r"([^/\n]+)\.pdf \S+ compliant=(true|false)", done.stdout))
    assert verdicts == {**{path.stem: "true" for path in papers}, "spoiled": "false"}, done.stdout + done.stderr
    assert done.returncode == 1


def test_every_font_is_embedded_as_a_subset_with_its_characters(written: Path) -> None:
    for path in written.glob("*.pdf"):
        listed = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        assert listed
        for line in listed:
            assert re.match(r"[A-Z]{6}\+(Noto|BitstreamVera)", line), line
            assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


def test_a_paper_carries_its_name_language_and_time() -> None:
    with pikepdf.open(BytesIO(every_paper()["short"].data)) as pdf:
        assert pdf.pdf_version == "1.7"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo["/Title"]) == "福州市晋安区政务新媒体信息发布审核表 晋示审〔2026〕118号"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261123101500+08'00'"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
            assert metadata["xmp:CreateDate"] == "2026-11-23T10:15:00+08:00"


def test_a_name_full_of_markup_does_not_break_the_metadata() -> None:
    paper = review_paper(head=head(title='<a&b>"]]>\x00\u202e𬭎\ud83d', number="<x>&"))
    with pikepdf.open(BytesIO(paper.data)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == '<a&b>"]]>𬭎\ufffd <x>&'


def test_the_same_input_gives_the_same_bytes_from_new_fonts_and_in_another_process() -> None:
    first = compose_review_sheet(full_sheet(), Fonts(FONTS_FOLDER)).data
    assert compose_review_sheet(full_sheet(), Fonts(FONTS_FOLDER)).data == first
    script = (
        "import hashlib; from tests.forms.specimens import *;"
        "print(hashlib.sha256(compose_review_sheet(full_sheet(), fonts()).data).hexdigest())"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
        "TZ": "America/Lima",
    }
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    assert other.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_another_revision_gives_other_bytes_and_another_id() -> None:
    ids = set()
    for revision in (3, 4):
        paper = compose_review_sheet(sheet(head=head(revision=revision)), Fonts(FONTS_FOLDER))
        with pikepdf.open(BytesIO(paper.data)) as pdf:
            ids.add(bytes(pdf.trailer["/ID"][0]))
    assert len(ids) == 2


def test_a_photograph_is_embedded_as_it_is() -> None:
    data = picture_bytes(640, 400)
    paper = review_paper(body=(picture_block("a"),), pictures={"a": PlacedPicture(data, "图", "")})
    assert data in paper.data
