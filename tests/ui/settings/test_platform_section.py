"""设置 › 平台: the table is shown, added to, changed, and closed for whoever may not."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.models.platform import EntryWay, PlatformClass
from app.ui.desk import Desk
from app.ui.settings.platform_dialog import PlatformDialog, listed
from app.ui.settings.platform_section import PlatformSection
from tests.ui.conftest import WRITER


@pytest.fixture
def section(desk: Desk, sign_in: Callable[..., object], show: Callable[..., None]) -> PlatformSection:
    sign_in()
    made = PlatformSection(desk)
    show(made)
    made.refresh()
    desk.tasks.wait_idle()
    return made


def dialog() -> PlatformDialog:
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, PlatformDialog) and w.isVisible()]
    return found


def test_the_table_shows_every_platform(section: PlatformSection) -> None:
    names = [section.model.item(row, 0).text() for row in range(section.model.rowCount())]
    assert names[:3] == ["微信公众号", "微信视频号", "微博"]
    assert section.model.item(0, 3).text() == "订阅号、服务号"
    assert not section.change_button.isEnabled()
    assert "先在上面选" in section.change_button.toolTip()


def test_a_platform_is_added(section: PlatformSection) -> None:
    section.add_button.click()
    form = dialog()
    form.act_button.click()
    section.desk.tasks.wait_idle()
    assert "平台" in form.notice.text
    form.name.setText("晋安融媒")
    form.kind.setCurrentIndex(form.kind.findData(PlatformClass.NEWS.value))
    form.commercial.setText("打赏，橱窗")
    form.least.setValue(20)
    form.most.setValue(12)
    form.act_button.click()
    section.desk.tasks.wait_idle()
    assert "密码长度" in form.notice.text
    form.most.setValue(24)
    form.act_button.click()
    section.desk.tasks.wait_idle()
    added = section.desk.services.platforms.list()[-1]
    assert (added.name, added.commercial, added.password_least) == ("晋安融媒", ("打赏", "橱窗"), 20)


def test_a_platform_is_changed_and_retired_and_stays_chosen(section: PlatformSection) -> None:
    section.table.selectRow(2)
    section.change_button.click()
    form = dialog()
    assert not form.name.isEnabled()
    form.entry.setCurrentIndex(form.entry.findData(EntryWay.SCAN.value))
    form.retired.setChecked(True)
    form.act_button.click()
    section.desk.tasks.wait_idle()
    section.refresh()
    section.desk.tasks.wait_idle()
    assert section.chosen is not None
    assert (section.chosen.name, section.chosen.entry, section.chosen.retired) == ("微博", EntryWay.SCAN, True)
    assert section.model.item(2, 0).text() == "微博（已停用）"


def test_who_may_not_change_it_is_told_who_may(
    desk: Desk, sign_in: Callable[..., object], show: Callable[..., None]
) -> None:
    sign_in(WRITER)
    section = PlatformSection(desk)
    show(section)
    section.refresh()
    desk.tasks.wait_idle()
    section.table.selectRow(0)
    for button in (section.add_button, section.change_button):
        assert not button.isEnabled()
        assert "账号管理员" in button.toolTip()
    section.table.doubleClicked.emit(section.model.index(0, 0))
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, PlatformDialog) and w.isVisible()]


def test_several_things_are_told_apart_by_any_mark() -> None:
    assert listed("打赏、橱窗，打赏; 小店 ") == ("打赏", "橱窗", "小店")
    assert listed(" ") == ()
