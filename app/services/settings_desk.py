"""设置: the unit, policy versions and what this PC is set to."""

from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path

from app.errors import FieldInvalidError, MissingFieldError, TargetNotWritableError
from app.models.policy import PolicyVersion, read_policy
from app.models.records import Settings
from app.models.right import Right
from app.models.staff import Unit, check_unit_code
from app.models.storable import storable, storable_record
from app.services.record_room import RecordRoom
from app.services.sign_in import SignIn


class SettingsDesk:
    """Reads and changes settings; what touches the unit or its policy needs the administrator."""

    def __init__(self, room: RecordRoom, sign_in: SignIn) -> None:
        self._room, self._sign_in = room, sign_in

    def unit(self) -> Unit:
        """Return the unit."""
        with self._room.store.reading() as unit:
            return unit.units.get()

    def change_unit(self, *, code: str, name: str, short_name: str, supervisor: str, code_word: str) -> Unit:
        """Change what is on file of the unit; a renamed unit keeps its id and its earlier name with dates."""
        code, name, short_name, supervisor, code_word = storable_record((code, name, short_name, supervisor, code_word))
        for field, value in (("unit_name", name), ("code_word", code_word), ("supervisor", supervisor)):
            if not value.strip():
                raise MissingFieldError(field)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            changed = replace(
                unit.units.get(),
                code=check_unit_code(code),
                name=name.strip(),
                short_name=short_name.strip() or name.strip(),
                supervisor=supervisor.strip(),
                code_word=code_word.strip(),
            )
            unit.units.save(changed, self._room.now())
            facts: dict[str, object] = {"code": changed.code, "name": changed.name}
            self._room.record(unit, actor, "unit.change", f"unit:{changed.id}", facts)
        return changed

    def load(self) -> Settings:
        """Return the settings of this PC."""
        with self._room.store.reading() as unit:
            return unit.settings.load()

    def store(self, settings: Settings) -> None:
        """Keep the settings; 锁定 is between 1 and 15 minutes whatever is asked."""
        tidy = replace(settings, lock_minutes=min(15, max(1, settings.lock_minutes)))
        with self._room.store.writing() as unit:
            actor = self._room.actor(unit)
            before = unit.settings.load()
            grave = (before.lock_minutes, before.paper_fonts, before.backup_folder)
            if grave != (tidy.lock_minutes, tidy.paper_fonts, tidy.backup_folder):
                self._room.acting(unit, Right.ADMINISTER)
            unit.settings.store(tidy)
            changed = [one.name for one in fields(tidy) if getattr(tidy, one.name) != getattr(before, one.name)]
            self._room.record(unit, actor, "settings.change", "settings:pc", {"changed": changed})

    def policies(self) -> tuple[PolicyVersion, ...]:
        """Return every adopted version, newest first."""
        with self._room.store.reading() as unit:
            return tuple(sorted(unit.policies.list(), key=lambda v: -v.version))

    def current_policy(self) -> PolicyVersion:
        """Return the policy version in force today."""
        with self._room.store.reading() as unit:
            return unit.policies.current(self._room.today())

    def export_policy(self, version: int, target: Path) -> None:
        """Write an adopted version to a file, to be edited, and record it; raises `TargetNotWritableError`."""
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.READ)
            policy = unit.policies.get(version).policy
            self._room.record(unit, actor, "policy.export", f"policy:{version}", {"digest": policy.digest})
            unit.before_commit.append(partial(_write, target, policy.text))

    def adopt_policy(self, text: str, effective_on: date, approved_by: str, passcode: str) -> PolicyVersion:
        """Adopt an edited policy, with the own passcode, as the next version; it moves nothing made under an older one.

        Raises `FieldInvalidError` for a day before that of the newest version: it would never come into force.
        """
        policy, approved_by = read_policy(storable(text)), storable(approved_by)
        if not approved_by.strip():
            raise MissingFieldError("approved_by")
        self._room.require(Right.ADMINISTER)
        self._sign_in.confirm(passcode)
        with self._room.store.writing() as unit:
            actor = self._room.acting(unit, Right.ADMINISTER)
            if effective_on < max(date.fromisoformat(known.effective_on) for known in unit.policies.list()):
                raise FieldInvalidError("effective_on")
            version = unit.policies.add(policy, effective_on.isoformat(), approved_by.strip(), self._room.now())
            facts: dict[str, object] = {"digest": policy.digest, "effective": effective_on.isoformat()}
            self._room.record(unit, actor, "policy.adopt", f"policy:{version.version}", facts)
        return version


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, "utf-8")
    except OSError as refused:
        raise TargetNotWritableError(str(target)) from refused
