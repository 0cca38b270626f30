from datetime import datetime

import pytest

from app.intake.written_moments import MomentUnclearError, read_moment, with_clock
from app.models.clock import BEIJING


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-03 09:05", "2026-11-3 9:05", "2026/11/3 9:05:00", "2026.11.03 09:05", "2026年11月3日 9:05",
        "2026年11月3日9时5分", "2026年11月3日 上午9点5分", "2026-11-03T09:05:00", "2026-11-03T09:05:00+08:00",
        "2026-11-03T01:05:00Z", "2026-11-03T01:05:00.000Z", "2026-11-03 09:05:00.123", "202611030905",
        "20261103090500", "1793667900", "1793667900000", "２０２６－１１－０３　０９：０５", "2026-11-03 (周二) 9:05",
        "2026年11月3日 星期二 9:05", "46329.378472222", "2026-11-03 (二) 09:05", "2026-11-03（二）9:05",
        "二〇二六年十一月三日 9:05", "二零二六年十一月三日上午九时五分", "二○二六年十一月三日 九点零五分",
        "二O二六年十一月三日 9:05",
    ],
)  # fmt: skip
def test_every_usual_way_of_writing_one_moment_is_read(written: str) -> None:
    moment = read_moment(written)
    assert moment == datetime(2026, 11, 3, 9, 5, tzinfo=BEIJING)
    assert moment.utcoffset() == BEIJING.utcoffset(None)


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("2026-11-03", 0, 0), ("2026年11月3日", 0, 0), ("20261103", 0, 0), ("2026-11-03 下午3点半", 15, 30),
        ("2026-11-03 晚上8:30", 20, 30), ("2026-11-03 中午12:10", 12, 10), ("2026-11-03 中午1点整", 13, 0),
        ("2026-11-03 凌晨12:20", 0, 20), ("2026-11-03 12:05 AM", 0, 5), ("2026-11-03 3:05 PM", 15, 5),
        ("2026-11-03 12:00 PM", 12, 0), ("2026-11-03 12 am", 0, 0),
    ],
)  # fmt: skip
def test_halves_of_the_day_are_understood(written: str, hour: int, minute: int) -> None:
    assert read_moment(written) == datetime(2026, 11, 3, hour, minute, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [
        ("二〇二六年九月十八日", 9, 18), ("二〇二六年十月十日", 10, 10), ("二〇二六年十二月二十日", 12, 20),
        ("二〇二六年一月三十一日", 1, 31), ("二〇二六年九月二十一日（星期一）", 9, 21),
    ],
)  # fmt: skip
def test_a_date_in_words_is_read(written: str, month: int, day: int) -> None:
    assert read_moment(written) == datetime(2026, month, day, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("2026-11-03", "09:05"), ("2026-11-03", "9:05:00"), ("2026年11月3日", "上午9点5分"), ("20261103", "９：０５"),
        (datetime(2026, 11, 3), "09:05:00"), ("2026-11-03", datetime(1899, 12, 30, 9, 5)),  # noqa: DTZ001
        ("2026-11-03", "0.378472222"), ("2026-11-03", "2026-11-03 09:05"), ("2026-11-03 09:05", "2026-11-04"),
        ("2026-11-03 09:05", ""), ("2026-11-03 09:05", "20:00"),
    ],
)  # fmt: skip
def test_day_and_clock_of_two_columns_are_one_moment(day: str | datetime, clock: str | datetime) -> None:
    assert read_moment(with_clock(day, clock)) == datetime(2026, 11, 3, 9, 5, tzinfo=BEIJING)


@pytest.mark.parametrize("clock", ["", " ", "-", "无"])
def test_a_day_without_a_clock_is_the_day(clock: str) -> None:
    assert read_moment(with_clock("2026-11-03", clock)) == datetime(2026, 11, 3, tzinfo=BEIJING)


@pytest.mark.parametrize(("day", "clock"), [("2026-11-03", "待定"), ("2026-11-03", "25:00"), ("待定", "09:05")])
def test_a_clock_that_is_none_is_not_dropped(day: str, clock: str) -> None:
    with pytest.raises(MomentUnclearError):
        read_moment(with_clock(day, clock))


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert read_moment("2026-12-31 24:00") == datetime(2027, 1, 1, tzinfo=BEIJING)


def test_a_date_cell_is_beijing_time() -> None:
    cell = datetime(2026, 11, 3, 9, 5, 7, 9)  # noqa: DTZ001 - as a cell gives it
    assert read_moment(cell) == datetime(2026, 11, 3, 9, 5, 7, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "没有发布时间"), ("11月3日", "没有写年份"), ("11-03 08:00", "没有写年份"), ("昨天 12:30", "确切的日期"),
        ("3小时前", "确切的日期"), ("26-11-3", "只有两位"), ("14/09/2026", "年份写在最后"),
        ("14.9.2026 08:00", "年份写在最后"),
        ("二〇二六年十三月一日", "不是存在的日期"), ("二六年九月十八日", "看不懂"), ("14/09/26", "只有两位"),
        ("2026-13-01", "不是存在的日期"),
        ("2026-02-30", "不是存在的日期"),
        ("20261399", "不是存在的日期"), ("2026-11-03 25:00", "钟点不对"), ("2026-11-03 09:75", "钟点不对"),
        ("1998-11-03", "年份不对"), ("2026年11月", "看不懂"), ("待定", "看不懂"), ("2026-11-03 待定", "看不懂"),
        ("7", "看不懂"),
        ("=NOW()", "看不懂"), ("9" * 400, "看不懂"), ("２O26-11-03", "看不懂"),
        ("2026-11-03 09:05 +99:99:99", "看不懂"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_a_sentence_and_not_a_guess(written: str, words: str) -> None:
    with pytest.raises(MomentUnclearError) as unclear:
        read_moment(written)
    assert words in str(unclear.value)
    assert str(unclear.value).endswith("。")
    assert len(str(unclear.value)) < 90
