"""`check FILE… [--json]`: what the text check says of files, without a data folder."""

from pathlib import Path

from app.commands.arguments import Request
from app.commands.console import hand_out_json, tell
from app.labels import label
from app.messages import explain
from app.models.finding import Finding, Severity
from app.paths import LEXICON
from app.services.file_check import FileCheck, FileFindings
from app.services.text_checks import TextChecks
from app.textcheck.lexicon import load_lexicon

UNREADABLE = "unreadable"
"""The rule under which the list names a file that could not be read, so that it never looks clean."""


def run_check(request: Request) -> int:
    """Check every file, also after one that cannot be read; 1 when something blocks or is unreadable."""
    check = FileCheck(TextChecks(load_lexicon(LEXICON)))
    results = [check.check(Path(name)) for name in request.operands]
    for result in results:
        if result.refusal is not None:
            tell(f"{result.path}：{explain(result.refusal)}")
        elif not request.has("json"):
            _tell_findings(result)
    if request.has("json"):
        hand_out_json([item for result in results for item in _items(result)])
    wanting = [r for r in results if r.refusal or any(f.severity is Severity.BLOCK for f in r.findings)]
    if not wanting:
        tell(f"检查了 {len(results)} 个文件，没有必须处理的内容。")
        return 0
    tell(f"检查了 {len(results)} 个文件，其中 {len(wanting)} 个有必须处理的内容或读不出来。")
    return 1


def _items(result: FileFindings) -> list[dict[str, object]]:
    if result.refusal is not None:
        sentence = explain(result.refusal)
        return [_item(result.path, 1, 1, 0, UNREADABLE, Severity.BLOCK, "", sentence.what, sentence.todo)]
    return [
        _item(result.path, f.line, f.column, f.length, f.rule, f.severity, f.article, _masked(f), f.suggestion)
        for f in result.findings
    ]


def _item(
    path: Path,
    line: int,
    column: int,
    length: int,
    rule: str,
    severity: Severity,
    article: str,
    message: str,
    suggestion: str,
) -> dict[str, object]:
    return {
        "file": str(path),
        "line": line,
        "column": column,
        "length": length,
        "rule": rule,
        "severity": str(severity),
        "article": article,
        "message": message,
        "suggestion": suggestion,
    }


def _tell_findings(result: FileFindings) -> None:
    for f in result.findings:
        basis = f"（{f.article}）" if f.article and f.article not in f.message else ""
        tell(f"{result.path}:{f.line}:{f.column}　{label(f.severity)}　{_masked(f)}{basis}{f.suggestion}")


def _masked(finding: Finding) -> str:
    """Return the message with the matched text, its middle hidden, in it."""
    shown = finding.masked
    return finding.message if not shown or shown in finding.message else f"“{shown}”：{finding.message}"
