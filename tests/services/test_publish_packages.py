"""The package as people use it: read back from the folder and from the clipboard's HTML."""

import errno
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from app.errors import (
    NotApprovedError,
    NotEnoughSpaceError,
    RightMissingError,
    TargetExistsError,
    TargetNotWritableError,
)
from app.models.content import Attachment, Block, BlockKind, Content, Form, Picture, Variant, Video
from app.models.draft_list import DraftQuery
from app.models.file_names import safe_name
from tests.services.office import Office
from tests.services.pictures import png


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def rich(office: Office) -> Callable[..., Content]:
    """Return a content for both accounts with these pictures (kind or bytes) and attachments (name and bytes)."""

    def content(*pictures: str, attachments: tuple[tuple[str, bytes], ...] = (), title: str = "停水通知") -> Content:
        services = office.sign_in("林晓")
        keep = services.drafts.keep_file
        blocks = [Block(BlockKind.PARAGRAPH, "请提前储水。")]
        for number, kind in enumerate(pictures, start=1):
            shown = Picture(keep(picture(kind)), f"{number}.{kind}", f"图{number}", "自拍")
            blocks.append(Block(BlockKind.PICTURE, picture=shown))
        first, second = office.account_ids()
        files = tuple(Attachment(keep(data), name, len(data)) for name, data in attachments)
        return replace(
            office.content(title),
            summary="明天上午停水。",
            blocks=tuple(blocks),
            account_ids=(first, second),
            variants=(Variant(second, "停水啦", (Block(BlockKind.PARAGRAPH, "明早停水。"),)),),
            attachments=files,
        )

    return content


def folder_of(office: Office, content: Content, target: Path) -> Path:
    draft = office.approved(content)
    return office.sign_in("陈账").packages.write_folder(draft.id, target)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_each_account_has_a_folder_with_its_own_text(
    office: Office, rich: Callable[..., Content], target: Path
) -> None:
    folder = folder_of(office, rich("JPEG"), target)
    assert names(target) == {folder.name}
    assert "停水通知" in folder.name
    wechat, weibo = folder / "微信公众号“晋安示例”", folder / "微博“晋安示例发布”"
    assert names(wechat) == {"停水通知.docx", "停水通知.txt", "摘要.txt", "01 图1.jpg"}
    assert names(weibo) == {"停水啦.docx", "停水啦.txt", "摘要.txt"}
    words = (wechat / "停水通知.txt").read_bytes().decode("utf-8-sig")
    assert "请提前储水。" in words
    assert "\r\n" in words
    assert [p.text for p in Document(str(weibo / "停水啦.docx")).paragraphs] == ["停水啦", "明早停水。"]
    assert (wechat / "摘要.txt").read_bytes().decode("utf-8-sig") == "明天上午停水。"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_what_every_platform_takes_stays_byte_for_byte(
    office: Office, rich: Callable[..., Content], target: Path, kind: str
) -> None:
    folder = folder_of(office, rich(kind), target)
    [shown] = [path for path in (folder / "微信公众号“晋安示例”").iterdir() if path.name.startswith("01")]
    assert shown.read_bytes() == picture(kind)


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "BMP"])
def test_what_word_or_a_platform_cannot_hold_is_handed_out_in_another_form(
    office: Office, rich: Callable[..., Content], target: Path, kind: str
) -> None:
    draft = office.approved(rich(kind))
    services = office.sign_in("陈账")
    folder = services.packages.write_folder(draft.id, target) / "微信公众号“晋安示例”"
    [shown] = [path for path in folder.iterdir() if path.name.startswith("01")]
    with Image.open(shown) as image:
        assert image.format in {"PNG", "JPEG"}
        assert image.size == (40, 30)
        assert shown.suffix == {"PNG": ".png", "JPEG": ".jpg"}[image.format]
    assert len(Document(str(folder / "停水通知.docx")).inline_shapes) == 1
    html, _text = services.packages.rich_text(draft.id, office.account_ids()[0])
    assert "data:image/png" in html or "data:image/jpeg" in html


def test_two_attachments_of_one_name_are_two_files(office: Office, rich: Callable[..., Content], target: Path) -> None:
    attachments = (
        ("附表.xlsx", b"one"),
        ("附表.xlsx", b"two"),
        ("附表?.XLSX", b"three"),
        ("停水通知.docx", b"four"),
        ("../../etc/passwd", b"five"),
        ("没有后缀", b"six"),
        (".隐藏", b"seven"),
    )
    folder = folder_of(office, rich(attachments=attachments), target) / "微信公众号“晋安示例”"
    kept = {path.read_bytes(): path.name for path in folder.iterdir()}
    assert [kept[data] for _name, data in attachments] == [
        "附表.xlsx",
        "附表（2）.xlsx",
        "附表（3）.XLSX",
        "停水通知（2）.docx",
        "etc passwd",
        "没有后缀",
        "隐藏",
    ]


def test_two_pictures_of_one_caption_are_told_apart_by_their_number(
    office: Office, rich: Callable[..., Content], target: Path
) -> None:
    content = rich("PNG", "JPEG")
    blocks = tuple(
        replace(b, picture=replace(b.picture, caption="现场/一")) if b.picture else b for b in content.blocks
    )
    folder = folder_of(office, replace(content, blocks=blocks), target)
    assert {"01 现场 一.png", "02 现场 一.jpg"} <= names(folder / "微信公众号“晋安示例”")


def test_a_video_brings_its_cover(office: Office, rich: Callable[..., Content], target: Path) -> None:
    content = rich()
    cover = office.services.drafts.keep_file(png(16, 9))
    video = Video("开门.mp4", 1_000_000, "0" * 64, 30, cover)
    folder = folder_of(office, replace(content, form=Form.VIDEO, video=video), target)
    assert (folder / "微信公众号“晋安示例”" / "封面.png").read_bytes() == png(16, 9)


@pytest.mark.parametrize("title", ["CON", "长" * 500, 'a/b\\c:d*e?f"g<h>i|j\nk', "。。。 ...", "<img src=x>"])
def test_any_title_makes_a_folder_that_windows_takes(
    office: Office, rich: Callable[..., Content], target: Path, title: str
) -> None:
    folder = folder_of(office, rich(title=title), target)
    for path in (folder, *folder.rglob("*")):
        assert not set(path.name) & set('\\/:*?"<>|\n')
        assert len(path.name) <= 80
        assert not path.name.endswith((".", " "))
        assert path.name.split(".")[0].upper() != "CON"


def test_a_name_is_never_empty_and_never_a_device() -> None:
    assert safe_name(" .. ") == "未命名"
    assert safe_name("\x00\x1f") == "未命名"
    assert safe_name("com1.txt") == "_com1.txt"
    assert safe_name("a   b") == "a b"


def test_what_lies_there_is_not_overwritten(office: Office, rich: Callable[..., Content], target: Path) -> None:
    folder = folder_of(office, rich(), target)
    (folder / "mine.txt").write_text("mine")
    [draft] = office.services.drafts.page(DraftQuery(), 0, 9)
    with pytest.raises(TargetExistsError):
        office.services.packages.write_folder(draft.id, target)
    assert (folder / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, NotEnoughSpaceError), (errno.EROFS, TargetNotWritableError)]
)
def test_a_drive_that_fails_half_way_keeps_nothing_of_it(
    office: Office,
    rich: Callable[..., Content],
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    error: type[Exception],
) -> None:
    draft = office.approved(rich("PNG"))
    services = office.sign_in("陈账")
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name.startswith("01"):
            raise OSError(number, "no")
        return real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(error):
            services.packages.write_folder(draft.id, target)
    assert names(target) == set()
    name = services.packages.write_folder(draft.id, target).name
    # What a pulled stick left half written does not stand in the way.
    left = target.parent / "other" / f"{name}.part" / "微信公众号“晋安示例”"
    left.mkdir(parents=True)
    (left / "rest.jpg").write_bytes(b"half")
    services.packages.write_folder(draft.id, target.parent / "other")
    assert names(target.parent / "other") == {name}
    assert not list(target.parent.rglob("rest.jpg"))


def test_a_folder_that_is_gone_is_told(office: Office, rich: Callable[..., Content], tmp_path: Path) -> None:
    draft = office.approved(rich())
    with pytest.raises(TargetNotWritableError):
        office.sign_in("陈账").packages.write_folder(draft.id, tmp_path / "no such drive")


def test_only_what_was_approved_goes_out_and_only_by_who_may(
    office: Office, rich: Callable[..., Content], target: Path
) -> None:
    waiting = office.submitted(rich())
    services = office.sign_in("陈账")
    with pytest.raises(NotApprovedError):
        services.packages.write_folder(waiting.id, target)
    approved = office.approved(office.content())
    services = office.sign_in("陈账")
    with pytest.raises(NotApprovedError):
        services.packages.rich_text(approved.id, office.account_ids()[1])
    services = office.sign_in("林晓")
    with pytest.raises(RightMissingError):
        services.packages.rich_text(approved.id, office.account_ids()[0])


def test_what_goes_out_is_the_revision_that_was_approved(
    office: Office, rich: Callable[..., Content], target: Path
) -> None:
    draft = office.approved(rich())
    html, text = office.sign_in("陈账").packages.rich_text(draft.id, office.account_ids()[0])
    assert "请提前储水。" in html
    assert "请提前储水。" in text
