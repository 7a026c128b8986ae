"""What a user does to files, photos and sorted ones, and what is true of them at all times."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.conftest import untouched
from tests.promises.archive import Archive, Likeness
from tests.promises.files_kept import check_nothing_unfinished, check_users_files
from tests.promises.states import Tree

LIKENESSES = st.builds(Likeness, st.integers(0, 3), st.integers(4, 5), st.sampled_from([0.0, 0.0, 0.2, 0.45]))
PHOTO_NAMES = st.sampled_from(["a/IMG_1.jpg", "b/IMG_1.jpg", "a/IMG_2.JPG", "b/IMG_2.jpg", "ü/été.jpg", "c/IMG_3.png"])
PLACE = st.integers(0, 99)
"""Which of those that there are, counted round and round."""


@dataclass
class Sorted:
    """A run that may be undone."""

    before: Tree
    alone: bool = True
    """Nobody else has touched the folders, or taken away originals, since it began."""


class UsersFiles(RuleBasedStateMachine):
    """A user's folder."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(mkdtemp())
        self.archive = Archive(self.home)
        self.originals: dict[str, tuple[int, int, int, bytes]] = {}
        self.users: dict[str, bytes] = {}
        """Of the files in the sorted folders, those that the user has put there, changed or renamed."""
        self.runs: dict[int, Sorted] = {}
        self.written = 0

    def teardown(self) -> None:
        shutil.rmtree(self.home)

    @initialize(faces=st.lists(st.lists(LIKENESSES, min_size=1, max_size=3), min_size=3, max_size=6))
    def begin(self, faces: list[list[Likeness]]) -> None:
        for number, likenesses in enumerate(faces):
            self.archive.add(f"{number}.jpg", likenesses)
        self.note_originals()
        self.archive.look()

    # --- what happens to photos ---------------------------------------------------------------------------------------

    @rule(path=PHOTO_NAMES, faces=st.lists(LIKENESSES, min_size=1, max_size=3), sidecar=st.booleans())
    def add_a_photo(self, path: str, faces: list[Likeness], sidecar: bool) -> None:
        if (self.archive.photos / path).exists():
            return
        photo = self.archive.add(path, faces)
        beside = photo.with_name(f"{photo.name}.xmp")
        if sidecar and not beside.exists():
            beside.write_text(f"edits of {path}")
        self.note_originals()

    @rule(which=PLACE)
    def copy_a_photo(self, which: int) -> None:
        photo = self.a_photo(which)
        shutil.copy2(photo, photo.with_name(f"copy {which} of {photo.name}"))
        self.note_originals()

    @rule(which=PLACE, path=PHOTO_NAMES)
    def move_a_photo(self, which: int, path: str) -> None:
        to = self.archive.photos / "moved" / path
        to.parent.mkdir(parents=True, exist_ok=True)
        if not to.exists():
            self.a_photo(which).rename(to)
        self.others_touched_it()
        self.note_originals()

    @precondition(lambda self: sum(not path.endswith(".xmp") for path in self.originals) > 3)
    @rule(which=PLACE)
    def remove_a_photo(self, which: int) -> None:
        self.a_photo(which).unlink()
        self.others_touched_it()
        self.note_originals()

    @rule()
    def look(self) -> None:
        self.archive.look()

    # --- what happens to the sorted folders ---------------------------------------------------------------------------

    @precondition(lambda self: self.archive.sorted.is_dir())
    @rule(which=PLACE)
    def put_a_file_of_ones_own(self, which: int) -> None:
        folders = [path for path in sorted(self.archive.sorted.glob("*")) if path.is_dir()]
        if folders:
            self.write(folders[which % len(folders)] / ("IMG_1.jpg", "notes.txt", "0.jpg")[which % 3])

    @precondition(lambda self: self.archive.sorted.is_dir())
    @rule(which=PLACE)
    def change_a_file_there(self, which: int) -> None:
        files = list(self.archive.sorted_files())
        if files:
            self.write(files[which % len(files)])

    @precondition(lambda self: self.archive.sorted.is_dir())
    @rule(which=PLACE)
    def delete_a_file_there(self, which: int) -> None:
        files = list(self.archive.sorted_files())
        if files:
            file = files[which % len(files)]
            file.unlink()
            self.users.pop(str(file.relative_to(self.archive.sorted)), None)
            self.others_touched_it()

    @precondition(lambda self: self.archive.sorted.is_dir())
    @rule(which=PLACE)
    def rename_a_file_there(self, which: int) -> None:
        files = [file for file in self.archive.sorted_files() if file.is_file() and not file.is_symlink()]
        if files:
            file = files[which % len(files)]
            to = file.with_name(f"the best {which}{file.suffix}")
            if not os.path.lexists(to):
                self.users.pop(str(file.relative_to(self.archive.sorted)), None)
                file.rename(to)
                self.users[str(to.relative_to(self.archive.sorted))] = to.read_bytes()
                self.others_touched_it()

    # --- what is true at all times ------------------------------------------------------------------------------------

    @invariant()
    def originals_are_untouched(self) -> None:
        assert untouched(self.archive.photos) == self.originals

    @invariant()
    def what_the_user_put_there_is_there(self) -> None:
        check_users_files(self.archive, self.users)

    @invariant()
    def nothing_is_unfinished(self) -> None:
        check_nothing_unfinished(self.archive)

    def a_photo(self, which: int) -> Path:
        photos = [path for path in sorted(self.originals) if not path.endswith(".xmp")]
        return self.archive.photos / photos[which % len(photos)]

    def note_originals(self) -> None:
        self.originals = untouched(self.archive.photos)

    def write(self, file: Path) -> None:
        """As editors do: a new file in the place of the old one. A link would lead to the original."""
        file.unlink(missing_ok=True)
        self.written += 1
        content = f"mine {self.written}".encode()
        file.write_bytes(content)
        os.utime(file, ns=(10**18, 2 * 10**18 + self.written))
        self.users[str(file.relative_to(self.archive.sorted))] = content
        self.others_touched_it()

    def others_touched_it(self) -> None:
        for run in self.runs.values():
            run.alone = False
