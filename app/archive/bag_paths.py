"""Paths that a bag's lists name: which are refused, and which file on disk is meant."""

import os
import re
import unicodedata
from collections.abc import Iterable

from app.archive.bag_listing import shown_path
from app.archive.member_names import refused_on_windows, same_name_key
from app.models.archive_package import BagProblem, ProblemKind

_PERCENT = re.compile(r"%(0[AaDd]|25)")


def unsafe_reason(path: str, *, windows: bool = os.name == "nt") -> str:
    """Say why a listed path may not be opened, or nothing (RFC 8493 section 5.1)."""
    if path.startswith(("/", "~")):
        return "absolute" if path[0] == "/" else "home"
    if re.match(r"[A-Za-z]:", path):
        return "drive"
    if "\\" in path:
        return "backslash"
    parts = path.split("/")
    if ".." in parts:
        return "parent"
    if windows and any(refused_on_windows(part) for part in parts if part not in {"", "."}):
        return "windows name"
    return ""


def plain_path(path: str) -> str:
    """Return a path without `.` and empty parts."""
    return "/".join(part for part in path.split("/") if part not in {"", "."})


class PathFinder:
    """Finds the file that a listed path means, by the rules of the bag's version."""

    def __init__(self, on_disk: Iterable[str], version: tuple[int, int]) -> None:
        self._on_disk = set(on_disk)
        self._version = version
        self._by_form: dict[str, str] = {}
        for path in self._on_disk:
            self._by_form.setdefault(unicodedata.normalize("NFC", path), path)

    def find(self, listed: str, manifest: str, problems: list[BagProblem]) -> str | None:
        """Return the path of the bag that a list means, noting what is odd; None when it is refused.

        The returned path may be missing on disk. Up to 0.97 only %0A and %0D are decoded, from 1.0 %25 too.
        """
        decoded = self._decode(listed, manifest, problems)
        reason = unsafe_reason(decoded) or unsafe_reason(listed)
        if reason or not plain_path(decoded):
            problems.append(BagProblem(ProblemKind.UNSAFE_PATH, shown_path(listed), reason or "empty"))
            return None
        path = plain_path(decoded)
        if path != decoded:
            problems.append(BagProblem(ProblemKind.DOT_PATH, shown_path(listed), manifest, warning=True))
        if path in self._on_disk:
            return path
        other = self._by_form.get(unicodedata.normalize("NFC", path))
        if other is not None:
            problems.append(BagProblem(ProblemKind.NFC_CLASH, shown_path(other), manifest, warning=True))
            return other
        return path

    def _decode(self, listed: str, manifest: str, problems: list[BagProblem]) -> str:
        if "%" not in listed:
            return listed
        newest = self._version >= (1, 0)

        def one(match: re.Match[str]) -> str:
            character = chr(int(match[1], 16))
            return match[0] if character == "%" and not newest else character

        decoded = _PERCENT.sub(one, listed)
        rest = _PERCENT.sub("", listed)
        if decoded not in self._on_disk and listed in self._on_disk:
            decoded, rest = listed, "%"
        if newest and "%" in rest:
            # Several programs leave the percent sign as it is; what they mean is clear.
            problems.append(BagProblem(ProblemKind.BAD_MANIFEST, manifest, "percent sign", warning=True))
        return decoded


def clashes(paths: Iterable[str]) -> list[BagProblem]:
    """Warn of names that some file system takes for one."""
    groups: dict[str, list[str]] = {}
    for path in sorted(set(paths)):
        groups.setdefault(same_name_key(path), []).append(path)
    found: list[BagProblem] = []
    for group in groups.values():
        for path in group[1:]:
            forms = {unicodedata.normalize("NFC", other) for other in (path, group[0])}
            kind = ProblemKind.NFC_CLASH if len(forms) == 1 else ProblemKind.CASE_CLASH
            found.append(BagProblem(kind, shown_path(path), shown_path(group[0]), warning=True))
    return found
