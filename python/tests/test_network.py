"""Networks become files, in memory, and stay as they were."""

from __future__ import annotations

import json

import pytest

from supersign import ExportError
from supersign._network import network_of
from supersign._preprocessing import preprocessing_of

NOTHING = preprocessing_of(None)


@pytest.mark.slow
def test_what_a_module_reads_is_noted_in_its_file(network):
    onnx = pytest.importorskip("onnx")
    network.train()
    notes = {"mean": [0.1, 0.2, 0.3], "std": [1.0, 2.0, 3.0]}
    made = network_of(network, preprocessing_of(notes), 96)
    ((name, data),) = made.files
    model = onnx.load_from_string(data)
    onnx.checker.check_model(model)
    assert name == "Sequential.onnx"
    assert {entry.key: json.loads(entry.value) for entry in model.metadata_props} == notes
    assert [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim] == [1, 3, 96, 96]
    assert all(module.training for module in network.modules())


@pytest.mark.slow
def test_a_float16_module_is_read_in_float32_and_stays_what_it_is(network):
    torch = pytest.importorskip("torch")
    onnx = pytest.importorskip("onnx")
    made = network_of(network.half(), NOTHING, 32)
    weights = onnx.load_from_string(made.files[0][1]).graph.initializer
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
    assert made.files == (("net.onnx", b"graph"), ("net.onnx.data", b"weights"))
    assert network_of("photos10", preprocessing_of("unit")).parameters == {"model": "photos10", "scaling": "unit"}
    with pytest.raises(FileNotFoundError):
        network_of(tmp_path / "none.onnx", NOTHING)
    with pytest.raises(TypeError, match="A int is no network"):
        network_of(3, NOTHING)
