"""The window in other languages: what is translated is whole, and is shown."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from PySide6.QtCore import QSettings, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.photos_page import PhotosPage
from sortbyface.desktop.speaking import TRANSLATIONS
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY

FILES = sorted(TRANSLATIONS.glob("*.ts"))


class Message(NamedTuple):
    context: str
    source: str
    translations: list[str]
    """One; of those with a number, one for each form that the language has."""


def messages(file: Path) -> Iterator[Message]:
    """Those that somebody has translated."""
    for context in ElementTree.parse(file).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            if translation.get("type") != "unfinished":
                forms = [form.text or "" for form in translation.iter("numerusform")]
                yield Message(
                    context.findtext("name", ""), message.findtext("source", ""), forms or [translation.text or ""]
                )


def blanks(text: str) -> list[tuple[str | None, str | None]]:
    """What is to be filled in: name and format of each, and %n."""
    fields = [(name, form) for _, name, form, _ in Formatter().parse(text) if name is not None]
    return sorted(fields, key=str) + [("%n", None)] * ("%n" in text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_lost_in_translation(file: Path) -> None:
    """A blank too few or too many would be a traceback in the middle of work."""
    found = list(messages(file))

    assert found
    for message in found:
        for translation in message.translations:
            assert translation.strip(), message
            assert blanks(translation) == blanks(message.source), message
            assert translation.count("&") == message.source.count("&"), message


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_shipped_is_what_was_translated(file: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(file.with_suffix(".qm")))

    for context, source, translations in messages(file):
        shown = {translator.translate(context, source, None, number) for number in (-1, 1, 2)}
        assert shown & set(translations), (context, source)


def test_a_german_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "sort-by-face_de.qm"))
    qapp.installTranslator(translator)
    try:
        album = Album(tmp_path / LIBRARY, thumbnails=tmp_path / "thumbnails")
        window = MainWindow(album, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(window)
        window.show()
        page = next(page for page in window.pages if isinstance(page, PhotosPage))

        assert page.title == "Fotos"
        assert page.welcome.choose_button.text() == "&Ordner wählen…"
        assert page.tr("Photos to look at") == "Fotos, die angesehen werden sollen"
        assert page.looking.tr("%n face(s) found", "", 1) == "1 Gesicht gefunden"
        assert page.looking.tr("%n face(s) found", "", 7) == "7 Gesichter gefunden"
        window.close()
    finally:
        qapp.removeTranslator(translator)
