"""Networks of timm and torchvision with seeded random weights: written as ONNX for the page, and as PyTorch has them."""

import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from hooks import capture_by_hooks
from torch import fx, nn
from torch.nn import functional

SIDE = 224


def timm_model(name):
    import timm

    return timm.create_model(name)


def torchvision_model(name):
    from torchvision import models

    return models.get_model(name)


# Name in the bench: how it is made.
models = {
    "vit-tiny": lambda: timm_model("vit_tiny_patch16_224"),
    "vit-b16": lambda: torchvision_model("vit_b_16"),
    "swin-t": lambda: torchvision_model("swin_t"),
    "resnet50": lambda: torchvision_model("resnet50"),
    "mobilenet-v2": lambda: torchvision_model("mobilenet_v2"),
    "efficientnet-b0": lambda: torchvision_model("efficientnet_b0"),
    "resnext50": lambda: torchvision_model("resnext50_32x4d"),
    "regnety-400mf": lambda: torchvision_model("regnet_y_400mf"),
    "dpn48": lambda: timm_model("dpn48b"),
    "onnx-vgg16": lambda: torchvision_model("vgg16"),
    "onnx-resnet18": lambda: torchvision_model("resnet18"),
    "onnx-convnext": lambda: torchvision_model("convnext_tiny"),
}


def build(name):
    torch.manual_seed(3)
    network = models[name]()
    # Some heads and biases begin at zero, and then every gradient is zero.
    with torch.no_grad():
        for value in network.parameters():
            if not value.any():
                nn.init.normal_(value, 0, 0.02)
    return network.eval()


def write(name, folder):
    """model.onnx in the folder."""
    warnings.filterwarnings("ignore")
    torch.onnx.export(
        build(name),
        torch.zeros(1, 3, SIDE, SIDE),
        str(Path(folder) / "model.onnx"),
        dynamo=False,
        opset_version=17,
        input_names=["input"],
        output_names=["logits"],
    )


def on_grid(tokens):
    """[1, c, h, w] of tokens [1, n, c], without those in front that are no patches, or of a map with its channels last."""
    if tokens.dim() == 4:
        return tokens.permute(0, 3, 1, 2)
    side = int((tokens.shape[1]) ** 0.5)
    patches = tokens[:, tokens.shape[1] - side * side :]
    return patches.transpose(1, 2).reshape(1, tokens.shape[2], side, side)


def ends_of_convolutions(traced):
    """The node of a traced network that gives each convolution's final output, by the convolution's name: behind its normalisation and
    its activation, as far as nothing else reads what stands between."""
    modules = dict(traced.named_modules())

    def is_one(node, classes, functions):
        of_module = node.op == "call_module" and isinstance(modules[node.target], classes)
        return of_module or (node.op == "call_function" and node.target in functions)

    def reader(node):
        """The one that reads a node's numbers; None where there are several. To ask for its shape is not to read it."""
        readers = [user for user in node.users if user.target is not getattr]
        return readers[0] if len(readers) == 1 else None

    def behind(node, classes, functions):
        at = reader(node)
        while at is not None and is_one(at, nn.Identity, ()):
            at = reader(at)
        return at if at is not None and is_one(at, classes, functions) else node

    ends = {}
    for node in traced.graph.nodes:
        if is_one(node, nn.Conv2d, ()):
            normalised = behind(node, nn.BatchNorm2d, (functional.batch_norm,))
            activated = (functional.relu, functional.relu6, functional.silu, torch.relu)
            ends[node.target] = behind(normalised, (nn.ReLU, nn.ReLU6, nn.SiLU), activated)
    return ends


class ExportedNetwork(nn.Module):
    """The network of a folder whose name is a name of `models`. Explained is what the page explains: convolutions, or of a transformer the
    projection of the patches, and blocks."""

    def __init__(self, folder):
        super().__init__()
        self.inner = build(Path(folder).name)
        self.input_shape = (SIDE, SIDE, 3)
        self.layers = dict(self.inner.named_modules())
        self.explained = []
        # The same network, which also gives the final outputs of the convolutions; None for a transformer.
        self.capturing = None

    @property
    def convolutions(self):
        return self.explained

    def explain(self, names):
        """What is explained, by the names that the page gives its layers, which are those of the modules."""
        self.explained = [name for name in names if name in self.layers]
        if all(isinstance(self.layers[name], nn.Conv2d) for name in self.explained):
            traced = fx.symbolic_trace(self.inner)
            ends = ends_of_convolutions(traced)
            last = next(node for node in traced.graph.nodes if node.op == "output")
            last.args = ((last.args[0], [ends[name] for name in self.explained]),)
            traced.recompile()
            self.capturing = traced

    def grid(self, name, tensor):
        return tensor if isinstance(self.layers[name], nn.Conv2d) else on_grid(tensor)

    def capture(self, x):
        """Logits, and what each explained layer gives."""
        return self.capturing(x) if self.capturing else capture_by_hooks(self, x)

    def forward(self, x):
        return self.inner(x)


if __name__ == "__main__":
    write(*sys.argv[1:])
