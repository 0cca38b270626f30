"""Verifying any bag by RFC 8493, with every problem named by its file; nothing in the bag is changed."""

import os
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.archive.bag_listing import FoundFile, Listing, is_system_file, list_bag, shown_path
from app.archive.bag_paths import PathFinder, clashes
from app.archive.bag_tags import (
    LARGEST_TAG_FILE,
    Declaration,
    Manifest,
    is_own_bag,
    read_declaration,
    read_fetch,
    read_info,
    read_manifest,
    read_oxum,
    read_text,
)
from app.archive.digests import DIGEST_LENGTHS, WEAK, Digests, digest_of, normal_name
from app.archive.durable_files import open_to_read, read_digests
from app.archive.paced_work import Pace, Tick
from app.errors import DriveRemovedError, NotABagError
from app.models.archive_package import BagProblem, BagReport, ProblemKind, ProgressReport

VERIFYING = "verify"

_MANIFEST_NAME = re.compile(r"(tag)?manifest-([^/]+)\.txt")


def verify_bag(folder: Path, report: ProgressReport | None = None) -> BagReport:
    """Verify a bag of version 0.93 to 0.97 or 1.0: complete, and every digest of every manifest right.

    Raises `NotABagError` for a folder that is none, `DriveRemovedError` when it vanishes meanwhile, and
    what the report raises. Progress counts the bytes of the files that lists name (stage `verify`).
    """
    if not folder.is_dir():
        raise NotABagError
    listing = list_bag(folder, lambda: None)
    if "bagit.txt" not in listing.files and not any(_MANIFEST_NAME.fullmatch(path) for path in listing.files):
        raise NotABagError
    found = _Verification(listing).run(report)
    if not folder.is_dir():
        raise DriveRemovedError
    return BagReport(
        folder=folder,
        version=found.declaration.version_text,
        algorithms=tuple(sorted({m.algorithm for m in found.manifests if m.algorithm})),
        files=len(found.payload),
        size=sum(file.size for file in found.payload.values()),
        problems=tuple(sorted(dict.fromkeys(found.problems), key=lambda p: (p.warning, p.file, p.kind, p.fact))),
        info=found.info,
        list_digests=tuple(found.list_digests),
    )


class _Verification:
    """One run over one bag; `problems` grows as it goes."""

    def __init__(self, listing: Listing) -> None:
        self._files = listing.files
        self.problems = list(listing.problems)
        self.payload = {path: file for path, file in listing.files.items() if path.startswith("data/")}
        self.declaration = Declaration()
        self.manifests: list[Manifest] = []
        self.info: tuple[tuple[str, str], ...] = ()
        self.list_digests: list[tuple[str, str]] = []
        self._tag_manifests: list[Manifest] = []
        self._listed: list[set[str]] = []
        if not listing.has_payload_folder:
            self._note(ProblemKind.NO_PAYLOAD, "data")

    def run(self, report: ProgressReport | None) -> "_Verification":
        self._declare()
        finder = PathFinder(self._files, self.declaration.version)
        self._load_manifests()
        promised = self._fetch(finder)
        expected = self._expected(finder, promised)
        self._unlisted()
        self._sum()
        self._names(expected)
        self._digests(expected, report)
        return self

    def _note(self, kind: ProblemKind, file: str, fact: str = "", *, warning: bool = False) -> None:
        self.problems.append(BagProblem(kind, shown_path(file), shown_path(fact), warning))

    def _read(self, name: str, limit: int = LARGEST_TAG_FILE) -> bytes | None:
        file = self._files.get(name)
        if file is None:
            return None
        if file.size > limit:
            self._note(ProblemKind.UNREADABLE, name, "too large")
            return None
        try:
            with os.fdopen(open_to_read(file.path), "rb") as opened:
                return opened.read(limit)
        except OSError as refused:
            self._note(ProblemKind.UNREADABLE, name, str(refused.strerror))
            return None

    def _declare(self) -> None:
        if "bagit.txt" not in self._files:
            self._note(ProblemKind.MISSING, "bagit.txt")
            return
        content = self._read("bagit.txt", 1 << 16)
        if content is not None:
            self.declaration, problems = read_declaration(content)
            self.problems += problems

    def _load_manifests(self) -> None:
        for name in sorted(self._files):
            match = _MANIFEST_NAME.fullmatch(name)
            if match is None:
                continue
            algorithm = normal_name(match[2])
            content = self._read(name)
            if content is None:
                continue
            if algorithm not in DIGEST_LENGTHS:
                self._note(ProblemKind.UNKNOWN_ALGORITHM, name, match[2], warning=True)
            elif not match[1]:
                self.list_digests.append((algorithm, digest_of(algorithm, content)))
            text = read_text(name, content, self.declaration.encoding, self.problems)
            manifest = read_manifest(name, algorithm, text, self.declaration.version, self.problems)
            (self._tag_manifests if match[1] else self.manifests).append(manifest)
        if not any(manifest.algorithm for manifest in self.manifests):
            self._note(ProblemKind.NO_MANIFEST, "manifest-sha256.txt" if not self.manifests else self.manifests[0].name)

    def _fetch(self, finder: PathFinder) -> frozenset[str]:
        content = self._read("fetch.txt")
        if content is None:
            return frozenset()
        text = read_text("fetch.txt", content, self.declaration.encoding, self.problems)
        found = (finder.find(path, "fetch.txt", self.problems) for path in read_fetch(text, self.problems))
        promised = frozenset(path for path in found if path is not None)
        for path in sorted(promised - self._files.keys()):
            self._note(ProblemKind.FETCH_UNFULFILLED, path)
        return promised

    def _expected(self, finder: PathFinder, promised: frozenset[str]) -> dict[str, list[tuple[Manifest, str]]]:
        """Return for each file on disk which manifest gives which digest; note files that are missing."""
        expected: dict[str, list[tuple[Manifest, str]]] = {}
        for number, manifest in enumerate((*self.manifests, *self._tag_manifests)):
            paths: set[str] = set()
            for written, digest in manifest.entries.items():
                path = finder.find(written, manifest.name, self.problems)
                if path is None:
                    continue
                if path in paths:
                    self._note(ProblemKind.REPEATED_ENTRY, path, manifest.name, warning=True)
                paths.add(path)
                self._belongs(manifest, path, tag=number >= len(self.manifests))
                if path in self._files:
                    expected.setdefault(path, []).append((manifest, digest))
                elif path not in promised:
                    self._note(ProblemKind.MISSING, path)
            self._listed.append(paths)
        self._lonely(promised)
        for path in sorted(promised):
            if not any(path in paths for paths in self._listed[: len(self.manifests)]):
                self._note(ProblemKind.BAD_MANIFEST, "fetch.txt", path)
        return expected

    def _lonely(self, promised: frozenset[str]) -> None:
        """Point at a list that alone names a file nobody has: its line is as likely damaged as the file gone."""
        count = len(self.manifests)
        for lists in (slice(None, count), slice(count, None)):
            manifests, listed = (*self.manifests, *self._tag_manifests)[lists], self._listed[lists]
            for number, manifest in enumerate(manifests):
                others = [paths for other, paths in enumerate(listed) if other != number]
                for path in sorted(listed[number] - self._files.keys() - promised):
                    if others and not any(path in paths for paths in others):
                        self._note(ProblemKind.BAD_MANIFEST, manifest.name, path, warning=True)

    def _belongs(self, manifest: Manifest, path: str, *, tag: bool) -> None:
        payload = path.startswith("data/")
        if not tag and not payload:
            self._note(ProblemKind.BAD_MANIFEST, manifest.name, path)
        if tag and (payload or path.startswith("tagmanifest-")):
            self._note(ProblemKind.BAD_MANIFEST, manifest.name, path, warning=True)

    def _unlisted(self) -> None:
        """Note payload that lists leave out: up to 0.97 one list had to name it, from 1.0 each."""
        lists = list(zip(self.manifests, self._listed, strict=False))
        for path in self.payload:
            without = [manifest.name for manifest, paths in lists if path not in paths]
            if without and (self.declaration.version >= (1, 0) or len(without) == len(lists)):
                self._note(ProblemKind.UNLISTED, path, "system file" if is_system_file(path) else ", ".join(without))
        tag_lists = self._listed[len(self.manifests) :]
        own = {manifest.name for manifest in self._tag_manifests}
        for path in sorted(self._files.keys() - self.payload.keys() - own) if tag_lists else ():
            if not is_system_file(path) and not any(path in paths for paths in tag_lists):
                self._note(ProblemKind.UNLISTED, path, "tag file", warning=True)
        algorithms = {manifest.algorithm for manifest in self._tag_manifests}
        for manifest in self.manifests if algorithms else ():
            if manifest.algorithm and manifest.algorithm not in algorithms:
                self._note(ProblemKind.MISSING, f"tag{manifest.name}", warning=True)

    def _sum(self) -> None:
        name = self.declaration.info_name
        content = self._read(name)
        if content is None:
            return
        text = read_text(name, content, self.declaration.encoding, self.problems)
        if is_own_bag(text) and not self._tag_manifests:
            # RFC 8493 leaves them to whoever writes a bag, and this program always writes them.
            self._note(ProblemKind.NO_TAG_MANIFEST, "tagmanifest-sha256.txt")
        self.info = read_info(text)
        oxum = read_oxum(name, text, self.problems)
        size = sum(file.size for file in self.payload.values())
        if oxum is not None and oxum != (size, len(self.payload)):
            self._note(ProblemKind.BAD_SUM, name, f"{oxum[0]}.{oxum[1]} / {size}.{len(self.payload)}")

    def _names(self, expected: Mapping[str, object]) -> None:
        self.problems += clashes((*self._files, *(path for paths in self._listed for path in paths)))
        for path in self._files:
            if is_system_file(path) and (path in expected or path not in self.payload):
                self._note(ProblemKind.SYSTEM_FILE, path, warning=True)

    def _digests(self, expected: Mapping[str, Sequence[tuple[Manifest, str]]], report: ProgressReport | None) -> None:
        jobs = [(path, self._files[path], self._algorithms(expected[path])) for path in sorted(expected)]
        pace = Pace(sum(file.size for _, file, _ in jobs), report)
        with ThreadPoolExecutor(2, thread_name_prefix="archive-second") as second:

            def one(job: tuple[str, FoundFile, tuple[str, ...]], tick: Tick) -> dict[str, str] | str:
                return _hash(job[1], job[2], second, tick)

            results = pace.run(VERIFYING, jobs, one)
        for (path, _file, _algorithms), found in zip(jobs, results, strict=True):
            if isinstance(found, str):
                self._note(ProblemKind.UNREADABLE, path, found)
            else:
                self._compare(path, expected[path], found)

    @staticmethod
    def _algorithms(lists: Sequence[tuple[Manifest, str]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(manifest.algorithm for manifest, _ in lists if manifest.algorithm))

    def _compare(self, path: str, lists: Sequence[tuple[Manifest, str]], found: Mapping[str, str]) -> None:
        checked: list[tuple[Manifest, bool]] = []
        for manifest, digest in lists:
            right = manifest.algorithm != "" and digest.lower() == found[manifest.algorithm]
            if not right and digest.lower() in found.values():
                # A list that gives the digest of another algorithm was exchanged for that one's.
                self._note(ProblemKind.ALTERED, manifest.name, path)
            elif manifest.algorithm:
                checked.append((manifest, right))
        wrong = [manifest for manifest, right in checked if not right]
        if not wrong:
            return
        if any(right and manifest.algorithm not in WEAK for manifest, right in checked):
            # Another strong digest proves the file; the list that disagrees is the damaged one.
            for manifest in wrong:
                self._note(ProblemKind.ALTERED, manifest.name, path)
        else:
            self._note(ProblemKind.ALTERED, path, ", ".join(manifest.algorithm for manifest in wrong))


def _hash(file: FoundFile, algorithms: tuple[str, ...], second: ThreadPoolExecutor, tick: Tick) -> dict[str, str] | str:
    """Return the digests of a file, or why it cannot be read."""
    digests = Digests(algorithms, second)
    try:
        fd = open_to_read(file.path)
        try:
            read_digests(fd, digests, tick)
        finally:
            os.close(fd)
    except OSError as refused:
        return os.strerror(refused.errno) if refused.errno else type(refused).__name__
    return digests.results()
