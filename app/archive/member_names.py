"""Names of files in an archive that every office PC, stick and reader can keep: short, ASCII, unambiguous."""

import re
import unicodedata
from collections.abc import Collection, Iterable

LONGEST_MEMBER = 120
"""Characters of a member path below `data/`."""
LONGEST_FOLDER_NAME = 120

_ALLOWED_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_OUTSIDE = re.compile(r"[^A-Za-z0-9_]+")
_RESERVED_STEM = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)
_WINDOWS_REFUSED = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


class MemberNameRefusedError(ValueError):
    """A name was built that must not go into an archive; `reason` is an English word, not for the screen."""

    def __init__(self, member: str, reason: str) -> None:
        super().__init__(f"{member!r}: {reason}")
        self.member, self.reason = member, reason


def reserved_on_windows(part: str) -> bool:
    """Say whether Windows keeps a name for a device, whatever follows its first dot, or drops its end."""
    stem = part.partition(".")[0].rstrip(" ")
    return _RESERVED_STEM.fullmatch(stem) is not None or part != part.rstrip(" .")


def refused_on_windows(part: str) -> bool:
    """Say whether Windows cannot keep a path part under exactly this name."""
    return _WINDOWS_REFUSED.search(part) is not None or reserved_on_windows(part)


def same_name_key(path: str) -> str:
    """Return what two paths share when some file system takes them for one (case, Unicode form)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def check_member(member: str) -> None:
    """Refuse one member path that breaks a rule with `MemberNameRefusedError`."""
    if not member.isascii():
        raise MemberNameRefusedError(member, "not ASCII")
    if not 1 <= len(member) <= LONGEST_MEMBER:
        raise MemberNameRefusedError(member, "length")
    for part in member.split("/"):
        if _ALLOWED_PART.fullmatch(part) is None:
            raise MemberNameRefusedError(member, "characters")
        if reserved_on_windows(part):
            raise MemberNameRefusedError(member, "reserved")


def check_members(members: Iterable[str]) -> None:
    """Refuse a set of members when one breaks a rule, repeats another, or lies below another's name."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for member in members:
        check_member(member)
        key = same_name_key(member)
        if key in seen:
            raise MemberNameRefusedError(member, "repeated")
        seen[key] = member
        parts = key.split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    for key in folders & seen.keys():
        raise MemberNameRefusedError(seen[key], "file and folder")


def check_folder_name(name: str) -> None:
    """Refuse a package name that is not one plain folder name on every system (Chinese is allowed)."""
    if not name or name in {".", ".."} or name.startswith(("~", ".", "-")):
        raise MemberNameRefusedError(name, "characters")
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST_FOLDER_NAME:
        raise MemberNameRefusedError(name, "length")
    if refused_on_windows(name) or any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in name):
        raise MemberNameRefusedError(name, "characters")


def safe_part(text: str, fallback: str = "x", longest: int = 40) -> str:
    """Turn any text into one ASCII path part: other characters become hyphens, an empty rest the fallback."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    part = _OUTSIDE.sub("-", folded).strip("-")[:longest].strip("-") or fallback
    return f"{part}-x" if reserved_on_windows(part) else part


def safe_member(*parts: str, ending: str = "") -> str:
    """Join texts to a member that passes `check_member`; `ending` is a file name's ending without the dot.

    Too long a path loses characters from its longest parts, never its ending.
    """
    last = f".{safe_part(ending, 'bin', 8).lower()}" if ending else ""
    safe = [safe_part(part) for part in parts] or ["x"]
    while len("/".join(safe)) + len(last) > LONGEST_MEMBER:
        longest = max(range(len(safe)), key=lambda index: len(safe[index]))
        if len(safe[longest]) <= 2:
            raise MemberNameRefusedError("/".join(parts), "too deep")
        safe[longest] = safe_part(safe[longest][:-1])
    member = "/".join(safe) + last
    check_member(member)
    return member


def unique_member(member: str, taken: Collection[str]) -> str:
    """Return the member, or the first of `name-2.pdf`, `name-3.pdf`, … that is not taken in any case or form."""
    keys = {same_name_key(name) for name in taken}
    if same_name_key(member) not in keys:
        return member
    head, slash, name = member.rpartition("/")
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    number = 2
    while True:
        tail = f"-{number}{dot}{ending}"
        room = LONGEST_MEMBER - len(head) - len(slash) - len(tail)
        found = f"{head}{slash}{stem[:room]}{tail}"
        if same_name_key(found) not in keys:
            check_member(found)
            return found
        number += 1
