"""The pictures of the body on screen: small views of stored ones, and pasted ones that are not stored yet."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QByteArray, QObject, QSize, Signal
from PySide6.QtGui import QImage

from app.errors import AppError

Run = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[AppError], "bool | None"]], None]
"""Runs a job elsewhere and brings its answer or its `AppError` home."""

SIDE: Final = 720
_MOST_IMAGES: Final = 48


def at_once(job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[AppError], "bool | None"]) -> None:
    """Run a job here and now."""
    try:
        answer = job()
    except AppError as error:
        failed(error)
    else:
        done(answer)


@dataclass(frozen=True)
class ReadyPicture:
    """A pasted picture that can be taken into the body; `view` is a small PNG of it."""

    sha256: str
    name: str
    data: bytes
    view: bytes


class PictureShelf(QObject):
    """Holds small views for drawing, and the bytes of pasted pictures until the draft that names them is saved.

    A pasted picture is stored only with its draft, so that nothing of a classified text ever reaches the disk.
    `preview` makes a small PNG of bytes, `stored` of a stored picture; both raise `FileUnreadableError` and its kin.
    """

    arrived = Signal(str)

    def __init__(
        self,
        preview: Callable[[bytes, int], bytes],
        stored: Callable[[str, int], bytes],
        run: Run = at_once,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._preview, self._stored, self._run = preview, stored, run
        self._images: OrderedDict[str, QImage] = OrderedDict()
        self._sizes: dict[str, QSize] = {}
        self._views: dict[str, bytes] = {}
        self._pending: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._missing: set[str] = set()

    def prepare(self, data: bytes, name: str) -> ReadyPicture:
        """Look at a picture's bytes without keeping them; may be called in any lane."""
        return ReadyPicture(hashlib.sha256(data).hexdigest(), name, data, self._preview(data, SIDE))

    def put(self, ready: ReadyPicture) -> None:
        """Take a picture in; it is kept when the draft is saved."""
        if ready.sha256 not in self._sizes:
            self._pending[ready.sha256] = ready.data
        self._views[ready.sha256] = ready.view
        self._show(ready.sha256, ready.view)

    def knows(self, sha256: str) -> bool:
        """Say whether a picture has been on the shelf."""
        return sha256 in self._sizes or sha256 in self._pending

    def pending(self, wanted: frozenset[str]) -> dict[str, bytes]:
        """Return the pictures that are named but not stored yet."""
        return {digest: data for digest, data in self._pending.items() if digest in wanted}

    def kept(self, digests: frozenset[str]) -> None:
        """Let go of what is stored now."""
        for digest in digests:
            self._pending.pop(digest, None)
            self._views.pop(digest, None)

    def forget(self) -> None:
        """Let go of everything, the pasted bytes first."""
        for shelf in (self._pending, self._views, self._images, self._sizes):
            shelf.clear()
        self._asked.clear()
        self._missing.clear()

    def image(self, sha256: str) -> QImage | None:
        """Return a picture's small view, or None while it is on its way or cannot be had."""
        found = self._images.get(sha256)
        if found is not None:
            self._images.move_to_end(sha256)
            return found
        if sha256 in self._views:
            self._show(sha256, self._views[sha256])
            return self._images[sha256]
        if sha256 not in self._asked and sha256 not in self._missing:
            self._asked.add(sha256)
            self._run(
                lambda: self._stored(sha256, SIDE),
                lambda view: self._show(sha256, view),
                lambda _error: self._is_missing(sha256),
            )
        return self._images.get(sha256)

    def size(self, sha256: str) -> QSize | None:
        """Return the size of a picture's small view once it is known."""
        return self._sizes.get(sha256)

    def missing(self, sha256: str) -> bool:
        """Say whether a stored picture could not be read."""
        return sha256 in self._missing

    def _show(self, sha256: str, view: bytes) -> None:
        self._asked.discard(sha256)
        image = QImage.fromData(QByteArray(view))
        if image.isNull():
            self._is_missing(sha256)
            return
        self._images[sha256] = image
        self._sizes[sha256] = image.size()
        while len(self._images) > _MOST_IMAGES:
            self._images.popitem(last=False)
        self.arrived.emit(sha256)

    def _is_missing(self, sha256: str) -> bool:
        self._asked.discard(sha256)
        self._missing.add(sha256)
        self.arrived.emit(sha256)
        return True
