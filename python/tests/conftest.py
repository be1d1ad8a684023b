"""Small networks and pictures, the same for all tests."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture
def picture() -> np.ndarray:
    """Discs of several colours on a slope, 96 x 96 x 3."""
    y, x = np.mgrid[0:96, 0:96]
    values = np.stack([x * 2, y * 2, 192 - x - y], axis=2).astype(np.float64)
    for cx, cy, radius, colour in [(30, 34, 16, (230, 40, 30)), (66, 60, 20, (30, 60, 220)), (70, 20, 9, (240, 230, 60))]:
        values[(x - cx) ** 2 + (y - cy) ** 2 < radius**2] = colour
    return np.clip(values, 0, 255).astype(np.uint8)


@pytest.fixture
def network():
    """Two convolutions and a classifier of five, in PyTorch."""
    torch = pytest.importorskip("torch")
    torch.manual_seed(3)
    model = torch.nn.Sequential()
    for name, layer in [
        ("conv1", torch.nn.Conv2d(3, 8, 3, padding=1)),
        ("act1", torch.nn.ReLU()),
        ("pool", torch.nn.MaxPool2d(2)),
        ("conv2", torch.nn.Conv2d(8, 12, 3, padding=1)),
        ("act2", torch.nn.ReLU()),
        ("mean", torch.nn.AdaptiveAvgPool2d(1)),
        ("flat", torch.nn.Flatten()),
        ("fc", torch.nn.Linear(12, 5)),
    ]:
        model.add_module(name, layer)
    return model
