"""The shipped policy reads; each mistake in a copy is refused with its place, and all at once."""

import hashlib
from pathlib import Path

import pytest

from app.errors import PolicyInvalidError
from app.models.draft import ReviewClass
from app.models.papercode import PaperKind
from app.models.policy import read_policy
from app.models.review import MANDATORY_STEPS, StepKind
from app.models.right import ROLE_RIGHTS, Right
from app.models.shipped_words import SHIPPED_NUMBERS, SHIPPED_TITLES, Stated

SHIPPED = Path(__file__).parents[2] / "resources" / "policy" / "jinan-1.toml"
TEXT = SHIPPED.read_text("utf-8")
PRINCIPAL = '{ kind = "principal_leader", role = "principal_leader", quorum = 1, due_working_days = 1 },'
SECRECY = '{ kind = "secrecy_review", role = "secrecy_reviewer", quorum = 1, due_working_days = 1 },'
FIRST = '{ kind = "first_review", role = "reviewer", quorum = 1, due_working_days = 1 },'


def problems(text: str) -> set[tuple[str, str]]:
    with pytest.raises(PolicyInvalidError) as refused:
        read_policy(text)
    return set(refused.value.problems)


def test_the_shipped_policy_reads_and_every_value_names_its_basis() -> None:
    policy = read_policy(TEXT)
    assert policy.supervisor == "福州市晋安区人民政府办公室"
    assert set(policy.chains) == set(ReviewClass)
    for table in (policy.titles, policy.numbers, policy.limits, policy.retention):
        assert table
        assert all(stated.value and stated.basis for stated in table.values())
    assert policy.limits["update_limit_days"].number == 10
    assert policy.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert policy.text == TEXT


def test_every_shipped_chain_holds_secrecy_review_and_ends_with_the_principal_leader() -> None:
    for chain in read_policy(TEXT).chains.values():
        kinds = [step.kind for step in chain.steps]
        assert set(MANDATORY_STEPS) <= set(kinds)
        assert kinds[-1] is StepKind.PRINCIPAL_LEADER
        assert all(Right.DECIDE in ROLE_RIGHTS[step.role] for step in chain.steps)
        assert chain.basis


def test_a_file_saved_by_notepad_reads_the_same() -> None:
    notepad = "\ufeff" + TEXT.replace("\n", "\r\n")
    assert read_policy(notepad).chains == read_policy(TEXT).chains


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format = 1", "format = 2", ("format", "unsupported_format")),
        ("format = 1", "format = true", ("format", "unsupported_format")),
        ("format = 1", "", ("format", "unsupported_format")),
        ('name = "晋安区政务新媒体管理（默认）"', 'name = " "', ("name", "text_needed")),
        ("format = 1", "format = 1\nformt = 1", ("formt", "unknown_key")),
        ("[titles]", "[titles]\nreview = { text = 'a', basis = 'b' }", ("titles.review", "unknown_key")),
        (
            "update_limit_days = { value = 10,",
            "update_limit_days = { value = -10,",
            ("limits.update_limit_days", "positive_number_needed"),
        ),
        (
            "update_limit_days = { value = 10,",
            "update_limit_days = { value = 0,",
            ("limits.update_limit_days", "positive_number_needed"),
        ),
        (
            "update_limit_days = { value = 10,",
            'update_limit_days = { value = "10",',
            ("limits.update_limit_days", "positive_number_needed"),
        ),
        (
            "update_limit_days = { value = 10,",
            "update_limit_days = { value = true,",
            ("limits.update_limit_days", "positive_number_needed"),
        ),
        (
            "update_limit_days = { value = 10,",
            "update_limit_days = { value = 10, unit = 'd',",
            ("limits.update_limit_days.unit", "unknown_key"),
        ),
        (
            "archive_due_day = { value = 5,",
            "archive_due_day = { value = 31,",
            ("limits.archive_due_day", "day_of_month_needed"),
        ),
        (
            'code_slip = { text = "首次登录一次性口令单", basis = "第六条；设计默认值" }',
            "",
            ("titles.code_slip", "text_needed"),
        ),
        ('basis = "第六条；设计默认值"', 'basis = ""', ("titles.code_slip", "basis_needed")),
        (', basis = "第六条；设计默认值"', "", ("titles.code_slip", "basis_needed")),
        ('basis = "第三条、第十五条（一）"', "", ("chains.ordinary", "basis_needed")),
        ('basis = "第九条、第十五条（一）"', "basis = 9", ("chains.sensitive", "basis_needed")),
        ('[categories]\nbasis = "设计默认值"', "[categories]", ("categories", "basis_needed")),
        ('names = ["工作动态",', 'names = ["",', ("categories.names", "list_of_names_needed")),
        ('names = ["工作动态",', 'names = ["通知公告",', ("categories.names", "list_of_names_needed")),
        ("[chains.sensitive]", "[chains.special]", ("chains.sensitive", "steps_needed")),
        ("[chains.sensitive]", "[chains.special]", ("chains.special", "unknown_key")),
        (PRINCIPAL, "", ("chains.ordinary", "lacks_principal_leader")),
        (PRINCIPAL, "", ("chains.ordinary", "last_step_not_principal_leader")),
        (PRINCIPAL, PRINCIPAL + FIRST, ("chains.important", "last_step_not_principal_leader")),
        (SECRECY, "", ("chains.sensitive", "lacks_secrecy_review")),
        (FIRST, FIRST * 7, ("chains.ordinary", "two_to_eight_steps")),
        (FIRST, FIRST.replace("quorum = 1", "quorum = 0"), ("chains.ordinary[1]", "quorum_invalid")),
        (FIRST, FIRST.replace("quorum = 1", "quorum = 10"), ("chains.ordinary[1]", "quorum_invalid")),
        (FIRST, FIRST.replace("quorum = 1", 'quorum = "2"'), ("chains.ordinary[1]", "quorum_invalid")),
        (FIRST, FIRST.replace("quorum = 1", "quorum = true"), ("chains.ordinary[1]", "quorum_invalid")),
        (FIRST, FIRST.replace("quorum", "qourum"), ("chains.ordinary[1].qourum", "unknown_key")),
        (FIRST, FIRST.replace("days = 1", "days = -1"), ("chains.ordinary[1]", "due_invalid")),
        (FIRST, FIRST.replace("days = 1", 'days = "soon"'), ("chains.ordinary[1]", "due_invalid")),
        (FIRST, FIRST.replace("days = 1", "days = 61"), ("chains.ordinary[1]", "due_invalid")),
        (FIRST, FIRST.replace('"first_review"', '"zeroth"'), ("chains.ordinary[1]", "step_invalid")),
        (FIRST, FIRST.replace('"reviewer"', '"boss"'), ("chains.ordinary[1]", "step_invalid")),
        (FIRST, FIRST.replace('"reviewer"', '["reviewer"]'), ("chains.ordinary[1]", "step_invalid")),
        (FIRST, '"first_review",', ("chains.ordinary[1]", "step_invalid")),
        (FIRST, FIRST.replace('"reviewer"', '"archivist"'), ("chains.ordinary[1]", "role_cannot_decide")),
    ],
)
def test_each_mistake_is_refused_with_its_place(old: str, new: str, problem: tuple[str, str]) -> None:
    assert old in TEXT
    assert problem in problems(TEXT.replace(old, new))


def test_a_version_adopted_earlier_may_lack_what_is_asked_for_since_and_a_new_one_may_not() -> None:
    older = "\n".join(line for line in TEXT.splitlines() if not line.startswith(("staff", "statement")))
    adopted = read_policy(older, adopted=True)
    assert "staff" not in adopted.retention
    assert adopted.limits == read_policy(TEXT).limits
    assert {("retention.staff", "text_needed"), ("retention.statement", "text_needed")} == problems(older)
    with pytest.raises(PolicyInvalidError):
        read_policy(older.replace('"永久"', "5"), adopted=True)


def test_the_shipped_words_are_those_of_the_shipped_file_and_name_every_paper() -> None:
    policy = read_policy(TEXT)
    assert (policy.titles, policy.numbers) == (SHIPPED_TITLES, SHIPPED_NUMBERS)
    assert set(SHIPPED_TITLES) == {kind.name.lower() for kind in PaperKind}
    words = [stated.value for stated in SHIPPED_NUMBERS.values()]
    assert len(set(words)) == len(words)


def test_a_title_and_a_number_word_that_an_older_version_lacks_are_as_shipped_and_its_own_stand() -> None:
    older = "\n".join(line for line in TEXT.splitlines() if not line.startswith(("account_", "password_h")))
    own = older.replace('text = "待签清单"', 'text = "待签稿件清单"').replace('text = "审"', 'text = "核"')
    adopted = read_policy(own, adopted=True)
    assert "account_filing" not in adopted.titles
    assert adopted.title("account_filing") == Stated("福州市晋安区政务新媒体备案登记表", "第五条")
    assert adopted.number_word("password_handover").value == "交"
    assert (adopted.title("waiting_list").value, adopted.number_word("review_sheet").value) == ("待签稿件清单", "核")
    with pytest.raises(KeyError):
        adopted.title("no_paper")


@pytest.mark.parametrize("table", ["titles", "numbers", "chains", "categories", "limits", "retention"])
def test_a_missing_table_is_named(table: str) -> None:
    lines, kept, inside = TEXT.splitlines(), [], False
    for line in lines:
        if line.startswith("["):
            inside = line.startswith((f"[{table}]", f"[{table}."))
        if not inside:
            kept.append(line)
    assert (table, "table_needed") in problems("\n".join(kept))


@pytest.mark.parametrize("key", ["titles", "chains", "categories", "limits"])
def test_a_table_written_as_a_number_is_named(key: str) -> None:
    assert (key, "table_needed") in problems(f"format = 1\n{key} = 5\n")


def test_all_mistakes_are_told_at_once() -> None:
    text = TEXT.replace("value = 90", "value = -90").replace("quorum = 1", "quorum = 0")
    assert len(problems(text)) == 13


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("format = = 1", "line:1"),
        ("format = 1\nname = 晋安\n", "line:2"),
        ("[titles", "end"),
        ("a = " + "[" * 20_000, "end"),
        ("format = " + "9" * 5_000, "end"),
        ("<html>", "line:1"),
    ],
)
def test_what_is_no_policy_file_at_all_is_refused_with_its_line(text: str, place: str) -> None:
    assert problems(text) == {(place, "syntax")}


def test_an_empty_file_lacks_everything_and_does_not_crash() -> None:
    assert {fact for _, fact in problems("")} == {"unsupported_format", "table_needed", "text_needed"}
