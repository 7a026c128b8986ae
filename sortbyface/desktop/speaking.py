"""The window in the user's language, as far as somebody has translated it."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

TRANSLATIONS = Path(__file__).parent / "translations"


def speak(app: QApplication, locale: QLocale | None = None) -> None:
    """locale: None for the user's own. English is there in any case: it knows one face from two faces."""
    locale = locale or QLocale()
    english = QLocale(QLocale.Language.English)
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for language, name, folder in (
        (english, "sort-by-face", str(TRANSLATIONS)),
        (locale, "qtbase", qt),
        (locale, "sort-by-face", str(TRANSLATIONS)),
    ):
        translator = QTranslator(app)
        if translator.load(language, name, "_", folder):
            app.installTranslator(translator)
