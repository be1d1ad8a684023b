"""Figures as files, drawn by the command line without a browser."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from ._engine import EngineError, run_explain
from ._request import Request
from ._settings import VIEW_ONLY

#: Figures by name, as the command line calls them.
FIGURES = ("heat", "strip", "entropy", "change", "flow", "tree", "card", "concepts", "sheet")

#: Their names on the page.
OTHER_NAMES = {
    "saliency": "heat",
    "film-strip": "strip",
    "superization-flow": "flow",
    "superization-tree": "tree",
    "decision-card": "card",
    "figure-sheet": "sheet",
}

#: Settings of the page that say nothing to the command line, or are said to it otherwise.
NOT_ASKED = ("model", "image", *VIEW_ONLY)


@dataclass(frozen=True)
class Figure:
    """A figure of one picture, drawn when it is saved."""

    name: str
    request: Request

    def save(self, file: str | PathLike[str], *, dpi: int = 300, width: float = 17.8) -> None:
        """Draw it into a file.

        :param file: its ending says its kind: .svg, .pdf or .png
        :param dpi: of a PNG, and of pictures inside of the others
        :param width: in print, in centimetres
        :raises EngineError: what the engine says; for PNG, the one command that installs the package of Node's that draws it
        """
        target = Path(file)
        kind = target.suffix[1:].lower()
        if kind not in ("svg", "pdf", "png"):
            raise ValueError(f"A figure is saved as .svg, .pdf or .png, not as {target.name}.")
        weigh = "all" if self.name == "card" else "last"
        options = ["--figures", self.name, "--format", kind, "--dpi", str(dpi), "--width", str(width), "--weigh", weigh]
        with tempfile.TemporaryDirectory(prefix="supersign-") as folder:
            (results,) = run_explain(self.request, Path(folder), options)
            drawn = sorted(results.glob(f"*.{kind}"))
            if not drawn:
                raise EngineError(f"This picture has nothing for the figure {self.name}.")
            shutil.copyfile(drawn[0], target)


def figure_of(request: Request, name: str, shown: dict[str, str] | None = None) -> Figure:
    """A figure of a request's only picture.

    :param shown: settings of the page, in place of those that were asked for
    """
    called = OTHER_NAMES.get(name, name)
    if called not in FIGURES:
        raise ValueError(f'There is no figure "{name}"; there are {", ".join([*FIGURES, *OTHER_NAMES])}.')
    parameters = {**request.parameters, **(shown or {})}
    asked = {key: value for key, value in parameters.items() if key not in NOT_ASKED}
    if request.second is None and asked.get("alike") == "file":
        raise ValueError("The second picture was chosen in the view, and only the view has it. Give it as alike= to draw this figure.")
    return Figure(called, Request(request.network, request.pictures, request.labels, asked, request.second))
