"""The parts of a .docx (ECMA-376, transitional and strict), each checked before it is parsed."""

import posixpath
from typing import BinaryIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from app.errors import FileUnreadableError
from app.intake.xml_guard import check_xml
from app.intake.zip_guard import checked_zip

_LARGEST_PART = 48 * 1024 * 1024


def local(tag: object) -> str:
    """Return the name of an element or attribute without its namespace (two are in use for Word)."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if local(key) == name), None)


def child(element: Element | None, *names: str) -> Element | None:
    """Follow first children by local name, one step a name."""
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if local(found.tag) == name), None)
    return element


def switched_on(element: Element | None) -> bool:
    """Read an on/off property: present means on unless it says otherwise."""
    return element is not None and (attribute(element, "val") or "on").lower() not in {"0", "false", "off", "none"}


class WordPackage:
    """A .docx opened for reading: trees of its parts, bytes of its pictures."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        """Check the zip; raises `FileUnreadableError` as `checked_zip`, or `broken` without a main part."""
        self._name = name
        self._zip: ZipFile = checked_zip(file, name)
        self._names = {entry.casefold(): entry for entry in self._zip.namelist()}
        self.main = self._main_part()

    def tree(self, part: str) -> Element | None:
        """Return the tree of a part, or None when there is none."""
        entry = self._names.get(part.casefold())
        if entry is None:
            return None
        if self._zip.getinfo(entry).file_size > _LARGEST_PART:
            raise FileUnreadableError(self._name, "too_large")
        raw = self._zip.read(entry)
        check_xml(raw, self._name)
        tree: Element = fromstring(raw, forbid_dtd=True)
        return tree

    def read(self, part: str) -> bytes | None:
        """Return the bytes of a part, or None when there is none."""
        entry = self._names.get(part.casefold())
        return None if entry is None else self._zip.read(entry)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id -> (type, part) of what a part refers to inside the file; links outward have no part."""
        folder, _, base = part.rpartition("/")
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if tree is None else tree:
            target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
            inside = "" if relation.get("TargetMode") == "External" else _joined(folder, target)
            found[relation.get("Id", "")] = (kind, inside)
        return found

    def related(self, kind: str) -> list[str]:
        """Return the parts of one kind (styles, numbering, header, ...) that the main part refers to."""
        return [part for found, part in self.relations(self.main).values() if found == kind and part]

    def related_tree(self, kind: str) -> Element | None:
        """Return the tree of the first part of one kind."""
        return next((self.tree(part) for part in self.related(kind)), None)

    def _main_part(self) -> str:
        kinds = [part for kind, part in self.relations("").values() if kind == "officeDocument"]
        for part in (*kinds, "word/document.xml"):
            if part.casefold() in self._names:
                return part
        raise FileUnreadableError(self._name, "broken")


def _joined(folder: str, target: str) -> str:
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path)
