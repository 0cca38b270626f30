"""更多 of 密码保管 leads to the hand-overs and prints the two lists."""

from app.ui.custody.handover_list import HandoverListDialog
from app.ui.papers.preview_dialog import PreviewDialog
from tests.ui.custody.conftest import Vaulted


def test_the_menu_opens_the_hand_overs_and_shows_both_lists(vaulted: Vaulted) -> None:
    page = vaulted.page()
    hand_over, changes, loans = page.more.actions()
    hand_over.trigger()
    vaulted.settle()
    assert vaulted.one(HandoverListDialog).lines == ()
    vaulted.one(HandoverListDialog).reject()
    for action, title in ((changes, "密码变更记录"), (loans, "启封、借用登记")):
        action.trigger()
        vaulted.settle()
        shown = vaulted.one(PreviewDialog)
        assert title in shown.title.text()
        shown.accept()
