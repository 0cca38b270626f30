"""What goes into the built program and what stays out."""

import ast
import importlib.metadata
import re
from pathlib import Path

import pytest

import bundle_parts as parts
from app import __version__
from app.storage import unit_of_work
from app.ui.pages import PAGES

QT = "PySide6/Qt"
WHEELS = "/home/somebody/xianshen/.venv/lib/python3.11/site-packages"
DEBIAN = "/usr/lib/x86_64-linux-gnu"


@pytest.mark.parametrize(
    ("system", "machine", "name"),
    [
        ("linux", "x86_64", "xianshen-0.1.0-linux-x86_64"),
        ("linux", "aarch64", "xianshen-0.1.0-linux-aarch64"),
        ("win32", "AMD64", "xianshen-0.1.0-windows-x86_64"),
        ("darwin", "arm64", "xianshen-0.1.0-macos-aarch64"),
    ],
)
def test_the_folder_is_named_after_version_system_and_machine(system: str, machine: str, name: str) -> None:
    assert parts.bundle_name("0.1.0", system, machine) == name


def test_the_version_is_the_programs_own() -> None:
    assert parts.version() == __version__


def test_every_folder_of_resources_goes_along_to_where_the_program_looks_for_it() -> None:
    taken = {(Path(source).name, target) for source, target in parts.resource_files()}
    resources = parts.HOME / "resources"
    folders = {path.relative_to(parts.HOME).as_posix() for path in resources.rglob("*") if path.is_dir()}
    assert folders <= {target for _, target in taken}
    assert {("NotoSansSC-Regular.ttf", "resources/fonts"), ("jinan-1.toml", "resources/policy")} <= taken
    assert len(taken) == sum(1 for path in resources.rglob("*") if path.is_file())


def test_resources_that_are_planted_anew_go_along_by_themselves(tmp_path: Path) -> None:
    planted = tmp_path / "resources" / "manual" / "pictures" / "1.png"
    planted.parent.mkdir(parents=True)
    planted.touch()
    assert parts.resource_files(tmp_path) == [(str(planted), "resources/manual/pictures")]


def test_modules_that_are_loaded_by_name_go_along() -> None:
    modules = set(parts.app_modules())
    assert {entry.loader.partition(":")[0] for entry in PAGES} <= modules
    written = Path(unit_of_work.__file__).read_text("utf-8")
    by_name = {f"app.storage.{name}" for name in re.findall(r'_Repository\("(\w+):', written)}
    assert len(by_name) > 5
    assert by_name <= modules
    assert {"app", "app.storage.m0001_foundation", "app.commands.self_test_command"} <= modules
    assert not any(name.endswith("__init__") for name in modules)


def test_every_library_whose_own_data_is_packed_is_installed() -> None:
    assert [importlib.metadata.version(name) for name in parts.METADATA]


def test_nothing_is_left_out_that_the_program_imports() -> None:
    imported: set[str] = set()
    for path in (parts.HOME / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    whole = {".".join(name.split(".")[:n]) for name in imported for n in range(1, 4)}
    assert {"sqlite3", "PySide6.QtPdf", "keyring.backends.SecretService"} <= whole
    assert whole & set(parts.EXCLUDED) == set()


@pytest.mark.parametrize(
    ("place", "source"),
    [
        (f"{QT}/plugins/platforms/libqxcb.so", WHEELS),
        (f"{QT}/plugins/platforms/libqoffscreen.so", WHEELS),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:\\wheels"),
        (f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", WHEELS),
        (f"{QT}/plugins/imageformats/libqjpeg.so", WHEELS),
        (f"{QT}/plugins/printsupport/libcupsprintersupport.so", WHEELS),
        (f"{QT}/translations/qtbase_zh_CN.qm", WHEELS),
        ("libQt6Pdf.so.6", WHEELS),
        ("libicudata.so.73", WHEELS),
        ("libxcb-cursor.so.0", DEBIAN),
        ("libpython3.11.so.1.0", DEBIAN),
        ("libsqlite3.so.0", DEBIAN),
        ("python3.11/lib-dynload/_sqlite3.cpython-311-x86_64-linux-gnu.so", "/usr/lib/python3.11/lib-dynload"),
    ],
)
def test_what_the_program_uses_is_taken(place: str, source: str) -> None:
    assert parts.is_taken(place, f"{source}/{Path(place).name}")


@pytest.mark.parametrize(
    ("place", "source"),
    [
        (f"{QT}/plugins/platforms/libqeglfs.so", WHEELS),
        (f"{QT}/plugins/platforms/libqvnc.so", WHEELS),
        (f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", WHEELS),
        (f"{QT}/plugins/tls/libqopensslbackend.so", WHEELS),
        (f"{QT}/plugins/networkinformation/libqnetworkmanager.so", WHEELS),
        (f"{QT}/plugins/sqldrivers/libqsqlite.so", WHEELS),
        (f"{QT}/translations/qtbase_de.qm", WHEELS),
        ("libQt6Quick.so.6", WHEELS),
        ("libQt6EglFsKmsSupport.so.6", WHEELS),
        ("Qt6Qml.dll", "C:/wheels"),
        ("libGL.so.1", DEBIAN),
        ("libfontconfig.so.1", DEBIAN),
        ("libglib-2.0.so.0", DEBIAN),
        ("libstdc++.so.6", DEBIAN),
        ("libz.so.1", "/lib/x86_64-linux-gnu"),
        ("libexpat.so.1", DEBIAN),
    ],
)
def test_what_it_does_not_use_or_the_system_must_bring_is_left(place: str, source: str) -> None:
    assert not parts.is_taken(place, f"{source}/{Path(place).name}")


def test_the_spec_is_python_and_asks_the_tables() -> None:
    spec = (parts.HOME / "packaging" / "xianshen.spec").read_text("utf-8")
    named = {node.attr for node in ast.walk(ast.parse(spec)) if isinstance(node, ast.Attribute)}
    assert {"resource_files", "app_modules", "is_taken", "METADATA", "EXCLUDED", "HOOKS_LEFT_OUT"} <= named
