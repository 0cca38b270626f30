"""A desktop session of a test's own: a bus, a real gnome-keyring on it, and hands that lock, stop and kill it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

secretstorage = pytest.importorskip("secretstorage", reason="the session bus is Linux's")

from jeepney import DBusErrorResponse  # noqa: E402 - Linux only, as what stands above
from jeepney.bus_messages import message_bus  # noqa: E402
from jeepney.io.blocking import Proxy  # noqa: E402

HERE = Path(__file__).parent
PARTS = ("dbus-run-session", "gnome-keyring-daemon")
LOGIN = "der Schluessel der Anmeldung"
SECRETS = "org.freedesktop.secrets"

# A bus that starts nothing by itself.
BARE_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""

needs_keyring = pytest.mark.skipif(
    sys.platform != "linux" or any(shutil.which(part) is None for part in PARTS),
    reason="gnome-keyring or dbus-run-session is not installed",
)


class Session:
    """A session bus that lives until its standard input closes."""

    def __init__(self, home: Path, config: Path | None = None, display: str = "") -> None:
        self.home = home
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
            "HOME": str(home),
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "STATE", "CACHE")},
            "XDG_RUNTIME_DIR": str(home / "run"),
            **({"DISPLAY": display} if display else {}),
        }
        for name, folder in self.environment.items():
            if name.startswith("XDG_"):
                Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        command = ["dbus-run-session", *(["--config-file", str(config)] if config else []), "--"]
        self._run = subprocess.Popen(
            [*command, "sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment,
            encoding="utf-8",
        )
        assert self._run.stdout is not None
        self.address = self._run.stdout.readline().strip()
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.address
        self._started: list[subprocess.Popen[bytes]] = []

    @property
    def files(self) -> Path:
        """Where gnome-keyring keeps its files."""
        return self.home / "data" / "keyrings"

    def start_keyring(self) -> int:
        """Start a keyring that is open, as the sign-in of a desktop does; return its process id."""
        command = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"]
        daemon = self.start(command, LOGIN.encode())
        until(lambda: self.owner() == daemon.pid)
        until(lambda: self.asked(lambda c: secretstorage.get_collection_by_alias(c, "default") is not None))
        return daemon.pid

    def start(self, command: list[str], typed: bytes = b"") -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        process.stdin.write(typed)
        process.stdin.close()
        self._started.append(process)
        return process

    def owner(self, name: str = SECRETS) -> int:
        """Return the process that answers to a name on the bus, or 0."""
        with closing(self.connect()) as connection:
            try:
                return int(Proxy(message_bus, connection).GetConnectionUnixProcessID(name)[0])
            except DBusErrorResponse:
                return 0

    def connect(self) -> Any:
        assert os.environ["DBUS_SESSION_BUS_ADDRESS"] == self.address
        return secretstorage.dbus_init()

    def asked(self, question: Callable[[Any], object]) -> object:
        with closing(self.connect()) as connection:
            try:
                return question(connection)
            except secretstorage.ItemNotFoundException:
                return None

    def lock(self) -> None:
        self.asked(lambda connection: secretstorage.get_default_collection(connection).lock())

    def signal(self, which: signal.Signals) -> None:
        """Send a signal to the keyring of this session."""
        pid = self.owner()
        assert pid
        os.kill(pid, which)

    def kill_keyring(self) -> None:
        """Kill whatever keyring there is; the bus may have started one anew."""
        while pid := self.owner():
            os.kill(pid, signal.SIGKILL)
            until(lambda killed=pid: self.owner() != killed)  # type: ignore[misc]

    def bus_pid(self) -> int:
        """Return the process of the bus itself."""
        with closing(self.connect()) as connection:
            return int(Proxy(message_bus, connection).GetConnectionUnixProcessID("org.freedesktop.DBus")[0])

    def end(self) -> None:
        assert self._run.stdin is not None
        for process in self._started:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        self._run.stdin.close()
        self._run.wait(10)
        assert self._run.stdout is not None
        self._run.stdout.close()


def until(condition: Callable[[], object], limit: float = 15.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.01)


@contextmanager
def session(home: Path, *, bare: bool = False, display: str = "") -> Iterator[Session]:
    """Open a session and make it the one of this process."""
    config = home / "bare-bus.conf"
    if bare:
        config.write_text(BARE_BUS)
    opened = Session(home, config if bare else None, display)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in opened.environment.items():
            if name.startswith(("XDG_", "DBUS_")) or name == "HOME":
                patch.setenv(name, value)
        try:
            yield opened
        finally:
            opened.end()
