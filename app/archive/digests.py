"""Digests by name, SM3 among them (GB/T 32905), several in one pass."""

import hashlib
import re
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from typing import Protocol

BLOCK = 1 << 20
"""Bytes read at once: large enough that hashing runs outside the interpreter lock."""

DIGEST_LENGTHS = {
    "md5": 32,
    "sha1": 40,
    "sha224": 56,
    "sha256": 64,
    "sha384": 96,
    "sha512": 128,
    "sha3256": 64,
    "sha3512": 128,
    "sm3": 64,
}
"""Hexadecimal digits of each algorithm a manifest may use, by its name in the manifest's file name."""

WEAK = frozenset({"md5", "sha1"})
"""Algorithms for which two contents with one digest have been made."""

_HASHLIB_NAMES = {"sha3256": "sha3_256", "sha3512": "sha3_512"}


class Digest(Protocol):
    """The part of a hashlib object that is used here."""

    def update(self, block: bytes | bytearray | memoryview, /) -> None:
        """Add bytes."""

    def hexdigest(self) -> str:
        """Return the digest of all bytes so far."""
        ...


class _CryptographySm3:
    """SM3 from cryptography, for a Python whose OpenSSL was built without it."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives import hashes

        self._hash = hashes.Hash(hashes.SM3())
        self._done = ""

    def update(self, block: bytes | bytearray | memoryview, /) -> None:
        self._hash.update(bytes(block))

    def hexdigest(self) -> str:
        self._done = self._done or self._hash.finalize().hex()
        return self._done


def normal_name(algorithm: str) -> str:
    """Return an algorithm's name as manifests write it: lower case, letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", algorithm.lower())


def new_digest(algorithm: str) -> Digest:
    """Begin a digest of one of `DIGEST_LENGTHS`."""
    if algorithm not in DIGEST_LENGTHS:
        raise ValueError(algorithm)
    try:
        return hashlib.new(_HASHLIB_NAMES.get(algorithm, algorithm), usedforsecurity=False)
    except ValueError:
        if algorithm != "sm3":
            raise
        return _CryptographySm3()


def digest_of(algorithm: str, content: bytes) -> str:
    """Return the digest of bytes in lower-case hexadecimal."""
    digest = new_digest(algorithm)
    digest.update(content)
    return digest.hexdigest()


class Digests:
    """Several digests over the same blocks; a full block is hashed by two threads at once."""

    def __init__(self, algorithms: Iterable[str], second: Executor | None = None) -> None:
        self._digests = {name: new_digest(name) for name in algorithms}
        self._second = second

    def update(self, block: memoryview) -> None:
        """Add a block; it may be reused as soon as this returns."""
        digests = list(self._digests.values())
        waiting: list[Future[None]] = []
        if self._second is not None and len(digests) > 1 and len(block) >= BLOCK:
            waiting = [self._second.submit(digest.update, block) for digest in digests[1:]]
            digests = digests[:1]
        for digest in digests:
            digest.update(block)
        for future in waiting:
            future.result()

    def results(self) -> dict[str, str]:
        """Return each digest in lower-case hexadecimal."""
        return {name: digest.hexdigest() for name, digest in self._digests.items()}
