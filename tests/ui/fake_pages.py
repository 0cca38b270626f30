"""Pages that only remember what was asked of them."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.ui.desk import Desk
from app.ui.page import Page


class FakePage(Page):
    name = "fake"
    heading = "页面"
    interests = frozenset({"drafts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.calls: list[str] = []
        self.field = QLineEdit()
        self.body.addWidget(self.field)

    def refresh(self) -> None:
        self.calls.append("refresh")

    def new(self) -> None:
        self.calls.append("new")

    def printing(self) -> None:
        self.calls.append("printing")

    def step_back(self) -> bool:
        self.calls.append("back")
        return True

    def show_subject(self, subject: str) -> None:
        self.calls.append(subject)

    def keep_input(self) -> None:
        self.calls.append("keep")
        text = self.field.text()
        if text:
            self.desk.tasks.run(self, self.desk.services.staff.actor, lambda _actor: self.calls.append(text))

    def scenes(self) -> Iterable[tuple[str, Callable[[], QWidget | None]]]:
        def dialog() -> QDialog:
            shown = QDialog(self)
            shown.show()
            return shown

        return (("dialog", dialog),)


class SearchedPage(FakePage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.add_search("搜索标题", self.calls.append)
        self.add_button("新建", self.new, primary=True, icon="plus")
