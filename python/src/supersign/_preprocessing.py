"""What a network reads of a picture, from where its library notes it: torchvision's weights, timm's configuration, or as it is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from ._picture import Transform

#: Scalings by name, as the page's address has them.
NAMES = ("unit", "signed", "imagenet", "caffe", "bytes", "mnist")


@dataclass(frozen=True)
class Preprocessing:
    """How pictures are made what a network reads."""

    notes: dict[str, str] = field(default_factory=dict)
    """By key, what an ONNX file notes of it, which the engine reads."""
    name: str | None = None
    """Name of the scaling, where it has one."""
    size: tuple[int, int] | None = None
    """Height and width of what the network reads."""
    transform: Transform | None = None
    """Cuts and resizes, so that the engine has nothing left to cut."""


def preprocessing_of(given: Any, model: Any = None) -> Preprocessing:
    """Read a preprocessing.

    :param given: weights of torchvision or their ``transforms()``, a ``Compose`` of torchvision's, timm's data configuration, a mapping with
        ``mean`` and ``std`` of values from 0 to 1, the name of a scaling, or ``None``
    :param model: a model of timm notes its own; of others nothing is known, and the engine finds out or guesses, and says so
    :raises TypeError: for anything else
    """
    if given is None:
        return _of_timm(model) if isinstance(getattr(model, "pretrained_cfg", None), Mapping) else Preprocessing()
    if isinstance(given, str):
        if given not in NAMES:
            raise TypeError(f'There is no scaling "{given}"; there are {", ".join(NAMES)}.')
        return Preprocessing(notes={"scaling": given}, name=given)
    if isinstance(given, Mapping):
        return _of_mapping(given)
    if callable(getattr(given, "transforms", None)):
        return preprocessing_of(given.transforms())
    if hasattr(given, "crop_size") and hasattr(given, "mean"):
        return _of_preset(given)
    if hasattr(given, "transforms"):
        return _of_steps(given.transforms)
    raise TypeError(
        "preprocess= takes weights of torchvision, their transforms(), timm's data configuration, mean and std, or the name of a scaling."
    )


def _notes(mean: Any, std: Any) -> dict[str, str]:
    return {"mean": json.dumps([float(x) for x in mean]), "std": json.dumps([float(x) for x in std])}


def _of_preset(preset: Any) -> Preprocessing:
    """torchvision's ``ImageClassification``, and others that are made alike."""
    from torchvision.transforms import functional

    crop, resize = _pair(preset.crop_size), list(preset.resize_size)

    def transform(image: Image.Image) -> Image.Image:
        resized = functional.resize(image, resize, interpolation=preset.interpolation, antialias=getattr(preset, "antialias", True))
        cut: Image.Image = functional.center_crop(resized, list(crop))
        return cut

    return Preprocessing(_notes(preset.mean, preset.std), size=crop, transform=transform)


def _of_steps(steps: Any) -> Preprocessing:
    """What stands before the picture becomes numbers cuts and resizes it; a normalisation behind scales it."""
    before, notes = [], {}
    is_numbers = False
    for step in steps:
        kind = type(step).__name__
        if kind == "Normalize":
            notes = _notes(step.mean, step.std)
            is_numbers = True
        elif kind in ("ToTensor", "MaybeToTensor", "PILToTensor", "ToImage", "ToDtype", "ConvertImageDtype", "ToPureTensor"):
            is_numbers = True
        elif is_numbers:
            raise TypeError(f"{kind} changes the numbers of the picture: only a normalisation is read there.")
        else:
            before.append(step)

    def transform(image: Image.Image) -> Image.Image:
        for step in before:
            image = step(image)
        return image

    return Preprocessing(notes or {"scaling": "unit"}, size=_size_of(before), transform=transform if before else None)


def _size_of(steps: Any) -> tuple[int, int] | None:
    for step in reversed(steps):
        if getattr(step, "size", None) is not None:
            size = step.size
            return None if isinstance(size, int) and type(step).__name__ == "Resize" else _pair(size)
    return None


def _of_mapping(given: Mapping[str, Any]) -> Preprocessing:
    if "input_size" in given:
        return _of_timm_configuration(dict(given))
    if "mean" not in given or "std" not in given:
        raise TypeError("A preprocessing as a mapping has mean and std, of values from 0 to 1.")
    return Preprocessing(_notes(given["mean"], given["std"]))


def _of_timm(model: Any) -> Preprocessing:
    try:
        from timm import data
    except ImportError:
        return Preprocessing()
    library: Any = data
    return _of_timm_configuration(library.resolve_model_data_config(model))


def _of_timm_configuration(configuration: dict[str, Any]) -> Preprocessing:
    from timm import data

    library: Any = data
    steps = library.create_transform(**configuration, is_training=False).transforms
    read = _of_steps(steps)
    return Preprocessing(read.notes, size=tuple(configuration["input_size"][-2:]), transform=read.transform)


def _pair(size: Any) -> tuple[int, int]:
    numbers = [size] if isinstance(size, int) else [int(x) for x in size]
    return (numbers[0], numbers[-1])
