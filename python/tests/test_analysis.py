"""An analysis file is read as docs/analysis-file.md has it."""

from __future__ import annotations

import base64
import copy
import io
import json

import numpy as np
import pytest
from PIL import Image

from supersign import Analysis

MAP = np.arange(6, dtype="<f4").reshape(2, 3)


def layer(index: int, name: str, null: dict | None) -> dict:
    return {
        "index": index,
        "name": name,
        "kind": "convolution",
        "shape": [2, 3, 8],
        "map": {"width": 3, "height": 2, "float32": base64.b64encode((MAP + index).tobytes()).decode()},
        "entropy": {"value": 0.5, "null": null, "structure": None if null is None else 0.5},
        "marginal": 1.5,
        "conditional": 1.0,
        "signs": [{"id": 0, "area": 4}],
    }


@pytest.fixture
def data() -> dict:
    file = io.BytesIO()
    Image.new("RGB", (3, 2), (1, 2, 3)).save(file, "PNG")
    return {
        "schema": "supersign/analysis",
        "version": 1,
        "image": {"name": "a.png", "input": "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()},
        "model": {"name": "net"},
        "predictions": [],
        "target": {"index": 1, "label": "b"},
        "layers": [layer(0, "layer4.0.conv1", {"mean": 1.0, "sd": 0.1}), layer(1, "layer4.1.conv1", None), layer(2, "layer4.1.conv2", None)],
    }


def test_maps_and_numbers(data):
    analysis = Analysis(data)
    np.testing.assert_array_equal(analysis.layers["layer4.1.conv1"].map, MAP + 1)
    first = analysis.layers[0]
    assert (first.entropy.value, first.entropy.null_mean, first.entropy.null_sd, first.entropy.structure) == (0.5, 1.0, 0.1, 0.5)
    assert analysis.layers[1].entropy.null_mean is None
    assert analysis.input.shape == (2, 3, 3)


def test_a_module_stands_for_its_last_layer(data):
    layers = Analysis(data).layers
    assert layers["layer4.1"].name == "layer4.1.conv2"
    assert list(layers) == ["layer4.0.conv1", "layer4.1.conv1", "layer4.1.conv2"]
    with pytest.raises(KeyError, match="there are layer4.0.conv1"):
        layers["layer5"]


def test_it_is_written_and_read(data, tmp_path):
    Analysis(copy.deepcopy(data)).save(tmp_path / "a.json")
    assert Analysis.open(tmp_path / "a.json").data == json.loads(json.dumps(data))


def test_other_files_are_refused():
    with pytest.raises(ValueError, match="no analysis of Supersign"):
        Analysis({"schema": "supersign/study"})


def test_a_row_a_layer(data):
    pytest.importorskip("pandas")
    frame = Analysis(data).to_dataframe()
    assert list(frame["name"]) == ["layer4.0.conv1", "layer4.1.conv1", "layer4.1.conv2"]
    assert list(frame["height"]) == [2, 2, 2]
    assert frame["signs"].sum() == 3
