"""Every page and dialog, light and dark, at 100 and 150 %: no clipped words, no nameless button, no text as HTML."""

import html
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTextEdit,
    QWidget,
)

from app.models.archive_package import BagReport
from app.models.backup import NumberSeries, RestoredFacts
from app.models.clock import Month
from app.models.review import Verdict
from app.services.code_desk import OneTimeCode
from app.services.publications import PublicationEntry
from app.ui.accounts.account_dialog import AccountDialog
from app.ui.accounts.earlier_dialog import EarlierDialog
from app.ui.archive.handover_dialog import HandoverDialog
from app.ui.archive.target_dialog import TargetDialog
from app.ui.archive.verify_dialog import VerifyDialog
from app.ui.archive.written_dialog import WrittenDialog
from app.ui.bug_dialog import BugDialog
from app.ui.editor.body_editor import BodyEditor
from app.ui.help_dialog import HelpDialog
from app.ui.pages import PAGES
from app.ui.papers.preview_dialog import PreviewDialog
from app.ui.progress_dialog import ProgressDialog
from app.ui.publishing.package_dialog import PackageDialog
from app.ui.publishing.posts_dialog import PostsDialog
from app.ui.publishing.record_dialog import RecordDialog
from app.ui.question_dialog import QuestionDialog
from app.ui.review.decide_dialog import DecideDialog
from app.ui.review.register_dialog import RegisterDialog
from app.ui.review.remind_dialog import RemindDialog
from app.ui.review.scans_dialog import ScansDialog
from app.ui.search.search_dialog import SearchDialog
from app.ui.settings.authorization_dialog import AuthorizationDialog
from app.ui.settings.lost_span_dialog import LostSpanDialog
from app.ui.settings.person_dialog import PersonDialog
from app.ui.settings.settings_page import SettingsPage
from app.ui.start.forgotten_page import ForgottenPage
from app.ui.start.passcode_page import PasscodePage
from app.ui.start.setup_wizard import SetupWizard
from app.ui.start.sign_in_page import SignInPage
from app.ui.start.slips_page import SlipsPage
from app.ui.start.welcome_page import TroublePage, WelcomePage
from app.ui.theme import apply_theme
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.workplace import Workplace
from tests.services.office import Office
from tests.services.pictures import png
from tests.ui.work_office import Bench, bench

__all__ = ["bench"]

LOOKS = (("light", 100, (1024, 640)), ("dark", 100, (1280, 820)), ("light", 150, (1440, 960)), ("dark", 150, (1440, 960)))
MARK = "<b>粗</b>"


def clipped(root: QWidget) -> list[str]:
    """Name every visible widget below a root whose words need more room than it has."""
    found = [line for widget in _shown(root) if (line := _clip(widget))]
    return [f"{line} in {_path(widget, root)}" for line, widget in _pairs(found, root)] if False else found


def _shown(root: QWidget) -> list[QWidget]:
    return [widget for widget in (root, *root.findChildren(QWidget)) if widget.isVisible() and not widget.size().isEmpty()]
