"""Keras itself runs a network, on a GPU: slow to start, and then hundreds of faces at a time.

TensorFlow is imported here, when an engine is made, and nowhere else outside of the process that exports.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.networks.device import DeviceFailed, DeviceFull
from sortbyface.networks.network import Network


class KerasEngine:
    """Runs a network of one output as it is defined, in TensorFlow, with all of float32's digits."""

    def __init__(self, network: Network, weights: Path, device: str = "GPU") -> None:
        """device: a kind that TensorFlow knows, of which the first is taken.

        Raises DeviceFailed when there is none, or it cannot hold the network; ModelUnusable as `network.build` does.
        """
        self._tensorflow = tensorflow = _load_tensorflow()
        self._device = f"/{device}:0"
        _settle(tensorflow, device)
        with self._in_use():
            model = network.build(weights)

        def forward(chips: Any) -> Any:
            return model(tensorflow.cast(chips, tensorflow.float32), training=False)

        of_any_count = tensorflow.TensorSpec((None, *network.example[1:]), tensorflow.uint8)
        self._forward = tensorflow.function(forward, input_signature=[of_any_count])

    def run(self, chips: Chips) -> FloatMatrix:
        """(n, size, size, 3) uint8 -> (n, d) float32, all at once.

        Raises DeviceFull when that takes more memory than there is, and DeviceFailed for all else that goes wrong.
        """
        with self._in_use():
            outputs = self._forward(_filled_up(chips)).numpy()
        return np.asarray(outputs[: len(chips)], dtype=np.float32)

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        errors = self._tensorflow.errors
        try:
            with self._tensorflow.device(self._device):
                yield
        except errors.ResourceExhaustedError as error:
            raise DeviceFull("the GPU's memory is too short") from error
        except errors.OpError as error:
            raise DeviceFailed(f"the GPU failed ({_in_short(error)})") from error


def _load_tensorflow() -> Any:
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        import tensorflow
    except Exception as error:  # a plug-in for another version raises what it likes
        raise DeviceFailed(f"TensorFlow cannot be loaded ({_in_short(error)})") from error
    return tensorflow


def _settle(tensorflow: Any, device: str) -> None:
    """Make the device give the processor's numbers, and leave memory to others. Raises DeviceFailed if none is here."""
    config = tensorflow.config
    if not config.list_physical_devices(device):
        raise DeviceFailed(f"no {device} is visible to TensorFlow")
    config.experimental.enable_tensor_float_32_execution(False)
    for one in config.list_physical_devices("GPU"):
        with suppress(RuntimeError):  # whoever has used it before has settled that
            config.experimental.set_memory_growth(one, True)


def _filled_up(chips: Chips) -> Chips:
    """With black chips, to a power of two: a GPU chooses its algorithms anew for each count that it has not met."""
    missing = (1 << (len(chips) - 1).bit_length()) - len(chips)
    return np.concatenate([chips, np.zeros((missing, *chips.shape[1:]), dtype=np.uint8)])


def _in_short(error: Exception) -> str:
    """The line that tells: in TensorFlow's messages, what went wrong comes after where, and details are indented."""
    lines = [line for line in str(error).splitlines() if line[:1].strip()]
    return ": ".join([type(error).__name__, *lines[-1:]])


@contextmanager
def without_chatter() -> Iterator[None]:
    """For while an engine starts: TensorFlow logs to the standard error stream then, whatever it is told."""
    sys.stderr.flush()
    heard, unheard = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(unheard, 2)
        yield
    finally:
        os.dup2(heard, 2)
        os.close(heard)
        os.close(unheard)
