"""Opening a unit's records for a command, and signing somebody in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.bootstrap import open_services
from app.commands.arguments import Request
from app.commands.console import ask_line, ask_passcode, tell
from app.errors import SetupNeededError
from app.services.office import Services
from app.storage.begun_records import holds_records


def data_folder(request: Request) -> Path:
    """Return the data folder a command was told to use, or this PC's own."""
    if request.data is not None:
        return request.data
    from app.paths import default_data_folder

    return default_data_folder()


def open_office(request: Request) -> Services:
    """Open the unit's records; a folder without any is left as it is.

    Raises `SetupNeededError`, or `DatabaseMissingError` for a folder that has lost its records.
    """
    folder = data_folder(request)
    if not holds_records(folder):
        raise SetupNeededError
    services = open_services(folder)
    if services.setup.needed():
        raise SetupNeededError
    return services


@contextmanager
def signed_in(request: Request) -> Iterator[Services]:
    """Open the records and sign somebody in, with the name of `--as` and a passcode that is asked for."""
    services = open_office(request)
    name = request.person or ask_line("姓名：")
    entered = services.sign_in.sign_in(name, ask_passcode(f"{name}的口令："))
    if entered.notice:
        tell(f"您的口令曾被重发，理由：{entered.notice}")
    try:
        yield services
    finally:
        services.sign_in.sign_out()
