"""立即清除 is one act: killed at any step, it has not happened or it is finished at the next start."""

import random
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import ActionNotAllowedError, DriveRemovedError, RightMissingError, SecrecyMarkError
from app.models.content import Block, BlockKind, Content, Variant
from app.models.draft import Draft
from app.storage import former_copies
from app.storage.attachments import AttachmentStore
from app.storage.folder_lock import FileLock
from tests.services.office import Office

WORDS = "某某部署情况纪要"
ORIGINAL = f"{WORDS}，原文".encode()


def found_in(folder: Path, *secrets: bytes) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(secret in path.read_bytes() for secret in secrets)]


def every_way(words: str) -> tuple[bytes, ...]:
    return words.encode(), " ".join(words).encode(), words.encode("utf-16-le"), words.encode("utf-16-be")


def written(office: Office) -> Draft:
    """A draft with the words in every place of the database, and with its imported file."""
    original = office.folder.parent / "纪要.txt"
    original.write_bytes(ORIGINAL)
    services = office.sign_in("林晓")
    content = office.content(title=WORDS, body=f"{WORDS}。")
    variant = Variant(content.account_ids[0], WORDS, (Block(BlockKind.PARAGRAPH, WORDS),))
    draft = services.drafts.start(replace(content, summary=WORDS, variants=(variant,)), original)
    draft = services.drafts.answer(draft, (f"mobile:{WORDS}",), WORDS)
    return services.drafts.save(replace(draft, notes=WORDS))


def emptied(draft: Draft) -> Draft:
    return replace(draft, content=Content(), notes="")


def killed(office: Office, draft: Draft, place: str) -> None:
    command = [sys.executable, "-m", "tests.services.clearing_run", str(office.folder), draft.id]
    run = subprocess.run(
        [*command, office.clock.now.isoformat(), place], capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == -signal.SIGKILL, run.stderr


def test_a_kill_before_the_commit_clears_nothing_and_the_next_clearing_all_of_it(office: Office) -> None:
    draft = written(office)
    killed(office, draft, "recorded")
    drafts = office.services.drafts
    assert drafts.view(draft.id).draft == draft
    assert found_in(office.folder, ORIGINAL)
    assert office.services.audit.page(0, 1)[0].action != "draft.secrecy_cleared"
    drafts.clear_secrecy_mark(emptied(draft))
    assert found_in(office.folder, ORIGINAL, *every_way(WORDS)) == []
    assert office.services.audit.page(0, 1)[0].action == "draft.secrecy_cleared"


@pytest.mark.parametrize("place", ["committed", "renamed"])
def test_what_a_kill_behind_the_commit_leaves_is_removed_at_the_next_start(office: Office, place: str) -> None:
    draft = written(office)
    killed(office, draft, place)
    # The words of the database went with the commit; the imported file is the one thing that is left.
    assert len(found_in(office.folder, *every_way(WORDS))) == 1
    entries = office.services.audit.count()
    again = Office(office.folder, office.clock)
    assert found_in(office.folder, ORIGINAL, *every_way(WORDS)) == []
    assert again.services.audit.count() == entries


def test_what_a_kill_leaves_is_removed_by_the_next_clearing_too(office: Office) -> None:
    draft = written(office)
    killed(office, draft, "committed")
    services = office.sign_in("林晓")
    other = services.drafts.start(office.content())
    assert found_in(office.folder, ORIGINAL)
    services.drafts.clear_secrecy_mark(emptied(other))
    assert found_in(office.folder, ORIGINAL) == []


def test_a_file_that_was_given_up_stays_when_it_is_kept_again_before_the_next_start(office: Office) -> None:
    draft = written(office)
    killed(office, draft, "committed")
    digest = office.services.drafts.keep_file(ORIGINAL)
    Office(office.folder, office.clock)
    assert office.services.drafts.file(digest) == ORIGINAL


def test_a_file_that_cannot_be_removed_is_counted_and_goes_at_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = written(office)

    def held_open(_store: AttachmentStore, _sha256: str) -> None:
        raise DriveRemovedError

    with monkeypatch.context() as patched:
        patched.setattr(AttachmentStore, "erase", held_open)
        cleared = office.services.drafts.clear_secrecy_mark(emptied(draft))
        Office(office.folder, office.clock)
    assert cleared.left == 1
    assert office.services.drafts.view(draft.id).draft == cleared.draft
    assert found_in(office.folder, ORIGINAL)
    Office(office.folder, office.clock)
    assert found_in(office.folder, ORIGINAL) == []


def test_what_another_hand_saved_meanwhile_is_cleared_as_well(office: Office) -> None:
    draft = written(office)
    office.services.drafts.save(replace(draft, notes=f"{WORDS}，后来存的"))
    cleared = office.services.drafts.clear_secrecy_mark(emptied(draft)).draft
    assert cleared == office.services.drafts.view(draft.id).draft
    assert cleared.version == draft.version + 2
    assert found_in(office.folder, *every_way(WORDS)) == []


def test_a_draft_that_still_carries_a_mark_or_is_not_ones_own_or_is_submitted_is_not_cleared(office: Office) -> None:
    draft = written(office)
    drafts = office.services.drafts
    submitted = office.submitted()
    refusals: tuple[tuple[type[Exception], str, Callable[[], object]], ...] = (
        (
            SecrecyMarkError,
            "林晓",
            lambda: drafts.clear_secrecy_mark(replace(draft, content=office.content(body="机密★3年"))),
        ),
        (ActionNotAllowedError, "林晓", lambda: drafts.clear_secrecy_mark(emptied(submitted))),
        (RightMissingError, "陈账", lambda: drafts.clear_secrecy_mark(emptied(draft))),
    )
    for refusal, name, act in refusals:
        office.sign_in(name)
        entries = office.services.audit.count()
        with pytest.raises(refusal):
            act()
        assert office.services.audit.count() == entries
    assert drafts.view(draft.id).draft == draft
    assert found_in(office.folder, ORIGINAL)


def test_no_length_of_text_leaves_words_in_the_raw_bytes(office: Office) -> None:
    """Cells that spill over pages, grow, shrink and move leave nothing behind when they are freed."""
    rng, services = random.Random(20261124), office.sign_in("林晓")
    for trial in range(40):
        word = f"甲乙丙丁{trial:03d}号密语"
        draft = services.drafts.start(office.content(title=word, body=word * rng.randint(1, 400)))
        for _ in range(rng.randint(0, 3)):
            body = "填充。" * rng.randint(0, 900) + word * rng.randint(1, 200)
            draft = services.drafts.save(replace(draft, content=office.content(title=word, body=body)))
            services.drafts.start(office.content(body="旁边的稿件。" * rng.randint(1, 300)))
        assert found_in(office.folder, word.encode())
        services.drafts.clear_secrecy_mark(emptied(draft))
        assert found_in(office.folder, *every_way(word)) == [], trial


def kept_before_a_migration(office: Office, name: str = "xianshen-before-m0002_bound_words-20261001T000000.db") -> Path:
    copy = office.folder / name
    copy.write_bytes((office.folder / "xianshen.db").read_bytes())
    return copy


def test_the_copies_that_migrations_kept_go_too(office: Office) -> None:
    draft = written(office)
    copy = kept_before_a_migration(office)
    assert len(found_in(office.folder, *every_way(WORDS))) == 3
    office.services.drafts.clear_secrecy_mark(emptied(draft))
    assert found_in(office.folder, *every_way(WORDS)) == []
    assert not copy.exists()


def test_a_copy_stays_when_the_clearing_is_refused(office: Office) -> None:
    draft = written(office)
    copy = kept_before_a_migration(office)
    office.sign_in("陈账")
    with pytest.raises(RightMissingError):
        office.services.drafts.clear_secrecy_mark(emptied(draft))
    Office(office.folder, office.clock)
    assert copy.exists()


def test_a_kill_behind_the_commit_leaves_the_former_copies_to_the_next_start(office: Office) -> None:
    draft = written(office)
    copy = kept_before_a_migration(office)
    killed(office, draft, "committed")
    assert copy.exists()
    # A migration at that start keeps a copy of what is in the database now: nothing of what was cleared.
    later = office.folder / "xianshen-before-m0003_later-20261124T000000.db"
    later.write_bytes((office.folder / "xianshen.db").read_bytes())
    Office(office.folder, office.clock)
    assert found_in(office.folder, ORIGINAL, *every_way(WORDS)) == []
    assert not copy.exists()
    assert later.exists()


def test_a_copy_that_cannot_be_removed_is_counted_and_goes_at_the_next_start(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = written(office)
    copy = kept_before_a_migration(office)

    def held_open(_path: Path) -> None:
        raise PermissionError("another program has it open")

    with monkeypatch.context() as patched:
        patched.setattr(former_copies, "overwrite", held_open)
        assert office.services.drafts.clear_secrecy_mark(emptied(draft)).left == 1
    assert copy.exists()
    Office(office.folder, office.clock)
    assert not copy.exists()


BACKED_UP_AND_KILLED = """
import os, sys
from pathlib import Path
from app.storage import backups
from tests.services.office import Office
backups.checked_snapshot = lambda path: os.kill(os.getpid(), 9)
Office(Path(sys.argv[1])).sign_in("许管").backups.back_up(Path(sys.argv[2]))
"""


def killed_in_a_backup(office: Office) -> Path:
    stick = office.folder.parent / "stick"
    stick.mkdir(exist_ok=True)
    command = [sys.executable, "-c", BACKED_UP_AND_KILLED, str(office.folder), str(stick)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == -signal.SIGKILL, run.stderr
    return office.folder / "backup-snapshot.part"


def test_what_a_killed_backup_left_goes_with_a_clearing_and_at_the_next_start(office: Office) -> None:
    draft = written(office)
    left = killed_in_a_backup(office)
    assert left.exists()
    office.services.drafts.clear_secrecy_mark(emptied(draft))
    assert found_in(office.folder, ORIGINAL, *every_way(WORDS)) == []
    assert killed_in_a_backup(office).exists()
    office.services.door.tidy()
    assert not left.exists()
    assert killed_in_a_backup(office).exists()
    Office(office.folder, office.clock)
    assert not left.exists()


def test_the_snapshot_of_a_backup_that_goes_on_is_left_to_it(office: Office) -> None:
    left = killed_in_a_backup(office)
    lock = FileLock(office.folder / "backup.lock")
    assert lock.take()
    office.services.door.tidy()
    assert left.exists()
    lock.release()
    office.services.door.tidy()
    assert not left.exists()


def test_what_a_killed_migration_left_unfinished_goes_at_the_next_start(office: Office) -> None:
    left = kept_before_a_migration(office, "xianshen-before-m0002_bound_words-20261001T000000.partial")
    other = office.folder / "my-before-notes.partial"
    other.write_bytes(b"not ours")
    Office(office.folder, office.clock)
    assert not left.exists()
    assert other.exists()
