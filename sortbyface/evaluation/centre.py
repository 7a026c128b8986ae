"""Whom a picture is of, where pictures carry one name and may show several people."""

from collections.abc import Mapping

import numpy as np

from sortbyface.library import FaceSet


def central_faces(faces: FaceSet, sizes: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """Content -> the index of its face nearest the centre: by LFW's convention, the person of the picture's name.

    sizes: width and height of each content in pixels. Contents without a face are left out, and so are
    faces whose place is not known. Of two equally near faces, the first counts.
    """
    nearest: dict[int, tuple[float, int]] = {}
    for index, (content, box) in enumerate(zip(faces.contents.tolist(), faces.boxes, strict=True)):
        if box is not None:
            width, height = sizes[content]
            distance = float(np.hypot(box.left + box.right - width, box.top + box.bottom - height))
            nearest[content] = min((distance, index), nearest.get(content, (np.inf, -1)))
    return {content: index for content, (_, index) in nearest.items()}
