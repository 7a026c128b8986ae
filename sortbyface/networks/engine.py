"""Who runs a network: ONNX Runtime, on a file that Keras exported once for each weights file.

ONNX Runtime starts in half a second and 60 MB where TensorFlow takes several seconds and 700 MB, for
the same numbers: an export counts only after both gave the same outputs for the same images.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from sortbyface.allocator import return_freed_memory
from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.cache import cache_folder
from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.network import Network

_CHIPS_AT_A_TIME = 4
"""More are no faster on one thread, and each takes 4 MB while it is in the network."""

_TOLERANCE = 1e-5
"""Largest difference between the numbers of two engines, as a share of the largest of them."""


NOT_OF_THIS_NETWORK: Final = 3
"""Exit code of the process that exports, for weights that do not fit."""


class NotOfThisNetwork(ModelUnusable):
    """A weights file is damaged, or of another network."""


class OnnxEngine:
    """Runs an exported network on one thread: many processes share the cores better than many threads."""

    def __init__(self, exported: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        # Both would keep memory for every size of picture ever seen.
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        try:
            self._session = onnxruntime.InferenceSession(exported, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime has an exception of its own for each way to be damaged
            exported.unlink(missing_ok=True)
            raise ModelUnusable(f"{exported} was damaged and has been removed; run this again to renew it") from error
        self._input = self._session.get_inputs()[0].name
        return_freed_memory()  # as much as the network keeps

    def run(self, chips: Chips) -> FloatMatrix:
        """(n, size, size, 3) uint8 -> (n, d) float32. A chip's vector does not depend on its neighbours."""
        few = [chips[start : start + _CHIPS_AT_A_TIME] for start in range(0, max(1, len(chips)), _CHIPS_AT_A_TIME)]
        return np.concatenate([self.outputs(part.astype(np.float32))[0] for part in few])

    def outputs(self, images: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
        """(n, rows, columns, 3) float32, 0 to 255 -> all outputs of the network, in the order of its definition."""
        return [np.asarray(output) for output in self._session.run(None, {self._input: images})]


def exported_network(network: Network, weights_sha256: str) -> Path:
    """Where the export of a network with these weights lies, or would lie."""
    return cache_folder() / f"{network.name}-{network.version}-{weights_sha256[:16]}.onnx"


def prepare(network: Network, weights: Path) -> str:
    """Export a network unless that was done before; gives the SHA-256 of its weights.

    weights: a file, or what else `files_of` knows. Keras runs in a process of its own, so that this one stays small.
    Raises NotOfThisNetwork when the weights do not fit, and ModelUnusable for all else that goes wrong.
    """
    sha256 = sha256_of(weights)
    target = exported_network(network, sha256)
    if not target.is_file():
        _make_cache_folder(target.parent)
        command = [sys.executable, "-m", "sortbyface.networks.export", network.name, str(weights), str(target)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment)
        if not target.is_file():
            reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            words = reason if str(weights) in reason else f"{weights} could not be made ready: {reason}"
            raise (NotOfThisNetwork if done.returncode == NOT_OF_THIS_NETWORK else ModelUnusable)(words)
    return sha256


def agree(first: Sequence[npt.NDArray[np.float32]], second: Sequence[npt.NDArray[np.float32]]) -> bool:
    """Whether two engines gave the same outputs."""
    return len(first) == len(second) and all(
        one.shape == other.shape and np.abs(one - other).max() <= _TOLERANCE * np.abs(one).max()
        for one, other in zip(first, second, strict=True)
    )


def unit(vectors: FloatMatrix) -> FloatMatrix:
    """The same directions at length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _make_cache_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ModelUnusable(
            f"{folder} cannot be written ({error.strerror}); make room or allow writing there"
        ) from error
