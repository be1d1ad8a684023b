"""Many pictures: the table that the command line writes."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._engine import network_arguments, run
from ._network import network_of
from ._preprocessing import preprocessing_of
from ._request import Request, labels_of, second_of, settings_of

if TYPE_CHECKING:
    import pandas
    from typing_extensions import Unpack

    from ._settings import Settings


@dataclass(frozen=True)
class Study:
    """What was measured of every picture and layer."""

    rows: list[dict[str, str]]
    """One row a picture and layer, as the table ``layers.csv`` has them (``docs/command-line.md``); what was not measured is empty."""
    pictures: list[dict[str, str]]
    """One row a picture: its size, what the network named, what was explained, and why it failed where it did."""

    def to_dataframe(self) -> pandas.DataFrame:
        """One row a picture and layer, numbers as numbers.

        :raises ImportError: where pandas is not installed
        """
        import pandas

        frame = pandas.DataFrame(self.rows)
        for name in frame.columns:
            if name not in ("picture", "name", "kind", "evidence"):
                frame[name] = pandas.to_numeric(frame[name])
        return frame


def study(
    model: Any,
    folder: str | PathLike[str],
    *,
    labels: Sequence[str] | str | PathLike[str] | None = None,
    preprocess: Any = None,
    size: int | tuple[int, int] | None = None,
    **settings: Unpack[Settings],
) -> Study:
    """Measure every picture of a folder or a zip archive without a browser, one process a core.

    The engine decodes the pictures itself and cuts their middle; of ``preprocess`` it takes the scaling.

    :param folder: folder or archive of pictures, with folders in it or without
    :param model: as for ``analyse``; so are all others
    :raises EngineError: what the engine says, or how Node is had
    """
    parameters = settings_of(settings, has_view=False)
    preprocessing = preprocessing_of(preprocess, model)
    network = network_of(model, preprocessing, size)
    request = Request(network, [], labels_of(labels), {**network.parameters, **parameters}, second_of(settings))
    with tempfile.TemporaryDirectory(prefix="supersign-") as work:
        out = Path(work) / "out"
        arguments = network_arguments(request, Path(work))
        images = str(Path(fspath(folder)).resolve())
        run(["explain", *arguments, "--images", images, "--out", str(out), "--weigh", "none"])
        return Study(_table(out / "layers.csv"), _table(out / "pictures.csv"))


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
