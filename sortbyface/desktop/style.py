"""How the window looks, by day and by night."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from sortbyface.desktop.resources import FOLDER

ACCENT = QColor("#3b6ef0")

_LIGHT = {
    QPalette.ColorRole.Window: "#f6f6f8",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#ececf0",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.Text: "#1d1d22",
    QPalette.ColorRole.WindowText: "#1d1d22",
    QPalette.ColorRole.ButtonText: "#1d1d22",
    QPalette.ColorRole.PlaceholderText: "#76767f",
    QPalette.ColorRole.Mid: "#d9d9e0",
    QPalette.ColorRole.ToolTipBase: "#1d1d22",
    QPalette.ColorRole.ToolTipText: "#ffffff",
}
_DARK = {
    QPalette.ColorRole.Window: "#1c1c20",
    QPalette.ColorRole.Base: "#25252b",
    QPalette.ColorRole.AlternateBase: "#2e2e35",
    QPalette.ColorRole.Button: "#2e2e35",
    QPalette.ColorRole.Text: "#ececf1",
    QPalette.ColorRole.WindowText: "#ececf1",
    QPalette.ColorRole.ButtonText: "#ececf1",
    QPalette.ColorRole.PlaceholderText: "#9a9aa6",
    QPalette.ColorRole.Mid: "#3d3d46",
    QPalette.ColorRole.ToolTipBase: "#ececf1",
    QPalette.ColorRole.ToolTipText: "#1d1d22",
}

_SHEET = """
QPushButton { border: 1px solid palette(mid); border-radius: 8px; padding: 7px 16px; background: palette(button); }
QPushButton:hover { border-color: palette(highlight); }
QPushButton:focus { border: 2px solid palette(highlight); padding: 6px 15px; }
QPushButton:disabled { color: palette(placeholder-text); }
QPushButton:default {
    background: palette(highlight); color: palette(highlighted-text); border-color: palette(highlight);
}
QPushButton:default:disabled {
    background: palette(mid); color: palette(placeholder-text); border-color: palette(mid);
}
QPushButton:flat { border: none; background: transparent; }
QPushButton:flat:focus { color: palette(highlight); }
QLineEdit, QComboBox {
    border: 1px solid palette(mid); border-radius: 8px; padding: 6px 10px; background: palette(base);
}
QLineEdit:focus, QComboBox:focus { border-color: palette(highlight); }
QProgressBar { border: none; border-radius: 4px; background: palette(mid); max-height: 8px; }
QProgressBar::chunk { border-radius: 4px; background: palette(highlight); }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow, QSpinBox::down-arrow { image: url(resources/down.svg); width: 12px; height: 12px; }
QSpinBox {
    border: 1px solid palette(mid); border-radius: 8px; padding: 5px 10px 4px 10px; background: palette(base);
}
QSpinBox QLineEdit { border: none; padding: 0; background: transparent; }
QSpinBox:focus { border-color: palette(highlight); }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: 28px; }
QSpinBox::up-arrow { image: url(resources/up.svg); width: 12px; height: 12px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator {
    width: 14px; height: 14px;
    border: 1px solid palette(placeholder-text); border-radius: 4px; background: palette(base);
}
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: palette(highlight); }
QCheckBox::indicator:checked {
    image: url(resources/tick.svg); border-color: palette(highlight); background: palette(highlight);
}
QSlider:horizontal { min-height: 24px; }
QSlider::groove:horizontal { height: 6px; border-radius: 3px; background: palette(mid); }
QSlider::sub-page:horizontal { border-radius: 3px; background: palette(highlight); }
QSlider::sub-page:horizontal:disabled { background: palette(mid); }
QSlider::handle:horizontal {
    width: 18px; margin: -7px 0; border-radius: 10px;
    border: 1px solid palette(placeholder-text); background: palette(base);
}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {
    border: 2px solid palette(highlight); width: 16px;
}
QTreeView {
    border: 1px solid palette(mid); border-radius: 12px; background: palette(base); outline: none; padding: 6px;
}
QTreeView::item { padding: 4px 2px; }
QHeaderView { background: transparent; }
QHeaderView::section { border: none; background: transparent; padding: 6px 4px; color: palette(placeholder-text); }
QTabBar::tab {
    padding: 8px 14px; border: none; border-bottom: 2px solid transparent; color: palette(placeholder-text);
}
QTabBar::tab:selected { color: palette(text); border-bottom-color: palette(highlight); }
QTabBar::tab:focus { color: palette(highlight); }
#problems { border: 1px solid palette(mid); border-radius: 12px; background: palette(base); padding: 6px; }
#problems::item { padding: 4px 6px; border-radius: 6px; }
#problems::item:selected { background: palette(highlight); color: palette(highlighted-text); }
#runs::item { padding: 10px 12px; border-radius: 8px; }
#runs::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QTabWidget::pane { border: none; }
QListView { border: none; background: transparent; outline: none; }
QScrollArea { border: none; background: transparent; }
QLabel[role="title"] { font-size: 22px; font-weight: 600; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="note"] { color: palette(placeholder-text); }
#sidebar { background: palette(alternate-base); padding: 10px 6px; }
#sidebar::item { padding: 9px 12px; border-radius: 8px; margin: 1px 2px; color: palette(text); }
#sidebar::item:selected { background: palette(highlight); color: palette(highlighted-text); }
#personName { font-size: 22px; font-weight: 600; padding: 3px 8px; border-color: transparent; background: transparent; }
#personName:hover { border-color: palette(mid); }
#personName:focus { border-color: palette(highlight); background: palette(base); }
#switchLeft { border-top-right-radius: 0; border-bottom-right-radius: 0; }
#switchRight { border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: none; }
QPushButton:checked {
    background: palette(highlight); color: palette(highlighted-text); border-color: palette(highlight);
}
QPushButton:flat:checked { background: palette(mid); color: palette(text); }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: palette(mid); border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: palette(placeholder-text); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
#choice::item { padding: 4px 6px; border-radius: 10px; color: palette(text); }
#choice::item:hover { background: palette(alternate-base); }
#choice::item:selected { background: palette(highlight); color: palette(highlighted-text); }
#status { background: palette(alternate-base); }
#status QPushButton { padding: 1px 10px; }
#card { background: palette(base); border: 1px solid palette(mid); border-radius: 12px; }
"""


def dress(app: QApplication) -> None:
    """Give the program its looks, and follow the system from light to dark."""
    app.setStyle("Fusion")
    app.setStyleSheet(_SHEET.replace("resources/", f"{FOLDER.as_posix()}/"))
    hints = QGuiApplication.styleHints()
    _paint(app, hints.colorScheme())
    hints.colorSchemeChanged.connect(lambda scheme: _paint(app, scheme))


def _paint(app: QApplication, scheme: Qt.ColorScheme) -> None:
    dark = scheme == Qt.ColorScheme.Dark
    palette = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        palette.setColor(role, QColor(colour))
    palette.setColor(QPalette.ColorRole.Highlight, ACCENT)
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#8b8b95"))
    app.setPalette(palette)
    app.setStyleSheet(app.styleSheet())  # again: what is styled keeps the colours that it was styled with
