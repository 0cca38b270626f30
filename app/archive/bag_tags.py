"""Reading the tag files of any bag: declaration, bag-info, manifests, fetch list (RFC 8493, drafts 0.93 to 0.97)."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.archive.digests import DIGEST_LENGTHS
from app.models.archive_package import BagProblem, ProblemKind

LARGEST_TAG_FILE = 64 << 20
"""Bytes of a tag file that are read at most (half a million manifest lines)."""

VERSIONS = ((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0))

OWN_LABEL = "xianshen-month"
"""What bag-info.txt of every month's archive says, in small letters as labels are compared."""

_TEXT_ENCODINGS = re.compile(
    r"utf-8|utf-8-sig|utf-16(-[bl]e)?|utf-32(-[bl]e)?|ascii|iso8859-\d+|cp\d+|gb18030|gbk|gb2312|big5|big5hkscs"
    r"|shift_jis|euc_jp|euc_kr|koi8-[ru]|mac-roman"
)
_LINE_END = re.compile(r"\r\n|\n|\r")
_MANIFEST_LINE = re.compile(r"([^ \t]+)[ \t]+(.+)", re.DOTALL)
_FETCH_LINE = re.compile(r"(\S+)[ \t]+(\d{1,20}|-)[ \t]+(.+)", re.DOTALL)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Declaration:
    """What bagit.txt says; the rules of 1.0 and UTF-8 stand in where it says nothing usable."""

    version: tuple[int, int] = (1, 0)
    version_text: str = ""
    encoding: str = "utf-8"

    @property
    def info_name(self) -> str:
        """The name of the file of free statements in this version."""
        return "package-info.txt" if self.version <= (0, 95) else "bag-info.txt"


@dataclass(frozen=True)
class Manifest:
    """One manifest: the digest of each listed path, as written (`algorithm` empty when unknown)."""

    name: str
    algorithm: str
    entries: dict[str, str] = field(default_factory=dict)


def read_declaration(content: bytes) -> tuple[Declaration, list[BagProblem]]:
    """Read bagit.txt: always UTF-8, never a byte order mark; in 1.0 exactly two lines."""
    name, problems = "bagit.txt", list[BagProblem]()

    def bad(fact: str, *, warning: bool = False) -> None:
        problems.append(BagProblem(ProblemKind.BAD_DECLARATION, name, fact, warning))

    if content.startswith(_BOMS):
        bad("byte order mark")
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    lines = _LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    first = re.fullmatch(r"BagIt-Version: *(\d{1,4})\.(\d{1,4})", lines[0]) if lines else None
    second = re.fullmatch(r"Tag-File-Character-Encoding: *([A-Za-z0-9._:+-]{1,40})", lines[1]) if lines[1:] else None
    version, version_text, encoding = (1, 0), "", "utf-8"
    if first is None:
        bad("version line")
    else:
        version, version_text = (int(first[1]), int(first[2])), f"{first[1]}.{first[2]}"
        if version not in VERSIONS:
            bad(f"version {version_text}")
            version = (1, 0)
    if second is None:
        bad("encoding line")
    elif (known := text_encoding(second[1])) is None:
        bad(f"encoding {second[1]}")
    else:
        encoding = known
    if len(lines) > 2:
        bad("more lines", warning=version < (1, 0))
    if version == (1, 0) and any(re.search(r":(?! \S)", line) for line in lines[:2]):
        bad("blanks")
    return Declaration(version, version_text, encoding), problems


def text_encoding(name: str) -> str | None:
    """Return Python's name of an encoding that only turns bytes to text, or None."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return known if _TEXT_ENCODINGS.fullmatch(known) else None


def read_text(name: str, content: bytes, encoding: str, problems: list[BagProblem]) -> str:
    """Decode a tag file; what is wrong with its encoding is noted and its bad characters become U+FFFD."""
    kind = ProblemKind.BAD_MANIFEST if "manifest-" in name or name == "fetch.txt" else ProblemKind.BAD_DECLARATION
    try:
        text = content.decode(encoding)
    except (UnicodeError, ValueError):
        problems.append(BagProblem(kind, name, f"not {encoding}"))
        text = content.decode(encoding, "replace")
    if text.startswith("\ufeff"):
        problems.append(BagProblem(kind, name, "byte order mark", warning=True))
        text = text[1:]
    return text


def read_manifest(
    name: str, algorithm: str, text: str, version: tuple[int, int], problems: list[BagProblem]
) -> Manifest:
    """Read a manifest's lines; each bad or repeated one is noted with its number or path."""
    entries: dict[str, str] = {}
    length = DIGEST_LENGTHS.get(algorithm, 0)
    cases: set[bool] = set()
    for number, line in _lines(text):
        match = _MANIFEST_LINE.fullmatch(line)
        if match is None or "\ufffd" in line or "\0" in line or not _is_digest(match[1], length):
            problems.append(BagProblem(ProblemKind.BAD_MANIFEST, name, f"line {number}"))
            continue
        digest, path = match[1], match[2]
        # md5sum marks a file read as binary so; drafts up to 0.97 took its lists as they were.
        path = path.removeprefix("*")
        if digest.upper() != digest.lower():
            cases.add(digest == digest.lower())
        if path in entries:
            same = entries[path].lower() == digest.lower()
            if same and version < (1, 0):
                problems.append(BagProblem(ProblemKind.REPEATED_LINE, name, path, warning=True))
            else:
                problems.append(BagProblem(ProblemKind.REPEATED_ENTRY, path, name))
            if same:
                continue
        entries.setdefault(path, digest)
    if len(cases) > 1:
        # Allowed, but no program writes both: a sign of damage that no digest would show.
        problems.append(BagProblem(ProblemKind.BAD_MANIFEST, name, "mixed case", warning=True))
    return Manifest(name, algorithm if length else "", entries)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip(" \t"):
            yield number, line


def _is_digest(text: str, length: int) -> bool:
    return len(text) in (length or len(text),) and re.fullmatch(r"[0-9a-fA-F]+", text) is not None


def read_fetch(text: str, problems: list[BagProblem]) -> tuple[str, ...]:
    """Return the paths that fetch.txt promises."""
    paths: list[str] = []
    for number, line in _lines(text):
        match = _FETCH_LINE.fullmatch(line)
        if match is None or "\0" in line:
            problems.append(BagProblem(ProblemKind.BAD_MANIFEST, "fetch.txt", f"line {number}"))
        else:
            paths.append(match[3])
    return tuple(paths)


def read_oxum(name: str, text: str, problems: list[BagProblem]) -> tuple[int, int] | None:
    """Return (bytes, files) of Payload-Oxum in bag-info.txt, noting lines that are not `Label: value`."""
    values: list[str] = []
    label = ""
    for _number, line in _lines(text):
        if line[0] in " \t":
            if label == "payload-oxum":
                values[-1] += line.strip()
            continue
        label, mark, value = line.partition(":")
        label = label.strip().lower()
        if not mark or not label:
            problems.append(BagProblem(ProblemKind.BAD_DECLARATION, name, "line without a label"))
        elif label == "payload-oxum":
            values.append(value.strip())
    if len(values) > 1:
        problems.append(BagProblem(ProblemKind.REPEATED_LINE, name, "Payload-Oxum", warning=True))
    if not values:
        return None
    match = re.fullmatch(r"(\d{1,20})\.(\d{1,20})", values[0], re.ASCII)
    if match is None:
        problems.append(BagProblem(ProblemKind.BAD_SUM, name, "Payload-Oxum"))
        return None
    return int(match[1]), int(match[2])


def read_info(text: str) -> tuple[tuple[str, str], ...]:
    """Return the statements of bag-info.txt as they are written, one that goes on in the next line as one."""
    found: list[tuple[str, str]] = []
    for _number, line in _lines(text):
        label, mark, value = line.partition(":")
        if line[0] in " \t" and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif mark:
            found.append((label.strip(), value.strip()))
    return tuple(found)


def is_own_bag(text: str) -> bool:
    """Say whether bag-info.txt is that of a month's archive which this program wrote."""
    labels = (line.partition(":")[0].strip().lower() for _number, line in _lines(text) if line[0] not in " \t")
    return OWN_LABEL in labels
