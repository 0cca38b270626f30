"""A rotating log of faults, with secrets redacted; it never holds what people wrote."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LONG_NUMBER = re.compile(r"\d{7,}")
_SECRET = re.compile(r"(?i)\b(pass(?:word|code)|secret|口令|密码)\b(\s*[=:：]\s*)\S+")


class Redacting(logging.Filter):
    """Hides long numbers and whatever follows a word for a secret, in messages and in tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact one record; none is dropped."""
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info:
            # What another handler kept ready of the traceback was not redacted.
            record.exc_text = redacted(logging.Formatter().formatException(record.exc_info))
        return True


def redacted(text: str) -> str:
    """Return a text without long numbers and named secrets."""
    return _LONG_NUMBER.sub("‹数字›", _SECRET.sub(r"\1\2‹已隐藏›", text))


def start_log(folder: Path) -> logging.Logger:
    """Open the program's log: 5 files of 1 MB at most; where they cannot be written, faults go to stderr."""
    log = logging.getLogger("xianshen")
    log.setLevel(logging.INFO)
    log.propagate = False
    if not any(isinstance(kept, Redacting) for handler in log.handlers for kept in handler.filters):
        handler = _handler(folder)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        handler.addFilter(Redacting())
        log.addHandler(handler)
    return log


def _handler(folder: Path) -> logging.Handler:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "xianshen.log"
        return RotatingFileHandler(path, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    except OSError:
        # A log that cannot be written must not keep the office from its records.
        return logging.StreamHandler()
