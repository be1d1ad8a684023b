"""What is asked of the engine, however it is asked: a network, pictures, names of classes, and settings of the page's address."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from ._network import Network, network_of
from ._picture import Picture, pictures_of
from ._preprocessing import preprocessing_of


@dataclass(frozen=True)
class Request:
    """A network, pictures and settings."""

    network: Network
    pictures: list[Picture]
    labels: str | None
    """Names of the classes, as a JSON list."""
    parameters: dict[str, str]
    """Settings as parameters of the page's address (``docs/address.md``)."""


def request_of(
    model: Any,
    images: Any,
    labels: Sequence[str] | str | PathLike[str] | None,
    preprocess: Any,
    size: int | tuple[int, int] | None,
    settings: dict[str, Any],
) -> Request:
    """Put together what ``explain`` and ``analyse`` were given."""
    preprocessing = preprocessing_of(preprocess, model)
    network = network_of(model, preprocessing, size)
    pictures = pictures_of(images, preprocessing.transform)
    return Request(network, pictures, labels_of(labels), {**network.parameters, **parameters_of(settings)})


def labels_of(labels: Sequence[str] | str | PathLike[str] | None) -> str | None:
    if labels is None:
        return None
    if isinstance(labels, (str, PathLike)):
        return Path(labels).read_text(encoding="utf-8")
    return json.dumps([str(label) for label in labels], ensure_ascii=False)


def parameters_of(settings: dict[str, Any]) -> dict[str, str]:
    """Settings as an address has them: ``target=3`` is its ``class=3``, ``True`` its ``1``."""
    renamed = {"target": "class"}
    return {
        renamed.get(name, name): str(int(value)) if isinstance(value, bool) else str(value)
        for name, value in settings.items()
        if value is not None
    }
