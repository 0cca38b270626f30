"""The one style sheet of the window, made from the tokens.

Widgets say what they are by a property: `role` for labels and frames (title, heading, muted, card, ...), `kind`
for buttons (primary, danger, plain), `tone` for whatever has a colour of its own.
"""

import re

from app.ui.tokens import Tokens, Tone


def style_sheet(tokens: Tokens, scale: int, arrows: str = "") -> str:
    """Return the style sheet for a theme at a scale in percent; `arrows` is the folder of the drawn arrows."""
    names = {**vars(tokens), "arrows": arrows}

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return f"{max(1, round(int(name[2:]) * scale / 100))}px" if re.fullmatch(r"px\d+", name) else str(names[name])

    toned = "".join(_toned(tokens, tone) for tone in Tone)
    return re.sub(r"@(\w+)", value, _SHEET) + toned


def _toned(tokens: Tokens, tone: Tone) -> str:
    front, soft = tokens.tone(tone)
    return _TONED.replace("@tone", tone.value).replace("@front", front).replace("@soft", soft)


_TONED = """
QLabel[tone="@tone"] { color: @front; }
QFrame[role="banner"][tone="@tone"] { background: @soft; border: none; }
QFrame[role="banner"][tone="@tone"] QLabel { color: @front; }
"""

_SHEET = """
QMainWindow, QDialog, QWidget[role="page"], QWidget[role="window"] { background: @background; }
QToolTip { background: @text; color: @surface; border: none; padding: @px6 @px8; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: @px22; font-weight: 600; }
QLabel[role="heading"] { font-size: @px16; font-weight: 600; }
QLabel[role="subtitle"] { font-size: @px16; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="small"] { color: @muted; font-size: @px12; }
QLabel[role="code"] { font-size: @px18; font-weight: 600; }
QLabel:disabled { color: @muted; }

QFrame[role="card"], QWidget[role="card"] { background: @surface; border: 1px solid @line; border-radius: @px8; }
QFrame[role="banner"] { border-radius: @px6; }
QFrame[role="task"] { background: @surface; border: 1px solid @line; border-radius: @px8; }
QFrame[role="task"]:hover { background: @hover; }
QFrame[role="task"]:focus { border: 1px solid @primary; }
QFrame[role="line"] { background: @line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="drop"] { background: @surface; border: 1px dashed @muted; border-radius: @px8; }
QFrame[role="drop"][over="true"] { background: @primary_soft; border: 2px dashed @primary; }
QFrame[role="drop_frame"] { background: transparent; border: 2px solid @primary; border-radius: @px8; }
QWidget[role="sidebar"] { background: @sidebar; border: none; border-right: 1px solid @line; }
QFrame[role="ribbon"] { background: @warning_soft; border: none; border-bottom: 1px solid @line; }
QFrame[role="ribbon"] QLabel { color: @warning; }

QPushButton {
    background: @surface; border: 1px solid @line; border-radius: @px6; padding: @px6 @px14; min-height: @px22;
}
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @line; }
QPushButton:focus { border: 1px solid @primary; }
QPushButton:disabled { color: @muted; background: @background; border: 1px solid @line; }
QPushButton[kind="primary"] {
    background: @primary; color: @on_primary; border: 1px solid @primary; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: @primary_hover; border: 1px solid @primary_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: @px5 @px12; }
QPushButton[kind="primary"]:disabled { background: @line; color: @muted; border: 1px solid @line; }
QPushButton[kind="danger"] { color: @danger; border: 1px solid @danger; font-weight: 600; }
QPushButton[kind="danger"]:hover { background: @danger_soft; }
QPushButton[kind="danger"]:disabled { color: @muted; border: 1px solid @line; }
QPushButton[kind="plain"] {
    background: transparent; border: 1px solid transparent; color: @primary; padding: @px4 @px8;
}
QPushButton[kind="plain"]:hover { background: @hover; }
QPushButton[kind="plain"]:focus { border: 1px solid @primary; }
QPushButton[kind="plain"]:disabled { color: @muted; }
QPushButton[kind="place"] {
    background: transparent; border: 1px solid transparent; text-align: left; padding: @px7 @px12;
}
QPushButton[kind="place"]:hover { background: @hover; }
QPushButton[kind="place"]:focus { border: 1px solid @primary; }
QPushButton[kind="place"]:checked { background: @primary_soft; color: @primary; font-weight: 600; }
QPushButton[kind="chip"] {
    background: @surface; border: 1px solid @line; border-radius: @px12; padding: @px3 @px12; min-height: @px20;
}
QPushButton[kind="chip"]:hover { background: @hover; }
QPushButton[kind="chip"]:focus { border: 1px solid @primary; }
QPushButton[kind="chip"]:checked {
    background: @primary_soft; color: @primary; border: 1px solid @primary_soft; font-weight: 600;
}
QPushButton[kind="chip"]:checked:focus { border: 1px solid @primary; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: @px6; padding: @px5; }
QToolButton:hover { background: @hover; }
QToolButton:pressed, QToolButton:checked { background: @primary_soft; }
QToolButton:focus { border: 1px solid @primary; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: @surface; border: 1px solid @line; border-radius: @px6;
    selection-background-color: @primary; selection-color: @on_primary;
}
QLineEdit { padding: @px6 @px10; min-height: @px22; }
QPlainTextEdit, QTextEdit { padding: @px4 @px6; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 1px solid @primary;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 1px solid @danger; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only { background: @background; }
QTextEdit[role="paper"]:read-only { background: @surface; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    background: @background; color: @muted;
}
QComboBox { padding: @px6 @px10; min-height: @px22; }
QComboBox::drop-down { border: none; width: @px28; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(@arrows/down.svg); width: @px14; height: @px14; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {
    border: none; padding: 0 @px4; background: transparent; min-height: 0;
}
QComboBox QAbstractItemView {
    background: @surface; border: 1px solid @line; outline: none; padding: @px4;
    selection-background-color: @primary_soft; selection-color: @text;
}
QComboBox QAbstractItemView::item { min-height: @px30; padding: 0 @px8; }
QAbstractSpinBox { padding: @px6 @px8; min-height: @px22; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: @px24; }
QSpinBox, QDoubleSpinBox, QTimeEdit { qproperty-alignment: "AlignRight | AlignVCenter"; }
QAbstractSpinBox::up-arrow { image: url(@arrows/up.svg); width: @px12; height: @px12; }
QAbstractSpinBox::down-arrow { image: url(@arrows/down.svg); width: @px12; height: @px12; }
QDateTimeEdit::drop-down { border: none; width: @px28; }
QDateTimeEdit::down-arrow { image: url(@arrows/down.svg); width: @px14; height: @px14; }

QCheckBox, QRadioButton { spacing: @px8; background: transparent; padding: @px2 0; }
QCheckBox::indicator, QTableView::indicator, QTreeView::indicator, QListView::indicator {
    width: @px16; height: @px16; border: 1px solid @muted; border-radius: @px3; background: @surface;
}
QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked,
QListView::indicator:checked {
    background: @primary; border: 1px solid @primary; image: url(@arrows/tick.svg);
}
QRadioButton::indicator {
    width: @px16; height: @px16; border: 1px solid @muted; border-radius: @px8; background: @surface;
}
QRadioButton::indicator:checked { background: @primary; border: 1px solid @primary; image: url(@arrows/dot.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @line; border: 1px solid @line; }
QCheckBox:focus, QRadioButton:focus { color: @primary; }
QCheckBox:disabled, QRadioButton:disabled { color: @muted; }

QAbstractItemView {
    background: @surface; alternate-background-color: @background; border: 1px solid @line; border-radius: @px8;
    outline: none; gridline-color: @line; selection-background-color: @primary_soft; selection-color: @text;
}
QTableView::item { padding: 0 @px8; border: none; border-bottom: 1px solid @line; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
    background: @primary_soft; color: @text;
}
QTableView::item:focus { border: 1px solid @primary; }
QListView::item { padding: @px4 @px8; min-height: @px30; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: @px8 @px8 @px8 @px11; font-weight: 400;
}
QTableCornerButton::section { background: @surface; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QSplitter::handle { background: transparent; }

QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: @muted; padding: @px8 @px14; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: @primary; border-bottom: 2px solid @primary; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { background: @hover; }

QProgressBar {
    background: @line; border: none; border-radius: @px4; min-height: @px8; max-height: @px8; text-align: center;
}
QProgressBar::chunk { background: @primary; border-radius: @px4; }

QMenu { background: @surface; border: 1px solid @line; padding: @px4; }
QMenu::item { padding: @px6 @px24; border-radius: @px4; background: transparent; }
QMenu::item:selected { background: @primary_soft; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: @px4 @px8; }
QCalendarWidget QWidget { alternate-background-color: @background; }
QCalendarWidget QAbstractItemView {
    border-radius: 0; selection-background-color: @primary; selection-color: @on_primary;
}
QCalendarWidget QWidget#qt_calendar_navigationbar { background: @surface; border-bottom: 1px solid @line; }
QCalendarWidget QToolButton { color: @text; }
QCalendarWidget QTableView::item { padding: 0; }
QCalendarWidget QToolButton#qt_calendar_prevmonth { qproperty-icon: url(@arrows/back.svg); }
QCalendarWidget QToolButton#qt_calendar_nextmonth { qproperty-icon: url(@arrows/forward.svg); }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFileDialog {
    backward-icon: url(@arrows/back.svg);
    forward-icon: url(@arrows/forward.svg);
    filedialog-parent-directory-icon: url(@arrows/parent.svg);
    filedialog-new-directory-icon: url(@arrows/new-folder.svg);
    filedialog-listview-icon: url(@arrows/list.svg);
    filedialog-detailedview-icon: url(@arrows/details.svg);
    min-width: @px720; min-height: @px480;
}

QScrollBar:vertical { background: transparent; width: @px12; margin: 0; }
QScrollBar:horizontal { background: transparent; height: @px12; margin: 0; }
QScrollBar::handle { background: @line; border-radius: @px4; margin: @px2; min-height: @px36; min-width: @px36; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
