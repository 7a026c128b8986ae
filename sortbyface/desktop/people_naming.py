"""Who is who on the wall: names, merges, and who is hidden; with a question where one is needed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from sortbyface.desktop.album import Album
from sortbyface.desktop.merge_dialog import MergeDialog
from sortbyface.desktop.people_model import PeopleModel
from sortbyface.desktop.people_wall import PeopleWall
from sortbyface.errors import CorrectionRefused
from sortbyface.jobs.wall import Tile, namesake
from sortbyface.people.corrections import Corrections


class PeopleNaming(QObject):
    """What is done on the wall, brought to the library."""

    def __init__(self, album: Album, model: PeopleModel, wall: PeopleWall) -> None:
        super().__init__(wall)
        self._album, self._model, self._wall = album, model, wall
        model.rename_wanted.connect(self.rename)
        model.merge_wanted.connect(lambda gone, kept: self.merge(kept, gone))

    def rename(self, person: int, typed: str) -> None:
        """Give a name, or take it away with ""; if somebody has it, ask whether they are the same."""
        tile, name = self._model.tile_of(person), " ".join(typed.split())
        if tile is None or name == (tile.person.name if tile.person.named else ""):
            return
        try:
            same = namesake(name, person, self._model.everybody) if name else None
        except CorrectionRefused as refused:
            self._album.failed.emit(str(refused))
            return
        if same is None:
            self._album.correct(lambda say: say.rename(person, name), lambda: self._model.renamed(person, name))
        else:
            self._ask_about_namesake(tile, same, name)

    def merge(self, kept: int, gone: int) -> None:
        """Ask whether two are the same."""
        tiles = self._model.tile_of(kept), self._model.tile_of(gone)
        if tiles[0] is not None and tiles[1] is not None:
            self._ask(self.tr("Are these two the same person?"), tiles[0], tiles[1], self.tr("Cancel"))

    def hide(self, people: Sequence[int], *, hidden: bool) -> None:
        """Or show them again."""

        def say(to: Corrections) -> str:
            words = [to.hide(person, hidden=hidden) for person in people]
            return words[0] if len(words) == 1 else many.format(len(words))

        many = (
            self.tr("{:,} people have no folder from the next sort on; undo brings them back one by one")
            if hidden
            else self.tr("{:,} people have a folder from the next sort on")
        )
        if people:
            self._album.correct(say)

    def _ask_about_namesake(self, tile: Tile, same: Tile, name: str) -> None:
        def keep_apart() -> None:
            if tile.person.known.faces and same.person.known.faces:
                self._album.correct(lambda say: say.keep_apart(same.person.id, tile.person.id))
            QTimer.singleShot(0, again)  # when the question is gone, and with it the focus

        def again() -> None:
            """Two cannot have one name."""
            self._wall.rename(self._model.index_of(tile.person.id), name)

        question = self.tr("{} exists. Are they the same person?").format(same.person.name)
        self._ask(question, same, tile, self.tr("Keep apart"), keep_apart)

    def _ask(
        self, question: str, kept: Tile, gone: Tile, other: str, if_not: Callable[[], None] = lambda: None
    ) -> None:
        def merge() -> None:
            self._album.correct(lambda say: say.merge(kept.person.id, gone.person.id))

        dialog = MergeDialog(question, kept, gone, other, self._album.thumbnails, self._wall.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(merge)
        dialog.kept_apart.connect(if_not)
        dialog.open()
