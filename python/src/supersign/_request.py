"""What is asked of the engine, however it is asked: a network, pictures, names of classes, and settings of the page's address."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from ._network import Network, network_of
from ._picture import Picture, PictureError, Transform, pictures_of
from ._preprocessing import preprocessing_of
from ._settings import parameters_of


@dataclass(frozen=True)
class Request:
    """A network, pictures and settings."""

    network: Network
    pictures: list[Picture]
    labels: str | None
    """Names of the classes, as a JSON list."""
    parameters: dict[str, str]
    """Settings as parameters of the page's address (``docs/address.md``)."""
    second: Picture | None = None
    """The picture that ``alike`` in the parameters means where it is "file"."""


def request_of(
    model: Any,
    images: Any,
    labels: Sequence[str] | str | PathLike[str] | None,
    preprocess: Any,
    size: int | tuple[int, int] | None,
    settings: Mapping[str, Any],
    has_view: bool = False,
) -> Request:
    """Put together what ``explain`` and ``analyse`` were given."""
    parameters = settings_of(settings, has_view=has_view)
    preprocessing = preprocessing_of(preprocess, model)
    network = network_of(model, preprocessing, size)
    pictures = pictures_of(images, preprocessing.transform)
    second = second_of(settings, preprocessing.transform)
    return Request(network, pictures, labels_of(labels), {**network.parameters, **parameters}, second)


def settings_of(settings: Mapping[str, Any], *, has_view: bool) -> dict[str, str]:
    """Settings as an address has them; a second picture that has no address is "file"."""
    own = {"alike": "file"} if _has_own_second(settings) else {}
    return parameters_of({**settings, **own}, has_view=has_view)


def _has_own_second(settings: Mapping[str, Any]) -> bool:
    alike = settings.get("alike")
    return alike is not None and not (isinstance(alike, str) and alike.startswith(("http:", "https:")))


def second_of(settings: Mapping[str, Any], transform: Transform | None = None) -> Picture | None:
    """The picture that others are likened to, where it has no address.

    :raises PictureError: for what is none, or several
    """
    if not _has_own_second(settings):
        return None
    found = pictures_of(settings["alike"], transform)
    if len(found) > 1:
        raise PictureError(f"alike= is one picture; these are {len(found)}.")
    return found[0]


def labels_of(labels: Sequence[str] | str | PathLike[str] | None) -> str | None:
    if labels is None:
        return None
    if isinstance(labels, (str, PathLike)):
        return Path(labels).read_text(encoding="utf-8")
    return json.dumps([str(label) for label in labels], ensure_ascii=False)
