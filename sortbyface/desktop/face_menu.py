"""What can be done with one face of a photo."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.choose_person import ChoosePerson
from sortbyface.jobs.one_photo import FaceInPhoto


class FaceMenu(QMenu):
    """Opened beside the face."""

    person_wanted = Signal(int)

    def __init__(self, album: Album, face: FaceInPhoto, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
        self._album, self._face, self._window = album, face, parent
        person, faces = face.person, [] if face.face is None else [face.face]
        if person is not None:
            self.addAction(self.tr("Open {}").format(face.name), lambda: self.person_wanted.emit(person))
        if not faces:
            return
        if person is None:
            self.addAction(self.tr("Who is this?…"), self._choose)
            return
        self.addSeparator()
        if not face.confirmed:
            words = self.tr("Yes, this is {}").format(face.name)
            self.addAction(words, lambda: album.correct(lambda to: to.confirm(faces)))
        words = self.tr("This is not {}").format(face.name)
        self.addAction(words, lambda: album.correct(lambda to: to.reject(faces)))
        self.addAction(self.tr("Somebody else…"), self._choose)
        words = self.tr("Use as cover of {}").format(face.name)
        self.addAction(words, lambda: album.correct(lambda to: to.choose_cover(faces[0])))

    def _choose(self) -> None:
        if self._face.face is not None:
            ask_whose(self._album, [self._face.face], self._window, without=self._face.person)


def ask_whose(album: Album, faces: list[int], parent: QWidget, *, without: int | None) -> None:
    """Open a dialog about some faces, and give them to whoever is chosen in it."""
    dialog = ChoosePerson(album, parent, without=without)
    dialog.person_chosen.connect(lambda person: album.correct(lambda to: to.move(faces, person)))
    dialog.name_chosen.connect(lambda name: album.correct(lambda to: to.split(faces, name)))
    dialog.open()
