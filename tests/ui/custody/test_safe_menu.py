"""更多 of 密码保管 leads to the hand-overs and prints the two lists."""

from app.ui.custody.custodians_dialog import CustodiansDialog
from app.ui.custody.handover_list import HandoverListDialog
from app.ui.papers.preview_dialog import PreviewDialog
from tests.services.test_custody import LONG
from tests.ui.custody.conftest import Vaulted


def test_the_menu_opens_the_hand_overs_and_shows_both_lists(vaulted: Vaulted) -> None:
    page = vaulted.page()
    hand_over, _custodians, changes, loans = page.more.actions()
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


def test_another_custodian_takes_the_place_of_one(vaulted: Vaulted) -> None:
    credential = vaulted.keep()
    first, second = vaulted.safe.both()
    page = vaulted.page()
    page.more.change_custodians()
    vaulted.settle()
    dialog = vaulted.one(CustodiansDialog)
    assert {dialog.first.currentData(), dialog.second.currentData()} == {first, second}
    dialog.first.setCurrentIndex(dialog.first.findData(second))
    dialog.second.setCurrentIndex(0)
    vaulted.script.answers.append(LONG)
    dialog.act_button.click()
    vaulted.settle()
    [line] = vaulted.safe.services.custody.lines()
    assert [one.person_id for one in line.credential.envelopes] == [second]
    assert line.credential.changed_at == credential.changed_at
