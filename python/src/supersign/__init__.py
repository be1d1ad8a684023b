"""See how a vision network reads a picture: saliency of every layer, spatial entropy of each map, signs and supersigns.

``explain`` shows the Explain workspace in a notebook, ``analyse`` gives its numbers without a browser, ``study`` those of many
pictures.
"""

from ._analysis import Analysis, Entropy, Layer, Layers
from ._engine import EngineError, analyse
from ._figure import Figure
from ._network import ExportError
from ._picture import PictureError
from ._settings import Settings
from ._study import Study, study
from ._widget import NotDrawnYet, View, explain

__version__ = "0.1.0"

__all__ = [
    "Analysis",
    "EngineError",
    "Entropy",
    "ExportError",
    "Figure",
    "Layer",
    "Layers",
    "NotDrawnYet",
    "PictureError",
    "Settings",
    "Study",
    "View",
    "analyse",
    "explain",
    "study",
]
