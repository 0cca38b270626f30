"""Every error a person can act on has two calm Chinese sentences, whatever facts it carries."""

import ast
import gc
import inspect
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.errors
import app.models.policy
from app.errors import IMPORT_REASONS, AppError
from app.messages import Sentence, explain, gap_sentence, policy_problem_sentence, problem_sentence, shown
from app.models.account import AccountAction, AccountState
from app.models.account_application import AccountField, ApplicationAction, ApplicationState
from app.models.archive_package import BagProblem, ProblemKind
from app.models.draft import DraftAction, DraftState
from app.models.monthly import Gap, GapKind
from app.models.review import MANDATORY_STEPS
from app.models.right import Right, Role

# Names that office people know by these letters.
FAMILIAR = {"Word", "WPS", "docx", "wps", "txt", "pdf", "jpg", "png", "UTF", "GB", "MB", "KB", "exFAT", "NTFS"}
FAMILIAR |= {"https", "http", "bagit", "data", "Excel", "xlsx", "csv", "Windows", "KDE"}
LATIN = re.compile(r"[A-Za-z]+")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”』」】）][,;:?!()]|[,;:?!()][\u4e00-\u9fff“]")
MISSING = ("title", "body", "accounts", "source_unit", "source_title", "source_link", "no_secrets", "picture_licence")

STORES = ("Windows 凭据管理器", "系统钥匙串", "桌面密钥环", "KDE 密码库")

SAMPLES: dict[str, Sequence[tuple[object, ...]]] = {
    "ClockWrongError": [(date(2016, 1, 1), date(2026, 10, 12))],
    "ActionNotAllowedError": [(a, s) for a in DraftAction for s in DraftState]
    + [(a, s) for a in AccountAction for s in AccountState]
    + [(a, s) for a in ApplicationAction for s in (*ApplicationState, *AccountState)],
    "CustodianUnfitError": [("贺甲",)],
    "ApplicationNeededError": [(tuple(AccountField)[:n],) for n in (1, 3, 9)],
    "RightMissingError": [(right,) for right in Right],
    "AccountNotCoveredError": [(right, ("微信公众号“晋安示例”",) * n) for right in Right for n in (1, 2)],
    "MonthTextError": [("2026-13",), ("",)],
    "PaperCodeError": [("foreign",), ("newer",), ("damaged",), ("unwritable",)],
    "MissingFieldError": [(name,) for name in (*MISSING, "person_name", "planted", *(f"role_{r}" for r in Role))],
    "FieldTooLongError": [("title", 500, 501), ("variant_body", 500_000, 900_000)],
    "FieldInvalidError": [("unit_code",), ("link",), ("number",), ("month",), ("audit_head",), ("planted",)],
    "NotFoundError": [("draft", "x"), ("planted", "x")],
    "PolicyInvalidError": [((("line:3", "syntax"),),), (tuple(("limits.x", "basis_needed") for _ in range(9)),)],
    "SubmissionBlockedError": [(MISSING, ()), ((), ("id_card", "planted")), (MISSING, ("mobile",)), ((), ())],
    "SecrecyMarkError": [(), ("通知",)],
    "StaleSheetError": [("晋示审〔2026〕118号", 1, 2), ("", 2, 2)],
    "NotEarlierError": [(date(2026, 10, 12),)],
    "ClockDoubtfulError": [(date(2046, 1, 1), date(2026, 11, 24))],
    "NothingExpiredError": [(date(2037, 1, 1),), (None,)],
    "LockedOutError": [(1,), (60,), (893,)],
    "PasscodeWeakError": [("length", 12), ("guessable", 8)],
    "SecretTooLongError": [(2728, 2560)],
    "EnvelopeInvalidError": [("damaged",), ("newer",), ("foreign",), ("no_key",), ("planted",)],
    "VaultAbsentError": [("win32",), ("darwin",), ("linux",)],
    "VaultLockedError": [(store,) for store in STORES],
    "VaultSilentError": [(store, act) for store in STORES for act in ("find", "store", "remove")],
    "VaultNotKeptError": [(store,) for store in STORES],
    "VaultNotRemovedError": [(store,) for store in STORES],
    "PasswordRuleInvalidError": [("length",), ("signs",), ("kinds",), ("planted",)],
    "FileUnreadableError": [("通知", reason) for reason in (*IMPORT_REASONS, "planted")] + [("", "broken")],
    "HandoverNeededError": [("贺甲", ("微博“示例”",), (), ("01",)), ("贺甲", (), ("微博“示例”",), ())],
    "HandoverTickError": [
        (reason, "微博“示例”")
        for reason in ("unchanged", "not_sealed", "still_held", "open", "operator", "no_accounts", "others", "running")
    ]
    + [("planted",)],
    "LoanRefusedError": [(reason,) for reason in ("approver", "custodian", "out", "planted")],
    "TerminalRefusedError": [
        *[(reason,) for reason in ("unregistered", "unknown", "approver", "not_this_machine", "planted")],
        *[(reason, "01") for reason in ("retired", "other_accounts", "number_taken", "machine_taken", "stopped")],
        *[(reason, "01") for reason in ("away", "returned")],
    ],
    "UnsafeFolderError": [("文件夹", reason) for reason in ("removable", "network", "synchronised", "planted")],
    "DatabaseMissingError": [("文件夹",)],
    "AuditBrokenError": [(4711,)],
    "RecordAlteredError": [("publication", "4711"), ("planted", "")],
    "AttachmentMissingError": [("0123456789" * 6,)],
    "BackupInvalidError": [("missing",), ("damaged",), ("newer",), ("planted",)],
    "WitnessRefusedError": [((1,),), ((2,),), ((1, 2),)],
    "FolderNotEmptyError": [("文件夹",)],
    "NotEnoughSpaceError": [(1,), (123_456_789,), (5_000_000_000,)],
    "FolderMissingError": [("文件夹",)],
    "TargetNotWritableError": [("文件夹",)],
    "TargetInsideSourceError": [("文件夹",)],
    "NumberImplausibleError": [(3, 118, 5118), (9999, 118, 5118)],
    "HeadMismatchError": [(4711,)],
    "ReadBackError": [("目录",)],
    "TargetExistsError": [("目录",)],
    "FileTooLargeForMediumError": [("录像",)],
    "GapsUnexplainedError": [(("scan:1", "link:2"),)],
    "NothingFiledError": [("2026年10月", "2026年11月"), ("2026年10月",)],
    "PaperImpossibleError": [("no_glyph", "𬭎"), ("no_glyph",), ("too_long", "标题"), ("picture",), ("planted",)],
}


def every(kind: type[AppError]) -> Iterator[type[AppError]]:
    for below in kind.__subclasses__():
        yield below
        yield from every(below)


def samples(kind: type[AppError]) -> list[AppError]:
    """Make errors of a class; one without a constructor of its own needs no arguments."""
    bare: Sequence[tuple[object, ...]] = [()] if kind.__init__ is AppError.__init__ else []
    return [kind(*arguments) for arguments in SAMPLES.get(kind.__name__, bare)]


def faults() -> list[str]:
    """Walk all errors of the program and name those that lack samples or sentences, or whose sentences are poor."""
    found = []
    for kind in every(AppError):
        errors = samples(kind)
        if not errors:
            found.append(f"{kind.__name__}: no sample arguments")
        for error in errors:
            try:
                sentence = explain(error)
            except KeyError:
                found.append(f"{kind.__name__}: no sentences")
                continue
            found += [f"{kind.__name__}: {fault}" for half in (sentence.what, sentence.todo) for fault in poor(half)]
    return found


def poor(half: str) -> Iterator[str]:
    if not half.endswith("。") or len(half) < 6 or not re.search(r"[\u4e00-\u9fff]", half):
        yield f"no whole Chinese sentence: {half}"
    if "。。" in half or "，。" in half or "  " in half:
        yield f"doubled punctuation: {half}"
    if set(LATIN.findall(re.sub(r"limits\.x", "", half))) - FAMILIAR:
        yield f"English in it: {half}"
    if HALF_WIDTH.search(half):
        yield f"half-width punctuation: {half}"


def test_every_error_has_two_whole_chinese_sentences() -> None:
    assert len(list(every(AppError))) >= 50
    assert faults() == []


def test_a_planted_error_without_sentences_makes_the_walk_fail() -> None:
    planted = type("PlantedError", (AppError,), {})
    below = type("PlantedBelowError", (app.errors.MonthNotOverError,), {})
    assert "PlantedError: no sentences" in faults()
    assert "PlantedBelowError: no sentences" in faults()
    with pytest.raises(KeyError):
        explain(planted())
    del planted, below
    gc.collect()
    assert faults() == []


def test_poor_sentences_are_noticed() -> None:
    assert list(poor("出错了"))
    assert list(poor("FileNotFound。"))
    assert list(poor("写不进去,请核对一下。"))
    assert list(poor("。"))
    assert not list(poor("请另存为 .docx，再拖入。"))


def test_every_reason_of_an_unreadable_file_has_sentences_of_its_own() -> None:
    told = [explain(app.errors.FileUnreadableError("通知.doc", reason)) for reason in (*IMPORT_REASONS, "planted")]
    assert len({sentence.what for sentence in told}) == len(IMPORT_REASONS) + 1


def test_an_old_word_file_says_how_to_save_it_anew() -> None:
    told = explain(app.errors.FileUnreadableError("通知.doc", "old_word"))
    assert told == Sentence("文件“通知.doc”是旧的 Word 格式。", "请用 Word 或 WPS 打开，另存为 .docx，改用新文件。")
    assert str(told).startswith(told.what)


REASONS = {
    "FileUnreadableError": ("通知", "{}"),
    "BackupInvalidError": ("{}",),
    "UnsafeFolderError": ("文件夹", "{}"),
    "PaperImpossibleError": ("{}",),
    "TerminalRefusedError": ("{}",),
    "HandoverNeededError": ("{}", (), (), ()),
    "HandoverTickError": ("{}",),
    "LoanRefusedError": ("{}",),
    "PaperCodeError": ("{}",),
    "PasscodeWeakError": ("{}", 8),
    "EnvelopeInvalidError": ("{}",),
    "PasswordRuleInvalidError": ("{}",),
}


def reasons_in(source: str) -> set[tuple[str, str]]:
    """Every reason that a source file writes out when it makes one of the errors above."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REASONS:
            place = [str(argument) for argument in REASONS[node.func.id]].index("{}")
            reason = node.args[place] if len(node.args) > place else None
            branches = [reason.body, reason.orelse] if isinstance(reason, ast.IfExp) else [reason]
            found |= {(node.func.id, str(b.value)) for b in branches if isinstance(b, ast.Constant)}
    return found


def has_words_of_its_own(error: str, reason: str) -> bool:
    kind = getattr(app.errors, error)
    told, unknown = (explain(kind(*(word if a == "{}" else a for a in REASONS[error]))) for word in (reason, "planted"))
    return told != unknown


def test_every_reason_the_program_gives_has_a_sentence_of_its_own() -> None:
    given = set[tuple[str, str]]()
    for path in Path(app.errors.__file__).parent.rglob("*.py"):
        given |= reasons_in(path.read_text("utf-8"))
    # These three are also what an unknown reason is told as.
    given -= {("PaperCodeError", "damaged"), ("PasscodeWeakError", "guessable"), ("EnvelopeInvalidError", "damaged")}
    assert len(given) >= 6
    assert sorted(pair for pair in given if not has_words_of_its_own(*pair)) == []


def test_a_planted_reason_without_a_sentence_is_found() -> None:
    pairs = reasons_in("raise FileUnreadableError(name, 'odd' if x else 'empty') from y\nBackupInvalidError('strange')")
    assert pairs == {
        ("FileUnreadableError", "odd"),
        ("FileUnreadableError", "empty"),
        ("BackupInvalidError", "strange"),
    }
    assert sorted(pair for pair in pairs if not has_words_of_its_own(*pair)) == [
        ("BackupInvalidError", "strange"),
        ("FileUnreadableError", "odd"),
    ]


def test_an_empty_month_is_not_quoted() -> None:
    assert explain(app.errors.MonthTextError("")).what == "没有写明月份。"


def test_a_full_drive_names_what_is_missing() -> None:
    assert "还差 124 MB" in explain(app.errors.NotEnoughSpaceError(123_456_789)).what


def test_a_blocked_submission_names_fields_and_rules() -> None:
    told = explain(app.errors.SubmissionBlockedError(("title", "no_secrets"), ("id_card",)))
    assert "标题、不涉密声明" in told.what
    assert "公民身份号码" in told.what


def test_a_write_that_was_cut_off_says_that_it_may_or_may_not_be_kept() -> None:
    told = {act: explain(app.errors.VaultSilentError("桌面密钥环", act)) for act in ("find", "store", "remove")}
    assert "可能存上了，也可能没有" in told["store"].what
    assert "再存一次" in told["store"].todo
    assert "可能删掉了，也可能没有" in told["remove"].what
    assert "可能" not in told["find"].what


def test_whatever_the_store_refuses_to_keep_is_said_to_lie_nowhere_else() -> None:
    for error in (
        app.errors.VaultAbsentError("linux"),
        app.errors.VaultLockedError("桌面密钥环"),
        app.errors.VaultSilentError("桌面密钥环", "store"),
        app.errors.VaultNotKeptError("桌面密钥环"),
    ):
        assert "密码没有存到别处" in explain(error).todo


def test_a_wrong_name_and_a_wrong_passcode_are_told_in_the_same_words() -> None:
    assert explain(app.errors.SignInRefusedError()).what == "姓名或口令不对。"


HOSTILE = '<img src="file:///etc/passwd">\r\n\x00{0}%s\u202e\u200b' + "长" * 500


def test_a_hostile_name_stands_in_a_sentence_on_one_short_line() -> None:
    for error in (
        app.errors.FileUnreadableError(HOSTILE, "broken"),
        app.errors.TargetNotWritableError(HOSTILE),
        app.errors.PaperImpossibleError("no_glyph", HOSTILE),
        app.errors.MonthTextError(HOSTILE),
    ):
        what = explain(error).what
        assert what.endswith("。")
        assert len(what) < 120
        assert not re.search(r"[\x00-\x1f\u202e\u200b]", what)


@given(st.text(max_size=200))
def test_a_shown_name_is_short_and_holds_nothing_invisible(text: str) -> None:
    name = shown(text)
    assert len(name) <= 50
    assert name.isprintable()


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    name = shown("关于" + "很" * 200 + "长.docx")
    assert name.startswith("关于")
    assert name.endswith("长.docx")
    assert "……" in name


@pytest.mark.parametrize("kind", ProblemKind)
def test_every_problem_of_an_archive_is_one_sentence_with_its_file(kind: ProblemKind) -> None:
    told = problem_sentence(BagProblem(kind, "data/{0}/目录"))
    assert "data/{0}/目录" in told
    assert not list(poor(told))
    assert not list(poor(problem_sentence(BagProblem(kind, ""))))


@pytest.mark.parametrize("kind", GapKind)
def test_every_gap_is_one_sentence_with_its_number_title_and_account(kind: GapKind) -> None:
    told = gap_sentence(Gap(kind, "k", "〔2026〕1号", "标题{x}", "微信公众号“晋安示例”"))
    assert told.startswith("〔2026〕1号“标题{x}”（微信公众号“晋安示例”）")
    assert told.endswith("。")
    assert not list(poor(gap_sentence(Gap(kind, "k", "", ""))))


def policy_facts() -> set[str]:
    """Every fact that the policy reader tells: the last part of each (place, fact) it appends."""
    tree = ast.parse(inspect.getsource(app.models.policy))
    last = [node.elts[-1] for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    facts = {node.value for node in last if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    no_facts = {"basis", "syntax", *app.models.policy.NUMBERS}
    return facts - no_facts | {f"lacks_{step}" for step in MANDATORY_STEPS}


def test_every_problem_of_a_policy_has_a_sentence_of_its_own() -> None:
    facts = policy_facts()
    assert {"unknown_key", "basis_needed", "quorum_invalid", "day_of_month_needed", "two_to_eight_steps"} <= facts
    told = {fact: policy_problem_sentence("位置", fact) for fact in facts}
    assert [fact for fact, text in told.items() if "填写不对" in text or list(poor(text))] == []
    assert policy_problem_sentence("line:3", "syntax") == "第 3 行写法不对。"
    assert policy_problem_sentence("end", "syntax") == "制度参数文件末尾不完整。"
    assert policy_problem_sentence("位置", "planted") == "“位置”填写不对。"
