"""What goes into the built program and what stays out: read by the spec, by the build and by the tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path, PurePosixPath

HOME = Path(__file__).resolve().parent.parent
NAME = "xianshen"

# Their modules look up their own version or their plugins when they are imported.
METADATA = ("keyring", "sqlite-utils", "pluggy", "click", "argon2-cffi", "reportlab", "python-docx", "openpyxl")

# Imported by a library for a case that never comes up here; each would bring a tree of its own.
EXCLUDED = (
    *("tkinter", "unittest", "doctest", "pydoc", "pdb", "test", "idlelib", "ensurepip", "venv", "lib2to3", "curses"),
    *("setuptools", "pkg_resources", "pip", "_distutils_hack", "distutils", "multiprocessing"),
    *("numpy", "pandas", "matplotlib", "IPython", "pytest", "_pytest", "hypothesis", "coverage", "mypy", "ruff"),
    *("pikepdf", "bagit", "mammoth", "opencc", "pyzipper", "Cryptodome", "opendataloader_pdf", "rich", "pygments"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest", "PySide6.QtSql", "PySide6.QtDesigner", "PySide6.QtHelp"),
    *("PIL.ImageTk", "PIL.ImageQt", "PIL.ImageShow", "PIL.ImageGrab"),
)

# What PyInstaller would run before the program. The first loads Qt for every command, to tell it where its plugins
# are; PySide6 finds that out by itself, when a window is wanted. The others prepare for what does not happen here.
HOOKS_LEFT_OUT = frozenset({"pyi_rth_pyside6", "pyi_rth_inspect", "pyi_rth_pkgutil", "pyi_rth_cryptography_openssl"})

# Folders of Qt's plugins that are taken, and which of their files; None takes all.
QT_PLUGINS: dict[str, frozenset[str] | None] = {
    "iconengines": None,
    "imageformats": None,
    "platforminputcontexts": frozenset({"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"}),
    "platforms": frozenset({"qxcb", "qwayland", "qoffscreen", "qwindows"}),
    "platformthemes": None,
    "printsupport": None,
    "styles": None,
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": None,
    "wayland-shell-integration": None,
    "xcbglintegrations": None,
}
QT_TRANSLATIONS = frozenset({"qtbase_zh_CN.qm"})
# Needed only by plugins that are left out.
QT_LIBRARIES_LEFT_OUT = re.compile(r"(lib)?Qt6(Qml|Quick|VirtualKeyboard|Egl|WaylandCompositor|Sql|Lottie|Labs)")

# Of the building system's own libraries only these come along: Python's, and those of X that a desktop may lack.
# Everything else has to fit the graphics, fonts and sessions of the system the program runs on, and stays there.
FROM_THE_SYSTEM = re.compile(
    r"lib(python3\.\d+|crypto|ssl|sqlite3|ffi|bz2|lzma|mpdec|uuid"
    r"|xcb-(cursor|icccm|image|keysyms|randr|render|render-util|shape|shm|sync|util|xfixes|xkb)|xkbcommon-x11)\.so"
)
SYSTEM_PLACES = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")

# Every Linux with a package system has these.
OF_EVERY_SYSTEM = frozenset(
    {
        *("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2"),
        *("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libstdc++.so.6", "libgcc_s.so.1", "libz.so.1"),
    }
)
# Without these the program draws and prints; libexpat comes with fontconfig, the rest with GTK's or Wayland's desktops.
OF_A_DESKTOP = frozenset(
    {
        *("libexpat.so.1", "libxcb-glx.so.0", "libwayland-egl.so.1", "libdrm.so.2"),
        *("libgtk-3.so.0", "libgdk-3.so.0", "libgdk_pixbuf-2.0.so.0", "libgio-2.0.so.0", "libgobject-2.0.so.0"),
        *("libatk-1.0.so.0", "libcairo.so.2", "libcairo-gobject.so.2", "libharfbuzz.so.0"),
        *("libpango-1.0.so.0", "libpangocairo-1.0.so.0"),
    }
)


def version(home: Path = HOME) -> str:
    """Return the version that stands in pyproject.toml."""
    return str(tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def bundle_name(number: str, system: str, machine: str) -> str:
    """Return the name of the folder that is built: `xianshen-0.2.0-linux-x86_64`."""
    system = {"win32": "windows", "darwin": "macos"}.get(system, system)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine.lower(), machine.lower())
    return f"{NAME}-{number}-{system}-{machine}"


def app_modules(home: Path = HOME) -> list[str]:
    """Return every module of the program: pages and migrations are imported by name, which nothing can see."""
    found = (path.relative_to(home).with_suffix("").parts for path in sorted((home / "app").rglob("*.py")))
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in found]


def resource_files(home: Path = HOME) -> list[tuple[str, str]]:
    """Return every file of `resources/` with the folder it goes to, `resources/fonts`."""
    files = (path for path in sorted((home / "resources").rglob("*")) if path.is_file())
    return [(str(path), path.parent.relative_to(home).as_posix()) for path in files]


def is_taken(place: str, source: str) -> bool:
    """Tell whether a file that PyInstaller found goes along.

    `place` is where it would lie in the program's folder, `source` where it lies on this system.
    """
    path = PurePosixPath(place.replace("\\", "/"))
    if path.suffix == ".qm":
        return path.name in QT_TRANSLATIONS
    if "plugins" in path.parts and "PySide6" in path.parts:
        folder, file = path.parent.name, path.name
        names = QT_PLUGINS.get(folder, frozenset())
        return names is None or re.split(r"\.", file.removeprefix("lib"))[0] in names
    if QT_LIBRARIES_LEFT_OUT.match(path.name):
        return False
    if source.startswith(SYSTEM_PLACES) and "/lib-dynload/" not in source and ".so" in path.name:
        return FROM_THE_SYSTEM.match(path.name) is not None
    return True
