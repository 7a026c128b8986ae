"""Our names in sidecars that are other people's, too."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from sortbyface.exchange.sidecars import Layout, NamedFace, Written, read_sidecar, write_sidecar
from sortbyface.faces.face import Box
from tests.exchange.sidecars.samples import ADA, BOB, EVERY_PROGRAM, EXIFTOOL, LAYOUT, WINDOWS, region, sidecar

ADA_LATER = NamedFace("Ada Lovelace", ADA.box, LAYOUT)
EVE = NamedFace("Eve", Box(500, 10, 560, 80), LAYOUT)
BOBBY = NamedFace("Robert", Box(155, 82, 240, 120), LAYOUT)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return tmp_path / "photo.jpg"


@pytest.fixture
def path(photo: Path) -> Path:
    return photo.with_name("photo.jpg.xmp")


def names(path: Path, layout: Layout = LAYOUT) -> list[str]:
    return [face.name for face in read_sidecar(path, layout)]


def everything(content: bytes) -> Counter[tuple[str, ...]]:
    """All that a document says, whatever white space is between: each text, attribute and comment with its place."""
    said: Counter[tuple[str, ...]] = Counter()
    root = etree.fromstring(content)
    for node in [*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()]:
        if not isinstance(node.tag, str):
            said["outside the elements", str(node)] += 1
            continue
        place = tuple(f"{above.prefix}:{above.tag}" for above in (node, *node.iterancestors()))
        said[(*place, (node.text or "").strip())] += 1
        for key, value in node.attrib.items():
            said[(*place, key, value)] += 1
    return said


def test_a_new_sidecar(photo: Path, path: Path) -> None:
    layout = Layout(400, 600, 6)
    face = NamedFace("Ada & <Zoë>", Box(280, 150, 320, 240), layout)
    assert write_sidecar(photo, [face]) == Written(path, True, ())
    assert path.read_text(encoding="utf-8") == (
        """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Sort-By-Face">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" """
        """xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" """
        """xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:sortbyface="urn:sort-by-face:regions#" rdf:about="">
   <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions stDim:w="600" stDim:h="400" stDim:unit="pixel"/>
    <mwg-rs:RegionList>
     <rdf:Bag>
      <rdf:li>
       <rdf:Description mwg-rs:Name="Ada &amp; &lt;Zoë&gt;" mwg-rs:Type="Face">
        <mwg-rs:Area stArea:x="0.325" stArea:y="0.25" stArea:w="0.15" stArea:h="0.1" stArea:unit="normalized"/>
        <mwg-rs:Extensions sortbyface:Name="Ada &amp; &lt;Zoë&gt;" sortbyface:Area="0.325 0.25 0.15 0.1"/>
       </rdf:Description>
      </rdf:li>
     </rdf:Bag>
    </mwg-rs:RegionList>
   </mwg-rs:Regions>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
    )
    assert read_sidecar(path, layout) == [NamedFace(face.name, pytest.approx(face.box), layout)]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_is_written_is_read_again(orientation: int, photo: Path, path: Path) -> None:
    layout = Layout(3000, 4000, orientation)
    faces = [NamedFace("Ada", Box(12, 34, 567, 890), layout), NamedFace("Eve", Box(2000, 100, 2400, 600), layout)]
    write_sidecar(photo, faces)
    assert read_sidecar(path, layout) == [NamedFace(f.name, pytest.approx(f.box, abs=0.01), layout) for f in faces]
    assert not write_sidecar(photo, faces).changed


@pytest.mark.parametrize("program", EVERY_PROGRAM)
def test_all_that_others_wrote_stays(program: str, photo: Path, path: Path) -> None:
    before = EVERY_PROGRAM[program].encode()
    path.write_bytes(before)
    written = write_sidecar(photo, [BOB, ADA])
    assert written == Written(path, True, ())
    assert everything(before) <= everything(path.read_bytes())
    assert sorted(names(path)) == ["Ada", "Bob"]


@pytest.mark.parametrize("program", ["exiftool", "digikam", "lightroom"])
def test_and_when_ours_are_taken_back_only_theirs_is_there(program: str, photo: Path, path: Path) -> None:
    before = EVERY_PROGRAM[program].encode()
    path.write_bytes(before)
    write_sidecar(photo, [BOB, ADA])
    write_sidecar(photo, [])
    assert everything(path.read_bytes()) == everything(before)


@pytest.mark.parametrize("program", ["exiftool", "digikam", "lightroom"])
def test_what_says_it_all_is_not_touched(program: str, photo: Path, path: Path) -> None:
    path.write_bytes(EVERY_PROGRAM[program].encode())
    before = path.stat()
    assert write_sidecar(photo, [BOB]) == Written(path, False, ())
    assert path.read_bytes() == EVERY_PROGRAM[program].encode()
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("program", EVERY_PROGRAM)
def test_another_name_of_theirs_holds(program: str, photo: Path, path: Path) -> None:
    path.write_bytes(EVERY_PROGRAM[program].encode())
    [conflict] = write_sidecar(photo, [BOBBY]).conflicts
    assert (conflict.face.name, conflict.theirs) == ("Robert", "Bob")
    assert names(path) == ["Bob"]
    assert path.read_bytes() == EVERY_PROGRAM[program].encode()


def test_names_of_ours_follow_the_person(photo: Path, path: Path) -> None:
    write_sidecar(photo, [ADA, BOB])
    assert write_sidecar(photo, [ADA_LATER, BOB]) == Written(path, True, ())
    assert names(path) == ["Ada Lovelace", "Bob"]


def test_a_name_of_ours_that_somebody_corrected_is_theirs(photo: Path, path: Path) -> None:
    write_sidecar(photo, [ADA])
    path.write_text(
        path.read_text(encoding="utf-8").replace('mwg-rs:Name="Ada"', 'mwg-rs:Name="Eve"'), encoding="utf-8"
    )
    [conflict] = write_sidecar(photo, [ADA_LATER]).conflicts
    assert conflict.theirs == "Eve"
    write_sidecar(photo, [])
    assert names(path) == ["Eve"]


def test_a_region_of_ours_that_somebody_drew_anew_or_added_to_is_not_taken_back(photo: Path, path: Path) -> None:
    for old, new in [
        ('stArea:w="0.2"', 'stArea:w="0.21"'),
        ("<mwg-rs:Extensions", "<mwg-rs:Description>smiles</mwg-rs:Description><mwg-rs:Extensions"),
    ]:
        path.unlink(missing_ok=True)
        write_sidecar(photo, [ADA])
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert not write_sidecar(photo, []).changed
        assert names(path) == ["Ada"]


@pytest.mark.parametrize(
    "nameless",
    [
        sidecar(region(0.325, 0.25, 0.15, 0.1, name="")),
        EXIFTOOL.replace(">Bob<", "><"),
        EXIFTOOL.replace("<mwg-rs:Name>Bob</mwg-rs:Name>", ""),
    ],
    ids=["attribute", "element", "neither"],
)
def test_a_region_without_a_name_gets_ours_and_stays(nameless: str, photo: Path, path: Path) -> None:
    path.write_text(nameless, encoding="utf-8")
    write_sidecar(photo, [BOB])
    assert names(path) == ["Bob"]
    as_element = "<mwg-rs:Name>Bob</mwg-rs:Name>" in path.read_text(encoding="utf-8")
    assert as_element == ("ExifTool" in nameless)  # RDF allows no attributes beside parseType="Resource"
    write_sidecar(photo, [BOBBY])
    assert names(path) == ["Robert"]
    assert not write_sidecar(photo, []).changed


@pytest.mark.parametrize("kept", [[ADA], [BOB], [ADA, EVE], [BOB, EVE]])
def test_what_was_added_and_taken_back_leaves_no_trace(kept: list[NamedFace], photo: Path, path: Path) -> None:
    write_sidecar(photo, kept)
    before = path.read_bytes()
    write_sidecar(photo, [ADA, BOB, EVE])
    write_sidecar(photo, kept)
    assert path.read_bytes() == before


def test_windows_names_are_copied_for_those_who_do_not_read_them(photo: Path, path: Path) -> None:
    path.write_text(WINDOWS, encoding="utf-8")
    write_sidecar(photo, [BOB])
    assert path.read_text(encoding="utf-8").count('rdf:about="uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b"') == 2
    assert names(path) == ["Bob"]
    assert not write_sidecar(photo, [BOB]).changed


def test_a_list_that_counts_from_the_upright_picture_goes_on_so(photo: Path, path: Path) -> None:
    layout = Layout(400, 600, 6)
    path.write_text(sidecar(region(0.75, 0.325, 0.1, 0.15), 'stDim:w="400" stDim:h="600"'), encoding="utf-8")
    eve = NamedFace("Eve", Box(40, 30, 140, 150), layout)
    write_sidecar(photo, [eve])
    assert 'stArea:x="0.225" stArea:y="0.15" stArea:w="0.25" stArea:h="0.2"' in path.read_text(encoding="utf-8")
    assert names(path, layout) == ["Bob", "Eve"]


def test_after_the_photo_was_cut_ours_are_drawn_anew(photo: Path, path: Path) -> None:
    write_sidecar(photo, [ADA])
    cut = NamedFace("Ada", Box(0, 0, 120, 120), Layout(300, 200))
    square = NamedFace("Ada", Box(0, 0, 120, 120), Layout(200, 200))
    for face in (cut, square):
        write_sidecar(photo, [face])
        assert read_sidecar(path, face.layout) == [NamedFace("Ada", pytest.approx(face.box, abs=0.01), face.layout)]


def test_a_list_of_another_shape_is_added_to_once(photo: Path, path: Path) -> None:
    path.write_text(sidecar(region(0.325, 0.25, 0.15, 0.1)), encoding="utf-8")
    square = [NamedFace("Ada", Box(0, 0, 120, 120), Layout(200, 200))]
    assert write_sidecar(photo, square).changed
    assert not write_sidecar(photo, square).changed


def test_faces_at_the_edge_are_added_once(photo: Path, path: Path) -> None:
    faces = [NamedFace("Ada", Box(-90, 100, 50, 200), LAYOUT), NamedFace("Out", Box(-90, 0, -1, 9), LAYOUT)]
    assert write_sidecar(photo, faces).changed
    assert not write_sidecar(photo, faces).changed
    assert names(path) == ["Ada"]


def test_another_name_at_the_edge_holds(photo: Path, path: Path) -> None:
    path.write_text(sidecar(region(25 / 600, 0.375, 50 / 600, 0.25, "Eve")), encoding="utf-8")
    [conflict] = write_sidecar(photo, [NamedFace("Ada", Box(-90, 100, 50, 200), LAYOUT)]).conflicts
    assert conflict.theirs == "Eve"


@pytest.mark.parametrize(
    ("name", "written"),
    [("Ada\0\x1b[31m", "Ada[31m"), (" Ada\n King ", "Ada King"), ("\ud800Ada", "Ada"), ("😀", "😀")],
)
def test_odd_names(name: str, written: str, photo: Path, path: Path) -> None:
    faces = [NamedFace(name, ADA.box, LAYOUT)]
    write_sidecar(photo, faces)
    assert names(path) == [written]
    assert not write_sidecar(photo, faces).changed


@pytest.mark.parametrize("name", ["", " \t", "\0"])
def test_faces_without_a_name_need_no_sidecar(name: str, photo: Path, path: Path) -> None:
    assert write_sidecar(photo, [NamedFace(name, ADA.box, LAYOUT)]) == Written(path, False, ())
    assert not path.exists()


def test_the_declaration_stays_and_the_encoding_is_utf_8(photo: Path, path: Path) -> None:
    path.write_bytes(
        ('<?xml version="1.0" encoding="UTF-16"?>\n' + sidecar(region(0.1, 0.1, 0.1, 0.1, "Zoë"))).encode("utf-16")
    )
    write_sidecar(photo, [ADA])
    assert path.read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<x:xmpmeta')
    assert names(path) == ["Zoë", "Ada"]
