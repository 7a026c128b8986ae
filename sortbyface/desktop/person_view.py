"""One person: their faces, and what can be said of them."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.face_actions import FaceActions
from sortbyface.desktop.face_menu import ask_whose
from sortbyface.desktop.faces_delegate import FacesDelegate, tile_size
from sortbyface.desktop.faces_model import FacesModel, Tile
from sortbyface.desktop.merge_dialog import MergeDialog
from sortbyface.desktop.page import labelled
from sortbyface.desktop.person_header import PersonHeader
from sortbyface.desktop.photo_view import PhotoView
from sortbyface.desktop.tile_view import TileView
from sortbyface.jobs.one_person import OnePerson, one_person
from sortbyface.jobs.wall import Tile as PersonTile
from sortbyface.jobs.wall import tiles_of
from sortbyface.naming import folded
from sortbyface.people.corrections import Corrections


class PersonView(QWidget):
    """All faces of somebody, or all photos that show them; and any of these photos seen large."""

    closed = Signal()
    """The user wants to go back; or the person is nobody any more."""

    def __init__(self, album: Album) -> None:
        super().__init__()
        self._album = album
        self._person: int | None = None
        self._shown: OnePerson | None = None
        self.setAccessibleName(self.tr("Person"))
        self.model = FacesModel(album.thumbnails)
        self.header = PersonHeader(album.thumbnails)
        self.header.back_wanted.connect(self.closed)
        self.header.renamed.connect(self._rename)
        self.header.whole_photos_wanted.connect(self._switch)
        self.faces = TileView(self.model, tile_size(whole_photos=False))
        self.faces.setViewMode(TileView.ViewMode.IconMode)  # in which a rubber band can be drawn
        self.faces.setMovement(TileView.Movement.Static)
        self.faces.setSelectionRectVisible(True)
        self.faces.setItemDelegate(FacesDelegate(album.thumbnails, self))
        self.faces.selectionModel().selectionChanged.connect(self._selected)
        self.faces.doubleClicked.connect(self._open)
        self.faces.opened.connect(self._open)
        self.actions_bar = FaceActions(self.faces)
        self._connect_actions()
        self.photo = PhotoView(album)
        self.photo.closed.connect(self._close_photo)
        self.photo.person_wanted.connect(self.show_person)
        self._empty = labelled(self.tr("No face is left here. Undo with Ctrl+Z, or go back."), "note")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QWidget()
        self._layout()
        album.people_changed.connect(self._people_changed)

    def show_person(self, person: int) -> None:
        """By number. What is shown comes from the library in a moment."""
        if person != self._person:
            self._person, self._shown = person, None
            self.header.name.revert()
            self.faces.clearSelection()
            self.faces.scrollToTop()
        self._stack.setCurrentWidget(self._grid)
        self.faces.setFocus()
        self._ask()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        person = self._person
        if person is not None:
            self._album.ask(lambda library: one_person(library, person), partial(self._answered, person))

    def _answered(self, asked: int, person: OnePerson | None) -> None:
        if asked != self._person:
            return  # the user has gone on
        if person is None:
            self._person = None
            self.closed.emit()
            return
        if person != self._shown:
            self._shown = person
            self._show(person)

    def _show(self, person: OnePerson) -> None:
        """Keep the place, and the selection of what is still there."""
        self.header.show_person(person)
        self.faces.setAccessibleName(self.tr("Faces of {}").format(person.name))
        selected, row = self._selected_placements(), self.faces.currentIndex().row()
        scrolled = self.faces.verticalScrollBar().value()
        self.model.show(person, whole_photos=self.header.photos.isChecked())
        tiles = self.model.tiles
        self.faces.setVisible(bool(tiles))
        self._empty.setVisible(not tiles)
        if tiles:
            current = self.model.index(min(max(row, 0), len(tiles) - 1))
            self.faces.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        again = QItemSelection()
        for row, tile in enumerate(tiles):
            if selected.intersection(_placements(tile)):
                again.append(QItemSelectionRange(self.model.index(row)))
        self.faces.selectionModel().select(again, QItemSelectionModel.SelectionFlag.Select)
        self.faces.doItemsLayout()
        self.faces.verticalScrollBar().setValue(scrolled)
        self._selected()

    def _switch(self, whole_photos: bool) -> None:
        self.faces.resize_tiles(tile_size(whole_photos=whole_photos))
        if self._shown:
            self._show(self._shown)

    def _people_changed(self) -> None:
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._ask()

    # --- what is said of faces --------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        self.actions_bar.confirmed.connect(lambda: self._correct(Corrections.confirm))
        self.actions_bar.rejected.connect(lambda: self._correct(Corrections.reject))
        self.actions_bar.split.connect(lambda: self._correct(Corrections.split))
        self.actions_bar.cover_chosen.connect(lambda: self._correct(lambda to, faces: to.choose_cover(faces[0])))
        self.actions_bar.moved.connect(self._ask_whose)

    def _correct(self, say: Callable[[Corrections, list[int]], str]) -> None:
        faces = self._selected_faces()
        if faces:
            self.faces.setFocus()  # the button is about to be disabled: the keys would go to whatever comes after it
            self._album.correct(lambda to: say(to, faces))

    def _ask_whose(self) -> None:
        faces = self._selected_faces()
        if faces:
            ask_whose(self._album, faces, self, without=self._person)

    def _selected(self) -> None:
        self.actions_bar.select(len(self._selected_faces()))

    def _selected_tiles(self) -> list[Tile]:
        return [self.model.tiles[index.row()] for index in self.faces.selectionModel().selectedIndexes()]

    def _selected_faces(self) -> list[int]:
        """Ids of those of which anything can be said."""
        return [one.face for tile in self._selected_tiles() for one in tile.faces if one.face is not None]

    def _selected_placements(self) -> set[int]:
        return {placement for tile in self._selected_tiles() for placement in _placements(tile)}

    # --- the name ---------------------------------------------------------------------------------------------------

    def _rename(self, name: str) -> None:
        person, shown = self._person, self._shown
        if person is None or shown is None:
            return
        other = next((one for known, one in shown.others.items() if folded(known) == folded(name)), None)
        if name and other is not None:
            self._album.ask(tiles_of, partial(self._offer_merge, person, other))
        else:
            self._album.correct(lambda to: to.rename(person, name))

    def _offer_merge(self, person: int, other: int, everybody: list[PersonTile]) -> None:
        tiles = {tile.person.id: tile for tile in everybody}
        kept, gone = tiles.get(other), tiles.get(person)
        if kept is None or gone is None or person != self._person:
            return
        question = self.tr("{} exists. Are they the same person?").format(kept.person.name)
        dialog = MergeDialog(question, kept, gone, self.tr("Keep apart"), self._album.thumbnails, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._album.correct(lambda to: to.merge(other, person), lambda: self.show_person(other))
        )
        dialog.rejected.connect(self.header.name.revert)
        dialog.kept_apart.connect(lambda: self._album.correct(lambda to: to.keep_apart(other, person)))
        dialog.open()

    # --- the large view ---------------------------------------------------------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.photo.show_photos(self.model.contents, self.model.tiles[index.row()].content)
            self._stack.setCurrentWidget(self.photo)
            self.photo.canvas.setFocus()

    def _close_photo(self) -> None:
        """Back to where the user has gone on to."""
        self._stack.setCurrentWidget(self._grid)
        rows = (row for row, tile in enumerate(self.model.tiles) if tile.content == self.photo.content)
        index = self.model.index(next(rows, self.faces.currentIndex().row()))
        if index.isValid():
            self.faces.setCurrentIndex(index)
        self.faces.setFocus()

    # --- the frame --------------------------------------------------------------------------------------------------

    def _layout(self) -> None:
        grid = QVBoxLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        grid.addWidget(self.header)
        grid.addWidget(self.faces, 1)
        grid.addWidget(self._empty, 1)
        grid.addWidget(self.actions_bar)
        self._empty.hide()
        for keys in ("Esc", "Alt+Left"):
            back = QShortcut(QKeySequence(keys), self._grid, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            back.activated.connect(self.closed)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self.photo)


def _placements(tile: Tile) -> set[int]:
    return {one.likeness.placement for one in tile.faces}
