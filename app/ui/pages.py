"""The pages of the window: one row each; a page's module is loaded when it is first opened."""

from dataclasses import dataclass
from importlib import import_module

from app.ui.desk import Desk
from app.ui.page import Page


@dataclass(frozen=True)
class PageEntry:
    """One place: its key, its group in the left bar, label, icon, `module:Class`, and what it shows of subjects.

    `counts` are the kinds of `TodayTask` whose number stands beside the name; `subjects` are the kinds of subject
    that `desk.open` shows here.
    """

    key: str
    group: str
    label: str
    icon: str
    loader: str
    counts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    within: str = ""
    """The place in the left bar that is marked while this page is open; such a page has no place of its own."""

    def load(self, desk: Desk) -> Page:
        """Load the page's module and build the page."""
        module, _, name = self.loader.partition(":")
        page = getattr(import_module(module), name)(desk)
        assert isinstance(page, Page)
        return page


PAGES = (
    PageEntry(
        "today",
        "",
        "今日",
        "house",
        "app.ui.today.today_page:TodayPage",
        ("decide", "returned", "publish", "archive", "update_gap", "filing_overdue", "certification_over", "password"),
    ),
    PageEntry(
        "drafts",
        "发布",
        "稿件",
        "file-text",
        "app.ui.drafts.draft_page:DraftPage",
        ("decide", "returned", "publish"),
        ("draft", "publication"),
    ),
    PageEntry(
        "accounts",
        "管理",
        "账号",
        "megaphone",
        "app.ui.accounts.account_page:AccountPage",
        ("update_gap", "filing_overdue", "certification_over"),
        ("account",),
    ),
    PageEntry(
        "passwords",
        "管理",
        "密码保管",
        "key-round",
        "app.ui.custody.safe_page:SafePage",
        ("password",),
        ("credential",),
    ),
    PageEntry(
        "archive",
        "管理",
        "月度归档",
        "archive",
        "app.ui.archive.archive_page:ArchivePage",
        ("archive",),
        ("month", "archive"),
    ),
    PageEntry(
        "settings",
        "foot",
        "设置",
        "settings",
        "app.ui.settings.settings_page:SettingsPage",
        (),
        ("person", "unit", "policy", "settings"),
    ),
    PageEntry(
        "editor",
        "",
        "编辑稿件",
        "pencil",
        "app.ui.editor.editor_page:EditorPage",
        subjects=("draft-editor",),
        within="drafts",
    ),
)
