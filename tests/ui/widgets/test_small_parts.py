from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetrics, QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from app.models.difference import differences
from app.models.draft import DraftState
from app.ui.theme import px
from app.ui.tokens import Tone
from app.ui.widgets.banner import Banner
from app.ui.widgets.chip import Chip, chip_size, tone_of_state
from app.ui.widgets.difference_view import DifferenceView
from app.ui.widgets.drop_zone import DropZone
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.empty_notice import EmptyNotice
from app.ui.widgets.filter_bar import FilterBar
from app.ui.widgets.form_grid import FormGrid
from app.ui.widgets.moment_text import MomentLabel, day_text, moment_text
from app.ui.widgets.passcode_field import PasscodeField
from app.ui.widgets.plain_tooltip import plain_tooltip
from app.ui.widgets.quiet_table import quiet_table
from app.ui.widgets.step_line import ShownStep, StepLine

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 1, 42, tzinfo=UTC), "今天 09:42"),
        (datetime(2026, 11, 23, 16, 5, tzinfo=UTC), "今天 00:05"),
        (datetime(2026, 11, 23, 9, 20, tzinfo=UTC), "昨天 17:20"),
        (datetime(2026, 11, 21, 9, 20, tzinfo=UTC), "11-21"),
        (datetime(2025, 11, 21, 9, 20, tzinfo=UTC), "2025-11-21"),
        (datetime(2026, 11, 24, 18, 0, tzinfo=UTC), "明天"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: datetime, said: str) -> None:
    assert moment_text(moment, NOW) == said


def test_the_full_time_is_in_the_tooltip(qtbot: QtBot) -> None:
    label = MomentLabel()
    qtbot.addWidget(label)
    label.show_moment(NOW, NOW)
    assert (label.text(), label.toolTip()) == ("今天 10:00", "2026年11月24日 10:00")
    label.show_day(date(2026, 11, 20), date(2026, 11, 24))
    assert (label.text(), label.toolTip()) == ("11-20", "2026年11月20日")
    assert day_text(date(2026, 11, 25), date(2026, 11, 24)) == "明天"


@pytest.mark.parametrize("state", list(DraftState))
def test_every_state_has_a_tone(state: DraftState) -> None:
    assert tone_of_state(state) in Tone


def test_a_chip_leaves_room_for_its_word_and_says_it_aloud(qtbot: QtBot) -> None:
    chip = Chip("待保密审查", "warning")
    qtbot.addWidget(chip)
    assert chip.sizeHint().width() > QFontMetrics(chip.font()).horizontalAdvance("待保密审查") * 12 // 14
    assert chip.accessibleName() == "待保密审查"
    chip.show_text("已发布", Tone.GOOD)
    assert (chip.text, chip.tone, chip.sizeHint()) == ("已发布", Tone.GOOD, chip_size("已发布", chip.font()))


def test_filter_chips_show_counts_and_tell_what_is_chosen(qtbot: QtBot) -> None:
    bar = FilterBar([("all", "全部"), ("writing", "起草")])
    told: list[object] = []
    qtbot.addWidget(bar)
    bar.chosen.connect(told.append)
    bar.show_counts({"all": 128, "writing": 5})
    assert bar.chip("all").text() == "全部 128"
    assert bar.current == "all"
    bar.chip("writing").click()
    bar.choose("all")
    assert told == ["writing", "all"]


def test_filter_chips_go_on_in_the_next_row(qtbot: QtBot) -> None:
    bar = FilterBar([(n, f"筛选条件{n}") for n in range(12)])
    qtbot.addWidget(bar)
    bar.resize(400, 200)
    bar.show()
    rows = {bar.chip(n).y() for n in range(12)}
    assert len(rows) > 2
    assert all(bar.chip(n).geometry().right() <= 400 for n in range(12))


def test_an_empty_list_offers_the_first_step(qtbot: QtBot) -> None:
    taken: list[str] = []
    notice = EmptyNotice("file-text", "这里放本单位的稿件。", "新建稿件", lambda: taken.append("new"))
    qtbot.addWidget(notice)
    notice.button.click()
    assert taken == ["new"]
    notice.say("没有找到。", "search")
    assert notice.sentence_label.text() == "没有找到。"
    bare = EmptyNotice("archive", "还没有归档。")
    qtbot.addWidget(bare)
    assert bare.button.isHidden()


def test_a_form_says_below_the_field_what_is_wrong(qtbot: QtBot) -> None:
    form, field = FormGrid(), QLineEdit()
    qtbot.addWidget(form)
    form.add("单位代码", field, "十八位。", needed=True)
    assert field.accessibleName() == "单位代码"
    form.complain(field, "写法不对。")
    note = form._notes[field]
    assert (note.text(), note.property("tone"), field.property("wrong")) == ("写法不对。", "danger", "true")
    form.calm()
    assert (note.text(), note.property("tone"), field.property("wrong")) == ("十八位。", "", "false")


def test_a_long_title_is_elided_and_its_whole_is_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("关于冬季\n用电用气安全的提示" * 20)
    qtbot.addWidget(label)
    label.resize(200, 30)
    label.grab()
    assert label.toolTip() == plain_tooltip(label.text())
    assert "\n" not in label.text()
    label.setText("短")
    label.grab()
    assert label.toolTip() == ""


def test_steps_stand_one_below_the_other(qtbot: QtBot) -> None:
    line = StepLine()
    qtbot.addWidget(line)
    line.show_steps([ShownStep("初审", Tone.GOOD, "审核丙 同意"), ShownStep("签批", Tone.WARNING, "待签批")])
    line.show_steps([ShownStep("初审", Tone.GOOD, "<b>审核丙</b>", "2026年11月24日")])
    line.show()
    shown = [chip for chip in line.findChildren(Chip) if chip.isVisible()]
    assert [chip.text for chip in shown] == ["初审"]


def test_a_difference_is_struck_out_and_underlined(qtbot: QtBot) -> None:
    view = DifferenceView()
    qtbot.addWidget(view)
    view.show_runs(differences("今天上午九点演练。", "今天下午九点演练。"))
    assert view.toPlainText() == "今天上下午九点演练。"
    assert view.changes == 2
    cursor = view.textCursor()
    cursor.setPosition(3)
    assert cursor.charFormat().fontStrikeOut()
    cursor.setPosition(4)
    assert cursor.charFormat().fontUnderline()


def test_a_strip_without_words_is_hidden(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.say("请先登记签批。", Tone.WARNING)
    assert not banner.isHidden()
    assert banner.label.textFormat() is Qt.TextFormat.PlainText
    pressed: list[bool] = []
    banner.offer("去登记", lambda: pressed.append(True)).click()
    assert pressed == [True]


def drop(urls: list[QUrl]) -> tuple[QDropEvent, QMimeData]:
    offer = QMimeData()
    offer.setUrls(urls)
    event = QDropEvent(
        QPointF(QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        offer,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    return event, offer


def test_dropped_files_arrive_and_addresses_do_not(qtbot: QtBot, tmp_path: Path) -> None:
    zone = DropZone("把文件拖到这里")
    told: list[object] = []
    qtbot.addWidget(zone)
    zone.dropped.connect(told.append)
    file = tmp_path / "通知.docx"
    event, _offer = drop([QUrl.fromLocalFile(str(file)), QUrl("https://example.gov.cn/")])
    zone.dropEvent(event)
    event, _offer = drop([QUrl("https://example.gov.cn/")])
    zone.dropEvent(event)
    assert told == [(file,)]


NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("letter", "held", "told"),
    [
        ("a", NO_KEY, [False]),
        ("A", SHIFT, [False]),
        ("A", NO_KEY, [True]),
        ("a", SHIFT, [True]),
        ("7", NO_KEY, []),
        ("，", NO_KEY, []),
    ],
)
def test_a_letter_shows_whether_caps_lock_is_on(
    qtbot: QtBot, letter: str, held: Qt.KeyboardModifier, told: list[bool]
) -> None:
    field = PasscodeField("口令")
    heard: list[bool] = []
    qtbot.addWidget(field)
    field.caps_lock.connect(heard.append)
    field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, letter))
    assert (heard, field.text()) == (told, letter)
    field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_CapsLock, NO_KEY, ""))
    assert heard[-1] is False
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_a_list_has_whole_rows_of_42_pixels(qtbot: QtBot) -> None:
    table = QTableWidget(2, 3)
    qtbot.addWidget(table)
    quiet_table(table, "稿件列表", wide=1)
    table.selectRow(0)
    assert table.rowHeight(0) == px(42)
    assert len(table.selectionModel().selectedRows()) == 1
    assert table.accessibleName() == "稿件列表"


def test_parts_can_be_painted_in_every_theme(qtbot: QtBot, qapp: QApplication) -> None:
    from app.ui.theme import apply_theme

    pictures: set[int] = set()
    for theme in ("light", "dark"):
        apply_theme(qapp, theme, 150)
        chip: QWidget = Chip("已退回", Tone.DANGER)
        qtbot.addWidget(chip)
        image: QImage = chip.grab().toImage()
        pictures.add(image.pixel(image.width() // 2, 3))
    assert len(pictures) == 2
