"""Every value, act and field has a Chinese word, and dates are Beijing's."""

import ast
import importlib
import inspect
import pkgutil
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest

import app.models
from app.labels import (
    action_label,
    field_label,
    label,
    long_date,
    long_moment,
    record_label,
    rule_label,
    size_text,
    wait_text,
)
from app.models.account import AccountAction
from app.models.account_application import ApplicationAction
from app.models.draft import DraftAction, DraftState
from app.models.right import Role

ROOT = Path(__file__).parents[1]
LATIN = re.compile(r"[A-Za-z]")


def enums_of_the_domain() -> list[type[StrEnum]]:
    found: set[type[StrEnum]] = set()
    for module in pkgutil.iter_modules(app.models.__path__):
        members = vars(importlib.import_module(f"app.models.{module.name}")).values()
        found |= {m for m in members if inspect.isclass(m) and issubclass(m, StrEnum) and m is not StrEnum}
    return sorted(found, key=lambda kind: kind.__name__)


def unlabelled(kinds: list[type[StrEnum]]) -> list[str]:
    missing = []
    for kind in kinds:
        for value in kind:
            try:
                assert label(value)
            except KeyError:
                missing.append(f"{kind.__name__}.{value.name}")
    return missing


def test_every_value_of_the_domain_has_a_label() -> None:
    kinds = enums_of_the_domain()
    assert len(kinds) >= 24
    assert unlabelled(kinds) == []


def test_a_planted_value_without_a_label_is_found() -> None:
    planted = StrEnum("planted", {"WRITING": "writing"})
    assert unlabelled([DraftState, planted]) == ["planted.WRITING"]


def test_labels_are_chinese_and_no_two_values_of_an_enum_share_one() -> None:
    for kind in enums_of_the_domain():
        words = [label(value) for value in kind]
        assert [word for word in words if LATIN.search(word) or not word.strip()] == []
        assert len(set(words)) == len(words), kind


def test_equal_values_of_different_enums_keep_their_own_word() -> None:
    assert label(DraftState.RETURNED) == "已退回"
    assert label(DraftAction.RETURN) == "退回修改"
    assert label(DraftAction.REFUSE) == "不同意发布"


def acts_in(source: str) -> set[str]:
    """Every act that a source file writes to the audit chain: the third argument of each `record(unit, actor, …)`."""
    found: set[str] = set()
    tree = ast.parse(source)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        assigned = {
            target.id: node.value
            for node in ast.walk(function)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(function):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and isinstance(called, ast.Attribute) and called.attr == "record":
                found |= texts_of(node.args[2], assigned) if len(node.args) >= 4 else set()
    return found


_ACTS = {"draft.": DraftAction, "account.": AccountAction, "application.": ApplicationAction}


def texts_of(node: ast.expr, assigned: dict[str, ast.expr]) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return texts_of(node.body, assigned) | texts_of(node.orelse, assigned)
    if isinstance(node, ast.Name) and node.id in assigned:
        return texts_of(assigned[node.id], assigned)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        prefix = str(node.values[0].value)
        return {prefix + verb for verb in _ACTS[prefix]}
    raise AssertionError(f"the act is not written as a text: {ast.unparse(node)}")


def test_every_act_the_program_records_has_a_label() -> None:
    acts: set[str] = set()
    for path in (ROOT / "app").rglob("*.py"):
        if path.name != "record_room.py":
            acts |= acts_in(path.read_text("utf-8"))
    assert len(acts) > 40
    assert sorted(act for act in acts if action_label(act) == act) == []
    assert [act for act in acts if LATIN.search(action_label(act))] == []


def test_a_planted_act_without_a_label_is_found() -> None:
    source = (
        "def act(self, x):\n"
        "    word = 'planted.one' if x else 'draft.submit'\n"
        "    self._room.record(unit, actor, word, 'draft:1')\n"
        "    self._room.record(unit, actor, 'planted.two', 'draft:1', {})\n"
        "    self._room.record(unit, actor, f'account.{x}', 'account:1')\n"
    )
    acts = acts_in(source)
    assert {"planted.one", "planted.two", "draft.submit", "account.open"} <= acts
    assert sorted(act for act in acts if action_label(act) == act) == ["planted.one", "planted.two"]


def test_an_unknown_act_keeps_its_raw_name() -> None:
    assert action_label("future.act") == "future.act"
    assert action_label("draft.submit") == "提交审核"
    assert action_label("") == ""


def fields_in(source: str) -> set[str]:
    """Every field that a source file names in an error, or appends to the missing ones."""
    errors = {"MissingFieldError", "FieldInvalidError", "FieldTooLongError"}
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in errors and node.args
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def test_every_field_an_error_names_has_a_label() -> None:
    fields = {"title", "body", "accounts", "video", "source_unit", "source_title", "source_link", "no_secrets"}
    fields |= {"picture_licence", "summary", "variant_title", "variant_body", "unit_name", "code_word", "supervisor"}
    fields |= {f"role_{role}" for role in Role}
    for path in (ROOT / "app").rglob("*.py"):
        fields |= fields_in(path.read_text("utf-8"))
    assert sorted(name for name in fields if field_label(name) == "这一栏") == []
    assert [name for name in fields if LATIN.search(field_label(name))] == []
    assert fields_in("raise MissingFieldError('planted')") == {"planted"}
    assert field_label("planted") == "这一栏"


def test_a_missing_role_is_named_by_its_role() -> None:
    assert field_label("role_secrecy_reviewer") == "保密审查员"


def test_unknown_records_and_rules_still_have_a_chinese_word() -> None:
    assert (record_label("draft"), record_label("planted")) == ("稿件", "记录")
    assert (rule_label("id_card"), rule_label("planted")) == ("公民身份号码", "其他检查提示")


def test_every_check_rule_has_a_label() -> None:
    rules = pytest.importorskip("app.textcheck.rules", reason="the text check is not built yet", exc_type=ImportError)
    assert sorted(card.name for card in rules.CARDS if rule_label(card.name) == rule_label("planted")) == []


def test_dates_are_written_in_beijing_time_without_leading_zeros() -> None:
    moment = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
    assert long_date(moment) == "2026年11月24日"
    assert long_moment(moment) == "2026年11月24日 00:05"
    assert long_moment(datetime(2026, 11, 23, 10, 0, tzinfo=UTC)) == "2026年11月23日 18:00"
    assert long_date(date(2026, 3, 1)) == "2026年3月1日"
    with pytest.raises(ValueError, match="aware"):
        long_date(datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 字节"),
        (999, "999 字节"),
        (1_000, "1.0 KB"),
        (999_949, "999.9 KB"),
        (999_950, "1.0 MB"),
        (12_345_678, "12.3 MB"),
        (999_949_999, "999.9 MB"),
        (999_950_000, "1.00 GB"),
        (64_000_000_000, "64.00 GB"),
    ],
)
def test_sizes_never_show_a_thousand_of_the_smaller_unit(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(-5, "0 秒"), (45, "45 秒"), (60, "1 分钟"), (252, "4 分 12 秒"), (900, "15 分钟")]
)
def test_waits_are_written_as_people_say_them(seconds: int, text: str) -> None:
    assert wait_text(seconds) == text


GLOSSARY_LINE = re.compile(r"- (?P<chinese>[^↔]+) ↔ (?P<english>.+)")


def test_the_glossary_has_one_line_an_idea() -> None:
    lines = [line for line in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines() if line.startswith("- ")]
    matches = [GLOSSARY_LINE.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, matches, strict=True) if match is None] == []
    for side in ("chinese", "english"):
        words = [match[side] for match in matches if match]
        assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_glossary_calls_states_steps_verdicts_and_roles_as_the_code_does() -> None:
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    names = (
        "DraftState",
        "StepKind",
        "Verdict",
        "Role",
        "ReviewClass",
        "Urgency",
        "Form",
        "Severity",
        "PublicationKind",
    )
    kinds = {kind.__name__: kind for kind in enums_of_the_domain()}
    for value in (value for name in names for value in kinds[name]):
        line = re.compile(rf"^- {label(value)} ↔ .*(`|step `){value.value}`", re.MULTILINE)
        assert line.search(text), value
