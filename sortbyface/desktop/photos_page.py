"""Photos: choose a folder, and watch how its faces are found."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.known_folders import KnownFolders, Problems
from sortbyface.desktop.looking_panel import LookingPanel
from sortbyface.desktop.page import Page, labelled
from sortbyface.desktop.photos_welcome import PhotosWelcome
from sortbyface.library import Library
from sortbyface.pipeline.run import LookSummary


class PhotosPage(Page):
    """Which folders are looked at, and how far that is."""

    def __init__(self, album: Album) -> None:
        super().__init__(album, "")
        self.title = self.tr("Photos")
        self.setAccessibleName(self.title)
        self._folders_known = False
        self._unlisted: dict[Path, str] = {}
        self.add_button = QPushButton(self.tr("&Add a folder…"))
        self.add_button.clicked.connect(self.choose)
        head = QHBoxLayout()
        head.addWidget(labelled(self.title, "title"), 1)
        head.addWidget(self.add_button)
        self.welcome = PhotosWelcome()
        self.welcome.chosen.connect(self.choose)
        self.looking = LookingPanel(album)
        self.folders = KnownFolders()
        self.folders.again.connect(album.look_at)
        self.problems = Problems()
        self._views = QStackedWidget()
        self._known = self._overview()
        for view in (self.welcome, self.looking, self._known):
            self._views.addWidget(view)
        self.body.addLayout(head)
        self.body.addWidget(self._views, 1)
        album.looking_changed.connect(self._show_view)
        album.looked.connect(self._looked)
        self._show_view()

    def refresh(self) -> None:
        """Which folders are known, and which photos in them cannot be read."""
        self.album.ask(_folders_and_problems, self._show_known)

    def choose(self) -> None:
        """Ask for a folder, and look at it."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Photos to look at"))
        if folder:
            self.album.look_at(Path(folder))

    def _overview(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.folders, 1)
        column.addWidget(self.problems)
        return whole

    def _show_known(self, known: tuple[dict[Path, int], list[tuple[Path, str]]]) -> None:
        folders, problems = known
        self._folders_known = bool(folders)
        self.folders.show_folders(folders)
        self.problems.show_problems(sorted({**self._unlisted, **dict(problems)}.items()))
        self._show_view()

    def _looked(self, summary: LookSummary) -> None:
        """Folders that could not be listed are in no library."""
        folder = self.album.folder or Path()
        self._unlisted = {folder / path: reason for path, reason in summary.problems}

    def _show_view(self) -> None:
        if self.album.progress is not None or self.album.paused:
            view: QWidget = self.looking
        elif self._folders_known:
            view = self._known
        else:
            view = self.welcome
        self._views.setCurrentWidget(view)
        self.add_button.setVisible(view is not self.welcome)


def _folders_and_problems(library: Library) -> tuple[dict[Path, int], list[tuple[Path, str]]]:
    return library.overview.photos_below_roots(), library.overview.problems(library.recipe)
