"""What a plan comes to, folder by folder."""

from pathlib import Path

from sortbyface.library import Action, FileState, OurFile
from sortbyface.sorting.plan import Photo
from sortbyface.sorting.tree import Fate, Leaf, tree_of


def file(size: int) -> OurFile:
    return OurFile(1, Path("/photos/a.jpg"), FileState(size, 0), "copy")


def test_what_comes_what_stays_and_what_goes() -> None:
    actions = [
        Action("remove", "Ada/old.jpg", file(1)),
        Action("mkdir", "Bob"),
        Action("move", "Bob/b.jpg", file(10), moved_from="Ada/b.jpg"),
        Action("make", "Bob/a.jpg", file(100)),
        Action("make", "top.jpg", file(1000)),
    ]

    ada, bob, top = tree_of(actions, [Photo("Ada/stays.jpg", 5)], ["Ada", "Bob"])

    assert (ada.path, ada.files, ada.size) == ("Ada", 1, 5)
    assert ada.leaves == [Leaf("stays.jpg", Fate.IN_PLACE, 5), Leaf("old.jpg", Fate.TAKEN_AWAY, 1)]
    assert (bob.path, bob.counts, bob.size) == ("Bob", [1, 1, 0, 0], 110)
    assert bob.leaves == [
        Leaf("a.jpg", Fate.MADE, 100, str(Path("/photos/a.jpg"))),
        Leaf("b.jpg", Fate.MOVED, 10, "Ada/b.jpg"),
    ]
    assert (top.path, top.files) == ("", 1)


def test_nothing_at_all() -> None:
    assert tree_of([]) == []
