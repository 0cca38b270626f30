"""What the buttons of an account and of its papers say."""

from app.labels import label
from app.models.account import Account
from app.models.account_application import Application, FilingType
from app.services.account_steps import AccountOffer, AccountStep, PaperStep, filing_type

_ACCOUNT: dict[AccountStep, str] = {
    AccountStep.OPEN: "登记开通",
    AccountStep.APPLY_OPENING: "申请开设",
    AccountStep.APPLY_FILING: "申请备案",
    AccountStep.EDIT: "修改资料",
    AccountStep.APPLY_CHANGE: "申请变更",
    AccountStep.APPLY_YEARLY: "年度复核",
    AccountStep.APPLY_CLOSING: "申请关停或注销",
}
_PAPER: dict[PaperStep, str] = {
    PaperStep.SIGN: "登记签批",
    PaperStep.PRESENT: "提请签批",
    PaperStep.SUBMIT: "登记报送",
    PaperStep.FILE: "登记备案号",
    PaperStep.CARRY_OUT: "登记变更完成",
    PaperStep.ANNOUNCE: "登记停更公告",
    PaperStep.CLOSE: "登记关停",
    PaperStep.DEREGISTER: "登记注销",
    PaperStep.PRINT: "打印申请表",
    PaperStep.REVISE: "修改申请表",
    PaperStep.REFUSE: "登记不同意",
    PaperStep.WITHDRAW: "撤回",
    PaperStep.SCANS: "查看签字扫描件",
}
PRESSING = frozenset(
    {
        PaperStep.SIGN,
        PaperStep.PRESENT,
        PaperStep.SUBMIT,
        PaperStep.FILE,
        PaperStep.CARRY_OUT,
        PaperStep.ANNOUNCE,
        PaperStep.CLOSE,
        PaperStep.DEREGISTER,
    }
)
"""What carries a paper on; only this may be a button of its own."""


def step_word(offer: AccountOffer, account: Account) -> str:
    """Return what the button of a step says."""
    if isinstance(offer.step, PaperStep):
        return _PAPER[offer.step]
    if offer.step is AccountStep.APPLY_FILING and filing_type(account) is FilingType.LATE:
        return "补办备案"
    return _ACCOUNT[offer.step]


def paper_word(paper: Application) -> str:
    """Return what a paper is called in a list: its type where it has one, e.g. 补备案 or 注销, else its kind."""
    return label(paper.text.filing_type or paper.text.closing_type or paper.kind)
