"""Terminals in words: what the list says of each, and what is said of the PC in front of a person."""

from collections.abc import Mapping
from datetime import date

from app.labels import label, long_date
from app.models.terminal import Standing, Terminal, ThisTerminal, Whereabouts
from app.services.terminals import TerminalLine
from app.ui.tokens import Tone

ALL_ACCOUNTS = "全部账号"


def now_words(line: TerminalLine) -> str:
    """Return what stands in the last column: what is to be said of it, or else where it is."""
    return "，".join(_standing(line)) or label(line.where)


def _standing(line: TerminalLine) -> list[str]:
    if line.terminal.retired_on is not None:
        return [label(Standing.RETIRED)]
    found = ["这台电脑"] if line.here else []
    if line.person_left:
        found.append("责任人已离岗")
    if line.leave is not None:
        away = {Whereabouts.OVERDUE: label(line.where), Whereabouts.AWAY: f"外出至{_short(line.leave.to_on)}"}
        found.append(away.get(line.where, f"{_short(line.leave.from_on)}起外出"))
    if line.terminal.protection_checked_on is None:
        found.append("防护没有检查")
    return found


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def whole_words(line: TerminalLine, captions: Mapping[str, str]) -> str:
    """Return everything about a terminal, one a line."""
    one = line.terminal
    lines = [f"{one.number}　{one.name}（{label(one.kind)}{'，专用' if one.dedicated else ''}）"]
    if one.retired_on is not None:
        lines.append(f"{long_date(one.retired_on)}停用。")
    lines.append(f"责任人：{line.person}{'（已离岗）' if line.person_left else ''}；存放：{one.place}")
    lines.append(f"可以登录：{account_words(one, captions)}")
    checked = f"{long_date(one.protection_checked_on)}检查：{one.protection}" if one.protection_checked_on else ""
    lines.append(checked or "防护情况还没有检查过。")
    if line.leave is not None:
        days = f"{long_date(line.leave.from_on)}至{long_date(line.leave.to_on)}"
        lines.append(f"外出审批：{days}，{line.leave.reason}")
    return "\n".join(lines)


def account_words(terminal: Terminal, captions: Mapping[str, str]) -> str:
    """Name the accounts that may be entered from a terminal."""
    named = (captions[key] for key in terminal.account_ids if key in captions)
    return "、".join(named) if terminal.account_ids else ALL_ACCOUNTS


def here_words(found: ThisTerminal, person: str, *, person_left: bool) -> tuple[str, Tone]:
    """Say whether this PC is registered, and what is wrong about it."""
    one = found.terminal
    if found.standing is Standing.UNKNOWN:
        return (
            "系统没有给出这台电脑的标识，认不出它是不是登记过的终端：其他事情照常办理，账号密码不在这里显示。",
            Tone.WARNING,
        )
    if one is None:
        return "这台电脑没有登记为终端：其他事情照常办理，账号密码不在这里显示。", Tone.WARNING
    name = f"{one.number}（{one.name}）"
    if found.standing is Standing.RETIRED:
        return f"这台电脑原来是终端 {name}，已经停用：账号密码不在这里显示。", Tone.WARNING
    said = f"这台电脑是已登记的终端 {name}，责任人{person}。"
    if person_left:
        return f"{said}责任人已离岗，请改由别人负责。", Tone.WARNING
    if found.where is Whereabouts.OVERDUE and found.leave is not None:
        return f"{said}外出审批{long_date(found.leave.to_on)}到期，还没有登记归还。", Tone.WARNING
    if found.where is Whereabouts.AWAY and found.leave is not None:
        return f"{said}外出审批到{long_date(found.leave.to_on)}为止。", Tone.PRIMARY
    return said, Tone.GOOD
