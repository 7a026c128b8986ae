"""How far a look at photos is, and the faces that it finds."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.latest_faces import SHOWN, LatestFacesView
from sortbyface.desktop.looking import Stage
from sortbyface.desktop.page import labelled

_ASK_EVERY = 1500
"""Milliseconds between questions for new faces."""


class LookingPanel(QWidget):
    """Seen while a look goes on, or is paused."""

    def __init__(self, album: Album) -> None:
        super().__init__()
        self._album = album
        self.heading = labelled("", "heading")
        self.words = labelled("", "note")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Photos looked at"))
        self.pause_button = QPushButton()
        self.pause_button.clicked.connect(self._pause_or_go_on)
        self.faces = LatestFacesView(album.thumbnails)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.pause_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(self.faces, 1)
        self._clock = QTimer(self, interval=_ASK_EVERY)
        self._clock.timeout.connect(self._ask_for_faces)
        self._folder: Path | None = None
        self._faces = 0
        album.looking_changed.connect(self._show_state)
        self._show_state()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._ask_for_faces()

    def _pause_or_go_on(self) -> None:
        if self._album.progress is not None:
            self._album.pause()
        else:
            self._album.resume()

    def _ask_for_faces(self) -> None:
        progress = self._album.progress
        wanted = min(SHOWN, progress.faces if progress else SHOWN)
        self._album.ask(lambda library: library.portraits.latest(wanted), self.faces.faces.show)

    def _show_first_faces(self) -> None:
        """At once; the others now and then."""
        looking = self._album.looking
        if looking.folder != self._folder:
            self._folder = looking.folder
            self.faces.faces.clear()
        faces = looking.progress.faces if looking.progress else 0
        if faces and not self._faces:
            self._ask_for_faces()
            self._clock.start()
        elif not faces:
            self._clock.stop()
        self._faces = faces

    def _show_state(self) -> None:
        looking = self._album.looking
        self._show_first_faces()
        name = looking.folder.name if looking.folder else ""
        self.pause_button.setEnabled(not looking.stopping)
        if looking.progress is None:
            self.heading.setText(self.tr("“{}” is not looked at to the end yet").format(name))
            self.words.setText(self.tr("What was found so far is kept. Go on whenever you like."))
            self.pause_button.setText(self.tr("&Continue"))
            self.bar.setMaximum(max(self.bar.maximum(), 1))  # 0 would show as being busy
            return
        self.heading.setText(self.tr("Looking at “{}”").format(name))
        self.pause_button.setText(self.tr("Pausing…") if looking.stopping else self.tr("&Pause"))
        self.bar.setRange(0, looking.progress.photos if looking.stage is Stage.LOOKING else 0)
        self.bar.setValue(looking.progress.done)
        self.words.setText(self._how_far())

    def _how_far(self) -> str:
        looking = self._album.looking
        assert looking.progress is not None
        if looking.stage is Stage.GETTING_READY:
            return self.tr("Seeing which photos are new…")
        if looking.stage is Stage.GROUPING:
            return self.tr("Finding out who is who…")
        done, photos, faces = looking.progress.done, looking.progress.photos, looking.progress.faces
        words = [self.tr("{done:,} of {photos:,} photos").format(done=done, photos=photos)]
        words.append(self.tr("%n face(s) found", "", faces))
        rate, left = looking.pace.photos_a_second, looking.pace.seconds_left(photos)
        if rate is not None and left is not None:
            words += [self.tr("{:.1f} photos a second").format(rate), self._time_left(left)]
        return "  ·  ".join(words)

    def _time_left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 90:
            return self.tr("about %n minute(s) left", "", minutes)
        return self.tr("about %n hour(s) left", "", round(minutes / 60))
