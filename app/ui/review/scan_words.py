"""What a scan turned out to be, in words."""

from app.errors import PaperCodeError
from app.messages import explain
from app.services.scans import ScanMatch, ScanOutcome
from app.ui.tokens import Tone


def outcome_sentence(match: ScanMatch, *, wanted: str = "", files: int = 1) -> tuple[str, Tone]:
    """Say what a scan is and what follows; `files` are those that its pages came in."""
    words, tone = _outcome(match, wanted)
    return (f"{files} 个文件是同一张表的各页，已合在一起。{words}" if files > 1 else words), tone


def _outcome(match: ScanMatch, wanted: str) -> tuple[str, Tone]:
    match match.outcome:
        case ScanOutcome.STALE:
            return _stale(match), Tone.DANGER
        case ScanOutcome.FOREIGN:
            return "这张表不是本单位在这台电脑上印发的，不能登记。请核对是不是拿错了纸。", Tone.DANGER
        case ScanOutcome.NOT_WITNESSED:
            return "这张表上的存证号与本机的审计记录对不上，不能登记。请告诉系统管理员和审计员。", Tone.DANGER
        case ScanOutcome.LOST_SPAN:
            return "这张表是恢复备份以前丢失的那一段里印的。请打印现在的审核表重新送签；原件请归卷备查。", Tone.WARNING
        case ScanOutcome.ACCOUNT_PAPER if match.handover_id:
            return (
                f"这是{match.title}的密码交接单（{match.number}）。三个人都签了字的，在这里登记；也可以在“设置”的“人员与角色”，“更多”里的“密码交接”登记。",
                Tone.PRIMARY,
            )
        case ScanOutcome.STALE_ACCOUNT_PAPER if match.handover_id:
            return f"这张密码交接单（{match.number}）已经登记过或撤回，不能再登记。", Tone.DANGER
        case ScanOutcome.ACCOUNT_PAPER:
            return f"这是{match.title}的{match.number}表，签字、盖章齐全的，点“登记这张申请表”。", Tone.PRIMARY
        case ScanOutcome.STALE_ACCOUNT_PAPER:
            return (
                f"{match.title}的{match.number}表印好以后资料改过，或者已经登记过。请以最后印的一张为准。",
                Tone.DANGER,
            )
        case ScanOutcome.OTHER_PAPER:
            return "这不是信息发布审核表。交接单请在“月度归档”里登记。", Tone.WARNING
        case ScanOutcome.NO_CODE:
            return _unread(match, wanted), Tone.WARNING
        case ScanOutcome.MATCHED:
            return _matched(match, wanted)


def _unread(match: ScanMatch, wanted: str) -> str:
    why = str(explain(PaperCodeError(match.problem))) if match.problem in {"newer", "damaged"} else "没有读到二维码。"
    if wanted:
        return f"{why}请核对左边确是这件稿件的签字页，再逐项登记。"
    return f"{why}请在下面选出是哪件稿件的审核表。"


def _stale(match: ScanMatch) -> str:
    if match.revision == match.current_revision:
        return f"{match.number}的第{match.revision}稿内容已经改过，这份签字不能用。请打印现在这一稿重新送签。"
    return f"这份签的是第{match.revision}稿，现在是第{match.current_revision}稿，签字不能用。请打印现在这一稿重新送签。"


def _matched(match: ScanMatch, wanted: str) -> tuple[str, Tone]:
    if not match.in_review:
        return "这件稿件现在不在审核中，扫描件可以归卷，不再登记签批。", Tone.WARNING
    if wanted and match.draft_id != wanted:
        return "按二维码，这是另一件稿件的审核表；要登记的话，就登记到这一件。", Tone.WARNING
    if 1 in match.missing_pages:
        return "扫描件里没有有签字的第 1 页，不能登记签批；这些页可以先归卷。", Tone.WARNING
    if match.missing_pages:
        pages = "、".join(str(page) for page in match.missing_pages)
        return f"扫描件缺第 {pages} 页；有签字的第 1 页在就可以登记，其余的建议补扫。", Tone.WARNING
    return "已按二维码找到稿件。请对照左边的纸，逐项登记。", Tone.GOOD
