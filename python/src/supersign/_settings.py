"""Settings of the page's address (``docs/address.md``), as keywords of ``explain``, ``analyse`` and ``study``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypedDict

#: What a saliency map is computed by.
Method = Literal[
    "grad-cam",
    "grad-cam++",
    "hires-cam",
    "layer-cam",
    "grad-cam-elementwise",
    "xgrad-cam",
    "eigen-cam",
    "eigen-grad-cam",
    "kpca-cam",
    "fem",
    "activation",
    "score-cam",
    "ablation-cam",
    "shapley-cam",
    "attention",
    "rollout",
    "attention-relevance",
    "legrad",
    "input-x-gradient",
    "integrated-gradients",
    "full-grad",
    "smooth-grad",
    "rise",
]

#: What the spatial entropy of a map is measured by.
Measure = Literal[
    "shannon",
    "aura",
    "marginal",
    "conditional",
    "mutual",
    "relative-conditional",
    "aura-matrix",
    "glcm",
    "leibovici",
    "altieri",
    "batty",
    "karlstrom",
    "delentropy",
    "ise",
    "mass",
]


class Settings(TypedDict, total=False):
    """Every setting that has a parameter in the address; what is left out takes its initial value."""

    target: int | Literal["winner"]
    """The class that is explained, from 0: ``class`` in the address."""
    against: int | Literal["rest", "similar", "opposite"]
    """What that class is set against."""
    region: str
    """Of a segmenter: "class", or column and row of a place, as "12,7"."""
    box: int | Literal["surest"]
    """Of a detector: number of the box, or the surest of every picture."""
    part: Literal["score", "place", "both", "left", "top", "right", "bottom"]
    """What of that box is explained: the score of its class, its place, both, or one of its edges."""
    alike: Any
    """Of a network that describes pictures by numbers: a second picture, whose likeness is explained; of every kind that ``image`` is, or an address."""
    method: Method
    smooth: Literal["none", "aug", "eigen", "both"]
    """How maps are smoothed."""
    token: str
    """Whose attention ``attention`` shows: shares of the picture's width and height, as "0.5,0.25"."""
    head: int
    """Whose attention, from 1; 0 for the mean of all heads."""
    pooling: bool
    """Whether pooling layers are explained as well."""
    operations: bool
    """Whether every operation of the network is a layer of its own."""
    measure: Measure
    levels: Literal[2, 4, 8, 16, 32, 64, 128, 256]
    """Numbers of levels that maps are quantised to."""
    grid: Literal["input", "native"]
    neighbourhood: Literal[4, 8]
    torus: bool
    """Whether opposite borders are joined."""
    tau: float
    """Least persistence of a sign, as a share of the map's maximum."""
    theta: float
    """Where signs are cut off, as a share of the map's maximum."""
    layer: str
    """The layer that is shown large."""
    within: str
    """A region of one's own, as the address has it; in the view only."""
    versus: str
    """What is set beside the analysis: "class:3", "method:layer-cam", …; in the view only."""
    flow: Literal["auto", "final", "part"]
    """What the colours of the flow stand for."""
    fold: Literal["auto", "none", "pairs", "blocks"]
    """Which layers share a column; in the view only."""
    view: Literal["overlay", "image", "map", "concepts"]
    concepts: int
    """Most concepts of a layer, from 2 to 8, where the view shows them."""
    colours: Literal["viridis", "inferno", "cividis", "magma", "grey"]
    opacity: float
    scale: Literal["layer", "global"]
    smoothing: Literal["bilinear", "nearest"]
    outlines: bool
    scaling: str
    """How pictures are scaled: a name, as ``preprocess`` takes it."""
    output: str
    """The output to explain, where the network has several."""
    reads: Literal["auto", "classes", "number"]
    """What that output is taken for."""
    backend: Literal["auto", "webgpu", "webgl", "wasm", "cpu"]
    """What the browser computes with; in the view only."""
    tour: int
    """A step of the tour; in the view only."""
    story: int
    """A step of the story; in the view only."""


#: Settings by parameter that only the view knows: the engine without a browser has none of them.
VIEW_ONLY = ("fold", "within", "versus", "backend", "tour", "story")


def parameters_of(settings: Mapping[str, Any], *, has_view: bool) -> dict[str, str]:
    """Settings as an address has them: ``target=3`` is its ``class=3``, ``True`` its ``1``.

    :param has_view: whether a view shows them, or the engine computes alone
    :raises TypeError: for what is no setting, or none of what computes here
    """
    for name in settings:
        if name not in Settings.__annotations__:
            raise TypeError(f'There is no setting "{name}"; there are {", ".join(Settings.__annotations__)}.')
        if name in VIEW_ONLY and not has_view:
            raise TypeError(f'"{name}" is a setting of the view: supersign.explain has it; without a browser it says nothing.')
    return {
        "class" if name == "target" else name: str(int(value)) if isinstance(value, bool) else str(value)
        for name, value in settings.items()
        if value is not None
    }
