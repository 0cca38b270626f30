"""Who gets in, who waits, and how a forgotten passcode is renewed."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from app.bootstrap import Services, open_services
from app.errors import (
    AppError,
    CodeExpiredError,
    DatabaseBusyError,
    LockedOutError,
    LongerPasscodeNeededError,
    NotEnoughSpaceError,
    OwnPasscodeWrongError,
    PasscodeChangeNeededError,
    PasscodeWeakError,
    ReasonNeededError,
    RightMissingError,
    RoleConflictError,
    SamePersonError,
    SignedOutError,
    SignInRefusedError,
)
from app.messages import explain
from app.models.right import Right, Role
from app.storage.audit_records import AuditRecords
from app.vault.passcode_hash import PasscodeHasher
from tests.services.office import PASSCODE, Office, cheap_hasher


def test_the_right_passcode_opens_a_session(office: Office) -> None:
    signed = office.services.sign_in.sign_in("陈账", PASSCODE)
    assert signed.actor.name == "陈账"
    assert Right.REGISTER_PAPER in signed.actor.rights
    assert office.services.audit.page(0, 1)[0].action == "session.sign_in"


def test_an_unknown_name_and_a_wrong_passcode_sound_alike(office: Office) -> None:
    for name in ("陈账", "没有这个人"):
        with pytest.raises(SignInRefusedError) as refused:
            office.services.sign_in.sign_in(name, "wrong-passcode")
        assert str(refused.value) == ""
    assert not office.services.session.person_id


def test_nothing_can_be_done_without_a_session(office: Office) -> None:
    with pytest.raises(SignedOutError):
        office.services.drafts.start()


def fail(office: Office, times: int, name: str = "陈账") -> None:
    for _ in range(times):
        with pytest.raises((SignInRefusedError, LockedOutError)):
            office.services.sign_in.sign_in(name, "wrong-passcode")


def test_five_wrong_tries_lock_for_one_five_and_fifteen_minutes_over_restarts(office: Office) -> None:
    for minutes in (1, 5, 15, 15):
        fail(office, 5)
        again = Office(office.folder, office.clock)
        with pytest.raises(LockedOutError) as locked:
            again.services.sign_in.sign_in("陈账", PASSCODE)
        assert 60 * minutes - 20 < locked.value.seconds <= 60 * minutes
        office.clock.forward(minutes=minutes)
    office.services.sign_in.sign_in("陈账", PASSCODE)
    fail(office, 4)
    office.services.sign_in.sign_in("陈账", PASSCODE)


def test_a_lock_out_is_not_ended_by_setting_the_clock_back(office: Office) -> None:
    fail(office, 5)
    office.clock.forward(seconds=-30)
    with pytest.raises(LockedOutError):
        office.services.sign_in.sign_in("陈账", PASSCODE)


def test_a_typed_name_is_not_kept(office: Office) -> None:
    fail(office, 1, name="my-secret-typed-in-the-wrong-field")
    assert b"my-secret" not in (office.folder / "xianshen.db").read_bytes()


def test_a_one_time_code_asks_for_a_passcode_first(office: Office) -> None:
    admin = office.sign_in("许管")
    code = admin.codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    admin.sign_in.sign_out()
    with pytest.raises(PasscodeChangeNeededError):
        admin.sign_in.sign_in("林晓", code.code.lower().replace("-", " "))
    with pytest.raises(PasscodeWeakError):
        admin.sign_in.choose("林晓", code.code, "12345678")
    with pytest.raises(PasscodeWeakError):
        admin.sign_in.choose("林晓", code.code, "abc1")
    signed = admin.sign_in.choose("林晓", code.code, "another-fine-word-77")
    assert signed.notice == "忘记口令"
    with pytest.raises(SignInRefusedError):
        admin.sign_in.sign_in("林晓", PASSCODE)


def test_the_person_is_told_of_a_reset_once(office: Office) -> None:
    admin = office.sign_in("许管")
    code = admin.codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    admin.sign_in.choose("林晓", code.code, "another-fine-word-77")
    assert admin.sign_in.sign_in("林晓", "another-fine-word-77").notice == ""


def test_a_code_that_expired_is_refused(office: Office) -> None:
    admin = office.sign_in("许管")
    code = admin.codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    office.clock.forward(days=code.valid_days + 1)
    admin.sign_in.sign_out()
    # Whoever holds no code is told nothing of it, and every try counts.
    with pytest.raises(SignInRefusedError):
        admin.sign_in.choose("林晓", "AAAA-BBBB-CCCC", "another-fine-word-77")
    for _ in range(2):
        with pytest.raises(CodeExpiredError):
            admin.sign_in.choose("林晓", code.code, "another-fine-word-77")
    with pytest.raises(CodeExpiredError):
        admin.sign_in.sign_in("林晓", code.code)
    with pytest.raises(LockedOutError):
        admin.sign_in.sign_in("林晓", code.code)


def test_a_new_code_needs_a_reason_and_the_right(office: Office) -> None:
    with pytest.raises(ReasonNeededError):
        office.sign_in("许管").codes.issue(office.person("林晓").id, " ", PASSCODE)
    with pytest.raises(RightMissingError):
        office.sign_in("陈账").codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)


def test_an_administrator_does_not_draw_their_own_code_but_the_second_person_does(office: Office) -> None:
    admin_id = office.person("许管").id
    with pytest.raises(RightMissingError):
        office.sign_in("许管").codes.issue(admin_id, "忘记口令", PASSCODE)
    second = office.sign_in("林晓")
    assert second.codes.may_issue(admin_id)
    assert not second.codes.may_issue(office.person("陈账").id)
    code = second.codes.issue(admin_id, "管理员忘记口令", PASSCODE)
    second.sign_in.sign_out()
    assert second.sign_in.choose("许管", code.code, "yet-another-word-42").actor.name == "许管"


def test_an_administrator_who_is_another_s_second_person_still_draws_no_code_of_their_own(office: Office) -> None:
    admin = office.sign_in("许管")
    other = office.person("林晓").id
    admin.staff.set_roles(other, frozenset({Role.INFORMATION_OFFICER, Role.ADMINISTRATOR}), "兼任", PASSCODE)
    admin.codes.name_second_person(other, PASSCODE)
    services = office.sign_in("林晓")
    assert services.codes.may_issue(office.person("许管").id)
    assert not services.codes.may_issue(other)
    with pytest.raises(RightMissingError):
        services.codes.issue(other, "忘记口令", PASSCODE)


def test_an_administrator_cannot_be_their_own_second_person(office: Office) -> None:
    with pytest.raises(RoleConflictError):
        office.sign_in("许管").codes.name_second_person(office.person("许管").id, PASSCODE)


def test_the_slip_from_the_safe_lets_an_administrator_in_once(office: Office) -> None:
    admin = office.sign_in("许管")
    slip = admin.codes.renew_recovery(PASSCODE)
    admin.sign_in.sign_out()
    with pytest.raises(SignInRefusedError):
        admin.codes.recover("林晓", slip.code)
    code, fresh = admin.codes.recover("许管", slip.code)
    with pytest.raises(SignInRefusedError):
        admin.codes.recover("许管", slip.code)
    assert admin.sign_in.choose("许管", code.code, "yet-another-word-42").actor.name == "许管"
    admin.sign_in.sign_out()
    assert admin.codes.recover("许管", fresh.code)


def test_guessing_the_slip_locks_it(office: Office) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            office.services.codes.recover("许管", "AAAA-BBBB-CCCC")
    with pytest.raises(LockedOutError):
        office.services.codes.recover("许管", "AAAA-BBBB-CCCC")


def test_the_own_passcode_is_asked_again_before_a_grave_act(office: Office) -> None:
    services = office.sign_in("吴审")
    services.sign_in.confirm(PASSCODE)
    with pytest.raises(OwnPasscodeWrongError) as refused:
        services.sign_in.confirm("wrong-passcode")
    # Nobody asked for a name here.
    sentence = explain(refused.value)
    assert sentence.what == "您输入的口令不对。"
    assert "姓名" not in str(sentence)


GRAVE: dict[str, tuple[str, Callable[[Office, str], object]]] = {
    "a new code": ("许管", lambda o, typed: o.services.codes.issue(o.person("林晓").id, "忘记口令", typed)),
    "a new slip": ("许管", lambda o, typed: o.services.codes.renew_recovery(typed)),
    "the second person": ("许管", lambda o, typed: o.services.codes.name_second_person(o.person("吴审").id, typed)),
    "an authorization": (
        "陈账",
        lambda o, typed: o.services.staff.authorize(
            o.person("王局").id,
            o.person("何副").id,
            Role.PRINCIPAL_LEADER,
            o.services.today.day(),
            o.services.today.day(),
            o.scan(),
            typed,
        ),
    ),
    "a departure": (
        "许管",
        lambda o, typed: o.services.staff.leave(o.person("何副").id, o.services.today.day(), "退休", typed),
    ),
    "a policy": (
        "许管",
        lambda o, typed: o.services.settings.adopt_policy(
            o.services.settings.current_policy().policy.text, o.services.today.day(), "办公会", typed
        ),
    ),
}


@pytest.mark.parametrize("act", GRAVE)
def test_on_a_pc_left_open_nothing_grave_is_done_without_the_own_passcode(office: Office, act: str) -> None:
    who, attempt = GRAVE[act]
    services = office.sign_in(who)
    for typed in ("", "not-my-passcode", "\ud83d"):
        with pytest.raises(SignInRefusedError):
            attempt(office, typed)
    last = [entry.action for entry in services.audit.page(0, 3)]
    assert last == ["session.refused"] * 3
    attempt(office, PASSCODE)
    assert services.audit.page(0, 1)[0].action in (
        "passcode.reset",
        "passcode.recovery_renew",
        "passcode.second_person",
        "person.authorize",
        "person.leave",
        "policy.adopt",
    )


@pytest.mark.parametrize("act", GRAVE)
def test_whoever_may_not_do_it_at_all_is_told_that_and_no_try_is_counted(office: Office, act: str) -> None:
    services = office.sign_in("周计")
    with pytest.raises(RightMissingError):
        GRAVE[act][1](office, "not-my-passcode")
    assert services.audit.page(0, 1)[0].action == "session.sign_in"


def test_no_passcode_or_code_is_in_any_file(office: Office) -> None:
    code = office.sign_in("许管").codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    for path in office.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in (PASSCODE, code.code, code.code.replace("-", "")):
                assert secret.encode() not in content
                assert secret.encode("utf-16-le") not in content


def test_whoever_has_left_does_not_get_in(office: Office) -> None:
    admin = office.sign_in("许管")
    admin.staff.leave(office.person("林晓").id, (office.clock.now + timedelta(days=0)).date(), "免职通知", PASSCODE)
    admin.sign_in.sign_out()
    with pytest.raises(SignInRefusedError):
        admin.sign_in.sign_in("林晓", PASSCODE)


def test_half_a_character_is_a_wrong_name_or_passcode_like_any_other(office: Office) -> None:
    for name, passcode in (("陈\ud83d", PASSCODE), ("陈账", "\ud83d" * 12)):
        with pytest.raises(SignInRefusedError):
            office.services.sign_in.sign_in(name, passcode)


def test_a_right_code_neither_counts_as_a_wrong_try_nor_forgets_those_before_it(office: Office) -> None:
    code = office.sign_in("许管").codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    office.services.sign_in.sign_out()
    fail(office, 4, name="林晓")
    with pytest.raises(PasscodeChangeNeededError):
        office.services.sign_in.sign_in("林晓", code.code)
    with pytest.raises(PasscodeWeakError):
        office.services.sign_in.choose("林晓", code.code, "12345678")
    with pytest.raises(LockedOutError):
        office.services.sign_in.sign_in("林晓", "wrong-passcode")


def second_of_one_name(office: Office) -> tuple[str, str]:
    """Put a second 林晓 on file; return both ids, and let the second choose a passcode."""
    first = office.person("林晓").id
    admin = office.sign_in("许管")
    second = admin.staff.add(
        "林晓", "宣传科", "", signs_in=True, roles=frozenset({Role.INFORMATION_OFFICER}), passcode=PASSCODE
    )
    code = admin.codes.issue(second.id, "新增人员", PASSCODE)
    admin.sign_in.sign_out()
    with pytest.raises(PasscodeWeakError):
        admin.sign_in.choose("林晓", code.code, PASSCODE)
    admin.sign_in.choose("林晓", code.code, "another-fine-word-77")
    admin.sign_in.sign_out()
    return first, second.id


def test_two_people_of_one_name_are_told_apart_by_their_passcodes(office: Office) -> None:
    first, second = second_of_one_name(office)
    assert office.services.sign_in.sign_in("林晓", "another-fine-word-77").actor.person_id == second
    office.services.sign_in.sign_out()
    assert office.services.sign_in.sign_in("林晓", PASSCODE).actor.person_id == first


def test_a_name_that_two_people_bear_is_offered_with_what_tells_them_apart(office: Office) -> None:
    admin = office.sign_in("许管")
    before = admin.sign_in.names()
    assert "林晓" in before
    admin.staff.add("林晓", "宣传科", "", signs_in=True, roles=frozenset(), passcode=PASSCODE)
    names = admin.sign_in.names()
    assert {"林晓（办公室）", "林晓（宣传科）"} < set(names)
    assert set(before) - set(names) == {"林晓"}
    assert admin.door.look().names == names


def test_who_was_chosen_among_namesakes_is_tried_alone(office: Office) -> None:
    first, second = second_of_one_name(office)
    sign_in = office.services.sign_in
    mine, other = sign_in.called()[first], sign_in.called()[second]
    assert sign_in.sign_in(other, OTHER_PASSCODE).actor.person_id == second
    sign_in.sign_out()
    for _ in range(4):
        with pytest.raises(SignInRefusedError):
            # The namesake's own passcode opens nothing for who was chosen.
            sign_in.sign_in(mine, OTHER_PASSCODE)
    with pytest.raises(LockedOutError):
        sign_in.sign_in(mine, "a-guess-at-the-first")
    assert {subject for subject, _ in refused_entries(office)} == {f"person:{first}"}
    with pytest.raises(LockedOutError):
        sign_in.sign_in(mine, PASSCODE)
    with pytest.raises(SignInRefusedError):
        sign_in.sign_in(other, "one-guess-at-the-second")
    assert sign_in.sign_in(other, OTHER_PASSCODE).actor.person_id == second


def test_who_chooses_a_passcode_by_the_list_never_takes_that_of_a_namesake(office: Office) -> None:
    first, second = second_of_one_name(office)
    admin = office.sign_in("许管")
    code = admin.codes.issue(second, "忘记口令", PASSCODE)
    assert code.person == admin.sign_in.called()[second] != admin.sign_in.called()[first]
    with pytest.raises(PasscodeWeakError):
        admin.sign_in.choose(code.person, code.code, PASSCODE)
    assert admin.sign_in.choose(code.person, code.code, "yet-another-word-42").actor.person_id == second


def test_a_witness_and_an_administrator_are_known_by_the_list_too(office: Office) -> None:
    _, second = second_of_one_name(office)
    admin = office.sign_in("许管")
    assert admin.sign_in.witness(admin.sign_in.called()[second], OTHER_PASSCODE).id == second
    roles = frozenset({Role.ADMINISTRATOR})
    twin = admin.staff.add("许管", "宣传科", "", signs_in=True, roles=roles, passcode=PASSCODE, basis="分工").id
    slip = admin.codes.renew_recovery(PASSCODE)
    code, _ = admin.codes.recover(admin.sign_in.called()[twin], slip.code)
    assert code.person_id == twin


def test_an_expired_code_does_not_hide_a_namesake_with_the_right_passcode(office: Office) -> None:
    first, _ = second_of_one_name(office)
    admin = office.sign_in("许管")
    code = admin.codes.issue(first, "忘记口令", PASSCODE)
    office.clock.forward(days=code.valid_days + 1)
    admin.sign_in.sign_out()
    assert admin.sign_in.sign_in("林晓", "another-fine-word-77").actor.person_id != first


def test_a_refused_slip_costs_the_same_effort_whoever_is_named(office: Office) -> None:
    tried: list[str] = []
    hasher = cheap_hasher()
    plain = hasher.matches

    def counted(stored: str, passcode: str) -> bool:
        tried.append(passcode)
        return plain(stored, passcode)

    hasher.matches = counted  # type: ignore[method-assign]
    services = open_services(office.folder, office.clock, hasher=hasher)
    for name in ("许管", "林晓", "没有这个人"):
        before = len(tried)
        with pytest.raises(SignInRefusedError):
            services.codes.recover(name, "AAAA-BBBB-CCCC")
        assert len(tried) == before + 1


def test_a_code_counts_once_though_two_try_it_at_the_same_moment(office: Office) -> None:
    code = office.sign_in("许管").codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    office.services.sign_in.sign_out()
    hasher = cheap_hasher()
    plain = hasher.hash

    def beaten(passcode: str) -> str:
        other = open_services(office.folder, office.clock, hasher=cheap_hasher())
        other.sign_in.choose("林晓", code.code, "the-other-was-faster-1")
        return plain(passcode)

    hasher.hash = beaten  # type: ignore[method-assign]
    slow = open_services(office.folder, office.clock, hasher=hasher)
    with pytest.raises(SignInRefusedError):
        slow.sign_in.choose("林晓", code.code, "another-fine-word-77")
    assert slow.session.person_id == ""
    office.services.sign_in.sign_in("林晓", "the-other-was-faster-1")


def test_a_sign_in_that_cannot_be_recorded_lets_nobody_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise NotEnoughSpaceError(1)

    monkeypatch.setattr(AuditRecords, "add", full)
    with pytest.raises(NotEnoughSpaceError):
        office.services.sign_in.sign_in("林晓", PASSCODE)
    assert office.services.session.person_id == ""


def test_a_code_drawn_while_the_old_passcode_is_being_tried_wins(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Office(office.folder, office.clock)
    admin = other.sign_in("许管")
    services, known = office.services, office.services.sign_in._recognised

    def meanwhile(name: str, typed: str) -> object:
        found = known(name, typed)
        admin.codes.issue(other.person("林晓").id, "忘记口令", PASSCODE)
        return found

    monkeypatch.setattr(services.sign_in, "_recognised", meanwhile)
    with pytest.raises(SignInRefusedError):
        services.sign_in.sign_in("林晓", PASSCODE)
    assert services.session.person_id == ""
    monkeypatch.undo()
    with pytest.raises(SignInRefusedError):
        services.sign_in.sign_in("林晓", PASSCODE)


def test_a_session_ends_even_when_its_end_cannot_be_written(office: Office) -> None:
    services = office.sign_in("林晓")
    with closing(sqlite3.connect(office.folder / "xianshen.db", isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("app.storage.database._BUSY_MILLISECONDS", 10)
            with pytest.raises(DatabaseBusyError):
                services.sign_in.sign_out()
        held.execute("ROLLBACK")
    assert services.session.person_id == ""
    with pytest.raises(SignedOutError):
        services.staff.actor()


def test_a_second_person_confirms_and_the_first_stays_at_the_desk(office: Office) -> None:
    services = office.sign_in("林晓")
    at_desk = services.session.person_id
    assert services.sign_in.witness(" 吴审 ", PASSCODE).id == office.person("吴审").id
    assert services.session.person_id == at_desk


def test_nobody_is_their_own_witness_and_a_code_is_no_passcode(office: Office) -> None:
    services = office.sign_in("许管")
    code = services.codes.issue(office.person("林晓").id, "忘记口令", PASSCODE)
    with pytest.raises(SamePersonError):
        services.sign_in.witness("许管", PASSCODE)
    with pytest.raises(PasscodeChangeNeededError):
        services.sign_in.witness("林晓", code.code)
    services.sign_in.sign_out()
    with pytest.raises(SignedOutError):
        services.sign_in.witness("吴审", PASSCODE)


def test_the_wrong_tries_of_a_witness_count_like_a_sign_in(office: Office) -> None:
    services = office.sign_in("林晓")
    for _ in range(4):
        with pytest.raises(SignInRefusedError):
            services.sign_in.witness("陈账", "wrong-passcode")
    with pytest.raises(LockedOutError):
        services.sign_in.witness("陈账", "wrong-passcode")
    with pytest.raises(LockedOutError):
        services.sign_in.witness("陈账", PASSCODE)
    office.clock.forward(minutes=1)
    assert services.sign_in.witness("陈账", PASSCODE).name == "陈账"
    assert services.session.person_id == office.person("林晓").id
    fail(office, 4)
    assert services.sign_in.witness("陈账", PASSCODE).name == "陈账"


def test_who_has_left_or_does_not_sign_in_is_no_witness(office: Office) -> None:
    services = office.sign_in("许管")
    services.staff.leave(office.person("林晓").id, office.clock.now.date(), "免职通知", PASSCODE)
    with pytest.raises(SignInRefusedError):
        services.sign_in.witness("林晓", PASSCODE)


OTHER_PASSCODE = "another-fine-word-77"


def refused_entries(office: Office) -> list[tuple[str, str]]:
    """Return subject and detail of every wrong try, the oldest first."""
    with closing(sqlite3.connect(office.folder / "xianshen.db")) as db:
        return db.execute("SELECT subject, detail FROM audit WHERE action = 'session.refused' ORDER BY seq").fetchall()


def test_a_wrong_try_at_the_desk_counts_for_who_sits_there_and_not_for_a_namesake(office: Office) -> None:
    _, second = second_of_one_name(office)
    office.services.sign_in.sign_in("林晓", OTHER_PASSCODE)
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            office.services.sign_in.confirm("wrong-passcode")
    with pytest.raises(LockedOutError):
        office.services.sign_in.confirm(OTHER_PASSCODE)
    assert {subject for subject, _ in refused_entries(office)} == {f"person:{second}"}
    office.services.sign_in.sign_out()
    office.services.sign_in.sign_in("林晓", PASSCODE)
    office.services.sign_in.confirm(PASSCODE)


def test_signing_in_as_oneself_does_not_clear_the_tries_at_a_namesake(office: Office) -> None:
    first, second = second_of_one_name(office)
    sign_in = office.services.sign_in
    for _ in range(4):
        with pytest.raises(SignInRefusedError):
            sign_in.sign_in("林晓", "a-guess-at-the-first")
        sign_in.sign_in("林晓", OTHER_PASSCODE)
    with pytest.raises(LockedOutError):
        sign_in.sign_in("林晓", "a-guess-at-the-first")
    # The first is not tried any more, even with the right passcode; the second still gets in.
    with pytest.raises(LockedOutError):
        sign_in.sign_in("林晓", PASSCODE)
    assert sign_in.sign_in("林晓", OTHER_PASSCODE).actor.person_id == second
    office.clock.forward(minutes=1)
    assert sign_in.sign_in("林晓", PASSCODE).actor.person_id == first


def test_a_try_that_may_mean_two_people_names_neither_alone(office: Office) -> None:
    people = second_of_one_name(office)
    fail(office, 1, name="林晓")
    [(subject, detail)] = refused_entries(office)
    assert subject == "person:unknown"
    assert all(person in detail for person in people)


def test_a_code_drawn_anew_for_one_of_two_namesakes_frees_only_that_one(office: Office) -> None:
    first, second = second_of_one_name(office)
    fail(office, 5, name="林晓")
    code = office.sign_in("许管").codes.issue(second, "忘记口令", PASSCODE)
    office.services.sign_in.sign_out()
    with pytest.raises(LockedOutError):
        office.services.sign_in.sign_in("林晓", PASSCODE)
    assert office.services.sign_in.choose("林晓", code.code, "yet-another-word-42").actor.person_id == second
    assert first != second


class SlowHasher(PasscodeHasher):
    """Counts what it judges, and takes long enough over it that tries at the same moment meet."""

    def __init__(self) -> None:
        super().__init__(PasswordHasher(time_cost=4, memory_cost=8192, parallelism=1))
        self.judged: list[str] = []

    def matches(self, stored: str, passcode: str) -> bool:
        self.judged.append(passcode)
        self.hash(passcode)
        return super().matches(stored, passcode)


def at_once(office: Office, attempt: Callable[[Services, str], object]) -> tuple[list[type[Exception]], list[str]]:
    """Let twelve programs try a wrong passcode at the same moment; return what each was told and what was judged."""
    hasher, now, told = SlowHasher(), office.clock.now, list[type[Exception]]()
    everybody = threading.Barrier(12)

    def program(number: int) -> None:
        services = open_services(office.folder, lambda: now, hasher=hasher)
        services.session.person_id = office.services.session.person_id
        everybody.wait(20)
        try:
            attempt(services, f"wrong-{number}")
        except AppError as error:
            told.append(type(error))

    threads = [threading.Thread(target=program, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told, hasher.judged


AT_ONCE: dict[str, Callable[[Services, str], object]] = {
    "a sign-in": lambda services, typed: services.sign_in.sign_in("陈账", typed),
    "the own passcode": lambda services, typed: services.sign_in.confirm(typed),
    "the slip": lambda services, typed: services.codes.recover("许管", typed),
}


@pytest.mark.parametrize("way", AT_ONCE)
def test_of_twelve_tries_at_once_five_are_judged(office: Office, way: str) -> None:
    office.sign_in("陈账")
    told, judged = at_once(office, AT_ONCE[way])
    assert len(judged) == 5
    assert len(told) == 12
    refused = OwnPasscodeWrongError if way == "the own passcode" else SignInRefusedError
    assert set(told) == {refused, LockedOutError}
    assert len(refused_entries(office)) == 5


def test_who_comes_to_keep_the_passwords_chooses_a_longer_passcode_at_the_next_sign_in(office: Office) -> None:
    short, person = "Vt7#qzRkp", office.person("林晓").id
    admin = office.sign_in("许管")
    code = admin.codes.issue(person, "忘记口令", PASSCODE)
    admin.sign_in.sign_out()
    admin.sign_in.choose("林晓", code.code, short)
    office.sign_in("许管").staff.set_roles(
        person, frozenset({Role.INFORMATION_OFFICER, Role.PASSWORD_CUSTODIAN}), "分工文件", PASSCODE
    )
    office.services.sign_in.sign_out()
    with pytest.raises(LongerPasscodeNeededError):
        office.services.sign_in.sign_in("林晓", short)
    assert office.services.session.person_id == ""
    with pytest.raises(PasscodeWeakError) as weak:
        office.services.sign_in.choose("林晓", short, "Vt7#qzRkp-x")
    assert (weak.value.reason, weak.value.minimum) == ("length", 12)
    office.services.sign_in.choose("林晓", short, OTHER_PASSCODE)
    office.services.sign_in.sign_out()
    office.services.sign_in.sign_in("林晓", OTHER_PASSCODE)


def test_a_custodian_with_a_passcode_long_enough_is_not_asked_again(office: Office) -> None:
    office.sign_in("许管").staff.set_roles(
        office.person("林晓").id, frozenset({Role.PASSWORD_CUSTODIAN}), "分工文件", PASSCODE
    )
    assert office.sign_in("林晓").session.person_id == office.person("林晓").id
