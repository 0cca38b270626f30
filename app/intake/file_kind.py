"""What a dropped file is, judged by its content: a name may lie, and often does."""

from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from app.errors import FileUnreadableError
from app.intake.ole_container import OLE_MAGIC, stream_names
from app.intake.outside_file import MEGABYTE, opened
from app.intake.zip_guard import ZipLimits, listed_zip

LARGEST_FILE = 500 * MEGABYTE
LARGEST_OFFICE_FILE = 200 * MEGABYTE


class FileKind(StrEnum):
    """The kinds of file that are told apart."""

    WORD = "word"
    SHEET = "sheet"
    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"
    OLD_WORD = "old_word"
    OLD_EXCEL = "old_excel"
    WPS = "wps"
    ENCRYPTED = "encrypted"
    HEIC = "heic"
    RTF = "rtf"
    MARKUP = "markup"
    """HTML or a mail: text for a program, not for a reader."""
    OTHER = "other"


REFUSALS = {
    FileKind.OLD_WORD: "old_word",
    FileKind.RTF: "rtf",
    FileKind.OLD_EXCEL: "old_excel",
    FileKind.WPS: "wps",
    FileKind.ENCRYPTED: "encrypted",
    FileKind.HEIC: "heic",
}
"""Kinds nobody here can read, with the reason that tells a person what to do."""

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<?mso", b"<meta", b"<head", b"mime-version:")
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"}


def kind_of(path: Path) -> FileKind:
    """Tell what a file is by its first bytes and, for containers, by what lies in it.

    Raises `FileUnreadableError` as `opened` does, and `broken`, `bomb` or `encrypted` for a container.
    """
    with opened(path, LARGEST_FILE) as file:
        head = file.read(4096)
        if head.startswith(OLE_MAGIC):
            return _ole_kind(file, path)
        if head.startswith(b"PK\x03\x04"):
            return _zip_kind(file, path)
        return _plain_kind(head)


def refuse(path: Path, kind: FileKind, otherwise: str) -> FileUnreadableError:
    """Build the refusal of a kind that the caller cannot read; `otherwise` is the reason that names what it reads."""
    return FileUnreadableError(path.name, REFUSALS.get(kind, otherwise))


def _plain_kind(head: bytes) -> FileKind:
    if b"%PDF-" in head[:1024]:
        return FileKind.PDF
    # Two letters are few: a text may begin with BM as well, but has no zeros behind them.
    bitmap = head.startswith(b"BM") and head[6:10] == bytes(4)
    if bitmap or head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return FileKind.PICTURE
    if head[4:8] == b"ftyp":
        return FileKind.HEIC if head[8:12] in _HEIC_BRANDS else FileKind.OTHER
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        return FileKind.RTF
    if start.startswith(_MARKUP):
        return FileKind.MARKUP
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileKind.TEXT
    return FileKind.OTHER if b"\x00" in head else FileKind.TEXT


def _ole_kind(file: BinaryIO, path: Path) -> FileKind:
    try:
        names = stream_names(file)
    except ValueError as failed:
        raise FileUnreadableError(path.name, "broken") from failed
    if "EncryptedPackage" in names:
        return FileKind.ENCRYPTED
    if "WordDocument" in names:
        # WPS Writer's own format is laid out like Word's; only the name tells which program to ask for.
        return FileKind.WPS if path.suffix.lower() in {".wps", ".wpt"} else FileKind.OLD_WORD
    if names & {"Workbook", "Book"}:
        return FileKind.OLD_EXCEL
    return FileKind.WPS if names & {"MatOST", "CONTENTS", "WpsCustomData"} else FileKind.OTHER


def _zip_kind(file: BinaryIO, path: Path) -> FileKind:
    file.seek(0, 2)
    if file.tell() > LARGEST_OFFICE_FILE:
        raise FileUnreadableError(path.name, "too_large")
    folders = {name.partition("/")[0] for name in listed_zip(file, path.name, ZipLimits()).namelist()}
    if "word" in folders:
        return FileKind.WORD
    return FileKind.SHEET if "xl" in folders else FileKind.OTHER
