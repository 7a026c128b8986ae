"""A face lies at the same place for us and for programs that count from the stored picture, however it is turned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps

from sortbyface.exchange.sidecars import Layout
from sortbyface.exchange.sidecars.regions import Area, area_of, box_of
from sortbyface.faces.face import Box

ORIENTATIONS = range(1, 9)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Box, Layout]:
    """A box of at least two pixels inside a photo, turned in any way."""
    width, height = draw(st.integers(2, 20_000)), draw(st.integers(2, 20_000))
    left, top = draw(st.floats(0, width - 2)), draw(st.floats(0, height - 2))
    right, bottom = draw(st.floats(left + 2, width)), draw(st.floats(top + 2, height))
    return Box(left, top, right, bottom), Layout(width, height, draw(st.sampled_from(ORIENTATIONS)))


@given(boxes())
def test_to_the_stored_picture_and_back_is_the_same_place(drawn: tuple[Box, Layout]) -> None:
    box, layout = drawn
    area = area_of(box, layout)
    assert area is not None
    assert all(0 <= value <= 1 for value in area)
    assert box_of(area, layout) == pytest.approx(box, abs=1e-6)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_painted_face_is_where_pillow_turns_it(orientation: int) -> None:
    """Paint a rectangle into a stored picture; Pillow turns the picture upright, we turn the area."""
    stored = Image.new("L", (60, 40))
    stored.paste(255, (6, 8, 30, 18))
    stored.getexif()[ExifTags.Base.Orientation] = orientation
    upright = ImageOps.exif_transpose(stored)
    rows, columns = np.nonzero(np.asarray(upright))
    painted = Box(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    layout = Layout(*upright.size, orientation)

    assert layout.stored_size == (60, 40)
    area = Area(18 / 60, 13 / 40, 24 / 60, 10 / 40)
    assert box_of(area, layout) == pytest.approx(painted)
    assert area_of(painted, layout) == pytest.approx(area)


def test_what_reaches_beyond_the_photo_is_cut_off() -> None:
    area = area_of(Box(-50, -50, 50, 50), Layout(100, 200))
    assert area == pytest.approx((0.25, 0.125, 0.5, 0.25))


@pytest.mark.parametrize("box", [Box(-50, 0, 0.5, 50), Box(200, 0, 300, 50), Box(50, 50, 40, 40), Box(5, 5, 5, 50)])
def test_what_is_outside_or_empty_has_no_area(box: Box) -> None:
    assert area_of(box, Layout(100, 200)) is None


@pytest.mark.parametrize("size", [(4000, 3000), (2000, 1500), (4020, 3000)])
def test_dimensions_of_the_stored_picture(size: tuple[int, int]) -> None:
    layout = Layout(3000, 4000, 6)
    assert layout.applied_to(*size) == layout


@pytest.mark.parametrize("size", [(3000, 4000), (1500, 2000)])
def test_dimensions_of_the_upright_picture(size: tuple[int, int]) -> None:
    layout = Layout(3000, 4000, 6)
    assert layout.applied_to(*size) == layout.upright


def test_dimensions_of_a_picture_that_was_cut_since() -> None:
    assert Layout(3000, 4000, 6).applied_to(3000, 3000) is None
