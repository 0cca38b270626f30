"""Dates and times as people and platforms write them, read as Beijing time; what is not certain is not guessed."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta

from app.models.clock import BEIJING

_DAY = re.compile(
    r"(?P<year>\d{4})\s*(?:年|[-/.\\])\s*(?P<month>\d{1,2})\s*(?:月|[-/.\\])\s*(?P<day>\d{1,2})\s*(?:日|号)?"
)
_TIME = re.compile(
    r"(?P<half>凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚|am|pm)?\s*(?P<hour>\d{1,2})\s*(?:[:时点]\s*(?P<minute>\d{1,2}|半|整)?)"
    r"\s*(?:[:分]\s*(?:(?P<second>\d{1,2})(?:[.,]\d{1,9})?\s*秒?)?)?\s*(?P<after>am|pm)?"
)
_ZONE = re.compile(r"(?P<utc>z|utc|gmt)|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})")
_WEEKDAY = re.compile(r"[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)）]?|[(（]\s*[一二三四五六日天]\s*[)）]")
_YEAR_IN_WORDS = re.compile(r"[〇零○o一二三四五六七八九]{4}(?=年)")
_FIGURE_IN_WORDS = re.compile(r"[零〇]?[一二三四五六七八九十]{1,3}(?=[月日号时点分])")
_WORDS = "〇一二三四五六七八九"
_YEAR_LAST = re.compile(r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}(?!\d).*")
_NO_CLOCK = {"", "-", "--", "/", "—", "——", "无"}
_NO_YEAR = re.compile(r"\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}\s*[日号]?(?:\s+.*)?|\d{1,2}月\d{1,2}[日号]?.*")
_RELATIVE = re.compile(r"刚刚|昨天|前天|今天|.*(?:前|以前)$|昨天.*|前天.*|今天.*")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_EXCEL_START = datetime(1899, 12, 30, tzinfo=BEIJING)
_LATE_HALVES = {"下午", "傍晚", "晚上", "晚", "pm"}
_SHOWN = 30


class MomentUnclearError(ValueError):
    """A moment cannot be read for certain; the message is a whole sentence for the person."""


def read_moment(written: str | datetime) -> datetime:
    """Return the aware Beijing moment; a day without a time is its first moment. Raises `MomentUnclearError`."""
    if isinstance(written, datetime):
        return _in_range(written.replace(tzinfo=BEIJING, microsecond=0), str(written))
    text = unicodedata.normalize("NFKC", written).strip().lower()
    if not text:
        raise MomentUnclearError("没有发布时间。")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return _in_range(_from_number(text, written), written)
    text = _in_figures(_WEEKDAY.sub(" ", text))
    day = _DAY.match(text)
    if day is None:
        raise MomentUnclearError(_why(text, written))
    hour, minute, second, rest = _clock(text[day.end() :].strip().lstrip("t ,").strip(), written)
    try:
        moment = datetime(int(day["year"]), int(day["month"]), int(day["day"]), tzinfo=BEIJING)
    except ValueError as none_such:
        raise MomentUnclearError(f"发布时间“{_shown(written)}”不是存在的日期。") from none_such
    moment += timedelta(hours=hour, minutes=minute, seconds=second)
    return _in_range(_zoned(moment, rest, written), written)


def with_clock(written: str | datetime, clock: str | datetime) -> str | datetime:
    """Return a day together with the clock that stands in a column of its own.

    What is no day alone comes back as it is: a moment that is complete, or nothing that can be read.
    """
    if isinstance(clock, datetime):
        clock = clock.strftime("%H:%M:%S" if clock.year <= 1900 else "%Y-%m-%d %H:%M:%S")
    clock = unicodedata.normalize("NFKC", clock).strip()
    if clock in _NO_CLOCK or (isinstance(written, str) and re.search("[:：时点]", written)):
        return written
    if re.fullmatch(r"0?\.\d+", clock):
        # A time of day without its format is a part of a day.
        clock = str(timedelta(seconds=round(float(clock) * 86_400)))
    try:
        day = read_moment(written)
    except MomentUnclearError:
        return written
    if (day.hour, day.minute, day.second) != (0, 0, 0):
        return written
    return clock if _DAY.match(clock) else f"{day:%Y-%m-%d} {clock}"


def _in_figures(text: str) -> str:
    """Write 二〇二六年九月十八日 as 2026年9月18日."""
    text = _YEAR_IN_WORDS.sub(lambda found: "".join(str(_figure(word)) for word in found[0]), text)
    return _FIGURE_IN_WORDS.sub(lambda found: str(_number(found[0].lstrip("零〇"))), text)


def _figure(word: str) -> int:
    return max(0, _WORDS.find(word))


def _number(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    return (_figure(tens) if tens else 1) * 10 + _figure(ones or "〇") if ten else _figure(ones)


def _clock(text: str, written: str) -> tuple[int, int, int, str]:
    """Read hour, minute and second; what stands behind them is returned as well."""
    if not text:
        return 0, 0, 0, ""
    match = _TIME.match(re.sub(r"^(\d{1,2})\s*([ap]m)$", r"\1:00 \2", text))
    if match is None:
        raise _unclear(written)
    hour = int(match["hour"])
    minute = 30 if match["minute"] == "半" else int(match["minute"]) if (match["minute"] or "").isdigit() else 0
    second = int(match["second"] or 0)
    half = match["half"] or match["after"] or ""
    if half in _LATE_HALVES and hour < 12:
        hour += 12
    elif (half in {"凌晨", "am"} and hour == 12) or (half in {"晚上", "晚"} and hour == 12):
        hour = 0 if half in {"凌晨", "am"} else 24
    elif half == "中午" and hour < 3:
        hour += 12
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second) and half not in {"晚上", "晚"}):
        raise MomentUnclearError(f"发布时间“{_shown(written)}”里的钟点不对。")
    return hour, minute, second, match.string[match.end() :].strip()


def _zoned(moment: datetime, rest: str, written: str) -> datetime:
    if not rest:
        return moment
    zone = _ZONE.fullmatch(rest)
    if zone is None:
        raise _unclear(written)
    if zone["utc"]:
        return moment.replace(tzinfo=UTC).astimezone(BEIJING)
    offset = timedelta(hours=int(zone["hours"]), minutes=int(zone["minutes"])) * (1 if zone["sign"] == "+" else -1)
    return moment - offset + timedelta(hours=8)


def _from_number(text: str, written: str) -> datetime:
    """Read a moment that is one number: 20261103, a serial number of Excel, or seconds since 1970."""
    if (stamp := _STAMP.fullmatch(text)) and text[:2] in {"19", "20"}:
        year, month, day, hour, minute, second = (int(part or 0) for part in stamp.groups())
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=BEIJING)
        except ValueError as none_such:
            raise MomentUnclearError(f"发布时间“{_shown(written)}”不是存在的日期。") from none_such
    whole = text.partition(".")[0]
    if len(whole) in {10, 13} and whole == text:
        return datetime.fromtimestamp(int(text[:10]), BEIJING)
    if len(whole) == 5:
        return _EXCEL_START + timedelta(seconds=round(float(text) * 86_400))
    raise _unclear(written)


def _in_range(moment: datetime, written: str) -> datetime:
    if not 2000 <= moment.year <= 2100:
        raise MomentUnclearError(f"发布时间“{_shown(written)}”的年份不对，请核对。")
    return moment


def _why(text: str, written: str) -> str:
    if _RELATIVE.fullmatch(text):
        return f"发布时间“{_shown(written)}”不是确切的日期，请写成“2026-11-03 09:05”这样。"
    if _YEAR_LAST.fullmatch(text):
        return f"发布时间“{_shown(written)}”的年份写在最后，哪个是月、哪个是日不能确定，请写成“2026-11-03”这样。"
    if re.match(r"\d{2}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}", text):
        return f"发布时间“{_shown(written)}”的年份只有两位，请写全四位。"
    if _NO_YEAR.fullmatch(text):
        return f"发布时间“{_shown(written)}”没有写年份，请补全年份。"
    return str(_unclear(written))


def _unclear(written: str) -> MomentUnclearError:
    return MomentUnclearError(f"发布时间“{_shown(written)}”看不懂，请写成“2026-11-03 09:05”这样。")


def _shown(written: str) -> str:
    flat = " ".join(written.split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}……"
