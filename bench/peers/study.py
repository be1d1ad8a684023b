"""Peer of the study row: the loop that somebody would write with PyTorch and scikit-image.

For each picture: decoded with Pillow, read by the network in batches, Grad-CAM of every convolution for the predicted class and,
where that is wrong, for the true one; each map and its shuffles resized to the input; their aura matrix entropy by scikit-image's
co-occurrence matrix; the number of signs, as the h-maxima that reach the cut-off, by scikit-image.
"""

import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from json_lines import milliseconds, serve
from keras_network import KerasNetwork
from PIL import Image
from skimage.feature import graycomatrix
from skimage.measure import label
from skimage.morphology import h_maxima

torch.set_num_threads(2)

LEVELS = 256
ANGLES = [0, np.pi / 2]
BATCH = 16
TAU, THETA = 0.1, 0.2

state = {}


def open_network(folder):
    network = KerasNetwork(folder).requires_grad_(False)
    captured = {}
    for name in network.explained:
        network.layers[name].register_forward_hook(
            lambda _module, _inputs, output, name=name: captured.__setitem__(name, output)
        )
    state.update(network=network, captured=captured, random=np.random.default_rng(1))
    packages = ("torch", "scikit-image", "numpy", "pillow")
    return {"versions": {"python": platform.python_version(), **{name: version(name) for name in packages}}}


def read(file, side):
    picture = Image.open(file).convert("RGB").resize((side, side), Image.Resampling.BILINEAR)
    return torch.from_numpy(np.asarray(picture, dtype=np.float32) / 127.5 - 1).permute(2, 0, 1)


def maps_of(batch, classes):
    """Maps of all layers and pictures, and the classes they are for: those that the network names where none are given."""
    network, captured = state["network"], state["captured"]
    logits = network(batch.requires_grad_(True))
    targets = logits.argmax(1) if classes is None else classes
    activations = [captured[name] for name in network.explained]
    gradients = torch.autograd.grad(logits.gather(1, targets[:, None]).sum(), activations)
    maps = [
        torch.relu((gradient.mean((2, 3), keepdim=True) * activation).sum(1)).detach()
        for activation, gradient in zip(activations, gradients)
    ]
    return targets, maps


def entropy(counts):
    p = counts[counts > 0] / counts.sum()
    return -(p * np.log2(p)).sum()


def aura_matrix(map):
    low, high = map.min(), map.max()
    if high == low:
        return 0.0
    levels = np.minimum(LEVELS - 1, np.floor(LEVELS * (map - low) / (high - low))).astype(np.uint8)
    own = entropy(np.bincount(levels.ravel(), minlength=LEVELS))
    pairs = graycomatrix(levels, [1], ANGLES, levels=LEVELS, symmetric=False)
    return float(np.mean([(entropy(pairs[:, :, 0, i]) - own) / own for i in range(len(ANGLES))]))


def signs(map):
    top = map.max()
    if top <= 0:
        return 0
    return int(label(h_maxima(map, TAU * top).astype(bool) & (map >= THETA * top), connectivity=2).max())


def resized(maps, side):
    large = F.interpolate(maps[:, None], size=(side, side), mode="bilinear", align_corners=False)
    return large[:, 0].numpy()


def measure(map, side, shuffles):
    """Value, mean and deviation of its null model, signs and those of the null model."""
    values = map.numpy().ravel()
    shuffled = np.stack([state["random"].permutation(values) for _ in range(shuffles)])
    null = resized(torch.from_numpy(shuffled.reshape(shuffles, *map.shape)), side)
    own = resized(map[None], side)[0]
    nulls = [aura_matrix(each) for each in null]
    return aura_matrix(own), np.mean(nulls), np.std(nulls), signs(own), np.mean([signs(each) for each in null])


def study(files, classes, side, shuffles):
    def run():
        correct, values = 0, []
        for at in range(0, len(files), BATCH):
            batch = torch.stack([read(Path(file), side) for file in files[at : at + BATCH]])
            known = torch.tensor(classes[at : at + BATCH])
            predicted, maps = maps_of(batch, None)
            wrong = (predicted != known).nonzero()[:, 0]
            correct += len(batch) - len(wrong)
            sets = [maps] + ([maps_of(batch[wrong], known[wrong])[1]] if len(wrong) else [])
            for layers in sets:
                for picture in range(len(layers[0])):
                    values.append([measure(layer[picture], side, shuffles)[0] for layer in layers])
        return correct, values

    ms, (correct, values) = milliseconds(run)
    return {"ms": ms, "correct": correct, "values": values}


serve({"open": open_network, "study": study})
