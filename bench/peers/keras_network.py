"""A Keras topology with its TensorFlow.js weights, as the PyTorch network somebody would write for it (NCHW, eager)."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from hooks import capture_by_hooks
from torch import nn


class Convolution(nn.Module):
    """Convolution with its activation; `same` padding that differs between the sides is laid on first."""

    def __init__(self, config, kernel, bias, padding, groups):
        super().__init__()
        top, bottom, left, right = padding
        self.uneven = None if (top, left) == (bottom, right) else (left, right, top, bottom)
        self.convolution = nn.Conv2d(
            kernel.shape[1] * groups,
            kernel.shape[0],
            kernel.shape[2:],
            stride=tuple(config["strides"]),
            padding=0 if self.uneven else (top, left),
            groups=groups,
            bias=bias is not None,
        )
        self.convolution.weight.data = kernel
        if bias is not None:
            self.convolution.bias.data = bias
        self.activation = activation_of(config)

    def forward(self, x):
        return self.activation(self.convolution(F.pad(x, self.uneven) if self.uneven else x))


class Dense(nn.Module):
    def __init__(self, config, kernel, bias):
        super().__init__()
        self.linear = nn.Linear(*kernel.T.shape[::-1], bias=bias is not None)
        self.linear.weight.data = kernel.T.contiguous()
        if bias is not None:
            self.linear.bias.data = bias
        self.activation = activation_of(config)

    def forward(self, x):
        if x.dim() == 4:
            return self.activation(self.linear(x.permute(0, 2, 3, 1))).permute(0, 3, 1, 2)
        return self.activation(self.linear(x))


class LayerNorm(nn.Module):
    """Over the channels of each place."""

    def __init__(self, config, gamma, beta):
        super().__init__()
        self.norm = nn.LayerNorm(len(gamma), eps=config["epsilon"])
        self.norm.weight.data, self.norm.bias.data = gamma, beta

    def forward(self, x):
        if x.dim() == 4:
            return self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.norm(x)


class Sum(nn.Module):
    def forward(self, a, b):
        return a + b


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


class Reshape(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(x.shape[0], *self.shape)


def activation_of(config):
    name = config.get("activation", "linear")
    activations = {
        "linear": nn.Identity,
        "relu": lambda: nn.ReLU(inplace=True),
        "relu6": lambda: nn.ReLU6(inplace=True),
        "gelu": nn.GELU,
    }
    if name not in activations:
        raise ValueError(f'The peer knows no activation "{name}".')
    return activations[name]()


class KerasNetwork(nn.Module):
    """Layers in topological order; outputs are dropped once their last reader has run."""

    def __init__(self, folder):
        super().__init__()
        folder = Path(folder)
        model = json.loads((folder / "model.json").read_text())
        topology = model["modelTopology"]
        config = topology.get("model_config", topology)["config"]
        weights = read_weights(folder, model["weightsManifest"])
        self.input_shape = config["layers"][0]["config"]["batch_input_shape"][1:]
        self.steps = []
        self.layers = nn.ModuleDict()
        # Names of the convolutions, and in `explained` of the layers that give their final outputs.
        self.convolutions = []
        # Zeros that the next layer lays on by itself: name of the padding layer -> (source, padding).
        padded = {}
        shapes = {}
        for layer in config["layers"]:
            name, kind, config_of = layer["name"], layer["class_name"], layer["config"]
            sources = [inbound[0] for inbound in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
            if kind == "InputLayer":
                height, width, channels = self.input_shape
                self.input_name = name
                shapes[name] = (channels, height, width)
                continue
            if kind == "ZeroPadding2D":
                padded[name] = (sources[0], [side for pair in config_of["padding"] for side in pair])
                continue
            padding = None
            if sources[0] in padded:
                source, padding = padded[sources[0]]
                sources = [source]
            module = module_of(kind, config_of, weights.get(name, {}), shapes[sources[0]], padding)
            module.eval()
            with torch.no_grad():
                output = module(*[torch.zeros(1, *shapes[source]) for source in sources])
            shapes[name] = tuple(output.shape[1:])
            self.layers[name] = module
            self.steps.append((name, sources))
            if isinstance(module, Convolution):
                self.convolutions.append(name)
        self.readers = Counter(source for _, sources in self.steps for source in sources)
        self.explained = [self.end_of_block(name) for name in self.convolutions]
        self.eval()

    def end_of_block(self, name):
        """The layer that ends what one calls a convolutional layer: convolution, normalisation, activation."""
        readers = [reader for reader, sources in self.steps if name in sources]
        if len(readers) == 1 and isinstance(self.layers[readers[0]], (nn.BatchNorm2d, nn.ReLU, nn.ReLU6)):
            return self.end_of_block(readers[0])
        return name

    def capture(self, x):
        """Logits, and what each explained layer gives."""
        return capture_by_hooks(self, x)

    def grid(self, name, tensor):
        """A layer's output as a map, [1, c, h, w]."""
        return tensor

    def forward(self, x):
        outputs = {self.input_name: x}
        left = Counter(self.readers)
        for name, sources in self.steps:
            outputs[name] = self.layers[name](*[outputs[source] for source in sources])
            for source in sources:
                left[source] -= 1
                if left[source] == 0:
                    del outputs[source]
        return outputs[name].flatten(1)


def read_weights(folder, manifest):
    """Weights by layer and name, as numpy arrays in Keras's order of axes."""
    joined = b"".join((folder / path).read_bytes() for group in manifest for path in group["paths"])
    values = np.frombuffer(joined, dtype="<f4")
    weights, at = {}, 0
    for spec in (spec for group in manifest for spec in group["weights"]):
        length = int(np.prod(spec["shape"]))
        layer, name = spec["name"].rsplit("/", 1)
        weights.setdefault(layer, {})[name] = values[at : at + length].reshape(spec["shape"]).copy()
        at += length
    return weights


def module_of(kind, config, weights, shape, padding):
    """The PyTorch module of a Keras layer. shape: of its first input, [c, h, w] or [n]."""
    tensor = lambda name: torch.from_numpy(weights[name]) if name in weights else None
    if kind in ("Conv2D", "DepthwiseConv2D"):
        window = config["kernel_size"]
        padding = padding or padding_of(config["padding"], shape[1:], window, config["strides"])
        if kind == "Conv2D":
            kernel, groups = tensor("kernel").permute(3, 2, 0, 1), 1
        else:
            h, w, channels, multiplier = weights["depthwise_kernel"].shape
            kernel = tensor("depthwise_kernel").permute(2, 3, 0, 1).reshape(channels * multiplier, 1, h, w)
            groups = channels
        return Convolution(config, kernel.contiguous(), tensor("bias"), padding, groups)
    if kind == "MaxPooling2D":
        top, bottom, left, right = padding or padding_of(
            config["padding"], shape[1:], config["pool_size"], config["strides"]
        )
        if (top, left) != (bottom, right):
            raise ValueError("The peer pads a pooling alike on both sides only.")
        # Behind a ReLU, zeros and PyTorch's minus infinity give the same maximum.
        return nn.MaxPool2d(config["pool_size"], config["strides"], padding=(top, left))
    if kind == "Dense":
        return Dense(config, torch.from_numpy(weights["kernel"]), tensor("bias"))
    if kind == "BatchNormalization":
        norm = nn.BatchNorm2d(shape[0], eps=config["epsilon"])
        norm.weight.data, norm.bias.data = tensor("gamma"), tensor("beta")
        norm.running_mean, norm.running_var = tensor("moving_mean"), tensor("moving_variance")
        return norm
    if kind == "LayerNormalization":
        return LayerNorm(config, tensor("gamma"), tensor("beta"))
    if kind == "Activation":
        # Logits are what is explained.
        return nn.Identity() if config["activation"] == "softmax" else activation_of(config)
    if kind == "Flatten":
        return Flatten()
    if kind == "Reshape":
        target = config["target_shape"]
        return Reshape((target[2], *target[:2]) if len(target) == 3 else target)
    simple = {"Add": Sum, "GlobalAveragePooling2D": Mean}
    if kind in simple:
        return simple[kind]()
    if kind == "Dropout":
        return nn.Dropout(config["rate"])
    raise ValueError(f"The peer knows no layer of class {kind}.")


class Flatten(nn.Module):
    """Keras flattens [h, w, c]; the copy costs a thousandth of what follows."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def padding_of(padding, size, window, strides):
    """Top, bottom, left, right."""
    if padding == "valid":
        return [0, 0, 0, 0]
    sides = []
    for length, kernel, stride in zip(size, window, strides):
        total = max(0, (-(-length // stride) - 1) * stride + kernel - length)
        sides += [total // 2, total - total // 2]
    return sides
