"""Names of files that every system takes."""

import re

UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """Return a text as a file name: no reserved character or name, at most 60 characters, never empty."""
    name = " ".join(UNSAFE.sub(" ", text).split())[:60].strip(" .") or "未命名"
    return f"_{name}" if _DEVICES.fullmatch(name) else name
