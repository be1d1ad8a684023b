"""Peer of the saliency and training rows: the same network, weights and input in PyTorch, eager, on two threads."""

import copy
import platform
from pathlib import Path

import numpy as np
import torch
from importlib.metadata import version
from exported_network import ExportedNetwork
from json_lines import milliseconds, serve
from keras_network import KerasNetwork
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import nn

torch.set_num_threads(2)

state = {}


def open_network(folder, explained=()):
    if (Path(folder) / "model.onnx").exists():
        network = ExportedNetwork(folder)
        network.explain(explained)
    else:
        network = KerasNetwork(folder)
    height, width, channels = network.input_shape
    picture = np.fromfile(Path(folder) / "input.bin", dtype="<f4").reshape(1, height, width, channels)
    state.clear()
    state.update(network=network, input=torch.from_numpy(picture).permute(0, 3, 1, 2).contiguous())
    return {
        "layers": network.convolutions,
        "threads": torch.get_num_threads(),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("torch", "grad-cam", "numpy")},
        },
    }


def forward():
    with torch.inference_mode():
        ms, _ = milliseconds(lambda: state["network"](state["input"]).numpy())
    return {"ms": ms}


def weighted_sum(activation, gradient):
    return torch.relu((gradient.mean((2, 3), keepdim=True) * activation).sum(1))[0].detach().numpy()


def all_layers():
    """Grad-CAM of every convolution, its normalisation and activation included: one forward and one backward pass, no
    gradient of any weight."""
    network = state["network"].requires_grad_(False)
    try:
        logits, activations = network.capture(state["input"].requires_grad_(True))
        gradients = torch.autograd.grad(logits[0].max(), activations)
        maps = [
            weighted_sum(network.grid(name, activation), network.grid(name, gradient))
            for name, activation, gradient in zip(network.explained, activations, gradients)
        ]
    finally:
        state["input"].requires_grad_(False)
    return logits[0].detach().numpy(), maps


def grad_cam():
    ms, _ = milliseconds(all_layers)
    return {"ms": ms}


def answers():
    logits, maps = all_layers()
    return {"logits": logits.tolist(), "sums": [float(map.sum(dtype="float64")) for map in maps]}


def grad_cam_by_layer():
    """pytorch-grad-cam as its users call it: once a layer, on a network as it is loaded."""
    network = state["network"].requires_grad_(True)
    target = [ClassifierOutputTarget(int(network(state["input"]).argmax()))]

    def every_layer():
        for name in network.explained:
            with GradCAM(model=network, target_layers=[network.layers[name]]) as cam:
                cam(input_tensor=state["input"], targets=target)

    ms, _ = milliseconds(every_layer)
    return {"ms": ms}


def normalised(convolution):
    """The same convolution with a batch normalisation in the place of its bias."""
    inner = convolution.convolution
    plain = nn.Conv2d(
        inner.in_channels, inner.out_channels, inner.kernel_size, inner.stride, inner.padding, bias=False
    )
    return nn.Sequential(plain, nn.BatchNorm2d(inner.out_channels), convolution.activation)


def open_training(batch, side, normalise):
    trained = copy.deepcopy(state["network"])
    if normalise:
        for name in trained.convolutions:
            trained.layers[name] = normalised(trained.layers[name])
    trained.requires_grad_(True).train()
    generator = torch.Generator().manual_seed(1)
    state.update(
        trained=trained,
        optimiser=torch.optim.Adam(trained.parameters(), lr=1e-3),
        pictures=torch.randn(batch, 3, side, side, generator=generator),
        labels=torch.randint(10, (batch,), generator=generator),
    )
    return {}


def train():
    """One step of training: forward pass, cross-entropy, backward pass, Adam."""

    def step():
        state["optimiser"].zero_grad()
        loss = torch.nn.functional.cross_entropy(state["trained"](state["pictures"]), state["labels"])
        loss.backward()
        state["optimiser"].step()
        return loss.item()

    ms, loss = milliseconds(step)
    return {"ms": ms, "loss": loss}


serve(
    {
        "open": open_network,
        "forward": forward,
        "grad-cam": grad_cam,
        "answers": answers,
        "grad-cam-by-layer": grad_cam_by_layer,
        "open-training": open_training,
        "train": train,
    }
)
