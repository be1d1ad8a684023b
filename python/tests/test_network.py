"""Networks become files, in memory, and stay as they were."""

from __future__ import annotations

import json

import numpy as np
import pytest

from supersign import ExportError, _network
from supersign._file import FileBytes
from supersign._network import network_of
from supersign._onnx import with_weights
from supersign._preprocessing import preprocessing_of

NOTHING = preprocessing_of(None)


@pytest.mark.slow
def test_what_a_module_reads_is_noted_in_its_file(network):
    onnx = pytest.importorskip("onnx")
    network.train()
    notes = {"mean": [0.1, 0.2, 0.3], "std": [1.0, 2.0, 3.0]}
    made = network_of(network, preprocessing_of(notes), 96)
    ((name, data),) = made.files
    model = onnx.load_from_string(bytes(data))
    onnx.checker.check_model(model)
    assert name == "Sequential.onnx"
    assert {entry.key: json.loads(entry.value) for entry in model.metadata_props} == notes
    assert [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim] == [1, 3, 96, 96]
    assert all(module.training for module in network.modules())


@pytest.mark.slow
@pytest.mark.parametrize("exporter", ["_by_tracing", "_by_dynamo"])
def test_weights_are_in_the_file_as_they_are_in_the_module_and_in_memory_once(network, exporter):
    torch = pytest.importorskip("torch")
    numpy_helper = pytest.importorskip("onnx.numpy_helper")
    onnx = pytest.importorskip("onnx")
    if exporter == "_by_dynamo":
        pytest.importorskip("onnxscript")
    network.fc = torch.nn.Linear(12, 4000)
    small, weights = getattr(_network, exporter)(network.eval(), torch.zeros(1, 3, 32, 32))
    largest = max(weights, key=lambda name: len(weights[name]))
    data = with_weights(small, weights)
    if isinstance(weights[largest], bytes):
        assert any(piece is weights[largest] for piece in data.pieces)
    # What is left is shorter than the weights that are elsewhere.
    assert len(small) + 4000 * 12 * 4 < len(data)
    model = onnx.load_from_string(bytes(data))
    onnx.checker.check_model(model, full_check=True)
    read = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    (matrix,) = [each for each in read.values() if each.size == 48000]
    expected = network.fc.weight.detach().numpy()
    np.testing.assert_array_equal(matrix if matrix.shape == expected.shape else matrix.T, expected)
    (first,) = [each for each in read.values() if each.shape == (8, 3, 3, 3)]
    np.testing.assert_array_equal(first, network.conv1.weight.detach().numpy())


def test_a_file_in_pieces_is_the_file():
    data = FileBytes([b"abc", b"", memoryview(b"defg"), b"h"])
    assert (len(data), bytes(data)) == (8, b"abcdefgh")
    for start in range(9):
        for end in range(start, 12):
            assert data.between(start, end) == b"abcdefgh"[start:end]


@pytest.mark.slow
def test_a_float16_module_is_read_in_float32_and_stays_what_it_is(network):
    torch = pytest.importorskip("torch")
    onnx = pytest.importorskip("onnx")
    made = network_of(network.half(), NOTHING, 32)
    weights = onnx.load_from_string(bytes(made.files[0][1])).graph.initializer
    assert all(each.data_type == onnx.TensorProto.FLOAT for each in weights if each.name.endswith("weight"))
    assert next(network.parameters()).dtype == torch.float16


@pytest.mark.slow
def test_what_cannot_be_exported_is_said_in_the_words_of_the_exporter():
    torch = pytest.importorskip("torch")

    class Counting(torch.nn.Module):
        def forward(self, x):
            raise RuntimeError("the moon is in the wrong quarter")

    with pytest.raises(ExportError, match="moon is in the wrong quarter") as said:
        network_of(Counting(), NOTHING, 32)
    assert "size= says another height and width" in str(said.value)


@pytest.mark.slow
def test_weights_that_cannot_be_had_are_said(network):
    with pytest.raises(ExportError, match="weights of this model cannot be had on the CPU"):
        network_of(network.to("meta"), NOTHING, 32)


def test_files_come_with_what_lies_beside_them(tmp_path):
    (tmp_path / "net.onnx").write_bytes(b"graph")
    (tmp_path / "net.onnx.data").write_bytes(b"weights")
    (tmp_path / "other.bin").write_bytes(b"no part of it")
    made = network_of(tmp_path / "net.onnx", NOTHING)
    assert [(name, bytes(data)) for name, data in made.files] == [("net.onnx", b"graph"), ("net.onnx.data", b"weights")]
    assert network_of("photos10", preprocessing_of("unit")).parameters == {"model": "photos10", "scaling": "unit"}
    with pytest.raises(FileNotFoundError):
        network_of(tmp_path / "none.onnx", NOTHING)
    with pytest.raises(TypeError, match="A int is no network"):
        network_of(3, NOTHING)
