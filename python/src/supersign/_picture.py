"""Pictures of every kind that a notebook holds, as the bytes of files that the engine reads."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

#: What the engine reads of a picture, before it is decoded.
Transform = Callable[[Image.Image], Image.Image]


class PictureError(ValueError):
    """What was given as a picture is none that can be shown; a sentence that says what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of a PNG file."""

    name: str
    png: bytes


def pictures_of(images: Any, transform: Transform | None = None) -> list[Picture]:
    """Pictures as PNG files: upright, on white, 8 bits a channel.

    :param images: a PIL image, an array (height x width, or height x width x 1, 3 or 4), a tensor (channels x height x width), a batch of
        either, the path of a file, or a list of them. Numbers are 0 to 255 where they are whole, 0 to 1 where they are not.
    :param transform: cuts and resizes a picture as the network's own preprocessing does; left out, the engine cuts its middle
    :raises PictureError: for anything else
    """
    found = [*_each(images)]
    if not found:
        raise PictureError("There is no picture.")
    named = [(name or (f"picture {i + 1}" if len(found) > 1 else "picture"), image) for i, (name, image) in enumerate(found)]
    return [Picture(name, _png(transform(image) if transform else image)) for name, image in named]


def _each(images: Any) -> list[tuple[str | None, Image.Image]]:
    if isinstance(images, (str, PathLike)):
        return [(Path(fspath(images)).name, _opened(images))]
    if isinstance(images, Image.Image):
        name = Path(getattr(images, "filename", "") or "").name
        return [(name or None, _flat(images))]
    if isinstance(images, Sequence) and not isinstance(images, (bytes, bytearray)):
        return [pair for image in images for pair in _each(image)]
    array, channels_first = _array(images)
    if array.ndim == 4:
        return [(None, _from_array(each, channels_first)) for each in array]
    return [(None, _from_array(array, channels_first))]


def _opened(file: str | PathLike[str]) -> Image.Image:
    try:
        return _flat(Image.open(file))
    except FileNotFoundError:
        raise PictureError(f"There is no picture {fspath(file)}.") from None
    except OSError as error:
        raise PictureError(f"{fspath(file)} is no picture that Pillow reads: {error}") from None


def _flat(image: Image.Image) -> Image.Image:
    """Upright, in RGB, on white, as browsers show it."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        over = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return upright.convert("RGB")


def _array(given: Any) -> tuple[np.ndarray, bool]:
    """As a NumPy array, and whether channels come first in it, as in tensors of PyTorch."""
    if hasattr(given, "detach") and hasattr(given, "cpu"):
        try:
            tensor = given.detach().cpu()
            # NumPy has no bfloat16.
            return (tensor.float() if tensor.is_floating_point() else tensor).numpy(), True
        except Exception as error:
            raise PictureError(f"The numbers of this tensor on {given.device} cannot be had: {error}") from error
    try:
        array = np.asarray(given)
    except Exception as error:
        raise PictureError(f"A {type(given).__name__} is no picture: {error}") from error
    if array.dtype == object or array.ndim < 2:
        raise PictureError(
            f"A {type(given).__name__} is no picture. Give a PIL image, an array, a tensor, the path of a file, or a list of them."
        )
    return array, False


def _from_array(array: np.ndarray, channels_first: bool) -> Image.Image:
    if array.ndim == 3 and channels_first:
        array = array.transpose(1, 2, 0)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)):
        order = "channels x height x width" if channels_first else "height x width x channels"
        raise PictureError(f"An array of the shape {array.shape} is no picture: {order} is read, with 1, 3 or 4 channels.")
    return _flat(Image.fromarray(_bytes(array)))


def _bytes(array: np.ndarray) -> np.ndarray:
    if array.dtype == np.uint8:
        return array
    if array.dtype == bool:
        return array.astype(np.uint8) * 255
    if not np.isfinite(array).all():
        raise PictureError("The picture holds numbers that are not finite.")
    least, most = float(array.min()), float(array.max())
    is_whole = np.issubdtype(array.dtype, np.integer)
    highest = 255 if is_whole or most > 1 else 1
    if least < 0 or most > highest:
        raise PictureError(
            f"The picture's numbers go from {least:.3g} to {most:.3g}. Give it before normalisation, as 0 to 255 or 0 to 1, and say by "
            "preprocess= what the network reads of it."
        )
    return np.round(array.astype(np.float64) * (255 / highest)).astype(np.uint8)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    # Compressed a little: a picture of twelve megapixels is not to take seconds.
    image.save(file, "PNG", compress_level=1)
    return file.getvalue()
