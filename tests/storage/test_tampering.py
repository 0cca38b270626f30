"""What the chain alone finds of an attack on the file, what it misses, and that signed papers find the rest.

The attacker writes to the file directly, guards removed. Signed papers carry the number and head of some entries.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from app.models.audit import GENESIS, AuditHead, entry_hash, first_break
from app.storage.audit_records import AuditRecords
from app.storage.guards import GUARDS
from tests.storage.office import NOW, open_office

ENTRIES = 60
SEED = 20261124
TEXTS = ("at", "actor", "role", "action", "subject", "detail")

Attack = Callable[[sqlite3.Connection, int], None]


def alter(db: sqlite3.Connection, seq: int) -> None:
    column = TEXTS[seq % len(TEXTS)]
    changed = "2001-01-01T00:00:00.000000Z" if column == "at" else "changed"
    db.execute(f"UPDATE audit SET {column} = ? WHERE seq = ?", (changed, seq))


def remove(db: sqlite3.Connection, seq: int) -> None:
    db.execute("DELETE FROM audit WHERE seq = ?", (seq,))


def remove_and_close_up(db: sqlite3.Connection, seq: int) -> None:
    remove(db, seq)
    db.execute("UPDATE audit SET seq = -seq WHERE seq > ?", (seq,))
    db.execute("UPDATE audit SET seq = -seq - 1 WHERE seq < 0")


def exchange(db: sqlite3.Connection, seq: int) -> None:
    for before, after in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        db.execute("UPDATE audit SET seq = ? WHERE seq = ?", (after, before))


def alter_and_rehash(db: sqlite3.Connection, seq: int) -> None:
    alter(db, seq)
    rehash(db, seq, seq)


def alter_and_rehash_all_after(db: sqlite3.Connection, seq: int) -> None:
    alter(db, seq)
    rehash(db, seq, ENTRIES)


def cut_off(db: sqlite3.Connection, seq: int) -> None:
    db.execute("DELETE FROM audit WHERE seq >= ?", (seq,))


def rehash(db: sqlite3.Connection, first: int, last: int) -> None:
    for seq in range(first, last + 1):
        prev = db.execute("SELECT hash FROM audit WHERE seq = ?", (seq - 1,)).fetchone()
        prev = prev[0] if prev else GENESIS
        select = f"SELECT {', '.join(TEXTS)} FROM audit WHERE seq = ?"
        at, actor, role, action, subject, detail = db.execute(select, (seq,)).fetchone()
        digest = entry_hash(seq, at, actor, role, action, subject, detail, prev)
        db.execute("UPDATE audit SET prev = ?, hash = ? WHERE seq = ?", (prev, digest, seq))


CHAIN_FINDS: dict[Attack, bool] = {
    alter: True,
    remove: True,
    remove_and_close_up: True,
    exchange: True,
    alter_and_rehash: True,
    alter_and_rehash_all_after: False,
    cut_off: False,
}


Papers = dict[int, str]


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Papers]:
    """Make a chain, and papers that witness every seventh entry and the last."""
    moments = (NOW + timedelta(minutes=minute) for minute in range(1_000_000))
    store = open_office(tmp_path_factory.mktemp("chain"), lambda: next(moments))
    with store.writing() as unit:
        for number in range(ENTRIES):
            unit.audit.add("author", "reviewer", "act", f"draft:{number}", {"number": number})
        entries = list(unit.audit.entries())
    return store.path, {e.seq: e.hash for e in entries if e.seq % 7 == 0 or e.seq == ENTRIES}


@pytest.fixture
def unguarded(chain: tuple[Path, Papers], tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(shutil.copy(chain[0], tmp_path), isolation_level=None)
    for guard in GUARDS:
        connection.execute(f"DROP TRIGGER {guard}")
    yield connection
    connection.close()


def findings(connection: sqlite3.Connection, papers: Papers) -> tuple[bool, bool]:
    """Say whether the chain is broken, and whether a paper contradicts it."""
    audit = AuditRecords(Database(connection), lambda: NOW)
    broken = first_break(audit.entries(), AuditHead(0, GENESIS)) is not None
    kept = {seq: entry.hash for seq in papers if (entry := audit.find(seq))}
    return broken, kept != papers


def attack_many(connection: sqlite3.Connection, papers: Papers, attack: Attack, trials: int) -> None:
    chance = random.Random(f"{SEED} {attack.__name__}")
    found = {"chain": 0, "chain or paper": 0}
    for _ in range(trials):
        connection.execute("BEGIN")
        attack(connection, chance.randint(1, ENTRIES - 1))
        broken, contradicted = findings(connection, papers)
        connection.execute("ROLLBACK")
        found["chain"] += broken
        found["chain or paper"] += broken or contradicted
    print(f"{attack.__name__}: {trials} attacks, found by the {found}, seed {SEED}")
    assert found == {"chain": trials if CHAIN_FINDS[attack] else 0, "chain or paper": trials}
    assert findings(connection, papers) == (False, False)


@pytest.mark.parametrize("attack", CHAIN_FINDS, ids=lambda attack: attack.__name__)
def test_an_attack_is_found_by_the_chain_or_by_the_papers(
    chain: tuple[Path, Papers], unguarded: sqlite3.Connection, attack: Attack
) -> None:
    attack_many(unguarded, chain[1], attack, 100)


@pytest.mark.release
@pytest.mark.parametrize("attack", CHAIN_FINDS, ids=lambda attack: attack.__name__)
def test_every_attack_of_many_is_found(
    chain: tuple[Path, Papers], unguarded: sqlite3.Connection, attack: Attack
) -> None:
    attack_many(unguarded, chain[1], attack, 1000)
