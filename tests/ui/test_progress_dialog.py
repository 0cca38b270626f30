from pytestqt.qtbot import QtBot

from app.archive import payload_copy
from app.models.archive_package import Progress
from app.ui.progress_dialog import STAGES, ProgressDialog


def test_every_stage_a_job_tells_has_a_chinese_word() -> None:
    told = {payload_copy.WRITING, payload_copy.READING_BACK, "verify", "hash"}
    told |= {"prepare", "snapshot", "attachments", "read_back", "restore", "remove", "erase"}
    assert told <= set(STAGES)


def test_without_a_total_the_bar_only_moves(qtbot: QtBot) -> None:
    dialog = ProgressDialog("正在恢复", None)
    qtbot.addWidget(dialog)
    dialog._show(Progress("restore", 0, 0))
    assert (dialog.bar.minimum(), dialog.bar.maximum()) == (0, 0)
    dialog._show(Progress("verify", 300, 600))
    assert dialog.bar.value() == dialog.bar.maximum() // 2
    assert dialog.count_label.text() == "300 字节 / 600 字节（50%）"
    dialog.finish()


def test_a_stage_that_counts_things_names_them_and_no_bytes(qtbot: QtBot) -> None:
    dialog = ProgressDialog("正在清除", None)
    qtbot.addWidget(dialog)
    dialog._show(Progress("remove", 3, 1650))
    assert dialog.count_label.text() == "3 / 1650 项（0%）"
    dialog._show(Progress("erase", 100, 400))
    assert dialog.count_label.text() == "100 / 400 个文件（25%）"
    assert dialog.stage_label.text() == "记录已清除，正在删除附件……"
    dialog.finish()
