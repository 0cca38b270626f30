"""`verify BAG [--json]`: any BagIt bag against RFC 8493, and with `--data` against what its sealing recorded."""

from collections.abc import Callable
from pathlib import Path

from app.archive.bag_verifier import verify_bag
from app.bootstrap import open_sealed_bags
from app.commands.arguments import Request
from app.commands.console import hand_out_json, progress_line, tell
from app.errors import AppError, SetupNeededError
from app.labels import size_text
from app.messages import explain, problem_sentence
from app.models.archive_package import BagProblem, BagReport, ProblemKind, ProgressReport
from app.storage.begun_records import holds_records


def run_verify(request: Request) -> int:
    """Verify one bag and name every problem with its file; 1 when one is more than a warning."""
    folder = Path(request.operands[0])
    try:
        report = _verifying(request)(folder, progress_line())
    except AppError as refused:
        if request.has("json"):
            hand_out_json(_refused(folder, refused))
        raise
    if request.has("json"):
        hand_out_json(_facts(report))
    else:
        for problem in report.problems:
            tell(("提示　" if problem.warning else "✗　") + problem_sentence(problem))
    what = f"{report.files} 个文件，{size_text(report.size)}，校验算法 {'、'.join(report.algorithms) or '无'}"
    if report.sealed is not None:
        tell(f"✓　与封存时记录的摘要一致（{report.sealed.number}第{report.sealed.version}版）。")
    if report.valid:
        tell(f"✓　存档完整，没有改动（{what}）。")
        return 0
    wrong = sum(1 for problem in report.problems if not problem.warning)
    tell(f"✗　存档有 {wrong} 处问题，不能当作完整的存档（{what}）。")
    return 1


def _verifying(request: Request) -> Callable[[Path, ProgressReport | None], BagReport]:
    """Return what verifies: with the records of a data folder that was named, or the bag by itself."""
    if request.data is None:
        return verify_bag
    try:
        if not holds_records(request.data):
            raise SetupNeededError
        return open_sealed_bags(request.data).verify
    except AppError as closed:
        tell(f"提示　{explain(closed).what}没有与封存时的记录对照，只核对存档本身。")
    return verify_bag


def _refused(folder: Path, error: AppError) -> dict[str, object]:
    """Say for a program that nothing could be verified, as one problem that is of no file."""
    problem = BagProblem(ProblemKind.UNREADABLE, "")
    facts = _facts(BagReport(folder, "", (), 0, 0, (problem,)))
    return facts | {"problems": [_problem(problem, str(explain(error)))]}


def _facts(report: BagReport) -> dict[str, object]:
    return {
        "bag": str(report.folder),
        "valid": report.valid,
        "version": report.version,
        "algorithms": list(report.algorithms),
        "files": report.files,
        "size": report.size,
        "sealed": f"{report.sealed.number}第{report.sealed.version}版" if report.sealed else None,
        "problems": [_problem(problem, problem_sentence(problem)) for problem in report.problems],
    }


def _problem(problem: BagProblem, message: str) -> dict[str, object]:
    return {
        "file": problem.file,
        "kind": str(problem.kind),
        "warning": problem.warning,
        "fact": problem.fact,
        "message": message,
    }
