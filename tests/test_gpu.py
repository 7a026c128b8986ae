"""With --gpu: the same library as without, on the one device that every machine has for TensorFlow, its processor."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.errors import ModelUnusable
from sortbyface.gpu import embed_on_gpu
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.library import FaceSet, Library
from sortbyface.models import Embed, choose_recipe, load_models, weights_file
from sortbyface.networks.device import DeviceFull, FallibleDevice
from sortbyface.networks.keras_engine import KerasEngine
from sortbyface.networks.weights import packaged_dlib_file
from sortbyface.pipeline.crew import Crew
from sortbyface.pipeline.run import LookSummary, Progress, look_at_folder
from sortbyface.recipe import Recipe
from tests.conftest import CHECKOUT, Album, Run
from tests.networks.real_chips import chips_of_album

TOLERANCE = 1e-3


class Here(Executor):
    """One worker, in this process; dies of photos named `crashes`, as a pool does."""

    def __init__(self, _workers: int) -> None:
        self._dead = False

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **_: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        self._dead |= any(Path(path).stem == "crashes" for path in arguments[0])
        if self._dead:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(work(*arguments))
        return future


HERE = Crew(Here, lambda: 1)


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return choose_recipe("dlib")


@pytest.fixture(scope="module")
def embed(recipe: Recipe) -> Embed:
    """What --gpu uses, in TensorFlow."""
    embed = embed_on_gpu(recipe, device="CPU")
    assert embed is not None
    return embed


class Recorder:
    """Embeds, and keeps the sizes of its batches; stopped as by Ctrl-C before one of them."""

    def __init__(self, embed: Embed, stop_before: int | None = None) -> None:
        self._embed, self._stop_before = embed, stop_before
        self.batches: list[int] = []

    def __call__(self, chips: Chips) -> FloatMatrix:
        if len(self.batches) == self._stop_before:
            raise KeyboardInterrupt
        self.batches.append(len(chips))
        return self._embed(chips)


@pytest.fixture
def photos(album: Album, tmp_path: Path) -> Path:
    """The album; with it, a photo that is damaged and one that crashes its decoder."""
    folder = shutil.copytree(album.folder, tmp_path / "photos")
    (folder / "portraits" / "damaged.jpg").write_bytes((folder / "portraits" / "C" / "dark.jpg").read_bytes()[:2000])
    shutil.copy(folder / "scenery" / "flower.jpg", folder / "together" / "crashes.jpg")
    with (folder / "together" / "crashes.jpg").open("ab") as file:
        file.write(b"1")
    return folder


@pytest.fixture
def usual(photos: Path, recipe: Recipe, tmp_path: Path) -> Path:
    """The library of a run without a GPU."""
    look(photos, tmp_path / "usual.sqlite", recipe)
    return tmp_path / "usual.sqlite"


def look(
    photos: Path,
    library: Path,
    recipe: Recipe,
    embed: Embed | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> LookSummary:
    with Library.opened(library, create=True) as opened:
        return look_at_folder(photos, opened, recipe, crew=HERE, embedding=lambda: embed, progress=progress)


def rows(library: Path) -> dict[str, set[str]]:
    """All that a library knows, but for vectors, and for numbers that go by who was first."""
    known = {}
    with closing(sqlite3.connect(library)) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("photos", "contents", "looks", "faces", "recipes", "roots", "settings"):
            join = " LEFT JOIN contents ON content = contents.id" if table in ("photos", "looks", "faces") else ""
            found = [dict(row) for row in connection.execute(f"SELECT * FROM {table}{join}")]
            known[table] = {
                str({k: v for k, v in row.items() if k not in ("id", "content", "vector")}) for row in found
            }
    return known


def faces(library: Path, recipe: Recipe) -> FaceSet:
    with Library.opened(library) as opened:
        return opened.faces.of(recipe)


def assert_same(library: Path, expected: Path, recipe: Recipe) -> None:
    """All rows alike; vectors within the tolerance, in each number and in cosine."""
    assert rows(library) == rows(expected)
    found, wanted = faces(library, recipe), faces(expected, recipe)
    assert found.boxes == wanted.boxes
    assert len(wanted.vectors) == 20
    np.testing.assert_allclose(found.vectors, wanted.vectors, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose((found.vectors * wanted.vectors).sum(axis=1), 1, atol=TOLERANCE)


# --- the same results ---------------------------------------------------------------------------------------------


def test_the_library_is_the_same_and_all_photos_share_a_batch(
    photos: Path, usual: Path, recipe: Recipe, embed: Embed, tmp_path: Path
) -> None:
    recorder = Recorder(embed)

    summary = look(photos, tmp_path / LIBRARY, recipe, recorder)

    assert_same(tmp_path / LIBRARY, usual, recipe)
    assert recorder.batches == [20]
    assert (summary.photos, summary.looked_at, summary.faces) == (22, 22, 20)
    assert [path for path, _ in summary.problems] == ["portraits/damaged.jpg", "together/crashes.jpg"]


def test_with_worker_processes(album: Album, album_library: Path, recipe: Recipe, embed: Embed, tmp_path: Path) -> None:
    with Library.opened(tmp_path / LIBRARY, create=True) as opened:
        look_at_folder(album.folder, opened, recipe, processes=2, embedding=lambda: embed)

    found, wanted = faces(tmp_path / LIBRARY, recipe), faces(album_library, recipe)
    assert found.boxes == wanted.boxes
    np.testing.assert_allclose(found.vectors, wanted.vectors, rtol=0, atol=TOLERANCE)


def test_a_run_that_was_stopped_goes_on_with_or_without_a_gpu(
    photos: Path, usual: Path, recipe: Recipe, embed: Embed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sortbyface.pipeline.large_batches.CHIPS", 6)
    library, done = tmp_path / LIBRARY, []

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            look(photos, library, recipe, Recorder(embed, stop_before=1))
        done.append(len(faces(library, recipe).vectors))
    look(photos, library, recipe)

    assert 6 <= done[0] < done[1] < 20
    assert_same(library, usual, recipe)


def test_memory_that_runs_out_loses_nothing(
    photos: Path, usual: Path, recipe: Recipe, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """First there is room for seven faces, then for none."""
    models = load_models(recipe)
    engine = KerasEngine(models.embedder.network, weights_file(recipe), device="CPU")
    done: list[int] = []

    def cramped(chips: Chips) -> FloatMatrix:
        if len(chips) > (7 if len(done) < 2 else 0):
            raise DeviceFull("the GPU's memory is too short")
        done.append(len(chips))
        return engine.run(chips)

    device = FallibleDevice(cramped, models.engine.run)
    look(photos, tmp_path / LIBRARY, recipe, partial(models.embedder.vectors, run=device.run))

    assert_same(tmp_path / LIBRARY, usual, recipe)
    assert done == [5, 5]
    assert [message.partition("; ")[2] for message in caplog.messages] == [
        "going on with 10",
        "going on with 5",
        "going on with 2",
        "going on with 1",
        "going on with the processor",
    ]


def test_facenet_from_a_file_that_is_elsewhere(shared: Path, album: Album) -> None:
    weights = shared / "weights" / "facenet-20180402-114759.npz"
    recipe = choose_recipe("facenet", weights)
    models = load_models(recipe)
    chips = np.concatenate(list(chips_of_album(album.folder, models.embedder.template).values()))

    embed = embed_on_gpu(recipe, weights, device="CPU")

    assert embed is not None
    np.testing.assert_allclose(embed(chips), models.embed(chips), rtol=0, atol=TOLERANCE)


# --- no GPU that can be used --------------------------------------------------------------------------------------


def test_a_gpu_of_other_numbers_is_not_used(
    recipe: Recipe, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when its driver has a bug: each vector is a little off."""
    run = KerasEngine.run
    monkeypatch.setattr(KerasEngine, "run", lambda self, chips: run(self, chips) + np.float32(0.02))

    assert embed_on_gpu(recipe, device="CPU") is None

    assert "the GPU's vectors differ from the processor's" in caplog.text
    assert "going on with the processor" in caplog.text


def test_weights_that_have_changed_meanwhile(recipe: Recipe, tmp_path: Path) -> None:
    weights = tmp_path / "weights.dat"
    weights.write_bytes(packaged_dlib_file("dlib_face_recognition_resnet_model_v1.dat").read_bytes() + b"1")

    with pytest.raises(ModelUnusable, match=r"run embedder\.py again"):
        embed_on_gpu(recipe, weights, device="CPU")


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def without_gpu() -> dict[str, str]:
    """Variables that hide a GPU from TensorFlow, where there is one."""
    return {"CUDA_VISIBLE_DEVICES": "-1"}


@pytest.mark.skipif(sys.platform == "darwin", reason="a GPU cannot be hidden there")
def test_without_a_gpu_one_line_says_so_and_the_processor_does_it(
    run: Run, album: Album, home: Path, without_gpu: dict[str, str]
) -> None:
    usual = (home / EMBEDDINGS).read_bytes()
    (home / LIBRARY).unlink()

    done = run("embedder.py", "-src", "Album", "--embedder", "dlib", "--gpu", **without_gpu)
    again = run("embedder.py", "-src", "Album", "--embedder", "dlib", "--gpu", **without_gpu)

    assert done.code == again.code == 0
    assert done.err == (
        "no GPU is visible to TensorFlow; going on with the processor (docs/gpu.md says what it takes)\n"
    )
    assert (home / EMBEDDINGS).read_bytes() == usual
    assert again.err == ""


def test_a_gpu_and_a_cluster_are_two_things(run: Run) -> None:
    done = run("embedder.py", "-src", ".", "--gpu", "--cluster", "tcp://127.0.0.1:8786")

    assert done.code == 2
    assert "--gpu" in done.err.splitlines()[-1]


def test_nobody_else_loads_tensorflow() -> None:
    """It takes seconds and 700 MB."""
    code = "import sys, sortbyface, sortbyface.commands.embed, sortbyface.pipeline.looking; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)

    assert not {"tensorflow", "keras"} & set(done.stdout.split())
