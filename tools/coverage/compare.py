"""Holds the Grad-CAM maps that open.ts wrote against PyTorch with hooks, and notes the largest difference in their rows.

    python compare.py FOLDER

A layer is held against the module that yields the same activations: means of all channels within 1 part in 1,000. Their maps, of the same
class, are the sum over channels of activation times mean gradient, before negative values are cut off. What no module yields by itself (a
function without a module, a step inside of one) is not compared.
"""

import json
import sys
import warnings
from pathlib import Path

import torch

from models import made, picture

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def grids_of(output, shape):
    """[h, w, c] of what a module yields, special tokens left out; none where it is laid out otherwise."""
    rows, columns, channels = shape
    if output.ndim == 4 and list(output.shape[1:]) == [channels, rows, columns]:
        yield output[0].permute(1, 2, 0)
    if output.ndim == 4 and list(output.shape[1:]) == [rows, columns, channels]:
        yield output[0]
    if output.ndim == 3 and output.shape[2] == channels and output.shape[1] >= rows * columns:
        yield output[0, output.shape[1] - rows * columns :].reshape(rows, columns, channels)


def kept_outputs(network, inputs, target):
    """What every module yields, with its gradient."""
    kept = []
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False

    def keep(_, __, output):
        if torch.is_tensor(output) and output.requires_grad:
            output.retain_grad()
            kept.append(output)

    for module in network.modules():
        module.register_forward_hook(keep)
    network(inputs.requires_grad_())[0][target].backward()
    return [output for output in kept if output.grad is not None]


def compared(found, group, name):
    """Largest difference of a map as part of its largest value, and how many layers were compared."""
    network, size = made(group, name)
    outputs = kept_outputs(network, picture(size), found["target"])
    worst, count = 0.0, 0
    for layer in found["layers"]:
        means, actual = torch.tensor(layer["means"]), torch.tensor(layer["map"])
        differences = []
        for output in outputs:
            pairs = zip(grids_of(output.detach(), layer["shape"]), grids_of(output.grad, layer["shape"]))
            for activation, gradient in pairs:
                if (activation.mean((0, 1)) - means).abs().max() > 1e-3 * means.abs().max():
                    continue
                expected = (activation * gradient.mean((0, 1), keepdim=True)).sum(2).flatten()
                if expected.abs().max() > 0:
                    differences.append(((expected - actual).abs().max() / expected.abs().max()).item())
        if not differences:
            continue
        # A module that only hands on what another yields has the gradient of a part of the way.
        if min(differences) > 1e-3:
            print("   ", layer["name"], f"{min(differences):.1e}")
        worst, count = max(worst, min(differences)), count + 1
    return worst, count


def main():
    folder = Path(sys.argv[1])
    for file in sorted(folder.glob("*.layers.json")):
        group, name, exporter = file.name.removesuffix(".layers.json").split(".")
        if group not in ("timm", "torchvision"):
            continue
        row_file = folder / f"{group}.{name}.{exporter}.row.json"
        row = json.loads(row_file.read_text())
        try:
            row["maps"], row["compared"] = compared(json.loads(file.read_text()), group, name)
        except Exception as error:
            print(file.name, type(error).__name__, str(error)[:200])
            continue
        row_file.write_text(json.dumps(row))
        print(f"{group}.{name}.{exporter}", f"{row['maps']:.1e}", f"{row['compared']} of {row['layers']}", flush=True)


main()
