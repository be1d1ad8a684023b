"""How hard pictographs are: a softmax regression and a small network of eight convolutions, trained on the same scenes.

    npx tsx tools/pictographs/dump.ts /tmp/scenes --seed 11 --count 14000 --side 64
    python tools/pictographs/hardness.py /tmp/scenes --epochs 9

Trains on all scenes but the last 2,000, which are the fresh ones. Takes torch and numpy, and some minutes on two cores.
"""

import argparse

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

CLASSES = ["face", "house", "car", "sailboat", "tree", "fish", "clock", "bicycle", "robot", "flower"]
FRESH = 2000


def load(path: str, side: int):
    pixels = np.fromfile(path + ".rgb", np.uint8).reshape(-1, side, side, 3)
    labels = np.fromfile(path + ".labels", np.uint8).astype(np.int64)
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255 - 0.5, torch.from_numpy(labels)


def linear(train, train_labels, fresh, fresh_labels) -> None:
    """Softmax regression on the pixels at half the side; the best round on the fresh scenes counts, in its favour."""
    halve = lambda scenes: F.avg_pool2d(scenes, 2).flatten(1)
    rows, fresh_rows = halve(train), halve(fresh)
    mean = rows.mean(0)
    model = nn.Linear(rows.shape[1], 10)
    optimiser = torch.optim.Adam(model.parameters(), 1e-3, weight_decay=1e-3)
    best = 0.0
    for _ in range(12):
        for batch in torch.randperm(len(rows)).split(128):
            optimiser.zero_grad()
            F.cross_entropy(model(rows[batch] - mean), train_labels[batch]).backward()
            optimiser.step()
        best = max(best, (model(fresh_rows - mean).argmax(1) == fresh_labels).float().mean().item())
    print(f"linear: {100 * best:.1f} % of fresh scenes")


def network() -> nn.Module:
    layers: list[nn.Module] = []
    width = 3
    for block, channels in enumerate([16, 32, 64, 96]):
        if block > 0:
            layers.append(nn.MaxPool2d(2))
        for _ in range(2):
            layers += [nn.Conv2d(width, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]
            width = channels
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10))


def convolutional(train, train_labels, fresh, fresh_labels, epochs: int) -> None:
    model = network().to(memory_format=torch.channels_last)
    print(f"network: {sum(p.numel() for p in model.parameters())} parameters")
    optimiser = torch.optim.AdamW(model.parameters(), weight_decay=1e-2)
    steps = epochs * (len(train) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for epoch in range(epochs):
        model.train()
        for batch in torch.randperm(len(train))[: len(train) // 64 * 64].split(64):
            scenes = train[batch]
            if torch.rand(1) < 0.5:
                scenes = scenes.flip(3)
            scenes = torch.roll(scenes, torch.randint(-4, 5, (2,)).tolist(), (2, 3))
            optimiser.zero_grad()
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(scenes.contiguous(memory_format=torch.channels_last))
            F.cross_entropy(scores.float(), train_labels[batch], label_smoothing=0.05).backward()
            optimiser.step()
            schedule.step()
        model.eval()
        with torch.no_grad():
            guess = torch.cat([model(part).argmax(1) for part in fresh.split(250)])
        print(f"epoch {epoch + 1}: {100 * (guess == fresh_labels).float().mean():.2f} % of fresh scenes", flush=True)
    for label, name in enumerate(CLASSES):
        own = guess[fresh_labels == label]
        print(f"  {name}: {100 * (own == label).float().mean():.1f} %")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("scenes")
    arguments.add_argument("--side", type=int, default=64)
    arguments.add_argument("--epochs", type=int, default=9)
    given = arguments.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(2)
    scenes, labels = load(given.scenes, given.side)
    split = (scenes[:-FRESH], labels[:-FRESH], scenes[-FRESH:], labels[-FRESH:])
    linear(*split)
    convolutional(*split, given.epochs)
