"""One passcode, one one-time code and one recovery code go everywhere they can go, and are found nowhere after it."""

import base64
import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.logs import start_log
from app.models.month import Month
from app.models.review import Verdict
from app.services.code_desk import OneTimeCode
from app.services.setup import AccountPlan, PersonPlan, SetupPlan, UnitPlan
from app.ui.application import _tell_bug
from app.ui.changes import Changes
from app.ui.desk import Desk
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.review.decide_dialog import DecideDialog
from app.ui.start.forgotten_page import ForgottenPage
from app.ui.start.passcode_page import PasscodePage
from app.ui.start.sign_in_page import SignInPage
from app.ui.start.slips_page import SlipsPage
from app.ui.tasks import Tasks
from app.ui.widgets.passcode_field import PasscodeField
from app.vault.passcode_hash import tidy_code
from tests.commands.running import Runner, runner
from tests.services.office import PEOPLE, Office, SetClock
from tests.ui.conftest import Script

PASSCODE = "kanarie-Chaoshui-7731-qingshi"
AUTHOR, MANAGER, REVIEWER, ADMINISTRATOR = "林晓", "陈账", "吴审", "许管"


# ---- looking for a secret -------------------------------------------------------------------------------


def disguises(secret: str) -> set[bytes]:
    """Return a secret as it may stand in a file: encodings, base64 at each of its three places, hex, percent signs."""
    found: set[bytes] = set()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        raw = secret.encode(encoding)
        found |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)
            # The characters at both ends hold bits of the neighbours too.
            inner = coded[4 if shift else 0 : -4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    found |= {quote(secret).encode(), secret.encode("unicode_escape")}
    return {form for form in found if len(form) >= 8}


def layers(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield a file and what is packed in it: members of archives, and the words of PDFs."""
    yield name, data
    if depth < 3 and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                yield f"{name}!name", member.encode()
                yield from layers(f"{name}!{member}", packed.read(member), depth + 1)
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            words = document[number].get_textpage().get_text_bounded()
            yield f"{name}, page {number + 1}", words.replace("\r", "").replace("\n", "").encode()
        document.close()


def sought(secrets: list[str], *folders: Path) -> list[str]:
    """Name every place below some folders that gives one of the secrets away."""
    forms = {form for secret in secrets for form in disguises(secret)}
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder.parent).as_posix()
            inside = layers(name, path.read_bytes()) if path.is_file() else ()
            for place, data in (("name", name.encode()), *inside):
                if any(form in data for form in forms):
                    found.append(f"{name}: {place}")
    return found


@pytest.mark.parametrize("disguise", ["utf-8", "utf-16-le", "base64", "hex", "docx", "zip in zip", "pdf", "name"])
def test_a_planted_secret_is_found_in_every_disguise(tmp_path: Path, disguise: str) -> None:
    from reportlab.pdfgen.canvas import Canvas

    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "innocent.txt").write_text("nothing here", "utf-8")
    assert sought([PASSCODE], folder) == []
    place = folder / "planted"
    plain = f"head {PASSCODE} tail".encode()
    if disguise.startswith("utf"):
        place.write_bytes(plain.decode().encode(disguise))
    elif disguise == "base64":
        place.write_bytes(base64.b64encode(plain))
    elif disguise == "hex":
        place.write_text(plain.hex(), "ascii")
    elif disguise == "name":
        (folder / f"of {PASSCODE}.txt").touch()
    elif disguise == "pdf":
        canvas = Canvas(str(place), pageCompression=1)
        canvas.drawString(72, 720, plain.decode())
        canvas.save()
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as inner:
            inner.writestr("word/document.xml", plain)
        if disguise == "docx":
            place.write_bytes(packed.getvalue())
        else:
            with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as outer:
                outer.writestr("inner.zip", packed.getvalue())
    assert sought([PASSCODE], folder)


# ---- the journey ----------------------------------------------------------------------------------------


@dataclass
class Journey:
    """An office, a desk in it, and every code that was drawn on the way."""

    place: Path
    office: Office
    desk: Desk
    dialogs: Script
    codes: list[OneTimeCode] = field(default_factory=list)
    peeked: list[str] = field(default_factory=list)

    @property
    def secrets(self) -> list[str]:
        drawn = [code.code for code in self.codes]
        return [PASSCODE, *drawn, *(tidy_code(code) for code in drawn)]

    def code_of(self, name: str) -> str:
        return [code.code for code in self.codes if code.person == name][-1]

    def shown(self, widget: QWidget) -> None:
        widget.resize(1000, 700)
        widget.show()
        self.settle()

    def settle(self) -> None:
        assert self.desk.tasks.wait_idle(20_000)
        QApplication.processEvents()

    def type(self, edit: QLineEdit, text: str) -> None:
        """Type key by key, and peek at what the field gives away."""
        QTest.keyClicks(edit, text)
        if isinstance(edit, PasscodeField):
            edit.selectAll()
            QTest.keyClick(edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            reader = QAccessible.queryAccessibleInterface(edit)
            told = [edit.displayText(), reader.text(QAccessible.Text.Value)]
            told += [reader.text(QAccessible.Text.Description), QApplication.clipboard().text()]
            self.peeked += [place for place in told if place and text in place]
            assert edit.text() == text

    def forget(self, widget: QWidget) -> None:
        widget.hide()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def slips(self, codes: tuple[OneTimeCode, ...]) -> None:
        """Show the slips, and save them where somebody asked for it."""
        self.codes += codes
        page = SlipsPage(self.desk, codes)
        self.shown(page)
        asked = self.place / "asked for"
        asked.mkdir(exist_ok=True)
        self.dialogs.answers.append(asked)
        page.save_all()
        self.settle()
        self.forget(page)


@pytest.fixture
def journey(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journey]:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name))
    dialogs = Script()
    tasks = Tasks(dialogs)
    office = Office(tmp_path / "data", SetClock())
    desk = Desk(office.services, tasks, Changes(), dialogs, now=office.clock)
    log = logging.getLogger("xianshen")
    before = list(log.handlers)
    log.handlers.clear()
    start_log(tmp_path / "log")
    yield Journey(tmp_path, office, desk, dialogs)
    for handler in log.handlers:
        handler.close()
    log.handlers[:] = before
    tasks.wait_idle()
    tasks.close()
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def set_up(journey: Journey) -> None:
    people = tuple(PersonPlan(name, "办公室", "", frozenset(roles), signs_in=True) for name, roles in PEOPLE.items())
    unit = UnitPlan("JA-SL-01", "福州市晋安区示例局", "示例局", "", "晋示")
    plan = SetupPlan(unit, people, (AccountPlan("微信公众号", "晋安示例"),), second_person=0)
    journey.slips(journey.office.services.setup.run(plan))


def choose(journey: Journey, name: str) -> None:
    """Come in with a one-time code, as the paper says, and choose the passcode."""
    door = SignInPage(journey.desk, "示例局", journey.desk.services.sign_in.names())
    journey.shown(door)
    asked: list[tuple[str, str]] = []
    door.choice_needed.connect(lambda who, code, _longer: asked.append((who, code)))
    door.name_box.setCurrentText(name)
    journey.type(door.passcode_field, journey.code_of(name))
    door.try_in()
    journey.settle()
    page = PasscodePage(journey.desk, *asked[0])
    journey.shown(page)
    for edit in (page.first_field, page.again_field):
        journey.type(edit, PASSCODE)
    page.choose()
    journey.settle()
    assert journey.desk.services.session.person_id
    journey.desk.services.sign_in.sign_out()
    journey.forget(door)
    journey.forget(page)


def sign_in(journey: Journey, name: str, passcode: str = PASSCODE) -> None:
    door = SignInPage(journey.desk, "示例局", journey.desk.services.sign_in.names())
    journey.shown(door)
    door.name_box.setCurrentText(name)
    journey.type(door.passcode_field, passcode)
    door.try_in()
    journey.settle()
    journey.forget(door)
    if journey.desk.services.session.person_id:
        journey.desk.actor = journey.desk.services.staff.actor()


def decide(journey: Journey) -> None:
    """Let a draft be approved on screen, with the own passcode, which is first typed wrong."""
    services = journey.desk.services
    sign_in(journey, AUTHOR)
    draft = services.drafts.start(journey.office.content())
    services.drafts.submit(draft.id, draft.version)
    services.sign_in.sign_out()
    sign_in(journey, REVIEWER)
    dialog = DecideDialog(journey.desk, None, draft.id)
    dialog.open()
    journey.settle()
    dialog.choose(Verdict.AGREE)
    for typed in (f"{PASSCODE}x", PASSCODE):
        dialog.passcode.clear()
        journey.type(dialog.passcode, typed)
        dialog.act_button.click()
        journey.settle()
    assert not dialog.isVisible()
    journey.forget(dialog)
    services.sign_in.sign_out()


def forget_and_recover(journey: Journey) -> None:
    """Draw a code anew, then come in by the slip from the safe."""
    services = journey.desk.services
    sign_in(journey, ADMINISTRATOR)
    journey.slips((services.codes.issue(journey.office.person(AUTHOR).id, "忘记口令", PASSCODE),))
    services.sign_in.sign_out()
    choose(journey, AUTHOR)
    page = ForgottenPage(journey.desk, ADMINISTRATOR)
    journey.shown(page)
    drawn: list[tuple[OneTimeCode, ...]] = []
    page.recovered.connect(lambda _name, codes: drawn.append(codes))
    [slip] = [code.code for code in journey.codes if code.person_id == "recovery"]
    journey.type(page.code_field, slip)
    page.recover()
    journey.settle()
    journey.forget(page)
    journey.slips(drawn[0])
    choose(journey, ADMINISTRATOR)


def fail_aloud(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program break while it holds the passcode, in a job and in a slot."""
    hasher = type(journey.desk.services.sign_in._hasher)
    with monkeypatch.context() as patch:

        def broken(_self: object, _stored: str, passcode: str) -> bool:
            raise RuntimeError(f"broken, password: {passcode}")

        patch.setattr(hasher, "matches", broken)
        sign_in(journey, REVIEWER)
    assert len(journey.dialogs.bugs) == 1
    window = MainWindow(
        journey.desk, Opening(lambda _f: journey.desk.services, lambda _f: None, journey.place, journey.place)
    )

    try:
        raise RuntimeError(f"passcode={PASSCODE}")
    except RuntimeError as error:
        _tell_bug(window, type(error), error, error.__traceback__)
    journey.forget(window)


def by_commands(journey: Journey, command: Runner) -> None:
    """Back up, restore, ask the doctor, archive: whatever asks for a passcode without a window."""
    data, backup, stick = (journey.place / name for name in ("data", "backup", "stick"))
    backup.mkdir()
    stick.mkdir()
    told = []
    told.append(command("backup", "--to", backup, "--data", data, "--as", ADMINISTRATOR, typed=[PASSCODE]))
    assert told[-1].code == 0, told[-1].err
    witnesses = [ADMINISTRATOR, PASSCODE, REVIEWER, PASSCODE]
    [snapshots] = list(backup.iterdir()) if len(list(backup.iterdir())) == 1 else [backup]
    for source in (backup, snapshots):
        answer = command("restore", source, "--to", journey.place / "restored", typed=witnesses)
        told.append(answer)
        if answer.code == 0:
            break
    assert told[-1].code == 0, told[-1].err
    told.append(command("doctor", "--data", data))
    told.append(command("doctor", "--data", journey.place / "restored"))
    month = Month.of(journey.office.clock.now)
    line = ("archive", "--month", str(month), "--to", stick, "--data", data, "--as", MANAGER)
    told.append(command(*line, typed=[PASSCODE]))
    assert told[-1].code == 0, told[-1].err
    told.append(command("archive", "--month", "x", "--to", stick, "--data", data, "--as", PASSCODE, typed=[PASSCODE]))
    for answer in told:
        assert PASSCODE not in answer.out
    assert all(PASSCODE not in answer.err for answer in told[:-1])


def test_no_secret_is_left_anywhere(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(journey)
    for name in (AUTHOR, MANAGER, REVIEWER, ADMINISTRATOR):
        choose(journey, name)
    # What people do: the passcode in the place of the name, and with a slip of the finger.
    sign_in(journey, PASSCODE)
    sign_in(journey, REVIEWER, f"{PASSCODE} ")
    decide(journey)
    forget_and_recover(journey)
    fail_aloud(journey, monkeypatch)
    by_commands(journey, runner(monkeypatch, capsys))
    assert journey.peeked == []
    assert PASSCODE not in QApplication.clipboard().text()
    folders = [path for path in journey.place.iterdir() if path.is_dir() and path.name != "asked for"]
    assert {path.name for path in folders} >= {"data", "log", "backup", "restored", "stick"}
    found = sought(journey.secrets, *folders)
    files = sum(path.is_file() for folder in folders for path in folder.rglob("*"))
    print(f"files searched for {len(journey.secrets)} secrets: {files} trials, {len(found)} violations")
    assert found == []
    # The paper that was asked for holds the code, so the search can see one in a PDF of this program.
    assert sought([journey.code_of(MANAGER)], journey.place / "asked for")
    assert (journey.place / "log" / "xianshen.log").stat().st_size > 0
