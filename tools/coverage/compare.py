"""Holds the Grad-CAM maps that open.ts wrote against PyTorch with hooks, and notes the largest difference in their rows.

    python compare.py FOLDER

A layer is held against the module that yields the same activations: means of all channels within 1 part in 1,000. Their maps, of the same
class, of the class score of the surest box, or of the mean logit of the largest class of a segmenter over its places, are the sum over channels of activation times mean gradient, before negative values are cut off. What no module yields by itself (a
function without a module, a step inside of one) is not compared, nor what cancels out to rounding: the gradients of a layer of keys add up to
nothing, for what all keys have in common goes out of a softmax.

Where a ReLU reads a number next to zero, or a maximum two that are alike, rounding decides which way a gradient takes. How much that may be is
measured where a difference is not small: PyTorch's own maps in float64 against themselves, once every convolution's result is off by what float32 rounds.
"""

import json
import sys
import warnings
from pathlib import Path

import torch

from models import made, picture

warnings.filterwarnings("ignore")
torch.set_num_threads(1)

VANISHING = 1e-4

#: What convolutions of float32 are off by, as part of the root mean square of what they yield, and the draws that are tried.
ROUNDING, DRAWS = 5e-7, 3


def grids_of(output, shape):
    """[h, w, c] of what a module yields, special tokens left out; none where it is laid out otherwise."""
    rows, columns, channels = shape
    if output.ndim == 4 and list(output.shape[1:]) == [channels, rows, columns]:
        yield output[0].permute(1, 2, 0)
    if output.ndim == 4 and list(output.shape[1:]) == [rows, columns, channels]:
        yield output[0]
    if output.ndim == 3 and output.shape[2] == channels and output.shape[1] >= rows * columns:
        yield output[0, output.shape[1] - rows * columns :].reshape(rows, columns, channels)
    if output.ndim == 3 and list(output.shape[1:]) == [rows * columns, channels]:
        yield from unrolled(output[0], rows, columns)


def unrolled(tokens, rows, columns):
    """Tokens that lie as Hiera lays them (Ryali et al. 2023): the four parts of every square two apart, and so on inside of each."""
    steps = 0
    while rows % 2 == columns % 2 == 0:
        rows, columns = rows // 2, columns // 2
        steps += 1
        parts = tokens.reshape(*[2] * (2 * steps), rows, columns, -1)
        # Axes: row and column bit of every step, from the finest places on, then the coarsest grid.
        order = [2 * steps, *[2 * k for k in reversed(range(steps))], 2 * steps + 1, *[2 * k + 1 for k in reversed(range(steps))], 2 * steps + 2]
        yield parts.permute(order).reshape(rows << steps, columns << steps, -1)


def as_formula(norm, x):
    """
    A normalisation in evaluation mode. PyTorch 2.15 pulls a gradient that lies channels last back through its own kernel wrongly where
    the input does not lie so: finite differences tell.
    """
    if norm.training or norm.running_var is None:
        return original_forward(norm, x)
    scale = torch.rsqrt(norm.running_var + norm.eps) * (1 if norm.weight is None else norm.weight)
    shift = (0 if norm.bias is None else norm.bias) - norm.running_mean * scale
    return x * scale.view(-1, *[1] * (x.ndim - 2)) + shift.view(-1, *[1] * (x.ndim - 2))


original_forward = torch.nn.BatchNorm2d.forward


def score(output, target):
    """What is explained of a network's output, by its definition."""
    if target["kind"] == "class":
        return output[0][target["index"]]
    if target["kind"] == "region":
        # The class of the most places, and the mean of its logit over them.
        classes = output[0].argmax(0)
        index = classes.flatten().bincount().argmax()
        return output[0, index][classes == index].mean()
    numbers = boxes(output, target["numbers"])[target["box"]]
    return numbers[target["score"]] * (1 if target["objectness"] is None else numbers[target["objectness"]])


def boxes(output, numbers):
    """[boxes, numbers] of a detector: one list, or that of the boxes and behind it that of their classes."""
    if torch.is_tensor(output):
        return output[0] if output.shape[2] == numbers else output[0].T
    return torch.cat(sorted((each[0] for each in output), key=lambda each: each.shape[1] != 4), 1)


def kept_outputs(network, inputs, target):
    """What every module reads and yields, with its gradient, and what is explained."""
    kept = {}
    torch.nn.BatchNorm2d.forward = as_formula
    for module in network.modules():
        if hasattr(module, "inplace"):
            module.inplace = False

    def keep(_, given, output):
        # What a module reads, too: sums along the way are of no module.
        for tensor in (*given, output):
            if torch.is_tensor(tensor) and tensor.requires_grad and not tensor.is_leaf:
                tensor.retain_grad()
                kept[id(tensor)] = tensor

    for module in network.modules():
        module.register_forward_hook(keep)
    explained = score(network(inputs.requires_grad_()), target)
    explained.backward()
    return [tensor for tensor in kept.values() if tensor.grad is not None], explained.item()


def grad_cam(activation, gradient):
    """Sum over channels (the last axis) of activation times mean gradient; none where it cancels out."""
    found = (activation * gradient.mean((0, 1), keepdim=True)).sum(2).flatten()
    terms = (activation.abs() * gradient.abs().mean((0, 1), keepdim=True)).sum(2).max()
    return found if found.abs().max() > VANISHING * terms else None


def moved(group, name, target):
    """Largest difference of PyTorch's own maps in float64, as part of a map's largest value, once convolutions are off by float32's rounding."""

    def maps(draw):
        network, size = made(group, name)
        network.double()
        random = torch.Generator().manual_seed(draw)

        def off(_, __, output):
            scale = ROUNDING * output.detach().square().mean().sqrt()
            return output + scale * torch.randn(output.shape, generator=random, dtype=output.dtype)

        if draw:
            for module in network.modules():
                if isinstance(module, torch.nn.Conv2d):
                    module.register_forward_hook(off)
        outputs = [output for output in kept_outputs(network, picture(size).double(), target)[0] if output.ndim == 4]
        return [grad_cam(output.detach()[0].permute(1, 2, 0), output.grad[0].permute(1, 2, 0)) for output in outputs]

    exact = maps(0)
    return max(
        ((a - b).abs().max() / a.abs().max()).item()
        for draw in range(1, DRAWS + 1)
        for a, b in zip(exact, maps(draw))
        if a is not None and b is not None and a.shape == b.shape
    )


def summed(pairs):
    """Pairs of activation and gradient as they are, and, of equal activations, the sum: exporters join what several modules compute alike."""
    yield from pairs
    for activation, _ in pairs:
        alike = [gradient for other, gradient in pairs if torch.equal(other, activation)]
        if len(alike) > 1:
            yield activation, sum(alike)


def off_by(activation, gradient, actual):
    expected = grad_cam(activation, gradient)
    return None if expected is None else ((expected - actual).abs().max() / expected.abs().max()).item()


def compared(found, group, name, precision=torch.float32):
    """Largest difference of a map as part of its largest value, and how many layers were compared."""
    network, size = made(group, name)
    outputs, explained = kept_outputs(network.to(precision), picture(size).to(precision), found["explained"])
    if abs(explained - found["explained"]["value"]) > 1e-3 * abs(explained):
        raise ValueError(f"explained is {found['explained']['value']}, by PyTorch {explained}")
    worst, count = 0.0, 0
    for layer in found["layers"]:
        means, actual = torch.tensor(layer["means"], dtype=precision), torch.tensor(layer["map"], dtype=precision)
        found_here = []
        for output in outputs:
            pairs = zip(grids_of(output.detach(), layer["shape"]), grids_of(output.grad, layer["shape"]))
            found_here += [pair for pair in pairs if (pair[0].mean((0, 1)) - means).abs().max() <= 1e-3 * means.abs().max()]
        differences = [difference for pair in summed(found_here) if (difference := off_by(*pair, actual)) is not None]
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
        if group == "keras":
            continue
        row_file = folder / f"{group}.{name}.{exporter}.row.json"
        row = json.loads(row_file.read_text())
        try:
            found = json.loads(file.read_text())
            row["maps"], row["compared"] = compared(found, group, name)
            if row["maps"] > 1e-4:
                # Float32 may go astray on either side.
                row["maps"], row["compared"] = compared(found, group, name, torch.float64)
            if row["maps"] > 1e-4:
                row["moved"] = moved(group, name, found["explained"])
        except Exception as error:
            print(file.name, type(error).__name__, str(error)[:200])
            continue
        row_file.write_text(json.dumps(row))
        print(f"{group}.{name}.{exporter}", f"{row['maps']:.1e}", f"{row['compared']} of {row['layers']}", flush=True)


main()
