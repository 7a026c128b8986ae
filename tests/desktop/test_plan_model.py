"""Thousands of folders with a hundred thousand files."""

from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from sortbyface.desktop.plan_model import FATE, FILES, NAME, PlanModel
from sortbyface.desktop.sort_view import SortView
from sortbyface.sorting.tree import Branch, Fate, Leaf


def branches(folders: int, files: int) -> list[Branch]:
    """So many folders, with so many files each: new ones, and ones that are there."""
    leaves = [Leaf(f"{number}.jpg", (Fate.MADE, Fate.IN_PLACE)[number % 2], 1000) for number in range(files)]
    return [
        Branch(f"Person {folder}", leaves, [files // 2, 0, files // 2, 0], 1000 * files) for folder in range(folders)
    ]


def test_qt_finds_no_fault_with_it(qtbot: QtBot) -> None:
    model = PlanModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_tree(branches(3, 4))
    model.show_tree([])
    model.show_tree(branches(2, 2))

    assert tester.model() is model
    folder = model.index(1, NAME)
    assert (folder.data(), model.index(1, FATE).data(), model.index(1, FILES).data()) == (
        "Person 1",
        "1 new, 1 in place already",
        "2",
    )
    file = model.index(1, NAME, folder)
    assert (file.data(), model.index(1, FATE, folder).data(), file.parent()) == ("1.jpg", "in place already", folder)
    assert model.rowCount(file) == 0


def test_only_what_is_seen_is_asked_for(qtbot: QtBot) -> None:
    """Of 2,000 folders and 100,000 files, those on the screen."""
    view = SortView("Sort")
    qtbot.addWidget(view)
    asked: set[tuple[int, int]] = set()

    class Watched(PlanModel):
        def data(self, index: QModelIndex, role: int = 0) -> object:  # type: ignore[override]
            asked.add((index.internalId(), index.row()))
            return super().data(index, role)

    view.model = Watched(view)
    view.tree.setModel(view.model)
    view.resize(900, 600)
    view.show()
    view.show_tree(branches(2000, 50))
    view.tree.expand(view.model.index(1000, NAME))
    view.tree.scrollTo(view.model.index(30, NAME, view.model.index(1000, NAME)))
    view.tree.grab()

    assert 0 < len(asked) < 200
