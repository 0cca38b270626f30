"""The strength of a platform's password, judged by zxcvbn and by what an outsider knows of the unit."""

import re
import unicodedata
from collections.abc import Iterable

from app.models.password_weakness import ENOUGH, Strength, Weakness
from app.models.secret import Secret

_COMMON = (
    *("woaini", "woaiwojia", "woaizhongguo", "zhongguo", "nihao", "mima", "wodemima", "guanliyuan", "admin", "root"),
    *("weixin", "wechat", "weibo", "douyin", "kuaishou", "toutiao", "bilibili", "gongzhonghao", "shipinhao"),
    *("xinmeiti", "zhengwu", "zhengfu", "xuanchuan", "xuanchuanbu", "xuanchuanke", "bangongshi", "xinwen", "wangxin"),
    *("fujian", "fuzhou", "jinan", "jinanqu", "fabu", "guanfang", "zhanghao", "5201314", "1314520", "147258369"),
)
"""What office people here write in Latin letters and digits, and the English lists do not know."""
_PATTERNS = {
    "spatial": Weakness.KEYBOARD,
    "sequence": Weakness.SEQUENCE,
    "date": Weakness.DATE,
    "regex": Weakness.DATE,
    "repeat": Weakness.REPEAT,
}
_LONG_NUMBER = re.compile(r"\d{8,}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LONGEST_JUDGED = 72
_SHORT = 8
_LEAST_TOKEN = 3
_STRONGEST = 4


def judged(password: Secret, known_words: Iterable[str] = ()) -> Strength:
    """Judge a password; `known_words` are names of the unit, the account and its people, its code, its telephone."""
    from zxcvbn import zxcvbn  # loaded here: its word lists cost 0.1 s

    # Full-width letters are as easy to guess as the others.
    text = unicodedata.normalize("NFKC", password.reveal())
    known = {part for word in known_words for part in _parts(word)}
    words = [*sorted(known), *_COMMON]
    # zxcvbn is quadratic and worse in length; what lies beyond 72 characters cannot make a password weaker.
    told = zxcvbn(text[:_LONGEST_JUDGED], user_inputs=words)
    score = int(told["score"])
    found = {weakness for match in told["sequence"] if (weakness := _weakness(match, known))}
    if score == _STRONGEST:
        found = set()
    bare = _LONG_NUMBER.sub("0", text)
    if bare != text and (_MOBILE.search(text) or Weakness.DATE not in found):
        # Eleven figures count as strong there; here they are somebody's telephone.
        score = min(score, int(zxcvbn(bare[:_LONGEST_JUDGED], user_inputs=words)["score"]))
        found.add(Weakness.NUMBER)
    if any(part in _flat(text) for part in known):
        found.add(Weakness.OWN_NAME)
    if len(text) < _SHORT or (score < ENOUGH and not found):
        found.add(Weakness.SHORT)
    return Strength(score, tuple(weakness for weakness in Weakness if weakness in found))


def _weakness(match: dict[str, object], known: set[str]) -> Weakness | None:
    if len(str(match["token"])) < _LEAST_TOKEN:
        return None
    if match["pattern"] == "dictionary":
        word = str(match["matched_word"])
        return Weakness.OWN_NAME if match["dictionary_name"] == "user_inputs" and word in known else Weakness.COMMON
    return _PATTERNS.get(str(match["pattern"]))


def _parts(word: str) -> set[str]:
    """Return a name and its parts of at least two Chinese characters or three others, as a password would hold them."""
    parts = {_flat(word).strip(), *re.split(r"[\W_]+", _flat(word))}
    return {part for part in parts if len(part) >= _LEAST_TOKEN or (len(part) == 2 and not part.isascii())}


def _flat(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
