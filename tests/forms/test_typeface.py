import shutil
from pathlib import Path

import pytest

from app.forms.review_sheet import compose_review_sheet
from app.forms.typeface import BOLD, FANGSONG, SANS, SERIF, Fonts
from tests.forms.specimens import FONTS_FOLDER, RARE, fonts, head, sheet, text_of


def test_each_style_has_the_rare_characters_of_the_national_list() -> None:
    family = fonts().family()
    for face in (family.text, family.label, family.title, family.note):
        assert face.missing(RARE + "〔〕（）《》——……") == ()


def test_signs_the_chinese_fonts_lack_come_from_the_last_font() -> None:
    face = fonts().family().text
    assert face.missing("•–€²©ñ") == ()
    assert face.missing("🔥ع•") == ("🔥", "ع")


def test_without_the_last_font_papers_are_still_set(tmp_path: Path) -> None:
    for name in (SERIF, BOLD, SANS):
        shutil.copy(FONTS_FOLDER / name, tmp_path / name)
    bare = Fonts(tmp_path)
    assert bare.family().text.missing("•") == ("•",)
    assert compose_review_sheet(sheet(summary="• 一"), bare).pages == 1


def test_a_missing_bundled_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="NotoSerifSC"):
        Fonts(tmp_path).family()


def test_a_font_of_the_pc_is_used_when_the_unit_chooses_so(tmp_path: Path) -> None:
    folder = tmp_path / "fonts" / "win"
    folder.mkdir(parents=True)
    # Stands for the PC's 仿宋: bold, so that the difference shows in the names of the fonts.
    shutil.copy(FONTS_FOLDER / BOLD, folder / FANGSONG[0].upper())
    own = Fonts(FONTS_FOLDER, [tmp_path / "fonts", tmp_path / "absent"])
    assert own.family("system").text.first_font != own.family("bundled").text.first_font
    paper = compose_review_sheet(sheet(head=head(fonts="system")), own)
    assert "关于冬季用电用气安全的提示" in text_of(paper)


def test_a_broken_font_of_the_pc_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / FANGSONG[0]).write_bytes(b"OTTO" + bytes(200))
    own = Fonts(FONTS_FOLDER, [tmp_path])
    assert own.family("system").text.first_font == own.family("bundled").text.first_font
