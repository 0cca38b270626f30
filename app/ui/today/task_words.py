"""今日 in words: a chip, a line, and how long it has waited."""

from app.labels import label
from app.models.review import StepKind
from app.services.today import TaskKind, TodayTask
from app.ui.tokens import Tone

GROUPS: tuple[tuple[str, frozenset[TaskKind]], ...] = (
    ("等我签批", frozenset({TaskKind.DECIDE})),
    ("没有人能签的", frozenset({TaskKind.NO_SIGNER})),
    ("作者已离岗的", frozenset({TaskKind.AUTHOR_GONE})),
    ("退回给我的", frozenset({TaskKind.RETURNED})),
    ("可以发布", frozenset({TaskKind.PUBLISH})),
    ("账号该更新了", frozenset({TaskKind.UPDATE_GAP})),
    ("账号手续", frozenset({TaskKind.FILING_OVERDUE, TaskKind.CERTIFICATION_OVER})),
    ("密码该换了", frozenset({TaskKind.PASSWORD})),
    ("月度归档", frozenset({TaskKind.ARCHIVE})),
    ("等领导签字", frozenset({TaskKind.SIGNATURE})),
    ("没写完的", frozenset({TaskKind.UNFINISHED})),
)


def chip_of(task: TodayTask) -> tuple[str, Tone]:
    """Return the chip of a line; only what is late for this very person is red."""
    if task.late:
        return "已过期限", Tone.DANGER
    if task.kind is TaskKind.RETURNED:
        return "已退回", Tone.DANGER
    words = {
        TaskKind.DECIDE: ("待签批", Tone.WARNING),
        TaskKind.SIGNATURE: ("待签字", Tone.NEUTRAL),
        TaskKind.NO_SIGNER: ("无人可签", Tone.WARNING),
        TaskKind.AUTHOR_GONE: ("作者已离岗", Tone.WARNING),
        TaskKind.PUBLISH: ("待发布", Tone.PRIMARY),
        TaskKind.ARCHIVE: ("待归档", Tone.WARNING),
        TaskKind.UPDATE_GAP: ("更新间隔", Tone.WARNING),
        TaskKind.FILING_OVERDUE: ("待备案", Tone.WARNING),
        TaskKind.CERTIFICATION_OVER: ("认证到期", Tone.WARNING),
        TaskKind.PASSWORD: ("密码到期", Tone.WARNING),
        TaskKind.UNFINISHED: ("起草", Tone.NEUTRAL),
    }
    return words[task.kind]


def task_words(task: TodayTask) -> tuple[str, str]:
    """Return what a line says, and beside it how it stands."""
    title = " ".join(task.title.split()) or "（未写标题）"
    due = f"，期限 {task.due_on:%m-%d}" if task.due_on else ""
    match task.kind:
        case TaskKind.DECIDE:
            return title, f"{_step(task)}，{_waited(task.days)}{due}"
        case TaskKind.SIGNATURE:
            # A leader's delay is told, never blamed.
            return title, f"待{_step(task)}，{_waited(task.days)}"
        case TaskKind.NO_SIGNER:
            return title, f"没有人可以办{_step(task)}，请系统管理员在设置中指定"
        case TaskKind.AUTHOR_GONE:
            stands = f"待{_step(task)}，" if task.detail else ""
            return title, f"{stands}{_waited(task.days)}，可以代为{'撤回' if task.detail else '作废'}"
        case TaskKind.PUBLISH:
            return title, f"拟 {task.due_on:%m-%d} 发布" if task.due_on else f"批准后{_waited(task.days)}"
        case TaskKind.ARCHIVE:
            return f"{title}的存档", f"应在 {task.due_on:%m-%d} 前归档" if task.due_on else ""
        case TaskKind.UPDATE_GAP:
            return title, f"{task.days} 天没有发布"
        case TaskKind.FILING_OVERDUE:
            return title, f"应在 {task.due_on:%m-%d} 前备案（第五条）" if task.due_on else "还没有备案（第五条）"
        case TaskKind.CERTIFICATION_OVER:
            return title, f"平台认证 {task.due_on:%m-%d} 到期" if task.due_on else "平台认证已到期"
        case TaskKind.PASSWORD:
            return f"{title}的{' '.join(task.detail.split())}", f"已用 {task.days} 天{due}"
        case TaskKind.RETURNED | TaskKind.UNFINISHED:
            return title, _waited(task.days)


def _step(task: TodayTask) -> str:
    return label(StepKind(task.detail)) if task.detail else "签批"


def _waited(days: int) -> str:
    return f"已 {days} 天" if days else "今天"
