"""The Explain workspace in a cell: an anywidget whose page, network and pictures travel in its own messages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from ._analysis import Analysis
from ._engine import FRONT
from ._figure import Figure, figure_of
from ._request import Request, request_of

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._settings import Settings


class NotDrawnYet(RuntimeError):
    """A view knows what is on screen once it has been on screen."""


class View(anywidget.AnyWidget):
    """The Explain workspace. Show it as the last line of a cell, or by ``display``; every display is a view of its own.

    ``analysis`` is what the view that changed last has on screen.
    """

    _esm = FRONT / "widget.js"

    height = traitlets.Int(760, help="Height in pixels.").tag(sync=True)

    def __init__(self, request: Request, height: int) -> None:
        super().__init__(height=height)
        self._request = request
        self._analysis: Analysis | None = None
        self._parts: dict[tuple[str, str], dict[int, bytes]] = {}
        self.messages: list[str] = []
        """What the page has told its reader: warnings and errors, in the order in which they came."""
        self.on_msg(self._answer)

    @property
    def analysis(self) -> Analysis:
        """What is on screen, as numbers.

        :raises NotDrawnYet: before the picture has been analysed; a cell that computes keeps the kernel from hearing of it
        """
        if self._analysis is None:
            said = f" The page said: {self.messages[-1]}" if self.messages else ""
            raise NotDrawnYet(
                "There is nothing on screen yet. Show the view, and ask in a later cell, when the picture is analysed; "
                f"supersign.analyse(model, image) gives the numbers without a browser.{said}"
            )
        return self._analysis

    def figure(self, name: str) -> Figure:
        """A figure of what is on screen, with its settings: "superization-flow", "film-strip", "entropy", "saliency", "decision-card", …

        It is drawn without the browser, by the engine that ``analyse`` runs. Before anything is on screen it is the first picture's.

        :raises ValueError: for another name
        """
        pictures, shown = self._request.pictures[:1], None
        if self._analysis is not None:
            on_screen = self._analysis.data["image"]["name"]
            pictures = [each for each in self._request.pictures if each.name == on_screen] or pictures
            shown = self._analysis.data["settings"]["view"]
        return figure_of(replace(self._request, pictures=pictures), name, shown)

    def _answer(self, _: Any, content: dict[str, Any], buffers: list[bytes]) -> None:
        kind = content.get("kind")
        data: list[bytes | memoryview]
        if kind == "report":
            self._hear(content, bytes(buffers[0]))
            return
        if kind == "pieces":
            data = [_packed("pieces.json")]
        elif kind == "files":
            data = [_packed(f"dist/{path}") for path in content["paths"]]
        elif kind == "opening":
            data = [gzip.compress(json.dumps(self._opening()).encode(), 1)]
        elif kind == "blob":
            data = [self._bytes(content["of"], content["index"], content["from"], content["to"])]
        else:
            return
        self.send({"answer": content["id"]}, buffers=data)

    def _opening(self) -> dict[str, Any]:
        network, request = self._request.network, self._request
        labels = None if request.labels is None else {"name": "labels.json", "text": request.labels}
        files = [{"path": name, "bytes": len(data)} for name, data in network.files]
        return {
            "parameters": request.parameters,
            "network": {"name": network.name, "files": files, "labels": labels} if files else None,
            "pictures": [{"name": picture.name, "bytes": len(picture.png)} for picture in request.pictures],
            "second": None if request.second is None else {"name": request.second.name, "bytes": len(request.second.png)},
        }

    def _bytes(self, of: str, index: int, start: int, end: int) -> bytes | memoryview:
        if of == "network":
            return self._request.network.files[index][1].between(start, end)
        second = self._request.second
        picture = second if of == "second" and second is not None else self._request.pictures[index]
        return memoryview(picture.png)[start:end]

    def _hear(self, content: dict[str, Any], data: bytes) -> None:
        key = (content["report"], content["id"])
        parts = self._parts.setdefault(key, {})
        parts[content["part"]] = data
        if len(parts) < content["of"]:
            return
        del self._parts[key]
        text = gzip.decompress(b"".join(parts[part] for part in range(content["of"]))).decode()
        if content["report"] == "analysis":
            self._analysis = Analysis(json.loads(text))
        elif content["report"] == "view" and self._analysis is not None:
            self._analysis.data["settings"]["view"] = json.loads(text)
        elif content["report"] == "told":
            self.messages.append(text)

    def __repr__(self) -> str:
        return f"<View of {self._request.network.name}, {len(self._request.pictures)} pictures>"


@cache
def _packed(name: str) -> bytes:
    """A file of the page, compressed for its way."""
    file = (FRONT / name).resolve()
    if not file.is_relative_to(FRONT.resolve()):
        raise ValueError(f"{name} is no file of the page.")
    return gzip.compress(file.read_bytes(), 5)


def explain(
    model: Any,
    image: Any,
    *,
    labels: Sequence[str] | str | PathLike[str] | None = None,
    preprocess: Any = None,
    size: int | tuple[int, int] | None = None,
    height: int = 760,
    **settings: Unpack[Settings],
) -> View:
    """Show how a network reads a picture: the Explain workspace in the cell, computed by the browser.

    Nothing leaves kernel and browser: page, network and pictures travel in the widget's own messages, and the page's policy lets it
    speak with nobody else.

    :param model: a ``torch.nn.Module``, a ``keras.Model``, the path of a network's file, or "photos10"
    :param image: a PIL image, an array (height x width x channels), a tensor (channels x height x width), the path of a file; of a batch or
        a list the first is shown, and the others can be chosen above it
    :param labels: names of the classes, or a file of them
    :param preprocess: what the network reads of a picture: weights of torchvision or their ``transforms()``, timm's data configuration,
        ``{"mean": …, "std": …}`` of values from 0 to 1, or "unit", "signed", "imagenet", "caffe", "bytes", "mnist". Left out, a model of timm
        or of Keras tells it; of others the engine finds out or guesses, and says so
    :param size: height and width of what a PyTorch module reads; left out, as ``preprocess`` says, or 224
    :param height: of the view, in pixels; its lower edge can be pulled
    :param settings: parameters of the page's address: ``layer="conv3_2"``, ``method="layer-cam"``, ``measure="shannon"``; ``target=`` is a class
    :raises ExportError: where the model cannot be exported, in the exporter's own words
    :raises PictureError: for what is no picture
    :raises TypeError: for a setting that there is not
    """
    return View(request_of(model, image, labels, preprocess, size, settings, has_view=True), height)
