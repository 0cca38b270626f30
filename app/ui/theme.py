"""How the window looks now: theme, scale, fonts and Chinese for Qt's own words."""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTemporaryDir, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from app.paths import FONTS, ICONS
from app.ui.qt_words import QtWords
from app.ui.style_sheet import style_sheet
from app.ui.tokens import DARK, LIGHT, Tokens

FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC")
BUNDLED = FONTS / "NotoSansSC-Regular.ttf"
SCALES = (100, 115, 130, 150)
THEMES = ("light", "dark", "system")


@dataclass
class _Look:
    """What is applied; a process has one application and so one look."""

    tokens: Tokens = LIGHT
    scale: int = 100
    families: tuple[str, ...] = ()
    arrows: QTemporaryDir | None = None
    translator: QTranslator | None = None


_look = _Look()


def tokens() -> Tokens:
    """Return the colours in force."""
    return _look.tokens


def scale() -> int:
    """Return the scale in force, in percent."""
    return _look.scale


def px(size: float) -> int:
    """Return a size given at 100 % in pixels at the scale in force; nothing that is there vanishes."""
    return max(1, round(size * _look.scale / 100)) if size > 0 else 0


def prepare_environment() -> None:
    """Set what Qt reads before the application object exists: a Chinese input method that pip's Qt lacks."""
    wanted = os.environ.get("QT_IM_MODULE", "")
    if not wanted.startswith("fcitx"):
        return
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    if not any(plugins.glob("*fcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"


def prepare_application(app: QApplication) -> None:
    """Give the application its fonts and Qt's own words in Chinese, once."""
    if not _look.families:
        _look.families = _fonts()
    if _look.translator is None:
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        translator = QtWords(app)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(translator)
        _look.translator = translator


def apply_theme(app: QApplication, theme: str, scale: int) -> None:
    """Dress the application: `theme` is light, dark or system; `scale` is one of `SCALES`."""
    from app.ui.icons import renew_icons

    prepare_application(app)
    _look.tokens = _chosen(app, theme)
    _look.scale = scale if scale in SCALES else 100
    font = QFont(list(_look.families))
    font.setPixelSize(px(14))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(_look.tokens))
    app.setFont(font)
    app.setStyleSheet(style_sheet(_look.tokens, _look.scale, _arrows(_look.tokens)))
    renew_icons(app)


def set_role(widget: QWidget, **properties: str | bool) -> None:
    """Set properties the style sheet looks at (`role`, `kind`, `tone`, `wrong`, ...) and dress the widget again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _fonts() -> tuple[str, ...]:
    present = [family for family in FAMILIES if QFontDatabase.hasFamily(family)]
    if present:
        return tuple(present)
    number = QFontDatabase.addApplicationFont(str(BUNDLED))
    return tuple(QFontDatabase.applicationFontFamilies(number))


def _chosen(app: QApplication, theme: str) -> Tokens:
    if theme == "system":
        return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def _palette(look: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for names, colour in (
        ((role.Window, role.AlternateBase), look.background),
        ((role.Base, role.Button), look.surface),
        ((role.WindowText, role.Text, role.ButtonText, role.BrightText), look.text),
        ((role.PlaceholderText,), look.muted),
        ((role.Highlight, role.Accent, role.Link, role.LinkVisited), look.primary),
        ((role.HighlightedText,), look.on_primary),
        ((role.ToolTipBase,), look.text),
        ((role.ToolTipText,), look.surface),
        ((role.Light, role.Midlight, role.Mid, role.Dark), look.line),
        ((role.Shadow,), look.muted),
    ):
        for name in names:
            palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(look.muted))
    return palette


def _arrows(look: Tokens) -> str:
    """Draw the few pictures that a style sheet can only take from files."""
    if _look.arrows is None:
        _look.arrows = QTemporaryDir()
    folder = Path(_look.arrows.path()) / ("dark" if look.dark else "light")
    if not folder.is_dir():
        folder.mkdir()
        for name, icon, colour in (
            ("down", "chevron-down", look.muted),
            ("up", "chevron-up", look.muted),
            ("back", "chevron-left", look.text),
            ("forward", "chevron-right", look.text),
            ("parent", "chevron-up", look.text),
            ("new-folder", "plus", look.text),
            ("list", "file-text", look.text),
            ("details", "list-checks", look.text),
            ("tick", "check", look.on_primary),
        ):
            drawn = (ICONS / f"{icon}.svg").read_text("utf-8").replace("currentColor", colour)
            (folder / f"{name}.svg").write_text(drawn, "utf-8")
        dot = f'<circle cx="12" cy="12" r="5" fill="{look.on_primary}"/>'
        whole = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{dot}</svg>'
        (folder / "dot.svg").write_text(whole, "utf-8")
    return folder.as_posix()
