"""The month's one ledger .xlsx: posts, decisions, numbers, and what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.labels import label
from app.ledgers.ledger_workbook import LedgerSheet, write_workbook
from app.models.archive_package import IndexRow
from app.models.clock import beijing
from app.models.numbering import GivenNumber
from app.models.review import VERDICT_EFFECT, Decision, Effect
from app.models.staff import Unit
from app.services.lost_span import LOST
from app.services.month_contents import DraftFile, MonthContents


def ledger(unit: Unit, contents: MonthContents, rows: Sequence[IndexRow], explanations: Mapping[str, str]) -> bytes:
    """Write the ledger of a month; `rows` are the lines of its index."""
    sheets = [
        LedgerSheet(
            "发布台账",
            ("序号", "类别", "编号", "标题", "账号", "时间", "性质或状态", "链接", "说明"),
            tuple(
                (n, r.section, r.number, r.title, r.account, r.day, r.state, r.link, r.note)
                for n, r in enumerate(rows, start=1)
            ),
            (6, 14, 20, 44, 24, 20, 12, 40, 30),
        ),
        LedgerSheet(
            "审核记录",
            ("编号", "稿次", "环节", "结论", "意见", "签批人", "签批日期", "方式", "登记时间", "说明"),
            tuple(_decision_rows(contents)),
            (20, 6, 16, 18, 40, 18, 14, 12, 26, 30),
        ),
        LedgerSheet(
            "编号台账",
            ("编号", "取号时间", "标题", "状态"),
            tuple(_number_row(given, contents) for given in contents.numbers),
            (20, 20, 50, 24),
        ),
        LedgerSheet(
            "缺项说明",
            ("缺项", "编号", "标题", "账号", "书面说明"),
            tuple((label(g.kind), g.number, g.title, g.account, explanations.get(g.key, "")) for g in contents.gaps),
            (16, 18, 44, 24, 50),
        ),
    ]
    # An empty sheet says so: nothing was left out.
    sheets = [s if s.rows else replace(s, rows=(("无", *[""] * (len(s.columns) - 1)),)) for s in sheets]
    return write_workbook(sheets, created_at=contents.month.ends_at, title=f"{unit.name}{contents.month.chinese}台账")


def _decision_rows(contents: MonthContents) -> Iterator[tuple[str | int, ...]]:
    for file in contents.drafts:
        for decision in file.decisions:
            yield _decision_row(file, decision, "")
    for file in contents.supplement_drafts:
        for decision in file.decisions:
            yield _decision_row(file, decision, f"补充{file.home.chinese}的存档" if file.home else "随补记的发布")


def _decision_row(file: DraftFile, decision: Decision, note: str) -> tuple[str | int, ...]:
    kinds = {(step.revision, step.position): label(step.kind) for step in file.steps}
    # A consent falls with the text it was given to; a return has done what it says.
    fallen = decision.voided_at is not None and VERDICT_EFFECT[decision.verdict] is Effect.PASS
    return (
        str(file.draft.number or ""),
        decision.revision,
        kinds.get((decision.revision, decision.position), str(decision.position)),
        label(decision.verdict) + ("（已作废）" if fallen else ""),
        decision.opinion,
        file.signers.get(decision.id, ""),
        decision.decided_on.isoformat(),
        label(decision.way),
        beijing(decision.recorded_at).strftime("%Y-%m-%d %H:%M") + ("（补记）" if decision.late else ""),
        note,
    )


def _number_row(given: GivenNumber, contents: MonthContents) -> tuple[str, ...]:
    """Write one number; a void paper keeps its number as 作废, also in the month in which it became void."""
    lost = given.subject.startswith(f"{LOST}:")
    voided = f"作废（{beijing(given.voided_at):%Y-%m-%d}）" if given.voided_at else ""
    return (
        str(given.number),
        beijing(given.given_at).strftime("%Y-%m-%d %H:%M"),
        contents.number_titles.get(given.subject, ""),
        voided or ("恢复备份时登记为遗失" if lost else "有效"),
    )
