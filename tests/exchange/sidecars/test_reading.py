"""Faces and names that other programs wrote into sidecars."""

from pathlib import Path

import pytest

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars import Layout, NamedFace, one_per_place, read_sidecar, sidecars_of
from sortbyface.faces.face import Box
from tests.exchange.sidecars.samples import ADA, BOB, EVERY_PROGRAM, LAYOUT, region, sidecar


def read(folder: Path, content: str | bytes, layout: Layout = LAYOUT) -> list[NamedFace]:
    path = folder / "photo.jpg.xmp"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sidecar(path, layout)


def at(face: NamedFace) -> tuple[str, tuple[int, ...]]:
    return face.name, tuple(round(side) for side in face.box)


@pytest.mark.parametrize("program", EVERY_PROGRAM)
def test_what_every_program_wrote_is_read_once(program: str, tmp_path: Path) -> None:
    assert [at(face) for face in read(tmp_path, EVERY_PROGRAM[program])] == [at(BOB)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings(encoding: str, tmp_path: Path) -> None:
    content = sidecar(region(0.325, 0.25, 0.15, 0.1, "Zoë Łukasik 李"))
    assert [face.name for face in read(tmp_path, content.encode(encoding))] == ["Zoë Łukasik 李"]


def test_regions_count_from_the_stored_picture(tmp_path: Path) -> None:
    content = sidecar(region(0.325, 0.25, 0.15, 0.1))
    [bob] = read(tmp_path, content, Layout(400, 600, 6))
    assert at(bob) == ("Bob", (280, 150, 320, 240))


def test_unless_their_dimensions_are_those_of_the_upright_one(tmp_path: Path) -> None:
    content = sidecar(region(0.75, 0.325, 0.1, 0.15), 'stDim:w="400" stDim:h="600"')
    [bob] = read(tmp_path, content, Layout(400, 600, 6))
    assert at(bob) == ("Bob", (280, 150, 320, 240))


def test_regions_of_a_picture_that_was_cut_since_are_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, sidecar(region(0.325, 0.25, 0.15, 0.1)), Layout(300, 400)) == []


def test_areas_in_pixels(tmp_path: Path) -> None:
    assert at(read(tmp_path, sidecar(region(195, 100, 90, 40, unit="pixel")))[0]) == at(BOB)


@pytest.mark.parametrize("nonsense", ["NaN", "inf", "-inf", "1e999", "-0.1", "", "0,3", "0x1p3", "٣x"])
@pytest.mark.parametrize("side", range(4))
def test_numbers_that_are_none_leave_out_their_region_alone(nonsense: str, side: int, tmp_path: Path) -> None:
    numbers: list[object] = [0.5, 0.5, 0.1, 0.1]
    numbers[side] = nonsense
    content = sidecar(region(*numbers, name="Nobody") + region(0.325, 0.25, 0.15, 0.1))
    assert [face.name for face in read(tmp_path, content)] == ["Bob"]


@pytest.mark.parametrize("numbers", [(0.5, 0.5, 0, 0.1), (1.4, 0.5, 0.1, 0.1), (0.5, 0.5, 1e-9, 0.1), (0.5, 0.5, 9, 9)])
def test_places_that_are_none_leave_out_their_region_alone(numbers: tuple[float, ...], tmp_path: Path) -> None:
    content = sidecar(region(*numbers, name="Nobody") + region(0.325, 0.25, 0.15, 0.1))
    assert [face.name for face in read(tmp_path, content)] == ["Bob"]


@pytest.mark.parametrize("size", ['stDim:w="0" stDim:h="400"', 'stDim:w="600" stDim:h="NaN"', 'stDim:h="1e308"', ""])
def test_dimensions_that_are_none_are_not_believed(size: str, tmp_path: Path) -> None:
    assert [at(face) for face in read(tmp_path, sidecar(region(0.325, 0.25, 0.15, 0.1), size))] == [at(BOB)]


def test_a_face_without_a_name(tmp_path: Path) -> None:
    assert [face.name for face in read(tmp_path, sidecar(region(0.325, 0.25, 0.15, 0.1, name="  ")))] == [""]


def test_an_earlier_source_holds_and_a_name_is_better_than_none() -> None:
    nobody, bobby = NamedFace("", BOB.box, LAYOUT), NamedFace("Bobby", Box(155, 82, 240, 120), LAYOUT)
    assert one_per_place([BOB], [bobby, ADA]) == [BOB, ADA]
    assert one_per_place([nobody], [bobby]) == [bobby]
    assert one_per_place([BOB], [nobody]) == [BOB]


def test_sidecars_beside_a_photo(tmp_path: Path) -> None:
    photo = tmp_path / "IMG_1.CR2"
    assert sidecars_of(photo) == []
    for name in ("IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_1.JPG.xmp", "IMG_10.xmp"):
        (tmp_path / name).touch()
    assert sidecars_of(photo) == [tmp_path / "IMG_1.CR2.xmp", tmp_path / "IMG_1.xmp"]


def test_a_sidecar_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(SidecarUnreadable, match="not a regular file"):
        read_sidecar(tmp_path / "gone.xmp", LAYOUT)
