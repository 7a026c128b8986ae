"""An album made on the spot, from photographs that ship inside well-known packages.

The astronaut Eileen Collins (NASA, in scikit-image), Rear Admiral Grace Hopper (US Navy, in matplotlib), and
two pictures without a face (scikit-learn): cropped, turned, lit, scaled, stored on their side, and side by side.
"""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageEnhance

from sortbyface.errors import SortByFaceError

_SIDEWAYS = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270, 3: Image.Transpose.ROTATE_180}
"""EXIF orientation -> how a camera that was held so stores an upright scene."""


def make_album(folder: Path) -> dict[str, set[str]]:
    """Write the album below a folder; gives the photos of each person, as paths relative to it.

    Raises SortByFaceError when the packages with the photographs are not installed.
    """
    truth: dict[str, set[str]] = {}
    for path, image, people, orientation in _photos():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        exif = Image.Exif()
        exif[0x0112] = orientation
        stored = image.transpose(_SIDEWAYS[orientation]) if orientation in _SIDEWAYS else image
        stored.save(folder / path, quality=92, exif=exif)
        for person in people:
            truth.setdefault(person, set()).add(path)
    return truth


def _photos() -> Iterator[tuple[str, Image.Image, tuple[str, ...], int]]:
    """Path, upright picture, who is in it, EXIF orientation to store it in."""
    collins, hopper, china, flower = _sources()
    for name, portrait in (("Collins", collins), ("Hopper", hopper)):
        folder = f"portraits/{name[0]}"
        yield f"{folder}/original.jpg", portrait, (name,), 1
        yield f"{folder}/closer.png", _crop(portrait, 0.05, 0.0, 0.85, 0.8), (name,), 1
        yield f"{folder}/sideways.jpg", portrait, (name,), 6
        yield f"{folder}/upside down.jpg", portrait, (name,), 3
        yield f"{folder}/dark.jpg", ImageEnhance.Brightness(portrait).enhance(0.45), (name,), 1
        yield f"{folder}/bright.webp", ImageEnhance.Brightness(portrait).enhance(1.5), (name,), 1
        yield f"{folder}/tilted.jpg", portrait.rotate(9, Image.Resampling.BICUBIC, fillcolor="gray"), (name,), 1
        yield f"{folder}/IMG_0001.JPG", _crop(portrait, 0.0, 0.0, 0.95, 0.9), (name,), 1
    yield "together/meeting.jpg", _side_by_side(collins, hopper), ("Collins", "Hopper"), 1
    yield "together/meeting again.jpg", _side_by_side(hopper, collins), ("Collins", "Hopper"), 8
    yield "scenery/temple.jpg", china, (), 1
    yield "scenery/flower.jpg", flower, (), 1


def _sources() -> list[Image.Image]:
    try:
        import matplotlib
        import skimage.data
        from sklearn.datasets import load_sample_image
    except ImportError as error:
        raise SortByFaceError(
            f"the demo's photographs are missing ({error}); run: pip install sort-by-face[demo]"
        ) from error
    hopper = Image.open(Path(matplotlib.get_data_path(), "sample_data", "grace_hopper.jpg")).convert("RGB")
    collins = Image.fromarray(skimage.data.astronaut())  # type: ignore[no-untyped-call]
    scenery = [Image.fromarray(load_sample_image(name)) for name in ("china.jpg", "flower.jpg")]
    return [collins, hopper, *scenery]


def _crop(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """Sides as shares of the width and the height."""
    width, height = image.size
    return image.crop((round(left * width), round(top * height), round(right * width), round(bottom * height)))


def _side_by_side(first: Image.Image, second: Image.Image) -> Image.Image:
    height = min(first.height, second.height)
    images = [image.resize((round(image.width * height / image.height), height)) for image in (first, second)]
    together = Image.new("RGB", (sum(image.width for image in images), height))
    together.paste(images[0], (0, 0))
    together.paste(images[1], (images[0].width, 0))
    return together
