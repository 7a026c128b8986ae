"""Every form in which people have FaceNet, written by the program that writes it."""

import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import h5py

from sortbyface.networks import facenet
from tests.networks.facenet.arrays import Arrays, saved

NPZ = ("facenet.npz",)
OF_KERAS2 = ("facenet_keras.h5", "facenet_weights.h5", "of keras 2.keras", "of keras 2.weights.h5")
OF_KERAS3 = ("facenet.keras", "facenet.weights.h5", "of keras 3.h5", "nameless.keras", "nameless.weights.h5")
OF_TENSORFLOW = ("20180402-114759.pb", "model-20180402-114759.ckpt-275")


def write_npz(arrays: Arrays, folder: Path) -> None:
    saved(folder / NPZ[0], arrays)


def write_with_keras2(arrays: Arrays, folder: Path) -> None:
    from tests.networks.facenet.in_keras2 import model_of

    whole, weights, archive, weights_of_archive = OF_KERAS2
    model = model_of(arrays)
    with forgiven():
        model.save(folder / whole)
        model.save_weights(folder / weights)
        model.save(folder / archive)
        model.save_weights(folder / weights_of_archive)


def write_with_keras3(arrays: Arrays, folder: Path) -> None:
    """The nameless ones are as older versions of Keras 3 wrote them: without the layers' names beside the weights."""
    archive, weights, h5, nameless_archive, nameless = (folder / name for name in OF_KERAS3)
    release = next(one for one in facenet._RELEASES if one.outputs == arrays["Bottleneck_kernel"].shape[1])
    model = facenet._network(release)
    facenet._fill(model, arrays)
    with forgiven():
        model.save(archive)
        model.save_weights(weights)
        model.save(h5)
    nameless.write_bytes(weights.read_bytes())
    forget_names(nameless)
    with zipfile.ZipFile(archive) as source:
        keras_archive(nameless_archive, nameless.read_bytes(), source.read("config.json"))


@contextmanager
def forgiven() -> Iterator[None]:
    """What Keras says of forms that are old, and what NumPy says of Keras."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def forget_names(weights: Path) -> None:
    def forget(name: str, item: h5py.HLObject) -> None:
        item.attrs.pop("name", None)

    with h5py.File(weights, "r+") as file:
        file.visititems(forget)


def keras_archive(path: Path, weights: bytes, settings: bytes = b"{}", compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression, compresslevel=1) as archive:
        archive.writestr("config.json", settings)
        archive.writestr("model.weights.h5", weights)
    return path


def write_with_tensorflow(arrays: Arrays, folder: Path) -> None:
    from tests.networks.facenet.in_tensorflow import original

    frozen, checkpoint = (folder / name for name in OF_TENSORFLOW)
    with original(arrays) as network:
        network.save_frozen(frozen)
        network.save_checkpoint(checkpoint)


WRITERS: dict[Callable[[Arrays, Path], None], tuple[str, ...]] = {
    write_npz: NPZ,
    write_with_keras2: OF_KERAS2,
    write_with_keras3: OF_KERAS3,
    write_with_tensorflow: OF_TENSORFLOW,
}
