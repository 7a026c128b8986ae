"""TensorFlow as an engine, on the one device that is everywhere: the processor."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sortbyface.networks.device import DeviceFailed, DeviceFull
from sortbyface.networks.keras_engine import KerasEngine
from sortbyface.networks.network import Network

SIZE = 8


def network(*layers: Callable[[], Any]) -> Network:
    """Layers on the pixels of a chip, all of them in a row."""

    def build(_: Path) -> Any:
        import keras

        chips = keras.Input((SIZE, SIZE, 3))
        outputs = keras.layers.Flatten()(chips)
        for layer in layers:
            outputs = layer()(outputs)
        return keras.Model(chips, outputs)

    return Network("small", 1, (4, SIZE, SIZE, 3), build)


def engine(*layers: Callable[[], Any]) -> KerasEngine:
    return KerasEngine(network(*layers), Path("weights"), device="CPU")


def dense() -> Any:
    import keras

    return keras.layers.Dense(4, kernel_initializer=keras.initializers.GlorotUniform(seed=1))


def watched_by(watcher: Callable[[Any], None]) -> Callable[[], Any]:
    """A layer that changes nothing, and shows each batch to somebody."""

    def layer() -> Any:
        import keras
        import tensorflow

        def show(batch: Any) -> Any:
            tensorflow.py_function(watcher, [batch], [])
            return batch

        return keras.layers.Lambda(show)

    return layer


def run_out_of_memory(_: Any) -> None:
    """TensorFlow makes of it what it makes of its own allocator's refusal, which takes ten seconds."""
    raise MemoryError


def out_of_range() -> Any:
    """Looks up row 1000 of a table of ten: an error that TensorFlow finds when it runs."""
    import keras

    return keras.layers.Lambda(
        lambda x: keras.ops.take(keras.ops.ones((10, 4)), keras.ops.cast(x[:, 0], "int32") + 1000, axis=0)
    )


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 16])
def test_as_keras_itself_for_any_count(count: int) -> None:
    chips = np.random.default_rng(count).integers(0, 256, (count, SIZE, SIZE, 3), dtype=np.uint8)
    model = network(dense).build(Path())

    found = engine(dense).run(chips)

    assert (found.shape, found.dtype) == ((count, 4), np.float32)
    np.testing.assert_allclose(found, model(chips.astype(np.float32)).numpy(), rtol=1e-5, atol=1e-4)


def test_counts_are_filled_up_so_that_few_differ() -> None:
    """A GPU takes a second or so to choose its algorithms for each."""
    seen: set[int] = set()
    watched = engine(watched_by(lambda batch: seen.add(len(batch))))

    for count in range(1, 34):
        watched.run(np.zeros((count, SIZE, SIZE, 3), dtype=np.uint8))

    assert seen == {1, 2, 4, 8, 16, 32, 64}


def test_memory_that_runs_out_is_told_from_other_failures() -> None:
    chips = np.zeros((2, SIZE, SIZE, 3), dtype=np.uint8)

    with pytest.raises(DeviceFull, match="too short"):
        engine(watched_by(run_out_of_memory)).run(chips)
    with pytest.raises(DeviceFailed, match=r"the GPU failed \(InvalidArgumentError: .*1000.*\)$") as failure:
        engine(out_of_range).run(chips)

    assert not isinstance(failure.value, DeviceFull)
    assert "\n" not in str(failure.value)


def test_a_device_that_is_not_there() -> None:
    with pytest.raises(DeviceFailed, match="no TPU is visible to TensorFlow"):
        KerasEngine(network(dense), Path("weights"), device="TPU")


def test_a_tensorflow_that_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorflow", None)

    with pytest.raises(DeviceFailed, match=r"TensorFlow cannot be loaded \("):
        KerasEngine(network(dense), Path("weights"))
