"""Faces side by side: which is where, in the picture of one person and on the pages of all."""

from collections.abc import Sequence

import numpy as np
import pytest

from sortbyface.arrays import Chips, RGBImage
from sortbyface.montage import MOST_FACES, TILE, Row, contact_sheet, montage


def plain(*colours: int) -> Chips:
    """Faces of one colour each, told apart by their red, between 1 and 200; nothing else drawn is of such a colour."""
    faces = np.zeros((len(colours), TILE, TILE, 3), dtype=np.uint8)
    faces[..., 0] = np.reshape(colours, (-1, 1, 1))
    return faces


def speckled(count: int) -> Chips:
    """Faces no two of which are alike in any corner."""
    return np.random.default_rng(count).integers(0, 256, (count, TILE, TILE, 3), dtype=np.uint8)


def places(picture: RGBImage, colour: int) -> tuple[int, int]:
    """Left and top of the only face of a colour, which is there whole."""
    rows, columns = np.nonzero((picture == (colour, 0, 0)).all(axis=2))
    left, top = int(columns.min()), int(rows.min())
    assert (picture[top : top + TILE, left : left + TILE] == (colour, 0, 0)).all()
    assert len(rows) == TILE * TILE
    return left, top


# --- one person -----------------------------------------------------------------------------------------------------


def test_faces_lie_row_by_row_each_to_the_pixel() -> None:
    faces = speckled(MOST_FACES)
    picture = montage(faces)
    assert picture.shape == (5 * 96, 5 * 96, 3)
    by_hand = np.vstack([np.hstack(list(faces[start : start + 5])) for start in range(0, 25, 5)])
    assert np.array_equal(picture, by_hand)


def test_the_twenty_sixth_face_is_left_out() -> None:
    assert np.array_equal(montage(speckled(40)), montage(speckled(40)[:25]))


@pytest.mark.parametrize("count", [0, 1, 7, 24])
def test_where_faces_are_missing_there_is_plain_paper(count: int) -> None:
    picture = montage(speckled(count))
    tiles = picture.reshape(5, TILE, 5, TILE, 3).swapaxes(1, 2).reshape(25, TILE, TILE, 3)
    assert picture.shape == (480, 480, 3)
    assert np.array_equal(tiles[:count], speckled(count))
    (paper,) = np.unique(tiles[count:].reshape(-1, 3), axis=0)
    assert min(paper) > 200, "black looks like a face that could not be read"


# --- everybody ------------------------------------------------------------------------------------------------------


def page(*rows: Sequence[int]) -> RGBImage:
    return contact_sheet([Row("Somebody", "some photos", plain(*colours)) for colours in rows])


def test_everybody_has_a_row() -> None:
    picture = page((10, 11, 12), (20,), (30, 31))
    where = {colour: places(picture, colour) for colour in (10, 11, 12, 20, 30, 31)}
    lefts = {colour: left for colour, (left, _) in where.items()}
    tops = {colour: top for colour, (_, top) in where.items()}
    assert tops[10] == tops[11] == tops[12] < tops[20] < tops[30] == tops[31]
    assert tops[20] - tops[10] == tops[30] - tops[20] > TILE
    assert lefts[10] == lefts[20] == lefts[30]
    assert lefts[11] - lefts[10] == lefts[12] - lefts[11] > TILE
    assert lefts[11] == lefts[31]


def test_ten_faces_fill_a_row() -> None:
    picture = page(range(1, 26))
    rights = [places(picture, colour)[0] + TILE for colour in range(1, 11)]
    assert rights == sorted(rights)
    assert rights[-1] < picture.shape[1]
    assert not (picture == (11, 0, 0)).all(axis=2).any()


def test_the_page_is_as_high_as_its_rows() -> None:
    heights = [page(*([(1,)] * rows)).shape[0] for rows in (1, 2, 3, 12)]
    assert heights[0] < 2 * TILE
    assert heights[1] - heights[0] == heights[2] - heights[1] == (heights[3] - heights[2]) / 9


def words(row: Row) -> RGBImage:
    """What is written beside the faces, in a page of this row alone."""
    picture = contact_sheet([Row(row.name, row.note, plain(1))])
    left, _ = places(picture, 1)
    return picture[:, :left]


def test_name_and_note_are_written_beside_the_faces_one_below_the_other() -> None:
    nothing, name, note, both = (
        words(Row(*lines, plain())) for lines in (("", ""), ("Ada", ""), ("", "9"), ("Ada", "9"))
    )
    written = [np.flatnonzero((picture != nothing).any(axis=(1, 2))) for picture in (name, note)]
    assert written[0].max() < written[1].min()
    assert np.array_equal(both, np.minimum(name, note)), "dark on white"
    assert not np.array_equal(name, words(Row("Eve", "", plain())))


def test_a_name_that_is_too_long_is_cut_short() -> None:
    long, longer = (words(Row("W" * length, "", plain())) for length in (100, 200))
    assert np.array_equal(long, longer)
    assert (long[:, -8:] == 255).all(), "and does not touch the faces"


def test_the_name_alone_where_no_face_could_be_read() -> None:
    with_face, without = contact_sheet([Row("Ada", "9", plain(1))]), contact_sheet([Row("Ada", "9", plain())])
    left, _ = places(with_face, 1)
    assert np.array_equal(with_face[:, :left], without[:, :left])
    assert (without[:, left:] == 255).all()
