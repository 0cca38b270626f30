"""Search over everything: each Chinese character is a word, Latin letters and digits stay whole.

What is indexed is folded here and parted by spaces, so that SQLite's plainest tokenizer suffices: its own Unicode
tables know neither the rarer Chinese characters nor how to part them.
"""

import re
import unicodedata

from sqlite_utils.db import Database

from app.storage.rows import select, select_one, write

_CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7af\ue000-\uf8ff\uf900-\ufaff\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
    "\U000f0000-\U0010ffff"
)
"""Han with all its extensions to come, kana, bopomofo, hangul, Yi, and the private characters of offices."""
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
"""Soft hyphens, zero-width and directional characters and variation selectors: they part no word."""
_BORDER = "\u00b6"
"""Stands between two texts, so that no phrase reaches from one into the next; no search can hold it."""
_AROUND = 24
"""Characters of an excerpt on each side of the find."""


def tokens(text: str) -> list[str]:
    """Fold a text to what is indexed and searched: full width to half, capitals to small, one token a 字."""
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return _TOKEN.findall(unicodedata.normalize("NFKC", folded))


def match_expression(words: str) -> str:
    """Return the FTS5 expression that demands every word as a phrase, or '' when there is nothing to search for.

    Whatever was typed stands inside quotes and holds no quote, so that none of it is syntax.
    """
    phrases = (" ".join(tokens(word)) for word in re.split(r"\s+", words))
    return " AND ".join(dict.fromkeys(f'"{phrase}"' for phrase in phrases if phrase))


class SearchIndex:
    """What can be found, a document a subject; the one put last is the newest."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, kind: str, subject_id: str, month: str, texts: tuple[str, ...]) -> None:
        """Index a subject anew; its former words can no longer be found."""
        self.remove(kind, subject_id)
        plain = [text.encode("utf-8", "replace").decode("utf-8") for text in texts if text.strip()]
        document = {"kind": kind, "subject_id": subject_id, "month": month, "body": "\n".join(plain)}
        last = select_one(self._db, "SELECT coalesce(max(id), 0) AS id FROM search_document") or {"id": 0}
        write(self._db, "search_document", {"id": last["id"] + 1} | document)
        folded = f" {_BORDER} ".join(" ".join(tokens(text)) for text in plain)
        write(self._db, "search_text", {"rowid": last["id"] + 1, "body": folded})

    def remove(self, kind: str, subject_id: str) -> None:
        """Take a subject out; its words stay readable in the file until `optimize`."""
        sql = "SELECT id FROM search_document WHERE kind = ? AND subject_id = ?"
        known = select_one(self._db, sql, (kind, subject_id))
        if known is not None:
            self._db.execute("DELETE FROM search_text WHERE rowid = ?", (known["id"],))
            self._db.execute("DELETE FROM search_document WHERE id = ?", (known["id"],))

    def find(self, words: str, limit: int = 20) -> tuple[tuple[str, str, str], ...]:
        """Return (kind, subject id, the words around the find) of the newest documents that hold every word."""
        expression = match_expression(words)
        if not expression:
            return ()
        # The index itself walks from the newest to the oldest and stops at the limit; bodies are read for those alone.
        sql = """SELECT document.kind, document.subject_id, document.body
            FROM search_text CROSS JOIN search_document AS document ON document.id = search_text.rowid
            WHERE search_text MATCH ? ORDER BY search_text.rowid DESC LIMIT ?"""
        rows = select(self._db, sql, (expression, max(0, limit)))
        return tuple((row["kind"], row["subject_id"], excerpt(row["body"], words)) for row in rows)

    def optimize(self) -> None:
        """Write the index anew in one piece, so that removed words are nowhere in the file any more."""
        self._db.execute("INSERT INTO search_text (search_text) VALUES ('optimize')")


def excerpt(body: str, words: str) -> str:
    """Return the characters around the first find on one line, with … where text was left out."""
    start, end = _first_find(body, words)
    first, last = max(0, start - _AROUND), min(len(body), end + _AROUND)
    cut = re.sub(r"\s+", " ", body[first:last]).strip()
    return f"{'…' if first else ''}{cut}{'…' if last < len(body) else ''}"


def _first_find(body: str, words: str) -> tuple[int, int]:
    """Return where in the body a searched word stands first, as it was written there."""
    wanted = [found for word in re.split(r"\s+", words) if (found := tokens(word))]
    spans = []
    lowered = body.lower()
    for phrase in wanted:
        plain = re.search(r"[\W_]{0,8}".join(map(re.escape, phrase)), lowered) if len(lowered) == len(body) else None
        if span := plain.span() if plain else _folded_find(body, phrase):
            spans.append(span)
    return min(spans, default=(0, 0))


def _folded_find(body: str, phrase: list[str]) -> tuple[int, int] | None:
    """Find a phrase in a body that writes it otherwise (full width, ligatures), character by character."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(body):
        for letter in unicodedata.normalize("NFKC", _UNSEEN.sub("", character)).casefold():
            letters.append(letter)
            places.append(place)
    found = re.search(r"[\W_]{0,8}".join(map(re.escape, phrase)), "".join(letters))
    return (places[found.start()], places[found.end() - 1] + 1) if found else None
