"""Holds the Grad-CAM maps that open.ts wrote against PyTorch with hooks.

    python compare.py FOLDER [NAME ...]

Of every network the blocks, which bear the name of a module (a convolution has its normalisation and activation in its row): their map of the same class, sum over channels of activation times the mean
gradient, before its negative values are cut off.
"""

import json
import sys
import warnings
from pathlib import Path

import torch

from models import made, picture

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def grid_of(output, shape):
    """[h, w, c] of what a module yields, special tokens left out; None where it is laid out otherwise."""
    rows, columns, channels = shape
    if output.ndim == 4 and list(output.shape[1:]) == [channels, rows, columns]:
        return output[0].permute(1, 2, 0)
    if output.ndim == 4 and list(output.shape[1:]) == [rows, columns, channels]:
        return output[0]
    if output.ndim == 3 and output.shape[2] == channels and output.shape[1] >= rows * columns:
        return output[0, output.shape[1] - rows * columns :].reshape(rows, columns, channels)
    return None


def compared(folder, name):
    found = json.loads((folder / f"{name}.layers.json").read_text())
    network, size = made(name.split(".")[0])
    kept = {}
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False

    def keep(layer):
        def hook(_, __, output):
            if torch.is_tensor(output):
                output.retain_grad()
                kept[layer] = output

        return hook

    for layer, module in network.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            continue
        module.register_forward_hook(keep(layer))
    network(picture(size).requires_grad_())[0][found["target"]].backward()
    worst, count = 0.0, 0
    for layer in found["layers"]:
        output = kept.get(layer["name"])
        if output is None or output.grad is None:
            continue
        activation, gradient = grid_of(output, layer["shape"]), grid_of(output.grad, layer["shape"])
        if activation is None:
            continue
        expected = (activation * gradient.mean((0, 1), keepdim=True)).sum(2).flatten()
        actual = torch.tensor(layer["map"])
        difference = ((expected - actual).abs().max() / expected.abs().max()).item()
        if difference > 1e-3:
            print("   ", layer["name"], f"{difference:.1e}")
        worst, count = max(worst, difference), count + 1
    return worst, count, len(found["layers"])


def main():
    folder = Path(sys.argv[1])
    names = sys.argv[2:] or sorted(file.name.removesuffix(".layers.json") for file in folder.glob("*.layers.json"))
    for name in names:
        worst, count, layers = compared(folder, name)
        print(name, f"{worst:.1e}", f"{count} of {layers}", flush=True)


main()
