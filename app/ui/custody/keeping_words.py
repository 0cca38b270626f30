"""What somebody still keeps, in words."""

from app.models.account import Account
from app.models.keeping import Keeping


def whose_words(keeping: Keeping, account: Account) -> str:
    """Say as what a person keeps an account."""
    parts = (
        (account in keeping.charges, "登记的保管人"),
        (account in keeping.passwords, "打得开密码"),
        (account in keeping.scans, "扫码登录"),
    )
    return "、".join(word for holds, word in parts if holds)


def terminal_words(keeping: Keeping) -> str:
    """Say for which machines a person answers, and where another is put on file for them."""
    numbers = "、".join(one.number for one in keeping.terminals)
    return f"还是登录终端 {numbers} 的责任人，请在“设置”的“终端”里改成别人。" if numbers else ""


def keeping_lines(keeping: Keeping) -> str:
    """List what has to be handed over, one account a line; '' when there is nothing."""
    lines = [f"{account.caption}（{whose_words(keeping, account)}）" for account in keeping.accounts]
    if terminals := terminal_words(keeping):
        lines.append(terminals)
    return "\n".join(lines)
