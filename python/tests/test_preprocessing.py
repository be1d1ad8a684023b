"""What a network reads is taken from where its library notes it, and cut by the library itself."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from supersign._preprocessing import preprocessing_of

IMAGENET = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}


def numbers(preprocessing) -> dict:
    return {key: json.loads(value) for key, value in preprocessing.notes.items()}


@pytest.mark.slow
def test_weights_of_torchvision(picture):
    torch = pytest.importorskip("torch")
    weights = pytest.importorskip("torchvision.models").ResNet18_Weights.DEFAULT
    image = Image.fromarray(np.tile(picture, (3, 4, 1)))
    for given in [weights, weights.transforms()]:
        read = preprocessing_of(given)
        assert numbers(read) == IMAGENET
        assert read.size == (224, 224)
        mean, std = (torch.tensor(IMAGENET[key])[:, None, None] for key in ("mean", "std"))
        ours = (torch.tensor(np.asarray(read.transform(image))).permute(2, 0, 1) / 255 - mean) / std
        assert torch.allclose(ours, weights.transforms()(image), atol=1e-6)


@pytest.mark.slow
def test_a_composition_of_torchvision(picture):
    torch = pytest.importorskip("torch")
    t = pytest.importorskip("torchvision.transforms")
    steps = t.Compose([t.Resize(80), t.CenterCrop(64), t.ToTensor(), t.Normalize([0.5] * 3, [0.25] * 3)])
    read = preprocessing_of(steps)
    assert (read.size, numbers(read)) == ((64, 64), {"mean": [0.5] * 3, "std": [0.25] * 3})
    image = Image.fromarray(picture)
    ours = (torch.tensor(np.asarray(read.transform(image))).permute(2, 0, 1) / 255 - 0.5) / 0.25
    assert torch.allclose(ours, steps(image), atol=1e-6)
    with pytest.raises(TypeError, match="GaussianBlur changes the numbers"):
        preprocessing_of(t.Compose([t.ToTensor(), t.GaussianBlur(3)]))


@pytest.mark.slow
def test_a_model_of_timm_notes_its_own():
    timm = pytest.importorskip("timm")
    model = timm.create_model("resnet10t", pretrained=False)
    read = preprocessing_of(None, model)
    assert read.size == tuple(model.pretrained_cfg["input_size"][1:])
    assert numbers(read)["mean"] == pytest.approx(list(model.pretrained_cfg["mean"]))
    assert read.transform(Image.new("RGB", (500, 300))).size == read.size[::-1]


def test_given_by_numbers_or_by_name():
    assert numbers(preprocessing_of(IMAGENET)) == IMAGENET
    assert preprocessing_of("unit").name == "unit"
    assert preprocessing_of(None).notes == {}
    with pytest.raises(TypeError, match='no scaling "percent"'):
        preprocessing_of("percent")
    with pytest.raises(TypeError, match="preprocess= takes"):
        preprocessing_of(3)
