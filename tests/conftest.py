"""What holds for every test: no display, no records of the real user, nothing left alive."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before the first import of Qt. A test that wants a display starts its own Xvfb, or sets XIANSHEN_TEST_DISPLAY=1.
if not os.environ.get("XIANSHEN_TEST_DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)


_HOURS = 4 * 60 * 60
"""Seconds that one long trial may take where it does not say so itself."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--release", action="store_true", help="also run the tests that are too long for every run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = [item for item in items if item.get_closest_marker("release")]
    if config.getoption("--release"):
        for item in long:
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(_HOURS))
        return
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session", autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the records and settings of the person who runs the tests out of reach."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name.lower()))
        patch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        yield home


@pytest.fixture(autouse=True)
def _nothing_lives_on() -> Iterator[None]:
    """Fail a test that leaves a thread running or a window open."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not _is_foreign(thread)]
    for thread in left:
        thread.join(timeout=2)
    living = [thread.name for thread in left if thread.is_alive()]
    windows = _open_windows()
    if living or windows:
        pytest.fail(f"left alive: threads {living}, windows {windows}")


def _is_foreign(thread: threading.Thread) -> bool:
    """Tell whether Qt or another library owns the thread and Python only saw it pass."""
    return isinstance(thread, threading._DummyThread)


def _open_windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if application is None:
        return []
    return [repr(window) for window in application.topLevelWidgets() if window.isVisible()]
