"""What lies beside a photo and belongs to it goes with it, and keeps belonging to it under another name."""

import os
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.naming import numbered
from sortbyface.sorting.companions import companions_in, companions_of, leads_in, name_beside


def together(photo: str, *others: str) -> list[str]:
    """Of these files beside a photo, those that go with it."""
    return companions_in([photo, *others], [photo])[photo]


LONG = "Backyard_ceremony_wedding_photography_xxxxxxx_m"  # 47 characters: one more than Google keeps
EMOJI = "😀😃😄😁😆😅😂🤣🥲☺️😊😇🙂🙃😉😌😍🥰😘😗😙😚😋"  # 46 UTF-16 units


@pytest.mark.parametrize(
    ("photo", "companion"),
    [
        # RAW and picture
        ("IMG_1.JPG", "IMG_1.CR2"),
        ("IMG_1.CR2", "IMG_1.jpg"),
        ("DSC01.heic", "DSC01.ARW"),
        ("img_1.jpeg", "IMG_1.dng"),
        # sidecars of developers
        ("IMG_1.jpg", "IMG_1.jpg.xmp"),
        ("IMG_1.jpg", "IMG_1.JPG.XMP"),
        ("IMG_1.CR2", "IMG_1.xmp"),
        ("IMG_1.CR2", "IMG_1_01.CR2.xmp"),
        ("IMG_1.CR2", "IMG_1.CR2.pp3"),
        ("IMG_1.NEF", "IMG_1.NEF.dop"),
        ("Zoë.jpg", "Zoe\u0308.jpg.xmp"),
        # Apple
        ("IMG_0001.HEIC", "IMG_0001.AAE"),
        ("IMG_0001.HEIC", "IMG_O0001.AAE"),
        ("IMG_E0001.HEIC", "IMG_O0001.AAE"),
        ("IMG_E0001.HEIC", "IMG_0001.aae"),
        ("IMG_E0001 (1).JPG", "IMG_0001 (1).AAE"),
        ("holiday.jpg", "holiday.aae"),
        ("IMG_0001.HEIC", "IMG_0001.MOV"),
        ("IMG_0001.JPG", "IMG_0001.mov"),
        ("IMG_0001.HEIC", "IMG_0001_HEVC.MOV"),
        ("IMG_0001.DNG", "IMG_0001.MOV"),
        # Google and Samsung
        ("PXL_20210102_221126856.MP.jpg", "PXL_20210102_221126856.MP"),
        ("PXL_20210102_221126856.MP~2.jpg", "PXL_20210102_221126856.MP~2"),
        ("PXL_20210102_221126856.jpg", "PXL_20210102_221126856.MP"),
        ("MVIMG_20180910.jpg", "MVIMG_20180910.MP4"),
        # cameras
        ("DSCN0001.JPG", "DSCN0001.WAV"),
        ("MVI_1.CR2", "MVI_1.THM"),
        # Google Takeout
        ("IMG_1.jpg", "IMG_1.jpg.json"),
        ("IMG_1.jpg", "IMG_1.jpg.supplemental-metadata.json"),
        ("IMG_1.jpg", "IMG_1.jpg.supplemental-meta.json"),
        ("IMG_1.jpg", "IMG_1.jpg.suppl.json"),
        ("IMG_1.jpg", "IMG_1.jpg.s.json"),
        ("IMG_1.jpg", "IMG_1.jpg..json"),
        ("IMG_1(1).jpg", "IMG_1.jpg(1).json"),
        ("IMG_1(1).jpg", "IMG_1(1).jpg.json"),
        ("IMG_1(1).jpg", "IMG_1.jpg.supplemental-metadata(1).json"),
        ("IMG_1(12).jpg", "IMG_1.jpg.suppl(12).json"),
        ("skytree (2).jpg", "skytree (2).jpg.supplemental-metadata.json"),
        ("Peanut Butter Balls.jpg", "Peanut Butter Balls.supplemental-metadata.json"),
        ("PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGINA.jpg", "PXL_20230809_203449253.LONG_EXPOSURE-02.ORIGIN.json"),
        ("05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jpg", "05yqt21kruxwwlhhgrwrdyb6chhwszi9bqmzu16w0 2.jp.json"),
        ("13039_327707840323_537645323_9470255_27214_n(1).jpg", "13039_327707840323_537645323_9470255_27214_n.j(1).json"),  # noqa: E501
        (f"{LONG}.jpg", f"{LONG[:46]}.json"),
        (f"{LONG}(494).jpg", f"{LONG[:46]}(494).json"),
        (f"{EMOJI}😛.jpg", f"{EMOJI}.json"),
    ],
)  # fmt: skip
def test_a_file_that_goes_with_a_photo(photo: str, companion: str) -> None:
    assert together(photo, companion) == [companion]

    new_photo = next(islice(numbered(photo), 1, None))
    new_companion = name_beside(companion, photo, new_photo)
    assert new_companion != companion
    assert together(new_photo, new_companion) == [new_companion]
    assert name_beside(companion, photo, photo) == companion


@pytest.mark.parametrize(
    ("photo", "other"),
    [
        ("IMG_1.jpg", "IMG_10.jpg.xmp"),
        ("IMG_1.jpg", "IMG_1.png"),
        ("IMG_1.jpg", "IMG_1.txt"),
        ("IMG_1.CR2", "IMG_1.NEF"),
        ("IMG_1.jpg", "IMG_1_01.CR2.xmp"),
        ("IMG_1.png", "IMG_1.MOV"),
        ("IMG_0001.HEIC", "IMG_0010.AAE"),
        ("IMG_0001.HEIC", "IMG_0001_HEVC.HEIC"),
        ("IMG_1(1).jpg", "IMG_1.jpg.json"),
        ("IMG_1.jpg", "IMG_1.jpg(1).json"),
        ("IMG_1(1).jpg", "IMG_1.jpg(2).json"),
        ("IMG_1.jpg", "IMG_1.jpg.sample.json"),
        ("IMG_1.jpg", "metadata.json"),
        (f"{LONG}(185).jpg", f"{LONG[:46]}(494).json"),
        ("IMG_1.jpg", "._IMG_1.jpg"),
        ("IMG_1.jpg", "IMG_1.jpg.json.part"),
    ],
)
def test_a_file_that_does_not(photo: str, other: str) -> None:
    assert together(photo, other) == []


@pytest.mark.parametrize(
    ("companion", "photo", "new_photo", "new_companion"),
    [
        ("IMG_1.jpg.xmp", "IMG_1.jpg", "IMG_1 (2).jpg", "IMG_1 (2).jpg.xmp"),
        ("IMG_1.xmp", "IMG_1.jpg", "IMG_1 (2).jpg", "IMG_1 (2).xmp"),
        ("IMG_1.MOV", "IMG_1.HEIC", "IMG_1 (2).HEIC", "IMG_1 (2).MOV"),
        ("IMG_1_HEVC.MOV", "IMG_1.HEIC", "IMG_1 (2).HEIC", "IMG_1 (2)_HEVC.MOV"),
        ("IMG_1_01.CR2.xmp", "IMG_1.CR2", "IMG_1 (2).CR2", "IMG_1 (2)_01.CR2.xmp"),
        ("IMG_O0001.AAE", "IMG_E0001.HEIC", "IMG_E0001 (2).HEIC", "IMG_O0001 (2).AAE"),
        ("IMG_0001.AAE", "IMG_E0001.HEIC", "IMG_E0001 (2).HEIC", "IMG_0001 (2).AAE"),
        ("IMG_1.CR2.xmp", "IMG_1.JPG", "IMG_1 (2).JPG", "IMG_1 (2).CR2.xmp"),
        ("PXL_1.MP", "PXL_1.MP.jpg", "PXL_1.MP (2).jpg", "PXL_1.MP (2)"),
        ("IMG_1.jpg.suppl.json", "IMG_1.jpg", "IMG_1 (2).jpg", "IMG_1 (2).jpg.suppl.json"),
        ("IMG_1.jpg(1).json", "IMG_1(1).jpg", "IMG_1(1) (2).jpg", "IMG_1(1) (2).jpg.json"),
        ("IMG_1.MOV(1).json", "IMG_1(1).HEIC", "IMG_1(1) (2).HEIC", "IMG_1(1) (2).MOV.json"),
        (f"{LONG[:46]}.json", f"{LONG}.jpg", f"{LONG} (2).jpg", f"{LONG} (2).jpg.json"),
    ],
)
def test_the_name_beside_a_photo_with_a_number(companion: str, photo: str, new_photo: str, new_companion: str) -> None:
    assert name_beside(companion, photo, new_photo) == new_companion


def test_a_stranger_has_no_name_beside_a_photo() -> None:
    with pytest.raises(ValueError, match=r"cat\.xmp does not belong to dog\.jpg"):
        name_beside("cat.xmp", "dog.jpg", "dog (2).jpg")


def test_what_belongs_to_a_companion_goes_too() -> None:
    others = ["IMG_1.CR2", "IMG_1.CR2.xmp", "IMG_1.HEIC.json", "IMG_1.MOV", "IMG_1.MOV.supplemental-metadata.json"]
    assert together("IMG_1.HEIC", *others, "IMG_2.CR2.xmp", "IMG_2.MOV.json") == others


def test_a_file_that_fits_two_photos_goes_with_each() -> None:
    photos = ["IMG_1.HEIC", "IMG_1.JPG"]
    assert companions_in([*photos, "IMG_1.MOV", "IMG_1.JPG.xmp"], photos) == {
        "IMG_1.HEIC": ["IMG_1.MOV"],
        "IMG_1.JPG": ["IMG_1.JPG.xmp", "IMG_1.MOV"],
    }


def test_a_photo_called_like_another_version_keeps_its_sidecar() -> None:
    photos = ["IMG.CR2", "IMG_01.CR2"]
    assert companions_in([*photos, "IMG_01.CR2.xmp"], photos) == {"IMG.CR2": [], "IMG_01.CR2": ["IMG_01.CR2.xmp"]}


@pytest.mark.parametrize(
    ("photos", "leads"),
    [
        (["IMG_1.JPG", "IMG_1.CR2"], {"IMG_1.CR2": "IMG_1.JPG"}),
        (["IMG_1.cr2", "img_1.heic", "IMG_2.CR2", "IMG_3.JPG"], {"IMG_1.cr2": "img_1.heic"}),
        (["IMG_1.JPG", "IMG_1.DNG", "IMG_1.CR2"], {"IMG_1.CR2": "IMG_1.JPG", "IMG_1.DNG": "IMG_1.JPG"}),
        (["IMG_1.JPG", "IMG_1.HEIC", "IMG_1.DNG"], {"IMG_1.DNG": "IMG_1.HEIC"}),
        (["IMG_1.DNG", "IMG_1.CR2"], {}),
    ],
)
def test_the_picture_leads_and_its_raw_file_follows(photos: list[str], leads: dict[str, str]) -> None:
    assert leads_in(photos) == leads
    companions = companions_in(photos, photos)
    for raw, picture in leads.items():
        assert raw in companions[picture]


stems = st.sampled_from(
    ["IMG_0001", "IMG_E0001", "IMG_O0001", "img_0001", "IMG_0001(1)", "IMG_1", LONG, f"{LONG}(2)", "PXL_1.MP", "é"]
)
endings = st.sampled_from(
    ["", ".jpg", ".HEIC", ".CR2", ".png", ".xmp", ".XMP", ".AAE", ".MOV", ".mp4", "_HEVC.MOV", "_01.CR2.xmp", ".THM",
     ".MP", ".json", "(1).json", ".supplemental-metadata.json", ".supp(1).json"]
)  # fmt: skip
names = st.lists(st.builds("{}{}{}".format, stems, endings, endings).filter(bool) | st.text(max_size=9), max_size=25)


@given(names)
def test_a_photo_under_another_name_has_the_same_company(names: list[str]) -> None:
    photos = [name for name in names if name.lower().endswith((".jpg", ".heic", ".cr2", ".png"))]
    companions = companions_in(set(names), set(photos))
    assert set(companions) == set(photos)
    for photo, beside in companions.items():
        assert photo not in beside
        assert beside == sorted(set(beside))
        new_photo = next(islice(numbered(photo), 1, None))
        new_names = {name_beside(companion, photo, new_photo) for companion in beside}
        assert set(companions_in({new_photo, *new_names}, {new_photo})[new_photo]) == new_names


def test_a_folder_is_listed_once_for_all_its_photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "a/IMG_1.jpg",
        "a/IMG_1.jpg.xmp",
        "a/IMG_2.jpg",
        "b/IMG_1.jpg",
        "b/IMG_1.MOV",
        "a/IMG_2.xmp/x",
        "c/IMG.jpg",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    listed: list[Path] = []
    scandir = os.scandir

    def count(folder: Path) -> object:
        listed.append(folder)
        if folder.name == "c":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", count)
    unlisted: list[OSError] = []
    photos = [tmp_path / name for name in ("a/IMG_1.jpg", "b/IMG_1.jpg", "a/IMG_2.jpg", "c/IMG.jpg")]

    companions = companions_of(photos, unlisted.append)

    assert companions == {
        tmp_path / "a/IMG_1.jpg": [tmp_path / "a/IMG_1.jpg.xmp"],
        tmp_path / "a/IMG_2.jpg": [],  # IMG_2.xmp is a folder
        tmp_path / "b/IMG_1.jpg": [tmp_path / "b/IMG_1.MOV"],
        tmp_path / "c/IMG.jpg": [],
    }
    assert sorted(listed) == [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
    assert [error.filename for error in unlisted] == [str(tmp_path / "c")]
