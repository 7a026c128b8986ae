"""Weights are added as whole copies, under names of their own."""

import errno
import json
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.jobs.models import add_model, list_models
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.inventory import State
from sortbyface.networks.weights import weights_in_models
from tests.networks.catalogues import CONTENT, OTHER, download, entry, installed, publish, states

pytestmark = pytest.mark.usefixtures("_networks_by_their_first_bytes")


# --- adding ----------------------------------------------------------------------------------------------------------


def test_a_published_file_is_known_whatever_its_name(catalogue: Path, tmp_path: Path) -> None:
    given = download(tmp_path, "download (3).bin", CONTENT)

    added = add_model(given)

    assert (added.new, added.published, added.weights.name) == (True, True, "face")
    assert installed(catalogue) == {"weights.h5": CONTENT}
    assert states() == {"weights.h5": State.VERIFIED}
    assert weights_in_models("facenet") == catalogue / "weights.h5"
    assert given.read_bytes() == CONTENT, "it was copied, not moved"


def test_a_file_of_ones_own_is_tried_and_written_down(catalogue: Path, tmp_path: Path) -> None:
    added = add_model(download(tmp_path, "mine.npz", OTHER))

    assert (added.new, added.published, added.weights.network) == (True, False, "facenet")
    assert installed(catalogue).keys() == {"mine.npz", "added.toml"}
    assert states() == {"weights.h5": State.ABSENT, "mine.npz": State.ADDED}
    assert weights_in_models("facenet") == catalogue / "mine.npz"


def test_published_files_come_before_ones_own(catalogue: Path, tmp_path: Path) -> None:
    add_model(download(tmp_path, "mine.npz", OTHER))
    add_model(download(tmp_path, "weights.h5", CONTENT))

    assert weights_in_models("facenet") == catalogue / "weights.h5"


@pytest.mark.parametrize("content", [CONTENT, OTHER], ids=["published", "own"])
def test_the_same_file_twice_is_one(catalogue: Path, tmp_path: Path, content: bytes) -> None:
    first = add_model(download(tmp_path, "a.h5", content))
    before = installed(catalogue)

    again = add_model(download(tmp_path, "b.h5", content))

    assert (again.new, again.path, again.published) == (False, first.path, first.published)
    assert installed(catalogue) == before


def test_several_of_ones_own_are_all_kept(catalogue: Path, tmp_path: Path) -> None:
    """Also under one name, under that of a published file, and under those of the lists."""
    contents = [OTHER + bytes([number]) for number in range(5)]
    names = ["mine.weights.h5", "mine.weights.h5", "weights.h5", "added.toml", "models.toml"]
    paths = [add_model(download(tmp_path, *named)).path for named in zip(names, contents, strict=True)]

    assert [path.read_bytes() for path in paths] == contents
    assert paths[0].name == "mine.weights.h5"
    assert paths[1].name.startswith("mine-")
    assert paths[1].name.endswith(".weights.h5")
    assert list(states().values()) == [State.ABSENT] + [State.ADDED] * 5


@pytest.mark.parametrize(
    "name", ["Gesichter 人 😀.h5", 'quote " and \\ slash.h5', "line\nbreak\x7f.h5", "\udcff\udcfe.h5"]
)
def test_any_name_can_be_written_down(catalogue: Path, tmp_path: Path, name: str) -> None:
    added = add_model(download(tmp_path, name, OTHER))

    assert added.path.read_bytes() == OTHER
    assert weights_in_models("facenet") == added.path
    json.dumps([str(holding.path) for holding in list_models()])


def test_a_file_that_was_put_there_by_hand_is_taken_as_it_is(catalogue: Path) -> None:
    (catalogue / "mine.npz").write_bytes(OTHER)
    assert states()["mine.npz"] == State.UNCHECKED
    assert weights_in_models("facenet") is None

    add_model(catalogue / "mine.npz")

    assert states()["mine.npz"] == State.ADDED
    assert installed(catalogue).keys() == {"mine.npz", "added.toml"}
    assert weights_in_models("facenet") == catalogue / "mine.npz"


def test_a_catalogued_file_without_a_checksum_counts_once_it_was_added(models: Path, tmp_path: Path) -> None:
    publish(models, entry(sha256=None, size=None))
    assert states() == {"weights.h5": State.ABSENT}

    add_model(download(tmp_path, "weights.h5", OTHER))

    assert [(holding.weights.name, holding.state) for holding in list_models()] == [("face", State.ADDED)]
    assert weights_in_models("facenet") == models / "weights.h5"


def checkpoint(tmp_path: Path) -> Path:
    """A folder as TensorFlow leaves it, and with what else people keep there."""
    folder = tmp_path / "20180402-114759"
    folder.mkdir()
    (folder / "model.ckpt-275.data-00000-of-00001").write_bytes(OTHER)
    (folder / "model.ckpt-275.index").write_bytes(b"index")
    (folder / "holiday.jpg").write_bytes(b"a photo")
    return folder


@pytest.mark.parametrize("given", ["", "model.ckpt-275", "model.ckpt-275.index"], ids=["folder", "prefix", "index"])
def test_a_checkpoint_is_copied_as_a_folder(catalogue: Path, tmp_path: Path, given: str) -> None:
    folder = checkpoint(tmp_path)

    added = add_model(folder / given)

    name = added.path.name
    assert name == ("model.ckpt-275" if given else folder.name)
    assert installed(catalogue).keys() - {"added.toml"} == {
        f"{name}/model.ckpt-275.data-00000-of-00001",
        f"{name}/model.ckpt-275.index",
    }
    assert states()[name] == State.ADDED
    assert not add_model(folder / given).new


# --- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "a web page", "an empty file"])
def test_what_is_no_weights_is_refused_by_name(catalogue: Path, tmp_path: Path, what: str) -> None:
    given = tmp_path / "facenet.h5"
    if what == "an empty folder":
        given.mkdir()
    elif what != "nothing":
        given.write_bytes(b"<html>" if what == "a web page" else b"")

    with pytest.raises(ModelUnusable) as refusal:
        add_model(given)

    assert str(given) in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert installed(catalogue) == {}


def test_what_has_the_name_of_a_published_file_stays(catalogue: Path, tmp_path: Path) -> None:
    (catalogue / "weights.h5").write_bytes(b"half of it")

    with pytest.raises(ModelUnusable, match="in the way"):
        add_model(download(tmp_path, "good.h5", CONTENT))

    assert installed(catalogue) == {"weights.h5": b"half of it"}


def test_a_file_that_changes_while_it_is_copied_is_not_added(
    catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = download(tmp_path, "good.h5", CONTENT)
    copyfile = shutil.copyfile

    def change_and_copy(source: Path, target: Path) -> None:
        given.write_bytes(CONTENT[:-1])
        copyfile(source, target)

    monkeypatch.setattr(shutil, "copyfile", change_and_copy)
    with pytest.raises(ModelUnusable, match="changed while"):
        add_model(given)

    assert installed(catalogue) == {}


@pytest.mark.parametrize("moment", ["before", "meanwhile"])
def test_no_room(catalogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    free = namedtuple("usage", "free")(100_000)
    with monkeypatch.context() as patch:
        if moment == "before":
            patch.setattr(shutil, "disk_usage", lambda _: free)
        else:
            patch.setattr(os, "fsync", full)
        with pytest.raises(ModelUnusable, match=r"nothing was added.*make room"):
            add_model(download(tmp_path, "good.h5", CONTENT))

    assert installed(catalogue) == {}


def test_a_copy_that_was_killed_is_no_obstacle(catalogue: Path, tmp_path: Path) -> None:
    """Neither a copy that is half done, nor one that was not written down any more."""
    folder = checkpoint(tmp_path)
    for given in (download(tmp_path, "good.h5", CONTENT), folder):
        half = catalogue / f".{sha256_of(given)[:16]}.part"
        half.mkdir() if given.is_dir() else half.write_bytes(b"half")
    (catalogue / "mine.npz").write_bytes(OTHER)

    for given in (tmp_path / "Downloads" / "good.h5", folder, download(tmp_path, "mine.npz", OTHER)):
        add_model(given)

    assert {name.partition("/")[0] for name in installed(catalogue)} == {
        "weights.h5",
        "mine.npz",
        folder.name,
        "added.toml",
    }


def test_another_file_takes_the_place_of_one_that_was_removed(catalogue: Path, tmp_path: Path) -> None:
    add_model(download(tmp_path, "mine.npz", OTHER)).path.unlink()

    path = add_model(download(tmp_path, "mine.npz", OTHER + b"better")).path

    assert path.name == "mine.npz"
    assert weights_in_models("facenet") == path
    assert states()["mine.npz"] == State.ADDED
