"""The tag files of a bag as RFC 8493 wants them written: declaration, bag-info, manifests."""

import re
from collections.abc import Iterable, Mapping

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHMS = ("sha256", "sm3")

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def bag_info(lines: Iterable[tuple[str, str]], payload_bytes: int, payload_files: int) -> bytes:
    """Write bag-info.txt: the given lines in their order, then Payload-Oxum as counted."""
    written: list[str] = []
    for label, value in lines:
        if _LABEL.fullmatch(label) is None:
            raise ValueError(label)
        if label.lower() == "payload-oxum":
            continue
        # A value stays on its line: a line break inside it would begin a new entry.
        flat = " ".join(value.encode("utf-8", "replace").decode("utf-8").split())
        written.append(f"{label}: {flat}".rstrip())
    written.append(f"Payload-Oxum: {payload_bytes}.{payload_files}")
    return ("\n".join(written) + "\n").encode("utf-8")


def manifest(digests: Mapping[str, str]) -> bytes:
    """Write a manifest as `sha256sum -c` reads it, sorted by path; paths are those of the bag."""
    return "".join(f"{digests[path]}  {encoded(path)}\n" for path in sorted(digests)).encode("utf-8")


def encoded(path: str) -> str:
    """Return a path as a manifest line carries it (RFC 8493 section 2.1.3: percent, CR and LF only)."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
