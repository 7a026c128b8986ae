"""What is to be in a sidecar of ours beside our own names: a sidecar with regions hides those that are elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars.embedded import read_embedded
from sortbyface.exchange.sidecars.merging import Conflict
from sortbyface.exchange.sidecars.pairing import pair_up, same_face
from sortbyface.exchange.sidecars.reading import SAME_PLACE, one_per_place, read_sidecar, sidecars_of
from sortbyface.exchange.sidecars.regions import Layout, NamedFace
from sortbyface.exchange.sidecars.writing import sidecar_for
from sortbyface.naming import folded


def beside_others(
    photo: Path, ours: Sequence[NamedFace], layout: Layout
) -> tuple[list[NamedFace], list[Conflict], list[SidecarUnreadable]]:
    """What to write into `photo.jpg.xmp`; the faces of ours that have another name elsewhere; what cannot be read.

    Whom the picture itself or `photo.xmp` names goes into a first `photo.jpg.xmp`, too, and stays there; a name there
    for a face of ours holds. A face that the sidecar frames otherwise keeps that frame, so that it is there once.
    Raises SidecarUnreadable for `photo.jpg.xmp` itself.
    """
    path = sidecar_for(photo)
    there = read_sidecar(path, layout) if path.exists() else []
    elsewhere, unreadable = _elsewhere(photo, path, layout)
    carried = [face for face in elsewhere if not there or any(_is_same(face, other) for other in there)]
    named_otherwise = {
        j: i
        for i, j in pair_up([face.box for face in carried], [face.box for face in ours]).items()
        if folded(carried[i].name) != folded(ours[j].name)
    }
    conflicts = [Conflict(ours[j], carried[i].name) for j, i in named_otherwise.items()]
    kept = [_framed(face, [*there, *carried]) for j, face in enumerate(ours) if j not in named_otherwise]
    others = [face for face in carried if not any(same_face(face.box, other.box) for other in kept)]
    return [*kept, *others], conflicts, unreadable


def _elsewhere(photo: Path, but: Path, layout: Layout) -> tuple[list[NamedFace], list[SidecarUnreadable]]:
    """Whom other sidecars and the picture itself name."""
    sources, unreadable = [], []
    others = [path for path in sidecars_of(photo) if not (but.exists() and path.samefile(but))]
    for file in (*others, photo):
        try:
            faces = read_embedded(photo, layout) if file == photo else read_sidecar(file, layout)
            sources.append([face for face in faces if face.name])
        except SidecarUnreadable as error:
            unreadable.append(error)
    return one_per_place(*sources), unreadable


def _is_same(face: NamedFace, other: NamedFace) -> bool:
    return folded(face.name) == folded(other.name) and face.box.overlap(other.box) >= SAME_PLACE


def _framed(face: NamedFace, others: Sequence[NamedFace]) -> NamedFace:
    """With the frame that others gave it, where that is so different that the two would count as two faces."""
    frames = [other.box for other in others if same_face(other.box, face.box)]
    if not frames or any(face.box.overlap(frame) >= SAME_PLACE for frame in frames):
        return face
    return replace(face, box=max(frames, key=face.box.overlap))
