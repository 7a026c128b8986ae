"""Three protocols, held against examples by hand and against the original's counting, written out slowly."""

from dataclasses import dataclass
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.arrays import Labels
from sortbyface.evaluation import bcubed, pairwise
from sortbyface.evaluation.protocols import PROTOCOLS, Judgement, count_as_original, outliers_apart
from sortbyface.evaluation.targets import NOT_FOUND, Known


@dataclass(frozen=True)
class File:
    """A photo: the person after whom its folder is named, and the group of each face in it, the person's own first."""

    person: str
    groups: tuple[int, ...]


FILES = st.lists(
    st.builds(File, st.sampled_from("abcd"), st.lists(st.integers(0, 4), max_size=4).map(tuple)),
    min_size=1,
    max_size=15,
)


def known(files: list[File]) -> tuple[Known, Labels]:
    """What the folders and the detector say of such files, and the group of each face."""
    targets, names, groups = [], [], []
    for file in files:
        targets.append(len(groups) if file.groups else NOT_FOUND)
        names += [file.person] * len(file.groups)
        groups += file.groups
    faces = np.arange(len(groups), dtype=np.int64)
    people = [file.person for file in files]
    return Known(people, np.array(targets, dtype=np.int64), faces, names), np.array(groups, dtype=np.int64)


def judge(letter: str, files: list[File]) -> Judgement:
    (protocol,) = (protocol for protocol in PROTOCOLS if protocol.letter == letter)
    return protocol.judge(*known(files))


def the_originals_counts(files: list[File]) -> tuple[int, int, int]:
    """Its notebook, from the description: a loop over clusters in the order met, with a counter for each name."""
    clusters: dict[int, list[str]] = {}
    for file in files:
        for group in file.groups:
            clusters.setdefault(group, []).append(file.person)
    files_of = {name: sum(file.person == name for file in files) for name in {file.person for file in files}}
    together = sum(comb(len(cluster), 2) for cluster in clusters.values())
    true_positives = sum(comb(cluster.count(name), 2) for cluster in clusters.values() for name in set(cluster))
    false_negatives = 0
    for name, n in files_of.items():
        seen = 0
        for cluster in clusters.values():
            f = cluster.count(name)
            false_negatives += f * (n - f - seen)
            seen += f
    return true_positives, together - true_positives, false_negatives


@given(FILES)
def test_a_is_the_originals_to_the_letter(files: list[File]) -> None:
    right, wrong, missed = the_originals_counts(files)

    assert tuple(count_as_original(*known(files))) == (right, wrong, missed)
    scores = judge("A", files).pairwise
    assert scores.precision == pytest.approx(right / (right + wrong) if right + wrong else 1)
    assert scores.recall == pytest.approx(right / (right + missed) if right + missed else 1)


@pytest.mark.parametrize(
    ("files", "counts", "recall"),
    [
        # Two of three were found together: the third is missed twice.
        ([File("a", (0,)), File("a", (0,)), File("a", (1,))], (1, 0, 2), 1 / 3),
        # The same, with a bystander in a group of its own: 2 * (3 - 2 - 0) + 1 * (3 - 1 - 2) + 1 * (3 - 1 - 3) = 1,
        # although each of the four faces lies apart from two others at least.
        ([File("a", (0, 2)), File("a", (0,)), File("a", (1,))], (1, 0, 1), 1 / 2),
        # Three bystanders in two photos: 2 * (2 - 2 - 0) + (2 - 1 - 2) + (2 - 1 - 3) + (2 - 1 - 4) = -6
        ([File("a", (0, 1, 2)), File("a", (0, 3))], (1, 0, -6), 1 / -5),
        # One file, two faces, put together: 2 * (1 - 2) = -2
        ([File("a", (0, 0))], (1, 0, -2), -1),
        # A pair that was found, and nothing that could be: 3 * (2 - 3) = -3
        ([File("a", (0, 0)), File("a", (0,))], (3, 0, -3), 1),
        # A photo without a face is missed as often as there are faces of that name.
        ([File("a", (0,)), File("a", (0,)), File("a", ())], (1, 0, 2), 1 / 3),
        ([File("a", (0,)), File("b", (0,)), File("b", (0,))], (1, 2, 0), 1),
    ],
)
def test_the_originals_recall_by_hand(files: list[File], counts: tuple[int, int, int], recall: float) -> None:
    assert the_originals_counts(files) == counts
    assert tuple(count_as_original(*known(files))) == counts
    assert judge("A", files).pairwise.recall == pytest.approx(recall)
    assert judge("A", files).bcubed is None


@given(FILES)
def test_b_counts_every_pair_of_the_same_faces(files: list[File]) -> None:
    truth = [file.person for file in files for _ in file.groups]
    groups = [group for file in files for group in file.groups]

    assert judge("B", files) == Judgement(len(groups), len(set(groups)), pairwise(truth, groups), bcubed(truth, groups))
    assert judge("A", files).pairwise.precision == pytest.approx(judge("B", files).pairwise.precision)


@given(FILES.map(lambda files: [File(file.person, file.groups[:1]) for file in files if file.groups]))
def test_with_one_face_in_each_photo_all_protocols_agree(files: list[File]) -> None:
    a, b, c = (judge(letter, files) for letter in "ABC")

    assert b == c
    assert a.pairwise == pytest.approx(b.pairwise)


@given(FILES)
def test_c_knows_one_face_of_each_photo_and_misses_what_was_not_found(files: list[File]) -> None:
    truth = [file.person for file in files]
    groups = [file.groups[0] if file.groups else f"alone {index}" for index, file in enumerate(files)]

    assert judge("C", files) == Judgement(len(files), len(set(groups)), pairwise(truth, groups), bcubed(truth, groups))


def test_c_by_hand() -> None:
    """Of a's four photos two are together, one is elsewhere with b, and one shows no face; bystanders do not count."""
    files = [File("a", (0, 1)), File("a", (0,)), File("a", (1, 0)), File("a", ()), File("b", (1, 1))]

    judged = judge("C", files)

    assert (judged.items, judged.groups) == (5, 3)
    assert judged.pairwise == pytest.approx((1 / 2, 1 / 6))
    assert judged.bcubed == pytest.approx(((1 + 1 + 1 / 2 + 1 + 1 / 2) / 5, (2 / 4 + 2 / 4 + 1 / 4 + 1 / 4 + 1) / 5))


@pytest.mark.parametrize("letter", ["A", "B", "C"])
def test_where_no_face_was_found_nothing_was_put_together_wrongly(letter: str) -> None:
    judged = judge(letter, [File("a", ()), File("b", ())])

    assert judged.pairwise == (1, 1)


def test_outliers_are_nobodys_company() -> None:
    apart = outliers_apart(np.array([-1, 2, -1, 0, 2]))

    assert apart[1] == apart[4] != apart[3]
    assert len(set(apart.tolist())) == 4
    assert outliers_apart(np.array([-1, -1])).tolist() == [0, 1]
    assert outliers_apart(np.array([], dtype=np.int64)).tolist() == []
