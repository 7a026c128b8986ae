"""python -m sortbyface sidecars: names to other programs and from them, beside real photos."""

import json
from pathlib import Path

import pytest
from PIL import Image

from sortbyface.commands import people, sidecars
from sortbyface.exchange.sidecars import PICASA_INI, Layout, NamedFace, read_sidecar, sidecar_for
from sortbyface.faces.face import Box
from sortbyface.jobs import LIBRARY
from sortbyface.library import Library, Placement
from tests.commands.conftest import Typed
from tests.commands.naming import Folders, look_as_new, name_people, sort
from tests.conftest import Album, look_again, untouched
from tests.exchange.sidecars.samples import region, sidecar

MEETING = "together/meeting.jpg"


@pytest.fixture
def named(home: Path, album: Album) -> Folders:
    """Home, with Collins and Hopper in their folders."""
    return name_people(home, album.truth)


def layout_of(photo: Path) -> Layout:
    with Image.open(photo) as image:
        orientation = image.getexif().get(0x0112, 1)
        width, height = image.size
    return Layout(*((height, width) if orientation >= 5 else (width, height)), orientation)


def faces_beside(photo: Path) -> list[NamedFace]:
    return read_sidecar(sidecar_for(photo), layout_of(photo))


def placements_at(home: Path, photo: str) -> list[Placement]:
    with Library.opened(home / LIBRARY) as library:
        return library.people.placements_in(library.photos.content_at(home / "Album" / photo) or 0)


def names_at(home: Path, photo: str) -> set[str | None]:
    with Library.opened(home / LIBRARY) as library:
        names = {record.id: record.name for record in library.people.records()}
    return {names[placement.person] for placement in placements_at(home, photo) if placement.confirmed}


def all_rows(home: Path) -> object:
    with Library.opened(home / LIBRARY) as library:
        return library.people.known()


# --- write -----------------------------------------------------------------------------------------------------------


def test_names_survive_the_loss_of_the_library(
    home: Path, named: Folders, album: Album, album_library: Path, typed: Typed
) -> None:
    originals = untouched(home / "Album")
    done = typed(sidecars.main, "write")
    assert done.out == "18 sidecars written, 0 say it all already, 0 names left to others\n"
    assert {path: originals[path] for path in originals} == {
        path: state for path, state in untouched(home / "Album").items() if not path.endswith(".xmp")
    }
    look_as_new(home, album_library)

    done = typed(sidecars.main, "read")

    assert done.out.startswith("20 faces of 2 people from 18 files (2 new people; 0 where no face was found)")
    assert sort(home) == named == album.truth


def test_every_box_is_at_its_face_in_every_orientation(home: Path, named: Folders, album: Album, typed: Typed) -> None:
    typed(sidecars.main, "write")
    for photo in set().union(*album.truth.values()):
        expected = {name for name, photos in album.truth.items() if photo in photos}
        beside = faces_beside(home / "Album" / photo)
        assert {face.name for face in beside} == expected, photo
        boxes = [placement.box for placement in placements_at(home, photo)]
        for face in beside:
            assert max(face.box.overlap(box) for box in boxes if box) > 0.9, photo
    both = {face.name: face.box.left for face in faces_beside(home / "Album" / MEETING)}
    assert both["Collins"] < both["Hopper"]
    both = {face.name: face.box.left for face in faces_beside(home / "Album/together/meeting again.jpg")}
    assert both["Hopper"] < both["Collins"]  # stored on its side


def test_a_second_run_writes_nothing(home: Path, named: Folders, typed: Typed) -> None:
    typed(sidecars.main, "write")
    before = untouched(home / "Album")
    assert typed(sidecars.main, "write").out == "0 sidecars written, 18 say it all already, 0 names left to others\n"
    assert untouched(home / "Album") == before


def test_a_dry_run_writes_nothing(home: Path, named: Folders, typed: Typed) -> None:
    before = untouched(home)
    done = typed(sidecars.main, "write", "--dry-run", "--json", home / "Album/together")
    assert {Path(path).name for path in json.loads(done.out)["written"]} == {"meeting.jpg.xmp", "meeting again.jpg.xmp"}
    assert {path: state for path, state in untouched(home).items() if "sqlite" not in path} == {
        path: state for path, state in before.items() if "sqlite" not in path
    }


def test_some_folders_and_photos(home: Path, named: Folders, typed: Typed) -> None:
    assert typed(sidecars.main, "write", "Album/portraits/C", f"Album/{MEETING}").out.startswith("9 sidecars written")
    assert not list((home / "Album/portraits/H").glob("*.xmp"))
    assert "Album/nowhere: the library knows no photo there" in typed(sidecars.main, "write", "Album/nowhere").complaint


def test_who_is_renamed_hidden_or_moved_is_so_in_the_sidecars(home: Path, named: Folders, typed: Typed) -> None:
    typed(sidecars.main, "write")
    typed(people.main, "name", "Collins", "Eileen Collins")
    typed(people.main, "hide", "Hopper")
    assert typed(sidecars.main, "write").out.startswith("18 sidecars written")
    assert {face.name for face in faces_beside(home / "Album" / MEETING)} == {"Eileen Collins"}
    assert faces_beside(home / "Album/portraits/H/original.jpg") == []


def test_a_photo_in_two_places_has_two_sidecars(home: Path, named: Folders, typed: Typed) -> None:
    copy = home / "Album/copy.jpg"
    copy.write_bytes((home / "Album" / MEETING).read_bytes())
    look_again(home)
    typed(sidecars.main, "write")
    assert [face.name for face in faces_beside(copy)] == [face.name for face in faces_beside(home / "Album" / MEETING)]


def test_a_photo_that_has_changed_since_gets_none(home: Path, named: Folders, typed: Typed) -> None:
    (home / "Album" / MEETING).write_bytes(b"something else")
    assert typed(sidecars.main, "write").out.startswith("17 sidecars written")
    assert not sidecar_for(home / "Album" / MEETING).exists()


def test_names_of_others_are_left_and_listed(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    boxes = sorted(placement.box for placement in placements_at(home, MEETING) if placement.box)
    sidecar_for(photo).write_text(theirs := foreign("Eileen", boxes[0], layout_of(photo)))
    done = typed(sidecars.main, "write")
    assert f"{photo.resolve()}: Collins has the name Eileen there; it was left\n" in done.out
    assert {face.name for face in faces_beside(photo)} == {"Eileen", "Hopper"}
    assert "Eileen" in theirs


@pytest.mark.parametrize("scale", [0.6, 1.0, 1.7, 2.6])
def test_a_face_that_others_frame_otherwise_is_there_once(
    home: Path, named: Folders, typed: Typed, scale: float
) -> None:
    photo = home / "Album" / MEETING
    box = sorted(placement.box for placement in placements_at(home, MEETING) if placement.box)[0]
    sidecar_for(photo).write_text(foreign("Collins", around(box, scale), layout_of(photo)))
    typed(sidecars.main, "write")
    assert sorted(face.name for face in faces_beside(photo)) == ["Collins", "Hopper"]


def test_whom_the_picture_itself_names_is_carried_over(home: Path, named: Folders, typed: Typed) -> None:
    """A sidecar with regions would hide the embedded ones: of a passer-by, and of Hopper, under another name."""
    photo = home / "Album" / MEETING
    layout = layout_of(photo)
    left, right = sorted(placement.box for placement in placements_at(home, MEETING) if placement.box)
    passer_by = Box(1, 1, 40, 40)
    regions = region_of("Passer-by", passer_by, layout) + region_of("Grace", right, layout)
    with Image.open(photo) as image:
        xmp = sidecar(regions, f'stDim:w="{layout.width}" stDim:h="{layout.height}" stDim:unit="pixel"')
        image.save(photo, quality="keep", xmp=xmp.encode())
    look_again(home)
    sort(home)
    done = typed(sidecars.main, "write", photo)
    assert ": Hopper has the name Grace there; it was left\n" in done.out
    assert {face.name for face in faces_beside(photo)} == {"Collins", "Grace", "Passer-by"}
    assert typed(sidecars.main, "write", photo).out.endswith("1 say it all already, 1 names left to others\n")
    assert left


def test_what_is_no_sidecar_is_named_and_left(home: Path, named: Folders, typed: Typed) -> None:
    sidecar_for(home / "Album" / MEETING).write_text("my notes")
    done = typed(sidecars.main, "write")
    assert done.code == 1
    assert done.out.startswith("17 sidecars written")
    [line] = done.err.splitlines()
    assert "meeting.jpg.xmp is not a readable XMP sidecar" in line


def test_a_drive_that_is_away(home: Path, named: Folders, typed: Typed) -> None:
    (home / "Album").rename(home / "unplugged")
    assert "Is their drive connected?" in typed(sidecars.main, "write").complaint
    assert "Is their drive connected?" in typed(sidecars.main, "read").complaint


# --- read ------------------------------------------------------------------------------------------------------------


def foreign(name: str, box: Box, layout: Layout) -> str:
    width, height = layout.stored_size
    return sidecar(region_of(name, box, layout), f'stDim:w="{width}" stDim:h="{height}" stDim:unit="pixel"')


def region_of(name: str, box: Box, layout: Layout) -> str:
    """Of a photo that is stored upright."""
    width, height = layout.width, layout.height
    middle = (box.left + box.right) / 2 / width, (box.top + box.bottom) / 2 / height
    return region(*middle, (box.right - box.left) / width, (box.bottom - box.top) / height, name)


def around(box: Box, scale: float) -> Box:
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    width, height = (box.right - box.left) * scale / 2, (box.bottom - box.top) * scale / 2
    return Box(max(x - width, 0), max(y - height, 0), x + width, y + height)


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.6, 2.5])
def test_a_name_of_another_program_becomes_a_person(home: Path, named: Folders, typed: Typed, scale: float) -> None:
    photo = home / "Album" / MEETING
    left, right = sorted(placement.box for placement in placements_at(home, MEETING) if placement.box)
    sidecar_for(photo).write_text(foreign("Ada Lovelace", around(left, scale), layout_of(photo)))
    before = all_rows(home)

    done = typed(sidecars.main, "read")

    assert done.out.startswith("1 faces of 1 people from 1 files (1 new people; 0 where no face was found)")
    assert names_at(home, MEETING) == {"Ada Lovelace"}
    assert {placement.box for placement in placements_at(home, MEETING)} == {left, right}
    after = all_rows(home)
    assert typed(sidecars.main, "read").out.startswith("0 faces of 0 people from 0 files")
    assert all_rows(home) == after
    assert "undone: names of 1 file read" in typed(people.main, "undo").out
    assert all_rows(home).records == before.records
    assert all_rows(home).placements == before.placements


def test_a_name_that_is_known_in_capitals_or_not(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    left = min(placement.box for placement in placements_at(home, MEETING) if placement.box)
    sidecar_for(photo).write_text(foreign("COLLINS", left, layout_of(photo)))
    assert "0 new people" in typed(sidecars.main, "read").out
    assert names_at(home, MEETING) == {"Collins"}


def test_where_no_face_was_found_the_person_is_all_the_same(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album/scenery/temple.jpg"
    sidecar_for(photo).write_text(foreign("Collins", Box(10, 20, 60, 80), layout_of(photo)))
    assert "(0 new people; 1 where no face was found)" in typed(sidecars.main, "read").out
    assert names_at(home, "scenery/temple.jpg") == {"Collins"}
    assert typed(sidecars.main, "read").out.startswith("0 faces")
    assert sort(home)["Collins"] == named["Collins"] | {"scenery/temple.jpg"}


def test_what_the_user_said_holds(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    left = min(placement.box for placement in placements_at(home, MEETING) if placement.box)
    sidecar_for(photo).write_text(foreign("Hopper", left, layout_of(photo)))
    [face] = [face for face in faces_of(home, MEETING) if faces_of(home, MEETING)[face] == left]
    typed(people.main, "confirm", face)
    before = all_rows(home)
    done = typed(sidecars.main, "read")
    assert f"{sidecar_for(photo).resolve()}: Hopper is Collins here; left so\n" in done.out
    assert all_rows(home) == before
    typed(people.main, "undo")
    typed(people.main, "move", face, "Hopper")
    typed(people.main, "reject", face)
    done = typed(sidecars.main, "read")
    assert f"{sidecar_for(photo).resolve()}: Hopper is not Hopper here; left so\n" in done.out


def faces_of(home: Path, photo: str) -> dict[int, Box]:
    with Library.opened(home / LIBRARY) as library:
        assert library.recipe is not None
        return library.faces.in_content(library.recipe, library.photos.content_at(home / "Album" / photo) or 0)


def test_picasa(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    left = min(placement.box for placement in placements_at(home, MEETING) if placement.box)
    layout = layout_of(photo)
    shares = (
        left.left / layout.width,
        left.top / layout.height,
        left.right / layout.width,
        left.bottom / layout.height,
    )
    rectangle = "".join(f"{round(min(max(share, 0), 1) * 65535):04x}" for share in shares)
    photo.with_name(PICASA_INI).write_text(
        f"[meeting.jpg]\nfaces=rect64({rectangle}),1a\n[Contacts2]\n1a=ada@example.org;;\n"
    )
    assert typed(sidecars.main, "read", "Album/together").out.startswith("1 faces of 1 people from 1 files")
    assert names_at(home, MEETING) == {"ada@example.org"}


def test_regions_without_a_name_and_impossible_names(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    left, right = sorted(placement.box for placement in placements_at(home, MEETING) if placement.box)
    layout = layout_of(photo)
    regions = region_of("", left, layout) + region_of("Person 7", right, layout)
    sidecar_for(photo).write_text(
        sidecar(regions, f'stDim:w="{layout.width}" stDim:h="{layout.height}" stDim:unit="pixel"')
    )
    done = typed(sidecars.main, "read")
    assert "meeting.jpg.xmp: 'Person 7' cannot be a name here; passed over\n0 faces of 0 people" in done.out


def test_unreadable_files_are_named_once_and_the_rest_is_read(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    left = min(placement.box for placement in placements_at(home, MEETING) if placement.box)
    sidecar_for(photo).write_text(foreign("Ada", left, layout_of(photo)))
    (home / "Album/portraits/C/original.xmp").write_text("<!DOCTYPE x><x/>")
    (home / "Album/portraits/H" / PICASA_INI).mkdir()
    done = typed(sidecars.main, "read")
    assert done.code == 0
    assert done.out.startswith("1 faces of 1 people")
    first, second = sorted(done.err.splitlines())
    assert "C/original.xmp is not a readable XMP sidecar" in first
    assert f"H/{PICASA_INI}" in second


def test_the_answer_for_programs(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album" / MEETING
    left = min(placement.box for placement in placements_at(home, MEETING) if placement.box)
    sidecar_for(photo).write_text(foreign("Ada", left, layout_of(photo)))
    told = json.loads(typed(sidecars.main, "read", "--json").out)
    assert [one["name"] for one in told["taken"]] == told["new_people"] == ["Ada"]
    assert told["taken"][0]["file"] == str(sidecar_for(photo).resolve())
