"""What is said once somebody has left: what ended, and what waits to be taken over."""

from app.labels import label, long_date
from app.services.departure import Departure
from app.ui.tokens import Tone


def departure_words(departure: Departure, called: str) -> tuple[str, Tone]:
    """Return the sentences and their tone: a warning where somebody has something to do."""
    roles = "、".join(label(role) for role in departure.roles)
    ended = f"担任的{roles}到{long_date(departure.left_on)}为止，以后" if roles else "以后"
    words = [f"已登记{called}离岗：{ended}不能登录。"]
    if departure.unfinished:
        words.append(f"没办完的稿件 {departure.unfinished} 件，列在账号管理员的“今日”里，等人接手。")
    if departure.unheld:
        words.append(f"{'、'.join(label(role) for role in departure.unheld)}现在没有人担任，请另行指定。")
    if departure.stuck:
        words.append(f"有 {departure.stuck} 件在审的稿件，当前环节没有人能签。")
    if departure.second_person:
        words.append("原来是系统管理员的第二人，请另行指定。")
    return "".join(words), Tone.WARNING if len(words) > 1 else Tone.GOOD
