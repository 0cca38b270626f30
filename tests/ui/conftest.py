"""A real office to drive windows over: a data folder with a unit, people with passcodes, and accounts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import open_services
from app.errors import AppError
from app.models.right import Role
from app.models.staff import Actor
from app.services.office import Services
from app.services.setup import AccountPlan, PersonPlan, SetupPlan, UnitPlan
from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.dialogs import Dialogs
from app.ui.tasks import Tasks
from app.ui.theme import apply_theme, scale, tokens
from app.ui.tokens import LIGHT
from app.vault.passcode_hash import PasscodeHasher
from tests.services.office import Office

PASSCODE = "晋安-河边-散步-7"

MANAGER, WRITER, REVIEWER, SECRECY, LEADER, ADMINISTRATOR = (
    "管理员甲",
    "信息员乙",
    "审核丙",
    "保密丁",
    "主任戊",
    "系统己",
)

PEOPLE = (
    PersonPlan(MANAGER, "办公室", "科员", frozenset({Role.ACCOUNT_MANAGER, Role.ARCHIVIST})),
    PersonPlan(WRITER, "综合科", "科员", frozenset({Role.INFORMATION_OFFICER})),
    PersonPlan(REVIEWER, "办公室", "副主任", frozenset({Role.REVIEWER})),
    PersonPlan(SECRECY, "办公室", "保密员", frozenset({Role.SECRECY_REVIEWER})),
    PersonPlan(LEADER, "", "局长", frozenset({Role.PRINCIPAL_LEADER}), signs_in=False),
    PersonPlan(ADMINISTRATOR, "办公室", "科员", frozenset({Role.ADMINISTRATOR})),
)
ACCOUNTS = (
    AccountPlan("微信公众号", "晋安示例"),
    AccountPlan("微博", "晋安示例发布", needs_variant=True),
)
UNIT = UnitPlan("11350111TEST00001X", "福州市晋安区示例局", "晋安区示例局办公室", "", "晋示")


def cheap_hasher() -> PasscodeHasher:
    """Return a hasher that is quick enough for tests."""
    return PasscodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def make_office(folder: Path, *, sample: bool = False) -> Services:
    """Set up a unit in a folder; everybody who signs in has chosen `PASSCODE`."""
    services = open_services(folder, hasher=cheap_hasher())
    codes = services.setup.run(SetupPlan(UNIT, PEOPLE, ACCOUNTS, sample=sample))
    for code in codes:
        if code.person in {person.name for person in PEOPLE}:
            services.sign_in.choose(code.person, code.code, PASSCODE)
            services.sign_in.sign_out()
    return services


@dataclass
class Script(Dialogs):
    """Answers questions as a test says, and remembers what was asked; an unexpected question fails the test."""

    answers: list[object] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    errors: list[AppError] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def _next(self, question: str) -> object:
        self.asked.append(question)
        if not self.answers:
            raise AssertionError(f"nobody expected the question {question!r}")
        return self.answers.pop(0)

    def ask(self, parent, title, text, yes, no="取消", *, danger=False):  # type: ignore[no-untyped-def]
        return bool(self._next(title))

    def ask_which(self, parent, title, text, first, second):  # type: ignore[no-untyped-def]
        return self._next(title)

    def ask_text(self, parent, title, label, *, about, **_rest):  # type: ignore[no-untyped-def]
        answer = self._next(title)
        self.unfinished.keep(title, about, answer)
        return answer

    def ask_passcode(self, parent, title, label, **_rest):  # type: ignore[no-untyped-def]
        return self._next(title)

    def tell(self, parent, title, text):  # type: ignore[no-untyped-def]
        self.asked.append(f"{title} {text}")

    def show_error(self, parent, error):  # type: ignore[no-untyped-def]
        self.errors.append(error)

    def show_bug(self, parent, error):  # type: ignore[no-untyped-def]
        self.bugs.append(error)

    def open_file(self, parent, title, filters):  # type: ignore[no-untyped-def]
        return self._next(title)

    def open_files(self, parent, title, filters):  # type: ignore[no-untyped-def]
        return self._next(title)

    def folder(self, parent, title):  # type: ignore[no-untyped-def]
        return self._next(title)

    def printer(self, parent, name, pages):  # type: ignore[no-untyped-def]
        return self._next(name)

    def save_file(self, parent, title, name, filters):  # type: ignore[no-untyped-def]
        return self._next(title)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    """Begin every test in the light theme at 100 %; dressing again costs, so only after a test that changed it."""
    if (tokens(), scale(), qapp.styleSheet() != "") != (LIGHT, 100, True):
        apply_theme(qapp, "light", 100)
    yield
    # No event loop runs between tests: what was closed would stay and be dressed again and again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def office_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set a unit up once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("office") / "records"
    make_office(folder)
    return folder


@pytest.fixture
def office(office_model: Path, tmp_path: Path) -> Services:
    """Return real services over a real data folder with a set-up unit."""
    import shutil

    folder = tmp_path / "records"
    shutil.copytree(office_model, folder)
    return open_services(folder, hasher=cheap_hasher())


@pytest.fixture
def dialogs() -> Script:
    """Return the questions, to be answered by the test."""
    return Script()


@pytest.fixture
def tasks(qapp: QApplication, dialogs: Script) -> Iterator[Tasks]:
    """Return the lanes; a bug in a job fails the test."""
    lanes = Tasks(dialogs)
    yield lanes
    lanes.wait_idle()
    lanes.close()
    for bug in dialogs.bugs:
        raise bug


@pytest.fixture
def desk(office: Services, tasks: Tasks, dialogs: Script) -> Desk:
    """Return a desk over the office with nobody at it; `opened` of the list is what pages asked to open."""
    return Desk(services=office, tasks=tasks, changes=Changes(), dialogs=dialogs)


@pytest.fixture
def sign_in(desk: Desk) -> Callable[[str], Actor]:
    """Return how somebody sits down at the desk."""

    def come(name: str = MANAGER) -> Actor:
        desk.actor = desk.services.sign_in.sign_in(name, PASSCODE).actor
        return desk.actor

    return come


@pytest.fixture
def show(qtbot, tasks: Tasks) -> Callable[[QWidget], None]:  # type: ignore[no-untyped-def]
    """Return how a widget is shown, and waited for."""

    def shown(widget: QWidget, width: int = 1100, height: int = 720) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        tasks.wait_idle()

    return shown


@pytest.fixture(scope="session")
def worked_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Do a month of work once; every test gets a copy."""
    from tests.ui.worked_office import worked_office

    return worked_office(tmp_path_factory.mktemp("worked") / "records").folder


@pytest.fixture
def worked(worked_model: Path, tmp_path: Path, tasks: Tasks, dialogs: Script) -> tuple[Office, Desk]:
    """Return an office with a month of work behind it, and a desk in it with nobody at it."""
    import shutil

    from tests.services.office import Office, SetClock
    from tests.ui.worked_office import NOW

    shutil.copytree(worked_model, tmp_path / "worked")
    office = Office(tmp_path / "worked", SetClock(NOW))
    desk = Desk(services=office.services, tasks=tasks, changes=Changes(), dialogs=dialogs, now=office.clock)
    return office, desk
