"""How users of the other packages look at a folder of photos: one after the other, in each of some processes.

`python -m benchmarks.others_pipeline face_recognition-hog PHOTOS` writes embeddings.pickle where it is started.
"""

import argparse
import pickle
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.others import OTHERS, FaceRecognition, MtcnnPackage, load_image_file
from sortbyface.photos.finding import find_photos

_loaded: dict[str, FaceRecognition | MtcnnPackage] = {}
"""In a worker: the one that all its photos go through, loaded when it starts."""


def embed_photos(photos: list[str], other: str, processes: int) -> list[dict[str, Any]]:
    """One {"path", "embedding"} for each face of the photos."""
    with get_context("spawn").Pool(processes, _load, [other]) as pool:
        results = pool.map(_embed, photos, chunksize=1)
        pool.close()
        pool.join()
    return [face for faces in results for face in faces]


def _load(other: str) -> None:
    _loaded["other"] = OTHERS[other]()


def _embed(path: str) -> list[dict[str, Any]]:
    other, rgb = _loaded["other"], load_image_file(Path(path))
    vectors = [np.array(other.describe(rgb, face), dtype=np.float32) for face in other.find(rgb)]
    return [{"path": path, "embedding": vector / np.linalg.norm(vector)} for vector in vectors]


def main() -> None:
    parser = argparse.ArgumentParser(description="Write embeddings.pickle as users of another package would.")
    parser.add_argument("other", choices=list(OTHERS))
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    options = parser.parse_args()
    unlisted: list[OSError] = []
    photos = [str(options.photos / path) for path in find_photos(options.photos, unlisted.append)]
    faces = embed_photos(photos, options.other, options.processes)
    Path("embeddings.pickle").write_bytes(pickle.dumps(faces))


if __name__ == "__main__":
    main()
