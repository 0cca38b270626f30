"""The shape of the house: layers, homes of libraries, names, and what must not stand in the product."""

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
APP = HOME / "app"
# Present only where the project is developed beside the text of the regulation.
REGULATION = HOME.parent / "shared" / "domain" / "regulation.txt"

FORBIDDEN_WORDS = {
    *("manager", "managers", "helper", "helpers", "util", "utils", "misc", "common", "base", "data", "info"),
    *("handler", "handlers", "process", "processor", "do"),
}
TEXT_SUFFIXES = {
    *(".py", ".toml", ".md", ".txt", ".qss", ".css", ".html", ".js", ".json", ".in", ".lock", ".sh", ".yml", ".yaml"),
    *(".cfg", ".ini", ".iss", ".nsi", ".spec", ".desktop", ".svg", ".csv", ".tsv", ".java", ".gitignore", ""),
}
NOT_OURS = {
    *(".git", ".venv", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "demo-out"),
    *(".import_linter_cache", "build", "dist"),
}
# Split, so that this list does not find itself.
REGISTRIES = [
    *("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmmirror" + ".com", "tuna.tsinghua" + ".edu"),
    *("mirrors.aliyun" + ".com", "deb.debian" + ".org", "registry.yarnpkg" + ".com", "proxy.golang" + ".org"),
]
QT_PARTS = {
    *("QtCore", "QtGui", "QtWidgets", "QtPdf", "QtPdfWidgets", "QtPrintSupport", "QtSvg", "QtSvgWidgets"),
    *("QtNetwork", "QtDBus", "QtTest"),
}
LOCAL_ONLY = {"QLocalServer", "QLocalSocket"}


def modules(root: Path = APP) -> list[Path]:
    return sorted(root.rglob("*.py"))


def imports(module: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each imported module of a file with the names taken from it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, frozenset()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", frozenset(alias.name for alias in node.names)


def our_text_files() -> Iterator[Path]:
    for path in sorted(HOME.rglob("*")):
        inside = path.relative_to(HOME)
        if path.is_file() and path.suffix in TEXT_SUFFIXES and not NOT_OURS.intersection(inside.parts):
            yield path


# The rules, each a function of a tree, so that a planted breach can show that it sees.


def repeated_names(root: Path) -> set[str]:
    """Return the file names that occur twice: tracebacks and editor tabs show nothing else."""
    names = Counter(path.name for path in modules(root) if path.name != "__init__.py")
    return {name for name, count in names.items() if count > 1}


def empty_names(root: Path) -> set[str]:
    """Return the modules whose name has a word that says nothing."""
    parts = {part for path in modules(root) for part in path.relative_to(root).with_suffix("").parts}
    return {part for part in parts if FORBIDDEN_WORDS.intersection(part.split("_"))}


def outside_imports_of_models(root: Path) -> set[str]:
    """Return what the domain imports beyond the standard library and itself."""
    allowed = ("app.models", "app.errors")
    found = {name for path in modules(root / "models") for name, _ in imports(path)}
    return {n for n in found if n.split(".")[0] not in sys.stdlib_module_names and not n.startswith(allowed)}


def foreign_qt_parts(root: Path) -> set[str]:
    """Return the Qt parts used that the two installed wheels do not bring, or that reach for the network."""
    found = set()
    for path in modules(root):
        for name, taken in imports(path):
            if name == "PySide6":
                found |= {f"PySide6.{part}" for part in taken - QT_PARTS} or ({name} if not taken else set())
                found |= {"PySide6.QtNetwork"} & {f"PySide6.{part}" for part in taken}
            elif name.startswith("PySide6."):
                part = name.split(".")[1]
                if part not in QT_PARTS or (part == "QtNetwork" and not (taken and taken <= LOCAL_ONLY)):
                    found.add(name)
    return found


def ways_out(root: Path) -> set[str]:
    """Return the imports of urllib that can open a connection."""
    found = {(name, taken) for path in modules(root) for name, taken in imports(path) if name.startswith("urllib")}
    return {name for name, taken in found if name != "urllib.parse" and taken != {"parse"}}


def pillow_in_forms(root: Path) -> set[str]:
    """Return what the papers take from Pillow beyond the colour profile."""
    found: set[str] = set()
    for path in modules(root / "forms"):
        for name, taken in imports(path):
            if name == "PIL":
                found |= {f"PIL.{part}" for part in taken}
            elif name.startswith("PIL."):
                found.add(name)
    return found - {"PIL.ImageCms"}


def bare_connections(root: Path) -> set[str]:
    """Return the modules that touch `db.conn` or `transform()` outside their one home.

    `with db.conn:` does not roll back, and `transform()` drops a table's triggers.
    """
    homes = {"database.py", "migrations.py"}
    found = set()
    for path in modules(root):
        if path.name in homes or re.match(r"m\d{4}_", path.name):
            continue
        # Elsewhere a picture or a painter may have a transform of its own.
        watched = {"conn", "transform"} if path.is_relative_to(root / "storage") else {"conn"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in watched:
                found.add(path.relative_to(root).as_posix())
    return found


@pytest.mark.parametrize(
    "rule",
    [
        repeated_names,
        empty_names,
        outside_imports_of_models,
        foreign_qt_parts,
        ways_out,
        pillow_in_forms,
        bare_connections,
    ],
    ids=lambda rule: rule.__name__,
)
def test_the_tree_keeps_the_rule(rule: Callable[[Path], set[str]]) -> None:
    assert rule(APP) == set()


@pytest.mark.parametrize(
    ("rule", "file", "text", "found"),
    [
        (repeated_names, "ui/sheet.py", "", "sheet.py"),
        (empty_names, "forms/page_utils.py", "", "page_utils"),
        (empty_names, "services/data/x.py", "", "data"),
        (outside_imports_of_models, "models/draft.py", "import platformdirs", "platformdirs"),
        (outside_imports_of_models, "models/draft.py", "from app.labels import LABELS", "app.labels"),
        (foreign_qt_parts, "ui/a.py", "from PySide6.QtCharts import QChart", "PySide6.QtCharts"),
        (foreign_qt_parts, "ui/a.py", "from PySide6 import QtWebEngineWidgets", "PySide6.QtWebEngineWidgets"),
        (foreign_qt_parts, "ui/a.py", "from PySide6.QtNetwork import QTcpSocket", "PySide6.QtNetwork"),
        (foreign_qt_parts, "ui/a.py", "from PySide6 import QtNetwork", "PySide6.QtNetwork"),
        (ways_out, "ui/a.py", "from urllib.request import urlopen", "urllib.request"),
        (pillow_in_forms, "forms/a.py", "from PIL import Image", "PIL.Image"),
        (bare_connections, "storage/a.py", "with db.conn:\n    pass", "storage/a.py"),
        (bare_connections, "services/a.py", "unit.db.conn.commit()", "services/a.py"),
        (bare_connections, "storage/a.py", "db['draft'].transform(drop={'x'})", "storage/a.py"),
    ],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_a_planted_breach_is_seen(
    tmp_path: Path, rule: Callable[[Path], set[str]], file: str, text: str, found: str
) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "sheet.py").write_text("from PIL import ImageCms\nfrom urllib.parse import quote\n")
    assert rule(tmp_path) == set()
    planted = tmp_path / file
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(text)
    assert rule(tmp_path) == {found}


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [command, "--no-logo", "--no-cache", "--config", str(tree / "pyproject.toml")],
        cwd=tree,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def empty_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same tree with empty modules: it keeps every contract."""
    tree = tmp_path_factory.mktemp("empty")
    shutil.copy(HOME / "pyproject.toml", tree)
    for module in modules():
        empty = tree / module.relative_to(HOME)
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.touch()
    sound = lint_imports(tree)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    return tree


def test_every_import_contract_is_kept() -> None:
    answer = lint_imports(HOME)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert " 0 broken" in answer.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("models/planted.py", "import app.services", "Imports point down only"),
        ("services/planted.py", "import app.ui", "Imports point down only"),
        ("forms/planted.py", "import app.storage", "siblings do not know one another"),
        ("unheard_of.py", "", "Imports point down only"),
        ("ui/planted.py", "import app.storage", "The window asks services"),
        ("forms/planted.py", "from platformdirs import user_data_path", "Places are handed over"),
        ("services/planted.py", "from PySide6.QtCore import QObject", "PySide6"),
        ("ledgers/planted.py", "import reportlab.pdfgen.canvas", "reportlab and pikepdf"),
        ("archive/planted.py", "import sqlite3", "sqlite3 and sqlite-utils"),
        ("services/planted.py", "import keyring", "keyring"),
        ("forms/planted.py", "import pypdfium2", "openpyxl and pypdfium2"),
        ("ui/planted.py", "from PIL import Image", "Pillow"),
        ("services/planted.py", "import zxingcpp", "zxing-cpp"),
        ("intake/planted.py", "from docx import Document", "XlsxWriter and python-docx"),
        ("services/planted.py", "import bagit", "bagit"),
        ("ui/planted.py", "import argon2", "argon2 and zxcvbn"),
        ("services/planted.py", "import cryptography", "cryptography"),
        ("services/planted.py", "import ahocorasick_rs", "The word lists"),
        ("models/planted.py", "import chinese_calendar", "chinesecalendar"),
        ("services/planted.py", "import http.client", "No part opens a network connection"),
    ],
)
def test_a_planted_import_breaks_its_contract(
    empty_tree: Path, tmp_path: Path, file: str, line: str, contract: str
) -> None:
    tree = tmp_path / "planted"
    shutil.copytree(empty_tree, tree)
    (tree / "app" / file).write_text(line + "\n")
    answer = lint_imports(tree)
    assert answer.returncode != 0
    assert any(contract in told and "BROKEN" in told for told in answer.stdout.splitlines()), answer.stdout


def test_no_file_names_a_registry() -> None:
    found = {
        f"{path.relative_to(HOME)}: {host}"
        for path in our_text_files()
        for host in REGISTRIES
        if host.encode() in path.read_bytes()
    }
    assert found == set()
    assert {HOME / "requirements.lock", HOME / "packaging" / "xianshen.spec"} <= set(our_text_files())


@pytest.mark.parametrize(("name", "least"), [("requirements.lock", 50), ("packaging/requirements-build.lock", 4)])
def test_every_pinned_library_has_hashes_and_no_address(name: str, least: int) -> None:
    lock = (HOME / name).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][a-z0-9._-]*==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)*", lock, re.MULTILINE)
    assert len(pins) > least
    assert [pin for pin in pins if "--hash=" not in pin] == []
    assert re.findall(r"://|--index-url|--find-links", lock) == []


RUN = 16


def running_text(text: str) -> list[str]:
    """Return the stretches of a text without white space, cut at the titles of documents, which may be cited."""
    return [re.sub(r"\s+", "", part) for part in re.split(r"《[^》]*》", text)]


def runs_in_common(ours: str, theirs: str) -> set[str]:
    """Return the runs of 16 characters that stand in both texts."""
    runs = {part[i : i + RUN] for part in running_text(theirs) for i in range(len(part) - RUN + 1)}
    return {part[i : i + RUN] for part in running_text(ours) for i in range(len(part) - RUN + 1)} & runs


def test_a_copied_sentence_is_seen_and_a_cited_title_is_not() -> None:
    title = "《一二三四五六七八九十一二三四五六七八九十管理办法》"
    rule = f"第九条\n各单位应当在每月第一个工作日\n核对上月发布的全部内容，见{title}。"
    assert runs_in_common("# 各单位应当在每月第一个工作日核对上月", rule)
    assert not runs_in_common(f"{title}第九条：每月初核对", rule)


@pytest.mark.skipif(not REGULATION.is_file(), reason="the text of the regulation is not beside the project")
def test_no_sentence_of_the_regulation_is_copied_into_the_product() -> None:
    rule = REGULATION.read_text(encoding="utf-8")
    product = [p for p in our_text_files() if p.relative_to(HOME).parts[0] != "tests"]
    found = {
        path.relative_to(HOME).as_posix(): runs_in_common(path.read_text(encoding="utf-8"), rule)
        for path in product
        if path.suffix != ".lock" and not path.is_relative_to(HOME / "resources" / "sample")
    }
    assert {path: sorted(runs)[:3] for path, runs in found.items() if runs} == {}
    assert len(found) > 50
