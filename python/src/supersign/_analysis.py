"""Analyses as the page and the command line write them (``docs/analysis-file.md``), read into NumPy."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    import pandas

    from ._figure import Figure
    from ._request import Request


@dataclass(frozen=True)
class Entropy:
    """Spatial entropy of one layer's map, in bits, or as a ratio where the measure is one."""

    value: float | None
    """``None`` for a map that is zero everywhere."""
    null_mean: float | None
    """Mean of the same map with its cells shuffled; ``None`` while that is not finished."""
    null_sd: float | None
    structure: float | None
    """``1 - value / null_mean``: how much more ordered the map is than chance."""


@dataclass(frozen=True)
class Layer:
    """A layer with its saliency map and what was measured of it."""

    index: int
    name: str
    kind: str
    shape: tuple[int, ...]
    """Height, width and channels of its output."""
    map: np.ndarray
    """The raw saliency map, float32, height x width of the layer, not normalised."""
    entropy: Entropy
    marginal: float | None
    """Marginal aura entropy, bits."""
    conditional: float | None
    """Conditional aura entropy, bits; with the marginal one it is the joint entropy."""
    signs: tuple[dict[str, Any], ...]
    """Salient regions as the analysis file has them: area, share, box on the network's input, weight in logits."""


class Layers(Mapping[str, Layer]):
    """The layers in the order of the network, by name or by place; a module's name stands for its last layer."""

    def __init__(self, layers: list[Layer]) -> None:
        self._layers = layers
        self._by_name = {layer.name: layer for layer in layers}

    def __getitem__(self, key: str | int) -> Layer:
        if isinstance(key, int):
            return self._layers[key]
        if key in self._by_name:
            return self._by_name[key]
        inside = [layer for layer in self._layers if layer.name.startswith(f"{key}.")]
        if inside:
            return inside[-1]
        raise KeyError(f'There is no layer "{key}"; there are {", ".join(self._by_name)}.')

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._layers)

    def __repr__(self) -> str:
        return f"Layers({', '.join(self._by_name)})"


class Analysis:
    """What a network made of one picture.

    ``data`` is the analysis file as it stands, for all that has no attribute here.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        if data.get("schema") != "supersign/analysis":
            raise ValueError("This is no analysis of Supersign.")
        self.data = data
        self._request: Request | None = None
        self.layers = Layers([_layer(each) for each in data["layers"]])

    @classmethod
    def open(cls, file: str | PathLike[str]) -> Analysis:
        """Read an analysis file."""
        return cls(json.loads(Path(file).read_text(encoding="utf-8")))

    @property
    def input(self) -> np.ndarray:
        """The picture that the network read, before scaling: uint8, height x width x 3."""
        png = base64.b64decode(self.data["image"]["input"].split(",")[1])
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))

    @property
    def predictions(self) -> list[dict[str, Any]]:
        """All classes with ``probability`` and ``logit``, as the analysis file has them."""
        predictions: list[dict[str, Any]] = self.data["predictions"]
        return predictions

    @property
    def target(self) -> dict[str, Any]:
        """What is explained: ``index`` and ``label`` of a class."""
        target: dict[str, Any] = self.data["target"]
        return target

    @property
    def scaling(self) -> dict[str, Any] | None:
        """How the picture was scaled for the network: ``factor`` and ``offset`` by channel of values from 0 to 255, and why."""
        return self.data.get("scaling")

    def save(self, file: str | PathLike[str]) -> None:
        """Write the analysis file, which the page opens."""
        Path(file).write_text(json.dumps(self.data), encoding="utf-8")

    def figure(self, name: str) -> Figure:
        """A figure of this analysis, to be saved: "superization-flow", "film-strip", "entropy", "saliency", …

        It is drawn by the engine, which runs the network again.

        :raises ValueError: for another name, or where the analysis was read from a file: its network is not at hand
        """
        from ._figure import figure_of

        if self._request is None:
            raise ValueError("This analysis was read from a file, without its network: supersign.analyse(model, image) has both.")
        return figure_of(self._request, name)

    def to_dataframe(self) -> pandas.DataFrame:
        """One row a layer: shape, entropy with its null model, structure, aura entropies in bits, number of signs.

        :raises ImportError: where pandas is not installed
        """
        import pandas

        return pandas.DataFrame(
            [
                {
                    "layer": layer.index,
                    "name": layer.name,
                    "kind": layer.kind,
                    "height": layer.map.shape[0],
                    "width": layer.map.shape[1],
                    "channels": layer.shape[-1],
                    "entropy": layer.entropy.value,
                    "null_mean": layer.entropy.null_mean,
                    "null_sd": layer.entropy.null_sd,
                    "structure": layer.entropy.structure,
                    "marginal": layer.marginal,
                    "conditional": layer.conditional,
                    "signs": len(layer.signs),
                }
                for layer in self.layers.values()
            ]
        )

    def __repr__(self) -> str:
        image, model = self.data["image"]["name"], self.data["model"]["name"]
        return f"<Analysis of {image} by {model}: {self.target.get('label')}, {len(self.layers)} layers>"


def _layer(written: dict[str, Any]) -> Layer:
    saliency, entropy = written["map"], written["entropy"]
    values = np.frombuffer(base64.b64decode(saliency["float32"]), dtype="<f4")
    null = entropy["null"] or {}
    return Layer(
        index=written["index"],
        name=written["name"],
        kind=written["kind"],
        shape=tuple(written["shape"]),
        map=values.reshape(saliency["height"], saliency["width"]),
        entropy=Entropy(entropy["value"], null.get("mean"), null.get("sd"), entropy["structure"]),
        marginal=written["marginal"],
        conditional=written["conditional"],
        signs=tuple(written["signs"]),
    )
